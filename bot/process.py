"""The process around a command: its streams, its log, and the exit codes it leaves with."""

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

import click

from index.errors import ArticleBotError

_LOGGER = logging.getLogger(__name__)

_PACKAGES = ("bot", "index")
_ESCAPED = "backslashreplace"
_FAILED = 2
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class Commands(click.Group):
    """Leaves with 2 where whoever read the answers has gone."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what a command returns
        """Run the command; click and rich would leave with 1, which here is "does not say"."""
        try:
            exit_code = super().invoke(ctx)
            sys.stdout.flush()
            return exit_code
        except (BrokenPipeError, SystemExit):
            # Nothing more can be said, not even by the interpreter when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _FAILED


def run_command(
    command: click.Command, arguments: Sequence[str] | None, name: str = "article-bot"
) -> int:
    """Run a command.

    Args:
        command: what is run, with its subcommands if it has any.
        arguments: of the command line; None for those of the process.
        name: what the command is called where its usage is shown.

    Returns:
        The exit code: the command's own, 2 for every error, 130 after Ctrl-C.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # An article may hold characters that the screen's encoding lacks.
            stream.reconfigure(errors=_ESCAPED)
    with _our_log_on_standard_error():
        try:
            exit_code: int = command.main(args=arguments, prog_name=name, standalone_mode=False)
        except click.ClickException as error:
            error.show()
            exit_code = error.exit_code
        except ArticleBotError as error:
            click.secho(str(error), err=True, fg="red")
            exit_code = _FAILED
        except (KeyboardInterrupt, click.Abort):
            exit_code = _INTERRUPTED
        except Exception:
            _LOGGER.exception("This is a bug in article-bot; please report it with these lines.")
            exit_code = _FAILED
    return exit_code


def log_everything() -> None:
    """Show all that we log, for `--verbose`, until the command ends."""
    for package in _PACKAGES:
        logging.getLogger(package).setLevel(logging.DEBUG)


def write_utf_8() -> None:
    """Write UTF-8 to standard output whatever the locale, as JSON is (RFC 8259)."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=_ESCAPED)


class _StandardErrorHandler(logging.Handler):
    """Writes to what is standard error at that moment: the conversation swaps it for a while."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(self.format(record), err=True)


@contextmanager
def _our_log_on_standard_error() -> Iterator[None]:
    """Show what we log from warnings on; `--verbose` lowers that. Libraries' logs stay unseen."""
    handler, nowhere = _StandardErrorHandler(), logging.NullHandler()
    loggers = [logging.getLogger(package) for package in _PACKAGES]
    logging.getLogger().addHandler(nowhere)  # without any, Python prints warnings itself
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nowhere)
        for logger in loggers:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)
