"""The application: which handler gets which update."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.ext import (
    ApplicationBuilder,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram_app.article_choice import CHOICE_PATTERN, ArticleChoice
from bot.telegram_app.buttons import Buttons
from bot.telegram_app.commands import Commands, Handler
from bot.telegram_app.errors import Errors
from bot.telegram_app.forgetting import FORGET_PATTERN, Forgetting
from bot.telegram_app.full_article import FullArticle
from bot.telegram_app.hints import Hints
from bot.telegram_app.incoming import READ_COMMAND, ToAsk, intent_of
from bot.telegram_app.inline import InlineAnswers
from bot.telegram_app.intake import AnyApplication
from bot.telegram_app.membership import Membership
from bot.telegram_app.offer_buttons import OFFER_PATTERN
from bot.telegram_app.offers import Offers
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.readings import Readings
from bot.telegram_app.receiving import Receiving
from bot.telegram_app.services import Services
from bot.telegram_app.source_reading import SettingsReader

# Telegram sends no other kinds.
ALLOWED_UPDATES: Sequence[str] = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)

_NEW, _EDITED = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE


@dataclass(frozen=True, slots=True)
class Handlers:
    """Whatever handles an update, by its kind."""

    questions: QuestionHandlers
    receiving: Receiving
    readings: Readings
    offers: Offers
    choice: ArticleChoice
    buttons: Buttons
    commands: Commands
    forgetting: Forgetting
    inline: InlineAnswers
    hints: Hints
    membership: Membership

    @classmethod
    def of(cls, services: Services, suggestions: Sequence[str]) -> "Handlers":
        """Make all handlers.

        Args:
            services: what they work with.
            suggestions: questions that the article answers.
        """
        full_article = FullArticle(services)
        questions = QuestionHandlers(services, full_article)
        readings = Readings(services, SettingsReader(services.settings), questions)
        offers = Offers(services, questions, readings)
        return cls(
            questions=questions,
            receiving=Receiving(services, questions, readings, offers),
            readings=readings,
            offers=offers,
            choice=ArticleChoice(services),
            buttons=Buttons(services, full_article, questions),
            commands=Commands(services, suggestions, full_article.post),
            forgetting=Forgetting(services),
            inline=InlineAnswers(services, suggestions),
            hints=Hints(services),
            membership=Membership(services),
        )


def build_application(
    bot: ExtBot[Any],
    processor: BaseUpdateProcessor,
    handlers: Handlers,
    errors: Errors,
    long_text: int,
) -> AnyApplication:
    """Return the application, not started.

    It has no updater: `polling` or `web` bring the updates.

    Args:
        bot: acts in Telegram.
        processor: decides when an update is handled.
        handlers: handle it.
        errors: deal with what goes wrong.
        long_text: from how many characters on a text may be an article.
    """
    application: AnyApplication = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(processor)
        .build()
    )
    _add_commands(application, handlers)
    application.add_handlers(
        [
            CallbackQueryHandler(handlers.forgetting.on_button, pattern=FORGET_PATTERN),
            CallbackQueryHandler(handlers.offers.on_button, pattern=OFFER_PATTERN),
            CallbackQueryHandler(handlers.choice.on_button, pattern=CHOICE_PATTERN),
            CallbackQueryHandler(handlers.buttons.on_button),
            InlineQueryHandler(handlers.inline.on_query),
            ChatMemberHandler(handlers.membership.on_change, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, handlers.membership.on_migration),
            MessageHandler(_NEW & _Means(object, long_text), handlers.receiving.on_message),
            MessageHandler(_EDITED & _Means(ToAsk, long_text), handlers.questions.on_edit),
            MessageHandler(_NEW & ~filters.StatusUpdate.ALL, handlers.hints.on_message),
        ]
    )
    application.add_error_handler(errors.on_error)
    return application


def _add_commands(application: AnyApplication, handlers: Handlers) -> None:
    commands: dict[str, Handler] = {
        "start": handlers.commands.start,
        "help": handlers.commands.help,
        "article": handlers.commands.article,
        "articles": handlers.choice.articles,
        "default": handlers.choice.default,
        READ_COMMAND: handlers.receiving.on_read,
        "sources": handlers.commands.sources,
        "feedback": handlers.commands.feedback,
        "privacy": handlers.commands.privacy,
        "forget": handlers.forgetting.forget,
    }
    for name, handle in commands.items():
        application.add_handler(CommandHandler(name, handle, filters=_NEW))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND, handlers.commands.unknown))


class _Means(filters.UpdateFilter):
    """Lets through messages with which a person wants something of the bot."""

    def __init__(self, kind: type, long_text: int) -> None:
        """Let through one kind of intent."""
        super().__init__(name="wants something")
        self._kind = kind
        self._long_text = long_text

    def filter(self, update: Update) -> bool:
        message = update.message or update.edited_message
        if message is None:
            return False
        intent = intent_of([message], update.get_bot(), self._long_text)
        return intent is not None and isinstance(intent, self._kind)
