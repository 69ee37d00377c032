"""Whether a CSS selector matches an element, in a bounded number of steps.

From the right to the left, as browsers do it, rather than as XPath: `p ~ p` alone takes quadratic
time there, and cannot be stopped.
"""

from collections.abc import Callable, Iterator

from cssselect import SelectorError
from cssselect import parser as css

from index.sources.html.parsing import Element

# False of a page that nobody has touched yet.
_TOUCHED = {
    *("hover", "active", "focus", "focus-within", "focus-visible", "visited", "target"),
    *("checked", "indeterminate", "fullscreen", "placeholder-shown", "user-invalid"),
}
_POSITIONS = {
    "first-child": ("nth-child",),
    "last-child": ("nth-last-child",),
    "only-child": ("nth-child", "nth-last-child"),
    "first-of-type": ("nth-of-type",),
    "last-of-type": ("nth-last-of-type",),
    "only-of-type": ("nth-of-type", "nth-last-of-type"),
}


class TooCostlyError(Exception):
    """Matching would take more steps than are left."""


class UnknownSelectorError(Exception):
    """The selector asks for something that is not known here."""


class Budget:
    """Steps that may still be taken; one is about the work of looking at one element."""

    def __init__(self, steps: int) -> None:
        """Allow so many steps."""
        self.left = steps

    def spend(self) -> None:
        """Take a step.

        Raises:
            TooCostlyError: if none is left.
        """
        self.left -= 1
        if self.left < 0:
            raise TooCostlyError


def matches(tree: css.Tree, element: Element, budget: Budget) -> bool:
    """Return whether a parsed selector matches an element.

    Raises:
        TooCostlyError: if the budget does not suffice.
        UnknownSelectorError: if the selector asks for something that is not known here.
    """
    budget.spend()
    if isinstance(tree, css.Element):
        return tree.element is None or tree.element.lower() == element.tag
    if isinstance(tree, css.CombinedSelector):
        return matches(tree.subselector, element, budget) and any(
            matches(tree.selector, other, budget)
            for other in _related(tree.combinator, element, budget)
        )
    test = _TESTS.get(type(tree))
    if test is None:
        raise UnknownSelectorError(repr(tree))
    return matches(tree.selector, element, budget) and test(tree, element, budget)


def _related(combinator: str, element: Element, budget: Budget) -> Iterator[Element]:
    if combinator == " ":
        found = element.iterancestors()
    elif combinator == ">":
        parent = element.getparent()
        found = iter(() if parent is None else (parent,))
    else:
        found = element.itersiblings("*", preceding=True)
    for other in found:
        budget.spend()
        yield other
        if combinator == "+":
            return


def _has_class(tree: css.Class, element: Element, _budget: Budget) -> bool:
    return tree.class_name in element.get("class", "").split()


def _has_id(tree: css.Hash, element: Element, _budget: Budget) -> bool:
    return bool(element.get("id") == tree.id)


def _has_attribute(tree: css.Attrib, element: Element, _budget: Budget) -> bool:
    found = element.get(tree.attrib.lower())
    if found is None or tree.value is None:
        return found is not None
    wanted = tree.value.value or ""
    if tree.operator == "=":
        return bool(found == wanted)
    if tree.operator == "|=":
        return bool(found == wanted or found.startswith(f"{wanted}-"))
    return bool(wanted) and {
        "~=": wanted in found.split(),
        "^=": found.startswith(wanted),
        "$=": found.endswith(wanted),
        "*=": wanted in found,
        "!=": found != wanted,
    }.get(tree.operator, False)


def _is_not(tree: css.Negation, element: Element, budget: Budget) -> bool:
    return not matches(tree.subselector, element, budget)


def _is_any(
    tree: css.Matching | css.SpecificityAdjustment, element: Element, budget: Budget
) -> bool:
    return any(matches(one, element, budget) for one in tree.selector_list)


def _has_pseudo_class(tree: css.Pseudo, element: Element, budget: Budget) -> bool:
    if tree.ident in _TOUCHED:
        return tree.ident == "checked" and element.get("checked") is not None
    if tree.ident in ("link", "any-link"):
        return element.tag == "a" and element.get("href") is not None
    if tree.ident == "root":
        return element.getparent() is None
    if tree.ident == "empty":
        return len(element) == 0 and not element.text
    if tree.ident in _POSITIONS:
        return all(_position(name, element, budget) == 1 for name in _POSITIONS[tree.ident])
    raise UnknownSelectorError(tree.ident)


def _has_position(tree: css.Function, element: Element, budget: Budget) -> bool:
    if not tree.name.startswith("nth-"):
        raise UnknownSelectorError(tree.name)
    try:
        step, first = css.parse_series(tree.arguments)
    except (ValueError, SelectorError):
        raise UnknownSelectorError(tree.name) from None
    beyond = _position(tree.name, element, budget) - first
    return beyond == 0 if step == 0 else beyond % step == 0 and beyond // step >= 0


def _position(name: str, element: Element, budget: Budget) -> int:
    """Return which child of its parent an element is, counted from 1."""
    tag = element.tag if name.endswith("of-type") else "*"
    position = 1
    for _ in element.itersiblings(tag, preceding="last" not in name):
        budget.spend()
        position += 1
    return position


_TESTS: dict[type, Callable[..., bool]] = {
    css.Class: _has_class,
    css.Hash: _has_id,
    css.Attrib: _has_attribute,
    css.Negation: _is_not,
    css.Matching: _is_any,
    css.SpecificityAdjustment: _is_any,
    css.Pseudo: _has_pseudo_class,
    css.Function: _has_position,
}
