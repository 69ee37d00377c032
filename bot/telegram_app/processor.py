"""`TurnProcessor`: handles updates at the same time, each chat's questions in their order."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.telegram_app.gathering import Gathering
from bot.telegram_app.question_queue import QuestionQueue, Ticket, Turn
from bot.telegram_app.raw_updates import is_kept
from bot.telegram_app.stopping import Stopping, until_stored
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.protocol import Store

_LOGGER = logging.getLogger(__name__)

# The base class has all beyond this many wait, questions and commands alike: what may wait, and
# for what, is our business.
_NO_LIMIT = 2**31


@dataclass(frozen=True, slots=True)
class TurnRules:
    """What a `TurnProcessor` asks of the rest of the bot.

    Attributes:
        turn_of: tells what an update waits for; None for what needs no model, and goes ahead.
        on_long_wait: tells a person the place in the queue, 1 being the next.
        on_given_up: tells a person that an update is not tried again.
        notice_seconds: of waiting, after which a person is told the place.
        max_tries: how often an update is tried whose handling ends the process.
    """

    turn_of: Callable[[Update], Turn | None]
    on_long_wait: Callable[[Update, int], Awaitable[None]]
    on_given_up: Callable[[Update], Awaitable[None]]
    notice_seconds: float
    max_tries: int


class TurnProcessor(BaseUpdateProcessor):
    """Decides when an update is handled, and notes in the store how that went.

    - Updates begin in the order in which they came. What needs no model goes ahead at once; what
      asks something waits until all that asked before it in its chat are done.
    - What belongs to an earlier update is handled with it, and finished when that is.
    - An update is finished when its handler has ended, be it with an error: the application's
      error handler has told the person. One that ended with `Stopping` is not, and is handled at
      the next start; so is one whose handling ended the process.
    - After such an end, those that had begun are handled one by one: whichever ends the process
      again, it is the only one on which a try is counted, and none is given up in its place.

    The handlers are awaited (`block=True`): one that runs on in a task of its own is not watched.
    """

    def __init__(
        self, queue: QuestionQueue, store: Store, rules: TurnRules, gathering: Gathering
    ) -> None:
        """Use a queue and a store.

        Args:
            queue: gives the turns.
            store: remembers what was begun and finished.
            rules: what is asked of the rest of the bot.
            gathering: tells which updates are handled as one.
        """
        super().__init__(_NO_LIMIT)
        self._queue = queue
        self._store = store
        self._gathering = gathering
        self._rules = rules
        self._in_hand: set[int] = set()
        self._tries: dict[int, int] = {}
        self._alone = asyncio.Lock()
        self._told: dict[int, int] = {}  # chat → the update whose place was told there

    async def initialize(self) -> None:
        """Do nothing: there is nothing to prepare."""

    async def shutdown(self) -> None:
        """Do nothing: queue and store are closed by whoever opened them."""

    def recall(self, update_id: int, tries: int) -> None:
        """Say how often handling an update was begun before the bot started."""
        if tries:
            self._tries[update_id] = tries

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when its turn has come; called by the application, in order.

        Args:
            update: what is handled.
            coroutine: handles it.
        """
        try:
            if not isinstance(update, Update):
                await coroutine
            elif update.update_id not in self._in_hand:
                await self._take_in_hand(update, coroutine)
        except Stopping:
            _LOGGER.debug("an update is left for the next start")
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()

    async def _take_in_hand(self, update: Update, coroutine: Awaitable[Any]) -> None:
        # Nothing is awaited before the ticket is taken: that keeps the order.
        self._in_hand.add(update.update_id)
        try:
            batch = self._gathering.enter(update)
            if batch is None:
                await self._in_turn(update, coroutine)
            elif batch.first_id != update.update_id:
                await batch.ended()
            else:
                try:
                    await self._in_turn(update, coroutine)
                finally:
                    self._gathering.leave(batch)
        finally:
            self._in_hand.discard(update.update_id)

    async def _in_turn(self, update: Update, coroutine: Awaitable[Any]) -> None:
        ticket = self._enter(update)
        try:
            if self._queue.stopping.is_set():
                raise Stopping
            async with self._telling_place(update, ticket):
                if ticket is not None and ticket.admitted:
                    await ticket.turn()
                await self._handle(update, coroutine)
        finally:
            if ticket is not None:
                self._queue.leave(ticket)

    def _enter(self, update: Update) -> Ticket | None:
        try:
            turn = self._rules.turn_of(update)
        except Exception:
            # Its handler meets the same bug, and the person is told there.
            _LOGGER.exception("The turn of update %d cannot be told.", update.update_id)
            return None
        if turn is None:
            return None
        return self._queue.enter(update.update_id, turn.chat_id, exempt=turn.exempt, lane=turn.lane)

    async def _handle(self, update: Update, coroutine: Awaitable[Any]) -> None:
        tries = self._tries.pop(update.update_id, 0)
        if not is_kept(update):
            await coroutine
        elif tries >= self._rules.max_tries:
            await self._give_up(update)
        elif tries:
            async with self._alone:
                await self._try(update, coroutine)
        else:
            await self._try(update, coroutine)

    async def _try(self, update: Update, coroutine: Awaitable[Any]) -> None:
        stopping, update_id = self._queue.stopping, update.update_id
        if stopping.is_set():
            raise Stopping
        if not await until_stored(lambda: self._store.begin(update_id), stopping):
            return  # finished before
        try:
            await coroutine
        except Stopping:
            with suppress(StoreError):
                await self._store.put_back(update_id)
            raise
        except Exception:
            await self._finish(update_id)
            raise
        await self._finish(update_id)

    async def _give_up(self, update: Update) -> None:
        _LOGGER.error("Update %d has ended the process before; given up.", update.update_id)
        try:
            await self._rules.on_given_up(update)
        except TelegramError as error:
            _LOGGER.info("nobody could be told of it: %s", type(error).__name__)
        except Exception:
            _LOGGER.exception("Nobody could be told of it.")
        await self._finish(update.update_id)

    async def _finish(self, update_id: int) -> None:
        # All of a batch or none: after a crash, a part of it would be taken for the whole.
        together = self._gathering.close(update_id)
        await until_stored(lambda: self._store.finish(*together), self._queue.stopping)
        self._gathering.note_finished(update_id)

    @asynccontextmanager
    async def _telling_place(self, update: Update, ticket: Ticket | None) -> AsyncIterator[None]:
        """Tell the place once if it takes long until the answer is begun."""
        # A reading tells by itself how far it is.
        if ticket is None or not ticket.admitted or ticket.wants.lane == "reading":
            yield
            return
        telling: list[asyncio.Task[None]] = []

        def tell() -> None:
            telling.append(asyncio.create_task(self._tell_place(update, ticket)))

        timer = asyncio.get_running_loop().call_later(self._rules.notice_seconds, tell)
        try:
            yield
        finally:
            timer.cancel()
            for task in telling:
                # Once there is an answer, nobody cares for the place.
                task.cancel()
            await asyncio.gather(*telling, return_exceptions=True)
            if self._told.get(ticket.chat_id) == ticket.update_id:
                del self._told[ticket.chat_id]

    async def _tell_place(self, update: Update, ticket: Ticket) -> None:
        # A chat that asked much at once is told of the first that waits, not of each.
        if ticket.has_begun or ticket.chat_id in self._told:
            return
        self._told[ticket.chat_id] = ticket.update_id
        try:
            await self._rules.on_long_wait(update, ticket.place)
        except Stopping:
            return
        except TelegramError as error:
            _LOGGER.info("the place in the queue was not told: %s", type(error).__name__)
        except Exception:
            _LOGGER.exception("The place in the queue cannot be told.")
