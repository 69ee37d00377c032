from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.telegram_app.text.rich_text import MAX_ENTITIES, RichText, Style, StyledSpan
from tests.telegram_app.text.texts import rich_texts, styles, texts, utf16_slice

QUOTES = {Style.BLOCKQUOTE, Style.EXPANDABLE_BLOCKQUOTE}


def shown(text: RichText) -> list[tuple[str, str]]:
    """Return each entity with the words that Telegram would lay it on."""
    plain = text.plain()
    return [
        (entity.type, utf16_slice(plain, entity.offset, entity.length))
        for entity in text.entities()
    ]


def bold(text: str) -> RichText:
    return RichText(text).styled(Style.BOLD)


def test_offsets_are_utf_16() -> None:
    text = RichText("😀 ") + bold("𝄢x") + " end"

    assert text.entities() == (MessageEntity(MessageEntity.BOLD, offset=3, length=3),)
    assert text.plain() == "😀 𝄢x end"
    assert text.utf16_length == 10


def test_markup_is_text() -> None:
    text = RichText("<b>&amp; *x* [a](b)")

    assert (text.plain(), text.entities()) == ("<b>&amp; *x* [a](b)", ())


def test_a_link_has_its_address() -> None:
    text = RichText("here").styled(Style.TEXT_LINK, "https://example.com/a")

    (entity,) = text.entities()
    assert (entity.type, entity.url) == ("text_link", "https://example.com/a")


@pytest.mark.parametrize(("style", "url"), [(Style.TEXT_LINK, None), (Style.BOLD, "https://a.b")])
def test_an_address_is_for_links(style: Style, url: str | None) -> None:
    with pytest.raises(ValueError, match="url is for text links"):
        RichText("x").styled(style, url)


def test_entities_have_no_white_space_at_their_ends() -> None:
    text = bold("  a b \n") + bold(" \n ") + bold("") + "x"

    assert shown(text) == [("bold", "a b")]


def test_styles_nest_with_the_outer_one_first() -> None:
    marked = RichText("words").styled(Style.UNDERLINE).styled(Style.BOLD)
    text = (marked + " and more").styled(Style.EXPANDABLE_BLOCKQUOTE)

    assert shown(text) == [
        ("expandable_blockquote", "words and more"),
        ("bold", "words"),
        ("underline", "words"),
    ]


def test_of_two_blockquotes_the_outer_one_stays() -> None:
    inner = RichText("a").styled(Style.BLOCKQUOTE) + " b"

    assert shown(inner.styled(Style.EXPANDABLE_BLOCKQUOTE)) == [("expandable_blockquote", "a b")]


def test_the_same_style_twice_is_one() -> None:
    assert shown((bold("a") + "b").styled(Style.BOLD)) == [("bold", "ab")]


def test_other_styles_leave_code_out() -> None:
    code = bold("x").styled(Style.CODE)
    text = (RichText("a ") + code + " b" + bold("c")).styled(Style.ITALIC)

    assert shown(code) == [("code", "x")]
    assert shown(text) == [
        ("italic", "a"),
        ("code", "x"),
        ("italic", "b"),
        ("bold", "c"),
        ("italic", "c"),
    ]


def test_parts_are_joined() -> None:
    text = RichText(", ").styled(Style.ITALIC).join([bold("a"), "b", RichText("c")])

    assert text.plain() == "a, b, c"
    assert text.spans == (
        StyledSpan(0, 1, Style.BOLD),
        StyledSpan(1, 3, Style.ITALIC),
        StyledSpan(4, 6, Style.ITALIC),
    )


def test_a_slice_keeps_its_styles() -> None:
    text = (RichText("one ") + bold("two three") + " four").slice(6, 10)

    assert (text.plain(), text.spans) == ("o th", (StyledSpan(0, 4, Style.BOLD),))
    assert text.slice(-5, 99) == text


def test_a_message_keeps_its_hundred_most_important_styles() -> None:
    text = RichText(" ").join(
        [
            *(RichText(f"i{n}").styled(Style.ITALIC) for n in range(60)),
            *(bold(f"b{n}") for n in range(99)),
            RichText("link").styled(Style.TEXT_LINK, "https://example.com"),
            RichText("quote").styled(Style.EXPANDABLE_BLOCKQUOTE),
        ]
    )

    assert shown(text) == [
        *(("bold", f"b{n}") for n in range(98)),
        ("text_link", "link"),
        ("expandable_blockquote", "quote"),
    ]


@given(rich_texts)
def test_an_entity_holds_the_words_that_were_styled(text: RichText) -> None:
    plain = text.plain()
    words = [
        (span.style.value, plain[span.start : span.end].strip(), span.url) for span in text.spans
    ]
    expected = sorted([each for each in words if each[1]], key=str)

    found = [(*each, entity.url) for each, entity in zip(shown(text), text.entities(), strict=True)]
    if len(expected) <= MAX_ENTITIES:
        assert sorted(found, key=str) == expected
    else:
        assert len(found) == MAX_ENTITIES


@given(rich_texts)
def test_entities_are_such_as_telegram_takes(text: RichText) -> None:
    entities = text.entities()
    length = len(text.plain().encode("utf-16-le")) // 2

    for entity, (_, words) in zip(entities, shown(text), strict=True):
        assert 0 <= entity.offset < entity.offset + entity.length <= length
        assert words == words.strip() != ""
    for one, other in combinations(entities, 2):
        first, second = sorted(
            [{*range(e.offset, e.offset + e.length)} for e in (one, other)], key=len
        )
        assert first <= second or not first & second
        kinds = {Style(one.type), Style(other.type)}
        if first & second:
            assert not kinds <= QUOTES
            assert Style.CODE not in kinds or kinds & QUOTES


@given(rich_texts, rich_texts, st.integers(-3, 60), st.integers(-3, 60))
def test_a_code_point_keeps_its_styles(
    one: RichText, other: RichText, start: int, length: int
) -> None:
    both = one + other
    assert both.plain() == one.plain() + other.plain()
    assert styles(both) == styles(one) + styles(other)

    first, last = max(start, 0), max(start, 0) + max(length, 0)
    piece = both.slice(first, last)
    assert piece.plain() == both.plain()[first:last]
    assert styles(piece) == styles(both)[first:last]


@given(rich_texts)
def test_a_style_is_laid_on_all_but_code(text: RichText) -> None:
    before, after = styles(text), styles(text.styled(Style.UNDERLINE))

    assert after == [own if Style.CODE in own else own | {Style.UNDERLINE} for own in before]


@given(texts)
def test_length_is_the_apis(text: str) -> None:
    rich = RichText(text)

    assert rich.utf16_length == len(rich.plain().encode("utf-16-le")) // 2
