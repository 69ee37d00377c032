"""Buttons that stand in a line of text, such as "Copy" behind a heading."""

from collections import defaultdict

from index.sources.html.parsing import Element, remove


def strip_buttons(root: Element) -> None:
    """Take buttons out of lines that have other words; a button that is all a line stays."""
    buttons: dict[Element, list[Element]] = defaultdict(list)
    for button in root.iter("button"):
        if button.getparent() is not None:
            buttons[button.getparent()].append(button)
    for line, in_line in buttons.items():
        if sum(map(_length, in_line)) < _length(line):
            for button in in_line:
                remove(button)


def _length(element: Element) -> int:
    return len("".join(element.text_content().split()))
