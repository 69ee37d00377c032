from dataclasses import replace
from pathlib import Path

import pytest

from index.article import Article
from index.library.article_files import ArticleFiles, DamagedArticleError
from tests.library.articles import COAL, TEA


@pytest.fixture
def files(tmp_path: Path) -> ArticleFiles:
    return ArticleFiles(tmp_path / "articles")


def read(files: ArticleFiles, checksum: str, article: Article = TEA) -> Article:
    return files.read(checksum, source=article.source, sha256=article.sha256, notices=())


def test_what_is_written_is_read(files: ArticleFiles, tmp_path: Path) -> None:
    checksum = files.write(TEA)

    assert read(files, checksum) == TEA
    assert files.write(replace(TEA, source="elsewhere", sha256="0" * 64)) == checksum
    assert files.write(replace(TEA, published_text="Menu")) != checksum
    assert (tmp_path / "articles").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "empty"])
def test_damage_is_found_and_mended_by_writing_again(
    files: ArticleFiles, tmp_path: Path, damage: str
) -> None:
    checksum = files.write(TEA)
    path = tmp_path / "articles" / f"{checksum}.json"
    raw = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        changed = raw.replace(b"nine", b"five")
        path.write_bytes({"cut": raw[:-1], "changed": changed, "empty": b""}[damage])

    with pytest.raises(DamagedArticleError, match=checksum):
        read(files, checksum)
    assert files.write(TEA) == checksum
    assert read(files, checksum) == TEA


def test_sweeping_takes_what_nobody_has_and_what_was_left_and_nothing_else(
    files: ArticleFiles, tmp_path: Path
) -> None:
    directory = tmp_path / "articles"
    files.sweep(())  # before there is anything
    kept, gone = files.write(TEA), files.write(COAL)
    (directory / f".{kept}.json.4711").touch()
    (directory / "note.txt").touch()

    files.sweep({kept})

    assert sorted(path.name for path in directory.iterdir()) == sorted([f"{kept}.json", "note.txt"])
    assert gone != kept
