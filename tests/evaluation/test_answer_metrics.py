"""Exact match and F1 against cases worked by hand, and against a second implementation."""

import math
import string
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.answer_metrics import (
    best_over_golds,
    best_threshold,
    decided_score,
    exact_match,
    normalise_answer,
    token_f1,
)
from bot.evaluation.metric import compute_metrics
from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.squad_format import na_probs, predictions
from tests.evaluation.runs import make_record, make_run, place, random_run

words = st.lists(st.sampled_from(["the", "a", "cat", "Cat", "sat", "on", "mat.", "-", "é"])).map(
    " ".join
)


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("The Cat", "cat"),
        ("  an   apple,\ta  day ", "apple day"),
        ("U.S.", "us"),
        ("a.n.", ""),  # The points go first, which leaves the article "an".
        ("theatre", "theatre"),  # Only whole words are articles.
        ("the-cat", "thecat"),  # The hyphen goes before the article is seen.
        ("“quoted” – 5½", "“quoted” – 5½"),  # Only ASCII punctuation goes.
        ("ÉCOLE", "école"),
        ("!?", ""),
    ],
)
def test_normalising(text: str, normalised: str) -> None:
    assert normalise_answer(text) == normalised


# Each by hand: F1 = 2·p·r / (p + r), with the shared words over those of either side.
@pytest.mark.parametrize(
    ("prediction", "gold", "exact", "f1"),
    [
        ("the cat", "Cat", 1, 1),
        ("cat", "dog", 0, 0),
        # 1 shared; p = 1/2, r = 1/1; F1 = 1 / 1.5.
        ("black cat", "cat", 0, 2 / 3),
        # 2 shared; p = 2/3, r = 2/2; F1 = (4/3) / (5/3).
        ("in October 1973", "October 1973", 0, 4 / 5),
        # Bags: "new" counts once in gold; 2 shared; p = 2/3, r = 2/2.
        ("new new york", "New York", 0, 4 / 5),
        # The same words in another order are no exact match, but full overlap.
        ("York New", "New York", 0, 1),
        ("U.S.", "US", 1, 1),
        # Hyphens join: {"thirdlargest"} and {"third", "largest"} share nothing.
        ("third-largest", "third largest", 0, 0),
        # Curly quotes are no ASCII punctuation: {"“yes”"} and {"yes"}.
        ("“yes”", "yes", 0, 0),
        # An accent makes another word.
        ("café", "cafe", 0, 0),
        ("École", "école", 1, 1),
        ("", "", 1, 1),
        # Nothing is left of either.
        ("the", "", 1, 1),
        ("", "cat", 0, 0),
        ("cat", "", 0, 0),
        # 3 shared of 4 and of 5: p = 3/4, r = 3/5; F1 = 0.9 / 1.35.
        ("15 to 20 men", "about 15 to 20 fighters", 0, 2 / 3),
    ],
)
def test_exact_match_and_f1_by_hand(prediction: str, gold: str, exact: float, f1: float) -> None:
    assert exact_match(prediction, gold) == exact
    assert token_f1(prediction, gold) == pytest.approx(f1, abs=1e-15)


def test_best_gold_counts() -> None:
    assert best_over_golds(token_f1, "cat", ["dog", "black cat", "bird"]) == pytest.approx(2 / 3)


def test_gold_answers_without_words_do_not_count() -> None:
    assert best_over_golds(exact_match, "", ["the", "cat"]) == 0
    assert best_over_golds(exact_match, "", ["the"]) == 1
    assert best_over_golds(exact_match, "cat", []) == 0


@given(words, words)
def test_f1_is_symmetric_and_in_range(one: str, other: str) -> None:
    assert token_f1(one, other) == token_f1(other, one)
    assert 0 <= token_f1(one, other) <= 1


@given(words, words)
def test_an_exact_match_has_full_f1(one: str, other: str) -> None:
    if exact_match(one, other):
        assert token_f1(one, other) == 1


def test_a_refusal_is_right_only_where_nothing_answers() -> None:
    assert decided_score(make_record(prediction=None, best="cat"), token_f1) == 0
    assert decided_score(make_record(gold=(), prediction=None, best="cat"), token_f1) == 1
    assert decided_score(make_record(gold=(), prediction="cat"), token_f1) == 0


def test_a_failed_question_is_not_answered() -> None:
    run = make_run(
        [
            make_record("1", error="It is too long."),
            make_record("2", (), None, error="It is empty."),
        ]
    )
    values = compute_metrics(run, resamples=10, names=["f1", "hasans_f1", "noans_f1", "error_rate"])
    found = {name: metric.value for name, metric in values.items()}
    assert found == {"f1": 0.5, "hasans_f1": 0, "noans_f1": 1, "error_rate": 1}


def test_several_values() -> None:
    # Two values. The first answer quotes one of them and something else: precision 1/2, recall 1/2.
    # The second question is refused: no precision, recall 0.
    values = (("eight months", "8 months"), ("nine months",))
    quotes = (place("8 months"), place("a month"))
    run = make_run(
        [
            make_record("1", ("8 months",), "8 months", values=values, citations=quotes),
            make_record("2", ("8 months",), None, values=values),
            make_record("3"),
        ]
    )
    found = compute_metrics(run, resamples=10, names=["values_precision", "values_recall"])
    assert found["values_precision"].value == 1 / 2
    assert found["values_recall"].value == 1 / 4
    assert found["values_recall"].n == 2


def test_best_f1_by_hand() -> None:
    # By falling score: right (+1), unanswerable (−1), F1 2/3 (+2/3), unanswerable (−1).
    # Sums from the 2 that refusing everything gives: 2, 3, 2, 2 2/3, 1 2/3; the best is 3 of 4.
    run = make_run(
        [
            make_record("1", score=0.9),
            make_record("2", (), "dog", 0.8),
            make_record("3", prediction="black cat", score=0.7),
            make_record("4", (), "dog", 0.6),
        ]
    )
    best = best_threshold(run)
    assert best is not None
    assert best.value == 3 / 4
    assert best.score == 0.9
    assert best.na_prob == na_probs(run)["1"]
    assert compute_metrics(run, resamples=10, names=["best_f1"])["best_f1"].value == 3 / 4


def test_best_threshold_may_be_to_refuse_everything() -> None:
    best = best_threshold(make_run([make_record("1", (), "dog"), make_record("2", ("x",), "dog")]))
    assert best is not None
    assert (best.value, best.na_prob, best.score) == (1 / 2, 0.0, None)
    assert best_threshold(make_run([])) is None


# A second implementation, written straight from the description of the official script: it reads
# what we write, and knows nothing of records.


def official_words(text: str) -> list[str]:
    kept = "".join(character for character in text.lower() if character not in string.punctuation)
    return [
        word for word in " ".join(kept.split()).split(" ") if word not in {"", "a", "an", "the"}
    ]


def official_exact(prediction: str, gold: str) -> float:
    return 1.0 if official_words(prediction) == official_words(gold) else 0.0


def official_f1(prediction: str, gold: str) -> float:
    left, right = official_words(prediction), official_words(gold)
    if not left or not right:
        return 1.0 if left == right else 0.0
    unused, shared = list(right), 0
    for word in left:
        if word in unused:
            unused.remove(word)
            shared += 1
    return 2 * shared / (len(left) + len(right))


def official_figures(run: Run) -> dict[str, float]:
    texts, no_answer = predictions(run), na_probs(run)
    golds = {record.id: list(record.gold) for record in run.records}
    figures: dict[str, float] = {}
    scorers: dict[str, Callable[[str, str], float]] = {"exact": official_exact, "f1": official_f1}
    for name, scorer in scorers.items():
        raw, decided = {}, {}
        for id_, answers in golds.items():
            usable = [answer for answer in answers if official_words(answer)] or [""]
            raw[id_] = max(scorer(texts[id_], answer) for answer in usable)
            decided[id_] = raw[id_] if no_answer[id_] <= 0.5 else float(not answers)
        figures[name] = math.fsum(decided.values()) / len(decided)
        for kind, has_answer in (("hasans", True), ("noans", False)):
            part = [decided[id_] for id_, answers in golds.items() if bool(answers) == has_answer]
            figures[f"{kind}_{name}"] = math.fsum(part) / len(part)
        current = best = sum(not answers for answers in golds.values())
        for id_ in sorted(no_answer, key=lambda key: no_answer[key]):
            current += raw[id_] if golds[id_] else (-1 if texts[id_] else 0)
            best = max(best, current)
        figures[f"best_{name}"] = best / len(golds)
    return figures


def with_quirks(run: Run) -> Run:
    """Add ties, missing spans, failures, and answers of articles and points alone."""

    def quirk(number: int, record: QuestionRecord) -> QuestionRecord:
        match number % 11:
            case 3:
                return replace(record, prediction=None, best_span=None, score=0.0)
            case 5:
                return replace(record, error="It failed.")
            case 7:
                return replace(record, gold=("The", *record.gold), prediction="the.", score=0.5)
            case _:
                return replace(record, score=round(record.score, 1))

    records = [quirk(number, record) for number, record in enumerate(run.records)]
    consistent = [
        replace(record, prediction=None)
        if record.prediction is not None and record.score < 0.5
        else record
        for record in records
    ]
    return replace(run, records=tuple(consistent))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("quirks", [False, True])
def test_figures_agree_with_a_second_implementation(seed: int, quirks: bool) -> None:
    run = random_run(150, seed)
    if quirks:
        run = with_quirks(run)
    expected = official_figures(run)
    found = compute_metrics(run, resamples=1, names=list(expected))
    assert {name: metric.value for name, metric in found.items()} == pytest.approx(
        expected, rel=1e-12
    )
    for name in ("exact", "f1"):
        best = best_threshold(run, name)
        assert best is not None
        assert best.value == pytest.approx(expected[f"best_{name}"], rel=1e-12)
