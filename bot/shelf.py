"""`Shelf`: what a conversation in the terminal may ask, and how it turns to something else."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from rich.console import RenderableType

from bot.article_card import article_card, entries_table
from bot.article_pipelines import ArticlePipelines
from bot.choosing import Chooser, Chosen
from bot.console import ConsoleReporter
from bot.library_command import add_source, named_entry
from bot.pipeline import QAPipeline
from bot.settings import Settings
from index.library.entry import TERMINAL, Entry
from index.library.errors import LibraryError
from index.library.library import Library


@dataclass(frozen=True, slots=True)
class Asked:
    """What a conversation asks.

    Attributes:
        card: tells a person what that is.
        pipeline: may still be loading.
        entry: of the library; None for an article that is not in it, and for all of them.
    """

    card: RenderableType
    pipeline: "Future[QAPipeline]"
    entry: Entry | None = None


class Shelf:
    """The articles that a conversation may turn to."""

    def __init__(self, settings: Settings, reporter: ConsoleReporter) -> None:
        """Open the library of the data directory.

        Args:
            settings: of the library and the pipelines.
            reporter: is told of progress.

        Raises:
            ArticleBotError: if a model is a path and nothing is there.
        """
        self._settings = settings
        self._reporter = reporter
        self._library = Library(settings.data_dir)
        self._pipelines = ArticlePipelines(settings, self._library, reporter)
        self._chooser = Chooser(settings, self._library, reporter, self._pipelines.prepare)

    def begin(
        self,
        named: str | None,
        *,
        is_all: bool,
        load: Callable[[Callable[[], QAPipeline]], "Future[QAPipeline]"],
    ) -> Asked:
        """Return what a conversation asks first.

        Args:
            named: the article that the command line names, if any.
            is_all: whether all articles of the library are asked.
            load: begins to load what answers.

        Raises:
            ArticleBotError: if the article cannot be read, or there is none.
        """
        if is_all:
            if not self.entries():
                raise LibraryError("There are no articles yet. Add one: article-bot add SOURCE")
            return Asked(self.listing(None), load(lambda: self._pipelines.all_of(TERMINAL)))
        with self._reporter.working("Reading"):
            chosen = self._chooser.choose(named)
        pipeline = load(lambda: chosen.pipeline(self._pipelines))
        return Asked(article_card(chosen.article), pipeline, chosen.entry)

    def open(self, source: str) -> Asked:
        """Read a source, add it to the library and turn to it.

        Raises:
            ArticleBotError: if that cannot be done; the library is then as it was.
        """
        home = str(Path(source).expanduser()) if source.startswith("~/") else source
        added, _ = add_source(self._settings, home, None, self._reporter)
        return self._turn_to(Chosen(self._library.article(added.entry), added.entry))

    def use(self, name: str) -> Asked:
        """Turn to an article of the library, or without a name to the one shipped or set.

        Raises:
            ArticleBotError: if nothing is called so, or it cannot be opened.
        """
        if not name:
            return self._turn_to(self._chooser.default())
        return self._turn_to(self._chooser.in_library(named_entry(self._library, name)))

    def all(self) -> Asked:
        """Turn to all articles of the library at once.

        Raises:
            ArticleBotError: if there are none, or they cannot be opened.
        """
        with self._reporter.working("Opening"):
            pipeline = self._pipelines.all_of(TERMINAL)
        return Asked(self.listing(None), _done(pipeline))

    def entries(self) -> tuple[Entry, ...]:
        """Return the articles of the library, the newest first."""
        return self._library.entries(TERMINAL)

    def listing(self, current: Entry | None) -> RenderableType:
        """Return the list of the articles, the one that is asked marked."""
        return entries_table(self.entries(), current)

    def _turn_to(self, chosen: Chosen) -> Asked:
        with self._reporter.working("Loading the model"):
            pipeline = chosen.pipeline(self._pipelines)
        return Asked(article_card(chosen.article), _done(pipeline), chosen.entry)


def _done(pipeline: QAPipeline) -> "Future[QAPipeline]":
    done: Future[QAPipeline] = Future()
    done.set_result(pipeline)
    return done
