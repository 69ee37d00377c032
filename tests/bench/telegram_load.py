"""Asks the real command many questions from many chats, over the emulated Bot API.

python -m tests.bench.telegram_load
python -m tests.bench.telegram_load --questions 10000 --per-second 0    # memory

The models are replaced by a wait of known length: what is measured is the bot. Prints Markdown.
"""

import argparse
import math
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.article import read_default_article
from tests.telegram_app.blackbox.bot_process import BotProcess
from tests.telegram_app.blackbox.outcomes import Outcome, outcome_of
from tests.telegram_app.blackbox.scripted_pipeline import NO_LIMITS, SECONDS, scripted_pipeline
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person

_WORDS = ("east Mosul", "nine months", "eight months")
_WARM_UP, _ALONE = 20, 200
_MEMORY_SAMPLES = 20
# Telegram's limit is 30 messages a second; more are asked only with the bot's limiter off.
_MOST_PER_SECOND = 25
_PATIENCE_SECONDS = 120.0
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked.

    Attributes:
        questions: in all.
        chats: that ask, one after the other.
        per_second: questions a second; 0 for as many as the bot takes.
        pipeline_ms: how long the fake models take for each, in milliseconds.
        threads: that answer.
    """

    questions: int
    chats: int
    per_second: float
    pipeline_ms: float
    threads: int

    @property
    def is_limited(self) -> bool:
        """Whether the bot keeps to Telegram's limits."""
        return 0 < self.per_second <= _MOST_PER_SECOND


@dataclass(frozen=True, slots=True)
class Alone:
    """What the pipeline takes without a bot around it.

    Attributes:
        times_ms: of each question, in milliseconds.
        processor_ms: processor time of a question, in milliseconds.
    """

    times_ms: list[float]
    processor_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it.

    Attributes:
        outcome: of all questions.
        seconds: from the first question to the last answer.
        latencies_ms: from a question to its answer in the chat.
        pipeline: what the pipeline takes of it, asked by itself.
        processor_ms: processor time of the bot's process for a question, in milliseconds.
        memory_mb: of the bot's process, from the first question to the last.
        possible_duplicates: as the bot counts them.
    """

    outcome: Outcome
    seconds: float
    latencies_ms: list[float]
    pipeline: Alone
    processor_ms: float
    memory_mb: list[float]
    possible_duplicates: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=20.0)
    parser.add_argument("--pipeline-ms", type=float, default=20.0)
    parser.add_argument("--threads", type=int, default=2)
    load = Load(**vars(parser.parse_args(arguments)))
    sys.stdout.write(table(load, measure(load)))


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of the description."""


def measure(load: Load) -> Measured:
    """Run the command and ask it."""
    with _running(load) as (telegram, bot):
        Person(telegram).private_chat().ask(_question(0))  # all is loaded now
        chats = [Person(telegram).private_chat() for _ in range(load.chats)]
        asked: dict[Chat, list[Message]] = {chat: [] for chat in chats}
        before, begin = bot.figure("process_cpu_seconds_total"), time.monotonic()
        memory = _ask_all(load, telegram, bot, asked)
        processor = bot.figure("process_cpu_seconds_total") - before
        answers = [
            (question, chat.replies_to(question))
            for chat, many in asked.items()
            for question in many
        ]
        return Measured(
            outcome=outcome_of(asked),
            seconds=max((found[0].at for _, found in answers if found), default=begin) - begin,
            latencies_ms=[(found[0].at - one.at) * 1000 for one, found in answers if found],
            pipeline=_pipeline_alone(load),
            processor_ms=processor * 1000 / load.questions,
            memory_mb=memory,
            possible_duplicates=bot.possible_duplicates,
        )


def table(load: Load, measured: Measured) -> str:
    """Return the figures as Markdown."""
    latency, pipeline = measured.latencies_ms or [math.nan] * 2, measured.pipeline.times_ms
    over = [one - statistics.median(pipeline) for one in latency]
    beyond = measured.processor_ms - measured.pipeline.processor_ms
    memory = measured.memory_mb
    # Whatever a start still has to load is there after the first half.
    growth = memory[-1] - memory[len(memory) // 2]
    pace = f"{load.per_second:g} a second" if load.per_second else "as fast as they are taken"
    limits = "kept to" if load.is_limited else "off"
    rows = (
        ("questions, chats, pace", f"{load.questions:,}, {load.chats:,}, {pace}"),
        ("threads that answer; Telegram's limits", f"{load.threads}; {limits}"),
        ("lost", f"{measured.outcome.lost:,}"),
        ("answered more than once", f"{measured.outcome.repeated:,}"),
        ("counted as possibly sent twice", f"{measured.possible_duplicates:,}"),
        ("out of order within a chat", f"{measured.outcome.out_of_order:,}"),
        ("pipeline alone, p50 / p95", _percentiles(pipeline)),
        ("question to answer in the chat, p50 / p95", _percentiles(latency)),
        ("that beyond the pipeline, p50 / p95", _percentiles(over)),
        ("processor time of the bot for a question", f"{measured.processor_ms:.1f} ms"),
        ("that beyond the pipeline", f"{beyond:.1f} ms"),
        ("answered a second", f"{load.questions / measured.seconds:.0f}"),
        ("memory, first / half / last question", _memory(memory)),
        ("memory gained in the second half", f"{growth:+.1f} MB"),
    )
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "| " + " | ".join(row) + " |" for row in (("measured", machine), ("---", "---"), *rows)
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def _running(load: Load) -> Iterator[tuple[EmulatedTelegram, BotProcess]]:
    settings = {
        SECONDS: str(load.pipeline_ms / 1000),
        "ANSWER_THREADS": str(load.threads),
        "QUESTIONS_PER_MINUTE": "0",
        "CHAT_QUESTIONS_PER_MINUTE": "0",
        "QUEUE_LIMIT": str(load.questions + 1),
        "QUEUE_NOTICE_SECONDS": str(_PATIENCE_SECONDS * 10),
    }
    if not load.is_limited:
        settings[NO_LIMITS] = "1"
    with EmulatedTelegram() as telegram, tempfile.TemporaryDirectory() as directory:
        telegram.world.keeps_calls = False
        with BotProcess(telegram, Path(directory), **settings).start() as bot:
            yield telegram, bot


def _ask_all(
    load: Load, telegram: EmulatedTelegram, bot: BotProcess, asked: dict[Chat, list[Message]]
) -> list[float]:
    """Ask all questions, chat by chat in turn; return the bot's memory on the way, in MB."""
    chats, memory, begin = list(asked), [_memory_of(bot)], time.monotonic()
    already = telegram.world.sent
    step = max(load.questions // _MEMORY_SAMPLES, 1)
    for number in range(load.questions):
        if load.per_second:
            threading.Event().wait(begin + number / load.per_second - time.monotonic())
        chat = chats[number % len(chats)]
        asked[chat].append(chat.say(_question(number)))
        if (number + 1) % step == 0:
            if not load.per_second:
                # All at once would measure how many wait, not what is left behind.
                _wait_for_answers(telegram, already + number + 1)
            memory.append(_memory_of(bot))
    _wait_for_answers(telegram, already + load.questions)
    memory.append(_memory_of(bot))
    return memory


def _wait_for_answers(telegram: EmulatedTelegram, count: int) -> None:
    """Wait until so many messages were sent; what is missing then counts as lost."""
    with telegram.world.changed:
        telegram.world.changed.wait_for(lambda: telegram.world.sent >= count, _PATIENCE_SECONDS)


def _question(number: int) -> str:
    return f"Question {number}: what of «{_WORDS[number % len(_WORDS)]}»?"


def _pipeline_alone(load: Load) -> Alone:
    os.environ[SECONDS] = str(load.pipeline_ms / 1000)
    pipeline = scripted_pipeline(read_default_article())
    for number in range(_WARM_UP):
        pipeline.answer(_question(number))
    begin = time.thread_time()
    times = [pipeline.answer(_question(number)).elapsed_ms for number in range(_ALONE)]
    return Alone(times, (time.thread_time() - begin) * 1000 / _ALONE)


def _memory_of(bot: BotProcess) -> float:
    return bot.figure("process_resident_memory_bytes") / _MEGABYTE


def _memory(samples: Sequence[float]) -> str:
    first, half, last = samples[0], samples[len(samples) // 2], samples[-1]
    return f"{first:.0f} / {half:.0f} / {last:.0f} MB"


def _percentiles(samples: Sequence[float]) -> str:
    cuts = statistics.quantiles(samples, n=20, method="inclusive")
    return f"{statistics.median(samples):.1f} / {cuts[18]:.1f} ms"


if __name__ == "__main__":
    main()
