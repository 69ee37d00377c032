"""One saved `PassageIndex`: a directory of files and the manifest that vouches for them."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.index_identity import FORMAT_VERSION, IndexIdentity
from index.lexical import LexicalIndex
from index.passage_index import PassageIndex, sentence_starts
from index.passages import Passage
from index.spans import Span
from index.vectors import VectorIndex

MANIFEST = "manifest.json"
_PASSAGES = "passages.json"
_PASSAGE_VECTORS = "passages.faiss"
_SENTENCE_VECTORS = "sentences.faiss"
_PASSAGE_TERMS = "passage_terms"
_SENTENCE_TERMS = "sentence_terms"


class DamagedIndexError(Exception):
    """A saved index cannot be used; the message says what does not fit."""


def write_index(index: PassageIndex, identity: IndexIdentity, directory: Path) -> None:
    """Write an index into an empty directory, flushed to the disk.

    Raises:
        OSError: if the disk does not take it.
    """
    (directory / _PASSAGES).write_text(
        json.dumps([_to_json(passage) for passage in index.passages], ensure_ascii=False),
        encoding="utf-8",
    )
    (directory / _PASSAGE_VECTORS).write_bytes(index.passage_vectors.to_bytes())
    (directory / _SENTENCE_VECTORS).write_bytes(index.sentence_vectors.to_bytes())
    index.passage_terms.save(directory / _PASSAGE_TERMS)
    index.sentence_terms.save(directory / _SENTENCE_TERMS)
    files = {path.relative_to(directory).as_posix(): _sha256(path) for path in _files(directory)}
    manifest = {
        "format": FORMAT_VERSION,
        **{name: getattr(identity, name) for name in IndexIdentity.__slots__},
        "passages": len(index.passages),
        "files": files,
    }
    # In ASCII: the article's path may hold bytes that are not UTF-8.
    (directory / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for path in _files(directory):
        flush(path)


def read_identity(directory: Path) -> IndexIdentity:
    """Read what an index was built from, without loading the index.

    Raises:
        DamagedIndexError: if its manifest cannot be read, or is of another version.
    """
    manifest = _read_manifest(directory)
    try:
        identity = IndexIdentity(**{name: manifest[name] for name in IndexIdentity.__slots__})
    except KeyError as error:
        raise DamagedIndexError(f"its {MANIFEST} lacks {error}") from error
    texts = (identity.origin, identity.article_sha256, identity.model, identity.fingerprint)
    if identity.key != directory.name or not all(isinstance(text, str) for text in texts):
        raise DamagedIndexError(f"its {MANIFEST} does not fit it")
    return identity


def read_passages(directory: Path) -> tuple[Passage, ...]:
    """Read an index's passages, whole and unchanged since they were written.

    Raises:
        DamagedIndexError: if anything does not fit.
    """
    _check_files(directory)
    try:
        raw = json.loads((directory / _PASSAGES).read_text(encoding="utf-8"))
        return tuple(_from_json(entry) for entry in raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndexError(f"its {_PASSAGES} cannot be read") from error


def read_index(directory: Path) -> PassageIndex:
    """Load an index, after checking every file against its checksum.

    Raises:
        DamagedIndexError: if anything does not fit.
    """
    passages = read_passages(directory)
    try:
        index = PassageIndex(
            passages=passages,
            passage_vectors=VectorIndex.from_bytes((directory / _PASSAGE_VECTORS).read_bytes()),
            sentence_vectors=VectorIndex.from_bytes((directory / _SENTENCE_VECTORS).read_bytes()),
            passage_terms=LexicalIndex.load(directory / _PASSAGE_TERMS),
            sentence_terms=LexicalIndex.load(directory / _SENTENCE_TERMS),
            sentence_starts=sentence_starts(passages),
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise DamagedIndexError(f"a file of it cannot be loaded: {error}") from error
    sentences = int(index.sentence_starts[-1])
    lengths = (
        (len(index.passage_vectors), len(index.passage_terms)),
        (
            len(index.sentence_vectors),
            len(index.sentence_terms),
        ),
    )
    if lengths != ((len(passages),) * 2, (sentences,) * 2):
        raise DamagedIndexError("its files are not of one index")
    return index


def flush(path: Path) -> None:
    """Wait until a file or a directory is on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle for it
    # Windows flushes only what is open for writing.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_manifest(directory: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedIndexError(f"its {MANIFEST} cannot be read") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT_VERSION:
        raise DamagedIndexError("it is of another version")
    return manifest


def _check_files(directory: Path) -> None:
    files = _read_manifest(directory).get("files")
    if not isinstance(files, dict) or not files:
        raise DamagedIndexError(f"its {MANIFEST} names no files")
    for name, sha256 in files.items():
        try:
            found = _sha256(directory / name)
        except (OSError, ValueError) as error:  # no such file, or no name of a file
            raise DamagedIndexError(f"its file {name} is missing") from error
        if found != sha256:
            raise DamagedIndexError(f"its file {name} does not fit its checksum")


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in sorted(directory.rglob("*")) if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_json(passage: Passage) -> dict[str, Any]:
    return {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "paragraph": passage.paragraph,
        "sentences": [[span.start, span.end] for span in passage.sentences],
    }


def _from_json(entry: dict[str, Any]) -> Passage:
    return Passage(
        text=entry["text"],
        start=entry["start"],
        end=entry["end"],
        paragraph=entry["paragraph"],
        sentences=tuple(Span(start, end) for start, end in entry["sentences"]),
    )
