"""Which elements of a page a CSS selector matches."""

from collections import defaultdict
from collections.abc import Iterator

from cssselect import Selector, SelectorError, parse
from cssselect import parser as css

from index.sources.html.parsing import Element
from index.sources.html.selector_matching import (
    Budget,
    TooCostlyError,
    UnknownSelectorError,
    matches,
)

_MAX_LENGTH = 2000

_Key = tuple[str, str]


def parse_selectors(text: str) -> list[Selector]:
    """Return the selectors of a list; none if they cannot be parsed."""
    if len(text) > _MAX_LENGTH:
        return []
    try:
        return parse(text)
    except (SelectorError, RecursionError):
        return []


class ElementIndex:
    """The elements of a page by what selectors name: tag, class, id."""

    def __init__(self, elements: list[Element]) -> None:
        """Index them; their order is kept."""
        self._elements = elements
        self._by_key: dict[_Key, list[Element]] = defaultdict(list)
        for element in elements:
            self._by_key["tag", element.tag].append(element)
            if identifier := element.get("id"):
                self._by_key["id", identifier].append(element)
            for name in set(element.get("class", "").split()):
                self._by_key["class", name].append(element)

    def matching(self, selector: Selector, budget: Budget) -> list[Element]:
        """Return the elements that a selector matches, in document order.

        Where the budget ends first, only those that were found until then. Selectors of
        pseudo-elements, and those that cannot be judged here, match nothing.
        """
        found: list[Element] = []
        if selector.pseudo_element is not None:
            return found
        try:
            for element in self._candidates(selector.parsed_tree):
                if matches(selector.parsed_tree, element, budget):
                    found.append(element)
        except TooCostlyError:
            return found
        except (UnknownSelectorError, RecursionError):
            return []
        return found

    def _candidates(self, tree: css.Tree) -> list[Element]:
        lists = [self._by_key.get(key, []) for key in _required(tree)]
        return min(lists, key=len, default=self._elements)


def _required(tree: css.Tree) -> Iterator[_Key]:
    """Yield what an element must be, whatever stands around it."""
    if isinstance(tree, css.CombinedSelector):
        yield from _required(tree.subselector)
    elif isinstance(tree, css.Element):
        if tree.element is not None:
            yield "tag", tree.element.lower()
    else:
        if isinstance(tree, css.Hash):
            yield "id", tree.id
        elif isinstance(tree, css.Class):
            yield "class", tree.class_name
        yield from _required(tree.selector)
