"""`/articles` and `/default`: which of a chat's articles is asked, and which it no longer needs."""

import re
from collections.abc import Sequence

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.telegram_app import article_messages, messages
from bot.telegram_app.chat_articles import ALL, Subject
from bot.telegram_app.pressed import acknowledge, note_gone
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.rights import may_send_articles
from bot.telegram_app.sending import Edit, edit
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.article_list import about, default_title, entry_title, titles
from bot.telegram_app.text.rich_text import RichText, Style
from index.library.entry import Entry

# What a button says: use one, the default one, all of them; show which can be removed, ask whether
# to remove one, remove it; go back.
_USE, _DEFAULT, _ALL, _SHOW_REMOVE, _ASK_REMOVE, _REMOVE, _BACK = "u", "d", "a", "r", "x", "y", "b"
CHOICE_PATTERN = r"^v1:a:(?:[uxy]:[0-9a-f]{16}|[darb])$"
_CHOICE = re.compile(r"v1:a:([uxydarb])(?::([0-9a-f]{16}))?")
# In UTF-16 units: what a phone shows of a button.
_MAX_LABEL_UNITS = 40
_FEWEST_FOR_ALL = 2
_BLANK_LINE = RichText("\n\n")

_Shown = tuple[RichText, InlineKeyboardMarkup | None]


class ArticleChoice:
    """Shows a chat its own articles, and does what the buttons below them say."""

    def __init__(self, services: Services) -> None:
        """Use the bot's services."""
        self._services = services

    async def articles(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """List the chat's articles, with buttons to choose and to remove."""
        chat = update.effective_chat
        if chat is None or await self._is_refused(update):
            return
        text, keyboard = await self._list(chat.id)
        await answer(self._services, update, Reply("articles", text, keyboard))

    async def default(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Have the chat ask the operator's article again."""
        chat = update.effective_chat
        if chat is None or await self._is_refused(update):
            return
        if await self._may(update):
            await self._services.articles.choose(chat.id, None)
            title = default_title(self._services.pipeline.article)
            reply = Reply("default", about(article_messages.ASKS, title))
        else:
            reply = Reply("default", RichText(self._why_not()))
        await answer(self._services, update, reply)

    async def on_button(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Choose or remove an article, and show how things stand then."""
        query = update.callback_query
        match = _CHOICE.fullmatch((query and query.data) or "")
        if query is None or query.message is None or match is None:
            return
        if not await self._may(update):
            await acknowledge(self._services, query, self._why_not(), is_alert=True)
            return
        what, article = match.groups()
        place = MessagePlace(query.message.chat.id, query.message.message_id)
        # What one chat has, another cannot name: only its own are looked through.
        entry = await self._services.articles.entry(place.chat_id, article or "")
        is_gone = article is not None and entry is None
        said = article_messages.ARTICLE_IS_GONE if is_gone else None
        if what == _ASK_REMOVE and entry is not None:
            shown = _remove_question(entry)
        elif what == _SHOW_REMOVE:
            text, _ = await self._list(place.chat_id)
            entries = await self._services.articles.entries(place.chat_id)
            shown = text, _removal_keyboard(entries)
        else:
            said = await self._do(place.chat_id, what, entry) or said
            shown = await self._list(place.chat_id)
        await acknowledge(self._services, query, said)
        await self._show(context.bot, place, shown)

    async def _do(self, chat_id: int, what: str, entry: Entry | None) -> str | None:
        """Do what a button says; return what there is to say about it."""
        articles = self._services.articles
        if what == _DEFAULT:
            await articles.choose(chat_id, None)
        elif what == _ALL:
            await articles.choose(chat_id, ALL)
        elif what == _USE and entry is not None:
            await articles.choose(chat_id, entry)
        elif what == _REMOVE and entry is not None:
            await articles.remove(chat_id, entry)
            return article_messages.REMOVED
        return None

    async def _list(self, chat_id: int) -> _Shown:
        """Return what the chat asks, what it has, and the buttons."""
        articles, default = self._services.articles, self._services.pipeline.article
        entries = await articles.entries(chat_id)
        subject = await articles.subject(chat_id)
        title = default_title(default)
        if not entries:
            no_articles = RichText(article_messages.NO_ARTICLES_YET)
            return _BLANK_LINE.join([about(article_messages.ASKS, title), no_articles]), None
        heading = RichText(article_messages.ARTICLES_TITLE).styled(Style.BOLD)
        text = _BLANK_LINE.join([_asks(subject, title), heading + "\n" + titles(entries)])
        return text, _keyboard(entries, subject, title)

    async def _show(self, bot: Bot, place: MessagePlace, shown: _Shown) -> None:
        try:
            await edit(self._services, bot, place, Edit(*shown))
        except BadRequest as error:
            note_gone(error)

    async def _may(self, update: Update) -> bool:
        settings = self._services.settings
        return settings.allow_uploads and await may_send_articles(
            self._services.outbox, update, settings.group_uploads
        )

    def _why_not(self) -> str:
        settings = self._services.settings
        if not settings.allow_uploads:
            return article_messages.UPLOADS_ARE_OFF
        if settings.group_uploads == "nobody":
            return article_messages.NOBODY_UPLOADS_IN_GROUPS
        return article_messages.ONLY_ADMINISTRATORS_UPLOAD

    async def _is_refused(self, update: Update) -> bool:
        """Tell whoever may not use the bot so, and where there are no articles but one."""
        services, person, chat = self._services, update.effective_user, update.effective_chat
        if chat is None or not services.admission.is_allowed(
            person.id if person else None, chat.id
        ):
            sentence = messages.NOT_ALLOWED
        elif not services.settings.allow_uploads:
            sentence = article_messages.UPLOADS_ARE_OFF
        else:
            return False
        await answer(services, update, Reply("refusal", RichText(sentence)))
        return True


def _asks(subject: Subject, default: RichText) -> RichText:
    """Return what the questions of a chat are about."""
    if subject.kind == "all":
        return RichText(article_messages.asks_all(len(subject.entries)))
    title = entry_title(subject.entries[0]) if subject.entries else default
    return about(article_messages.ASKS, title)


def _keyboard(
    entries: Sequence[Entry], subject: Subject, default: RichText
) -> InlineKeyboardMarkup:
    chosen = subject.entries[0].id if subject.kind == "one" else None
    rows = [
        [_button(entry_title(entry, _MAX_LABEL_UNITS), f"{_USE}:{entry.id}", entry.id == chosen)]
        for entry in entries
    ]
    if len(entries) >= _FEWEST_FOR_ALL:
        label = RichText(article_messages.CHOOSE_ALL)
        rows.append([_button(label, _ALL, subject.kind == "all")])
    rows.append([_button(default, _DEFAULT, subject.kind == "default")])
    rows.append([_button(RichText(article_messages.REMOVE_ONE), _SHOW_REMOVE)])
    return InlineKeyboardMarkup(rows)


def _removal_keyboard(entries: Sequence[Entry]) -> InlineKeyboardMarkup:
    mark = RichText(article_messages.REMOVE)
    rows = [
        [_button(mark + entry_title(entry, _MAX_LABEL_UNITS), f"{_ASK_REMOVE}:{entry.id}")]
        for entry in entries
    ]
    return InlineKeyboardMarkup([*rows, [_button(RichText(article_messages.BACK), _BACK)]])


def _remove_question(entry: Entry) -> _Shown:
    keyboard = [
        [
            _button(RichText(article_messages.REMOVE_YES), f"{_REMOVE}:{entry.id}"),
            _button(RichText(article_messages.REMOVE_NO), _BACK),
        ]
    ]
    text = about(article_messages.REMOVE_QUESTION, entry_title(entry))
    return text, InlineKeyboardMarkup(keyboard)


def _button(label: RichText, data: str, is_chosen: bool = False) -> InlineKeyboardButton:
    mark = article_messages.CHOSEN if is_chosen else ""
    return InlineKeyboardButton(f"{mark}{label.plain()}", callback_data=f"v1:a:{data}")
