"""`Metrics`: what is counted, for an operator's dashboard; and whether the bot still hears."""

import time
from collections.abc import Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

# A poll ends after seconds even if there is nothing to take: after this many seconds without one,
# the bot is alive and deaf.
_DEAF_AFTER_SECONDS = 90
_LAST_POLL = "article_bot_last_poll_timestamp_seconds"
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one running bot.

    Attributes:
        questions: questions taken; a counter.
        verdicts: answers by verdict, as in `verdicts.labels("answered").inc()`.
        answer_seconds: from taking a question to the answer in the chat; a histogram.
        pipeline_seconds: what of it the pipeline took.
        waiting: questions that wait or are being answered; a gauge.
        last_poll: when Telegram last answered a poll, in seconds since 1970.
        possible_duplicates: messages that may be in the chat twice, since nobody knew whether the
            first had arrived.
        errors: by class, as in `errors.labels("TimedOut").inc()`.
        refused: questions that were not answered, by the limit that they met.
        articles: articles that were sent, by what became of them: "new", "known", "changed",
            "refused" with a sentence, "failed" by a bug.
        reading_seconds: from the beginning of a reading to the article's index.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        """Start at zero.

        Args:
            now: seconds since 1970.
        """
        self._now = now
        self._polling_since: float | None = None
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)  # memory and processor time
        self.questions = Counter("article_bot_questions", "Questions taken.", registry=registry)
        self.verdicts = Counter(
            "article_bot_verdicts", "Answers given.", ["verdict"], registry=registry
        )
        self.answer_seconds = Histogram(
            "article_bot_answer_seconds",
            "From taking a question to the answer in the chat.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.pipeline_seconds = Histogram(
            "article_bot_pipeline_seconds",
            "From a question to its answer, without the chat.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.waiting = Gauge(
            "article_bot_waiting", "Questions that wait or are being answered.", registry=registry
        )
        self.last_poll = Gauge(_LAST_POLL, "When Telegram last answered a poll.", registry=registry)
        self.possible_duplicates = Counter(
            "article_bot_possible_duplicates",
            "Messages that were sent again since nobody knew whether they had arrived.",
            registry=registry,
        )
        self.errors = Counter("article_bot_errors", "Errors.", ["kind"], registry=registry)
        self.refused = Counter(
            "article_bot_refused", "Questions not answered.", ["limit"], registry=registry
        )

        self.articles = Counter(
            "article_bot_articles", "Articles that chats have sent.", ["outcome"], registry=registry
        )
        self.reading_seconds = Histogram(
            "article_bot_reading_seconds",
            "From the beginning of a reading to the index.",
            buckets=_SECONDS + (120, 300, 600),
            registry=registry,
        )

    def start_polling(self) -> None:
        """Note that polls are to come from now on: without them the bot is not healthy."""
        self._polling_since = self._now()

    def poll_succeeded(self) -> None:
        """Note that Telegram answered a poll."""
        self.last_poll.set(self._now())

    def is_healthy(self) -> bool:
        """Whether the bot hears what is asked: always, unless polls were to come and do not."""
        if self._polling_since is None:
            return True
        last = self._registry.get_sample_value(_LAST_POLL) or 0.0
        return self._now() - max(last, self._polling_since) <= _DEAF_AFTER_SECONDS

    def page(self) -> tuple[bytes, str]:
        """Return all figures as Prometheus reads them, and the content type of that."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST
