from dataclasses import replace
from pathlib import Path

import pytest

from bot import choosing
from bot.choosing import Chooser, Chosen
from bot.settings import Settings, load_settings
from index.article import Article, read_default_article
from index.errors import ArticleBotError, ArticleError
from index.library.entry import TERMINAL, Added
from index.library.library import Library
from index.reporter import Reporter
from tests.library.articles import COAL, TEA, article_of

ADDRESS = "https://tea.example/house"


class Notices(Reporter):
    def __init__(self) -> None:
        self.heard: list[str] = []

    def notice(self, message: str) -> None:
        self.heard.append(message)


@pytest.fixture
def settings() -> Settings:
    return load_settings()


@pytest.fixture
def library(settings: Settings) -> Library:
    return Library(settings.data_dir)


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def chooser(settings: Settings, library: Library, notices: Notices) -> Chooser:
    return Chooser(settings, library, notices)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tea.txt"
    path.write_text("The tea house has nine rooms.", encoding="utf-8")
    return path


def at_address(text: str) -> Article:
    return article_of(text, ADDRESS)


def served(monkeypatch: pytest.MonkeyPatch, found: Article | ArticleBotError) -> list[str]:
    """Have an address lead to this, and return what is asked for."""
    asked: list[str] = []

    def read(_settings: Settings, source: str) -> Article:
        asked.append(source)
        if isinstance(found, ArticleBotError):
            raise found
        return found

    monkeypatch.setattr(choosing, "read_source", read)
    return asked


def add(library: Library, article: Article, name: str | None = None) -> Added:
    return library.add(article, TERMINAL, name=name)


def test_without_anything_the_default_article_is_asked(
    chooser: Chooser, settings: Settings
) -> None:
    assert chooser.choose(None) == Chosen(read_default_article())
    assert not settings.data_dir.exists()


def test_what_is_named_wins_over_what_is_used_and_that_over_the_setting(
    settings: Settings, library: Library, file: Path
) -> None:
    used = add(library, TEA).entry
    set_ = settings.model_copy(update={"article": str(file)})
    chooser = Chooser(set_, library, Notices())

    assert chooser.choose(None).article.source == str(file)
    library.use(TERMINAL, used)
    assert chooser.choose(None) == Chosen(TEA, used)
    add(library, COAL)
    assert chooser.choose("coal").article == COAL
    assert chooser.default().article.source == str(file)


def test_a_file_that_is_there_is_meant_rather_than_a_name(
    chooser: Chooser, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, TEA, "notes")
    (tmp_path / "notes").write_text("Notes about other things.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert chooser.named("notes").article.text == "Notes about other things."


def test_a_path_that_is_not_in_the_library_is_read_and_stays_out_of_it(
    chooser: Chooser, library: Library, file: Path
) -> None:
    assert chooser.named(str(file)).entry is None
    assert library.entries(TERMINAL) == ()


def test_a_file_that_has_changed_is_read_again_and_that_is_told(
    chooser: Chooser, library: Library, notices: Notices, file: Path
) -> None:
    first = chooser.named(str(file)).article
    entry = add(library, first, "tea").entry
    assert chooser.named("tea").article == first
    assert notices.heard == []

    file.write_text("The tea house has ten rooms.", encoding="utf-8")

    for reference in ("tea", str(file)):
        chosen = chooser.named(reference)
        assert chosen.article.text == "The tea house has ten rooms."
        assert chosen.entry is not None
        assert chosen.entry.name == "tea"
        assert chosen.entry.id != entry.id
    assert notices.heard == ["tea has changed; it was read again."]


def test_other_bytes_of_the_same_text_are_no_change(
    chooser: Chooser, library: Library, notices: Notices, file: Path
) -> None:
    article = chooser.named(str(file)).article
    add(library, article, "tea")
    file.write_bytes(b"\xef\xbb\xbfThe tea house has nine rooms.\r\n")

    assert chooser.named("tea").article == article
    assert notices.heard == []


def test_a_file_that_is_gone_is_asked_as_it_was(
    chooser: Chooser, library: Library, file: Path
) -> None:
    article = chooser.named(str(file)).article
    entry = add(library, article, "tea").entry
    file.unlink()

    assert chooser.named("tea") == Chosen(article, entry)
    assert chooser.named(str(file)) == Chosen(article, entry)


def test_a_file_that_cannot_be_read_any_more_is_asked_as_it_was_and_that_is_told(
    chooser: Chooser, library: Library, notices: Notices, file: Path
) -> None:
    article = chooser.named(str(file)).article
    entry = add(library, article, "tea").entry
    file.write_bytes(b"")

    assert chooser.named("tea") == Chosen(article, entry)
    (notice,) = notices.heard
    assert notice.startswith(f"There is nothing to read in {file}")
    day = choosing.spoken_day(entry.added_at)
    assert notice.endswith(f" Asking tea as it was on {day}.")


def test_a_page_of_the_library_is_asked_by_name_without_the_network(
    chooser: Chooser, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = at_address("The tea house has nine rooms.")
    entry = add(library, article, "tea").entry
    asked = served(monkeypatch, ArticleError("offline"))

    assert chooser.named("tea") == Chosen(article, entry)
    assert asked == []


def test_a_page_that_is_named_by_its_address_is_read_again(
    chooser: Chooser, library: Library, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, at_address("The tea house has nine rooms."), "tea")
    changed = at_address("The tea house has ten rooms.")
    served(monkeypatch, changed)

    assert chooser.named(ADDRESS).article == changed
    assert notices.heard == ["tea has changed; it was read again."]
    assert [entry.name for entry in library.entries(TERMINAL)] == ["tea"]


def test_a_page_that_cannot_be_had_is_asked_as_it_was(
    chooser: Chooser, library: Library, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = at_address("The tea house has nine rooms.")
    entry = add(library, article).entry
    served(monkeypatch, ArticleError("There is no network."))

    assert chooser.named(ADDRESS) == Chosen(article, entry)
    assert notices.heard[0].startswith("There is no network. Asking house as it was on ")


def test_a_page_that_is_not_in_the_library_has_to_be_had(
    chooser: Chooser, monkeypatch: pytest.MonkeyPatch
) -> None:
    served(monkeypatch, ArticleError("There is no network."))

    with pytest.raises(ArticleError, match="There is no network"):
        chooser.named(ADDRESS)


@pytest.mark.parametrize("reference", ["nothing", "no/such.txt", "\0", "x" * 5000])
def test_what_is_neither_is_told(chooser: Chooser, reference: str) -> None:
    with pytest.raises(ArticleError, match="and no article in the library is called so"):
        chooser.named(reference)


def test_the_source_of_what_is_added_is_absolute(
    chooser: Chooser, library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, replace(chooser.named(str(file)).article, source=str(file)), "tea")
    file.write_text("The tea house has ten rooms.", encoding="utf-8")
    monkeypatch.chdir(file.parent)

    assert chooser.named("tea.txt").article.source == str(file)
