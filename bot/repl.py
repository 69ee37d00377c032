"""`article-bot chat`: a conversation in the terminal, or in a pipe."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import nullcontext

from rich.console import Console
from rich.text import Text

from bot.answer import Answer
from bot.console import ConsoleReporter, look_of, screen, show
from bot.pipeline import QAPipeline
from bot.render import answer_text, passage_text, passages_table
from bot.repl_input import piped_lines, typed_lines
from bot.settings import Settings
from bot.shelf import Asked, Shelf
from index.errors import ArticleBotError, QuestionError

_COMMANDS = {
    ":help": "what can be typed here",
    ":article": "what is asked: title, author, date and length",
    ":articles": "the articles of the library",
    ":open SOURCE": "read an address or a file, add it to the library and ask it",
    ":use NAME": "ask another article of the library; without a name, the default one",
    ":all": "ask all articles of the library at once",
    ":source N": "the passage around citation N of the last answer",
    ":passages": "what was retrieved for the last question, with scores",
    ":quit": "leave (Ctrl-D does too)",
}
_WIDEST = max(map(len, _COMMANDS))


def chat(settings: Settings, named: str | None = None, *, is_all: bool = False) -> int:
    """Hold a conversation until its end.

    Args:
        settings: of the pipeline and the library.
        named: the article that the command line names, if any.
        is_all: whether all articles of the library are asked.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if the article, the index or the model cannot be used.
    """
    reporter = ConsoleReporter()
    shelf = Shelf(settings, reporter)
    asked = shelf.begin(named, is_all=is_all, load=_load_in_background)
    repl = Repl(asked, shelf, reporter, screen())
    if sys.stdin.isatty():
        names = [entry.name for entry in shelf.entries()]
        lines = typed_lines(settings.data_dir, tuple(_COMMANDS), lambda: names)
    else:
        lines = piped_lines()
    repl.run(lines)
    if not asked.pipeline.done():
        # Nothing waits for the model any more, and an interpreter cannot leave in the middle of an
        # import. An index that is being built is under another name until it is whole.
        sys.stdout.flush()
        os._exit(0)
    return 0


class Repl:
    """Answers line after line and remembers the last answer."""

    def __init__(
        self, asked: Asked, shelf: Shelf, reporter: ConsoleReporter, console: Console
    ) -> None:
        """Make a conversation.

        Args:
            asked: first; its pipeline is waited for at the first question.
            shelf: what it may turn to.
            reporter: shows that something is waited for.
            console: where answers go.
        """
        self._asked = asked
        self._shelf = shelf
        self._reporter = reporter
        self._console = console
        self._look = look_of(console)
        self._last: Answer | None = None

    def run(self, lines: Iterator[str]) -> None:
        """Greet, then answer each line until `:quit` or the last one.

        Raises:
            ArticleBotError: if the pipeline could not be loaded.
        """
        show(self._console, self._asked.card)
        self._say("Ask a question. :help lists what else can be typed, Ctrl-D leaves.\n")
        for line in lines:
            self._raise_if_failed()
            words = line.strip()
            if words in (":quit", ":q", ":exit"):
                break
            try:
                if words.startswith(":"):
                    self._command(words)
                elif words:
                    self._answer(words)
            except QuestionError as error:
                self._complain(str(error))
            except KeyboardInterrupt:
                self._complain("Stopped.")
            if words:
                self._console.print()
        self._raise_if_failed()

    def _answer(self, question: str) -> None:
        loading = self._asked.pipeline
        with nullcontext() if loading.done() else self._reporter.working("Loading the model"):
            pipeline = loading.result()
        self._last = pipeline.answer(question)
        show(self._console, answer_text(self._last, self._look))

    def _raise_if_failed(self) -> None:
        if self._asked.pipeline.done():
            self._asked.pipeline.result()

    def _command(self, words: str) -> None:
        name, _, argument = words.partition(" ")
        argument = argument.strip()
        if name == ":help":
            for command, meaning in _COMMANDS.items():
                self._say(f"{command:<{_WIDEST}} {meaning}")
        elif name == ":article":
            show(self._console, self._asked.card)
        elif name == ":articles":
            self._list()
        elif name == ":open" and argument:
            self._turn(lambda: self._shelf.open(argument))
        elif name == ":use":
            self._turn(lambda: self._shelf.use(argument))
        elif name == ":all":
            self._turn(self._shelf.all)
        elif name == ":source":
            self._show_source(argument)
        elif name == ":passages":
            self._show_passages()
        elif name == ":open":
            self._complain("Name what to open: :open https://…, or a path.")
        else:
            self._complain(f"There is no command {name}. :help lists them.")

    def _turn(self, to: Callable[[], Asked]) -> None:
        """Ask something else from now on; where that fails, it stays as it is."""
        try:
            self._asked = to()
        except ArticleBotError as error:
            self._complain(str(error))
        else:
            show(self._console, self._asked.card)

    def _list(self) -> None:
        if self._shelf.entries():
            show(self._console, self._shelf.listing(self._asked.entry))
        else:
            self._complain("There are no articles yet. Add one: :open SOURCE")

    def _show_source(self, number: str) -> None:
        citations = self._last.citations if self._last is not None else ()
        chosen = [c for c in citations if str(c.number) == (number or "1")]
        if self._last is None or not citations:
            self._complain("The last answer has no citation. Ask a question that has an answer.")
        elif not chosen:
            self._complain(
                f"There is no citation {number!r} in the last answer: it has {len(citations)}."
            )
        else:
            show(self._console, passage_text(self._last, chosen[0], self._look))

    def _show_passages(self) -> None:
        if self._last is None:
            self._complain("Nothing was retrieved yet. Ask a question first.")
        else:
            show(self._console, passages_table(self._last))

    def _say(self, line: str) -> None:
        show(self._console, Text(line, style="dim"))

    def _complain(self, line: str) -> None:
        show(self._console, Text(line, style="yellow"))


def _load_in_background(load: Callable[[], QAPipeline]) -> "Future[QAPipeline]":
    loading: Future[QAPipeline] = Future()

    def run() -> None:
        try:
            loading.set_result(load())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            loading.set_exception(error)

    # A daemon, so that leaving does not wait for it.
    threading.Thread(target=run, name="loading", daemon=True).start()
    return loading
