import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app.answer_record import by_bytes
from bot.telegram_app.chat_articles import ALL, ChatArticles, Subject
from bot.telegram_app.reading_watch import ReadingTimeoutError, ReadingWatch
from bot.telegram_app.stopping import Stopping
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from index.article import Article
from index.library.article_json import article_id
from index.library.entry import Entry
from index.library.errors import LibraryError
from index.library.library import Library
from tests.telegram_app.fake_pipelines import FakePipelines
from tests.telegram_app.text.articles import article_of

CHAT, OTHER = 7, 8
MILL = article_of("The mill was sold in 1999. Its wheel turns.")
BRIDGE = article_of("The bridge has eleven arches. It is grey.")


class World:
    """The articles of chats, with what they stand on."""

    def __init__(self, data_dir: Path, default: QAPipeline) -> None:
        self.store = SqliteStore.open(store_path(data_dir))
        self.library = Library(data_dir)
        self.pipelines = FakePipelines(self.library)
        self.articles = ChatArticles(default, self.pipelines, self.library, self.store)

    async def take(self, article: Article = MILL, chat_id: int = CHAT) -> Entry:
        """Give a chat an article, as a reading does."""
        entry = self.articles.take(chat_id, article, watch()).entry
        await self.articles.note_use(chat_id, entry)
        return entry


def watch(seconds: float = 60, stopping: bool = False) -> ReadingWatch:
    made = ReadingWatch(seconds, lambda: stopping)
    made.begin()
    return made


Test = Callable[[World], Awaitable[None]]


@pytest.fixture
def use(tmp_path: Path, fake_pipeline: QAPipeline) -> Callable[[Test], None]:
    def use(test: Test) -> None:
        async def run() -> None:
            world = World(Settings(data_dir=tmp_path).data_dir, fake_pipeline)
            try:
                await test(world)
            finally:
                await world.store.close()

        asyncio.run(run())

    return use


def test_a_chat_asks_the_default_article_until_it_chooses(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        articles = world.articles
        assert await articles.subject(CHAT) == Subject()
        assert articles.pipeline(CHAT, Subject()) is articles.default
        entry = await world.take()
        assert await articles.subject(CHAT) == Subject()
        await articles.choose(CHAT, entry)
        subject = await articles.subject(CHAT)
        assert subject == Subject("one", (entry,))
        assert articles.pipeline(CHAT, subject).article.text == MILL.text
        assert await articles.subject(OTHER) == Subject()
        await articles.choose(CHAT, None)
        assert await articles.subject(CHAT) == Subject()

    use(test)


def test_all_are_the_chats_own(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        articles = world.articles
        for article, chat_id in ((MILL, CHAT), (BRIDGE, CHAT), (MILL, OTHER)):
            await world.take(article, chat_id)
        await articles.choose(CHAT, ALL)
        subject = await articles.subject(CHAT)
        assert (subject.kind, len(subject.entries)) == ("all", 2)
        assert await articles.article(subject) is None
        asked = articles.pipeline(CHAT, subject).article
        assert MILL.text in asked.text
        assert BRIDGE.text in asked.text
        await articles.choose(99, ALL)
        assert await articles.subject(99) == Subject()

    use(test)


def test_a_removed_article_is_not_asked_any_more(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        articles, entry = world.articles, await world.take()
        await world.take(MILL, OTHER)
        await articles.choose(CHAT, entry)
        for _ in range(2):
            await articles.remove(CHAT, entry)
        assert await articles.subject(CHAT) == Subject()
        assert await articles.entry(CHAT, entry.id) is None
        assert await articles.entry(OTHER, entry.id) is not None
        with pytest.raises(LibraryError):
            articles.pipeline(CHAT, Subject("one", (entry,)))

    use(test)


def test_a_chat_knows_its_own_articles_and_the_operators(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        articles, default = world.articles, world.articles.default.article
        mill = await world.take()
        await world.take(BRIDGE, OTHER)
        references = [article_id(default), by_bytes(default), mill.id, article_id(BRIDGE)]
        known = await articles.known(CHAT, references)
        assert known.keys() == set(references[:3])
        assert known[mill.id].text == MILL.text
        assert (await articles.known(OTHER, references)).keys() == {*references[:2], references[3]}

    use(test)


def test_what_cannot_be_indexed_is_not_kept(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        def broken(_entry: Entry) -> None:
            raise LibraryError("no")

        world.pipelines.before = broken
        with pytest.raises(LibraryError):
            world.articles.take(CHAT, MILL, watch())
        assert await world.articles.entries(CHAT) == ()

    use(test)


def test_what_is_ended_by_a_stop_stays_for_the_next_start(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        with pytest.raises(Stopping):
            world.articles.take(CHAT, MILL, watch(stopping=True))
        assert len(await world.articles.entries(CHAT)) == 1

    use(test)


def test_the_time_of_another_reading_is_not_this_ones(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        failures = [ReadingTimeoutError("another chat's")]

        def once(_entry: Entry) -> None:
            if failures:
                raise failures.pop()

        world.pipelines.before = once
        await world.take()
        assert len(world.pipelines.opened) == 1
        failures.append(ReadingTimeoutError("its own"))
        with pytest.raises(ReadingTimeoutError):
            world.articles.take(CHAT, BRIDGE, watch(seconds=-1))

    use(test)


def test_articles_that_nobody_asks_go_after_a_while(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        articles = world.articles
        old, new = await world.take(MILL), await world.take(BRIDGE)
        later = datetime.now(UTC) + timedelta(seconds=1)
        await asyncio.sleep(0)
        await articles.forget_unused(datetime.now(UTC) - timedelta(days=1))
        assert len(await articles.entries(CHAT)) == 2
        await articles.remove(CHAT, new)
        await articles.forget_unused(later)
        assert await articles.entries(CHAT) == ()
        assert await articles.entry(CHAT, old.id) is None
        assert await world.store.unused_since(later) == []

    use(test)


def test_a_question_keeps_its_article(use: Callable[[Test], None]) -> None:
    async def test(world: World) -> None:
        entry = await world.take()
        asked_from = datetime.now(UTC)
        await world.articles.note_asked(CHAT, Subject("one", (entry,)))
        await world.articles.note_asked(CHAT, Subject())
        assert await world.store.unused_since(asked_from) == []

    use(test)


def test_a_group_takes_its_articles_along_and_can_be_forgotten(
    use: Callable[[Test], None],
) -> None:
    async def test(world: World) -> None:
        entry = await world.take()
        for _ in range(2):
            await world.articles.move(CHAT, OTHER)
        assert await world.articles.entries(CHAT) == ()
        moved = await world.articles.entry(OTHER, entry.id)
        assert moved == replace(entry, owner="chat:8")
        await world.articles.forget(OTHER)
        assert await world.articles.entries(OTHER) == ()

    use(test)
