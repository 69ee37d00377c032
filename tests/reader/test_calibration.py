import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.calibration import (
    CALIBRATION_FILE,
    FEATURES,
    Calibration,
    FusionWeights,
    features_of,
    load_calibration,
    ranked,
    said,
)
from bot.reader.candidates import Candidate
from bot.reader.errors import ReaderModelError
from bot.reader.reader_files import ReaderFiles
from index.spans import Span
from tests.reader.rules import rules
from tests.reader.windows import candidate, scored

SPAN_ONLY = FusionWeights(span=1.0, no_answer=0.0, passage=0.0, sentence=0.0)
ODDS = st.floats(-50, 50, allow_nan=False)
TEXT = "The old mill of Arden burned down in May 1901. Lise Grande saw it from the river."
PASSAGE = scored(TEXT, start=40, score=0.6)


def row(**values: float) -> np.ndarray:
    return np.array([values.get(name, 0.0) for name in FEATURES], dtype=np.float32)


def placed(*spans: tuple[int, int, float]) -> list[Candidate]:
    """Return candidates with these starts, ends and scores of one passage of a thousand words."""
    passage = scored("a " * 1000, sentences=[Span(0, 2000)])
    base = candidate(passage, "a")
    return [
        replace(base, span=Span(start, end), text=f"{start}-{end}", span_score=score)
        for start, end, score in spans
    ]


def spans_of(candidates: list[Candidate]) -> list[tuple[int, int]]:
    return [(one.span.start, one.span.end) for one in candidates]


def feature(name: str, question: str, *best: Candidate) -> list[float]:
    found = features_of(question, best, SPAN_ONLY)
    assert found.shape == (len(best), len(FEATURES))
    return [round(float(value), 4) for value in found[:, FEATURES.index(name)]]


def test_a_probability_is_that_of_the_log_odds() -> None:
    calibration = rules(weights=dict.fromkeys(FEATURES, 0.0) | {"margin": 2.0}, bias=-1.0)
    assert calibration.probability(row()) == pytest.approx(1 / (1 + math.e))
    assert calibration.probability(row(margin=0.5)) == pytest.approx(0.5)
    assert calibration.probability(row(evidence=100.0)) == pytest.approx(1 / (1 + math.e))


@given(
    weight=st.floats(0.01, 10),
    bias=ODDS,
    lower=ODDS,
    more=st.floats(0, 20),
    name=st.sampled_from(FEATURES),
)
def test_a_probability_rises_with_a_feature_that_speaks_for_it(
    weight: float, bias: float, lower: float, more: float, name: str
) -> None:
    calibration = rules(weights=dict.fromkeys(FEATURES, 0.0) | {name: weight}, bias=bias)
    first = calibration.probability(row(**{name: lower}))
    second = calibration.probability(row(**{name: lower + more}))
    assert 0 < first <= second < 1


def test_a_threshold_is_the_lowest_probability_that_keeps_to_the_share() -> None:
    calibration = rules()
    assert [calibration.threshold(wrong) for wrong in (0.05, 0.07, 0.1, 0.15, 0.2, 1.0)] == [
        *(0.8, 0.8, 0.6, 0.6, 0.4, 0.0)
    ]


def test_where_no_threshold_keeps_to_the_share_nothing_is_answered() -> None:
    calibration = rules()
    assert calibration.threshold(0.04) == 1.0
    assert calibration.probability(row(evidence=1e6)) < 1.0
    assert rules(thresholds=()).threshold(1.0) == 1.0


@pytest.fixture
def files(tmp_path: Path) -> ReaderFiles:
    directory = tmp_path / "reader"
    directory.mkdir()
    return ReaderFiles("reader", directory, "reader-1", exported_sha256="ab" * 32)


def write(files: ReaderFiles, content: str | bytes) -> Path:
    assert files.directory is not None
    path = files.directory / CALIBRATION_FILE
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_rules_are_read_as_they_were_written(files: ReaderFiles) -> None:
    calibration = rules(reader="ab" * 32)
    write(files, calibration.model_dump_json(indent=1))
    assert load_calibration(files) == calibration


def test_a_reader_without_rules_has_none(files: ReaderFiles) -> None:
    assert load_calibration(files) is None
    assert load_calibration(ReaderFiles("someone/reader", None, "someone/reader")) is None


def changed(**others: Any) -> str:  # noqa: ANN401 - fields of any type
    return json.dumps(json.loads(rules(reader="ab" * 32).model_dump_json()) | others)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        b"\xff\xfe\x00",
        changed()[:-20],
        changed(format=2),
        changed(bias="high"),
        changed(bias=None),
        changed(more=1),
        changed(thresholds=[[0.1]]),
        changed(fusion={"span": 1.0, "other": 2.0}),
        json.dumps({"reader": "ab" * 32}),
    ],
)
def test_damaged_rules_are_refused(files: ReaderFiles, content: str | bytes) -> None:
    path = write(files, content)
    with pytest.raises(ReaderModelError) as error:
        load_calibration(files)
    assert str(error.value) == (
        f"{path} cannot be read as a calibration. Make it again with "
        "python -m bot.reader.calibrate, or delete it."
    )


@pytest.mark.parametrize(
    "content",
    [
        changed(reader="cd" * 32),
        changed(weights={"evidence": 1.0}),
        changed(weights=dict.fromkeys([*FEATURES, "luck"], 1.0)),
    ],
)
def test_rules_of_another_reader_are_refused(files: ReaderFiles, content: str) -> None:
    path = write(files, content)
    with pytest.raises(ReaderModelError) as error:
        load_calibration(files)
    assert str(error.value) == (
        f"{path} was fitted for another reader. Make it again with "
        "python -m bot.reader.calibrate, or delete it."
    )


def test_candidates_are_ranked_by_their_fused_scores() -> None:
    passage, other = scored(TEXT, score=0.2), scored(TEXT, start=500, score=0.9)
    first = candidate(passage, "May 1901", span_score=6.0, no_answer_score=1.0)
    second = candidate(other, "May 1901", span_score=5.0, no_answer_score=2.0)
    assert FusionWeights().score(first) == pytest.approx(6.0 - 1.0 + 6.0 * 0.2)
    assert FusionWeights().score(second) == pytest.approx(5.0 - 2.0 + 6.0 * 0.9)
    assert ranked([first, second], FusionWeights()) == [second, first]
    assert ranked([first, second], SPAN_ONLY) == [first, second]
    sentences = FusionWeights(span=0.0, no_answer=0.0, passage=0.0, sentence=1.0)
    assert ranked([first, second], sentences) == [second, first]


def test_of_candidates_that_overlap_the_best_is_kept() -> None:
    found = ranked(placed((10, 20, 5.0), (15, 30, 6.0), (20, 25, 4.0), (30, 31, 1.0)), SPAN_ONLY)
    assert spans_of(found) == [(15, 30), (30, 31)]


def test_ties_go_to_the_first_in_the_article_and_then_to_the_shorter() -> None:
    found = ranked(placed((50, 60, 5.0), (10, 20, 5.0), (10, 12, 5.0), (30, 40, 5.0)), SPAN_ONLY)
    assert spans_of(found) == [(10, 12), (30, 40), (50, 60)]


@given(
    spans=st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 12), st.integers(-2, 2)), max_size=60
    ),
    data=st.data(),
)
def test_ranked_candidates_do_not_overlap_and_their_order_is_fixed(
    spans: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    every = placed(*((start, start + length, float(score)) for start, length, score in spans))
    found = ranked(every, SPAN_ONLY)
    assert len(found) <= 10
    assert spans_of(ranked(data.draw(st.permutations(every)), SPAN_ONLY)) == spans_of(found)
    order = [(-one.span_score, one.span) for one in found]
    assert order == sorted(order)
    in_text = sorted(spans_of(found))
    assert all(a[1] <= b[0] for a, b in zip(in_text, in_text[1:], strict=False))
    if every and len(found) < 10:  # every other one overlaps a better one
        for one in every:
            assert any(
                one.span.start < other.span.end and other.span.start < one.span.end
                for other in found
            )


def test_evidence_is_how_far_a_span_is_above_no_answer() -> None:
    best = [
        candidate(PASSAGE, "May 1901", span_score=5.0, no_answer_score=2.0),
        candidate(PASSAGE, "Lise Grande", span_score=4.0, no_answer_score=-3.0),
    ]
    assert feature("evidence", "When?", *best) == [3.0, 7.0]
    assert feature("evidence_of_best", "When?", *best) == [7.0, 7.0]


def test_values_that_are_told_side_by_side_do_not_speak_against_each_other() -> None:
    best = [
        candidate(scored(text, start=start), words, span_score=score)
        for text, start, words, score in (
            ("It took eight months.", 0, "eight months", 9.0),
            ("It took nine months.", 100, "nine months", 8.0),
            ("It took Arden.", 200, "Arden", 5.0),
        )
    ]
    place = FEATURES.index("margin")
    apart = features_of("How long did it take?", best, SPAN_ONLY)[:, place].tolist()
    together = features_of("How long did it take?", best, SPAN_ONLY, [0, 1])[:, place].tolist()
    assert apart == [1.0, -1.0, -4.0]
    assert together == [4.0, 3.0, -4.0]


def test_the_margin_is_to_the_best_that_says_something_else() -> None:
    again = scored("In May 1901 it rained.", start=600)
    best = [
        candidate(PASSAGE, "May 1901", span_score=9.0),
        candidate(again, "May 1901", span_score=8.0),
        candidate(PASSAGE, "Lise Grande", span_score=5.0),
    ]
    assert feature("margin", "When?", *best) == [4.0, 3.0, -4.0]
    assert feature("margin", "When?", *best[:2]) == [20.0, 20.0]
    far = candidate(again, "rained", span_score=-300.0)
    assert feature("margin", "When?", best[0], far) == [20.0, -20.0]


def test_the_retrievers_scores_are_features() -> None:
    best = [candidate(PASSAGE, "May 1901"), candidate(PASSAGE, "Lise Grande")]
    assert feature("passage_score", "When?", *best) == [0.6, 0.6]
    assert feature("sentence_score", "When?", *best) == [0.6, 0.59]


def test_the_shares_of_the_questions_words_are_features() -> None:
    other = scored("The harbour is cold.", start=600)
    best = [candidate(PASSAGE, "May 1901"), candidate(other, "cold")]
    question = "Which mills of Arden and Bexley has the harbour?"
    assert feature("words_in_passage", question, *best) == [0.5, 0.25]
    assert feature("words_anywhere", question, *best) == [0.75, 0.75]
    assert feature("names_in_passage", question, *best) == [0.5, 0.0]
    assert feature("words_in_sentence", question, *best) == [0.5, 0.25]
    second = candidate(PASSAGE, "the river")
    assert feature("words_in_sentence", question, second) == [0.0]


def test_words_say_the_same_whatever_their_form() -> None:
    assert said("the Mills") == said("mill")
    assert said("mill") != said("miller")
    assert said("the") == said("The") != said("a")


def test_a_calibration_cannot_be_changed() -> None:
    calibration: Calibration = rules()
    with pytest.raises(ValueError, match="frozen"):
        calibration.bias = 1.0
