import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.article import article_from_bytes
from index.index_files import (
    MANIFEST,
    DamagedIndexError,
    IndexIdentity,
    flush,
    read_identity,
    read_index,
    read_passages,
    write_index,
)
from index.lexical import terms
from index.passage_index import IndexSettings, PassageIndex, build_index
from tests.fake_models import CountingModel

TEXT = "One came. Two left “early”.\n\nThree stayed 👍🏽.\n\nOne came. Four fell."
IDENTITY = IndexIdentity("key", "/a/text.txt", "ab" * 32, "fake", "fake-1", 64, 100)


def build(text: str = TEXT) -> PassageIndex:
    return build_index(article_from_bytes(text.encode(), "text"), CountingModel(), IndexSettings())


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    directory = tmp_path / "key"
    directory.mkdir()
    write_index(build(), IDENTITY, directory)
    return directory


def complaint(directory: Path) -> str:
    with pytest.raises(DamagedIndexError) as error:
        read_index(directory)
    return str(error.value)


def change_manifest(directory: Path, **changes: object) -> None:
    path = directory / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, **changes}), encoding="utf-8")


def files(directory: Path) -> list[Path]:
    return [path for path in sorted(directory.rglob("*")) if path.is_file()]


def test_an_index_is_the_same_after_a_round_trip(directory: Path) -> None:
    index, copy = build(), read_index(directory)
    assert copy.passages == index.passages
    assert copy.passage_vectors.to_bytes() == index.passage_vectors.to_bytes()
    assert copy.sentence_vectors.to_bytes() == index.sentence_vectors.to_bytes()
    np.testing.assert_array_equal(copy.sentence_starts, index.sentence_starts)
    query = terms("Who came early and fell?")
    assert copy.passage_terms.scores(query).tolist() == index.passage_terms.scores(query).tolist()
    assert copy.sentence_terms.scores(query).tolist() == index.sentence_terms.scores(query).tolist()


def test_an_index_knows_what_it_was_built_from(directory: Path) -> None:
    assert read_identity(directory) == IDENTITY


def test_the_passages_can_be_read_alone(directory: Path) -> None:
    assert read_passages(directory) == build().passages


def test_the_same_article_gives_the_same_files(directory: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_index(build(), IDENTITY, again)
    assert [path.relative_to(again) for path in files(again)] == [
        path.relative_to(directory) for path in files(directory)
    ]
    assert [path.read_bytes() for path in files(again)] == [
        path.read_bytes() for path in files(directory)
    ]


def test_nothing_saved_is_pickled(directory: Path) -> None:
    assert {path.suffix for path in files(directory)} == {".json", ".faiss", ".npy"}
    for path in directory.rglob("*.npy"):
        np.load(path, allow_pickle=False)


def test_the_manifest_vouches_for_every_other_file(directory: Path) -> None:
    manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["files"] == {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files(directory)
        if path.name != MANIFEST
    }
    assert manifest["format"] == 1


def test_every_file_is_missed(directory: Path) -> None:
    for path in files(directory):
        raw = path.read_bytes()
        path.unlink()
        name = path.relative_to(directory).as_posix()
        expected = f"its {MANIFEST} cannot be read"
        if name != MANIFEST:
            expected = f"its file {name} is missing"
        assert complaint(directory) == expected
        path.write_bytes(raw)
    assert read_index(directory).passages == build().passages


def test_every_byte_counts(directory: Path) -> None:
    for path in files(directory):
        if path.name == MANIFEST:
            continue
        raw = path.read_bytes()
        middle = len(raw) // 2
        flipped = raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]
        for damaged in (flipped, raw[:-1], raw + b"\0", b""):
            path.write_bytes(damaged)
            name = path.relative_to(directory).as_posix()
            assert complaint(directory) == f"its file {name} does not fit its checksum"
        path.write_bytes(raw)
    assert read_index(directory).passages == build().passages


GARBAGE = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b"{}",
    b'{"format": 1}',
    b'{"format": 1, "files": {}}',
    b'{"format": 1, "files": []}',
    b'{"format": 1, "files": {"passages.json": 1}}',
    b'{"format": 1, "files": {"a\\u0000b": ""}}',
    b'{"format": 1, "files": {"..": ""}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("raw", GARBAGE, ids=range(len(GARBAGE)))
def test_a_garbage_manifest_is_damage(directory: Path, raw: bytes) -> None:
    (directory / MANIFEST).write_bytes(raw)
    for read in (read_index, read_identity, read_passages):
        with pytest.raises(DamagedIndexError):
            read(directory)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_damage(directory: Path, version: object) -> None:
    change_manifest(directory, format=version)
    assert complaint(directory) == "it is of another version"


@pytest.mark.parametrize(
    ("name", "value"),
    [("key", "../key"), ("key", 1), ("origin", 1), ("model", None), ("fingerprint", ["fake"])],
)
def test_an_identity_that_does_not_fit_is_damage(directory: Path, name: str, value: object) -> None:
    change_manifest(directory, **{name: value})
    with pytest.raises(DamagedIndexError, match=f"its {MANIFEST} does not fit it"):
        read_identity(directory)


def test_files_of_two_indexes_are_damage(directory: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_index(build("One came. Two left."), replace(IDENTITY, key="other"), other)
    for name in ("passages.faiss", "sentences.faiss"):
        raw = (directory / name).read_bytes()
        (directory / name).write_bytes((other / name).read_bytes())
        sums = {
            path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files(directory)
            if path.name != MANIFEST
        }
        change_manifest(directory, files=sums)
        assert complaint(directory) == "its files are not of one index"
        (directory / name).write_bytes(raw)


def test_a_directory_without_an_index_is_damage(tmp_path: Path) -> None:
    assert complaint(tmp_path / "none") == f"its {MANIFEST} cannot be read"


def test_files_and_directories_can_be_flushed(directory: Path) -> None:
    flush(directory)
    flush(directory / MANIFEST)
    with pytest.raises(FileNotFoundError):
        flush(directory / "none")
