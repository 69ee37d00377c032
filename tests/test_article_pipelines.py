import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import assembly
from bot.article_pipelines import ArticlePipelines
from bot.choosing import Chooser
from bot.settings import Settings, load_settings
from index.article import Article, read_default_article
from index.library.entry import TERMINAL, chat_owner
from index.library.errors import LibraryError
from index.library.library import Library
from index.reporter import Reporter
from tests.fake_models import CountingModel
from tests.library.articles import COAL, TEA, article_of


class Told(Reporter):
    def __init__(self) -> None:
        self.activities: list[tuple[int, int, str]] = []
        self.notices: list[str] = []

    def progress(self, done: int, total: int, activity: str = "Embedding") -> None:
        self.activities.append((done, total, activity))

    def notice(self, message: str) -> None:
        self.notices.append(message)


@pytest.fixture
def model(fake_model: None, monkeypatch: pytest.MonkeyPatch) -> CountingModel:
    model = CountingModel()
    monkeypatch.setattr(assembly, "embedding_model", lambda _settings: model)
    return model


@pytest.fixture
def settings(model: CountingModel, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("OPEN_ARTICLES", "2")
    return load_settings()


@pytest.fixture
def library(settings: Settings) -> Library:
    return Library(settings.data_dir)


@pytest.fixture
def pipelines(settings: Settings, library: Library) -> ArticlePipelines:
    return ArticlePipelines(settings, library, Reporter())


def test_the_default_article_is_opened_once(pipelines: ArticlePipelines) -> None:
    pipeline = pipelines.default()

    assert pipeline.article == read_default_article()
    assert pipelines.default() is pipeline


def test_an_entry_is_answered_from_its_article(
    pipelines: ArticlePipelines, library: Library
) -> None:
    entry = library.add(TEA, TERMINAL).entry

    answer = pipelines.of(entry).answer("When did the tea house open?")

    assert answer.text == "The tea house opened in the spring of 1921."
    assert answer.citations[0].article == TEA
    assert pipelines.of(entry) is pipelines.of(entry)


def test_progress_is_told_to_whom_a_call_names(
    pipelines: ArticlePipelines, library: Library, model: CountingModel
) -> None:
    told = Told()
    library.add(COAL, TERMINAL)

    pipelines.of(library.add(TEA, TERMINAL).entry, told)
    assert told.notices == []
    pipelines.all_of(TERMINAL, told)

    activities = [activity for activity in told.activities if activity[2] != "Embedding"]
    assert activities == [(1, 2, "Opening"), (2, 2, "Opening")]
    assert told.activities[0] == (1, 3, "Embedding")


def test_one_index_serves_all_owners_and_all_openings(
    pipelines: ArticlePipelines, library: Library, settings: Settings, model: CountingModel
) -> None:
    mine = library.add(TEA, TERMINAL).entry
    theirs = library.add(article_of(TEA.text, "theirs.txt"), chat_owner(1)).entry
    assert mine.id == theirs.id

    pipelines.of(mine)
    embedded = len(model.embedded)
    assert pipelines.of(theirs).article.source == "theirs.txt"
    ArticlePipelines(settings, library, Reporter()).of(theirs)

    assert len(model.embedded) == embedded


def test_the_last_few_stay_open(pipelines: ArticlePipelines, library: Library) -> None:
    entries = [library.add(article_of(f"This is article {n}."), TERMINAL).entry for n in range(3)]
    first, second, third = (pipelines.of(entry) for entry in entries)

    assert pipelines.of(entries[2]) is third
    assert pipelines.of(entries[1]) is second
    assert pipelines.of(entries[0]) is not first


def test_what_was_removed_is_asked_no_more(pipelines: ArticlePipelines, library: Library) -> None:
    entry = library.add(TEA, TERMINAL).entry
    pipelines.of(entry)

    library.remove(TERMINAL, entry)

    with pytest.raises(LibraryError, match="The article tea is not in the library any more"):
        pipelines.of(entry)
    with pytest.raises(LibraryError, match="There are no articles yet"):
        pipelines.all_of(TERMINAL)


def test_all_articles_are_asked_at_once_and_none_is_embedded_again(
    pipelines: ArticlePipelines, library: Library, model: CountingModel
) -> None:
    for article in (TEA, COAL):
        pipelines.of(library.add(article, TERMINAL).entry)
    library.add(article_of("The lamp of a chat burned in 1967."), chat_owner(1))
    embedded = len(model.embedded)

    answer = pipelines.all_of(TERMINAL).answer("Which coal mine closed in 1967?")

    (citation,) = answer.citations
    assert (citation.quote, citation.article, citation.paragraph) == ("It closed in 1967.", COAL, 1)
    assert COAL.text[citation.start : citation.end] == citation.quote
    assert len(model.embedded) == embedded


def test_all_of_one_is_that_one(pipelines: ArticlePipelines, library: Library) -> None:
    entry = library.add(TEA, TERMINAL).entry

    assert pipelines.all_of(TERMINAL) is pipelines.of(entry)


def test_threads_that_ask_the_same_wait_for_one_index(
    pipelines: ArticlePipelines, library: Library, model: CountingModel
) -> None:
    entry = library.add(TEA, TERMINAL).entry
    together = threading.Barrier(4)

    def ask(_: int) -> Article:
        together.wait()
        return pipelines.of(entry).article

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, range(4))) == [TEA] * 4
    assert len(model.embedded) == len(set(model.embedded))


def test_a_failure_is_tried_again(
    pipelines: ArticlePipelines, library: Library, settings: Settings
) -> None:
    entry = library.add(TEA, TERMINAL).entry
    (file,) = (settings.data_dir / "articles").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    with pytest.raises(LibraryError, match=r"The stored text of tea is damaged \(.*\)\. Add it"):
        pipelines.of(entry)

    file.write_bytes(whole)

    assert pipelines.of(entry).article == TEA


def test_indexes_go_with_the_last_share(
    pipelines: ArticlePipelines, library: Library, settings: Settings
) -> None:
    def indexes() -> list[Path]:
        return [path for path in (settings.data_dir / "indexes").iterdir() if path.is_dir()]

    mine, theirs = library.add(TEA, TERMINAL).entry, library.add(TEA, chat_owner(1)).entry
    pipelines.of(mine)

    library.remove(TERMINAL, mine)
    assert len(indexes()) == 1
    library.remove(chat_owner(1), theirs)
    assert indexes() == []


def test_what_a_changed_article_still_says_is_not_embedded_again(
    settings: Settings, library: Library, model: CountingModel, tmp_path: Path
) -> None:
    path = tmp_path / "tea.txt"
    path.write_text("The tea house opened in 1921.\n\nIt has nine rooms.", encoding="utf-8")
    pipelines = ArticlePipelines(settings, library, Reporter())
    chooser = Chooser(settings, library, Reporter(), pipelines.prepare)
    article = chooser.named(str(path)).article
    pipelines.prepare(article)
    library.add(article, TERMINAL, name="tea")
    path.write_text("The tea house opened in 1921.\n\nIt has ten rooms.", encoding="utf-8")
    model.embedded.clear()

    chosen = chooser.named("tea")

    assert chosen.pipeline(pipelines).article.text.endswith("It has ten rooms.")
    assert set(model.embedded) == {"It has ten rooms."}
    indexes = [path for path in (settings.data_dir / "indexes").iterdir() if path.is_dir()]
    assert len(indexes) == 1
