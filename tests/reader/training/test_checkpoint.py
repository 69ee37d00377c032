from pathlib import Path

import pytest
import torch

from bot.reader.training.checkpoint import Checkpoint, CheckpointStore, TrainingError

RECIPE = {"data": [["ab", 1.5]], "hold_out": ["Arden"], "seed": 1}


def checkpoint(step: int) -> Checkpoint:
    generator = torch.Generator().manual_seed(step)
    return Checkpoint(
        step,
        {
            "model.weight": torch.randn(3, 4, generator=generator).T,  # not contiguous
            "optimiser.step.weight": torch.tensor(float(step)),
            "half": torch.ones(2, dtype=torch.bfloat16),
        },
    )


@pytest.fixture
def store(tmp_path: Path) -> CheckpointStore:
    return CheckpointStore(tmp_path / "run" / "checkpoint", RECIPE)


def assert_same(found: Checkpoint | None, expected: Checkpoint) -> None:
    assert found is not None
    assert found.step == expected.step
    assert set(found.tensors) == set(expected.tensors)
    for name, tensor in expected.tensors.items():
        assert torch.equal(found.tensors[name], tensor)
        assert found.tensors[name].dtype == tensor.dtype


def test_a_checkpoint_is_read_as_it_was_written(store: CheckpointStore) -> None:
    store.save(checkpoint(7))
    assert_same(store.load(), checkpoint(7))


def test_there_is_none_before_the_first(store: CheckpointStore) -> None:
    assert store.load() is None


def test_the_newest_takes_the_place_of_the_one_before(
    store: CheckpointStore, tmp_path: Path
) -> None:
    store.save(checkpoint(7))
    store.save(checkpoint(8))
    assert_same(store.load(), checkpoint(8))
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["checkpoint"]


def test_what_an_interrupted_save_left_does_not_matter(
    store: CheckpointStore, tmp_path: Path
) -> None:
    store.save(checkpoint(7))
    unfinished = tmp_path / "run" / "checkpoint.new"
    unfinished.mkdir()
    (unfinished / "checkpoint.safetensors").write_bytes(b"half")
    assert_same(store.load(), checkpoint(7))
    # Stopped between the two renames.
    (tmp_path / "run" / "checkpoint").rename(tmp_path / "run" / "checkpoint.old")
    assert_same(store.load(), checkpoint(7))
    store.save(checkpoint(8))
    assert_same(store.load(), checkpoint(8))
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["checkpoint"]


@pytest.mark.parametrize(
    "other",
    [RECIPE | {"seed": 2}, RECIPE | {"data": [["cd", 1.5]]}, RECIPE | {"more": 1}, {"seed": 1}],
)
def test_a_checkpoint_of_another_recipe_is_refused(
    store: CheckpointStore, tmp_path: Path, other: dict[str, object]
) -> None:
    store.save(checkpoint(7))
    directory = tmp_path / "run" / "checkpoint"
    with pytest.raises(TrainingError) as error:
        CheckpointStore(directory, other).load()
    assert str(error.value) == (
        f"The checkpoint in {directory} is of another run. Name another --output, or delete it to "
        "begin anew."
    )
    assert_same(store.load(), checkpoint(7))


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "checkpoint.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", None])
def test_a_damaged_checkpoint_is_refused(
    store: CheckpointStore, tmp_path: Path, name: str, content: bytes | None
) -> None:
    store.save(checkpoint(7))
    directory = tmp_path / "run" / "checkpoint"
    if content is None:
        (directory / name).unlink()
    else:
        (directory / name).write_bytes(content)
    with pytest.raises(TrainingError) as error:
        store.load()
    assert str(error.value).startswith(f"The checkpoint in {directory} cannot be read: ")
    assert str(error.value).endswith(" Delete it to begin anew.")


def test_weights_that_were_cut_off_are_refused(store: CheckpointStore, tmp_path: Path) -> None:
    store.save(checkpoint(7))
    path = tmp_path / "run" / "checkpoint" / "checkpoint.safetensors"
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(TrainingError, match="cannot be read"):
        store.load()


def test_a_checkpoint_of_another_format_is_refused(store: CheckpointStore, tmp_path: Path) -> None:
    store.save(checkpoint(7))
    path = tmp_path / "run" / "checkpoint" / "checkpoint.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 0'))
    with pytest.raises(TrainingError, match="is of another run"):
        store.load()
