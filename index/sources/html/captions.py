"""Captions of pictures, videos and tables."""

import re
from itertools import islice

from index.article import count_words
from index.sources.html.parsing import Element

_TAGS = {"figcaption", "caption"}
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:\w*caption(?:-?text)?|legende?|leyenda|didascalia|picnote|bildunterschrift)(?:$|\s)"
    r"|(?:^|\s)(?:cap|imgdesc)(?:$|\s)",
    re.IGNORECASE,
)
_PICTURES = ("img", "picture", "video", "amp-img", "amp-video", "iframe", "svg", "audio", "object")
_FRAMES = {"div", "center", "td", "p", "dl", "figure", "table"}
_NOT_IN_FRAMES = ("h1", "h2", "h3", "h4", "li", "form", "table", "blockquote")
_MAX_WORDS = 80
# A frame around a picture has few elements.
_MAX_FRAME = 40


def is_caption(element: Element) -> bool:
    """Return whether all the text in an element is the caption of a picture or a table."""
    if element.tag in _TAGS:
        return True
    if element.tag in ("figure", "table", "body", "html"):
        return False
    if _NAMED.search(element.get("class") or "") and not _has_picture(element):
        return count_words(element.text_content()) <= _MAX_WORDS
    return element.tag in _FRAMES and _is_framed_picture(element)


def _has_picture(element: Element) -> bool:
    return any(element.find(f".//{picture}") is not None for picture in _PICTURES)


def _is_framed_picture(element: Element) -> bool:
    """Return whether an element holds a picture and then, in another element, a few words."""
    if sum(1 for _ in islice(element.iterdescendants(), _MAX_FRAME)) == _MAX_FRAME:
        return False
    first = next((child for child in element if child.tag not in ("br", "source")), None)
    if first is None or (element.text or "").strip() or first.text_content().strip():
        return False
    if first.tag not in _PICTURES and not _has_picture(first):
        return False
    if any(element.find(f".//{tag}") is not None for tag in _NOT_IN_FRAMES):
        return False
    text = element.text_content()
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if any((child.tail or "").strip() for child in element if child.tag != "br"):
        return False
    return 0 < count_words(text) <= _MAX_WORDS and linked * 2 < len(text)
