from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.article import Article
from index.library.entry import TERMINAL, Entry, chat_owner
from index.library.errors import LibraryError
from index.library.library import Library
from tests.library.articles import COAL, TEA, article_of

CHAT = chat_owner(-100)
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


class Clock:
    """Tells a time that goes on by a minute whenever it is asked."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path, Clock())


def files(tmp_path: Path) -> int:
    return len(list((tmp_path / "articles").iterdir()))


def test_an_empty_library_makes_no_file(library: Library, tmp_path: Path) -> None:
    assert library.entries(TERMINAL) == ()
    assert library.used(TERMINAL) is None
    assert library.find(TERMINAL, "tea") is None
    assert [path.name for path in tmp_path.iterdir()] == ["work"]


def test_what_is_added_is_there(library: Library, default_article: Article) -> None:
    article = replace(default_article, notices=("1 hidden passage was ignored.",), language="en")

    added = library.add(article, TERMINAL)

    assert added.outcome == "new"
    assert added.entry == Entry(
        id="a998512bded77d4d",
        name="isis-extremists-losing-more-ground-in",
        title="ISIS extremists losing more ground in Iraq's Mosul",
        url=None,
        source=article.source,
        site=None,
        words=491,
        paragraphs=15,
        published=datetime(2017, 6, 29, 9, 6),
        language="en",
        added_at=NOON + timedelta(minutes=1),
        owner=TERMINAL,
    )
    assert library.entries(TERMINAL) == (added.entry,)
    assert library.article(added.entry) == article


def test_the_same_content_is_stored_once(library: Library, tmp_path: Path) -> None:
    first = library.add(TEA, TERMINAL)
    again = library.add(replace(TEA, sha256="0" * 64), TERMINAL)
    other = library.add(replace(TEA, source="tea.html"), CHAT)

    assert [one.outcome for one in (first, again, other)] == ["new", "known", "new"]
    assert again.entry == first.entry
    assert other.entry.id == first.entry.id
    assert files(tmp_path) == 1
    # The bytes around the same content may differ each time that it is read.
    assert library.article(first.entry) == TEA
    assert library.article(other.entry).source == "tea.html"


def test_what_changed_at_its_address_takes_the_place_and_the_name(
    library: Library, tmp_path: Path
) -> None:
    before = library.add(TEA, TERMINAL, name="house").entry
    library.use(TERMINAL, before)
    changed = article_of("The tea house closed in 1999.", TEA.source)

    added = library.add(changed, TERMINAL)

    assert (added.outcome, added.entry.name) == ("changed", "house")
    assert library.entries(TERMINAL) == (added.entry,)
    assert library.used(TERMINAL) == added.entry
    assert library.article(added.entry) == changed
    assert files(tmp_path) == 1
    with pytest.raises(LibraryError, match="The article house is not in the library any more"):
        library.article(before)


def test_the_same_name_of_a_file_that_was_sent_is_no_address(library: Library) -> None:
    library.add(article_of("One report about tea and rain.", "report.txt"), CHAT)
    added = library.add(article_of("Another report about coal and snow.", "report.txt"), CHAT)

    assert added.outcome == "new"
    assert [entry.name for entry in library.entries(CHAT)] == ["report-2", "report"]


def test_a_share_is_taken_alone_and_the_content_goes_with_the_last(
    library: Library, tmp_path: Path
) -> None:
    mine, theirs = library.add(TEA, TERMINAL).entry, library.add(TEA, CHAT).entry

    library.remove(TERMINAL, mine)

    assert library.entries(TERMINAL) == ()
    assert library.article(theirs) == TEA
    library.remove(CHAT, theirs)
    assert files(tmp_path) == 0
    with pytest.raises(LibraryError, match="is not in the library any more"):
        library.remove(CHAT, theirs)


def test_nobody_sees_what_another_has(library: Library) -> None:
    theirs = library.add(TEA, CHAT).entry

    assert library.entries(TERMINAL) == ()
    assert library.find(TERMINAL, theirs.id) is None
    with pytest.raises(LibraryError):
        library.use(TERMINAL, theirs)
    with pytest.raises(LibraryError):
        library.article(replace(theirs, owner=TERMINAL))


def test_forgetting_takes_all_of_an_owner_s_shares(library: Library, tmp_path: Path) -> None:
    library.add(TEA, CHAT)
    library.use(CHAT, library.add(COAL, CHAT).entry)
    library.add(COAL, TERMINAL)

    assert library.forget(CHAT) == 2
    assert library.entries(CHAT) == ()
    assert library.used(CHAT) is None
    assert [entry.name for entry in library.entries(TERMINAL)] == ["coal"]
    assert files(tmp_path) == 1
    assert library.forget(CHAT) == 0


def test_a_chat_with_a_new_id_keeps_its_articles(library: Library) -> None:
    entry = library.add(TEA, CHAT).entry
    library.use(CHAT, entry)

    library.move(CHAT, chat_owner(7))

    moved = replace(entry, owner=chat_owner(7))
    assert library.entries(CHAT) == ()
    assert library.entries(chat_owner(7)) == (moved,)
    assert library.used(chat_owner(7)) == moved
    assert library.added_since(chat_owner(7), NOON) == 1


def test_additions_are_counted_for_two_days(library: Library) -> None:
    library.add(TEA, CHAT)
    library.add(TEA, CHAT)
    library.remove(CHAT, library.add(COAL, CHAT).entry)
    library.add(COAL, TERMINAL)

    assert library.added_since(CHAT, NOON) == 3
    assert library.added_since(CHAT, NOON + timedelta(minutes=2)) == 2
    library.forget(CHAT)
    assert library.added_since(CHAT, NOON) == 3


def test_the_newest_comes_first(library: Library) -> None:
    first, second = library.add(TEA, TERMINAL).entry, library.add(COAL, TERMINAL).entry

    assert library.entries(TERMINAL) == (second, first)


@pytest.mark.parametrize(
    "reference",
    ["Tea House", " tea house ", "TEA HOUSE", "{id}", "{id:.5}", "https://tea.example/a?b=1"]
    + ["HTTPS://Tea.example:443/a?b=1#c", "https://tea.example/canonical"],
)
def test_an_article_is_found_by_what_a_person_calls_it(library: Library, reference: str) -> None:
    article = replace(TEA, source="https://tea.example/a?b=1", url="https://tea.example/canonical")
    library.add(COAL, TERMINAL)
    entry = library.add(article, TERMINAL, name="Tea house").entry

    assert (
        library.find(TERMINAL, reference.replace("{id}", entry.id).replace("{id:.5}", entry.id[:5]))
        == entry
    )


@pytest.mark.parametrize("reference", ["", "te", "tea.txt", "https://tea.example/", "a", "\0"])
def test_nothing_else_is_found(library: Library, reference: str) -> None:
    library.add(TEA, TERMINAL)

    assert library.find(TERMINAL, reference) is None


def test_a_path_is_found_from_where_it_is(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = library.add(replace(TEA, source=str(tmp_path / "tea.txt")), TERMINAL).entry
    monkeypatch.chdir(tmp_path)

    assert library.find(TERMINAL, "./tea.txt") == entry


def test_a_name_is_taken_once(library: Library) -> None:
    library.add(TEA, TERMINAL, name="Rain")

    with pytest.raises(LibraryError, match="There is an article Rain already. Choose another name"):
        library.add(COAL, TERMINAL, name="rain")
    assert [entry.name for entry in library.entries(TERMINAL)] == ["Rain"]
    assert library.add(TEA, TERMINAL, name="RAIN").entry.name == "RAIN"
    assert library.add(COAL, CHAT, name="rain").entry.name == "rain"


def test_content_that_is_known_from_elsewhere_takes_the_place_too(library: Library) -> None:
    library.use(TERMINAL, library.add(TEA, TERMINAL, name="one").entry)
    coal = library.add(COAL, TERMINAL, name="two").entry

    added = library.add(replace(COAL, source=TEA.source), TERMINAL)

    assert (added.outcome, added.entry.id, added.entry.name) == ("changed", coal.id, "two")
    assert library.entries(TERMINAL) == (added.entry,)
    assert library.used(TERMINAL) == added.entry


def test_a_source_may_hold_anything(library: Library) -> None:
    article = replace(TEA, source="/caf\udce9/\ud800.txt")

    entry = library.add(article, CHAT).entry

    assert library.article(entry) == article
