"""`article-bot chat`: a conversation in the terminal, or in a pipe."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.answer import Answer
from bot.assembly import open_article, open_pipeline
from bot.console import ConsoleReporter, screen, show
from bot.pipeline import QAPipeline
from bot.render import answer_text, article_card, passage_text, passages_table
from bot.settings import Settings
from index.article import Article
from index.errors import QuestionError

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

_COMMANDS = {
    ":help": "what can be typed here",
    ":article": "title, author, date and length of the article",
    ":source N": "the passage around citation N of the last answer",
    ":passages": "what was retrieved for the last question, with scores",
    ":quit": "leave (Ctrl-D does too)",
}


def chat(settings: Settings) -> int:
    """Hold a conversation until its end.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if the article, the index or the model cannot be used.
    """
    article = open_article(settings)
    reporter = ConsoleReporter()
    loading = _load_in_background(lambda: open_pipeline(settings, article, reporter))
    repl = Repl(article, loading, reporter, screen())
    lines = _typed_lines(settings.data_dir) if sys.stdin.isatty() else _piped_lines()
    repl.run(lines)
    if not loading.done():
        # Nothing waits for the model any more, and an interpreter cannot leave in the middle of an
        # import. An index that is being built is under another name until it is whole.
        sys.stdout.flush()
        os._exit(0)
    return 0


class Repl:
    """Answers line after line and remembers the last answer."""

    def __init__(
        self,
        article: Article,
        pipeline: "Future[QAPipeline]",
        reporter: ConsoleReporter,
        console: Console,
    ) -> None:
        """Make a conversation about an article.

        Args:
            article: what is asked.
            pipeline: may still be loading; waited for at the first question.
            reporter: shows that it is waited for.
            console: where answers go.
        """
        self._article = article
        self._pipeline = pipeline
        self._reporter = reporter
        self._console = console
        self._last: Answer | None = None

    def run(self, lines: Iterator[str]) -> None:
        """Greet, then answer each line until `:quit` or the last one.

        Raises:
            ArticleBotError: if the pipeline could not be loaded.
        """
        show(self._console, article_card(self._article))
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
        with self._reporter.working("Loading the model") if self._is_loading() else nullcontext():
            pipeline = self._pipeline.result()
        self._last = pipeline.answer(question)
        show(self._console, answer_text(self._last))

    def _raise_if_failed(self) -> None:
        if self._pipeline.done():
            self._pipeline.result()

    def _is_loading(self) -> bool:
        return not self._pipeline.done()

    def _command(self, words: str) -> None:
        name, _, argument = words.partition(" ")
        if name == ":help":
            for command, meaning in _COMMANDS.items():
                self._say(f"{command:<11} {meaning}")
        elif name == ":article":
            show(self._console, article_card(self._article))
        elif name == ":source":
            self._show_source(argument.strip())
        elif name == ":passages":
            self._show_passages()
        else:
            self._complain(f"There is no command {name}. :help lists them.")

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
            show(self._console, passage_text(self._last, chosen[0]))

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


def _piped_lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        yield raw.decode(errors="surrogateescape")


def _typed_lines(data_dir: Path) -> Iterator[str]:
    session = _prompt_session(data_dir)
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


def _prompt_session(data_dir: Path) -> "PromptSession[str]":
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    history: History
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        path = data_dir / "history"
        path.touch(mode=0o600)
        history = FileHistory(str(path))
    except OSError:
        history = InMemoryHistory()  # the index will say what is wrong with the directory
    names = [name.split()[0] for name in _COMMANDS]
    return PromptSession(
        history=history,
        completer=WordCompleter(names, sentence=True),
        complete_while_typing=True,
    )
