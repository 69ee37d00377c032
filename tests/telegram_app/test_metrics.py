from dataclasses import dataclass

from bot.telegram_app.metrics import Metrics
from tests.telegram_app.offline import counted


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_bot_that_does_not_poll_is_healthy_as_long_as_it_serves() -> None:
    clock = Clock()
    metrics = Metrics(clock)

    clock.now += 1_000_000

    assert metrics.is_healthy()


def test_a_bot_is_not_healthy_once_its_polls_have_stopped_for_90_seconds() -> None:
    clock = Clock()
    metrics = Metrics(clock)
    metrics.start_polling()
    clock.now += 60
    metrics.poll_succeeded()

    clock.now += 90
    at_90 = metrics.is_healthy()
    clock.now += 0.5
    later = metrics.is_healthy()
    metrics.poll_succeeded()

    assert (at_90, later, metrics.is_healthy()) == (True, False, True)


def test_a_bot_that_never_reaches_telegram_is_not_healthy_after_90_seconds() -> None:
    clock = Clock()
    metrics = Metrics(clock)
    metrics.start_polling()

    clock.now += 90
    at_90 = metrics.is_healthy()
    clock.now += 0.5

    assert (at_90, metrics.is_healthy()) == (True, False)


def test_a_clock_that_is_set_while_polls_come_does_no_harm() -> None:
    clock = Clock()
    metrics = Metrics(clock)
    metrics.start_polling()
    clock.now -= 3_600
    metrics.poll_succeeded()

    assert metrics.is_healthy()


def test_prometheus_reads_all_figures() -> None:
    metrics = Metrics(Clock())
    metrics.questions.inc()
    metrics.verdicts.labels("answered").inc()
    metrics.errors.labels("TimedOut").inc(2)
    metrics.refused.labels("person").inc(3)
    metrics.possible_duplicates.inc()
    metrics.waiting.set(4)
    metrics.answer_seconds.observe(0.2)
    metrics.pipeline_seconds.observe(0.1)
    metrics.poll_succeeded()

    page, content_type = metrics.page()

    assert content_type.startswith("text/plain")
    figures = {
        "article_bot_questions_total": 1,
        'article_bot_verdicts_total{verdict="answered"}': 1,
        'article_bot_errors_total{kind="TimedOut"}': 2,
        'article_bot_refused_total{limit="person"}': 3,
        "article_bot_possible_duplicates_total": 1,
        "article_bot_waiting": 4,
        "article_bot_answer_seconds_count": 1,
        "article_bot_pipeline_seconds_sum": 0.1,
        "article_bot_last_poll_timestamp_seconds": 1_800_000_000,
    }
    assert {name: counted(page, name) for name in figures} == figures


def test_two_bots_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()

    first.questions.inc()

    assert counted(second.page()[0], "article_bot_questions_total") == 0
