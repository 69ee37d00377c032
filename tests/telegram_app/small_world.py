"""A bot at work without a network: its services are real, and its calls are kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, cast

from telegram import Update
from telegram.ext import ContextTypes, ExtBot

from bot.answer import Answer
from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app.admission import Admission
from bot.telegram_app.answer_record import record_of
from bot.telegram_app.gathering import Gathering
from bot.telegram_app.incoming import piece_of
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import KeptAnswer, MessagePlace
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from tests.telegram_app.fake_pipelines import chat_articles
from tests.telegram_app.offline import BOT, TOKEN, OfflineRequest

Json = dict[str, Any]

ANN: Json = {"id": 42, "is_bot": False, "first_name": "Ann"}
BEN: Json = {"id": 43, "is_bot": False, "first_name": "Ben"}
PRIVATE: Json = {"id": 42, "type": "private", "first_name": "Ann"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "Readers"}
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

_update_ids, _message_ids = count(1), count(1)


@dataclass(frozen=True)
class World:
    """A bot at work.

    Attributes:
        services: what its handlers work with; the store is real.
        bot: initialised.
        telegram: what it talks to.
        context: as handlers get it.
    """

    services: Services
    bot: ExtBot[None]
    telegram: OfflineRequest
    context: ContextTypes.DEFAULT_TYPE

    def calls(self, method: str) -> list[Json]:
        """Return the parameters of each call of a method."""
        return [parameters for name, parameters in self.telegram.calls if name == method]

    def texts(self) -> list[str]:
        return [text for _, text in self.telegram.texts()]

    def update(self, **content: Json) -> Update:
        return Update.de_json({"update_id": next(_update_ids), **content}, self.bot)

    def message(self, text: str | None = None, chat: Json = PRIVATE, **more: object) -> Update:
        return self.update(message=message(text, chat, **more))

    def press(self, data: str, chat: Json = PRIVATE, person: Json = ANN) -> Update:
        shown = message("…", chat, sender=BOT)
        query = {"id": "9", "from": person, "chat_instance": "1", "data": data, "message": shown}
        return self.update(callback_query=query)

    def inline(self, text: str, query_id: str = "1", person: Json = ANN) -> Update:
        query = {"id": query_id, "from": person, "query": text, "offset": ""}
        return self.update(inline_query=query)


def message(text: str | None, chat: Json, sender: Json = ANN, **more: object) -> Json:
    """Return a message as Telegram tells it; a command or a mention in it is marked."""
    content: Json = {"message_id": next(_message_ids), "date": int(NOW.timestamp())}
    content |= {"chat": chat, "from": sender, **more}
    if text is not None:
        content |= {"text": text, "entities": list(entities(text))}
    return content


def entities(text: str) -> list[Json]:
    found = []
    for kind, first in (("bot_command", "/"), ("mention", "@")):
        if text.startswith(first):
            found.append({"type": kind, "offset": 0, "length": len(text.split()[0])})
    return found


@asynccontextmanager
async def small_world(
    data_dir: Path, pipeline: QAPipeline, **settings: object
) -> AsyncIterator[World]:
    """Run a bot that works with a small Telegram."""
    telegram = OfflineRequest()
    bot: ExtBot[None] = ExtBot(TOKEN, request=telegram, get_updates_request=OfflineRequest())
    known = Settings(data_dir=data_dir, **settings)  # type: ignore[arg-type]
    queue, metrics = QuestionQueue(threads=1, limit=known.queue_limit), Metrics()
    store = SqliteStore.open(store_path(data_dir))
    services = Services(
        settings=known,
        articles=chat_articles(pipeline, known, store),
        store=store,
        gathering=Gathering(lambda update: piece_of(update, bot), known.join_seconds),
        outbox=Outbox(store, metrics, stopping=queue.stopping),
        queue=queue,
        admission=Admission(known),
        metrics=metrics,
        started_at=NOW,
    )
    await bot.initialize()
    context = cast(ContextTypes.DEFAULT_TYPE, _Context(bot))
    try:
        yield World(services, bot, telegram, context)
    finally:
        queue.close()
        await store.close()


@dataclass(frozen=True)
class _Context:
    """What handlers use of a context."""

    bot: ExtBot[None]


def kept_answer(answer: Answer, chat: Json = PRIVATE, answer_id: str = "a1") -> KeptAnswer:
    """Return an answer as it is kept once it was given in a chat."""
    question = MessagePlace(chat["id"], next(_message_ids))
    sha256 = answer.article.sha256
    return KeptAnswer(answer_id, question, ANN["id"], sha256, record_of(answer), (77,), NOW)
