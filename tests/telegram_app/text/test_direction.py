import pytest
from hypothesis import given

from bot.telegram_app.text.direction import isolated
from bot.telegram_app.text.rich_text import RichText, Style, StyledSpan
from tests.telegram_app.text.texts import rich_texts


@pytest.mark.parametrize("text", ["Mosul", "", "6 + 7", "今天", "é 😀"])
def test_other_text_is_left_alone(text: str) -> None:
    assert isolated(RichText(text)).plain() == text


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "Ann שלום"])
def test_right_to_left_text_is_isolated_outside_its_styles(text: str) -> None:
    shown = isolated(RichText(text).styled(Style.BOLD))

    assert shown.plain() == f"\u2068{text}\u2069"
    assert shown.spans == (StyledSpan(1, len(text) + 1, Style.BOLD),)


def test_a_name_cannot_end_the_isolate() -> None:
    assert isolated(RichText("שלום\u2069\u2067")).plain() == "\u2068שלום\u2060\u2060\u2069"
    assert isolated(RichText("a\u2067")).plain() == "a\u2060"


@given(rich_texts)
def test_isolates_are_balanced(text: RichText) -> None:
    shown = isolated(text).plain()

    assert shown.count("\u2068") == shown.count("\u2069") <= 1
    assert shown.count("\u2066") == shown.count("\u2067") == 0
    assert len(isolated(text).spans) == len(text.spans)
