"""`Services`: what the handlers work with."""

from dataclasses import dataclass
from datetime import datetime

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app.admission import Admission
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What the handlers work with; made once, when the bot starts.

    Attributes:
        settings: of the bot.
        pipeline: answers; its article is the one that is asked.
        store: what is remembered.
        outbox: sends each message once.
        queue: who waits for an answer.
        admission: who may ask, and how often.
        metrics: what is counted.
        started_at: when the bot started, in UTC: older messages piled up while it was down.
    """

    settings: Settings
    pipeline: QAPipeline
    store: Store
    outbox: Outbox
    queue: QuestionQueue
    admission: Admission
    metrics: Metrics
    started_at: datetime
