import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.folded_text import fold, folded
from index.spans import Span
from tests.nasty_text import nasty_texts


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Straße CAFÉ", "strasse cafe"),
        ("cafe\u0301 nai\u0308ve", "cafe naive"),
        ("ﬁne oﬃce ½ ²", "fine office 1⁄2 2"),
        ("ex\xadtra\u200b \u200ezero", "extra zero"),
        ("‘a’ “b” „c‟", '\'a\' "b" "c"'),
        ("a\xa0b\u3000c\td\ne", "a b c d\ne"),
        ("Łódź Ærø Œuvre İstanbul ılık", "lodz aero oeuvre istanbul ilik"),
        ("أُغلِقَ שָׁלוֹם", "اغلق שלום"),
        ("ＦＵＬＬ １２ ｶﾞ", "full 12 カ"),
        ("\u0345\u3164", ""),
        ("a´b ¨", "a´b ¨"),
    ],
)
def test_what_is_compared(text: str, letters: str) -> None:
    assert folded(text) == letters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The tower, 3.5 m.", ["The", "tower", "3", "5", "m"]),
        ("Mosul12 fell[3]", ["Mosul", "12", "fell", "3"]),
        ("ex\xadtra", ["ex\xadtra"]),
        ("ete\u0301 x", ["ete\u0301", "x"]),
        ("½ x", ["½", "½", "x"]),
        ("今天 很好。", ["今", "天", "很", "好"]),
        ("\ufb01le", ["\ufb01le"]),
        ("… –", []),
    ],
)
def test_words_stand_in_the_text(text: str, words: list[str]) -> None:
    found = fold(text)
    numbers = range(len(found.words))

    assert [text[found.word_start(n) : found.word_end(n)] for n in numbers] == words


@pytest.mark.parametrize(
    ("span", "numbers"),
    [
        (Span(0, 3), (0, 1)),
        (Span(1, 2), (0, 1)),
        (Span(3, 5), (1, 2)),
        (Span(3, 4), (1, 1)),
        (Span(0, 13), (0, 3)),
        (Span(13, 13), (3, 3)),
        (Span(5, 5), (1, 1)),
    ],
)
def test_the_words_of_a_span(span: Span, numbers: tuple[int, int]) -> None:
    assert fold("One two three").words_in(span) == numbers


def test_where_each_word_occurs() -> None:
    assert fold("A b a B c").places == {"a": [0, 2], "b": [1, 3], "c": [4]}


@given(nasty_texts())
def test_a_part_comes_from_what_folds_to_it(text: str) -> None:
    found = fold(text)
    spans = [Span(found.word_start(n), found.word_end(n)) for n, _ in enumerate(found.words)]

    assert sorted(spans) == spans
    for number, (word, span) in enumerate(zip(found.words, spans, strict=True)):
        assert word in folded(text[span.start : span.end])
        first, last = found.words_in(span)
        assert first <= number < last


@given(nasty_texts(), st.data())
def test_a_part_of_the_folded_text_has_a_place(text: str, data: st.DataObject) -> None:
    found = fold(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(found.folded))] * 2)))
    span = found.span(start, end)

    assert 0 <= span.start <= span.end <= len(text)
    assert found.folded[start:end] in folded(text[span.start : span.end])
