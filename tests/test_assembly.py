"""The settings decide which parts answer."""

import json
from pathlib import Path

import pytest

from bot import assembly
from bot.assembly import open_pipeline, reader_of
from bot.reader.calibration import CALIBRATION_FILE, FEATURES
from bot.reader.errors import ReaderModelError
from bot.reader.reader_files import DESCRIPTION_FILE
from bot.reader.sentence_reader import SentenceReader
from bot.reader.span_reader import SpanReader
from bot.settings import Settings
from index.article import Article
from index.reporter import Reporter
from tests.conftest import PreparedReader

SHA256 = "ab" * 32


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """What is known of an exported model without its weights."""
    directory = tmp_path / "reader"
    directory.mkdir()
    description = {"format": 1, "max_tokens": 64, "sha256": SHA256}
    (directory / DESCRIPTION_FILE).write_text(json.dumps(description), encoding="utf-8")
    return directory


def calibrate(directory: Path) -> None:
    calibration = {
        "reader": SHA256,
        "fitted_on": "nothing",
        "fusion": {},
        "weights": dict.fromkeys(FEATURES, 0.0),
        "bias": 0.0,
        "unsure_from": 0.25,
        "thresholds": [(0.2, 0.4), (0.1, 0.7), (0.05, 0.9)],
        "calibration_error": 0.01,
    }
    (directory / CALIBRATION_FILE).write_text(json.dumps(calibration), encoding="utf-8")


@pytest.mark.parametrize("name", ["none", "None", "NONE"])
def test_without_a_reader_model_whole_sentences_answer(name: str) -> None:
    reader = reader_of(Settings(reader_model=name, min_score=0.35))

    assert isinstance(reader, SentenceReader)
    assert (reader.threshold, reader.is_calibrated) == (0.35, False)


@pytest.mark.parametrize(("max_wrong", "threshold"), [(0.2, 0.4), (0.1, 0.7), (0.0, 1.0)])
def test_a_calibrated_reader_answers_as_rarely_wrong_as_the_setting_says(
    exported: Path, max_wrong: float, threshold: float
) -> None:
    calibrate(exported)

    reader = reader_of(Settings(reader_model=str(exported), max_wrong=max_wrong, min_score=0.35))

    assert isinstance(reader, SpanReader)
    assert (reader.threshold, reader.is_calibrated) == (threshold, True)


def test_a_reader_without_a_calibration_keeps_to_no_share(exported: Path) -> None:
    reader = reader_of(Settings(reader_model=str(exported), max_wrong=0.0, min_score=0.35))

    assert (reader.threshold, reader.is_calibrated) == (0.0, False)


def test_a_reader_model_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderModelError, match=f"^There is no reader model at {tmp_path}/none"):
        reader_of(Settings(reader_model=str(tmp_path / "none")))


def test_a_pipeline_is_ready_with_its_reader_loaded(
    default_article: Article, fake_model: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = PreparedReader()
    monkeypatch.setattr(assembly, "reader_of", lambda _settings: reader)

    pipeline = open_pipeline(Settings(top_k=2), default_article, Reporter())

    assert (reader.loaded, pipeline.is_calibrated) == (1, True)
    pipeline.answer("What did Iraq capture?")
    assert len(reader.passages) == 2
