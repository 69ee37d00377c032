import json
from pathlib import Path

import pytest

from bot.reader.calibration import CALIBRATION_FILE, FusionWeights
from bot.reader.errors import ReaderModelError
from bot.reader.onnx_model import OnnxModel
from bot.reader.opening import open_reader, span_model
from bot.reader.transformers_model import TransformersModel
from index.article import Article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever, ScoredPassage
from tests.reader.rules import rules

pytestmark = pytest.mark.usefixtures("one_thread")

QUESTION = "How many militants were killed in Mosul?"


@pytest.fixture(scope="module")
def passages(default_article: Article) -> list[ScoredPassage]:
    model = HashedWordsModel()
    retriever = Retriever(build_index(default_article, model, IndexSettings()), model)
    return retriever.retrieve(QUESTION, 5)


@pytest.mark.parametrize("name", ["bert", "roberta", "exported", "quantised"])
def test_any_kind_of_model_reads(
    name: str,
    request: pytest.FixtureRequest,
    passages: list[ScoredPassage],
    default_article: Article,
) -> None:
    directory: Path = request.getfixturevalue(name)
    reader = open_reader(str(directory), max_wrong=0.1)
    reader.load()
    reading = reader.read(QUESTION, passages)
    assert len(reading.spans) == 10
    assert not reader.is_calibrated
    for span in reading.spans:
        assert span.sentence.start <= span.span.start < span.span.end <= span.sentence.end
        assert default_article.text[span.span.start : span.span.end].strip()
    assert reader.read(QUESTION, passages) == reading
    again = open_reader(str(directory), max_wrong=0.1)
    assert again.read(QUESTION, passages) == reading
    assert again.fingerprint == reader.fingerprint
    assert reader.fingerprint.startswith(directory.name)


def test_a_directory_with_reader_json_is_for_onnx_runtime(bert: Path, exported: Path) -> None:
    assert isinstance(span_model(str(bert)), TransformersModel)
    assert isinstance(span_model(str(exported)), OnnxModel)
    assert isinstance(span_model("packaged"), OnnxModel)
    assert isinstance(span_model("nobody/none"), TransformersModel)


def test_models_have_the_names_that_they_were_opened_by(bert: Path, exported: Path) -> None:
    for name in (str(bert), str(exported), "packaged", "nobody/none"):
        assert span_model(name).name == name


def test_the_calibration_beside_the_weights_is_used(exported: Path, tmp_path: Path) -> None:
    directory = tmp_path / "calibrated"
    directory.mkdir()
    for path in exported.iterdir():
        (directory / path.name).symlink_to(path)
    sha256 = json.loads((exported / "reader.json").read_text())["sha256"]
    weights = FusionWeights(span=2.0)
    calibration = rules(reader=sha256, fusion=weights)
    (directory / CALIBRATION_FILE).write_text(calibration.model_dump_json())
    reader = open_reader(str(directory), max_wrong=0.1)
    assert (reader.is_calibrated, reader.threshold) == (True, 0.6)
    foreign = rules(reader="cd" * 32)
    (directory / CALIBRATION_FILE).write_text(foreign.model_dump_json())
    with pytest.raises(ReaderModelError, match="was fitted for another reader"):
        open_reader(str(directory), max_wrong=0.1)


def test_a_transformers_model_can_be_calibrated_too(bert: Path, tmp_path: Path) -> None:
    directory = tmp_path / "calibrated"
    directory.mkdir()
    for path in bert.iterdir():
        (directory / path.name).symlink_to(path)
    foreign = rules(reader="cd" * 32)
    (directory / CALIBRATION_FILE).write_text(foreign.model_dump_json())
    with pytest.raises(ReaderModelError, match="was fitted for another reader"):
        open_reader(str(directory), max_wrong=0.1)


@pytest.mark.parametrize("name", ["./none", "/none/of/it", "~/none"])
def test_a_directory_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(ReaderModelError) as error:
        open_reader(name, max_wrong=0.1)
    assert str(error.value) == (
        f"There is no reader model at {name}. Set READER_MODEL to a directory, a name on the "
        "hub, packaged, or none."
    )


@pytest.mark.model
def test_the_packaged_reader_reads_the_default_article(
    passages: list[ScoredPassage], default_article: Article
) -> None:
    reader = open_reader("packaged", max_wrong=0.1)
    reading = reader.read(QUESTION, passages)
    best = reading.spans[0].span
    assert "980" in default_article.text[best.start : best.end]
