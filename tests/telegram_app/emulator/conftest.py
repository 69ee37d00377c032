from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person

# A method and its parameters → the API's answer.
Api = Callable[..., dict[str, Any]]


@pytest.fixture
def telegram() -> Iterator[EmulatedTelegram]:
    with EmulatedTelegram() as running:
        yield running


@pytest.fixture
def api(telegram: EmulatedTelegram) -> Iterator[Api]:
    """Requests as a bot makes them."""
    with httpx.Client(timeout=10) as client:

        def request(method: str, **fields: object) -> dict[str, Any]:
            answer: dict[str, Any] = client.post(telegram.url(method), json=fields).json()
            return answer

        yield request


@pytest.fixture
def ada(telegram: EmulatedTelegram) -> Person:
    return Person(telegram, "Ada")


@pytest.fixture
def chat(ada: Person) -> Chat:
    return ada.private_chat()
