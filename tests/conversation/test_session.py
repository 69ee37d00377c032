import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.session import Conversation, ConversationLimits, Understood
from bot.conversation.turn import ConversationError
from bot.pipeline import QAPipeline
from index.article import article_from_bytes
from tests.conversation.talks import NOON, island, turn

CEO = ("Who is the chief executive of Nordvik?", "Helena Brandt")
SHE = "How old is she?"
UNDERSTOOD = Understood("How old is Helena Brandt?", changed=True)


def conversation(limits: ConversationLimits = ConversationLimits()) -> Conversation:  # noqa: B008
    begun = Conversation(island(), limits)
    begun.keep(turn(island(), *CEO))
    return begun


@given(st.text())
def test_the_first_question_stands_alone(question: str) -> None:
    begun = Conversation(island())
    assert begun.understand(question, NOON) == Understood(question, changed=False)


def test_a_follow_up_is_changed() -> None:
    assert conversation().understand(SHE, NOON) == UNDERSTOOD


def test_who_said_is_about_the_last_answers_sentence() -> None:
    begun = conversation()
    understood = begun.understand("Who says so?", NOON)
    assert understood.kind == "who_said"
    assert understood.about == begun.turns[-1]


def test_a_question_is_looked_back_on_for_so_many_minutes() -> None:
    begun = conversation(ConversationLimits(minutes=10))
    assert begun.understand(SHE, NOON + timedelta(minutes=10)) == UNDERSTOOD
    late = NOON + timedelta(minutes=10, seconds=1)
    assert begun.understand(SHE, late) == Understood(SHE, changed=False)


def test_the_oldest_turn_is_dropped() -> None:
    begun = conversation(ConversationLimits(turns=2))
    begun.keep(turn(island(), "What does the ferry cost?", "£12"))
    assert begun.understand(SHE, NOON) == UNDERSTOOD
    begun.keep(turn(island(), "How long is Corran?", "11 kilometres"))
    assert begun.understand(SHE, NOON) == Understood(SHE, changed=False)


def test_after_it_is_cleared_every_question_stands_alone() -> None:
    begun = conversation()
    begun.clear()
    assert begun.understand(SHE, NOON) == Understood(SHE, changed=False)


def test_an_answer_of_the_pipeline_is_remembered(sure_pipeline: QAPipeline) -> None:
    begun = Conversation(sure_pipeline.article)
    answer = sure_pipeline.answer("What did Iraq capture?")
    begun.remember("what did iraq capture", answer, NOON)
    kept = begun.turns[0]
    assert (kept.asked, kept.question) == ("what did iraq capture", "What did Iraq capture?")
    assert (kept.words, sure_pipeline.article.quote(kept.span)) == ("east Mosul", "east Mosul")


def test_saved_and_loaded_it_goes_on() -> None:
    begun = conversation()
    loaded = Conversation.from_json(begun.to_json(), island())
    assert loaded.turns == begun.turns
    assert loaded.understand(SHE, NOON) == UNDERSTOOD


def test_a_conversation_about_another_article_is_begun_anew() -> None:
    other = article_from_bytes(b"Nothing is written here about anybody.", "other.txt")
    assert Conversation.from_json(conversation().to_json(), other).turns == ()


def test_a_conversation_of_another_version_is_begun_anew() -> None:
    content = json.loads(conversation().to_json()) | {"version": 0}
    assert Conversation.from_json(json.dumps(content), island()).turns == ()


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "perhaps"},
        {"at": "noon"},
        {"at": "2024-05-01T12:00:00"},
        {"span": [0]},
        {"span": [0, 10_000_000]},
        {"sentence": [True, 3]},
        {"paragraph": -1},
        {"words": None},
    ],
)
def test_a_damaged_turn_is_refused(change: dict[str, object]) -> None:
    content = json.loads(conversation().to_json())
    content["turns"][0] |= change
    with pytest.raises(ConversationError, match="Begin a new conversation"):
        Conversation.from_json(json.dumps(content), island())


@given(st.text())
def test_what_is_no_conversation_is_refused(text: str) -> None:
    with pytest.raises(ConversationError):
        Conversation.from_json(text, island())


_TURNS = st.lists(
    st.builds(
        lambda asked, question, shown: replace(
            turn(island(), *CEO),
            asked=asked,
            question=question,
            verdict="unsure" if shown else "not_in_article",
        ),
        st.text(),
        st.text(),
        st.booleans(),
    ),
    max_size=8,
)


@given(_TURNS)
def test_nothing_is_lost_in_saving(turns: list) -> None:  # type: ignore[type-arg]
    begun = Conversation(island())
    for each in turns:
        begun.keep(each)
    assert Conversation.from_json(begun.to_json(), island()).turns == begun.turns
