"""What the terminal asks: the article named, else the one in use, else `ARTICLE`, else the default.

A source that is named is read where it is, so that the answer is about what stands there now; where
that cannot be done, and for an article that is in use, the library has the text.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reading import read_source
from bot.render import spoken_day
from bot.settings import Settings
from index.article import Article, read_default_article
from index.errors import ArticleBotError, ArticleError
from index.library.address import absolute_source, is_web_address
from index.library.article_json import article_id
from index.library.entry import TERMINAL, Entry
from index.library.library import Library
from index.reporter import Reporter

if TYPE_CHECKING:
    from bot.article_pipelines import ArticlePipelines
    from bot.pipeline import QAPipeline


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked.

    Attributes:
        article: as it is now.
        entry: of the library, if the article is in it.
    """

    article: Article
    entry: Entry | None = None

    def pipeline(self, pipelines: "ArticlePipelines") -> "QAPipeline":
        """Return what answers.

        Raises:
            ArticleBotError: if a model or the data directory cannot be used.
        """
        if self.entry is None:
            return pipelines.of_article(self.article)
        return pipelines.of(self.entry)


class Chooser:
    """Finds what the terminal asks."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        reporter: Reporter,
        prepare: Callable[[Article, Entry], None] = lambda _article, _earlier: None,
    ) -> None:
        """Make a chooser.

        Args:
            settings: name an article, and limit what is read.
            library: where added articles are.
            reporter: is told where an article is not what it was.
            prepare: indexes an article that has changed while what was there before, its entry, is
                still in the library, and its index with it.
        """
        self._settings = settings
        self._library = library
        self._reporter = reporter
        self._prepare = prepare

    def choose(self, named: str | None) -> Chosen:
        """Return what is asked.

        Args:
            named: by the command line: a path, an address, or the name of an article in the
                library.

        Raises:
            ArticleBotError: if it cannot be read, or nothing is called so.
        """
        if named is not None:
            return self.named(named)
        used = self._library.used(TERMINAL)
        return self.default() if used is None else self.in_library(used)

    def default(self) -> Chosen:
        """Return the article that the settings name, or the one that is shipped.

        Raises:
            ArticleBotError: if it cannot be read, or nothing is called so.
        """
        if self._settings.article is None:
            return Chosen(read_default_article())
        return self.named(self._settings.article)

    def named(self, reference: str) -> Chosen:
        """Return what a person calls so: what is at a path or an address, else by its name.

        Raises:
            ArticleBotError: if it cannot be read, or nothing is called so.
        """
        if is_web_address(reference) or _is_path(reference):
            return self._at(reference)
        entry = self._library.find(TERMINAL, reference)
        if entry is None:
            raise ArticleError(
                f"There is no file {reference}, and no article in the library is called so. "
                "Check the path, or see the names with: article-bot list"
            )
        return self.in_library(entry)

    def in_library(self, entry: Entry) -> Chosen:
        """Return an article of the library; a file that has changed since is read again.

        Raises:
            LibraryError: if it is damaged.
        """
        if self._has_changed(entry):
            return self._read_again(entry.source, entry)
        return Chosen(self._library.article(entry), entry)

    def _at(self, source: str) -> Chosen:
        entry = self._library.at_address(TERMINAL, absolute_source(source))
        if entry is None:
            return Chosen(read_source(self._settings, source))
        return self._read_again(source, entry)

    def _read_again(self, source: str, entry: Entry) -> Chosen:
        try:
            article = read_source(self._settings, source)
        except ArticleBotError as error:
            return self._as_it_was(entry, error)
        article = replace(article, source=absolute_source(source))
        if article_id(article) != entry.id:
            self._prepare(article, entry)
        added = self._library.add(article, TERMINAL)
        if added.outcome == "changed":
            self._reporter.notice(f"{added.entry.name} has changed; it was read again.")
        return Chosen(self._library.article(added.entry), added.entry)

    def _as_it_was(self, entry: Entry, error: ArticleBotError) -> Chosen:
        day = spoken_day(entry.added_at)
        self._reporter.notice(f"{error} Asking {entry.name} as it was on {day}.")
        return Chosen(self._library.article(entry), entry)

    def _has_changed(self, entry: Entry) -> bool:
        """Whether a file is there and is another one; who has no network asks of no page."""
        path = Path(entry.source)
        if is_web_address(entry.source) or not _is_path(entry.source):
            return False
        try:
            if path.stat().st_size > self._settings.max_article_bytes:
                return True  # reading it says so
            read = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return False
        return read != self._library.latest_sha256(entry)


def _is_path(reference: str) -> bool:
    try:
        return Path(reference).exists()
    except (OSError, ValueError):  # too long for a path, or with a character that none may have
        return False
