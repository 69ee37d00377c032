"""`Intake`: every update is stored before anything else is done with it."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from telegram.ext import Application

from bot.telegram_app.processor import TurnProcessor
from bot.telegram_app.raw_updates import parsed, to_keep
from bot.telegram_app.store.protocol import Store

_LOGGER = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Intake:
    """Takes updates: stores them, tells those that are new, and brings back unfinished ones."""

    def __init__(self, store: Store) -> None:
        """Use a store."""
        self._store = store

    async def take(self, raw: Sequence[Mapping[str, Any]]) -> list[int]:
        """Store updates; when this returns, they are safe.

        Args:
            raw: updates as Telegram sent them, each with an `update_id`.

        Returns:
            The ids of those that are new, in their order: the others were taken before. An inline
            query is not stored, and always new.

        Raises:
            StoreError: if they cannot be stored; none was.
        """
        kept = [update for update in map(to_keep, raw) if update is not None]
        new = await self._store.keep(kept) if kept else set()
        new |= {update["update_id"] for update in raw if to_keep(update) is None}
        return [update["update_id"] for update in raw if update["update_id"] in new]

    async def receive(self, raw: Mapping[str, Any], application: AnyApplication) -> None:
        """Take one update, as a webhook brings them, and hand it over if it is new.

        One that cannot be read is left out: it would be delivered for ever.

        Args:
            raw: the update as Telegram sent it.
            application: handles it.

        Raises:
            StoreError: if it cannot be stored; Telegram is to deliver it again.
        """
        # Whoever brought it may hang up: what was stored is handed over all the same.
        await asyncio.shield(self._receive(raw, application))

    async def replay(self, application: AnyApplication) -> int:
        """Hand over the updates that were taken and not finished, oldest first.

        To be called before the first new update is taken.

        Args:
            application: handles them; it has a `TurnProcessor`.

        Returns:
            How many.

        Raises:
            StoreError: if they cannot be read.
        """
        processor = application.update_processor
        if not isinstance(processor, TurnProcessor):
            raise TypeError("only a TurnProcessor knows which updates were begun before")
        replayed = 0
        for kept in await self._store.pending():
            update = parsed(json.loads(kept.payload), application.bot)
            if update is None:
                await self._store.finish(kept.update_id)
                continue
            processor.recall(kept.update_id, kept.tries)
            await application.update_queue.put(update)
            replayed += 1
        if replayed:
            _LOGGER.info("took up %d updates that were not finished", replayed)
        return replayed

    async def _receive(self, raw: Mapping[str, Any], application: AnyApplication) -> None:
        update = parsed(raw, application.bot)
        if update is not None and await self.take([raw]):
            await application.update_queue.put(update)


def set_aside(application: AnyApplication) -> None:
    """Empty the queue of an application that is about to stop: the store has what was in it.

    Without that the application would begin each of them, and warn each time.
    """
    while not application.update_queue.empty():
        application.update_queue.get_nowait()
        with suppress(ValueError):
            application.update_queue.task_done()
