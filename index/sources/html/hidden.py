"""Taking out of a page what a person cannot see of it, and counting it."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import Comment, ProcessingInstruction

from index.article import count_words
from index.sources.html.invisible_characters import strip_invisible_runs
from index.sources.html.parsing import Element, remove, xml_text
from index.sources.html.styles import Style
from index.sources.html.user_agent import NEVER_RENDERED, PICTURES

# Comments of fewer words are the notes of programs ("End Google Tag Manager (noscript)").
_MIN_COMMENT_WORDS = 6
_CODE = re.compile(r"[{};]|^\[if\b|^\s*<!\[endif")
_TAG = re.compile(r"<[^>]*>")
# What is folded away in these was never going to be read as the article's text.
_CONTROLS = {"nav", "menu", "dialog", "form", "button", "svg"}
_CONTROL_ROLES = {"navigation", "menu", "menubar", "dialog", "alertdialog", "search", "tooltip"}


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was hidden on a page.

    Attributes:
        passages: how many outermost hidden elements with words in them, and runs of invisible
            characters; those in menus, dialogs and forms are not counted.
        comments: the elements around each comment that says something.
    """

    passages: int
    comments: Sequence[Element]

    def count(self, article: Container[Element]) -> int:
        """Return how many passages were hidden; templates comment on pages, not on articles."""
        return self.passages + sum(element in article for element in self.comments)


def strip_hidden(root: Element, styles: Mapping[Element, Style]) -> Hidden:
    """Take hidden text out of a page's tree."""
    comments = _strip_comments(root)
    hidden = list(_outermost_hidden(root, styles))
    passages = sum(_counts(element, styles) for element in hidden)
    for element in list(root.iter("*")):
        style = styles[element]
        if element.tag == "head" or _is_in_head(element):
            continue
        if element.tag in PICTURES:
            _empty(element)
        elif not style.shows_box and element is not root:
            remove(element)
        elif not style.shows_text:
            _blank_own_text(element, " " if style.takes_space else "")
    return Hidden(passages + _strip_invisible_characters(root), comments)


def _strip_comments(root: Element) -> list[Element]:
    """Take the comments out, and return the elements that those that say something were in."""
    parents: list[Element] = []
    for node in list(root.iter(Comment, ProcessingInstruction)):
        if node.tag is Comment and not _is_in_head(node) and _says_something(node.text or ""):
            parents.append(node.getparent())
        remove(node)
    return parents


def _is_in_head(node: Element) -> bool:
    return node.getparent() is None or any(one.tag == "head" for one in node.iterancestors())


def _says_something(comment: str) -> bool:
    words = _TAG.sub(" ", comment)
    return _CODE.search(words) is None and count_words(words) >= _MIN_COMMENT_WORDS


def _outermost_hidden(root: Element, styles: Mapping[Element, Style]) -> Iterator[Element]:
    """Yield each hidden element that is not inside another one."""
    inside: set[Element] = set()
    for element in root.iter("*"):
        if element.getparent() in inside:
            inside.add(element)
        elif not styles[element].shows_box or not styles[element].shows_text:
            inside.add(element)
            yield element


def _counts(element: Element, styles: Mapping[Element, Style]) -> bool:
    if element.tag in NEVER_RENDERED and element.tag != "template":
        return False
    around = [element, *element.iterancestors()]
    if any(one.tag in _CONTROLS or one.get("role") in _CONTROL_ROLES for one in around):
        return False
    return any(count_words(text) for text in _hidden_texts(element, styles))


def _hidden_texts(element: Element, styles: Mapping[Element, Style]) -> Iterator[str]:
    """Yield the texts that cannot be seen in a hidden element."""
    whole = not styles[element].shows_box
    for one in element.iter("*"):
        if one.tag in NEVER_RENDERED and one.tag != "template":
            continue
        if whole or not styles[one].shows_text:
            yield one.text or ""
            yield from (child.tail or "" for child in one)


def _empty(element: Element) -> None:
    """Leave out what stands in an element for browsers that cannot show it."""
    element.text = None
    for child in list(element):
        if child.tag not in PICTURES:
            child.drop_tree()


def _blank_own_text(element: Element, space: str) -> None:
    if element.text:
        element.text = space
    for child in element:
        if child.tail:
            child.tail = space


def _strip_invisible_characters(root: Element) -> int:
    runs = 0
    for element in root.iter("*"):
        for part in ("text", "tail"):
            text = getattr(element, part)
            if text:
                stripped, found = strip_invisible_runs(text)
                if stripped != text:
                    setattr(element, part, xml_text(stripped))
                runs += found
    return runs
