"""A conversation with the bot's handlers: a real application, store, outbox and queue."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app.admission import Admission
from bot.telegram_app.article_choice import CHOICE_PATTERN, ArticleChoice
from bot.telegram_app.buttons import Buttons
from bot.telegram_app.full_article import FullArticle
from bot.telegram_app.gathering import Gathering
from bot.telegram_app.incoming import piece_of
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.offer_buttons import OFFER_PATTERN
from bot.telegram_app.offers import Offers
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.readings import Readings
from bot.telegram_app.receiving import Receiving
from bot.telegram_app.services import Services
from bot.telegram_app.source_reading import SettingsReader
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from tests.telegram_app.fake_pipelines import chat_articles
from tests.telegram_app.offline_bot import (
    ANN,
    BOT_NAME,
    DATE,
    PRIVATE,
    Json,
    OfflineTelegram,
    button,
)


class Talk:
    """What people do in chats, and the bot's handlers that answer, on one event loop."""

    def __init__(self, pipeline: QAPipeline, data_dir: Path, settings: Settings) -> None:
        self.telegram = OfflineTelegram()
        self.bot = self.telegram.bot()
        self.store = SqliteStore.open(store_path(data_dir))
        metrics = Metrics()
        queue = QuestionQueue(threads=1, limit=settings.queue_limit)
        self.services = Services(
            settings=settings,
            articles=chat_articles(pipeline, settings, self.store),
            store=self.store,
            gathering=Gathering(lambda update: piece_of(update, self.bot), settings.join_seconds),
            outbox=Outbox(self.store, metrics, stopping=queue.stopping),
            queue=queue,
            admission=Admission(settings),
            metrics=metrics,
            started_at=datetime.fromtimestamp(DATE - 60, UTC),
        )
        self._runner = asyncio.Runner()
        self._update_ids = count(1)
        self._errors: list[BaseException | None] = []
        self.restart(pipeline)

    def restart(self, pipeline: QAPipeline) -> None:
        """Make all handlers anew, as at a start; perhaps about another article."""
        services = Services(
            **{name: getattr(self.services, name) for name in Services.__slots__}
            | {"articles": chat_articles(pipeline, self.services.settings, self.store)}
        )
        self.services = services
        self.full_article = FullArticle(services)
        self.questions = QuestionHandlers(services, self.full_article)
        self.buttons = Buttons(services, self.full_article, self.questions)
        self.readings = Readings(services, SettingsReader(services.settings), self.questions)
        self.offers = Offers(services, self.questions, self.readings)
        self.receiving = Receiving(services, self.questions, self.readings, self.offers)
        self.choice = ArticleChoice(services)
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self.bot).updater(None).job_queue(None).build()
        )
        kinds = filters.UpdateType
        self._application.add_handlers(
            [
                CommandHandler("article", self.full_article.post),
                CommandHandler("articles", self.choice.articles),
                CommandHandler("default", self.choice.default),
                CommandHandler("read", self.receiving.on_read),
                MessageHandler(kinds.MESSAGE, self.receiving.on_message),
                MessageHandler(kinds.EDITED_MESSAGE, self.questions.on_edit),
                CallbackQueryHandler(self.offers.on_button, pattern=OFFER_PATTERN),
                CallbackQueryHandler(self.choice.on_button, pattern=CHOICE_PATTERN),
                CallbackQueryHandler(self.buttons.on_button),
            ]
        )
        self._application.add_error_handler(self._note_error)
        self.run(self._application.initialize())

    async def _note_error(self, _update: object, context: Any) -> None:  # noqa: ANN401
        self._errors.append(context.error)

    def run(self, coroutine: Any) -> Any:  # noqa: ANN401
        """Return what a coroutine returns."""
        return self._runner.run(coroutine)

    @property
    def context(self) -> ContextTypes.DEFAULT_TYPE:
        """What handlers are given besides an update."""
        return ContextTypes.DEFAULT_TYPE(self._application)

    def close(self) -> None:
        self.run(self.store.close())
        self._runner.close()

    def update(self, **content: Json) -> Update:
        """Return the next update."""
        raw = {"update_id": next(self._update_ids), **content}
        update = Update.de_json(raw, self.bot)
        assert update is not None
        return update

    def take(self, update: Update) -> None:
        """Have an update handled.

        Raises:
            Exception: what its handler raised.
        """
        self.run(self._application.process_update(update))
        if self._errors:
            error = self._errors.pop()
            assert error is not None
            raise error

    def says(
        self,
        text: str,
        chat: Json = PRIVATE,
        person: Json = ANN,
        **fields: Any,  # noqa: ANN401
    ) -> Json:
        """Send a message to the bot; return it."""
        message = self.telegram.put(chat, person, text, **fields)
        self.take(self.update(message=message))
        return message

    def edits(self, message: Json, text: str) -> Update:
        """Edit a message; return the update."""
        edited = {**message, "text": text, "edit_date": DATE + 1}
        self.telegram.messages[message["chat"]["id"], message["message_id"]] = edited
        update = self.update(edited_message=edited)
        self.take(update)
        return update

    def mentions(self, text: str, chat: Json, **fields: Any) -> Json:  # noqa: ANN401
        """Send a message that begins with the bot's name."""
        mention = {"type": "mention", "offset": 0, "length": len(BOT_NAME) + 1}
        return self.says(f"@{BOT_NAME} {text}", chat, entities=[mention], **fields)

    def sends(
        self,
        content: bytes,
        name: str = "mill.txt",
        chat: Json = PRIVATE,
        person: Json = ANN,
        **fields: Any,  # noqa: ANN401
    ) -> Json:
        """Send a document to the bot; return the message."""
        file_id = f"f{len(self.telegram.files)}"
        self.telegram.files[file_id] = content
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name}
        document |= {"file_size": len(content), **fields.pop("document", {})}
        message = self.telegram.put(chat, person, None, document=document, **fields)
        self.take(self.update(message=message))
        return message

    def command(self, text: str, chat: Json = PRIVATE, **fields: Any) -> Json:  # noqa: ANN401
        """Send a command; return the message."""
        command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        return self.says(text, chat, entities=[command], **fields)

    def posts_article(self, chat: Json = PRIVATE) -> Json:
        """Send `/article full`."""
        command = {"type": "bot_command", "offset": 0, "length": len("/article")}
        return self.says("/article full", chat, entities=[command])

    def press(self, message: Json, label: str, person: Json = ANN) -> Update:
        """Press a button; return the update."""
        now = self.telegram.messages[message["chat"]["id"], message["message_id"]]
        return self.press_data(button(now, label)["callback_data"], now, person)

    def press_data(self, data: str, message: Json, person: Json = ANN) -> Update:
        """Press a button with this data on a message; return the update."""
        query = {
            "id": "1",
            "from": person,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        update = self.update(callback_query=query)
        self.take(update)
        return update

    def popups(self) -> list[str | None]:
        """Return what was shown at each press; None for nothing."""
        return [call.get("text") for call in self.telegram.made("answerCallbackQuery")]


@contextmanager
def talk_about(pipeline: QAPipeline, data_dir: Path, **settings: Any) -> Iterator[Talk]:  # noqa: ANN401
    """Yield a conversation, and close it."""
    data_dir.mkdir(exist_ok=True)
    talk = Talk(pipeline, data_dir, Settings(data_dir=data_dir, **settings))
    try:
        yield talk
    finally:
        talk.close()
