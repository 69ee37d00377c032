"""Putting the parts of the running bot together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram import Update

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app import messages
from bot.telegram_app.admin_notes import AdminNotes
from bot.telegram_app.admission import Admission
from bot.telegram_app.application import ALLOWED_UPDATES, Handlers, build_application
from bot.telegram_app.bot_client import DurableBot, durable_bot
from bot.telegram_app.chat_articles import ChatArticles, Pipelines
from bot.telegram_app.errors import Errors
from bot.telegram_app.gathering import Gathering
from bot.telegram_app.giving_up import tell_given_up
from bot.telegram_app.incoming import piece_of
from bot.telegram_app.intake import AnyApplication, Intake
from bot.telegram_app.lanes import LaneSize
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.processor import TurnProcessor, TurnRules
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.services import Services
from bot.telegram_app.sources import PollingSource, Source, WebhookSource
from bot.telegram_app.store.protocol import Store
from bot.telegram_app.turns import turn_of
from index.library.library import Library


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, ready to answer.

    Attributes:
        default: answers where a chat has chosen no article of its own.
        suggestions: questions that its article answers.
        pipelines: open the chats' own.
        library: has them.
    """

    default: QAPipeline
    suggestions: Sequence[str]
    pipelines: Pipelines
    library: Library


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a running bot starts and stops.

    Attributes:
        services: what the handlers work with.
        application: handles updates.
        source: brings them.
        intake: brings back those that were not finished.
        notes: tell the operator of errors.
    """

    services: Services
    application: AnyApplication
    source: Source
    intake: Intake
    notes: AdminNotes


def assemble(settings: Settings, asked: Asked, store: Store) -> Parts:
    """Put the bot together; nothing is started.

    Args:
        settings: of the bot, with a token.
        asked: what is asked.
        store: remembers.

    Raises:
        ArticleBotError: if something that the settings name cannot be used.
    """
    metrics, intake = Metrics(), Intake(store)
    bot = durable_bot(settings, intake, metrics)
    gathering = Gathering(lambda update: piece_of(update, bot), settings.join_seconds)
    articles = ChatArticles(asked.default, asked.pipelines, asked.library, store)
    services = _services(settings, articles, store, gathering, metrics)
    handlers = Handlers.of(services, asked.suggestions)
    notes = AdminNotes(bot, settings.admin_chat)
    errors = Errors(services, notes)
    processor = TurnProcessor(
        services.queue, store, _rules(services, bot, handlers, notes), gathering
    )
    application = build_application(bot, processor, handlers, errors, settings.long_text_length)
    source: Source
    if settings.webhook_url is None:
        source = PollingSource(application, ALLOWED_UPDATES, errors.on_polling_error, metrics)
    else:
        source = WebhookSource(application, ALLOWED_UPDATES, intake, settings)
    return Parts(services, application, source, intake, notes)


def _services(
    settings: Settings,
    articles: ChatArticles,
    store: Store,
    gathering: Gathering,
    metrics: Metrics,
) -> Services:
    queue = QuestionQueue(
        threads=settings.answer_threads,
        limit=settings.queue_limit,
        reading=LaneSize(settings.reading_threads, settings.reading_queue_limit),
        on_change=metrics.waiting.set,
    )
    return Services(
        settings=settings,
        articles=articles,
        store=store,
        gathering=gathering,
        outbox=Outbox(store, metrics, stopping=queue.stopping),
        queue=queue,
        admission=Admission(settings),
        metrics=metrics,
        # To the second, as Telegram dates messages: what is sent right now did not pile up.
        started_at=datetime.now(UTC).replace(microsecond=0),
    )


def _rules(services: Services, bot: DurableBot, handlers: Handlers, notes: AdminNotes) -> TurnRules:
    settings = services.settings

    async def give_up(update: Update) -> None:
        notes.tell(messages.admin_given_up(update.update_id))
        if not await handlers.readings.give_up(update, bot):
            await tell_given_up(services.outbox, update)

    return TurnRules(
        turn_of=lambda update: turn_of(update, bot, services.started_at, settings.long_text_length),
        on_long_wait=lambda update, place: handlers.questions.tell_place(update, bot, place),
        on_given_up=give_up,
        notice_seconds=settings.queue_notice_seconds,
        max_tries=settings.max_tries,
    )
