import io
import logging
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, InvalidToken

from bot.telegram_app.logging_setup import OneLineFormatter, service_log
from index.errors import ArticleBotError, QuestionError

TOKEN = "123456789:AAH-abcdefghijklmnopqrstuvwxyz_12345"
TIME = r"time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z "

OURS = logging.getLogger("bot.telegram_app.somewhere")


def logged(log: logging.Logger, message: str, *arguments: object, **more: object) -> str:
    """Return what a service writes of a warning, without the time."""
    stream = io.StringIO()
    with service_log([TOKEN], stream):
        log.warning(message, *arguments, **more)  # type: ignore[arg-type]
    line = stream.getvalue()
    assert re.match(TIME, line)
    return re.sub(TIME, "", line)


def failing(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as raised:
        return raised


def test_an_event_is_one_line_of_keys_and_values() -> None:
    line = logged(OURS, "took up %d updates", 3, extra={"update_id": 7, "what": 'a "b"'})

    assert line == (
        'level=warning event="took up 3 updates" update_id=7 what="a \\"b\\"" '
        "source=bot.telegram_app.somewhere\n"
    )


def test_what_looks_like_the_token_is_hidden_wherever_it_stands() -> None:
    url = f"https://api.telegram.org/bot{TOKEN}/getMe"
    other = "987654321:BBH-abcdefghijklmnopqrstuvwxyz_12345"
    error = failing(InvalidToken(f"The token `{TOKEN}` was rejected by the server."))

    line = logged(OURS, f"{url} %s", other, exc_info=error, extra={"key": TOKEN})

    assert "AAH" not in line
    assert "BBH" not in line
    assert line.count("[hidden]") == 4


def test_a_short_secret_is_hidden_too() -> None:
    stream = io.StringIO()
    with service_log(["7:tok", ""], stream):
        OURS.warning("POST /bot7:tok/sendMessage")

    assert "/bot[hidden]/sendMessage" in stream.getvalue()


def test_an_exception_is_told_by_kind_and_place_and_not_by_what_a_person_wrote() -> None:
    error = failing(ValueError("what Ann asked"), KeyError("her secret"))

    line = logged(OURS, "an update failed", exc_info=error)

    assert re.fullmatch(
        r'level=warning event="an update failed" source=bot\.telegram_app\.somewhere '
        r'error="ValueError < KeyError" at=telegram_app/test_logging_setup\.py:\d+\n',
        line,
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BadRequest("Chat not found"), 'error="BadRequest: Chat not found"'),
        (ArticleBotError("Make room."), 'error="ArticleBotError: Make room."'),
        (OSError(28, "No space left"), 'error="OSError: [Errno 28] No space left"'),
        (QuestionError("The question Ann asked is empty."), "error=QuestionError"),
    ],
)
def test_messages_that_quote_nobody_are_told(error: Exception, told: str) -> None:
    assert told in logged(OURS, "x", exc_info=failing(error))


def test_what_a_library_fills_in_is_not_told() -> None:
    line = logged(logging.getLogger("telegram.ext"), "Error for update %s", "Ann's words")

    assert line == 'level=warning event="Error for update %s" source=telegram.ext\n'


def test_libraries_are_heard_from_warnings_on_and_we_from_infos_on() -> None:
    stream = io.StringIO()
    with service_log(stream=stream):
        for name in ("bot.a", "index.a", "telegram", "httpx", "uvicorn.error"):
            logging.getLogger(name).info("%s", name)
            logging.getLogger(name).debug("never")

    events = re.findall("event=(.*) source", stream.getvalue())
    assert events == ["bot.a", "index.a"]


def test_verbose_goes_on_to_show_more(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    ours = logging.getLogger("bot")
    monkeypatch.setattr(ours, "level", ours.level)
    ours.setLevel(logging.DEBUG)
    with service_log(stream=stream):
        OURS.debug("more")

    assert "level=debug event=more" in stream.getvalue()


def test_lines_are_written_once_and_all_is_restored_afterwards() -> None:
    elsewhere, stream = io.StringIO(), io.StringIO()
    handler, ours = logging.StreamHandler(elsewhere), logging.getLogger("bot")
    loggers = [logging.getLogger(), ours, logging.getLogger("httpx")]
    ours.addHandler(handler)
    before = [(logger.level, logger.handlers[:]) for logger in loggers]
    try:
        with service_log(stream=stream):
            OURS.warning("once")
        assert [(logger.level, logger.handlers) for logger in loggers] == before
    finally:
        ours.removeHandler(handler)

    assert elsewhere.getvalue() == ""
    assert stream.getvalue().count("once") == 1


def test_it_writes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with service_log():
        OURS.info("ready")

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "event=ready" in captured.err


@given(st.text(), st.text())
def test_whatever_is_logged_is_one_printable_line(event: str, value: str) -> None:
    record = logging.makeLogRecord({"name": "bot", "msg": event, "levelname": "INFO", "key": value})

    line = OneLineFormatter().format(record)

    assert line.isprintable()
    assert len(line.splitlines()) == 1


def test_exceptions_from_a_running_stack_are_told() -> None:
    try:
        raise RuntimeError("words")
    except RuntimeError:
        line = logged(OURS, "a bug", exc_info=sys.exc_info())

    assert "error=RuntimeError at=" in line
