from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings
from bot.telegram_app import messages
from bot.telegram_app.admission import Admission, Refusal

ANN, BEN = 42, 43
CHAT, GROUP = 42, -100


@dataclass
class Clock:
    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def admission(clock: Clock | None = None, **settings: object) -> Admission:
    return Admission(Settings(**settings), clock or Clock())  # type: ignore[arg-type]


def test_a_person_may_ask_so_often_in_any_minute() -> None:
    clock = Clock()
    door = admission(clock, questions_per_minute=2, chat_questions_per_minute=0)
    assert door.check(ANN, CHAT, exempt=False) is None
    clock.now += 20
    assert door.check(ANN, GROUP, exempt=False) is None

    clock.now += 30
    refusal = door.check(ANN, CHAT, exempt=False)
    clock.now += 10
    afterwards = [door.check(ANN, CHAT, exempt=False), door.check(ANN, CHAT, exempt=False)]

    assert refusal == Refusal("person", messages.too_many_questions(10))
    # The first question has left the minute, the second has not.
    assert afterwards == [None, Refusal("person", messages.too_many_questions(20))]


def test_another_person_has_a_limit_of_their_own() -> None:
    door = admission(questions_per_minute=1)
    door.check(ANN, GROUP, exempt=False)

    assert door.check(BEN, GROUP, exempt=False) is None


def test_a_chat_has_a_limit_for_all_of_its_people() -> None:
    door = admission(questions_per_minute=0, chat_questions_per_minute=2)
    door.check(ANN, GROUP, exempt=False)
    door.check(BEN, GROUP, exempt=False)

    assert door.check(44, GROUP, exempt=False) == Refusal("chat", messages.too_many_questions(60))


def test_what_the_chat_refuses_does_not_count_for_the_person() -> None:
    clock = Clock()
    door = admission(clock, questions_per_minute=1, chat_questions_per_minute=1)
    door.check(BEN, GROUP, exempt=False)
    assert door.check(ANN, GROUP, exempt=False) is not None

    assert door.check(ANN, CHAT, exempt=False) is None


def test_a_person_without_an_id_counts_as_the_chat() -> None:
    door = admission(questions_per_minute=1, chat_questions_per_minute=0)
    door.check(None, GROUP, exempt=False)

    assert door.check(None, GROUP, exempt=False) is not None
    assert door.check(ANN, GROUP, exempt=False) is None


def test_what_piled_up_is_exempt_and_does_not_count() -> None:
    door = admission(questions_per_minute=1)

    assert [door.check(ANN, CHAT, exempt=True) for _ in range(5)] == [None] * 5
    assert door.check(ANN, CHAT, exempt=False) is None


def test_a_limit_of_0_is_none() -> None:
    door = admission(questions_per_minute=0, chat_questions_per_minute=0)

    assert {door.check(ANN, CHAT, exempt=False) for _ in range(500)} == {None}


@pytest.mark.parametrize(
    ("person", "chat", "may"),
    [(ANN, CHAT, True), (ANN, GROUP, True), (BEN, GROUP, False), (BEN, -200, True)],
)
def test_only_those_named_may_ask_where_some_are_named(person: int, chat: int, may: bool) -> None:
    door = admission(allowed_users={ANN}, allowed_chats={-200})

    assert door.is_allowed(person, chat) is may
    refusal = None if may else Refusal("allowed", messages.NOT_ALLOWED)
    assert door.check(person, chat, exempt=False) == refusal


def test_who_may_not_ask_may_not_either_while_the_bot_is_down() -> None:
    door = admission(allowed_users={ANN})

    assert door.check(BEN, GROUP, exempt=True) == Refusal("allowed", messages.NOT_ALLOWED)
    assert door.check(None, GROUP, exempt=True) == Refusal("allowed", messages.NOT_ALLOWED)


@given(
    limit=st.integers(1, 4), pauses=st.lists(st.integers(0, 80), max_size=40), kind=st.booleans()
)
def test_no_minute_ever_has_more_than_the_limit(limit: int, pauses: list[int], kind: bool) -> None:
    clock = Clock()
    limits = {"questions_per_minute": limit if kind else 0}
    limits |= {"chat_questions_per_minute": 0 if kind else limit}
    door = admission(clock, **limits)
    admitted: list[float] = []
    for pause in pauses:
        clock.now += pause
        if door.check(ANN, CHAT, exempt=False) is None:
            admitted.append(clock.now)
        else:
            # Nobody is refused while there is room.
            assert sum(clock.now - moment < 60 for moment in admitted) == limit

    for first, beyond in zip(admitted, admitted[limit:], strict=False):
        assert beyond - first >= 60


def test_it_forgets_who_is_silent_for_a_minute() -> None:
    clock = Clock()
    door = admission(clock)
    for person in range(10_000):
        door.check(person, person, exempt=False)
    clock.now += 61

    door.check(ANN, CHAT, exempt=False)

    assert (len(door._per_person), len(door._per_chat)) == (1, 1)
