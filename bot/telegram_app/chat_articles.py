"""`ChatArticles`: which articles a chat has, which it asks, and the pipeline that answers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.pipeline import QAPipeline
from bot.telegram_app.answer_record import by_bytes
from bot.telegram_app.reading_watch import ReadingTimeoutError, ReadingWatch
from bot.telegram_app.store.protocol import Store
from bot.telegram_app.store.records import ChatArticle
from index.article import Article
from index.errors import ArticleBotError
from index.library.article_json import article_id
from index.library.entry import Added, Entry, chat_owner
from index.library.library import Library
from index.reporter import Reporter

# What the store says of a chat that asks all of its articles; no article has such an id.
ALL = "*"


class Pipelines(Protocol):
    """Opens whatever is asked. Used on threads."""

    def of(self, entry: Entry, reporter: Reporter | None = None) -> QAPipeline:
        """Return the pipeline of an article; its index is built where there is none yet."""
        ...

    def all_of(self, owner: str, reporter: Reporter | None = None) -> QAPipeline:
        """Return one pipeline over all articles of an owner."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chat asks.

    Attributes:
        kind: the article that the operator has chosen, one of the chat's own, or all of these.
        entries: of the chat's own that are asked.
    """

    kind: Literal["default", "one", "all"] = "default"
    entries: tuple[Entry, ...] = ()


class ChatArticles:
    """The articles of all chats; what one has, no other sees.

    Attributes:
        default: answers where a chat has chosen nothing else.
    """

    def __init__(
        self, default: QAPipeline, pipelines: Pipelines, library: Library, store: Store
    ) -> None:
        """Use a library and a store.

        Args:
            default: the pipeline of the operator's article.
            pipelines: opens the chats' own.
            library: has their articles.
            store: knows what they ask.
        """
        self.default = default
        self._default_id = article_id(default.article)
        self._pipelines = pipelines
        self._library = library
        self._store = store

    async def entries(self, chat_id: int) -> tuple[Entry, ...]:
        """Return the chat's own articles, the newest first.

        Raises:
            LibraryError: if the library cannot be read; so does all else here.
        """
        return await asyncio.to_thread(self._library.entries, chat_owner(chat_id))

    async def entry(self, chat_id: int, article: str) -> Entry | None:
        """Return one of the chat's own articles by its id; what others have is not there."""
        return _with_id(await self.entries(chat_id), article)

    async def subject(self, chat_id: int) -> Subject:
        """Return what a chat asks now."""
        asks = await self._store.asks(chat_id)
        if asks is None:
            return Subject()
        entries = await self.entries(chat_id)
        if asks == ALL:
            return Subject("all", entries) if entries else Subject()
        entry = _with_id(entries, asks)
        return Subject("one", (entry,)) if entry is not None else Subject()

    def pipeline(self, chat_id: int, subject: Subject) -> QAPipeline:
        """Return what answers. May take seconds: not for the event loop.

        Raises:
            ArticleBotError: if an article is gone or damaged, or a model cannot be used.
        """
        if subject.kind == "all":
            return self._pipelines.all_of(chat_owner(chat_id))
        return self._pipelines.of(subject.entries[0]) if subject.entries else self.default

    async def note_asked(self, chat_id: int, subject: Subject) -> None:
        """Note that a chat has asked something: its articles are kept for longer."""
        if subject.entries:
            await self._store.note_use(chat_id, [entry.id for entry in subject.entries])

    async def article(self, subject: Subject) -> Article | None:
        """Return the article that is asked; None where there are several."""
        if subject.kind == "all":
            return None
        if not subject.entries:
            return self.default.article
        return await asyncio.to_thread(self._library.article, subject.entries[0])

    async def known(self, chat_id: int, references: Sequence[str]) -> Mapping[str, Article]:
        """Return those of an answer's articles that the chat still has, and the operator's.

        Args:
            chat_id: whose answer it is.
            references: as `references_in` gives them.
        """
        article = self.default.article
        found = {by_bytes(article): article, self._default_id: article}
        if found.keys() >= set(references):
            return found
        own = await asyncio.to_thread(own_articles, self._library, chat_id, references)
        return {**own, **found}

    async def choose(self, chat_id: int, what: Entry | str | None) -> None:
        """Have a chat ask one of its own articles, `ALL` of them, or the operator's (None)."""
        if isinstance(what, Entry):
            await self._store.note_use(chat_id, [what.id])
            await self._store.choose(chat_id, what.id)
        else:
            await self._store.choose(chat_id, what)

    def take(self, chat_id: int, article: Article, watch: ReadingWatch) -> Added:
        """Give a chat an article and index it: not for the event loop.

        What the chat asks stays the same, until it is chosen.

        Args:
            chat_id: whose article it becomes.
            article: what was read.
            watch: is told of progress, and ends it.

        Raises:
            ArticleBotError: if it cannot be kept or indexed, or not in time.
            Stopping: if the bot stops first.
        """
        owner = chat_owner(chat_id)
        added = self._library.add(article, owner)
        try:
            self._open(added.entry, watch)
        except ArticleBotError:
            # What cannot be asked is of no use to the chat.
            if added.outcome == "new":
                self._library.remove(owner, added.entry)
            raise
        return added

    async def note_use(self, chat_id: int, entry: Entry) -> None:
        """Note that an article is of use now."""
        await self._store.note_use(chat_id, [entry.id])

    async def remove(self, chat_id: int, entry: Entry) -> None:
        """Take an article from a chat; does nothing where it has gone already."""
        if await self.entry(chat_id, entry.id) is not None:
            await asyncio.to_thread(self._library.remove, chat_owner(chat_id), entry)
        await self._store.drop_article(ChatArticle(chat_id, entry.id))

    async def forget(self, chat_id: int) -> None:
        """Take all articles from a chat."""
        await asyncio.to_thread(self._library.forget, chat_owner(chat_id))

    async def move(self, old_id: int, new_id: int) -> None:
        """Hand the articles of a group over to the supergroup that it became."""
        await asyncio.to_thread(self._library.move, chat_owner(old_id), chat_owner(new_id))

    def _open(self, entry: Entry, watch: ReadingWatch) -> None:
        while True:
            try:
                self._pipelines.of(entry, watch)
            except ReadingTimeoutError:
                # Perhaps that was another chat's time, which read the same at the same time.
                if watch.has_to_end:
                    raise
            else:
                return

    async def forget_unused(self, moment: datetime) -> None:
        """Take from chats the articles that were of no use since a moment."""
        for unused in await self._store.unused_since(moment):
            entry = await self.entry(unused.chat_id, unused.article_id)
            if entry is not None:
                await self.remove(unused.chat_id, entry)
            else:
                await self._store.drop_article(unused)


def own_articles(library: Library, chat_id: int, references: Sequence[str]) -> dict[str, Article]:
    """Return those of an answer's articles that its chat still has: not for the event loop.

    Args:
        library: has the articles.
        chat_id: whose answer it is.
        references: as `references_in` gives them.
    """
    entries = library.entries(chat_owner(chat_id))
    return {entry.id: library.article(entry) for entry in entries if entry.id in references}


def _with_id(entries: Sequence[Entry], article: str) -> Entry | None:
    return next((entry for entry in entries if entry.id == article), None)
