import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversation.talks import understood, ways

FERRY = ("What does the ferry cost?", "£12")
LONG = ("How long is Corran?", "11 kilometres")
CHAPEL = ("Who built the chapel?", "monks")
CEO = ("Who is the chief executive of Nordvik?", "Helena Brandt")
PEOPLE = ("How many people live on Corran?", "162")
LOST = ("Were the monks lost?", "The monks were not lost")


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("Since when has she been in charge?", CEO, "Since when has Helena Brandt been in charge?"),
        ("what's her job?", CEO, "What is Helena Brandt's job?"),
        ("Does it take cars?", FERRY, "Does the ferry take cars?"),
        ("What is on its deck?", FERRY, "What is on the ferry's deck?"),
        ("Who lives there?", LONG, "Who lives in Corran?"),
        ("were they really lost?", CHAPEL, "Were the monks really lost?"),
        ("How did analysts describe it?", ("How much did Nordvik offer?", "£1.1 million"),
         "How did analysts describe the offer?"),
    ],
)  # fmt: skip
def test_pronouns(question: str, before: tuple[str, str], expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("When?", CHAPEL, "When was it that monks built the chapel?"),
        ("Since when?", CEO, "Since when is Helena Brandt the chief executive of Nordvik?"),
        ("how wide?", LONG, "How wide is Corran?"),
        ("Why's that?", LOST, "Why were the monks lost?"),
        ("When was that?", CHAPEL, "When was it that monks built the chapel?"),
        ("for how long", ("What did Nordvik offer?", ""), "For how long did Nordvik offer?"),
    ],
)
def test_what_is_asked_for_alone(question: str, before: tuple[str, str], expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("And sheep?", PEOPLE, "How many sheep live on Corran?"),
        ("And from Raqqa?", ("How many people fled from Mosul?", ""),
         "How many people fled from Raqqa?"),
        ("and in winter?", PEOPLE, "How many people live on Corran in winter?"),
        ("What about the inn?", ("When did the chapel open?", ""), "When did the inn open?"),
        ("And Tolland's?", ("Who is the Brackwater manager?", ""), "Who is the Tolland manager?"),
        ("the second largest?", ("What is the largest island?", ""),
         "the second largest?"),
        ("no, I mean the inn", ("When did the chapel open?", ""), "When did the inn open?"),
        ("no, not butter, flour", ("How much butter do I need?", ""), "How much flour do I need?"),
        ("I mean butter, for the dough", ("How much milk do I need?", ""),
         "How much butter do I need for the dough?"),
        ("And Britain?", ("What is the largest market?", ""), "What about Britain?"),
        ("and the inn, when did it open?", FERRY, "When did the inn open?"),
        ("How many were wounded?", PEOPLE, "How many people were wounded?"),
        ("no, I meant how many rooms are there", PEOPLE, "How many rooms are there?"),
        ('and "you are late"?', ('Who said "go away"?', ""), 'Who said "you are late"?'),
        ("any sheep?", PEOPLE, "Are there any sheep?"),
    ],
)  # fmt: skip
def test_ellipsis(question: str, before: tuple[str, str], expected: str) -> None:
    assert understood(question, before) == expected


@pytest.mark.parametrize(
    "question",
    [
        "When did the inn open?",
        "Who runs the inn?",
        "What did Anna Doyle do before she came?",
        "Does Fergus love his island?",
        "Why do monks leave their homes?",
        "If a ferry sinks, who pays for it?",
        "According to her husband, what did Anna Doyle do?",
        "Who sold his house?",
        "Is it true that monks were lost?",
        "How long does it take to build a chapel?",
        "Is there a doctor?",
        "chapel ninth century monks lost",
        "How many of the monks were lost?",
        "Who wrote this?",
        "When was this published?",
        'Who said "it is mine"?',
        "title pls",
        "hello",
        "?",
        "",
    ],
)
def test_what_stands_alone_is_left(question: str) -> None:
    assert ways(question, PEOPLE, CEO, CHAPEL) == ()


@pytest.mark.parametrize(
    "question", ["Who said that?", "says who?", "and who says so?", "Whose words are these?"]
)
def test_who_said(question: str) -> None:
    assert ways(question, LOST) == ("Who said “The monks were not lost,\" said Ewan Rae, the "
        "society's chairman, who wrote the leaflet.”?",)  # fmt: skip


def test_who_said_some_of_the_answers_words() -> None:
    assert understood("who said 162?", PEOPLE).startswith("Who said “It has 162 people")


def test_an_antecedent_agrees_in_gender() -> None:
    talk = (("Who took over from Erik Nordvik?", "Helena Brandt"),)
    assert understood("How old is she?", *talk) == "How old is Helena Brandt?"
    assert understood("How old is he?", *talk) == "How old is Erik Nordvik?"


def test_an_older_question_is_leaned_on_where_the_last_has_nothing() -> None:
    assert understood("How old is she?", CEO, FERRY) == "How old is Helena Brandt?"


def test_a_decade_is_nobody() -> None:
    assert ways("When did they leave?", ("What happened in the 1990s?", "")) == ()


def test_what_was_refused_is_leaned_on_too() -> None:
    assert understood("And sheep?", ("How many people live on Mull?", "")) == (
        "How many sheep live on Mull?"
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_breaks_it(first: str, second: str) -> None:
    assert isinstance(ways(second, (first, ""), CEO), tuple)


_WORDS = """
    and what about who said that no i mean it they she his there when why many how is the inn Corran
    sheep , ? " in than did 1990s them ' 's What about
"""
_PARTS = st.sampled_from(_WORDS.split())


@given(st.lists(_PARTS, max_size=9), st.lists(_PARTS, max_size=9))
def test_no_order_of_words_breaks_it(first: list[str], second: list[str]) -> None:
    for way in ways(" ".join(second), (" ".join(first), ""), CHAPEL):
        assert way.endswith("?")
        assert way == " ".join(way.split())
