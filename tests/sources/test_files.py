from pathlib import Path

import pytest

from index.errors import ArticleError
from index.sources.files import read_file


def refusal(path: Path, max_bytes: int = 100) -> str:
    with pytest.raises(ArticleError) as error:
        read_file(path, max_bytes)
    return str(error.value)


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\0\xff")
    assert read_file(path, 2) == b"\0\xff"


def test_refuses_a_directory(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} is a directory. Name a file in it."


def test_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.txt"
    assert refusal(path) == f"There is no file {path}. Check the path of the article."


def test_refuses_a_path_that_cannot_be_one() -> None:
    assert refusal(Path("a\0b")).startswith(
        ("There is no file a\0b.", "'a\\x00b' cannot be read: ")
    )


def test_refuses_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    path = tmp_path / "a"
    path.write_bytes(b"a")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(path) == (
        f"{str(path)!r} cannot be read: Permission denied. Check the path and its permissions."
    )


def test_refuses_a_file_that_is_larger_than_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(2_000_000))
    assert refusal(path, 1_000_000) == (
        f"{path} is 2 MB, and the limit is 1 MB. Raise MAX_ARTICLE_BYTES or cut the file."
    )
    assert len(read_file(path, 2_000_000)) == 2_000_000
