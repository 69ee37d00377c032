"""A run comes back as it was saved, and anything else is refused in one sentence."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.metric import compute_metrics
from bot.evaluation.question_set import EvaluationError
from bot.evaluation.run import RUN_SCHEMA_VERSION, Run
from bot.evaluation.run_file import load_run, save_run
from tests.evaluation.reports import nasty_run
from tests.evaluation.runs import make_record, make_run, place, random_run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.json"


@pytest.mark.parametrize(
    "run",
    [
        random_run(30, seed=1),
        make_run([], complete=False, limit=7, mode="mismatch", seed=2**70),
        make_run([make_record("1", (), None), make_record("2", error="It is too long.")]),
        make_run([make_record("ä\ud800\x00\u2028", best="</script>", prediction=None)]),
        make_run([make_record(values=(("8 months", "eight"), ("9 months",)), tags=("a", "b"))]),
        make_run([make_record(score=math.inf, citations=(place("cat"), place("dog", 7)))]),
        make_run([make_record(score=0.1 + 0.2)], score_is_probability=True),
        nasty_run(),
    ],
    ids=["random", "empty", "refused", "surrogate", "values", "infinite", "probability", "nasty"],
)
def test_a_run_comes_back_as_it_was_saved(path: Path, run: Run) -> None:
    save_run(run, path)

    assert load_run(path) == run


def test_a_score_that_is_no_number_comes_back(path: Path) -> None:
    save_run(make_run([make_record(score=math.nan)]), path)

    assert math.isnan(load_run(path).records[0].score)


def test_all_figures_can_be_computed_from_the_file(path: Path) -> None:
    run = random_run(60, seed=3)
    save_run(run, path)

    assert compute_metrics(load_run(path), resamples=50) == compute_metrics(run, resamples=50)


def test_saving_twice_gives_the_same_bytes(path: Path) -> None:
    save_run(random_run(20, seed=1), path)
    before = path.read_bytes()

    save_run(load_run(path), path)

    assert path.read_bytes() == before


def test_a_file_says_its_version(path: Path) -> None:
    save_run(make_run([]), path)

    assert json.loads(path.read_text(encoding="utf-8"))["schema"] == RUN_SCHEMA_VERSION


NOT_A_RUN = [
    (b"", "is not JSON: Expecting value: line 1 column 1 (char 0)"),
    (b"no run", "is not JSON"),
    (b'{"schema": 1,', "is not JSON"),
    (b"\xff\xfe{}", "is not JSON: 'utf-8' codec can't decode byte 0xff"),
    (b"[" * 200_000, "is not JSON"),
    (b"[]", "is not a run of version 1"),
    (b"null", "is not a run of version 1"),
    (b"{}", "is not a run of version 1"),
    (b'{"schema": 2}', "is not a run of version 1"),
    (b'{"version": "v2.0", "data": []}', "is not a run of version 1"),
    (b'{"schema": 1}', "is damaged: mode: Field required"),
]


@pytest.mark.parametrize(("content", "complaint"), NOT_A_RUN)
def test_what_is_no_run_is_refused_in_one_sentence(
    path: Path, content: bytes, complaint: str
) -> None:
    path.write_bytes(content)

    assert complaint in refusal(path)


def refusal(path: Path) -> str:
    with pytest.raises(EvaluationError) as error:
        load_run(path)
    message = str(error.value)
    assert str(path) in message
    assert "\n" not in message
    assert message.endswith(".")
    assert len(message) < 250 + len(str(path))
    return message


Damage = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (lambda run: run.pop("records"), "is damaged: records: Field required"),
        (lambda run: run.update(mode="other"), "is damaged: mode: Input should be 'article'"),
        (lambda run: run.update(cost=None), "is damaged: cost: "),
        (lambda run: run["records"][1].pop("gold"), "is damaged: records.1.gold: Field required"),
        (lambda run: run["records"][0].update(score="much"), "is damaged: records.0.score: "),
        (lambda run: run["records"][0]["passages"][0].update(start=[]), "records.0.passages.0."),
        (lambda run: run["records"][0].update(gold_spans=[[1]]), "records.0.gold_spans.0.1: "),
    ],
)
def test_a_damaged_run_names_the_place(path: Path, damage: Damage, complaint: str) -> None:
    save_run(random_run(3, seed=1), path)
    content = json.loads(path.read_text(encoding="utf-8"))
    damage(content)
    path.write_text(json.dumps(content), encoding="utf-8")

    assert complaint in refusal(path)


def test_a_cut_file_is_refused(path: Path) -> None:
    save_run(random_run(3, seed=1), path)
    path.write_bytes(path.read_bytes()[:-40])

    assert "is not JSON" in refusal(path)


def test_a_run_that_is_not_there_is_refused(path: Path) -> None:
    assert refusal(path) == (
        f"The run {path} cannot be read: No such file or directory. Name a run.json."
    )


def test_a_directory_is_no_run(path: Path) -> None:
    path.mkdir()

    assert "cannot be read: Is a directory" in refusal(path)


def test_a_run_is_not_written_where_there_is_no_directory(path: Path) -> None:
    with pytest.raises(OSError):
        save_run(make_run([]), path / "nowhere")


def test_a_run_of_before_is_replaced_whole(path: Path) -> None:
    save_run(random_run(20, seed=1), path)
    later = replace(random_run(2, seed=2), complete=False)

    save_run(later, path)

    assert load_run(path) == later
    assert [file.name for file in path.parent.glob(".run*")] == []
