"""What is typed into the conversation, or piped into it, line by line."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document


def piped_lines() -> Iterator[str]:
    """Yield the lines of standard input."""
    for raw in sys.stdin.buffer:
        yield raw.decode(errors="surrogateescape")


def typed_lines(
    data_dir: Path, commands: Sequence[str], names: Callable[[], Sequence[str]]
) -> Iterator[str]:
    """Yield what is typed, until Ctrl-D; Ctrl-C abandons a line.

    Args:
        data_dir: for the history.
        commands: that are completed, such as ":open SOURCE".
        names: of the articles, for ":use".
    """
    session = _prompt_session(data_dir, commands, names)
    from prompt_toolkit.patch_stdout import patch_stdout

    while True:
        try:
            # What the loading thread has to say goes above the prompt, not into it.
            with patch_stdout(raw=True):
                line = session.prompt([("bold ansigreen", "> ")])
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        yield line


def _prompt_session(
    data_dir: Path, commands: Sequence[str], names: Callable[[], Sequence[str]]
) -> "PromptSession[str]":
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    history: History
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        path = data_dir / "history"
        path.touch(mode=0o600)
        history = FileHistory(str(path))
    except OSError:
        history = InMemoryHistory()  # the index will say what is wrong with the directory
    return PromptSession(
        history=history,
        completer=_completer(tuple(command.split()[0] for command in commands), names),
        complete_while_typing=True,
    )


def _completer(commands: Sequence[str], names: Callable[[], Sequence[str]]) -> "Completer":
    from prompt_toolkit.completion import Completer, Completion, PathCompleter
    from prompt_toolkit.document import Document

    paths = PathCompleter(expanduser=True)

    def beginning(typed: str, offered: Iterable[str]) -> Iterator[Completion]:
        for one in offered:
            if one.lower().startswith(typed.lower()):
                yield Completion(one, start_position=-len(typed))

    class LineCompleter(Completer):
        """Completes a command, or what belongs behind it."""

        def get_completions(
            self, document: "Document", complete_event: "CompleteEvent"
        ) -> Iterable["Completion"]:
            name, space, argument = document.text_before_cursor.partition(" ")
            if not space:
                yield from beginning(name, commands if name else ())
            elif name == ":open":
                yield from paths.get_completions(Document(argument), complete_event)
            elif name == ":use":
                yield from beginning(argument, names())

    return LineCompleter()
