"""What a page's style sheets and `style` attributes declare for each element."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from index.sources.html.declarations import Declarations, parse_declarations
from index.sources.html.parsing import Element
from index.sources.html.selector_matching import Budget
from index.sources.html.selectors import ElementIndex
from index.sources.html.stylesheet import Rule, page_rules

# About a second of matching, and for one selector a twentieth of it.
MAX_STEPS = 1_000_000
MAX_SELECTOR_STEPS = 50_000
_COLOUR_ONLY = re.compile(r"--|color|background|-webkit-")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_MAX_SUBSTITUTIONS = 8
_MAX_VALUE = 1000

# Whether important, of a style attribute, specificity, order: the highest wins.
_Priority = tuple[bool, bool, tuple[int, int, int], int]
_Layer = tuple[_Priority, Mapping[str, str]]


def declared_values(root: Element) -> dict[Element, Mapping[str, str]]:
    """Return the declarations that win for each element that has any (CSS Cascading, 6).

    Args:
        root: the page's root.

    Returns:
        Element → property → value, lower case, `var()` not filled in. Selectors that would take
        too long to match are left out.
    """
    layers: dict[Element, list[_Layer]] = defaultdict(list)
    elements = list(root.iter("*"))
    rules = page_rules(root)
    if rules:
        _match(rules, ElementIndex(elements), layers)
    for element in elements:
        if style := element.get("style"):
            layers[element].extend(_layers(parse_declarations(style), True, (0, 0, 0), 0))
    return {element: _winners(found) for element, found in layers.items()}


def substitute(value: str, variables: Mapping[str, str]) -> str:
    """Return a value with `var()` filled in, as far as the variables are known."""
    for _ in range(_MAX_SUBSTITUTIONS):
        if "var(" not in value or len(value) > _MAX_VALUE:
            break
        value = _VARIABLE.sub(lambda m: (variables.get(m[1]) or m[2] or m[0]).strip(), value)
    return value


def _match(rules: list[Rule], index: ElementIndex, layers: dict[Element, list[_Layer]]) -> None:
    """Add what rules say to the elements that they match; what hides most surely goes first."""
    left = MAX_STEPS
    ordered = sorted(enumerate(rules), key=lambda item: _is_colour_only(item[1].declarations))
    for order, rule in ordered:
        budget = Budget(min(left, MAX_SELECTOR_STEPS))
        started_with = budget.left
        specificity = rule.selector.specificity()
        for element in index.matching(rule.selector, budget):
            layers[element].extend(_layers(rule.declarations, False, specificity, order))
        left -= started_with - max(0, budget.left)


def _is_colour_only(declarations: Declarations) -> bool:
    names = (*declarations.normal, *declarations.important)
    return all(_COLOUR_ONLY.search(name) for name in names)


def _layers(
    declarations: Declarations,
    of_attribute: bool,  # noqa: FBT001
    specificity: tuple[int, int, int],
    order: int,
) -> Iterator[_Layer]:
    for important, values in ((False, declarations.normal), (True, declarations.important)):
        if values:
            yield (important, of_attribute, specificity, order), values


def _winners(layers: list[_Layer]) -> Mapping[str, str]:
    won: dict[str, str] = {}
    for _, values in sorted(layers, key=lambda layer: layer[0]):
        won.update(values)
    return won
