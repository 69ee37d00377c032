"""Whatever the text: labels without errors, places inside it, and in about linear time."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speakers.attribution import Speakers
from index.article import Article, ReadLimits, article_from_text
from index.sentences import split_sentences
from index.spans import Span
from tests.nasty_text import nasty_texts

PIECES = (
    *('"', "“", "”", "‘", "’", "'", "«", "»", "„", ", ", ". ", "\n\n", ": ", "? ", " - "),
    *("he said ", "said Lise Grande", "Grande", "the minister ", "she ", "they ", "that ", "who "),
    *("according to ", "Reuters reported ", "a spokesman ", "calling it ", "and ", "of ", "not "),
    *("Q: ", "A: ", "Ms Park ", "one of them ", "the report ", "was called by ", "put it ", "I "),
)


def article(text: str) -> Article:
    text = "One two three. " + text
    limits = ReadLimits()
    return article_from_text(text, text.encode(), "article.txt", markdown=False, limits=limits)


@given(nasty_texts(*PIECES), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_any_span_of_any_text_gets_a_label_and_places_in_the_text(
    text: str, start: int, length: int
) -> None:
    made = article(text)
    speakers = Speakers(made)
    spans = [
        Span(min(start, len(made.text)), min(start + length, len(made.text))),
        *split_sentences(made.text),
    ]
    for span in spans:
        found = speakers.of(span)
        assert found.label in {"author", "named", "unnamed_source", "not_named"}
        assert (found.speaker is not None) == (found.label == "named")
        for place in (found.speaker, found.role, found.evidence, *speakers.hedges(span)):
            assert place is None or 0 <= place.start < place.end <= len(made.text)
        if found.speaker is not None:
            assert found.evidence is not None
            assert found.evidence.start <= found.speaker.start
            assert made.quote(found.speaker) == made.quote(found.speaker).strip()


@given(nasty_texts(*PIECES))
@settings(max_examples=60, deadline=None)
def test_asking_what_somebody_said_gives_places_in_the_text(text: str) -> None:
    made = article(text)
    for question in ("What did Lise Grande say?", "What did the minister say about it?", text):
        for span in Speakers(made).said_by(question) or ():
            assert 0 <= span.start < span.end <= len(made.text)


def seconds(text: str) -> float:
    made = article(text)
    started = time.process_time()
    Speakers(made)
    return time.process_time() - started


def test_a_hundred_thousand_words_take_seconds() -> None:
    unit = (
        '"We stay," said Lise Grande, the coordinator, who came in May. The road was shut, '
        "witnesses said. According to the ministry, it will open. She added that it rained.\n\n"
    )
    assert seconds(unit * (100_000 // len(unit.split()))) < 15


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    for unit in ("he said, ", '"a," ', "'a ", "X said. ", "A: b.\n\n", "X and "):
        short, long = seconds(unit * 2_000), seconds(unit * 16_000)
        assert long < 32 * (short + 0.01), unit
