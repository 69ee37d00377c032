import hashlib
import json
from pathlib import Path

import pytest

from bot.reader.errors import ReaderModelError
from bot.reader.reader_files import (
    ReaderDescription,
    ReaderFiles,
    file_sha256,
    find_reader,
    read_description,
    write_description,
)

WEIGHTS = b"weights"
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    found = tmp_path / "reader"
    found.mkdir()
    (found / "model.onnx").write_bytes(WEIGHTS)
    write_description(found, 384)
    return found


def test_what_is_written_of_a_model_is_read(directory: Path) -> None:
    assert json.loads((directory / "reader.json").read_text()) == {
        "format": 1,
        "max_tokens": 384,
        "sha256": SHA256,
    }
    assert read_description(directory) == ReaderDescription(max_tokens=384, sha256=SHA256)


def test_an_exported_model_is_known_by_its_hash(directory: Path) -> None:
    files = find_reader(str(directory))
    assert files == ReaderFiles(str(directory), directory, f"reader-{SHA256[:16]}", SHA256)
    assert files.weights_sha256() == SHA256


def test_another_model_is_known_by_its_files(tmp_path: Path) -> None:
    directory = tmp_path / "other"
    directory.mkdir()
    (directory / "config.json").write_text("{}")
    before = find_reader(str(directory))
    assert before.exported_sha256 is None
    assert before.weights_sha256() is None
    (directory / "model.safetensors").write_bytes(WEIGHTS)
    after = find_reader(str(directory))
    assert after.weights_sha256() == SHA256 == file_sha256(directory / "model.safetensors")
    assert before.fingerprint != after.fingerprint


def test_the_packaged_reader_is_described() -> None:
    files = find_reader("packaged")
    assert files.name == "packaged"
    assert files.directory is not None
    assert files.exported_sha256 == read_description(files.directory).sha256
    assert files.fingerprint == f"model-{files.exported_sha256[:16]}"


@pytest.mark.model
def test_the_packaged_weights_are_the_ones_described() -> None:
    files = find_reader("packaged")
    assert files.directory is not None
    assert file_sha256(files.directory / "model.onnx") == files.exported_sha256


def test_a_model_of_the_hub_that_is_not_here_has_no_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    files = find_reader("nobody/none")
    assert files == ReaderFiles("nobody/none", None, "nobody/none")
    assert files.weights_sha256() is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 2, "max_tokens": 3, "sha256": ""}', '{"max_tokens": 3}']
)
def test_a_damaged_description_is_refused(directory: Path, content: str) -> None:
    (directory / "reader.json").write_text(content)
    with pytest.raises(ReaderModelError) as error:
        find_reader(str(directory))
    assert str(error.value) == (
        f"The reader model in {directory} has no reader.json that can be read. Export it again, "
        "or set READER_MODEL to another."
    )


def test_a_missing_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError, match="has no reader.json that can be read"):
        read_description(tmp_path)
