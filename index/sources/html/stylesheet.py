"""The rules of a page's own style sheets that could hide text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2
from cssselect import Selector

from index.sources.html.declarations import Declarations, parse_declarations
from index.sources.html.media import applies_on_screen
from index.sources.html.parsing import Element
from index.sources.html.selectors import parse_selectors

# What is read of a page's sheets, all together: parsing takes about 2 s per million characters.
MAX_SHEET_CHARACTERS = 400_000
_GROUPS = {"media", "supports", "layer", "container", "scope"}
_MAX_GROUP_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with what is declared for the elements that it matches."""

    selector: Selector
    declarations: Declarations


def page_rules(root: Element) -> list[Rule]:
    """Return the rules of a page's `<style>` elements, in order.

    Sheets and rules for print, for no script and behind `@import` are left out, and what exceeds
    `MAX_SHEET_CHARACTERS`.
    """
    rules: list[Rule] = []
    left = MAX_SHEET_CHARACTERS
    for style in root.iter("style"):
        sheet = style.text or ""
        if not applies_on_screen(style.get("media", "")) or _is_without_script(style):
            continue
        rules.extend(sheet_rules(sheet[:left]))
        left -= len(sheet)
        if left <= 0:
            break
    return rules


def sheet_rules(sheet: str) -> Iterator[Rule]:
    """Yield the rules of one style sheet that declare something relevant."""
    return _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), 0)


def _is_without_script(style: Element) -> bool:
    return any(ancestor.tag in ("noscript", "template") for ancestor in style.iterancestors())


def _rules(nodes: Iterable[Any], depth: int) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            declarations = parse_declarations(node.content)
            if declarations:
                for selector in parse_selectors(tinycss2.serialize(node.prelude).strip()):
                    yield Rule(selector, declarations)
        elif node.type == "at-rule" and node.content is not None and depth < _MAX_GROUP_DEPTH:
            prelude = tinycss2.serialize(node.prelude)
            if node.lower_at_keyword not in _GROUPS or (
                node.lower_at_keyword == "media" and not applies_on_screen(prelude)
            ):
                continue
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, depth + 1)
