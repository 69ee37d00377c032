from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from bot.reader.average import average
from bot.reader.errors import ReaderModelError


def model(directory: Path, **weights: list[float]) -> Path:
    directory.mkdir()
    save_file(
        {name: torch.tensor(value) for name, value in weights.items()},
        directory / "model.safetensors",
    )
    (directory / "config.json").write_text(f'{{"of": "{directory.name}"}}', encoding="utf-8")
    (directory / "tokenizer.json").write_text("{}", encoding="utf-8")
    return directory


def test_each_weight_is_the_mean_of_the_models(tmp_path: Path) -> None:
    models = [
        model(tmp_path / "one", head=[1.0, 2.0], bias=[0.5]),
        model(tmp_path / "two", head=[3.0, 6.0], bias=[0.5]),
    ]
    average(models, tmp_path / "mean")
    found = load_file(tmp_path / "mean" / "model.safetensors")
    assert {name: value.tolist() for name, value in found.items()} == {
        "head": [2.0, 4.0],
        "bias": [0.5],
    }
    assert (tmp_path / "mean" / "config.json").read_text(encoding="utf-8") == '{"of": "one"}'


def test_models_of_different_shapes_have_no_mean(tmp_path: Path) -> None:
    models = [model(tmp_path / "one", head=[1.0]), model(tmp_path / "two", head=[1.0, 2.0])]
    with pytest.raises(ReaderModelError, match="two and .*one are models of different shapes"):
        average(models, tmp_path / "mean")
    assert not (tmp_path / "mean").exists()


def test_one_model_is_nothing_to_average(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError, match="nothing to average"):
        average([model(tmp_path / "one", head=[1.0])], tmp_path / "mean")


def test_a_directory_without_weights_is_named(tmp_path: Path) -> None:
    models = [model(tmp_path / "one", head=[1.0]), tmp_path / "gone"]
    with pytest.raises(ReaderModelError, match="gone"):
        average(models, tmp_path / "mean")
