"""The commands: what they answer needs no model, so they never wait for a question."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer import Answer
from bot.settings import Settings
from bot.telegram_app import article_messages, messages
from bot.telegram_app.admission import Admission
from bot.telegram_app.chat_articles import Subject
from bot.telegram_app.keyboards import suggestion_data
from bot.telegram_app.pressed import answer_of
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import KeptAnswer
from bot.telegram_app.text.article_card import article_card, outline
from bot.telegram_app.text.article_list import titles
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.sources import sources_text
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS
from index.article import Article

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

# What stands behind /article to have all of it.
_FULL = "full"
_BLANK_LINE = RichText("\n\n")


class Commands:
    """Answers the commands that ask about the article, the last answer and the bot itself."""

    def __init__(
        self, services: Services, suggestions: Sequence[str], post_full_article: Handler
    ) -> None:
        """Prepare what does not change.

        Args:
            services: what the commands work with.
            suggestions: questions that the article answers.
            post_full_article: handles `/article full`.
        """
        article = services.pipeline.article
        self._services = services
        self._post_full_article = post_full_article
        # Counting the words of a long article takes long: once, not at every command.
        self._card = article_card(article)
        self._overview = _overview(article, self._card, services.settings)
        self._suggestions = tuple(suggestions)

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the card of what the chat asks, and questions to begin with."""
        subject = await self._subject(update)
        suggestions = self._suggestions if subject.kind == "default" else ()
        ask = messages.ASK_ME if suggestions else messages.ASK_ME_ANYTHING
        if self._services.settings.allow_uploads:
            ask = f"{ask} {article_messages.SEND_ME}"
        text = _BLANK_LINE.join([await self._card_of(subject), ask])
        await self._answer(update, Reply("card", text, suggestions_keyboard(suggestions)))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what the bot can do."""
        bot = context.bot
        has_inline_mode = bool(bot.supports_inline_queries)
        text = messages.help_text(
            bot.username,
            has_inline_mode=has_inline_mode,
            takes_articles=self._services.settings.allow_uploads,
        )
        await self._say(update, "help", text)

    async def article(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the card and the outline of what the chat asks, or have all of it posted."""
        if argument(update.effective_message).casefold() == _FULL:
            if not await self._refused(update):
                await self._post_full_article(update, context)
            return
        subject = await self._subject(update)
        article = await self._services.articles.article(subject)
        if subject.kind == "default":
            overview = self._overview
        elif article is None:
            overview = _all_titles(subject)
        else:
            settings = self._services.settings
            overview = await asyncio.to_thread(
                lambda: _overview(article, article_card(article), settings)
            )
        await self._answer(update, Reply("outline", overview))

    async def sources(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show all passages that the last answer was read from."""
        kept = await self._last_answer(update)
        if kept is None:
            await self._say(update, "sources", messages.NO_ANSWER_YET)
            return
        last = await answer_of(self._services, kept)
        await self._answer(update, Reply("sources", _sources(last)))

    async def feedback(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep a comment on the last answer, or say how to give one."""
        comment = argument(update.effective_message)
        if not comment:
            await self._say(update, "feedback", messages.HOW_TO_COMMENT)
            return
        if await self._refused(update):
            return
        kept, person = await self._last_answer(update), update.effective_sender
        if kept is None or person is None:
            await self._say(update, "feedback", messages.NOTHING_TO_COMMENT_ON)
            return
        await self._services.store.comment(kept.id, person.id, comment)
        await self._say(update, "feedback", messages.THANKS_FOR_COMMENT)

    async def privacy(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what is kept, and for how long."""
        days = self._services.settings.retention_days
        # For whoever the bot does not talk to, too.
        await answer(self._services, update, Reply("privacy", RichText(messages.privacy(days))))

    async def unknown(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that there is no such command; in a group it may be another bot's."""
        chat = update.effective_chat
        if chat is not None and chat.type == ChatType.PRIVATE:
            await self._say(update, "unknown", messages.UNKNOWN_COMMAND)

    async def _subject(self, update: Update) -> Subject:
        chat = update.effective_chat
        return Subject() if chat is None else await self._services.articles.subject(chat.id)

    async def _card_of(self, subject: Subject) -> RichText:
        article = await self._services.articles.article(subject)
        if subject.kind == "default":
            return self._card
        if article is None:
            return _all_titles(subject)
        return await asyncio.to_thread(article_card, article)

    async def _say(self, update: Update, key: str, sentence: str) -> None:
        await self._answer(update, Reply(key, RichText(sentence)))

    async def _answer(self, update: Update, reply: Reply) -> None:
        if not await self._refused(update):
            await answer(self._services, update, reply)

    async def _refused(self, update: Update) -> bool:
        """Tell a person who may not use the bot so, and return whether that is the case."""
        if _is_allowed(self._services.admission, update):
            return False
        await answer(self._services, update, Reply("refusal", RichText(messages.NOT_ALLOWED)))
        return True

    async def _last_answer(self, update: Update) -> KeptAnswer | None:
        chat = update.effective_chat
        return None if chat is None else await self._services.store.last_answer(chat.id)


def argument(message: Message | None) -> str:
    """Return what stands behind a command, without white space at its ends."""
    words = ((message and message.text) or "").split(maxsplit=1)
    return words[1].strip() if len(words) > 1 else ""


def suggestions_keyboard(suggestions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """Return buttons that ask these questions, one in a row; None where there is none."""
    if not suggestions:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(question, callback_data=suggestion_data(number))]
            for number, question in enumerate(suggestions)
        ]
    )


def _is_allowed(admission: Admission, update: Update) -> bool:
    person, chat = update.effective_user, update.effective_chat
    return chat is not None and admission.is_allowed(person.id if person else None, chat.id)


def _overview(article: Article, card: RichText, settings: Settings) -> RichText:
    """Return the card, the outline folded away, and how to have all of the article."""
    title = RichText(messages.OUTLINE).styled(Style.BOLD)
    # What is about to be declined is not offered.
    most = settings.full_article_max_messages * MAX_MESSAGE_UNITS
    is_short = RichText(article.text).utf16_length <= most
    end = [RichText(messages.FULL_ARTICLE_HINT)] if is_short else []
    around = _BLANK_LINE.join([card, title + "\n", *end])
    lines = outline(article, MAX_MESSAGE_UNITS - around.utf16_length)
    folded = title + "\n" + lines.styled(Style.EXPANDABLE_BLOCKQUOTE)
    return _BLANK_LINE.join([card, folded, *end])


def _all_titles(subject: Subject) -> RichText:
    """Return that several articles are asked, and which."""
    head = RichText(article_messages.asks_all(len(subject.entries))).styled(Style.BOLD)
    return head + "\n" + titles(subject.entries)


def _sources(last: Answer | None) -> RichText:
    if last is None:
        return RichText(messages.ANSWER_OF_ANOTHER_ARTICLE)
    return sources_text(last) if last.passages else RichText(messages.NO_SOURCES)
