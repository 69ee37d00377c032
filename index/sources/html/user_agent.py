"""How browsers draw an element where no style sheet says anything (HTML, section 15)."""

from collections.abc import Mapping

from index.sources.html.parsing import Element

# What begins a line of its own.
BLOCK_TAGS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html"),
        *("legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p"),
        *("plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul", "xmp"),
    }
)
# What is never drawn as text, or that a browser's search does not look into.
NEVER_RENDERED = frozenset(
    {
        *("area", "audio", "base", "canvas", "col", "colgroup", "datalist", "desc", "defs"),
        *("embed", "frame", "frameset", "head", "iframe", "img", "input", "link", "meta", "meter"),
        *("noembed", "noframes", "noscript", "object", "param", "picture", "progress", "rp"),
        *("script", "select", "source", "style", "symbol", "template", "textarea", "title"),
        *("track", "video", "annotation", "annotation-xml", "metadata"),
    }
)
# Of these, what is drawn as a picture; its place tells what its caption is.
PICTURES = frozenset({"img", "picture", "video", "audio", "iframe", "object", "embed", "canvas"})
# Classes that frameworks give to text for screen readers alone, in style sheets of other addresses.
_SCREEN_READER_CLASSES = frozenset(
    {
        *("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "sr-text"),
        *("screenreader-text", "screen-reader-only", "element-invisible", "u-visually-hidden"),
        *("a11y-hidden",),
    }
)
_COLOUR_ATTRIBUTES = {"font": {"color": "color"}, "body": {"text": "color"}}
_LINK_COLOUR = "#0000ee"


def is_for_screen_readers(element: Element) -> bool:
    """Return whether an element has a class for text that only a screen reader says."""
    names = element.get("class")
    return names is not None and not _SCREEN_READER_CLASSES.isdisjoint(names.lower().split())


def presentation(element: Element) -> Mapping[str, str]:
    """Return what a browser takes from an element itself before any style sheet.

    `hidden="until-found"` is no hiding: a search or a link to the text opens it.
    """
    hints: dict[str, str] = {}
    if not element.attrib and element.tag not in ("mark", "dialog"):
        return hints
    if "hidden" in element.attrib and element.get("hidden").lower() != "until-found":
        hints["display"] = "none"
    if element.tag == "dialog" and "open" not in element.attrib:
        hints["display"] = "none"
    if element.tag == "a" and "href" in element.attrib:
        hints["color"] = _LINK_COLOUR
    if element.tag == "mark":
        hints |= {"color": "black", "background-color": "yellow"}
    if "bgcolor" in element.attrib:
        hints["background-color"] = element.get("bgcolor").strip().lower()
    if element.tag in ("body", "table", "td", "th", "tr") and "background" in element.attrib:
        hints["background-image"] = "url()"
    for attribute, name in _COLOUR_ATTRIBUTES.get(element.tag, {}).items():
        if attribute in element.attrib:
            hints[name] = element.get(attribute).strip().lower()
    return hints
