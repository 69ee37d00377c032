import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from bot.reader.errors import ReaderModelError
from bot.reader.opening import open_reader, span_model
from bot.reader.reader_files import find_reader
from bot.reader.transformers_model import TransformersModel
from index.errors import EmbeddingModelError

pytestmark = pytest.mark.usefixtures("one_thread")

QUESTION = "Who took the old city of Mosul?"
PASSAGES = ["The army took the old city in June.", "It rained.", "A mill is by the river. " * 40]
BOTH = pytest.mark.parametrize("name", ["bert", "roberta"])


@pytest.fixture
def copy(bert: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bert, tmp_path / "copy"))


@BOTH
def test_the_logits_are_those_of_the_library(name: str, request: pytest.FixtureRequest) -> None:
    directory: Path = request.getfixturevalue(name)
    model = TransformersModel(find_reader(str(directory)))
    ((window,),) = model.windows(QUESTION, PASSAGES[:1])
    (read,) = model.logits([window])
    tokenizer = AutoTokenizer.from_pretrained(str(directory))
    inputs = tokenizer(QUESTION, PASSAGES[0], return_tensors="pt")
    assert inputs["input_ids"][0].tolist() == window.ids.tolist()
    assert ("token_type_ids" in inputs) == (name == "bert")
    network = AutoModelForQuestionAnswering.from_pretrained(str(directory)).eval()
    with torch.inference_mode():
        output = network(**inputs)
    np.testing.assert_allclose(read.starts, output.start_logits[0].numpy(), atol=1e-5)
    np.testing.assert_allclose(read.ends, output.end_logits[0].numpy(), atol=1e-5)
    assert np.std(read.starts) > 0.01


@BOTH
def test_a_window_is_read_the_same_alone_and_among_others(
    name: str, request: pytest.FixtureRequest
) -> None:
    model = span_model(str(request.getfixturevalue(name)))
    windows = [window for of_one in model.windows(QUESTION, PASSAGES) for window in of_one]
    together = model.logits(windows)
    for window, read in zip(windows, together, strict=True):
        (alone,) = model.logits([window])
        np.testing.assert_array_equal(alone.starts, read.starts)
        np.testing.assert_array_equal(alone.ends, read.ends)


@BOTH
def test_the_longest_window_can_be_read(name: str, request: pytest.FixtureRequest) -> None:
    model = span_model(str(request.getfixturevalue(name)))
    (windows,) = model.windows("who " * 300, ["the old city " * 600])
    assert {len(window.ids) for window in windows[:-1]} == {512}
    assert len(model.logits(windows)) == len(windows) > 1


def test_dropout_is_off(bert: Path) -> None:
    model = span_model(str(bert))
    ((window,),) = model.windows(QUESTION, PASSAGES[:1])
    first, second = model.logits([window, window])
    np.testing.assert_array_equal(first.starts, second.starts)


def test_a_model_without_a_head_for_answers_is_refused(headless: Path) -> None:
    with pytest.raises(ReaderModelError) as error:
        open_reader(str(headless), max_wrong=0.1).load()
    assert str(error.value) == (
        f"The model {str(headless)!r} was not trained to answer questions: its weights lack "
        "qa_outputs.bias, qa_outputs.weight. Set READER_MODEL to another."
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b"weights"),
        ("model.safetensors", b""),
        ("model.safetensors", None),
        ("config.json", b"{"),
        ("config.json", None),
        ("tokenizer.json", b"{"),
        ("tokenizer.json", None),
    ],
)
def test_a_damaged_model_is_refused(copy: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(content)
    with pytest.raises(ReaderModelError) as error:
        open_reader(str(copy), max_wrong=0.1).load()
    assert str(error.value) == (
        f"{str(copy)!r} is no extractive question-answering model that transformers can load. "
        "Set READER_MODEL to another, or unset it."
    )


def test_a_directory_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError, match="READER_MODEL") as error:
        open_reader(str(tmp_path), max_wrong=0.1).load()
    assert repr(str(tmp_path)) in str(error.value)


def test_a_name_that_the_hub_does_not_know_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise EmbeddingModelError(f"The hub has no model {name!r}.")

    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("bot.reader.transformers_model.check_is_on_hub", refuse)
    model = span_model("nobody/none")
    with pytest.raises(ReaderModelError) as error:
        model.load()
    assert str(error.value) == (
        "The reader model 'nobody/none' is not on this machine, and the hub has no such model or "
        "does not answer. Check the name and the network, or unset READER_MODEL."
    )


def test_the_fingerprint_is_of_the_files(copy: Path, bert: Path) -> None:
    model = span_model(str(copy))
    before = model.fingerprint
    assert before.startswith("copy-")
    model.load()
    assert model.fingerprint == before
    (copy / "more.txt").write_text("more")
    assert span_model(str(copy)).fingerprint != before
    assert span_model(str(bert)).fingerprint.startswith("bert-")
