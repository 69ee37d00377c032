"""The running bot's log: one line for each event, without tokens and without people's words."""

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TextIO

from telegram.error import TelegramError

from index.errors import ArticleBotError, QuestionError

_PACKAGES = ("bot", "index")
_HIDDEN = "[hidden]"
# Any bot's token, in whatever it is embedded.
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_SIMPLE = re.compile(r"[^\s\"=\\]+")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Whose messages say what happened. Those of all others may hold what a person wrote.
_SPEAKING = (ArticleBotError, TelegramError, OSError)
# httpx writes addresses, and Telegram's hold the token. The limiter reports with a traceback what
# `Outbox` deals with.
_QUIET = {"httpx": logging.WARNING, "telegram.ext.AIORateLimiter": logging.CRITICAL}
_FRAMES = 12
_CAUSES = 4


class OneLineFormatter(logging.Formatter):
    """Writes `time=… level=… event=… key=value`, with what `extra` of the log call names.

    Of an exception it writes the kinds and the places in the code, and the message only where it is
    known to quote nobody.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Hide these secrets, and whatever looks like a token, wherever they stand."""
        super().__init__()
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, object] = {
            "time": time.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": _event(record),
        }
        own = {name: value for name, value in vars(record).items() if name not in _STANDARD}
        fields |= own | {"source": record.name}
        if record.exc_info and record.exc_info[1] is not None:
            fields |= _exception_fields(record.exc_info[1])
        line = " ".join(f"{name}={_quoted(str(value))}" for name, value in fields.items())
        return self._without_secrets(line)

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, line)


@contextmanager
def service_log(secrets: Iterable[str] = (), stream: TextIO | None = None) -> Iterator[None]:
    """Log as a service does until this ends: our events, and what libraries warn of.

    Args:
        secrets: never written, wherever they stand.
        stream: where to; standard error if None.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(OneLineFormatter(secrets))
    root, ours = logging.getLogger(), [logging.getLogger(package) for package in _PACKAGES]
    quiet = {logging.getLogger(name): level for name, level in _QUIET.items()}
    with _restored([root, *ours, *quiet]):
        for logger in ours:
            # What else writes our log would write the lines twice, and unhidden.
            logger.handlers = []
            if logger.level == logging.NOTSET:  # `--verbose` has set it lower
                logger.setLevel(logging.INFO)
        for logger, level in quiet.items():
            logger.setLevel(level)
        root.handlers = [handler]
        root.setLevel(logging.WARNING)
        yield


@contextmanager
def _restored(loggers: Iterable[logging.Logger]) -> Iterator[None]:
    """Give loggers back their handlers and levels when this ends."""
    before = [(logger, logger.handlers[:], logger.level) for logger in loggers]
    try:
        yield
    finally:
        for logger, handlers, level in before:
            logger.handlers = handlers
            logger.setLevel(level)


def _event(record: logging.LogRecord) -> str:
    """Return what happened; what a library would fill in may be what a person wrote."""
    is_ours = record.name.partition(".")[0] in _PACKAGES
    return record.getMessage() if is_ours else str(record.msg)


def _quoted(value: str) -> str:
    if _SIMPLE.fullmatch(value) and value.isprintable():
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    # Whatever else could begin a line of its own, or paint on a terminal, is escaped as well.
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in escaped)
    return f'"{shown}"'


def _exception_fields(error: BaseException) -> dict[str, object]:
    kinds: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(kinds) < _CAUSES:
        kinds.append(_kind(cause))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    at = " > ".join(f"{_module_path(frame.filename)}:{frame.lineno}" for frame in frames)
    return {"error": " < ".join(kinds), "at": at}


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, _SPEAKING) and not isinstance(error, QuestionError):
        return f"{name}: {error}"
    return name


def _module_path(filename: str) -> str:
    """Return the last two parts of a path: enough to find a module, and nobody's home."""
    return "/".join(filename.replace("\\", "/").split("/")[-2:])
