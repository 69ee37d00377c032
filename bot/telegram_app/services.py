"""`Services`: what the handlers work with."""

from dataclasses import dataclass
from datetime import datetime

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app.admission import Admission
from bot.telegram_app.chat_articles import ChatArticles
from bot.telegram_app.gathering import Gathering
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers work with; made once, when the bot starts.

    Attributes:
        settings: of the bot.
        articles: what each chat asks, and the pipelines that answer.
        store: what is remembered.
        outbox: sends each message once.
        queue: who waits for an answer.
        gathering: which messages belong together.
        admission: who may ask, and how often.
        metrics: what is counted.
        started_at: when the bot started, in UTC: older messages piled up while it was down.
    """

    settings: Settings
    articles: ChatArticles
    store: Store
    outbox: Outbox
    queue: QuestionQueue
    gathering: Gathering
    admission: Admission
    metrics: Metrics
    started_at: datetime

    @property
    def pipeline(self) -> QAPipeline:
        """Answers about the article that the operator has chosen."""
        return self.articles.default

    async def move_chat(self, old_id: int, new_id: int) -> None:
        """Hand over what is kept of a group to the supergroup that it became."""
        # The quicker first: in the new chat, somebody may ask at once.
        await self.store.move_chat(old_id, new_id)
        await self.articles.move(old_id, new_id)
