"""The buttons under an offer to read a long text, and what a press of one says."""

import re
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram_app.article_messages import OFFER_ASK, OFFER_READ
from bot.telegram_app.lanes import LaneName

_READ, _ASK = "r", "a"
OFFER_PATTERN = r"^v1:o:[ra]:[0-9a-f]{32}$"
_OFFER = re.compile(r"v1:o:([ra]):([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class OfferPress:
    """What a press says.

    Attributes:
        reads: whether the text is to be read as an article; else it is asked.
        offer_id: of the text.
    """

    reads: bool
    offer_id: str

    @property
    def lane(self) -> LaneName:
        """Whose threads do it."""
        return "reading" if self.reads else "answering"


def offer_press_in(data: str | None) -> OfferPress | None:
    """Return what a button's data says; None where it is no button of an offer."""
    match = _OFFER.fullmatch(data or "")
    return None if match is None else OfferPress(match[1] == _READ, match[2])


def offer_keyboard(offer_id: str) -> InlineKeyboardMarkup:
    """Return the two buttons.

    Args:
        offer_id: of the text, 32 hexadecimal digits.
    """
    read, ask = (f"v1:o:{what}:{offer_id}" for what in (_READ, _ASK))
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(OFFER_READ, callback_data=read),
                InlineKeyboardButton(OFFER_ASK, callback_data=ask),
            ]
        ]
    )
