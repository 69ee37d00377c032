"""The page that shows conversations: `tests.bench.telegram_picture`."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from tests.bench.telegram_picture import drawing
from tests.bench.telegram_picture.recording import Screen, load, record, save
from tests.bench.telegram_picture.rich_html import ends_from_right, html_of
from tests.browser import NoBrowser
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Person

NASTY = '</style><script>alert(1)</script> {{ 7 * 7 }} & "quotes" שלום 👩‍🚀'


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("a < b", [], "a &lt; b"),
        ("👍 ok", [entity("bold", 3, 2)], '👍 <b class="bold">ok</b>'),
        (
            "abc",
            [entity("bold", 1, 1), entity("italic", 0, 3)],
            '<i class="italic">a<b class="bold">b</b>c</i>',
        ),
        (
            "one\ntwo\nthree",
            [entity("bold", 4, 3), entity("expandable_blockquote", 4, 3)],
            'one<blockquote class="expandable"><b class="bold">two</b></blockquote>three',
        ),
        (
            "one\n\ntwo\n\nthree",
            [entity("blockquote", 5, 3)],
            'one\n<blockquote class="blockquote">two</blockquote>\nthree',
        ),
        (
            "here",
            [entity("text_link", 0, 4, url='https://example.org/"><b>')],
            '<a href="https://example.org/&#34;&gt;&lt;b&gt;">here</a>',
        ),
        ("@bot who", [entity("mention", 0, 4)], '<span class="mention">@bot</span> who'),
    ],
)
def test_html(text: str, entities: list[dict[str, object]], expected: str) -> None:
    assert html_of(text, entities) == expected


@given(st.text())
def test_a_text_stays_a_text(text: str) -> None:
    assert html_of(text, []) == escape(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", False), ("hello", False), ("שלום", True), ("hello\n12 שלום", True), ("שלום\nhi", False)],
)
def test_where_the_last_line_ends(text: str, expected: bool) -> None:
    assert ends_from_right(text) == expected


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    with EmulatedTelegram() as telegram:
        chat = Person(telegram, NASTY).private_chat()
        first = chat.say(NASTY)
        chat.say("and?", reply_to=first)
        screen = record(chat, "Nasty", popup=NASTY)
    path = tmp_path / "recorded.json"
    save(path, [screen])
    assert load(path) == [screen]
    assert screen.messages[1]["reply"] == {"name": NASTY, "text": NASTY, "is_quote": False}


def nasty_screen() -> Screen:
    message = {
        **{"name": NASTY, "is_bot": True, "is_mine": False, "text": NASTY, "entities": []},
        **{"reply": {"name": NASTY, "text": NASTY, "is_quote": True}, "is_edited": True},
        **{"keyboard": [[{"label": NASTY, "kind": "callback_data"}]], "time": "12:00"},
    }
    return Screen(NASTY, NASTY, "group", (message,), popup=NASTY)


def test_words_of_others_stay_words() -> None:
    page = drawing.page_of([nasty_screen()], whole=False)
    # As often as it is shown, plus the avatar's first letter, and never as markup.
    assert page.count(str(escape(NASTY))) == 8
    assert page.count("<script>") == 1


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_is_drawn(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"picture.{kind}"
    try:
        drawing.draw([nasty_screen()], path)
    except NoBrowser as reason:
        pytest.skip(str(reason))
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG" if kind == "png" else b"<svg ")
    assert len(content) > 3_000
