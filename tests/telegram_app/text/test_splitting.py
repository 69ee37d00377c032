import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS, Breaks, cut, cut_spans, split
from bot.telegram_app.text.units import is_blank, utf16_length
from bot.text_bounds import grapheme_bounds
from index.sentences import split_sentences
from index.spans import Span
from tests.telegram_app.text.texts import rich_texts, styles

limits = st.integers(2, 60) | st.just(MAX_MESSAGE_UNITS)


def parts_of(text: str, limit: int) -> list[str]:
    return [part.plain() for part in split(RichText(text), limit)]


def seen(text: str) -> str:
    """Return what can be seen of a text."""
    return "".join(character for character in text if not is_blank(character))


def test_a_short_text_is_one_part() -> None:
    assert parts_of("One. Two.\n\nThree.", 4096) == ["One. Two.\n\nThree."]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\u2800 \u202e"])
def test_of_a_blank_text_nothing_is_sent(text: str) -> None:
    assert parts_of(text, 4096) == []


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("One is. Two is.\n\nThree is.", 20, ["One is. Two is.", "Three is."]),
        ("One is. Two is. Three is.", 20, ["One is. Two is.", "Three is."]),
        (
            "Title\n\nA first thing. A second thing.",
            24,
            ["Title\n\nA first thing.", "A second thing."],
        ),
        ("one two\nthree four five", 14, ["one two", "three four", "five"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("今天很好。明天下雨。", 6, ["今天很好。", "明天下雨。"]),
        ("😀😀😀", 5, ["😀😀", "😀"]),
        ("👩‍👩‍👧👩‍👩‍👧", 15, ["👩‍👩‍👧", "👩‍👩‍👧"]),
        ("e\u0301e\u0301", 3, ["e\u0301", "e\u0301"]),
        ("He met the U.S. army. It left.", 24, ["He met the U.S. army.", "It left."]),
    ],
)
def test_where_a_text_is_cut(text: str, limit: int, parts: list[str]) -> None:
    assert parts_of(text, limit) == parts


def test_only_a_grapheme_longer_than_the_limit_is_cut() -> None:
    assert parts_of("a" + "\u0301" * 4, 3) == ["a\u0301\u0301", "\u0301\u0301"]


def test_a_part_that_would_be_blank_is_left_out() -> None:
    assert parts_of("ab" + "\u200b" * 6 + " cd", 2) == ["ab", "cd"]


def test_a_quote_goes_on_in_the_next_part() -> None:
    quote = RichText("One is. Two is.").styled(Style.EXPANDABLE_BLOCKQUOTE)
    first, second = split(RichText("So:\n") + quote, 11)

    assert (first.plain(), [e.type for e in first.entities()]) == (
        "So:\nOne is.",
        ["expandable_blockquote"],
    )
    assert second == RichText("Two is.").styled(Style.EXPANDABLE_BLOCKQUOTE)


def test_a_sentence_of_ten_thousand_characters() -> None:
    parts = parts_of("word " * 2000 + "end.", MAX_MESSAGE_UNITS)

    assert [len(part) for part in parts] == [4094, 4094, 1814]
    assert " ".join(parts) == "word " * 2000 + "end."


@pytest.mark.parametrize("limit", [-1, 0, 1])
def test_a_limit_that_no_emoji_fits(limit: int) -> None:
    with pytest.raises(ValueError, match=f"at least 2 UTF-16 units, not {limit}"):
        split(RichText("x"), limit)


@given(rich_texts, limits)
def test_parts_are_such_as_telegram_takes(text: RichText, limit: int) -> None:
    for part in split(text, limit):
        plain = part.plain()
        assert utf16_length(plain) <= limit
        assert not is_blank(plain)


@given(rich_texts, limits)
def test_parts_hold_all_that_can_be_seen_in_its_style(text: RichText, limit: int) -> None:
    plain = text.plain()
    spans = list(cut_spans(plain, limit, Breaks.of_text(plain)))
    parts = split(text, limit)

    assert [part.plain() for part in parts] == [plain[span.start : span.end] for span in spans]
    for part, span in zip(parts, spans, strict=True):
        assert styles(part) == styles(text)[span.start : span.end]
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    for end, start in zip([0, *ends], [*starts, len(plain)], strict=True):
        assert end <= start
        assert is_blank(plain[end:start])
    assert seen("".join(part.plain() for part in parts)) == seen(plain)


@given(rich_texts, limits)
def test_no_grapheme_is_cut_that_fits(text: RichText, limit: int) -> None:
    plain = text.plain()
    bounds = grapheme_bounds(plain)
    for span in cut_spans(plain, limit, Breaks.of_text(plain)):
        for place in {span.start, span.end} - {*bounds}:
            around = max(bound for bound in bounds if bound < place)
            behind = min(bound for bound in bounds if bound > place)
            assert utf16_length(plain[around:behind]) > limit


@given(
    st.lists(st.sampled_from(["One is here. ", "And two? ", "U.S. ", "\n\n", "\n"]), max_size=40)
)
def test_no_sentence_is_cut_that_fits(pieces: list[str]) -> None:
    text, limit = "".join(pieces), 60
    breaks = Breaks.of_text(text)
    parts = list(cut_spans(text, limit, breaks))

    blocks = [0, *breaks.paragraphs]
    for start, end in zip(blocks, blocks[1:], strict=False):
        for sentence in split_sentences(text, Span(start, end)):
            if utf16_length(text[sentence.start : sentence.end]) <= limit:
                holding = [p for p in parts if p.start <= sentence.start and sentence.end <= p.end]
                assert len(holding) == 1


def test_what_fits_is_not_shortened() -> None:
    text = RichText("words ").styled(Style.BOLD)

    assert cut(text, 6) is text


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("a verylongword", 10, "a verylon…"),
        ("abc", 1, "…"),
        ("😀😀😀", 4, "😀…"),
        ("👩‍👩‍👧!", 8, "…"),
        ("e\u0301e\u0301", 3, "e\u0301…"),
    ],
)
def test_shortening(text: str, limit: int, shown: str) -> None:
    assert cut(RichText(text), limit).plain() == shown


def test_the_ellipsis_has_the_style_of_what_it_stands_for() -> None:
    text = RichText("a ") + RichText("long story").styled(Style.BLOCKQUOTE)

    assert cut(text, 8) == RichText("a ") + RichText("long…").styled(Style.BLOCKQUOTE)
    assert cut(text, 2) == RichText("a…")


def test_nothing_is_shorter_than_an_ellipsis() -> None:
    with pytest.raises(ValueError, match="at least 1 UTF-16 unit, not 0"):
        cut(RichText("abc"), 0)


@given(rich_texts, st.integers(1, 60))
def test_a_shortened_text_is_a_beginning(text: RichText, limit: int) -> None:
    plain, short = text.plain(), cut(text, limit)

    assert short.utf16_length <= limit
    if short != text:
        kept = short.plain().removesuffix("…")
        assert plain.startswith(kept)
        assert len(kept) in grapheme_bounds(plain)
        assert styles(short)[:-1] == styles(text)[: len(kept)]
