import errno
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from filelock import FileLock

from index.article import Article, article_from_bytes, read_default_article
from index.errors import EmbeddingModelError, IndexStoreError
from index.index_files import MANIFEST
from index.index_store import IndexStore
from index.lexical import LexicalIndex, terms
from index.passage_index import IndexSettings, PassageIndex
from index.reporter import Reporter
from index.sources.reading import read_article
from tests.fake_models import CountingModel, DirectoryModel, UnusedModel
from tests.index_builder import open_index

PARAGRAPHS = ["One came. Two left “early”.", "Three stayed 👍🏽.", "Four fell. Five rose again."]
TEXT = "\n\n".join(PARAGRAPHS)
SETTINGS = IndexSettings()
PATIENCE_S = 60
Start: TypeAlias = Callable[[str | None], tuple[SpawnProcess, Connection]]


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk: hundreds of indexes are written here."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


class Notices(Reporter):
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.done: list[tuple[int, int]] = []

    def notice(self, message: str) -> None:
        self.lines.append(message)

    def progress(self, done: int, total: int, activity: str = "Embedding") -> None:
        self.done.append((done, total))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "store"


@dataclass
class Opened:
    index: PassageIndex
    embedded: list[str]
    notices: list[str]


def opened(data_dir: Path, source: Path, settings: IndexSettings = SETTINGS) -> Opened:
    notices, model = Notices(), CountingModel()
    index = IndexStore(data_dir, notices).open(read_article(str(source)), model, settings)
    return Opened(index, model.embedded, notices.lines)


def indexes(data_dir: Path) -> list[Path]:
    return sorted(path for path in (data_dir / "indexes").iterdir() if path.name[0] != ".")


def leftovers(data_dir: Path) -> list[Path]:
    hidden = sorted((data_dir / "indexes").glob(".*"))
    return [path for path in hidden if path.suffix != ".lock"]


def contents(directory: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(directory.rglob("*")) if path.is_file()]
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}


def all_but_manifest(directory: Path) -> dict[str, bytes]:
    return {name: raw for name, raw in contents(directory).items() if name != MANIFEST}


# Opening


def test_the_first_opening_builds_and_the_second_only_loads(data_dir: Path, source: Path) -> None:
    first = opened(data_dir, source)
    assert sorted(set(first.embedded)) == sorted(first.embedded)
    assert {*PARAGRAPHS} <= {*first.embedded}
    article, notices = read_article(str(source)), Notices()
    second = IndexStore(data_dir, notices).open(article, UnusedModel(), SETTINGS)
    assert second.passages == first.index.passages
    rows = np.arange(len(second.sentence_vectors))
    np.testing.assert_array_equal(
        second.sentence_vectors.vectors(rows), first.index.sentence_vectors.vectors(rows)
    )
    query = terms("Who rose again?")
    assert (
        second.passage_terms.scores(query).tolist()
        == first.index.passage_terms.scores(query).tolist()
    )
    assert first.notices == notices.lines == []
    assert leftovers(data_dir) == []


def test_building_tells_its_progress(data_dir: Path, source: Path) -> None:
    notices = Notices()
    IndexStore(data_dir, notices).open(read_article(str(source)), CountingModel(), SETTINGS)
    assert notices.done == [(number, 7) for number in range(1, 8)]


def test_an_index_is_saved_once_it_is_built(data_dir: Path, source: Path) -> None:
    article, store = read_article(str(source)), IndexStore(data_dir)
    assert store.load(article, UnusedModel(), SETTINGS) is None
    assert not data_dir.exists()
    built = store.build(article, CountingModel(), SETTINGS)
    loaded = store.load(article, UnusedModel(), SETTINGS)
    assert loaded is not None
    assert loaded.passages == built.passages
    assert store.load(article, UnusedModel(32), SETTINGS) is None
    assert store.load(article, UnusedModel(), IndexSettings(32)) is None


def test_rebuilding_embeds_everything_again(data_dir: Path, source: Path) -> None:
    first = opened(data_dir, source)
    before = contents(indexes(data_dir)[0])
    model, notices = CountingModel(), Notices()
    store = IndexStore(data_dir, notices)
    store.open(read_article(str(source)), model, SETTINGS, rebuild=True)
    assert model.embedded == first.embedded
    assert contents(indexes(data_dir)[0]) == before
    assert notices.lines == []
    assert leftovers(data_dir) == []


def test_the_same_text_at_another_place_shares_the_index(data_dir: Path, source: Path) -> None:
    opened(data_dir, source)
    copy = source.with_name("copy.txt")
    shutil.copy(source, copy)
    assert opened(data_dir, copy).embedded == []


def test_every_file_is_on_the_disk_before_the_index_has_its_name(
    data_dir: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []

    def flush(path: Path) -> None:
        assert indexes(data_dir) == []
        flushed.append(path.name)

    monkeypatch.setattr("index.index_files.flush", flush)
    opened(data_dir, source)
    files = [path for path in indexes(data_dir)[0].rglob("*") if path.is_file()]
    assert sorted(flushed) == sorted(path.name for path in files)


# What has changed


def test_an_edited_article_embeds_only_what_changed(data_dir: Path, source: Path) -> None:
    opened(data_dir, source)
    (before,) = indexes(data_dir)
    edited = ["One came. Two left “late”.", PARAGRAPHS[1], "Six sang.", PARAGRAPHS[2]]
    source.write_text("\n\n".join(edited), encoding="utf-8")
    again = opened(data_dir, source)
    assert again.embedded == ["One came. Two left “late”.", "Six sang.", "Two left “late”."]
    assert again.notices == [
        "The article has changed since it was indexed: building its index again."
    ]
    (after,) = indexes(data_dir)
    assert after != before


@pytest.mark.parametrize(
    "edited",
    [
        [*PARAGRAPHS, "Six sang."],
        PARAGRAPHS[::-1],
        PARAGRAPHS[1:],
        ["Zero.", *PARAGRAPHS, PARAGRAPHS[0]],
        ["Nothing of it is left."],
    ],
)
def test_an_edited_articles_index_is_that_of_a_fresh_build(
    data_dir: Path, source: Path, edited: list[str]
) -> None:
    opened(data_dir, source)
    source.write_text("\n\n".join(edited), encoding="utf-8")
    opened(data_dir, source)
    opened(data_dir / "fresh", source)
    (after,), (fresh,) = indexes(data_dir), indexes(data_dir / "fresh")
    assert after.name == fresh.name
    assert contents(after) == contents(fresh)


def test_an_edited_article_whose_old_index_is_damaged_is_built_afresh(
    data_dir: Path, source: Path
) -> None:
    opened(data_dir, source)
    (indexes(data_dir)[0] / "passages.faiss").write_bytes(b"")
    source.write_text(TEXT + "\n\nSix sang.", encoding="utf-8")
    assert {*PARAGRAPHS} <= {*opened(data_dir, source).embedded}
    assert len(indexes(data_dir)) == 1


def test_another_model_builds_its_own_index(data_dir: Path, source: Path) -> None:
    first = opened(data_dir, source)
    notices, model = Notices(), CountingModel(32)
    store, article = IndexStore(data_dir, notices), read_article(str(source))
    index = store.open(article, model, SETTINGS)
    assert model.embedded == first.embedded
    assert index.passage_vectors.dimension == 32
    assert notices.lines == [
        "The article was indexed with another embedding model (hashed-words): "
        "building its index again."
    ]
    # Going back to the first model builds nothing.
    assert store.open(article, UnusedModel(64), SETTINGS).passage_vectors.dimension == 64
    assert len(notices.lines) == 1


def test_other_settings_build_an_index_without_embedding_again(
    data_dir: Path, source: Path
) -> None:
    opened(data_dir, source)
    other = opened(data_dir, source, IndexSettings(exact_search_limit=1))
    assert other.embedded == []
    assert other.notices == [
        "The article was indexed with other settings: building its index again."
    ]
    assert len(indexes(data_dir)) == 2


def test_a_path_need_not_be_utf_8(data_dir: Path) -> None:
    article = article_from_bytes(TEXT.encode(), os.fsdecode(b"/caf\xe9.txt"))
    store = IndexStore(data_dir)
    built = store.build(article, CountingModel(), SETTINGS)
    loaded = store.load(article, UnusedModel(), SETTINGS)
    assert loaded is not None
    assert loaded.passages == built.passages


def test_two_articles_have_two_indexes(data_dir: Path, source: Path) -> None:
    opened(data_dir, source)
    other = source.with_name("other.txt")
    other.write_text("Seven went home.", encoding="utf-8")
    assert opened(data_dir, other).notices == []
    assert len(indexes(data_dir)) == 2
    assert opened(data_dir, source).embedded == opened(data_dir, other).embedded == []


# Damage


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [truncate, flip, empty, Path.unlink])
def test_any_damaged_file_means_building_again(
    data_dir: Path, source: Path, damage: Callable[[Path], None]
) -> None:
    opened(data_dir, source)
    (directory,) = indexes(data_dir)
    whole = contents(directory)
    for name in all_but_manifest(directory):
        damage(directory / name)
        again = opened(data_dir, source)
        what = "is missing" if damage is Path.unlink else "does not fit its checksum"
        assert again.notices == [
            f"The saved index is damaged (its file {name} {what}); building it again."
        ]
        assert {*PARAGRAPHS} <= {*again.embedded}
        assert contents(directory) == whole
        assert leftovers(data_dir) == []
    assert opened(data_dir, source).embedded == []
    assert len(whole) > 5


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (None, f"its {MANIFEST} cannot be read"),
        (b"", f"its {MANIFEST} cannot be read"),
        (b"\xff{", f"its {MANIFEST} cannot be read"),
        (b"[1]", "it is of another version"),
        (b'{"format": 2}', "it is of another version"),
        (b'{"format": 1}', f"its {MANIFEST} names no files"),
    ],
)
def test_a_damaged_manifest_means_building_again(
    data_dir: Path, source: Path, raw: bytes | None, what: str
) -> None:
    opened(data_dir, source)
    (directory,) = indexes(data_dir)
    whole = contents(directory)
    if raw is None:
        (directory / MANIFEST).unlink()
    else:
        (directory / MANIFEST).write_bytes(raw)
    again = opened(data_dir, source)
    assert again.notices == [f"The saved index is damaged ({what}); building it again."]
    assert contents(directory) == whole
    assert opened(data_dir, source).notices == []


def test_an_index_of_another_text_under_this_key_means_building_again(
    data_dir: Path, source: Path
) -> None:
    opened(data_dir, source)
    (directory,) = indexes(data_dir)
    whole = contents(directory)
    other = source.with_name("other.txt")
    other.write_text(TEXT.replace("One", "Ten"), encoding="utf-8")
    opened(data_dir / "other", other)
    shutil.rmtree(directory)
    shutil.copytree(indexes(data_dir / "other")[0], directory)
    again = opened(data_dir, source)
    assert again.notices == [
        "The saved index is damaged (its passages are not the article's); building it again."
    ]
    assert contents(directory) == whole


def test_a_tampered_manifest_removes_nothing_elsewhere(data_dir: Path, source: Path) -> None:
    opened(data_dir, source)
    (directory,) = indexes(data_dir)
    bystander = data_dir / "bystander"
    bystander.mkdir()
    manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    manifest["key"] = "../bystander"
    (directory / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    source.write_text(TEXT + "\n\nSix sang.", encoding="utf-8")
    opened(data_dir, source)
    assert bystander.is_dir()


# What goes wrong


def failure(data_dir: Path, source: Path, *, rebuild: bool = False) -> str:
    article, store = read_article(str(source)), IndexStore(data_dir)
    with pytest.raises(IndexStoreError) as error:
        store.open(article, CountingModel(), SETTINGS, rebuild=rebuild)
    return str(error.value)


def cannot_be_kept(data_dir: Path, reason: str) -> str:
    return (
        f"The index cannot be kept in {data_dir / 'indexes'}: {reason}. "
        "Make room there, or set DATA_DIR to a directory that can be written to."
    )


def test_a_file_in_the_way_of_the_data_directory(data_dir: Path, source: Path) -> None:
    data_dir.write_text("in the way")
    assert failure(data_dir, source) == cannot_be_kept(data_dir, "Not a directory")
    assert IndexStore(data_dir).clean() == []
    assert data_dir.read_text() == "in the way"


def test_a_file_in_the_way_of_the_indexes(data_dir: Path, source: Path) -> None:
    data_dir.mkdir()
    (data_dir / "indexes").write_text("in the way")
    assert failure(data_dir, source) == cannot_be_kept(data_dir, "File exists")


def test_a_data_directory_with_a_name_that_is_too_long(data_dir: Path, source: Path) -> None:
    data_dir = data_dir / ("x" * 300)
    assert failure(data_dir, source) == cannot_be_kept(data_dir, "File name too long")


def test_a_data_directory_that_may_not_be_written_to(
    data_dir: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    article = read_article(str(source))
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(IndexStoreError) as error:
        IndexStore(data_dir).open(article, CountingModel(), SETTINGS)
    assert str(error.value) == cannot_be_kept(data_dir, "Permission denied")


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


WRITES: list[tuple[Any, str]] = [
    (Path, "write_text"),
    (Path, "write_bytes"),
    (LexicalIndex, "save"),
]
FULL = pytest.mark.parametrize(("owner", "write"), WRITES, ids=[name for _, name in WRITES])


@FULL
def test_a_full_disk_leaves_nothing_half_written(
    data_dir: Path, source: Path, monkeypatch: pytest.MonkeyPatch, owner: object, write: str
) -> None:
    with monkeypatch.context() as full:
        full.setattr(owner, write, no_space)
        assert failure(data_dir, source) == cannot_be_kept(data_dir, "No space left on device")
    assert indexes(data_dir) == leftovers(data_dir) == []
    assert {*PARAGRAPHS} <= {*opened(data_dir, source).embedded}


def test_a_disk_that_is_full_when_flushing_leaves_nothing_half_written(
    data_dir: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.index_files.flush", no_space)
    assert failure(data_dir, source) == cannot_be_kept(data_dir, "No space left on device")
    assert indexes(data_dir) == leftovers(data_dir) == []


@FULL
def test_a_full_disk_spares_the_index_that_is_there(
    data_dir: Path, source: Path, monkeypatch: pytest.MonkeyPatch, owner: object, write: str
) -> None:
    opened(data_dir, source)
    before = contents(indexes(data_dir)[0])
    with monkeypatch.context() as full:
        full.setattr(owner, write, no_space)
        message = failure(data_dir, source, rebuild=True)
    assert message == cannot_be_kept(data_dir, "No space left on device")
    assert contents(indexes(data_dir)[0]) == before
    assert leftovers(data_dir) == []


@pytest.mark.parametrize("step", ["load", "verify"])
def test_a_model_that_fails_leaves_no_index(data_dir: Path, source: Path, step: str) -> None:
    def fail() -> None:
        raise EmbeddingModelError("no such model")

    model = CountingModel()
    setattr(model, step, fail)
    with pytest.raises(EmbeddingModelError, match="no such model"):
        IndexStore(data_dir).open(read_article(str(source)), model, SETTINGS)
    assert model.embedded == []
    if step == "load":
        assert not data_dir.exists()
    else:
        assert indexes(data_dir) == leftovers(data_dir) == []


# Several processes


@pytest.fixture
def start(data_dir: Path, source: Path) -> Iterator[Start]:
    """Start processes that open the index; none of them outlives the test."""
    context = multiprocessing.get_context("spawn")
    started: list[tuple[SpawnProcess, Connection]] = []

    def start_one(hold: str | None) -> tuple[SpawnProcess, Connection]:
        line, far_end = context.Pipe()
        process = context.Process(target=open_index, args=(far_end, data_dir, str(source), hold))
        process.start()
        far_end.close()
        started.append((process, line))
        return process, line

    yield start_one
    for process, line in started:
        process.kill()
        process.join()
        process.close()
        line.close()


def told(line: Connection) -> Any:  # noqa: ANN401 - whatever the other process sends
    assert line.poll(PATIENCE_S), "the other process says nothing"
    return line.recv()


def ends(process: SpawnProcess) -> int | None:
    process.join(PATIENCE_S)
    return process.exitcode


def test_two_processes_that_want_the_same_index_build_it_once(data_dir: Path, start: Start) -> None:
    first, first_line = start("embedding")
    assert told(first_line) == "embedding"
    second, second_line = start(None)
    assert told(second_line) == "Another process is building this index; waiting for it."
    first_line.send("go on")
    embedded, passages = told(first_line)
    assert embedded == 7
    assert [passage.text for passage in passages] == PARAGRAPHS
    assert told(second_line) == (0, passages)
    assert [ends(first), ends(second)] == [0, 0]
    assert len(indexes(data_dir)) == 1


@pytest.mark.parametrize("remover", ["clean", "build"])
@pytest.mark.parametrize("when", ["embedding", "writing"])
def test_nothing_of_a_killed_build_is_ever_loaded(
    data_dir: Path, source: Path, start: Start, when: str, remover: str
) -> None:
    process, line = start(when)
    assert told(line) == when
    left = leftovers(data_dir)
    assert [path.is_dir() for path in left] == ([True] if when == "writing" else [])
    store, article = IndexStore(data_dir), read_article(str(source))
    assert store.clean() == []  # it is being built
    assert leftovers(data_dir) == left
    process.kill()
    assert ends(process) == -9
    assert store.load(article, UnusedModel(), SETTINGS) is None
    if remover == "clean":
        assert store.clean() == left
        assert leftovers(data_dir) == []
    after = opened(data_dir, source)
    assert after.notices == []
    assert len(after.embedded) == 7
    assert leftovers(data_dir) == []
    opened(data_dir / "fresh", source)
    assert contents(indexes(data_dir)[0]) == contents(indexes(data_dir / "fresh")[0])


# Cleaning


@pytest.fixture
def model_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "model"
    directory.mkdir()
    (directory / "config.json").write_text("{}")
    return directory


class Shelf:
    """A store with indexes of several articles."""

    def __init__(self, data_dir: Path, model_dir: Path) -> None:
        self.store = IndexStore(data_dir)
        self.root = data_dir / "indexes"
        self._data_dir = data_dir
        self._model_dir = model_dir

    def put(self, article: Article, model_dir: Path | None = None) -> Path:
        """Index an article and return where."""
        before = indexes(self._data_dir) if self.root.is_dir() else []
        self.store.open(article, DirectoryModel(model_dir or self._model_dir), SETTINGS)
        (new,) = {*indexes(self._data_dir)} - {*before}
        return new


@pytest.fixture
def shelf(data_dir: Path, model_dir: Path) -> Shelf:
    return Shelf(data_dir, model_dir)


def article_at(path: Path, word: str) -> Article:
    path.write_text(f"{word} came home.", encoding="utf-8")
    return read_article(str(path))


def test_cleaning_removes_exactly_what_no_longer_fits(
    shelf: Shelf, tmp_path: Path, model_dir: Path
) -> None:
    other_model, gone_model = tmp_path / "other_model", tmp_path / "gone_model"
    shutil.copytree(model_dir, other_model)
    shutil.copytree(model_dir, gone_model)
    fits = shelf.put(article_at(tmp_path / "fits.txt", "One"))
    edited = shelf.put(article_at(tmp_path / "edited.txt", "Two"))
    gone = shelf.put(article_at(tmp_path / "gone.txt", "Three"))
    of_changed_model = shelf.put(article_at(tmp_path / "four.txt", "Four"), other_model)
    of_gone_model = shelf.put(article_at(tmp_path / "five.txt", "Five"), gone_model)
    damaged = shelf.put(article_at(tmp_path / "six.txt", "Six"))
    of_other_version = shelf.put(article_at(tmp_path / "seven.txt", "Seven"))
    leftover = shelf.root / f".building-{fits.name}-x1"

    article_at(tmp_path / "edited.txt", "Ten")
    (tmp_path / "gone.txt").unlink()
    (other_model / "config.json").write_text('{"changed": true}')
    shutil.rmtree(gone_model)
    flip(damaged / "sentences.faiss")
    manifest = (of_other_version / MANIFEST).read_text(encoding="utf-8")
    (of_other_version / MANIFEST).write_text(
        manifest.replace('"format": 1', '"format": 0'), encoding="utf-8"
    )
    leftover.mkdir()
    (leftover / "half").write_bytes(b"written")
    (shelf.root / "notes.txt").write_text("not an index")
    (shelf.root / "notes").mkdir()

    kept = contents(fits)
    useless = [edited, gone, of_changed_model, of_gone_model, damaged, of_other_version, leftover]
    assert shelf.store.clean() == sorted(useless)
    assert [path for path in useless if path.exists()] == []
    assert contents(fits) == kept
    assert (shelf.root / "notes.txt").read_text() == "not an index"
    assert (shelf.root / "notes").is_dir()
    assert shelf.store.clean() == []


def test_cleaning_keeps_the_default_article_wherever_it_is_run(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = shelf.put(read_default_article())
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert shelf.store.clean() == []
    assert directory.is_dir()


def test_an_article_of_the_same_name_does_not_replace_the_default_one(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    default = shelf.put(read_default_article())
    Path("article.txt").write_text("Eight came home.", encoding="utf-8")
    shelf.put(read_article("article.txt"))
    assert default.is_dir()


@pytest.mark.parametrize("what", ["leftover", "damaged"])
def test_cleaning_spares_what_is_being_built(shelf: Shelf, tmp_path: Path, what: str) -> None:
    directory = shelf.put(article_at(tmp_path / "one.txt", "One"))
    path = shelf.root / f".building-{directory.name}-x1" if what == "leftover" else directory
    if what == "leftover":
        path.mkdir()
    else:
        truncate(directory / "passages.json")
    with FileLock(shelf.root / f".{directory.name}.lock"):
        assert shelf.store.clean() == []
    assert shelf.store.clean() == [path]


def test_cleaning_what_was_never_used_removes_nothing(data_dir: Path) -> None:
    assert IndexStore(data_dir).clean() == []
    assert not data_dir.exists()


def test_an_index_that_cannot_be_removed_is_named(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = shelf.put(article_at(tmp_path / "one.txt", "One"))
    (tmp_path / "one.txt").unlink()

    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(IndexStoreError) as error:
        shelf.store.clean()
    assert str(error.value) == (
        f"{directory} cannot be removed: Permission denied. Remove it by hand."
    )
