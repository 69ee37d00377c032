import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram_app.store.database import Database, Work
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.protocol import Store
from bot.telegram_app.store.records import (
    Delivery,
    Feedback,
    KeptAnswer,
    MessagePlace,
    PendingUpdate,
    PostedPart,
    RawUpdate,
)
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from tests.telegram_app.store.clock import START, Clock

CHAT, OTHER = 1, 2
SHA = "ab" * 32

Test = Callable[[SqliteStore], Awaitable[None]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return store_path(tmp_path)


def use(path: Path, test: Test) -> None:
    """Run a test with a store that is opened before and closed afterwards."""

    async def run() -> None:
        store = SqliteStore.open(path, Clock())
        try:
            await test(store)
        finally:
            await store.close()

    asyncio.run(run())


def update(update_id: int, chat_id: int | None = CHAT) -> RawUpdate:
    return RawUpdate(update_id, chat_id, f'{{"update_id": {update_id}}}')


def answer(
    answer_id: str = "a1", chat_id: int = CHAT, message_id: int = 10, seconds: int = 0
) -> KeptAnswer:
    return KeptAnswer(
        id=answer_id,
        question=MessagePlace(chat_id, message_id),
        asker_id=5,
        article_sha256=SHA,
        payload='{"words": "مرحبا"}',
        messages=(11, 12),
        answered_at=START.replace(second=seconds, microsecond=7),
    )


def test_it_is_a_store(path: Path) -> None:
    async def test(store: Store) -> None:
        assert await store.pending() == []

    use(path, test)
    assert path.name == "telegram.sqlite3"


def test_what_was_kept_is_there_after_a_restart(path: Path) -> None:
    async def before(store: SqliteStore) -> None:
        assert await store.keep([update(3), update(4, None)]) == {3, 4}
        await store.begin(3)
        await store.keep_answer(answer())

    async def after(store: SqliteStore) -> None:
        pending = await store.pending()
        assert pending == [
            PendingUpdate(3, '{"update_id": 3}', 1),
            PendingUpdate(4, '{"update_id": 4}', 0),
        ]
        assert await store.answer("a1") == answer()

    use(path, before)
    use(path, after)


def test_an_update_is_new_once(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        assert await store.keep([update(3), update(4), update(3)]) == {3, 4}
        await store.begin(3)
        await store.finish(3)
        assert await store.keep([update(3), update(4), update(5)]) == {5}
        assert [one.update_id for one in await store.pending()] == [4, 5]

    use(path, test)


def test_updates_wait_in_the_order_in_which_they_came(path: Path) -> None:
    # After a week without any, Telegram may begin anew with a lower number.
    async def test(store: SqliteStore) -> None:
        await store.keep([update(900), update(901)])
        await store.keep([update(17)])
        assert [one.update_id for one in await store.pending()] == [900, 901, 17]

    use(path, test)


def test_tries_are_counted(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep([update(3)])
        assert [await store.begin(3), await store.begin(3)] == [1, 2]
        await store.put_back(3)
        assert (await store.pending())[0].tries == 1
        await store.put_back(3)
        await store.put_back(3)
        assert (await store.pending())[0].tries == 0
        await store.finish(3)
        assert await store.begin(3) == 0

    use(path, test)


def test_an_update_that_was_never_kept_can_be_handled(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        assert await store.begin(3) == 1
        await store.finish(3)
        assert await store.pending() == []

    use(path, test)


def test_a_message_is_begun_then_sent(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep([update(3)])
        assert await store.delivery(3, "answer:0") == Delivery(None, begun=False)
        await store.begin_delivery(3, "answer:0")
        await store.begin_delivery(3, "answer:0")
        assert await store.delivery(3, "answer:0") == Delivery(None, begun=True)
        assert await store.delivery(3, "answer:1") == Delivery(None, begun=False)
        assert await store.delivery(4, "answer:0") == Delivery(None, begun=False)
        await store.finish_delivery(3, "answer:0", 77)
        assert await store.delivery(3, "answer:0") == Delivery(77, begun=True)
        await store.begin_delivery(3, "answer:0")
        await store.withdraw_delivery(3, "answer:0")
        assert await store.delivery(3, "answer:0") == Delivery(77, begun=True)

    use(path, test)


def test_a_message_that_was_not_sent_is_withdrawn(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.begin_delivery(3, "queue")
        await store.withdraw_delivery(3, "queue")
        assert await store.delivery(3, "queue") == Delivery(None, begun=False)

    use(path, test)


def test_of_a_finished_update_only_the_number_stays(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep([RawUpdate(3, CHAT, '"private words"')])
        await store.finish_delivery(3, "answer:0", 77)
        await store.finish(3)
        assert await store.delivery(3, "answer:0") == Delivery(None, begun=False)
        assert await store.keep([update(3)]) == set()

    use(path, test)
    assert b"private words" not in path.read_bytes()


def test_an_answer_is_found_three_ways(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        first, second = answer("a1", message_id=10), answer("a2", message_id=20)
        elsewhere = answer("a3", chat_id=OTHER, message_id=10, seconds=9)
        nobody = replace(answer("a4", chat_id=3), asker_id=None, messages=())
        for one in (first, second, elsewhere, nobody):
            await store.keep_answer(one)
        assert await store.answer("a1") == first
        assert await store.answer("a4") == nobody
        assert await store.answer("a9") is None
        assert await store.answer_to(MessagePlace(CHAT, 20)) == second
        assert await store.answer_to(MessagePlace(OTHER, 10)) == elsewhere
        assert await store.answer_to(MessagePlace(OTHER, 20)) is None
        assert await store.last_answer(CHAT) == second
        assert await store.last_answer(OTHER) == elsewhere
        assert await store.last_answer(4) is None

    use(path, test)


def test_the_last_answer_is_the_newest_one(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        for seconds, answer_id in ((3, "a1"), (5, "a2"), (4, "a3")):
            await store.keep_answer(answer(answer_id, message_id=seconds, seconds=seconds))
        assert await store.last_answer(CHAT) == answer("a2", message_id=5, seconds=5)

    use(path, test)


def test_an_answer_replaces_the_one_to_the_same_message(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep_answer(answer("a1"))
        await store.rate("a1", 5, "good")
        await store.keep_answer(answer("a2", seconds=5))
        assert await store.answer("a1") is None
        assert await store.answer_to(MessagePlace(CHAT, 10)) == answer("a2", seconds=5)
        assert await store.feedback() == []

    use(path, test)


def test_an_answer_that_is_kept_again_keeps_its_feedback(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep_answer(answer())
        await store.rate("a1", 5, "good")
        changed = replace(answer(), messages=(11, 12, 13), payload="{}")
        await store.keep_answer(changed)
        assert await store.answer("a1") == changed
        assert await store.rating("a1", 5) == "good"

    use(path, test)


def test_a_rating_is_changed_and_taken_back(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep_answer(answer())
        assert await store.rating("a1", 5) is None
        await store.rate("a1", 5, "good")
        await store.rate("a1", 6, "good")
        await store.rate("a1", 5, "bad")
        assert (await store.rating("a1", 5), await store.rating("a1", 6)) == ("bad", "good")
        await store.rate("a1", 5, None)
        assert await store.rating("a1", 5) is None
        assert [one.rating for one in await store.feedback()] == ["good"]

    use(path, test)


def test_a_comment_outlives_the_rating(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep_answer(answer())
        await store.comment("a1", 5, "first")
        await store.rate("a1", 5, "good")
        await store.comment("a1", 5, "second")
        clock = START.replace(second=3)
        assert await store.feedback() == [Feedback(answer(), "good", "second", clock)]
        await store.rate("a1", 5, None)
        clock = START.replace(second=4)
        assert await store.feedback() == [Feedback(answer(), None, "second", clock)]

    use(path, test)


def test_feedback_comes_oldest_first(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep_answer(answer("a1", message_id=1))
        await store.keep_answer(answer("a2", message_id=2))
        await store.rate("a2", 5, "bad")
        await store.rate("a1", 6, "good")
        await store.rate("a1", 5, "good")
        found = [(one.answer.id, one.rating) for one in await store.feedback()]
        assert found == [("a2", "bad"), ("a1", "good"), ("a1", "good")]

    use(path, test)


def test_feedback_on_a_forgotten_answer_is_ignored(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.rate("a1", 5, "good")
        await store.rate("a1", 5, None)
        await store.comment("a1", 5, "words")
        assert await store.feedback() == []

    use(path, test)


def test_an_article_stands_where_it_was_posted_last(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep_parts(CHAT, SHA, [PostedPart(32, 1), PostedPart(31, 0), PostedPart(33, 2)])
        assert await store.parts(CHAT, SHA) == tuple(PostedPart(31 + n, n) for n in range(3))
        await store.keep_parts(CHAT, SHA, [PostedPart(41, 0)])
        assert await store.parts(CHAT, SHA) == (PostedPart(41, 0),)
        assert await store.parts(CHAT, "cd" * 32) == ()
        assert await store.parts(OTHER, SHA) == ()

    use(path, test)


def test_a_hint_is_given_once(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        asked = [(CHAT, "photo"), (CHAT, "photo"), (CHAT, "voice"), (OTHER, "photo")]
        assert [await store.first_time(*one) for one in asked] == [True, False, True, True]

    use(path, test)


def test_a_group_moves(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        await store.keep([update(3)])
        await store.keep_answer(answer())
        await store.rate("a1", 5, "good")
        await store.keep_parts(CHAT, SHA, [PostedPart(31, 0)])
        await store.first_time(CHAT, "photo")
        await store.first_time(CHAT, "voice")
        await store.first_time(OTHER, "photo")
        await store.move_chat(CHAT, OTHER)
        moved = replace(answer(), moved_to=OTHER)
        assert await store.last_answer(OTHER) == moved
        assert await store.last_answer(CHAT) is None
        assert await store.rating("a1", 5) == "good"
        hints = [(OTHER, "photo"), (OTHER, "voice"), (CHAT, "voice")]
        assert [await store.first_time(*one) for one in hints] == [False, False, True]
        # Messages have other numbers there: a new one may have that of an old one.
        assert await store.answer_to(MessagePlace(OTHER, 10)) is None
        assert await store.parts(OTHER, SHA) == ()
        await store.keep_answer(answer("a2", chat_id=OTHER, message_id=10))
        assert await store.answer("a1") == moved
        await store.forget_chat(OTHER)
        assert [await store.answer("a1"), await store.answer("a2")] == [None, None]

    use(path, test)


def test_a_chat_is_forgotten(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        for chat_id in (CHAT, OTHER):
            await store.keep([update(10 + chat_id, chat_id), update(20 + chat_id, chat_id)])
            await store.begin_delivery(20 + chat_id, "answer:0")
            await store.finish(10 + chat_id)
            await store.keep_answer(answer(f"a{chat_id}", chat_id))
            await store.comment(f"a{chat_id}", 5, "words")
            await store.keep_parts(chat_id, SHA, [PostedPart(31, 0)])
            await store.first_time(chat_id, "photo")
        await store.forget_chat(CHAT)
        assert await store.answer("a1") is None
        assert [one.answer.id for one in await store.feedback()] == ["a2"]
        assert await store.parts(CHAT, SHA) == ()
        assert await store.parts(OTHER, SHA) == (PostedPart(31, 0),)
        assert [await store.first_time(c, "photo") for c in (CHAT, OTHER)] == [True, False]
        # What is being handled goes on, and what was handled is not taken again.
        assert [one.update_id for one in await store.pending()] == [21, 22]
        assert await store.delivery(21, "answer:0") == Delivery(None, begun=True)
        assert await store.keep([update(11)]) == set()

    use(path, test)


def test_a_forgotten_chat_is_not_on_the_disk(path: Path, tmp_path: Path) -> None:
    chat_id = 0x1122334455

    async def test(store: SqliteStore) -> None:
        await store.keep([update(3, chat_id)])
        await store.finish(3)
        await store.keep_answer(replace(answer(chat_id=chat_id), payload='"private words"'))
        await store.first_time(chat_id, "photo")
        await store.forget_chat(chat_id)
        files = b"".join(file.read_bytes() for file in tmp_path.glob("telegram*"))
        assert b"private words" not in files
        assert chat_id.to_bytes(5, "big") not in files

    use(path, test)


def test_what_is_old_is_forgotten(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        # Whatever notes the time itself takes a second.
        await store.keep([update(1), update(2)])  # 1
        await store.finish(1)
        await store.begin_delivery(2, "answer:0")  # 2
        await store.begin_delivery(99, "answer:0")  # 3
        await store.keep_answer(answer("a1", message_id=1, seconds=3))
        await store.rate("a1", 5, "good")  # 4
        await store.keep_parts(CHAT, SHA, [PostedPart(31, 0)])  # 5
        await store.first_time(CHAT, "photo")  # 6
        await store.keep([update(3)])  # 7
        await store.finish(3)
        await store.keep_answer(answer("a2", message_id=2, seconds=7))
        await store.keep_parts(OTHER, SHA, [PostedPart(31, 0)])  # 8
        await store.first_time(CHAT, "voice")  # 9
        await store.forget_before(START.replace(second=7))
        assert [await store.answer("a1"), await store.feedback()] == [None, []]
        assert await store.answer("a2") is not None
        assert [await store.parts(c, SHA) for c in (CHAT, OTHER)] == [(), (PostedPart(31, 0),)]
        assert [await store.first_time(CHAT, w) for w in ("photo", "voice")] == [True, False]
        # Unfinished updates stay, with what was sent because of them.
        assert [one.update_id for one in await store.pending()] == [2]
        assert await store.delivery(2, "answer:0") == Delivery(None, begun=True)
        assert await store.delivery(99, "answer:0") == Delivery(None, begun=False)
        assert await store.keep([update(1), update(2), update(3)]) == {1}

    use(path, test)


def test_two_connections_see_each_other(path: Path) -> None:
    async def test(store: SqliteStore) -> None:
        other = SqliteStore.open(path)
        taken = await asyncio.gather(
            *(one.keep([update(n)]) for n in range(20) for one in (store, other))
        )
        assert sorted(n for ids in taken for n in ids) == [*range(20)]
        await store.keep_answer(answer())
        await other.rate("a1", 5, "good")
        assert [one.rating for one in await store.feedback()] == ["good"]
        await other.close()

    use(path, test)


def test_what_was_asked_before_closing_is_done(path: Path) -> None:
    async def keep_and_close() -> None:
        store = SqliteStore.open(path)
        keeping = asyncio.create_task(store.keep([update(3)]))
        await asyncio.sleep(0)
        await store.close()
        assert await keeping == {3}

    asyncio.run(keep_and_close())

    async def test(store: SqliteStore) -> None:
        assert [one.update_id for one in await store.pending()] == [3]

    use(path, test)


def test_what_must_outlive_a_power_cut_is_on_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    durable: list[bool] = []
    write = Database.write

    async def note(
        self: Database, work: Work[object], *, survives_power_cut: bool = False
    ) -> object:
        durable.append(survives_power_cut)
        return await write(self, work, survives_power_cut=survives_power_cut)

    async def test(store: SqliteStore) -> None:
        await store.keep([update(3)])
        await store.begin(3)
        await store.keep_answer(answer())
        await store.begin_delivery(3, "answer:0")
        await store.finish_delivery(3, "answer:0", 77)
        await store.finish(3)
        assert durable == [True, False, False, False, True, False]

    monkeypatch.setattr(Database, "write", note)
    use(path, test)


def test_a_store_that_cannot_be_opened_says_so(path: Path) -> None:
    path.write_bytes(b"something else" * 1000)
    with pytest.raises(StoreError, match="is damaged"):
        SqliteStore.open(path)
