import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from bot.telegram_app.store.records import ChatArticle, Offer, RawUpdate, Reading
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from tests.telegram_app.store.clock import START, Clock

CHAT, OTHER, SUPERGROUP = 1, 2, -100
ONE, TWO = "1" * 16, "2" * 16


def use(path: Path, test: Callable[[SqliteStore], Awaitable[None]]) -> None:
    """Run a test with a store whose clock goes on by a second at every look."""

    async def run() -> None:
        store = SqliteStore.open(store_path(path), Clock())
        try:
            await test(store)
        finally:
            await store.close()

    asyncio.run(run())


def test_what_a_chat_asks_is_its_own_matter(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        assert await store.asks(CHAT) is None
        await store.choose(CHAT, ONE)
        await store.choose(CHAT, "*")
        assert [await store.asks(CHAT), await store.asks(OTHER)] == ["*", None]
        await store.choose(CHAT, None)
        assert await store.asks(CHAT) is None

    use(tmp_path, test)


def test_an_article_that_was_dropped_is_not_asked_any_more(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.note_use(CHAT, [ONE, TWO])
        await store.choose(CHAT, ONE)
        await store.note_use(OTHER, [ONE])
        await store.choose(OTHER, ONE)
        await store.drop_article(ChatArticle(CHAT, TWO))
        assert await store.asks(CHAT) == ONE
        await store.drop_article(ChatArticle(CHAT, ONE))
        assert [await store.asks(CHAT), await store.asks(OTHER)] == [None, ONE]

    use(tmp_path, test)


def test_without_articles_nobody_asks_all_of_them(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.note_use(CHAT, [ONE, TWO])
        await store.choose(CHAT, "*")
        await store.drop_article(ChatArticle(CHAT, ONE))
        assert await store.asks(CHAT) == "*"
        await store.drop_article(ChatArticle(CHAT, TWO))
        assert await store.asks(CHAT) is None

    use(tmp_path, test)


def test_what_was_of_no_use_for_long(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.note_use(CHAT, [ONE, TWO])
        await store.note_use(OTHER, [ONE])
        await store.note_use(CHAT, [ONE])
        later = START + timedelta(days=1)
        assert await store.unused_since(START) == []
        stale = await store.unused_since(later)
        assert stale == [ChatArticle(CHAT, TWO), ChatArticle(OTHER, ONE), ChatArticle(CHAT, ONE)]

    use(tmp_path, test)


def test_readings_are_counted_once_and_up_to_a_limit(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        first, second, third = (Reading(9, number, CHAT) for number in range(3))
        assert not await store.has_begun(first)
        begun = [await store.begin_reading(one, 2, START) for one in (first, second, first, third)]
        assert begun == [True, True, True, False]
        assert [await store.has_begun(one) for one in (first, third)] == [True, False]
        assert await store.begin_reading(Reading(10, 0, OTHER), 2, START)
        # Those of the day before count no longer, and 0 is no limit.
        assert await store.begin_reading(third, 2, START + timedelta(days=1))
        assert await store.begin_reading(Reading(11, 0, CHAT), 0, START)

    use(tmp_path, test)


def test_what_was_offered_stays_as_it_was(tmp_path: Path) -> None:
    offer = Offer("o1", CHAT, 5, "A long text.")

    async def test(store: SqliteStore) -> None:
        await store.keep_offer(offer)
        await store.keep_offer(Offer("o1", CHAT, 5, "Another."))
        assert await store.offer("o1") == offer
        await store.drop_offer("o1")
        assert await store.offer("o1") is None

    use(tmp_path, test)


def test_a_group_takes_along_what_it_asks(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.note_use(CHAT, [ONE])
        await store.choose(CHAT, ONE)
        await store.keep_offer(Offer("o1", CHAT, 5, "A long text."))
        await store.begin_reading(Reading(9, 0, CHAT), 0, START)
        for _ in range(2):  # Telegram tells it in both chats
            await store.move_chat(CHAT, SUPERGROUP)
        assert [await store.asks(CHAT), await store.asks(SUPERGROUP)] == [None, ONE]
        stale = await store.unused_since(START + timedelta(days=1))
        assert stale == [ChatArticle(SUPERGROUP, ONE)]
        assert await store.offer("o1") is None
        assert not await store.begin_reading(Reading(10, 0, SUPERGROUP), 1, START)

    use(tmp_path, test)


def test_a_chat_that_is_forgotten_has_nothing_left(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        for chat in (CHAT, OTHER):
            await store.note_use(chat, [ONE])
            await store.choose(chat, ONE)
            await store.keep_offer(Offer(f"o{chat}", chat, 5, "A long text."))
        await store.forget_chat(CHAT)
        assert [await store.asks(CHAT), await store.asks(OTHER)] == [None, ONE]
        assert [await store.offer("o1"), (await store.offer("o2")) is None] == [None, False]
        stale = await store.unused_since(START + timedelta(days=1))
        assert stale == [ChatArticle(OTHER, ONE)]

    use(tmp_path, test)


def test_what_is_old_is_deleted_but_for_articles(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        later = START + timedelta(days=1)
        await store.note_use(CHAT, [ONE])
        await store.choose(CHAT, ONE)
        await store.keep_offer(Offer("o1", CHAT, 5, "A long text."))
        await store.begin_reading(Reading(9, 0, CHAT), 0, START)
        await store.forget_before(later)
        assert await store.offer("o1") is None
        assert await store.begin_reading(Reading(10, 0, CHAT), 1, START)
        assert await store.asks(CHAT) == ONE
        assert await store.unused_since(later) == [ChatArticle(CHAT, ONE)]

    use(tmp_path, test)


def test_updates_are_finished_together(tmp_path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep([RawUpdate(number, CHAT, "{}") for number in (1, 2, 3)])
        await store.finish(1, 3)
        assert [update.update_id for update in await store.pending()] == [2]

    use(tmp_path, test)
