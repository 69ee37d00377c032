"""`Store`: the one interface to what the bot remembers; replicas can have a common database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.telegram_app.store.records import (
    ChatArticle,
    Delivery,
    Feedback,
    KeptAnswer,
    MessagePlace,
    Offer,
    PendingUpdate,
    PostedPart,
    Rating,
    RawUpdate,
    Reading,
)


class Store(Protocol):
    """Remembers across restarts. Whatever a method did outlives the process once it returns.

    `keep` and `finish_delivery` outlive a power cut, too, and so does all that was done before
    them: without these two a question would be lost, or an answer sent twice.

    Methods raise `StoreError` where the data directory does not take or give what it should.
    """

    async def keep(self, updates: Sequence[RawUpdate]) -> set[int]:
        """Keep updates, all or none.

        Returns:
            The ids of those that were never kept before: the others were taken twice.
        """
        ...

    async def pending(self) -> list[PendingUpdate]:
        """Return the updates that were not finished, oldest first."""
        ...

    async def begin(self, update_id: int) -> int:
        """Note that an update is being handled.

        Returns:
            How often that has now begun, from 1; 0 if the update is finished and needs nothing.
        """
        ...

    async def put_back(self, update_id: int) -> None:
        """Note that handling an update ended before its end, and not by its fault: no try."""
        ...

    async def finish(self, *update_ids: int) -> None:
        """Note that updates need nothing more, all or none of them.

        They stay known, so that they are not taken twice. What they brought and what was sent
        because of them is no longer kept.
        """
        ...

    async def delivery(self, update_id: int, key: str) -> Delivery:
        """Return what is known of a message that is sent because of an update.

        Args:
            update_id: of the update.
            key: tells the update's messages apart.
        """
        ...

    async def begin_delivery(self, update_id: int, key: str) -> None:
        """Note that a message is about to be sent."""
        ...

    async def withdraw_delivery(self, update_id: int, key: str) -> None:
        """Note that a begun message was certainly not sent."""
        ...

    async def finish_delivery(self, update_id: int, key: str, message_id: int) -> None:
        """Note that a message was sent."""
        ...

    async def keep_answer(self, answer: KeptAnswer) -> None:
        """Keep an answer, in place of an earlier one with the same id or to the same message."""
        ...

    async def answer(self, answer_id: str) -> KeptAnswer | None:
        """Return an answer by its id; None if it is not kept, or no more."""
        ...

    async def answer_to(self, question: MessagePlace) -> KeptAnswer | None:
        """Return the answer to a message."""
        ...

    async def last_answer(self, chat_id: int) -> KeptAnswer | None:
        """Return the newest answer of a chat."""
        ...

    async def keep_parts(
        self, chat_id: int, article_sha256: str, parts: Sequence[PostedPart]
    ) -> None:
        """Keep where an article stands in a chat, in place of where it stood before."""
        ...

    async def parts(self, chat_id: int, article_sha256: str) -> tuple[PostedPart, ...]:
        """Return where an article stands in a chat, in order; empty if it was not posted."""
        ...

    async def rate(self, answer_id: str, user_id: int, rating: Rating | None) -> None:
        """Keep what a person thinks of an answer, in place of before; None takes it back.

        Does nothing where the answer is no longer kept.
        """
        ...

    async def rating(self, answer_id: str, user_id: int) -> Rating | None:
        """Return what a person thinks of an answer."""
        ...

    async def comment(self, answer_id: str, user_id: int, text: str) -> None:
        """Keep a person's comment on an answer, in place of an earlier one.

        Does nothing where the answer is no longer kept.
        """
        ...

    async def feedback(self) -> list[Feedback]:
        """Return all feedback, oldest first."""
        ...

    async def first_time(self, chat_id: int, what: str) -> bool:
        """Whether this is asked for the first time of a chat: a hint is given once."""
        ...

    async def asks(self, chat_id: int) -> str | None:
        """Return what a chat has chosen to ask; None where it has not."""
        ...

    async def choose(self, chat_id: int, what: str | None) -> None:
        """Keep what a chat asks from now on; None takes the choice back."""
        ...

    async def note_use(self, chat_id: int, article_ids: Sequence[str]) -> None:
        """Note that articles of a chat are of use now: they are kept for longer."""
        ...

    async def drop_article(self, article: ChatArticle) -> None:
        """Keep nothing more of an article of a chat, be it the chosen one."""
        ...

    async def unused_since(self, moment: datetime) -> list[ChatArticle]:
        """Return the articles of chats that were of no use since a moment, the oldest first."""
        ...

    async def has_begun(self, reading: Reading) -> bool:
        """Whether a reading was counted before: it is begun again after a crash or a stop."""
        ...

    async def begin_reading(self, reading: Reading, most: int, since: datetime) -> bool:
        """Count a reading, unless that would be one too many.

        One that was counted before is not counted again, and never too many.

        Args:
            reading: what begins.
            most: that a chat may begin; 0 for any number.
            since: from when on they count.

        Returns:
            Whether it may begin.
        """
        ...

    async def keep_offer(self, offer: Offer) -> None:
        """Keep an offered text; does nothing where one is kept under its id."""
        ...

    async def offer(self, offer_id: str) -> Offer | None:
        """Return an offered text; None if it is not kept, or no more."""
        ...

    async def drop_offer(self, offer_id: str) -> None:
        """Keep an offered text no longer."""
        ...

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """Hand over what is kept of a group to the supergroup that it became.

        Its messages have other numbers from then on: answers stay the last ones, but are no longer
        found by the message that asked; an article that was posted no longer stands in the chat.
        """
        ...

    async def forget_chat(self, chat_id: int) -> None:
        """Delete all that is kept of a chat, but for updates that are being handled."""
        ...

    async def forget_before(self, moment: datetime) -> None:
        """Delete what is older than a moment, but for updates that were not finished.

        Articles stay: `unused_since` tells them.
        """
        ...

    async def close(self) -> None:
        """Finish what was begun and close; nothing may be asked afterwards."""
        ...
