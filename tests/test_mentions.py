import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mentions import Mentions
from index.article import Article, article_from_bytes
from index.errors import ArticleError
from index.lexical import content_stems
from index.normalise import normalise
from tests.nasty_text import nasty_texts

PIECES = (
    *("Who ", "How many ", "did ", "the ", "Lise Grande ", "Lise ", "Grande's ", "Iraq's "),
    *("Vladimir Putin ", "salary ", "mills ", "mill ", "12 ", "8 ", "twelve ", "eight ", "6,000 "),
    *("captured ", "capture ", "visit ", "Mosul", "?", "and ", "U.S. ", "year ", "NASA "),
)
QUOTED = re.compile(r"“(.*?)”")


def reason(text: str, question: str) -> str | None:
    return Mentions(article_from_bytes(text.encode(), "text")).reason(question)


@pytest.fixture(scope="module")
def mentions(default_article: Article) -> Mentions:
    return Mentions(default_article)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "What is Lise Grande's salary?",
            "It mentions “Lise Grande”, but never “salary”.",
        ),
        (
            "How tall is the Eiffel Tower?",
            "It never mentions “tall” or “Eiffel Tower”.",
        ),
        (
            "Did Lise Grande visit Raqqa or Baghdad?",
            "It mentions “Lise Grande” and “Raqqa”, but never “visit” or “Baghdad”.",
        ),
        (
            "Is the zebra a quartz xylophone in Paris?",
            "It never mentions “zebra”, “quartz” or “xylophone”.",
        ),
        ("WHO IS TRUMP?", "It never mentions “TRUMP”."),
        ("What happened in 1066?", "It never mentions “1066”."),
    ],
)
def test_what_the_default_article_never_mentions(
    mentions: Mentions, question: str, expected: str
) -> None:
    assert mentions.reason(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Who captured east Mosul?",
        "Who captures the children?",  # other forms
        "Where is Lise Grande?",
        "Did Melinda Barton end on 29 June?",  # the header is the article's
        "What is it about?",
        "Can you please tell me the name, date, or number?",
        "?",
        "",
    ],
)
def test_nothing_is_said_where_nothing_is_missing(mentions: Mentions, question: str) -> None:
    assert mentions.reason(question) is None


@pytest.mark.parametrize(
    ("number", "word"),
    [("1", "one"), ("2", "two"), ("8", "eight"), ("11", "eleven"), ("12", "twelve")],
)
def test_a_number_is_mentioned_if_it_is_spelt(number: str, word: str) -> None:
    assert reason(f"The club has {word} members.", f"Are there {number} members?") is None
    assert reason("The club has members.", f"Are there {number} members?") == (
        f"It never mentions “{number}”."
    )


def test_names_that_follow_each_other_are_one() -> None:
    text = "The mill is old."
    assert reason(text, "Did Lise Grande see it?") == "It never mentions “Lise Grande” or “see”."
    assert reason(text, "Did Lise, Grande see it?") == (
        "It never mentions “Lise”, “Grande” or “see”."
    )
    assert reason(text, "Did Lise of Grande see it?") == (
        "It never mentions “Lise”, “Grande” or “see”."
    )


def test_names_are_told_as_mentioned_only_as_they_stand_there() -> None:
    text = "Grande met Lise."
    assert reason(text, "Did Lise Grande sing?") == "It never mentions “sing”."
    assert reason(text, "Did Lise sing?") == "It mentions “Lise”, but never “sing”."
    assert reason(text, "Did Grand sing?") == "It never mentions “sing”."


def test_no_more_than_three_are_told() -> None:
    question = "Do apples, bees, cats, dogs and elks sing?"
    assert reason("It rained again.", question) == "It never mentions “apples”, “bees” or “cats”."


@given(question=nasty_texts(*PIECES).map(normalise), text=nasty_texts(*PIECES))
def test_what_it_says_is_true(question: str, text: str) -> None:
    try:
        article = article_from_bytes(text.encode(), "nasty")
    except ArticleError:
        return
    told = Mentions(article).reason(question)
    if told is None:
        return
    stems = set(content_stems(article.text))
    found, _, never = told.rpartition("never ")
    missing = QUOTED.findall(never)
    assert 1 <= len(missing) <= 3
    for phrase in missing:
        assert phrase in question
        assert content_stems(phrase)
        assert not stems & set(content_stems(phrase))
    for phrase in QUOTED.findall(found):
        assert phrase in question
        assert phrase in article.text


@given(picked=st.lists(st.integers(0, 400), max_size=12), upper=st.booleans())
def test_a_question_of_the_articles_own_words_misses_none(
    default_article: Article, picked: list[int], upper: bool
) -> None:
    words = re.findall(r"\w+", default_article.text)
    question = " ".join(words[place % len(words)] for place in picked)
    told = Mentions(default_article).reason(question.upper() if upper else question)
    assert told is None
