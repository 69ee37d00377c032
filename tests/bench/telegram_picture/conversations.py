"""Conversations that are worth a picture, held with the real command.

The fake pipeline is told in «» what to find; the real one is asked like a person asks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.telegram_picture.recording import Screen, record
from tests.telegram_app.blackbox.bot_process import REAL, SCRIPTED, BotProcess
from tests.telegram_app.blackbox.pages import HARBOUR, Pages
from tests.telegram_app.emulator.attachments import Document, send_document
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person
from tests.telegram_app.emulator.world import BOT

_PAGE = "/harbour-reopens"
_MILL = """The Mill at Orsa

By Signe Dahl | 14 June 2023

The old mill at Orsa was sold in 1999. Its wheel turns again since a baker from Lund bought it.
"""
_HARD_ARTICLE = Path(__file__).with_name("hard_article.txt")
# The first answer of the real models comes late.
_PATIENCE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, so that these verdicts come out.

    Attributes:
        answered: has an answer of a few words.
        values: has several values.
        refused: has no answer.
        unsure: may have none.
        sent: is asked about a page that was sent, and has an answer of a few words.
    """

    answered: str
    values: str
    refused: str
    unsure: str
    sent: str


_SCRIPTED_QUESTIONS = Questions(
    answered="What did Iraq capture in late January? «east Mosul»",
    values="How long has the battle lasted? «nine months» «eight months»",
    refused="How tall is the Eiffel Tower, or nothing?",
    unsure="unsure: which part was first? «east Mosul»",
    sent="Which day did the harbour of Vela reopen? «Thursday»",
)
_REAL_QUESTIONS = Questions(
    answered="What did Iraq capture in late January?",
    values="How many months have they been fighting for Mosul?",
    refused="How tall is the Eiffel Tower?",
    unsure="What is Lise Grande's job?",
    sent="Which day did the harbour of Vela reopen?",
)


def hold(directory: Path, *, real: bool) -> list[Screen]:
    """Hold all conversations and return them as screens.

    Args:
        directory: for the bots' data; empty.
        real: with the models of the settings; else with a pipeline that is told what to find.
    """
    module = REAL if real else SCRIPTED
    questions = _REAL_QUESTIONS if real else _SCRIPTED_QUESTIONS
    screens = []
    with EmulatedTelegram() as telegram, Pages({_PAGE: HARBOUR}) as pages:
        with BotProcess(telegram, directory / "default", module, **pages.settings).start():
            for scene in _SCENES:
                screens.append(scene(telegram, questions))
            screens.append(_sent_link(telegram, questions, pages.url(_PAGE)))
            screens.append(_own_articles(telegram, pages.url(_PAGE)))
        # Its texts are found by their words in «» alone.
        hard = {"ARTICLE": str(_HARD_ARTICLE)}
        with BotProcess(telegram, directory / "hard", SCRIPTED, **hard).start():
            screens.extend(_hard_texts(telegram))
    return screens


def _first_steps(telegram: EmulatedTelegram, questions: Questions) -> Screen:
    chat = Person(telegram).private_chat()
    chat.say("/start")
    chat.wait_for(1, _PATIENCE_SECONDS)
    _ask(chat, questions.answered)
    return record(chat, "The article's card, and an answer")


def _sentence(telegram: EmulatedTelegram, questions: Questions) -> Screen:
    chat = Person(telegram).private_chat()
    answer = _ask(chat, questions.values)
    return record(chat, "Several values; [1] is pressed", chat.press(answer, "[1]").popup)


def _context(telegram: EmulatedTelegram, questions: Questions) -> Screen:
    chat = Person(telegram).private_chat()
    answer = _ask(chat, questions.answered)
    chat.press(answer, "In context")
    chat.wait_until(lambda: answer.is_edited, "the context is shown")
    chat.press(answer, "👍")
    chat.wait_until(lambda: "👍 ✓" in answer.labels, "the rating is shown")
    return record(chat, "In context, and rated")


def _no_answer(telegram: EmulatedTelegram, questions: Questions) -> Screen:
    chat = Person(telegram).private_chat()
    _ask(chat, questions.refused)
    _ask(chat, questions.unsure)
    return record(chat, "What the article does not say, or may not")


def _full_article(telegram: EmulatedTelegram, questions: Questions) -> Screen:
    chat = Person(telegram).private_chat()
    chat.say("/article full")
    chat.wait_for(2, _PATIENCE_SECONDS)
    chat.say(questions.answered)
    chat.wait_for(3, _PATIENCE_SECONDS)
    return record(chat, "The whole article stands in the chat")


def _group(telegram: EmulatedTelegram, questions: Questions) -> Screen:
    ada, grace = Person(telegram, "Ada"), Person(telegram, "Grace")
    group = ada.group("Reading circle")
    group.wait_for(1, _PATIENCE_SECONDS)
    asked = group.say(f"@{BOT['username']} {questions.answered}", by=grace)
    group.reply_to(asked, _PATIENCE_SECONDS)
    return record(group, "In a group, when it is mentioned")


def _sent_link(telegram: EmulatedTelegram, questions: Questions, url: str) -> Screen:
    chat = Person(telegram).private_chat()
    chat.say(url)
    chat.wait_until(lambda: _is_ready(chat.from_bot[-1:]), "the page is read", _PATIENCE_SECONDS)
    _ask(chat, questions.sent)
    return record(chat, "A link is sent, and asked")


def _own_articles(telegram: EmulatedTelegram, url: str) -> Screen:
    chat = Person(telegram).private_chat()
    send_document(chat, Document(_MILL.encode(), "mill.txt"))
    chat.wait_until(lambda: _is_ready(chat.from_bot[-1:]), "the file is read", _PATIENCE_SECONDS)
    chat.say(url)
    chat.wait_until(lambda: _is_ready(chat.from_bot[1:]), "the page is read", _PATIENCE_SECONDS)
    chat.say("/articles")
    chat.wait_for(3, _PATIENCE_SECONDS)
    return record(chat, "The chat's own articles")


def _is_ready(messages: list[Message]) -> bool:
    return bool(messages) and str(messages[-1].text).endswith("Ask away.")


_SCENES: tuple[Callable[[EmulatedTelegram, Questions], Screen], ...] = (
    _first_steps,
    _sentence,
    _context,
    _no_answer,
    _full_article,
    _group,
)


def _hard_texts(telegram: EmulatedTelegram) -> Iterator[Screen]:
    cases = {
        "A long sentence": "How long is a list? «every guest who climbed the stairs»",
        "From right to left": "What of the sea? «הים היה שקט»",
        "Emoji": "What is cooked? «👩‍🍳 The cook from Porto 🇵🇹»",
        "No markup": "What is «<b>quoted</b> & [linked](https://example.org) *here*»?",
    }
    for caption, question in cases.items():
        chat = Person(telegram).private_chat()
        _ask(chat, question)
        yield record(chat, caption)


def _ask(chat: Chat, text: str) -> Message:
    return chat.reply_to(chat.say(text), _PATIENCE_SECONDS)
