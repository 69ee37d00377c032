"""A person talks with the bot, by polling and by webhook."""

import pytest

from bot.answer import DOES_NOT_SAY, MAY_NOT_SAY
from bot.telegram_app import messages
from tests.telegram_app.blackbox.conftest import Running
from tests.telegram_app.emulator.people import PHOTO, STICKER, VOICE, Chat

TITLE = "The Lighthouse of Vela"


def test_start_shows_the_article_and_questions_that_it_answers(chat: Chat) -> None:
    chat.say("/start")
    card = chat.wait_for(1)[0]
    assert card.text is not None
    for fact in (TITLE, "Rosa Lindqvist", "3 March 2021", messages.ASK_ME):
        assert fact in card.text
    assert "https://example.org/vela/lighthouse" in [
        entity.get("url") for entity in card.entities
    ] or ("https://example.org/vela/lighthouse" in card.text)
    assert len(card.labels) == 3
    question = card.labels[0]
    press = chat.press(card, question)
    assert press.popup is None
    _, asked, answer = chat.wait_for(3)
    assert asked.text == question
    assert answer.reply is not None
    assert answer.reply.message_id == asked.message_id
    assert answer.words("bold") != []


def test_an_answer_is_the_articles_words_with_the_sentence_around_them(chat: Chat) -> None:
    asked = chat.say("When was it built? «1874»")
    answer = chat.reply_to(asked)
    assert answer.text == (
        "1874 [1]\n\nThe lighthouse of Vela was built in 1874.\n"
        "[1] paragraph 1 · The Lighthouse of Vela"
    )
    assert answer.words("bold") == ["1874", "1874"]
    assert answer.words("expandable_blockquote") == ["The lighthouse of Vela was built in 1874."]
    assert answer.words("underline") == ["1874"]
    assert answer.labels[:2] == ["[1]", "In context"]
    assert answer.labels[2:] == ["Open at the sentence", "Copy citation", "👍", "👎"]


def test_the_bot_is_typing_while_it_works(running: Running, chat: Chat) -> None:
    asked = chat.say("held: «1874»")
    running.gate.wait()
    chat.wait_until(lambda: chat.state.actions, "the bot is typing")
    assert chat.from_bot == []
    running.gate.open()
    assert chat.reply_to(asked).words("underline") == ["1874"]


def test_help_does_not_wait_for_eight_questions(running: Running, chat: Chat) -> None:
    people = [running.person() for _ in range(8)]
    chats = [person.private_chat() for person in people]
    asked = [one.say("held: «1874»") for one in chats]
    for _ in range(2):  # as many as there are threads
        running.gate.wait()
    times = []
    for number in range(1, 11):
        command = chat.say("/help")
        times.append(chat.wait_for(number)[-1].at - command.at)
    for _ in range(6):
        running.gate.open()
        running.gate.wait()
    running.gate.open()
    for one, message in zip(chats, asked, strict=True):
        one.reply_to(message)
    # The best of ten, in seconds: the machine of the tests may be a busy one.
    assert min(times) < 0.1


def test_several_values_stand_one_under_the_other(chat: Chat) -> None:
    answer = chat.ask("How many workers? «ninety workers» «Forty workers»")
    assert answer.text is not None
    assert answer.text.splitlines()[:2] == ["Forty workers [1]", "ninety workers [2]"]
    assert len(answer.words("expandable_blockquote")) == 2
    assert answer.labels[:3] == ["[1]", "[2]", "In context"]


def test_unsure(chat: Chat) -> None:
    answer = chat.ask("unsure «1931»?")
    assert answer.text is not None
    assert answer.words("bold")[0] == MAY_NOT_SAY
    assert answer.words("expandable_blockquote") == ["In 1931 the lamp became electric."]


def test_not_in_the_article(chat: Chat) -> None:
    answer = chat.ask("nothing of the Eiffel Tower?")
    assert answer.words("bold")[0] == DOES_NOT_SAY
    assert len(answer.words("expandable_blockquote")) == 1
    assert answer.labels == ["👍", "👎"]


@pytest.mark.parametrize(
    "words",
    ["👩‍🍳 The cook", "🐟🍲", "הים היה שקט בלילה", '<b>with "quotes" & [brackets]'],
)
def test_words_that_are_no_plain_english(chat: Chat, words: str) -> None:
    answer = chat.ask(f"Where is «{words}»?")
    assert answer.words("underline") == [words]


def test_a_question_that_cannot_be_asked(chat: Chat) -> None:
    answer = chat.ask("???")
    expected = "The question ??? has no word in it. Ask something, such as “Who wrote this?”"
    assert answer.text == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/help", "/article full posts the whole article"),
        ("/article", messages.FULL_ARTICLE_HINT),
        ("/privacy", "90 days"),
        ("/sources", messages.NO_ANSWER_YET),
        ("/feedback", messages.HOW_TO_COMMENT),
        ("/feedback fine", messages.NOTHING_TO_COMMENT_ON),
        ("/weather", messages.UNKNOWN_COMMAND),
    ],
)
def test_commands(chat: Chat, command: str, expected: str) -> None:
    chat.say(command)
    answer = chat.wait_for(1)[0]
    assert answer.text is not None
    assert expected in answer.text


def test_the_sources_of_the_last_answer(chat: Chat) -> None:
    chat.ask("nothing of a museum?")
    chat.say("/sources")
    sources = chat.wait_for(2)[1]
    assert sources.text is not None
    assert "behind the last answer" in sources.text
    assert "museum" in sources.text


def test_an_edited_question_edits_its_answer(chat: Chat) -> None:
    asked = chat.say("«1874»?")
    answer = chat.reply_to(asked)
    chat.edit(asked, "«1931»?")
    chat.wait_until(lambda: answer.is_edited, "the answer is edited")
    assert answer.words("underline") == ["1931"]
    assert chat.from_bot == [answer]


def test_what_is_no_text_gets_a_hint_once(chat: Chat) -> None:
    for content in (PHOTO, STICKER, VOICE):
        chat.say(None, extra=content)
    asked = chat.say("«1874»?")
    chat.reply_to(asked)
    hints = [
        message for message in chat.from_bot if str(message.text).startswith(messages.HINT_PHOTO)
    ]
    assert [message.text for message in chat.from_bot if message not in hints] == [
        chat.replies_to(asked)[0].text
    ]
    assert len(hints) == 1


def test_forgetting(running: Running, chat: Chat) -> None:
    answer = chat.ask("«1874»?")
    chat.say("/forget")
    question = chat.wait_for(2)[1]
    assert question.labels == [messages.FORGET_YES, messages.FORGET_NO]
    chat.press(question, messages.FORGET_YES)
    chat.wait_until(
        lambda: any(m.text == messages.FORGOTTEN for m in chat.from_bot), "it is forgotten"
    )
    press = chat.press(answer, "[1]")
    assert press.popup == messages.EXPIRED


def test_who_blocks_the_bot_does_no_harm(running: Running, chat: Chat, refusals: list[str]) -> None:
    refusals.append("Forbidden: bot was blocked by the user")
    with running.telegram.world.changed:
        chat.state.is_closed = True
    chat.say("«1874»?")
    running.telegram.wait_until(
        lambda: any(
            call.status == 403 and call.fields["chat_id"] == chat.id
            for call in running.telegram.world.calls
        ),
        "the answer is refused",
    )
    assert running.person().private_chat().ask("«1931»?").words("underline") == ["1931"]


def test_the_log_has_no_token_and_no_messages(running: Running, chat: Chat) -> None:
    chat.ask("What did Ottavia light? «Ottavia Brand»")
    assert "ready" in running.bot.log
    for secret in (
        running.telegram.environment["TELEGRAM_TOKEN"],
        "Ottavia",
        "Traceback",
        "Warning",
    ):
        assert secret not in running.bot.log
