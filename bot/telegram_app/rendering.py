"""An answer as it is shown in a chat: its messages and the buttons under the last one."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.answer import Answer
from bot.telegram_app.keyboards import answer_keyboard
from bot.telegram_app.store.records import Rating
from bot.telegram_app.text.answer_message import answer_message
from bot.telegram_app.text.rich_text import RichText


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is shown.

    Attributes:
        asker: name of who asked, where it is to be named.
        context_shown: whether the paragraphs around each citation are shown.
        rating: what the only reader thinks of it.
    """

    asker: str | None = None
    context_shown: bool = False
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """An answer as it is sent.

    Attributes:
        parts: one message each, at least one.
        keyboard: stands under the last.
    """

    parts: tuple[RichText, ...]
    keyboard: InlineKeyboardMarkup

    def keyboard_of(self, number: int) -> InlineKeyboardMarkup | None:
        """Return what stands under a part, counted from 0."""
        return self.keyboard if number == len(self.parts) - 1 else None


def render(answer: Answer, answer_id: str, view: View = View()) -> Rendered:  # noqa: B008 - frozen
    """Return an answer as it is sent.

    Takes long for a long article, as `answer_keyboard` does: not for the event loop.

    Args:
        answer: what to show.
        answer_id: by which it is kept.
        view: how to show it.
    """
    parts = answer_message(answer, view.asker, in_context=view.context_shown).parts
    keyboard = answer_keyboard(
        answer, answer_id, context_shown=view.context_shown, rating=view.rating
    )
    return Rendered(parts, keyboard)
