"""Captions of pictures, videos and tables."""

from index.sources.html.parsing import Element
from index.sources.html.regions import name_words

_TAGS = {"figcaption", "caption"}
_NAMES = {"caption", "captions", "figcaption", "thumbcaption", "imagecaption", "photocaption"}
_PICTURES = ("img", "picture", "video", "amp-img", "iframe", "svg", "audio", "object", "canvas")


def is_caption(element: Element) -> bool:
    """Return whether an element is what stands below a picture, a video or a table."""
    if element.tag in _TAGS:
        return True
    if element.tag in ("figure", "table") or _NAMES.isdisjoint(name_words(element)):
        return False
    # An element that holds the picture too is the figure, and its caption is a part of it.
    return all(element.find(f".//{picture}") is None for picture in _PICTURES)
