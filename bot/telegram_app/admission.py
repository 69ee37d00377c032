"""`Admission`: who may ask, and how often."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.settings import Settings
from bot.telegram_app import messages

_WINDOW_SECONDS = 60.0

Limit = Literal["allowed", "person", "chat"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered.

    Attributes:
        limit: which limit it met.
        sentence: what the person is told.
    """

    limit: Limit
    sentence: str


class Admission:
    """Admits questions as the settings say. Remembers the last minute, in memory only."""

    def __init__(self, settings: Settings, now: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing asked.

        Args:
            settings: name who may ask, and the limits.
            now: seconds of a clock that only goes forward.
        """
        self._users, self._chats = settings.allowed_users, settings.allowed_chats
        self._now = now
        self._per_person = _SlidingWindow(settings.questions_per_minute)
        self._per_chat = _SlidingWindow(settings.chat_questions_per_minute)

    def check(self, user_id: int | None, chat_id: int, *, exempt: bool) -> Refusal | None:
        """Admit a question and count it, or say why not; what is refused does not count.

        Args:
            user_id: who asks; None for a channel or an anonymous administrator.
            chat_id: where.
            exempt: from the limits, as what piled up while the bot was down.
        """
        if not self.is_allowed(user_id, chat_id):
            return Refusal("allowed", messages.NOT_ALLOWED)
        if exempt:
            return None
        now = self._now()
        person = chat_id if user_id is None else user_id
        for limit, window, key in self._windows(person, chat_id):
            seconds = window.seconds_to_wait(key, now)
            if seconds > 0:
                return Refusal(limit, messages.too_many_questions(math.ceil(seconds)))
        for _, window, key in self._windows(person, chat_id):
            window.count(key, now)
        return None

    def is_allowed(self, user_id: int | None, chat_id: int) -> bool:
        """Whether a person may use the bot in a chat at all."""
        if not self._users and not self._chats:
            return True
        return user_id in self._users or chat_id in self._chats

    def _windows(
        self, person: int, chat_id: int
    ) -> tuple[tuple[Limit, "_SlidingWindow", int], ...]:
        return ("person", self._per_person, person), ("chat", self._per_chat, chat_id)


class _SlidingWindow:
    """When something was done within the last minute, by key."""

    def __init__(self, limit: int) -> None:
        """Allow `limit` times in any minute; any number if it is 0."""
        self._limit = limit
        self._times: dict[int, deque[float]] = {}
        self._swept = -math.inf

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._times)

    def seconds_to_wait(self, key: int, now: float) -> float:
        """Return in how many seconds it may be done again; 0 for now."""
        times = self._times.get(key)
        if times is None or len(times) < self._limit:
            return 0.0
        # Only the last `limit` times are kept: the first of them must have left the window.
        return max(0.0, times[0] + _WINDOW_SECONDS - now)

    def count(self, key: int, now: float) -> None:
        """Note that it is done now."""
        if self._limit == 0:
            return
        self._sweep(now)
        self._times.setdefault(key, deque(maxlen=self._limit)).append(now)

    def _sweep(self, now: float) -> None:
        """Once a minute, forget who has been silent for one: memory stays flat."""
        if now - self._swept < _WINDOW_SECONDS:
            return
        self._swept = now
        self._times = {
            key: times for key, times in self._times.items() if now - times[-1] < _WINDOW_SECONDS
        }
