"""The buttons under an answer, by polling and by webhook."""

from urllib.parse import unquote

from bot.telegram_app import messages
from tests.telegram_app.emulator.people import Chat


def test_a_sentence_pops_up(chat: Chat) -> None:
    answer = chat.ask("«1874»?")
    press = chat.press(answer, "[1]")
    assert (press.popup, press.is_alert) == (
        "[1] paragraph 1\nThe lighthouse of Vela was built in 1874.",
        True,
    )
    assert chat.from_bot == [answer]


def test_a_long_sentence_is_a_reply(chat: Chat) -> None:
    answer = chat.ask("«thirty-one years»?")
    press = chat.press(answer, "[1]")
    assert press.popup is None
    sentence = chat.wait_for(2)[1]
    assert sentence.words("underline") == ["thirty-one years"]
    assert sentence.reply is not None
    assert sentence.reply.message_id == answer.message_id


def test_context_is_shown_in_place_and_hidden_again(chat: Chat) -> None:
    answer = chat.ask("«1931»?")
    before = answer.text
    chat.press(answer, "In context")
    chat.wait_until(lambda: "Less" in answer.labels, "the context is shown")
    assert answer.text is not None
    assert "fish soup" in answer.text
    assert "Ottavia Brand" in answer.text
    chat.press(answer, "Less")
    chat.wait_until(lambda: "In context" in answer.labels, "the context is hidden")
    assert answer.text == before
    assert chat.from_bot == [answer]


def test_opening_and_copying(chat: Chat) -> None:
    answer = chat.ask("«1874»?")
    opened = answer.button("Open at the sentence")
    assert opened.kind == "url"
    assert opened.value.startswith("https://example.org/vela/lighthouse#:~:text=")
    assert "1874" in unquote(opened.value)
    copied = answer.button("Copy citation")
    assert copied.kind == "copy_text"
    assert copied.value == (
        "“1874” — The Lighthouse of Vela, Rosa Lindqvist, 3 March 2021, 08:30, paragraph 1, "
        "https://example.org/vela/lighthouse"
    )


def test_thumbs(chat: Chat) -> None:
    answer = chat.ask("«1874»?")
    chat.press(answer, "👍")
    chat.wait_until(lambda: "👍 ✓" in answer.labels, "the rating is shown")
    chat.press(answer, "👎")
    chat.wait_until(lambda: "👎 ✓" in answer.labels, "the other rating is shown")
    assert "👍" in answer.labels
    assert chat.press(answer, "👎 ✓").popup == messages.TAKEN_BACK
    chat.wait_until(lambda: "👎" in answer.labels, "no rating is shown")
    assert not answer.is_edited
