"""The buttons under an answer, and what a press of one says."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.answer import Answer, Citation
from bot.deep_links import sentence_url
from bot.telegram_app.messages import (
    BUTTON_BAD,
    BUTTON_COPY,
    BUTTON_GOOD,
    BUTTON_IN_CONTEXT,
    BUTTON_OPEN,
    BUTTON_WITHOUT_CONTEXT,
    marked,
    numbered,
)
from bot.telegram_app.store.records import Rating
from bot.telegram_app.text.quotes import copy_text

# s: a citation's sentence, c: context, g: good, b: bad, q: a suggested question.
What = Literal["s", "c", "g", "b", "q"]

_PRESS = re.compile(r"v1:(?:([scgb]):([A-Za-z0-9]{1,32})(?::([0-9]{1,6}))?|q:([0-9]{1,6}))")
# What Telegram shows in a row, and takes in a keyboard: 100 with the buttons below these.
_MAX_IN_ROW = 8
_MAX_CITATIONS = 88

_Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True)
class Press:
    """What a press of a button says.

    Attributes:
        what: kind of button.
        answer_id: of the answer above it; empty for a suggested question.
        number: of a citation or a suggested question; of other buttons, 1 where the context is
            to be shown, else 0.
    """

    what: What
    answer_id: str
    number: int

    def data(self) -> str:
        """Return the button's data, at most 64 bytes; `press_in` reads it."""
        parts = ("v1", self.what, self.answer_id, str(self.number))
        return ":".join(part for part in parts if part)


def press_in(data: str | None) -> Press | None:
    """Return what a button's data says; None where it is not one of these buttons."""
    match = _PRESS.fullmatch(data or "")
    if match is None:
        return None
    what, answer_id, number, suggestion = match.groups()
    if suggestion is not None:
        return Press("q", "", int(suggestion))
    return Press(cast(What, what), answer_id, int(number or 0))


def suggestion_data(number: int) -> str:
    """Return the data of the button that asks a suggested question, counted from 0."""
    return Press("q", "", number).data()


def cited(answer: Answer) -> tuple[Citation, ...]:
    """Return what an answer shows of the article: its citations, or the closest words."""
    return answer.citations or ((answer.closest,) if answer.closest is not None else ())


def answer_keyboard(
    answer: Answer, answer_id: str, *, context_shown: bool, rating: Rating | None
) -> InlineKeyboardMarkup:
    """Return the buttons under an answer.

    Takes long for a long article, as it looks for words that occur nowhere else: not for the event
    loop.

    Args:
        answer: what stands above.
        answer_id: by which it is kept.
        context_shown: whether the paragraphs around are shown now.
        rating: what the reader thinks of it, to be marked; None where there are several readers.
    """
    rows = _citation_rows(answer, answer_id, context_shown=context_shown)
    good = Press("g", answer_id, int(context_shown)).data()
    bad = Press("b", answer_id, int(context_shown)).data()
    rows.append(
        [
            _button(marked(BUTTON_GOOD) if rating == "good" else BUTTON_GOOD, good),
            _button(marked(BUTTON_BAD) if rating == "bad" else BUTTON_BAD, bad),
        ]
    )
    return InlineKeyboardMarkup(rows)


def _citation_rows(answer: Answer, answer_id: str, *, context_shown: bool) -> list[_Row]:
    citations = cited(answer)[:_MAX_CITATIONS]
    if not citations:
        return []
    numbers = [
        _button(numbered("", one.number), Press("s", answer_id, one.number).data())
        for one in citations
    ]
    label = BUTTON_WITHOUT_CONTEXT if context_shown else BUTTON_IN_CONTEXT
    context = _button(label, Press("c", answer_id, int(not context_shown)).data())
    links = _links(answer)
    if len(numbers) == 1:
        return [[*numbers, context], *([links] if links else [])]
    rows = [numbers[at : at + _MAX_IN_ROW] for at in range(0, len(numbers), _MAX_IN_ROW)]
    # Which of the citations is meant makes these too wide to share a row.
    return [*rows, [context], *([link] for link in links)]


def _links(answer: Answer) -> _Row:
    """Return what leads out of the chat: for the first citation, which is named if it is not all.

    There is none for words that are too unsure to be an answer.
    """
    if not answer.citations:
        return []
    first, *others = answer.citations
    url = sentence_url(first)
    number = first.number if others else None
    copy = CopyTextButton(copy_text(first))
    buttons = [InlineKeyboardButton(numbered(BUTTON_COPY, number), copy_text=copy)]
    if url is not None:
        buttons.insert(0, InlineKeyboardButton(numbered(BUTTON_OPEN, number), url=url))
    return buttons


def _button(label: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
