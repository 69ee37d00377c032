import pytest

from bot.speakers.attribution import Speakers
from tests.speakers.asking import article_of

TEXT = (
    'The camps are full. "We need water," said Lise Grande, the coordinator in Iraq. '
    '"The camps are closed."\n\n'
    "The finance ministry said that it would pay. Witnesses said that the road was shut. "
    "Grande added that the road was bad."
)


def said(question: str) -> list[str] | None:
    article = article_of(TEXT)
    found = Speakers(article).said_by(question)
    return None if found is None else [article.quote(span) for span in found]


@pytest.mark.parametrize(
    "question",
    [
        "What did Lise Grande say?",
        "what did grande say",
        "What does the coordinator say?",
        "What did the coordinator in Iraq say?",
        "What was said by Lise Grande?",
        "Quote Lise Grande",
    ],
)
def test_all_that_somebody_said(question: str) -> None:
    assert said(question) == [
        '"We need water," said Lise Grande, the coordinator in Iraq.',
        '"The camps are closed."',
        "Grande added that the road was bad.",
    ]


def test_who_is_only_quoted_in_anothers_sentence() -> None:
    article = article_of(
        'Officials said it was near, with Prime Minister al-Abadi calling it a "defeat". It rained.'
    )
    (sentence,) = Speakers(article).said_by("What did Prime Minister al-Abadi say?") or ()
    assert article.quote(sentence).startswith("Officials said")


def test_an_institution_by_its_whole_name() -> None:
    article = article_of("About one part remained, according to Iraqi state TV. It rained.")
    assert len(Speakers(article).said_by("What did Iraqi state TV say?") or ()) == 1


def test_what_somebody_said_about_something() -> None:
    assert said("What does the coordinator say about the camps?") == ['"The camps are closed."']


def test_nothing_said_about_it() -> None:
    assert said("What did Lise Grande say about football?") == []


def test_institutions() -> None:
    assert said("What did the finance ministry say?") == [
        "The finance ministry said that it would pay."
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Who is Lise Grande?",
        "What did the pope say?",
        "What did she say?",
        "",
        "What did say?",
        "What is water?",
    ],
)
def test_other_questions(question: str) -> None:
    assert said(question) is None
