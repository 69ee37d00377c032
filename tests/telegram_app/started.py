"""A real application with a real store, and a Bot API that is only pretended."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.telegram_app.bot_client import DurableBot
from bot.telegram_app.gathering import Gathering, Piece
from bot.telegram_app.intake import AnyApplication, Intake, set_aside
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.processor import TurnProcessor, TurnRules
from bot.telegram_app.question_queue import QuestionQueue, Turn
from bot.telegram_app.store.sqlite_store import SqliteStore
from tests.telegram_app.offline import TOKEN, OfflineRequest

# Messages that were sent before then piled up.
PILED_UP = "old"
COMMAND = "/"
# Longer than any test takes.
NOTICE_SECONDS = 3600.0

# Messages that begin so belong together.
PIECE = "piece"
QUIET_SECONDS = 0.2

Handle = Callable[[Update], Awaitable[None]]


def turn_of(update: Update) -> Turn | None:
    message = update.message
    if message is None or message.text is None or message.text.startswith(COMMAND):
        return None
    return Turn(message.chat.id, exempt=message.text.startswith(PILED_UP))


def piece_of(update: Update) -> Piece | None:
    message = update.message
    if message is None or message.text is None or not message.text.startswith(PIECE):
        return None
    return Piece((message.chat.id, message.chat.id), "", message.date, begins=True)


class Started:
    """An application that is handling updates.

    Attributes:
        told: updates whose person was told the place in the queue, with the place.
        given_up: updates that were given up.
        failures: errors that reached the application's error handler.
    """

    def __init__(self, store: SqliteStore, request: OfflineRequest, limit: int = 100) -> None:
        self.store = store
        self.request = request
        self.metrics = Metrics()
        self.queue = QuestionQueue(threads=1, limit=limit)
        self.outbox = Outbox(store, self.metrics, stopping=self.queue.stopping)
        self.intake = Intake(store)
        self.gathering = Gathering(piece_of, QUIET_SECONDS)
        self.told: list[tuple[int, int]] = []
        self.given_up: list[int] = []
        self.failures: list[Exception | None] = []
        self.handle: Handle = self.nothing
        self.is_stopped = False
        self.application: AnyApplication

    async def nothing(self, update: Update) -> None: ...

    async def on_long_wait(self, update: Update, place: int) -> None:
        self.told.append((update.update_id, place))

    async def on_given_up(self, update: Update) -> None:
        self.given_up.append(update.update_id)

    def build(self) -> None:
        rules = TurnRules(turn_of, self.on_long_wait, self.on_given_up, NOTICE_SECONDS, max_tries=3)
        bot = DurableBot(
            TOKEN,
            self.intake,
            self.metrics,
            request=self.request,
            get_updates_request=self.request,
        )
        processor = TurnProcessor(self.queue, self.store, rules, self.gathering)
        builder = ApplicationBuilder().bot(bot).job_queue(None).concurrent_updates(processor)
        self.application = builder.build()
        self.application.add_handler(TypeHandler(Update, self._on_update))
        self.application.add_error_handler(self._on_error)

    async def give(self, *raw: dict[str, Any]) -> None:
        """Have updates taken, as a webhook brings them."""
        for update in raw:
            await self.intake.receive(update, self.application)

    async def done(self) -> None:
        """Wait until all that was given is handled."""
        await self.application.update_queue.join()

    async def pending(self) -> list[int]:
        """Return which updates are not finished."""
        return [update.update_id for update in await self.store.pending()]

    async def _on_update(self, update: Update, _context: object) -> None:
        await self.handle(update)

    async def _on_error(self, _update: object, context: Any) -> None:  # noqa: ANN401
        self.failures.append(context.error)


@asynccontextmanager
async def started(
    path: Path,
    request: OfflineRequest | None = None,
    prepare: Callable[[Started], None] = lambda one: None,
    limit: int = 100,
) -> AsyncIterator[Started]:
    """Start an application, take up what is unfinished, and stop it as a signal does."""
    store = SqliteStore.open(path)
    one = Started(store, request or OfflineRequest(), limit)
    prepare(one)
    one.build()
    await one.application.initialize()
    await one.intake.replay(one.application)
    await one.application.start()
    try:
        yield one
    finally:
        await stop(one)


async def stop(one: Started) -> None:
    """Stop an application as a signal does; once is enough."""
    if one.is_stopped:
        return
    one.is_stopped = True
    one.queue.stop()
    if one.application.running:
        if one.application.updater is not None and one.application.updater.running:
            await one.application.updater.stop()
        set_aside(one.application)
        await one.application.stop()
    await one.application.shutdown()
    one.queue.close()
    await one.store.close()


class Gate:
    """Holds up handlers until a test lets them through.

    Attributes:
        begun: numbers of the updates whose handlers have begun, in order.
        ended: those that have ended.
    """

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self._events: dict[int, asyncio.Event] = {}
        self._changed = asyncio.Condition()

    async def __call__(self, update: Update) -> None:
        await self._note(self.begun, update)
        await self._event(update.update_id).wait()
        await self._note(self.ended, update)

    def open(self, *update_ids: int) -> None:
        for update_id in update_ids:
            self._event(update_id).set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(is_so), 10)

    async def _note(self, where: list[int], update: Update) -> None:
        where.append(update.update_id)
        async with self._changed:
            self._changed.notify_all()

    def _event(self, update_id: int) -> asyncio.Event:
        return self._events.setdefault(update_id, asyncio.Event())
