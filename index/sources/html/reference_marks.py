"""Taking out of a text what only links within the page: [1], "[edit]", ¶."""

import re

from index.sources.html.parsing import Element, remove

_MARK = re.compile(
    r"\[?\s*(?:\d{1,4}|[a-z]{1,2}|[*†‡§¶↑↩#🔗^]+|(?:note|nb|n|lower-alpha|注|註|прим\.?|Anm\.?)\s?\d{1,3})"
    r"[\s\uFE0E\uFE0F]*\]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]]{1,40}\]")
_BRACKETED_NUMBER = re.compile(r"\[\d+\]")
_ANCHOR_SIGNS = re.compile(r"[¶§#↑↩🔗⚓^\s\uFE0E\uFE0F]+")
_MARK_CLASSES = {
    *("mw-editsection", "editsection", "headerlink", "anchor-link", "footnote-ref", "footnoteref"),
    *("footnote-reference", "footnote-backref", "footnote-back", "footnote-anchor", "noteref"),
    *("fn-ref", "hash-link", "header-anchor", "heading-anchor", "anchorjs-link", "edit-link"),
    *("mw-cite-backlink",),
}
_MARK_ROLES = {"doc-noteref", "doc-backlink"}
_NOTE_TARGET = re.compile(r"#.*(?:fn|note|cite|ref|_ftn)", re.IGNORECASE)
_MAX_LENGTH = 60


def strip_reference_marks(root: Element) -> None:
    """Take reference marks, links to edit and anchors of headings out of a page's tree."""
    for element in list(root.iter("sup", "a", "span", "button")):
        if element.getparent() is not None and _is_mark(element):
            remove(element)


def _is_mark(element: Element) -> bool:
    text = " ".join(element.text_content().split())
    if not text or len(text) > _MAX_LENGTH:
        return False
    classes = set((element.get("class") or "").lower().split())
    if not classes.isdisjoint(_MARK_CLASSES) or element.get("role") in _MARK_ROLES:
        return True
    if element.tag == "sup":
        return "reference" in classes or _is_raised_mark(element, text)
    if element.tag == "a":
        return _is_link_mark(element.get("href") or "", text)
    return False


def _is_raised_mark(element: Element, text: str) -> bool:
    """Return whether a superscript is all link, as that of "x²" is not."""
    links = element.findall(".//a")
    if not links:
        return _BRACKETED.fullmatch(text) is not None
    linked = sum(len("".join(link.text_content().split())) for link in links)
    is_mark = _MARK.fullmatch(text) or _BRACKETED.fullmatch(text)
    return is_mark is not None and linked >= len("".join(text.split())) - 2


def _is_link_mark(target: str, text: str) -> bool:
    if not target.startswith("#"):
        return False
    if _ANCHOR_SIGNS.fullmatch(text) or _BRACKETED_NUMBER.fullmatch(text):
        return True
    return _NOTE_TARGET.match(target) is not None and _MARK.fullmatch(text) is not None
