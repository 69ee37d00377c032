"""A file is written whole or not at all."""

import os
from pathlib import Path

import pytest

from index.files import write_atomically


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    directory = tmp_path / "run"
    directory.mkdir()
    return directory


def test_a_file_is_written_byte_for_byte(directory: Path) -> None:
    write_atomically(directory / "run.json", "é\r\n😀\n")

    assert (directory / "run.json").read_bytes() == "é\r\n😀\n".encode()


def test_a_file_takes_the_place_of_another_and_leaves_nothing_beside_it(directory: Path) -> None:
    (directory / "run.json").write_text("a long text of before")

    write_atomically(directory / "run.json", "new")

    assert {path.name: path.read_text() for path in directory.iterdir()} == {"run.json": "new"}


def test_what_cannot_be_encoded_is_escaped(directory: Path) -> None:
    write_atomically(directory / "run.json", "half \ud83d of a pair")

    assert (directory / "run.json").read_bytes() == rb"half \ud83d of a pair"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_was_there_stays_if_the_disk_does_not_take_it(
    directory: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    (directory / "run.json").write_text("before")

    def full(_descriptor: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(type(error)):
        write_atomically(directory / "run.json", "new")

    assert {path.name: path.read_text() for path in directory.iterdir()} == {"run.json": "before"}


def test_a_directory_in_the_way_is_an_error_and_stays(directory: Path) -> None:
    (directory / "run.json").mkdir()

    with pytest.raises(OSError):
        write_atomically(directory / "run.json", "new")

    assert [path.name for path in directory.iterdir()] == ["run.json"]


def test_a_directory_that_is_not_there_is_an_error(directory: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(directory / "nowhere" / "run.json", "new")
