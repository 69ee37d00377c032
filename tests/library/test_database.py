import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.library.database import LibraryDatabase
from index.library.entry import TERMINAL
from index.library.errors import LibraryError
from index.library.library import Library
from tests.library.articles import TEA, article_of


def test_the_file_is_its_owner_s_only(tmp_path: Path) -> None:
    Library(tmp_path / "data").add(TEA, TERMINAL)

    assert (tmp_path / "data" / "library.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    Library(tmp_path).add(TEA, TERMINAL)
    path = tmp_path / "library.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(LibraryError, match=r"has version 99, and this article-bot knows 1 at most"):
        Library(tmp_path).entries(TERMINAL)
    with pytest.raises(LibraryError, match="Update article-bot"):
        Library(tmp_path).add(TEA, TERMINAL)


def test_a_page_that_is_damaged_is_found(tmp_path: Path) -> None:
    library = Library(tmp_path)
    for number in range(50):
        library.add(article_of(f"There are {number} words.", f"/{number}.txt"), TERMINAL)
    path = tmp_path / "library.sqlite"
    raw = bytearray(path.read_bytes())
    for start in range(4096, len(raw), 4096):
        raw[start : start + 64] = b"\xff" * 64
    path.write_bytes(raw)

    with pytest.raises(LibraryError, match=f"^The library {path} is damaged. Restore it, or move"):
        Library(tmp_path).entries(TERMINAL)


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(LibraryError, match="cannot be used: .*Check DATA_DIR, its permissions"):
        Library(tmp_path / "file" / "data").add(TEA, TERMINAL)


def test_what_fails_is_undone(tmp_path: Path) -> None:
    library, database = Library(tmp_path), LibraryDatabase(tmp_path / "library.sqlite")
    entry = library.add(TEA, TERMINAL).entry

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM shares")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write(fail)
    assert library.entries(TERMINAL) == (entry,)


def test_threads_use_it_at_once(tmp_path: Path) -> None:
    library = Library(tmp_path)

    def add(number: int) -> str:
        article = article_of(f"There are {number % 5} words.", f"/{number}.txt")
        return library.add(article, f"chat:{number}").entry.id

    with ThreadPoolExecutor(8) as threads:
        ids = list(threads.map(add, range(20)))

    assert len(set(ids)) == len(list((tmp_path / "articles").iterdir())) == 5
    assert [len(library.entries(f"chat:{number}")) for number in range(20)] == [1] * 20


def test_what_is_forgotten_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.add(article_of("A secret of some words.", "/Zanzibar.txt", title="Quagga"), "chat:1")
    library.forget("chat:1")

    left = b"".join(path.read_bytes() for path in tmp_path.glob("library.sqlite*"))
    assert b"Zanzibar" not in left
    assert b"Quagga" not in left
