"""What a page says of its article in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from index.sources.html.parsing import Element

Node = dict[str, Any]

ARTICLE_TYPES = frozenset(
    {
        *("Article", "NewsArticle", "BlogPosting", "TechArticle", "ScholarlyArticle", "Report"),
        *(
            "OpinionNewsArticle",
            "AnalysisNewsArticle",
            "BackgroundNewsArticle",
            "ReviewNewsArticle",
        ),
        *(
            "ReportageNewsArticle",
            "LiveBlogPosting",
            "SocialMediaPosting",
            "AdvertiserContentArticle",
        ),
        *("MedicalScholarlyArticle", "DiscussionForumPosting", "CreativeWork", "Review", "Recipe"),
        *("HowTo", "Book", "Chapter", "EmailMessage", "Message", "APIReference"),
    }
)
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage"})
_MAX_SCRIPT_CHARACTERS = 1_000_000
_MAX_DEPTH = 6
# Where a node holds what the page is about, and not what else is to be read.
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage")
_COMMENT_OR_CDATA = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
# For JSON that cannot be repaired: what stands behind a key, if it is a plain string.
_PAIR = re.compile(
    r'"(headline|datePublished|dateCreated|name|inLanguage|url)"\s*:\s*"((?:[^"\\\n]|\\.){1,500})"'
)
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_AUTHOR = re.compile(
    r'"author"\s*:\s*(?:\[\s*)?(?:\{[^{}]*?"name"\s*:\s*)?"((?:[^"\\\n]|\\.){1,200})"'
)


def json_ld_nodes(root: Element) -> list[Node]:
    """Return the nodes that describe the page or its article, in order; broken JSON is repaired."""
    nodes: list[Node] = []
    for script in root.iter("script"):
        kind = (script.get("type") or "").partition(";")[0].strip().lower()
        if kind == "application/ld+json" and script.text:
            nodes.extend(_nodes(_parse(script.text[:_MAX_SCRIPT_CHARACTERS]), 0))
    return nodes


def find_article(nodes: list[Node], titles: Iterable[str]) -> Node | None:
    """Return the node of the article that the page shows, or else of the page itself.

    Pages also describe what is related to the article: one whose headline is the page's wins.

    Args:
        nodes: all of the page.
        titles: what else the page calls itself.
    """
    articles = [node for node in nodes if types_of(node) & ARTICLE_TYPES]
    wanted = " ".join(titles).casefold()
    for node in articles:
        if any(headline.casefold() in wanted for headline in texts(node.get("headline"))):
            return _with_references(node, nodes)
    pages = [node for node in nodes if types_of(node) & PAGE_TYPES]
    return next((_with_references(node, nodes) for node in (*articles, *pages)), None)


def authors_of(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the people, and those of the organisations, that wrote an article."""
    said = node.get("author")
    authors = said if isinstance(said, list) else [said]
    people: list[str] = []
    organisations: list[str] = []
    for author in authors:
        is_group = isinstance(author, dict) and any("Organi" in t for t in types_of(author))
        (organisations if is_group else people).extend(texts(author))
    return tuple(people), tuple(organisations)


def find_publisher(nodes: list[Node]) -> str | None:
    """Return the name of the publication that the nodes name."""
    for node in nodes:
        if types_of(node) & (ARTICLE_TYPES | PAGE_TYPES):
            for name in texts(_with_references(node, nodes).get("publisher")):
                return name
    sites = (node for node in nodes if "WebSite" in types_of(node))
    return next((name for node in sites for name in texts(node.get("name"))), None)


def types_of(node: Node) -> set[str]:
    """Return the schema.org types of a node, without their address."""
    found = node.get("@type")
    names = found if isinstance(found, list) else [found]
    return {str(name).rpartition("/")[2].rpartition(":")[2] for name in names if name}


def texts(value: object) -> Iterator[str]:
    """Yield the strings that a value stands for: itself, or the names or values in it."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name") or one.get("@value")
            yield from texts(one) if not isinstance(one, dict) else ()
        elif isinstance(one, str) and one.strip():
            yield " ".join(unescape(one).split())


def _with_references(node: Node, nodes: list[Node]) -> Node:
    """Return a node in which "@id" alone is replaced by the node that has it."""
    by_id = {str(one["@id"]): one for one in nodes if "@id" in one and len(one) > 1}

    def resolved(value: object) -> object:
        if isinstance(value, list):
            return [resolved(one) for one in value]
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and "@id" in value:
            return by_id.get(str(value["@id"]), value)
        return value

    return {key: resolved(value) for key, value in node.items()}


def _nodes(value: object, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _CONTAINERS:
            yield from _nodes(value.get(key), depth + 1)


def _parse(text: str) -> object:
    text = _COMMENT_OR_CDATA.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), unescape(text)):
        try:
            # Not strict: line breaks inside strings are the commonest fault.
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvage(text)


def _salvage(text: str) -> Node:
    """Return what can still be read of broken JSON: the first value of each key wanted."""
    types = ARTICLE_TYPES.intersection(_TYPE.findall(text))
    if not types:
        return {}
    found: Node = {"@type": sorted(types)}
    for match in _PAIR.finditer(text):
        found.setdefault(match[1], _unquote(match[2]))
    # A name is the author's, the publisher's or the picture's: it says nothing alone.
    found.pop("name", None)
    author = _AUTHOR.search(text)
    if author is not None:
        found["author"] = _unquote(author[1])
    return found


def _unquote(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
