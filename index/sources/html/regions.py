"""Parts of a page that are not its article, by their elements and by the names of their classes."""

import re
from collections.abc import Iterable

from index.sources.html.parsing import Element

_TAGS = frozenset(
    {
        *("nav", "aside", "footer", "form", "menu", "button", "dialog", "fieldset", "label"),
        *("search", "marquee", "amp-ad", "amp-sidebar", "amp-consent", "amp-user-notification"),
        *("amp-social-share", "amp-lightbox"),
    }
)
_NEVER_ASIDE = {"html", "body", "main", "article", "p"}
_ROLES = {
    *("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"),
    *("complementary", "toolbar", "tablist", "alert", "button", "status"),
}
# Parts of names ("related-links", "ShareBar", "js_newsletterSignup") as words.
_NAMES = frozenset(
    {
        *("share", "sharing", "social", "sociable", "addthis", "sharedaddy", "follow", "tweet"),
        *("related", "recirc", "recirculation", "recommended", "recommendations", "trending"),
        *("popular", "mostread", "readmore", "outbrain", "taboola", "teaser", "teasers"),
        *("newsletter", "subscribe", "subscription", "signup", "optin", "donate", "donation"),
        *("cookie", "cookies", "consent", "gdpr", "onetrust", "cmp"),
        *("ad", "ads", "advert", "adverts", "advertisement", "advertising", "adslot", "adunit"),
        *("sponsor", "sponsored", "promo", "promos", "promotion", "dfp", "gpt"),
        *("breadcrumb", "breadcrumbs", "pagination", "pager", "prevnext", "navigation", "nav"),
        *("navbar", "navbox", "sidebar", "footer", "masthead", "topbar", "skiplink", "jumplinks"),
        *("comment", "comments", "disqus", "respond", "livefyre"),
        *("byline", "bylines", "author", "authors", "dateline", "timestamp", "pubdate"),
        *("postmeta", "entrymeta", "taglist", "hashtags", "pullquote", "printfooter", "catlinks"),
        *("hatnote", "dablink", "rellink", "ambox", "mbox", "sitesub", "speedbar", "noprint"),
    }
)
# Builders of pages give such names to text as well: they do not count against whole sentences.
_WEAK_NAMES = frozenset(
    {
        *("widget", "widgets", "popup", "modal", "overlay", "toast", "skip", "banner", "menu"),
        *("toolbar", "replies", "bio", "tags", "keywords", "topics", "categories", "toc"),
        *("copyright", "print", "rating", "ratings", "reactions", "claps", "likes", "votes"),
        *("bookmark", "readtime", "recommendation", "meta"),
    }
)
# What documentation sets apart from its text, and means to be read.
_NOTES = {"note", "tip", "warning", "admonition", "callout", "important", "caution", "notice"}
# Of these, the ones whose authors and dates are those of other articles, or of comments.
_ELSEWHERE = frozenset(
    {
        *("related", "recirc", "recirculation", "recommended", "recommendations", "trending"),
        *("popular", "mostread", "outbrain", "taboola", "teaser", "teasers", "comment", "comments"),
        *("disqus", "respond", "replies", "sidebar", "widget", "widgets", "promo", "promos"),
        *("sponsored", "newsletter", "nav", "navigation", "menu", "pagination", "copyright"),
    }
)
_IDS_OF = {"div", "ul", "ol", "aside", "header", "table", "td", "iframe"}
_MAX_ID_WORDS = 2
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ARTICLE_NAMES = {"hentry", "post", "entry", "article", "story", "h-entry", "post-outer"}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAME_WORD = re.compile(r"[A-Za-z0-9]+")


def is_aside(element: Element) -> bool:
    """Return whether an element, with all in it, stands beside the article rather than in it."""
    if element.tag == "aside" and not _NOTES.isdisjoint(name_words(element)):
        return False
    if element.tag in _TAGS or (element.get("role") or "").lower() in _ROLES:
        return True
    return element.tag not in _NEVER_ASIDE and not _NAMES.isdisjoint(name_words(element))


def may_be_aside(element: Element) -> bool:
    """Return whether an element is called as what stands beside the article often is."""
    if element.tag in _NEVER_ASIDE:
        return False
    return not _WEAK_NAMES.isdisjoint(_words_in(element.get("class") or ""))


def is_elsewhere(element: Element) -> bool:
    """Return whether what an element says of authors and dates is of something else."""
    return element.tag in ("nav", "aside") or not _ELSEWHERE.isdisjoint(name_words(element))


def article_region(blocks: Iterable[Element]) -> list[Element]:
    """Return the elements of the article and of its head, in document order.

    Args:
        blocks: the elements of the headline and of the article's blocks.
    """
    around = _whole_article(_common_ancestor(list(blocks)))
    left_out: set[Element] = set()
    region: list[Element] = []
    for element in around.iter("*"):
        if element.getparent() in left_out or (element is not around and is_elsewhere(element)):
            left_out.add(element)
        else:
            region.append(element)
    return region


def _whole_article(element: Element) -> Element:
    """Return the element that is called an article around one, or else itself."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in ("body", "html"):
            break
        if ancestor.tag in ("article", "main") or not _ARTICLE_NAMES.isdisjoint(
            (ancestor.get("class") or "").lower().split()
        ):
            return ancestor
    return element


def _common_ancestor(elements: list[Element]) -> Element:
    lines = [[*reversed(list(one.iterancestors())), one] for one in elements]
    common = lines[0]
    for line in lines[1:]:
        shared = (a for a, b in zip(common, line, strict=False) if a is b)
        common = list(shared)
    return common[-1]


def name_words(element: Element) -> set[str]:
    """Return the words that an element's classes and id are made of, lower case."""
    words = _words_in(element.get("class") or "")
    # The ids of sections are made of their titles ("related-work", "the-file-menu").
    if element.tag in _IDS_OF and (len(element) == 0 or element[0].tag not in _HEADINGS):
        of_id = _words_in(element.get("id") or "")
        words |= of_id if len(of_id) <= _MAX_ID_WORDS else set()
    return words


def _words_in(names: str) -> set[str]:
    return {word.lower() for word in _NAME_WORD.findall(_CAMEL.sub(" ", names))}
