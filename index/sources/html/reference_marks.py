"""Taking out of a text what only links within the page: [1], "[edit]", ¶."""

import re

from index.sources.html.parsing import Element, remove

_MARK = re.compile(
    r"\[?\s*(?:\d{1,4}|[a-z]{1,2}|[*†‡§¶↑↩#🔗^]+|(?:note|nb|n|lower-alpha|注|註|прим\.?|Anm\.?)\s?\d{1,3})"
    r"[\s\uFE0E\uFE0F]*\]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]]{1,40}\]")
_ANCHOR_SIGNS = re.compile(r"[¶§#↑↩🔗⚓^\s\uFE0E\uFE0F]+")
_MARK_CLASSES = {
    *("reference", "mw-editsection", "headerlink", "anchor-link", "footnote-ref", "footnoteref"),
    *("footnote-reference", "footnote-backref", "footnote-back", "noteref", "fn-ref", "hash-link"),
    *(
        "header-anchor",
        "heading-anchor",
        "anchorjs-link",
        "mw-cite-backlink",
        "noprint",
        "edit-link",
    ),
}
_MARK_ROLES = {"doc-noteref", "doc-backlink"}


def strip_reference_marks(root: Element) -> None:
    """Take reference marks, links to edit and anchors of headings out of a page's tree."""
    for element in list(root.iter("sup", "a", "span", "button")):
        if element.getparent() is not None and _is_mark(element):
            remove(element)


def _is_mark(element: Element) -> bool:
    text = " ".join(element.text_content().split())
    if not text or len(text) > 60:
        return False
    classes = set((element.get("class") or "").lower().split())
    if not classes.isdisjoint(_MARK_CLASSES) or element.get("role") in _MARK_ROLES:
        return True
    if element.tag == "sup":
        links = element.findall(".//a")
        if not links:
            return _BRACKETED.fullmatch(text) is not None
        inner = "".join("".join(link.text_content().split()) for link in links)
        return len(inner) >= len("".join(text.split())) - 2 and _is_short_mark(text)
    if element.tag == "a" and (element.get("href") or "").startswith("#"):
        return (
            _ANCHOR_SIGNS.fullmatch(text) is not None or re.fullmatch(r"\[\d+\]", text) is not None
        )
    return False


def _is_short_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None or _BRACKETED.fullmatch(text) is not None
