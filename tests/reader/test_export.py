import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bot.reader.encoding import Window
from bot.reader.errors import ReaderModelError
from bot.reader.export import command, export
from bot.reader.opening import span_model
from bot.reader.reader_files import file_sha256, read_description

pytestmark = pytest.mark.usefixtures("one_thread")

QUESTION = "When was the old mill built?"
PASSAGES = ["It was built by the army.", "The river is new. " * 50, "The city of Mosul."]


def windows_of(directory: Path) -> list[Window]:
    model = span_model(str(directory))
    return [window for of_one in model.windows(QUESTION, PASSAGES) for window in of_one]


def test_the_exported_model_finds_the_same(bert: Path, exported: Path) -> None:
    windows, again = windows_of(bert), windows_of(exported)
    for one, other in zip(windows, again, strict=True):
        np.testing.assert_array_equal(one.ids, other.ids)
        np.testing.assert_array_equal(one.type_ids, other.type_ids)
        np.testing.assert_array_equal(one.offsets, other.offsets)
    expected, found = span_model(str(bert)).logits(windows), span_model(str(exported)).logits(again)
    for one, other in zip(expected, found, strict=True):
        np.testing.assert_allclose(other.starts, one.starts, atol=1e-4, rtol=0)
        np.testing.assert_allclose(other.ends, one.ends, atol=1e-4, rtol=0)


def test_eight_bits_find_nearly_the_same(bert: Path, quantised: Path) -> None:
    windows = windows_of(bert)
    expected = span_model(str(bert)).logits(windows)
    found = span_model(str(quantised)).logits(windows)
    for one, other in zip(expected, found, strict=True):
        assert np.corrcoef(one.starts, other.starts)[0, 1] > 0.9
        assert not np.array_equal(one.starts, other.starts)


def test_eight_bits_are_smaller(exported: Path, quantised: Path) -> None:
    sizes = [(path / "model.onnx").stat().st_size for path in (exported, quantised)]
    assert sizes[1] < 0.7 * sizes[0]


def test_what_is_written(exported: Path, bert: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == [
        *("model.onnx", "reader.json", "tokenizer.json")
    ]
    description = read_description(exported)
    assert description.max_tokens == 512
    assert description.sha256 == file_sha256(exported / "model.onnx")
    original = (bert / "tokenizer.json").read_bytes()
    assert (exported / "tokenizer.json").read_bytes() == original


def test_the_command_exports(bert: Path, tmp_path: Path, exported: Path) -> None:
    output = tmp_path / "new" / "one"
    arguments = ["--model", str(bert), "--output", str(output), "--weights", "float32"]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert (done.exception, done.return_value) == (None, 0)
    assert read_description(output) == read_description(exported)  # the same bytes every time


def test_a_directory_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError) as error:
        export(tmp_path, tmp_path / "out", "int8")
    assert str(error.value) == f"There is no tokenizer.json in {tmp_path}. Name a trained reader."
    assert not (tmp_path / "out").exists()


def copied(bert: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bert, tmp_path / "copy"))


def test_a_directory_without_a_model_is_refused(bert: Path, tmp_path: Path) -> None:
    copy = copied(bert, tmp_path)
    (copy / "config.json").write_text("{")
    with pytest.raises(ReaderModelError, match="holds no question-answering model") as error:
        export(copy, tmp_path / "out", "int8")
    assert str(copy) in str(error.value)
    assert not (tmp_path / "out").exists()


def test_damaged_weights_are_refused(bert: Path, tmp_path: Path) -> None:
    copy = copied(bert, tmp_path)
    (copy / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(ReaderModelError):
        export(copy, tmp_path / "out", "int8")


def test_a_model_without_a_head_for_answers_is_refused(headless: Path, tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError):
        export(headless, tmp_path / "out", "float32")
