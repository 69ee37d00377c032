import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader.decoding import PassageText, candidate_spans, no_answer_score, tidied
from bot.reader.span_model import SpanLogits
from index.normalise import normalise
from index.sentences import split_sentences
from index.spans import Span
from tests.nasty_text import nasty_texts
from tests.reader.windows import FIRST, logits_of, window_of, words_of

PIECES = (
    *(
        "“",
        "”",
        "«",
        "»",
        "„",
        "‘",
        "’",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "`",
        "–",
        "—",
        "…",
        "/",
        "_",
    ),
    *("U.S. ", "p.m.", "e.g. ", "J. K. ", "U.S.S.R.", "Jr.", "3.5 million ", "0.4%", "1,000", ".5"),
    *("–3", "$5", "09:06", "al-Abadi ", "don't ", "Iraqis' ", "US-led ", "feed.Soldiers ", "AT&T "),
    *(
        "the ",
        "city",
        ". ",
        '." ',
        '"He said',
        "' ",
        "', ",
        " (0.4 sq mile). ",
        "Hello 👋 ",
        "١٢٬٣٤٥",
    ),
    *("שלום ", "مرحبا ", "हिन्दी ", "naïve", "e\u0301te\u0301 ", "! ", "? ", "; ", "\n\n", "*", "_"),
)
_MATES = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»"}
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.){2,}$")


def tokenizations(text: str) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Return ways to cut a text into tokens as tokenizers do, in words and in the middle of them.

    Some keep the space before a word; bytes of one character are tokens with the same offsets.
    """
    lengths = st.integers(1, 9)
    plain = lengths.map(lambda n: rf"[^\W_]{{1,{n}}}|[^\s\w]|_")
    spaced = lengths.map(lambda n: rf" ?[^\W_]{{1,{n}}}| ?(?:[^\s\w]|_){{1,2}}|\s")
    regular = (plain | spaced).map(lambda p: [m.span() for m in re.finditer(p, text)])
    odd = st.lists(st.integers(0, len(text)), max_size=6).map(lambda places: sorted(places))

    def with_more(found: list[tuple[int, int]], more: list[int]) -> list[tuple[int, int]]:
        doubled = [offsets for offsets in found if offsets[0] in more]
        empty = [(place, place) for place in more]
        return sorted([*found, *doubled, *empty])

    return st.builds(with_more, regular, odd)


@st.composite
def readings(draw: st.DrawFn) -> tuple[PassageText, list[tuple[int, int]], SpanLogits]:
    """Return a passage, its tokens, and what a model that knows nothing says of them."""
    text = draw(nasty_texts(*PIECES).map(normalise).filter(bool))
    sentences = split_sentences(text)
    if draw(st.booleans()):  # what is in none of them is a heading
        sentences = [span for span in sentences if draw(st.booleans())]
    tokens = draw(tokenizations(text))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = (2, FIRST + len(tokens) + 1)
    # Whole numbers: many spans score alike.
    drawn = rng.integers(-3, 4, shape) if draw(st.booleans()) else rng.normal(0, 4, shape)
    logits = drawn.astype(np.float32)
    return PassageText(text, sentences), tokens, SpanLogits(logits[0], logits[1])


def quoted(text: str, *words: str) -> list[str]:
    """Return what is left of words of a text when they are tidied."""
    found = []
    for one in words:
        start = text.index(one)
        span = tidied(text, Span(start, start + len(one)))
        found.append(text[span.start : span.end])
    return found


def is_mark(character: str) -> bool:
    return bool(character) and unicodedata.category(character).startswith("M")


@settings(max_examples=300)
@given(reading=readings())
def test_a_candidate_is_inside_one_sentence(
    reading: tuple[PassageText, list[tuple[int, int]], SpanLogits],
) -> None:
    passage, tokens, logits = reading
    for found in candidate_spans(passage, window_of(tokens), logits):
        sentence = passage.sentences[found.sentence]
        assert sentence.start <= found.span.start < found.span.end <= sentence.end
        assert passage.text[found.span.start : found.span.end].strip()


@settings(max_examples=300)
@given(reading=readings())
def test_a_candidate_is_of_whole_words(
    reading: tuple[PassageText, list[tuple[int, int]], SpanLogits],
) -> None:
    passage, tokens, logits = reading
    text = passage.text
    for found in candidate_spans(passage, window_of(tokens), logits):
        for place in (found.span.start, found.span.end):
            both_sides = text[max(place - 1, 0) : place + 1]
            assert not re.fullmatch(r"[^\W_]{2}", both_sides), text[found.span.start :]


@settings(max_examples=300)
@given(reading=readings())
def test_a_candidate_has_tidy_ends(
    reading: tuple[PassageText, list[tuple[int, int]], SpanLogits],
) -> None:
    passage, tokens, logits = reading
    for found in candidate_spans(passage, window_of(tokens), logits):
        assert tidied(passage.text, found.span) == found.span
        words = passage.text[found.span.start : found.span.end]
        first, last = words[0], words[-1]
        assert words == words.strip()
        assert last not in ",;:!?…-–—|/\\*_•·"
        assert first not in ",;:!?…—|/\\*_•·)]}”’»"
        assert last != "." or _ABBREVIATION.search(words)
        assert first not in ".–" or words[1].isdigit()
        for mark in "\"`'":
            if words.count(mark) == 1:
                assert first != mark
                assert last != mark or words.endswith("s'")
        if first in _MATES:
            assert _MATES[first] in words
        for opening, closing in _MATES.items():
            if last == closing:
                assert opening in words or words.endswith("s’")


@settings(max_examples=300)
@given(reading=readings())
def test_candidates_differ_and_their_scores_fall(
    reading: tuple[PassageText, list[tuple[int, int]], SpanLogits],
) -> None:
    passage, tokens, logits = reading
    window = window_of(tokens)
    found = candidate_spans(passage, window, logits)
    spans, scores = [one.span for one in found], [one.score for one in found]
    assert len(set(spans)) == len(spans) <= 20
    assert scores == sorted(scores, reverse=True)
    assert all(np.isfinite(scores))
    assert candidate_spans(passage, window, logits) == found


@given(
    words=st.lists(st.sampled_from(["a", "b.", "cat", "D.", "ee"]), min_size=1, max_size=60),
    seed=st.integers(0, 2**32 - 1),
)
def test_candidates_are_the_best_of_all_spans(words: list[str], seed: int) -> None:
    text = " ".join(words)
    tokens = words_of(text)
    ends = [place for place, word in enumerate(words) if word.endswith(".")] or [len(words) - 1]
    first = [0, *(place + 1 for place in ends[:-1])]
    sentences = [Span(tokens[a][0], tokens[b][1]) for a, b in zip(first, ends, strict=True)]
    logits = np.random.default_rng(seed).integers(-2, 3, (2, FIRST + len(tokens) + 1))
    starts, stops = logits.astype(np.float32)

    every = [
        (-float(starts[FIRST + a] + stops[FIRST + b]), a, b)
        for start, end in zip(first, ends, strict=True)
        for a in range(start, end + 1)
        for b in range(a, min(end + 1, a + 40))
    ]
    best = [
        (Span(tokens[a][0], tokens[b][1] - words[b].endswith(".")), -score)
        for score, a, b in sorted(every)[:20]
    ]

    found = candidate_spans(
        PassageText(text, sentences), window_of(tokens), SpanLogits(starts, stops)
    )
    assert [(one.span, one.score) for one in found] == best


def test_equal_spans_come_in_the_order_of_the_text() -> None:
    text = "a b c"
    even = SpanLogits(np.zeros(7, np.float32), np.zeros(7, np.float32))
    found = candidate_spans(PassageText(text, [Span(0, 5)]), window_of(words_of(text)), even)
    assert [text[one.span.start : one.span.end] for one in found] == [
        *("a", "a b", "a b c", "b", "b c", "c")
    ]
    assert {one.score for one in found} == {0.0}


def test_of_spans_that_are_tidied_to_the_same_the_best_counts() -> None:
    text = '"Yes", he said.'
    tokens = [(0, 1), (1, 4), (4, 5), (5, 6), (7, 9), (10, 14), (14, 15)]
    logits = logits_of(7, {0: 2.0, 1: 3.0}, {1: 1.0, 2: 4.0, 3: 2.0})
    found = candidate_spans(PassageText(text, [Span(0, len(text))]), window_of(tokens), logits)
    # `Yes"` scores 7, `"Yes"` 6, `Yes",` 5 and `Yes` 4.
    assert (found[0].span, found[0].score) == (Span(1, 4), 7.0)
    assert [one.span for one in found].count(Span(1, 4)) == 1


def test_no_answer_is_the_first_tokens_score() -> None:
    logits = logits_of(2, {-3 - FIRST: 1.5}, {-3 - FIRST: 2.0})
    assert no_answer_score(logits) == 3.5


def test_the_question_and_signs_are_never_an_answer() -> None:
    text = "It rained."
    starts = np.array([9, 9, 9, 0, 0, 9], dtype=np.float32)
    found = candidate_spans(
        PassageText(text, [Span(0, 10)]), window_of([(0, 2), (3, 10)]), SpanLogits(starts, starts)
    )
    assert [text[one.span.start : one.span.end] for one in found] == ["It", "It rained", "rained"]
    assert {one.score for one in found} == {0.0}


def test_a_span_does_not_reach_over_the_end_of_a_sentence() -> None:
    text = "It rained. He left."
    logits = logits_of(4, {0: 9.0, 2: 1.0}, {1: 1.0, 3: 9.0})
    found = candidate_spans(
        PassageText(text, [Span(0, 10), Span(11, 19)]), window_of(words_of(text)), logits
    )
    best = [(text[one.span.start : one.span.end], one.sentence, one.score) for one in found[:2]]
    assert best == [("It rained", 0, 10.0), ("He left", 1, 10.0)]


def test_nothing_is_quoted_from_a_heading() -> None:
    text = "The harbour\n\nIt rained."
    logits = logits_of(4, {0: 9.0}, {1: 9.0})
    found = candidate_spans(PassageText(text, [Span(13, 23)]), window_of(words_of(text)), logits)
    assert {text[one.span.start : one.span.end] for one in found} == {"It", "It rained", "rained"}


def test_pieces_of_a_word_are_quoted_together() -> None:
    text = "Al-Abadi spoke."
    tokens = [(0, 2), (2, 3), (3, 4), (4, 8), (9, 12), (12, 14), (14, 15)]
    logits = logits_of(7, {2: 9.0, 3: 8.0}, {2: 9.0, 4: 8.0})
    found = candidate_spans(PassageText(text, [Span(0, 15)]), window_of(tokens), logits)
    assert {text[one.span.start : one.span.end] for one in found} == {
        *("Al-Abadi", "Al-Abadi spoke", "spoke")
    }


def test_an_answer_has_no_more_than_forty_tokens() -> None:
    text = " ".join(["word"] * 60)
    logits = logits_of(60, {0: 9.0}, {39: 5.0, 40: 9.0})
    found = candidate_spans(PassageText(text, [Span(0, 299)]), window_of(words_of(text)), logits)
    assert text[found[0].span.start : found[0].span.end] == " ".join(["word"] * 40)
    assert len(found) == 20


@pytest.mark.parametrize("text", ["", "…", "—", "( . )", '"'])
def test_a_text_without_a_word_has_no_answer(text: str) -> None:
    tokens = words_of(text)
    even = logits_of(len(tokens), {}, {})
    passage = PassageText(text, [Span(0, len(text))])
    assert candidate_spans(passage, window_of(tokens), even) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"surrender or die".', "surrender or die"),
        ("(0.4 sq mile)", "0.4 sq mile"),
        ("3.5 million liters", "3.5 million liters"),
        ("U.S.", "U.S."),
        ("the U.S.,", "the U.S."),
        ("at 6 p.m.", "at 6 p.m."),
        ('the "caliphate"', 'the "caliphate"'),
        ("Iraqis'", "Iraqis'"),
        ("the Iraqis’", "the Iraqis’"),
        ("the city,", "the city"),
        ("the city, ", "the city"),
        (", in Mosul;", "in Mosul"),
        ("… the city…", "the city"),
        ("“the city", "the city"),
        ('"the city', "the city"),
        ("(the city", "the city"),
        ("the city”", "the city"),
        ("the city)", "the city"),
        ("the city (", "the city"),
        ("“the old city”,", "the old city"),
        ("[of the militants]", "of the militants"),
        ("Mosul (Iraq)", "Mosul (Iraq)"),
        ("(old) Mosul", "(old) Mosul"),
        ("(old) Mosul (new)", "(old) Mosul (new)"),
        ("“a” and “b”", "“a” and “b”"),
        ('"a" and "b"', '"a" and "b"'),
        ("(“the city”)", "the city"),
        ("don't", "don't"),
        ("$5", "$5"),
        ("0.4%", "0.4%"),
        (".5", ".5"),
        ("–3 degrees", "–3 degrees"),
        ("-3 degrees", "-3 degrees"),
        ("2010–", "2010"),
        ("09:06.", "09:06"),
        ("1,000,", "1,000"),
        ("שלום.", "שלום"),
        ("👋 hello", "👋 hello"),
        ("...", ""),
        ('".', ""),
        ("", ""),
    ],
)
def test_ends_are_tidied(words: str, expected: str) -> None:
    assert quoted(words, words) == [expected]
    surrounded = f"a {words} b"
    span = tidied(surrounded, Span(2, 2 + len(words)))
    assert surrounded[span.start : span.end] == expected


def test_what_is_outside_of_the_span_does_not_count() -> None:
    text = 'the "quasi-state" of "IS", (officially) gone'
    assert quoted(text, '"quasi-state', 'of "IS",', '"IS", (officially', "the ") == [
        *("quasi-state", 'of "IS"', '"IS", (officially', "the")
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("'It's bad'", "It's bad"), ("Iraq's 'Old City'", "Iraq's 'Old City'")],
)
def test_an_apostrophe_is_no_half_of_a_quotation(words: str, expected: str) -> None:
    assert quoted(words, words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('"quasi-state" of "', '"quasi-state" of'),
        ('"quasi-state" of the city"', '"quasi-state" of the city'),
    ],
)
def test_the_mark_without_a_half_is_the_one_that_goes(words: str, expected: str) -> None:
    assert quoted(words, words) == [expected]


@pytest.mark.parametrize(("words", "expected"), [("(a (b)", "a (b)"), ("(a) b)", "(a) b")])
def test_a_bracket_needs_a_half_of_its_own(words: str, expected: str) -> None:
    assert quoted(words, words) == [expected]


@pytest.mark.parametrize("text", ["यह हिन्दी में है।", "שָׁלוֹם לְךָ", "x\u0323\u0301y z"])
def test_a_letter_is_not_parted_from_its_marks(text: str) -> None:
    tokens = [match.span() for match in re.finditer(r"\S", text)]
    even = logits_of(len(tokens), {}, {})
    found = candidate_spans(PassageText(text, [Span(0, len(text))]), window_of(tokens), even)
    places = {place for one in found for place in (one.span.start, one.span.end)}
    assert [place for place in places if is_mark(text[place : place + 1])] == []


def test_a_token_of_two_sentences_is_in_neither() -> None:
    text = "the video feed.Soldiers came."
    tokens = words_of(text)
    found = candidate_spans(
        PassageText(text, [Span(0, 15), Span(15, 29)]),
        window_of(tokens),
        logits_of(len(tokens), {}, {}),
    )
    assert {text[one.span.start : one.span.end] for one in found} == {
        *("the", "the video", "video", "came")
    }
