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

from bot.telegram_app.addressing import question_in
from bot.telegram_app.buttons import Buttons
from bot.telegram_app.commands import Commands, Handler
from bot.telegram_app.errors import Errors
from bot.telegram_app.forgetting import FORGET_PATTERN, Forgetting
from bot.telegram_app.full_article import FullArticle
from bot.telegram_app.hints import Hints
from bot.telegram_app.inline import InlineAnswers
from bot.telegram_app.intake import AnyApplication
from bot.telegram_app.membership import Membership
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.services import Services

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
        return cls(
            questions=questions,
            buttons=Buttons(services, full_article, questions),
            commands=Commands(services, suggestions, full_article.post),
            forgetting=Forgetting(services),
            inline=InlineAnswers(services, suggestions),
            hints=Hints(services),
            membership=Membership(services),
        )


def build_application(
    bot: ExtBot[Any], processor: BaseUpdateProcessor, handlers: Handlers, errors: Errors
) -> AnyApplication:
    """Return the application, not started.

    It has no updater: `polling` or `web` bring the updates.

    Args:
        bot: acts in Telegram.
        processor: decides when an update is handled.
        handlers: handle it.
        errors: deal with what goes wrong.
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
            CallbackQueryHandler(handlers.buttons.on_button),
            InlineQueryHandler(handlers.inline.on_query),
            ChatMemberHandler(handlers.membership.on_change, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(_NEW & filters.StatusUpdate.MIGRATE, handlers.membership.on_migration),
            MessageHandler(_NEW & _Asks(), handlers.questions.on_question),
            MessageHandler(_EDITED & _Asks(), handlers.questions.on_edit),
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
        "sources": handlers.commands.sources,
        "feedback": handlers.commands.feedback,
        "privacy": handlers.commands.privacy,
        "forget": handlers.forgetting.forget,
    }
    for name, handle in commands.items():
        application.add_handler(CommandHandler(name, handle, filters=_NEW))
    application.add_handler(MessageHandler(_NEW & filters.COMMAND, handlers.commands.unknown))


class _Asks(filters.UpdateFilter):
    """Lets through what asks the bot something."""

    def __init__(self) -> None:
        super().__init__(name="asks the bot")

    def filter(self, update: Update) -> bool:
        bot = update.get_bot()
        question = question_in(update, bot.username, bot.id)
        return question is not None and not question.is_blank
