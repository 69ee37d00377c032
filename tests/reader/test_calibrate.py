import json
import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader.calibrate import (
    calibration_error,
    command,
    fit,
    fit_fusion,
    held_out_folds,
    risk_thresholds,
)
from bot.reader.calibration import FEATURES, Calibration, features_of, ranked
from bot.reader.candidates import Candidate
from bot.reader.errors import ReaderModelError
from bot.reader.opening import open_reader
from bot.reader.training.observations import Kind, Observation
from index.embedding import HashedWordsModel
from tests.reader.fake_reader import PointingModel
from tests.reader.squad_sets import squad_set, write_set
from tests.reader.windows import candidate, scored

RIGHT, WRONG = "Arden", "Bexley"


def asked(
    kind: Kind, article: str, right: tuple[float, float], wrong: tuple[float, float]
) -> Observation:
    """Return a question for which two passages were read, one with the right answer.

    Each pair is the span's score and the passage's.
    """
    found: list[Candidate] = []
    for start, words, (span_score, score) in ((0, RIGHT, right), (100, WRONG, wrong)):
        passage = scored(f"It was {words} then.", start=start, score=score)
        found.append(candidate(passage, words, span_score=span_score, sentence_score=0.0))
    gold = 1.0 if kind == "answerable" else 0.0
    return Observation("Which town was it?", article, kind, tuple(found), (gold, 0.0))


def where_spans_tell() -> list[Observation]:
    rng = random.Random(1)
    return [
        asked("answerable", "a", (rng.gauss(4, 1), rng.random()), (rng.gauss(0, 1), rng.random()))
        for _ in range(60)
    ]


def where_passages_tell() -> list[Observation]:
    rng = random.Random(2)
    return [
        asked(
            "answerable",
            "a",
            (rng.gauss(0, 3), rng.gauss(0.7, 0.1)),
            (rng.gauss(0, 3), rng.gauss(0.3, 0.1)),
        )
        for _ in range(60)
    ]


def mixed() -> list[Observation]:
    """Questions of two articles: high scores where they are answered, low ones elsewhere."""
    rng = random.Random(3)
    found = []
    for article in ("a", "b"):
        for _ in range(40):
            high, low = rng.gauss(6, 1), rng.gauss(0, 1)
            found.append(asked("answerable", article, (high, 0.5), (low, 0.3)))
            found.append(asked("unanswerable", article, (rng.gauss(1, 1), 0.5), (low, 0.3)))
            found.append(asked("mismatch", article, (rng.gauss(-2, 1), 0.1), (low, 0.1)))
    return found


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return fit(mixed(), "ab" * 32)


def test_the_fusion_finds_out_that_the_readers_score_tells() -> None:
    fusion = fit_fusion(where_spans_tell())
    assert fusion.span > 0.5
    observations = where_spans_tell()
    right = sum(ranked(one.candidates, fusion)[0].text == RIGHT for one in observations)
    assert right / len(observations) > 0.95


def test_the_fusion_finds_out_that_the_retrievers_score_tells() -> None:
    fusion = fit_fusion(where_passages_tell())
    assert fusion.passage * 0.4 > abs(fusion.span) * 3
    right = sum(ranked(one.candidates, fusion)[0].text == RIGHT for one in where_passages_tell())
    assert right / 60 > 0.9


def test_the_fusion_is_fitted_on_questions_of_which_one_candidate_is_right() -> None:
    useful = where_spans_tell()
    one = useful[0]
    nothing_right = Observation(one.question, "a", "answerable", one.candidates, (0.2, 0.0))
    all_right = Observation(one.question, "a", "answerable", one.candidates, (1.0, 1.0))
    unanswerable = asked("unanswerable", "a", (9.0, 0.0), (0.0, 9.0))
    without = Observation(one.question, "a", "answerable", (), ())
    more = [*useful, nothing_right, all_right, unanswerable, without]
    assert fit_fusion(more) == fit_fusion(useful)


def test_of_two_right_ones_the_nearer_to_the_gold_answer_is_to_win() -> None:
    found = [
        Observation(one.question, one.article, one.kind, one.candidates, (0.6, 1.0))
        for one in [*where_spans_tell(), asked("answerable", "a", (0.0, 0.0), (0.0, 0.0))]
    ]
    third = candidate(scored("It was Chester then.", start=200), "Chester", span_score=-9.0)
    found = [
        Observation(one.question, "a", one.kind, (*one.candidates, third), (*one.f1, 0.0))
        for one in found
    ]
    # The nearer one, the second of the two, has the lower span score.
    assert fit_fusion(found).span < 0


def test_what_is_right_shares_half_of_its_words() -> None:
    one = asked("answerable", "a", (1.0, 0.0), (1.0, 0.0))
    half = Observation(one.question, "a", one.kind, one.candidates, (0.5, 0.49))
    assert half.right == (True, False)


def test_a_fit_tells_right_from_wrong(fitted: Calibration) -> None:
    told: dict[str, list[float]] = {"answerable": [], "unanswerable": [], "mismatch": []}
    for one in mixed():
        best = ranked(one.candidates, fitted.fusion)
        row = features_of(one.question, best, fitted.fusion)[0]
        told[one.kind].append(fitted.probability(row))
    assert np.mean(told["answerable"]) > 0.8
    assert np.mean(told["unanswerable"]) < 0.2
    assert np.mean(told["mismatch"]) < 0.05


def test_a_fit_says_what_it_was_fitted_on(fitted: Calibration) -> None:
    assert fitted.reader == "ab" * 32
    assert fitted.fitted_on == "80 answerable, 80 unanswerable, 80 mismatch"
    assert set(fitted.weights) == set(FEATURES)


def test_a_fit_says_how_far_its_probabilities_are_off(fitted: Calibration) -> None:
    assert 0 < fitted.calibration_error < 0.1


def test_the_calibration_error_is_the_mean_gap_of_ten_bins() -> None:
    probability = np.array([0.95, 0.91, 0.85, 0.15, 1.0])
    right = np.array([1.0, 0.0, 0.0, 0.0, 1.0])
    weights = np.array([1.0, 1.0, 2.0, 1.0, 1.0])
    # Of the bins: |0.95 + 0.91 + 1 - 2|, 2 * 0.85 and 0.15, over weights of 6 in all.
    assert calibration_error(probability, right, weights) == pytest.approx(2.71 / 6)
    assert calibration_error(right, right, weights) == 0.0


def test_questions_of_a_paragraph_are_held_out_together() -> None:
    kinds: list[Kind] = ["answerable", "unanswerable"]
    groups = [("a", kinds[place % 2]) for place in range(20)] + [("b", "mismatch")] * 5
    folds = held_out_folds(groups).tolist()
    assert folds[0:20:2] == folds[1:20:2] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert folds[20:] == [0, 1, 2, 3, 4]


def test_a_fit_of_the_same_questions_is_the_same(fitted: Calibration) -> None:
    assert fit(mixed(), "ab" * 32) == fitted


def test_a_fit_can_be_written_and_read(fitted: Calibration) -> None:
    assert Calibration.model_validate_json(fitted.model_dump_json()) == fitted


def test_thresholds_rise_as_fewer_wrong_answers_are_wanted(fitted: Calibration) -> None:
    shares = [wrong for wrong, _ in fitted.thresholds]
    probabilities = [probability for _, probability in fitted.thresholds]
    assert shares == sorted(shares, reverse=True)
    assert probabilities == sorted(probabilities)
    assert fitted.thresholds[0][0] == 1.0
    assert 0 <= fitted.threshold(0.5) <= fitted.threshold(0.1) <= 1.0
    assert fitted.unsure_from == pytest.approx(fitted.threshold(0.1) / 2, abs=1e-4)


def test_a_question_for_which_nothing_was_found_counts_for_nothing(fitted: Calibration) -> None:
    empty = Observation("Which town was it?", "a", "mismatch", (), ())
    found = fit([*mixed(), empty], "ab" * 32)
    assert found.weights == fitted.weights
    assert found.thresholds == fitted.thresholds


def thresholds(
    probability: list[float], right: list[int], weights: list[float]
) -> dict[int, float]:
    found = risk_thresholds(
        np.array(probability), np.array(right, dtype=float), np.array(weights, dtype=float)
    )
    return {round(wrong * 100): value for wrong, value in found}


def test_a_threshold_for_each_whole_percent_that_can_be_kept_to() -> None:
    found = thresholds([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0], [1, 1, 1, 1])
    # Wrong among the first 1, 2, 3 and 4: none, 1/2, 1/3, 1/2.
    assert list(found) == list(range(100, -1, -1))
    assert [found[percent] for percent in (100, 50, 49, 34, 33, 0)] == [
        *(0.6, 0.6, 0.7, 0.7, 0.9, 0.9)
    ]


def test_the_order_of_the_questions_does_not_matter() -> None:
    assert thresholds([0.6, 0.9, 0.7, 0.8], [0, 1, 1, 0], [1, 1, 1, 1]) == thresholds(
        [0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0], [1, 1, 1, 1]
    )


def test_a_question_counts_as_much_as_its_weight() -> None:
    found = thresholds([0.9, 0.8, 0.7], [1, 0, 1], [1, 3, 4])
    # Wrong among the first 1, 2 and 3: none, 3/4, 3/8.
    assert (found[37], found[38], found[100]) == (0.9, 0.7, 0.7)


def test_what_cannot_be_kept_to_has_no_threshold() -> None:
    found = thresholds([0.9, 0.8], [0, 0], [1, 1])
    assert found == {100: 0.8}
    assert min(thresholds([0.9, 0.8, 0.7], [0, 1, 1], [1, 1, 1])) == 34


def test_a_threshold_leaves_a_twentieth_of_the_questions() -> None:
    probability = [0.99, *(0.9 - place / 1000 for place in range(39))]
    found = thresholds(probability, [1] + [0] * 39, [1.0] * 40)
    # The first alone is right, and one of forty is too few; of two, half are right.
    assert min(found) == 50
    assert found[50] == pytest.approx(0.9)


@settings(max_examples=100)
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 9999), st.booleans(), st.sampled_from([0.5, 1.0, 2.0])),
        min_size=1,
        max_size=60,
        unique_by=lambda row: row[0],
    )
)
def test_a_threshold_keeps_to_its_share(rows: list[tuple[int, bool, float]]) -> None:
    probability = np.array([row[0] / 10_000 for row in rows])
    right = np.array([row[1] for row in rows], dtype=float)
    weights = np.array([row[2] for row in rows])
    for wrong, threshold in risk_thresholds(probability, right, weights):
        answered = probability >= threshold
        share = (weights * (1 - right))[answered].sum() / weights[answered].sum()
        assert share <= wrong + 1e-9


@pytest.mark.parametrize("second", [0.5, 0.49998])
def test_a_threshold_keeps_to_its_share_among_equals(second: float) -> None:
    found = thresholds([0.5, second], [1, 0], [1, 1])
    assert min(found) == 50


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with weights that nobody loads: the reader and the retriever are fake ones."""
    directory = tmp_path / "reader"
    directory.mkdir()
    (directory / "model.safetensors").write_bytes(b"weights")
    monkeypatch.setattr("bot.reader.calibrate.span_model", lambda _name: PointingModel())
    monkeypatch.setattr("bot.reader.calibrate.SentenceTransformersModel", HashedWordsModel)
    return directory


def calibrated(reader: Path, data: Path) -> Exception | None:
    arguments = ["--reader", str(reader), "--data", str(data), "--top-k", "3"]
    titles = ["--hold-out", "Arden", "--hold-out", "Bexley"]
    done = CliRunner().invoke(command, [*arguments, *titles], standalone_mode=False)
    assert done.exception is not None or done.return_value == 0
    return done.exception  # type: ignore[return-value]


def test_the_command_fits_a_readers_rules(reader: Path, tmp_path: Path) -> None:
    content = squad_set()
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            # The fake reader finds what follows "built": "in 1801".
            built, _, sold = paragraph["qas"]
            (answer,) = built["answers"]
            built["answers"] = [{"text": f"in {answer['text']}", "answer_start": 0}]
            paragraph["qas"] = [built, sold]
    data = write_set(tmp_path / "set.json", content)
    before = open_reader(str(reader), max_wrong=0.3)
    assert calibrated(reader, data) is None
    found = open_reader(str(reader), max_wrong=0.3)
    assert (before.is_calibrated, found.is_calibrated) == (False, True)
    written = (reader / "calibration.json").read_bytes()
    fitted_on = json.loads(written)["fitted_on"]
    assert fitted_on == "12 answerable, 12 unanswerable, 24 mismatch"
    assert calibrated(reader, data) is None
    assert (reader / "calibration.json").read_bytes() == written


def test_a_reader_without_weights_is_refused(reader: Path, tmp_path: Path) -> None:
    (reader / "model.safetensors").unlink()
    error = calibrated(reader, write_set(tmp_path / "set.json", squad_set()))
    assert isinstance(error, ReaderModelError)
    assert str(error) == f"There are no weights in {reader}. Name a reader's directory."
