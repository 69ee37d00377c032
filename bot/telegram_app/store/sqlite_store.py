"""`SqliteStore`: what the bot remembers, in one file of the data directory."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from bot.telegram_app.store import answer_rows, article_rows, chat_rows, update_rows
from bot.telegram_app.store.answer_rows import Opinion
from bot.telegram_app.store.database import Database
from bot.telegram_app.store.moments import now, to_number
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


def store_path(data_dir: Path) -> Path:
    """Return where the store of a data directory is."""
    return data_dir / "telegram.sqlite3"


class SqliteStore:
    """A `Store` in a SQLite file; the methods are described there."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = now) -> None:
        """Use a database; see `open`."""
        self._database = database
        self._clock = clock

    @classmethod
    def open(cls, path: Path, clock: Callable[[], datetime] = now) -> "SqliteStore":
        """Open a store, and make it if there is none. Takes milliseconds; may be called anywhere.

        Args:
            path: of its file.
            clock: tells the time, with a time zone.

        Raises:
            StoreError: if it cannot be opened, is damaged, or was written by a newer version.
        """
        return cls(Database(path), clock)

    async def keep(self, updates: Sequence[RawUpdate]) -> set[int]:
        """Keep updates, all or none; return the ids of those that are new."""
        return await self._database.write(
            lambda rows: update_rows.keep(rows, updates, self._now()), survives_power_cut=True
        )

    async def pending(self) -> list[PendingUpdate]:
        """Return the updates that were not finished, in the order in which they were taken."""
        return await self._database.read(update_rows.pending)

    async def begin(self, update_id: int) -> int:
        """Note that an update is being handled; return the try's number, 0 if it is finished."""
        return await self._database.write(lambda rows: update_rows.begin(rows, update_id))

    async def put_back(self, update_id: int) -> None:
        """Note that a try ended before its end, and not by the update's fault."""
        await self._database.write(lambda rows: update_rows.put_back(rows, update_id))

    async def finish(self, *update_ids: int) -> None:
        """Note that updates need nothing more."""
        await self._database.write(lambda rows: update_rows.finish(rows, update_ids))

    async def delivery(self, update_id: int, key: str) -> Delivery:
        """Return what is known of a message that is sent because of an update."""
        return await self._database.read(lambda rows: update_rows.delivery(rows, update_id, key))

    async def begin_delivery(self, update_id: int, key: str) -> None:
        """Note that a message is about to be sent."""
        await self._database.write(
            lambda rows: update_rows.begin_delivery(rows, update_id, key, self._now())
        )

    async def withdraw_delivery(self, update_id: int, key: str) -> None:
        """Note that a begun message was certainly not sent."""
        await self._database.write(lambda rows: update_rows.withdraw_delivery(rows, update_id, key))

    async def finish_delivery(self, update_id: int, key: str, message_id: int) -> None:
        """Note that a message was sent."""
        await self._database.write(
            lambda rows: update_rows.finish_delivery(
                rows, update_id, key, (message_id, self._now())
            ),
            survives_power_cut=True,
        )

    async def keep_answer(self, answer: KeptAnswer) -> None:
        """Keep an answer, in place of an earlier one with the same id or to the same message."""
        await self._database.write(lambda rows: answer_rows.keep(rows, answer))

    async def answer(self, answer_id: str) -> KeptAnswer | None:
        """Return an answer by its id; None if it is not kept, or no more."""
        return await self._database.read(lambda rows: answer_rows.answer(rows, answer_id))

    async def answer_to(self, question: MessagePlace) -> KeptAnswer | None:
        """Return the answer to a message."""
        return await self._database.read(lambda rows: answer_rows.answer_to(rows, question))

    async def last_answer(self, chat_id: int) -> KeptAnswer | None:
        """Return the newest answer of a chat."""
        return await self._database.read(lambda rows: answer_rows.last_answer(rows, chat_id))

    async def keep_parts(
        self, chat_id: int, article_sha256: str, parts: Sequence[PostedPart]
    ) -> None:
        """Keep where an article stands in a chat, in place of where it stood before."""
        article = (chat_id, article_sha256)
        await self._database.write(
            lambda rows: chat_rows.keep_parts(rows, article, parts, self._now())
        )

    async def parts(self, chat_id: int, article_sha256: str) -> tuple[PostedPart, ...]:
        """Return where an article stands in a chat, in order; empty if it was not posted."""
        article = (chat_id, article_sha256)
        return await self._database.read(lambda rows: chat_rows.parts(rows, article))

    async def rate(self, answer_id: str, user_id: int, rating: Rating | None) -> None:
        """Keep what a person thinks of an answer; None takes it back."""
        opinion = Opinion(answer_id, user_id, self._now())
        await self._database.write(lambda rows: answer_rows.rate(rows, opinion, rating))

    async def rating(self, answer_id: str, user_id: int) -> Rating | None:
        """Return what a person thinks of an answer."""
        return await self._database.read(lambda rows: answer_rows.rating(rows, answer_id, user_id))

    async def comment(self, answer_id: str, user_id: int, text: str) -> None:
        """Keep a person's comment on an answer, in place of an earlier one."""
        opinion = Opinion(answer_id, user_id, self._now())
        await self._database.write(lambda rows: answer_rows.comment(rows, opinion, text))

    async def feedback(self) -> list[Feedback]:
        """Return all feedback, oldest first."""
        return await self._database.read(answer_rows.feedback)

    async def first_time(self, chat_id: int, what: str) -> bool:
        """Whether this is asked for the first time of a chat."""
        return await self._database.write(
            lambda rows: chat_rows.first_time(rows, chat_id, what, self._now())
        )

    async def asks(self, chat_id: int) -> str | None:
        """Return what a chat has chosen to ask; None where it has not."""
        return await self._database.read(lambda rows: article_rows.asks(rows, chat_id))

    async def choose(self, chat_id: int, what: str | None) -> None:
        """Keep what a chat asks from now on; None takes the choice back."""
        await self._database.write(
            lambda rows: article_rows.choose(rows, chat_id, what, self._now())
        )

    async def note_use(self, chat_id: int, article_ids: Sequence[str]) -> None:
        """Note that articles of a chat are of use now."""
        await self._database.write(
            lambda rows: article_rows.note_use(rows, chat_id, article_ids, self._now())
        )

    async def drop_article(self, article: ChatArticle) -> None:
        """Keep nothing more of an article of a chat."""
        await self._database.write(lambda rows: article_rows.drop(rows, article))

    async def unused_since(self, moment: datetime) -> list[ChatArticle]:
        """Return the articles of chats that were of no use since a moment."""
        return await self._database.read(
            lambda rows: article_rows.unused_since(rows, to_number(moment))
        )

    async def has_begun(self, reading: Reading) -> bool:
        """Whether a reading was counted before."""
        return await self._database.read(lambda rows: article_rows.has_begun(rows, reading))

    async def begin_reading(self, reading: Reading, most: int, since: datetime) -> bool:
        """Count a reading, unless that would be one too many."""

        def begin(rows: Connection) -> bool:
            if article_rows.has_begun(rows, reading):
                return True
            before = article_rows.count_readings(rows, reading.chat_id, to_number(since))
            if most and before >= most:
                return False
            article_rows.begin_reading(rows, reading, self._now())
            return True

        return await self._database.write(begin)

    async def keep_offer(self, offer: Offer) -> None:
        """Keep an offered text; does nothing where one is kept under its id."""
        await self._database.write(lambda rows: article_rows.keep_offer(rows, offer, self._now()))

    async def offer(self, offer_id: str) -> Offer | None:
        """Return an offered text; None if it is not kept, or no more."""
        return await self._database.read(lambda rows: article_rows.offer(rows, offer_id))

    async def drop_offer(self, offer_id: str) -> None:
        """Keep an offered text no longer."""
        await self._database.write(lambda rows: article_rows.drop_offer(rows, offer_id))

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """Hand over what is kept of a group to the supergroup that it became."""
        await self._database.write(lambda rows: chat_rows.move(rows, old_id, new_id))

    async def forget_chat(self, chat_id: int) -> None:
        """Delete all that is kept of a chat, but for updates that are being handled."""
        await self._database.write(
            lambda rows: chat_rows.forget(rows, chat_id), survives_power_cut=True
        )
        await self._database.wipe()

    async def forget_before(self, moment: datetime) -> None:
        """Delete what is older than a moment, but for updates that were not finished."""
        await self._database.write(lambda rows: chat_rows.forget_before(rows, to_number(moment)))
        await self._database.wipe()

    async def close(self) -> None:
        """Finish what was begun and close; nothing may be asked afterwards."""
        await self._database.close()

    def _now(self) -> int:
        return to_number(self._clock())
