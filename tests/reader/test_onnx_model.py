import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.reader.encoding import Window
from bot.reader.errors import ReaderModelError
from bot.reader.onnx_model import OnnxModel
from bot.reader.opening import open_reader
from bot.reader.reader_files import ReaderFiles, find_reader, write_description
from bot.reader.span_model import SpanLogits
from index.article import Article

QUESTION = "Who took the old city of Mosul?"
PASSAGES = [
    "The army took the old city in June.",
    "It rained.",
    "A mill was built by the river, and it is new. " * 12,
]


def opened(directory: Path, threads: int = 0) -> OnnxModel:
    return OnnxModel(find_reader(str(directory)), threads=threads)


def windows_of(model: OnnxModel) -> list[Window]:
    return [window for of_one in model.windows(QUESTION, PASSAGES) for window in of_one]


def assert_same(first: list[SpanLogits], second: list[SpanLogits]) -> None:
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.starts, other.starts)
        np.testing.assert_array_equal(one.ends, other.ends)


@pytest.fixture(params=["exported", "quantised"])
def directory(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "copy"))


def test_there_are_two_logits_for_each_token(directory: Path) -> None:
    model = opened(directory)
    windows = windows_of(model)
    logits = model.logits(windows)
    assert len(windows) == 3
    for window, read in zip(windows, logits, strict=True):
        assert read.starts.shape == read.ends.shape == window.ids.shape
        assert read.starts.dtype == np.float32
        assert np.std(read.starts) > 0.01
    assert model.logits([]) == []


def test_a_window_is_read_the_same_alone_and_among_others(directory: Path) -> None:
    model = opened(directory)
    windows = windows_of(model)
    together = model.logits(windows)
    assert_same(together, [model.logits([window])[0] for window in windows])
    assert_same(together[::-1], model.logits(windows[::-1]))


def test_the_number_of_threads_does_not_matter(directory: Path) -> None:
    one, two = opened(directory, threads=1), opened(directory, threads=2)
    assert_same(one.logits(windows_of(one)), two.logits(windows_of(two)))


def test_questions_from_several_threads_at_once(directory: Path) -> None:
    model = opened(directory)
    alone = opened(directory)
    expected = alone.logits(windows_of(alone))
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: model.logits(windows_of(model)), range(8)):
            assert_same(found, expected)


def test_nothing_is_loaded_before_it_is_needed(copy: Path) -> None:
    (copy / "model.onnx").write_bytes(b"")
    model = opened(copy)
    assert model.fingerprint.startswith("copy-")
    with pytest.raises(ReaderModelError):
        model.load()


@pytest.mark.parametrize("content", [b"", b"weights", None])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_damaged_model_is_refused(copy: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(content)
    with pytest.raises(ReaderModelError) as error:
        open_reader(str(copy), max_wrong=0.1).load()
    assert str(error.value) == (
        f"The reader model in {copy} cannot be loaded: its model.onnx or tokenizer.json is missing "
        "or damaged. Set READER_MODEL to another, or to none."
    )


def test_a_model_that_was_cut_off_is_refused(copy: Path) -> None:
    whole = (copy / "model.onnx").read_bytes()
    (copy / "model.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReaderModelError, match="cannot be loaded") as error:
        open_reader(str(copy), max_wrong=0.1).load()
    assert str(copy) in str(error.value)


def test_another_model_than_the_one_described_is_refused(copy: Path, quantised: Path) -> None:
    shutil.copyfile(quantised / "model.onnx", copy / "model.onnx")
    with pytest.raises(ReaderModelError) as error:
        open_reader(str(copy), max_wrong=0.1).load()
    assert str(error.value) == (
        f"The model.onnx in {copy} is not the one that its reader.json describes. Export it again, "
        "or set READER_MODEL to another."
    )
    write_description(copy, 512)
    open_reader(str(copy), max_wrong=0.1).load()


def test_a_model_without_a_directory_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="^an exported model is in a directory$"):
        OnnxModel(ReaderFiles("nobody/none", None, "nobody/none"))


@pytest.mark.model
def test_the_packaged_model_reads_the_same_however_it_is_asked(default_article: Article) -> None:
    texts = [default_article.text[part.start : part.end] for part in default_article.paragraphs]
    texts = [*texts[:4], " ".join(texts[:4])]
    one, two = (OnnxModel(find_reader("packaged"), threads=threads) for threads in (1, 2))
    windows = [window for of_one in one.windows(QUESTION, texts) for window in of_one]
    together = one.logits(windows)
    assert_same(together, two.logits(windows))
    assert_same(together, [two.logits([window])[0] for window in windows])
