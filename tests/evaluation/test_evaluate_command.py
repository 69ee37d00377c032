"""`article-bot evaluate` as a person and as CI use it, with the fake embedding model."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from bot.answer import Answer
from bot.cli import main
from bot.evaluation.comparison import changed_questions
from bot.evaluation.groups import metrics_by_question_word, metrics_by_tag
from bot.evaluation.loading import load_question_set
from bot.evaluation.metric import METRICS, compute_metrics
from bot.evaluation.run_file import load_run
from bot.evaluation.summary import run_tables, run_to_json
from bot.pipeline import QAPipeline
from index.article import Article, ReadLimits
from index.retriever import Retriever, ScoredPassage
from tests.conftest import Run
from tests.evaluation.sets import TOO_LONG, write_lines, write_squad_set
from tests.evaluation.test_answer_metrics import official_exact, official_f1
from tests.evaluation.test_summary import printed

DEFAULT_QUESTIONS = Path(__file__).parents[1] / "questions" / "default_article.jsonl"
FILES = ["na_prob.json", "predictions.json", "report.html", "run.json"]
# What may differ between two runs with the same seed and settings.
TIMES = {"created", "cost", "index_s", "retrieve_ms", "read_ms", "total_ms"}


@pytest.fixture(autouse=True)
def low_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the threshold that fits the fake model."""
    monkeypatch.setenv("MIN_SCORE", "0.4")


@pytest.fixture
def squad(tmp_path: Path) -> str:
    return str(write_squad_set(tmp_path / "squad.json"))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def content(path: Path) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(path.read_text(encoding="utf-8"))


def without_times(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if key not in TIMES}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def files_of(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def interrupt_after(monkeypatch: pytest.MonkeyPatch, questions: int) -> None:
    """Press Ctrl-C once, after so many questions."""
    answer, counted = QAPipeline.answer, [0]

    def interrupted(self: QAPipeline, question: str, *, paragraph: int | None = None) -> Answer:
        counted[0] += 1
        if counted[0] == questions + 1:
            raise KeyboardInterrupt
        return answer(self, question, paragraph=paragraph)

    monkeypatch.setattr(QAPipeline, "answer", interrupted)


def break_retriever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rank the passages from the worst to the best."""
    retrieve = Retriever.retrieve

    def reversed_(
        self: Retriever, question: str, top_k: int, *, paragraph: int | None = None
    ) -> list[ScoredPassage]:
        return retrieve(self, question, 1_000, paragraph=paragraph)[::-1][:top_k]

    monkeypatch.setattr(Retriever, "retrieve", reversed_)


def error_of(result: tuple[int, str, str]) -> str:
    """Return the one line of an error."""
    code, out, err = result
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    return err.rstrip("\n")


def test_a_run_shows_its_figures_and_writes_its_files(run: Run, squad: str, output: Path) -> None:
    code, out, err = run("evaluate", squad, "--output", str(output))

    assert (code, err) == (0, "")
    assert out.startswith("squad.json: 24 questions on 2 articles, asked of the whole article.\n")
    assert re.search(r"^f1 +1\.000 +1\.000 to 1\.000 +n 24 *$", out, re.MULTILINE)
    assert out.endswith(f"\nWritten: {output / 'report.html'} and the files beside it.\n")
    assert "\x1b" not in out
    assert files_of(output) == FILES


def test_without_output_nothing_is_written(run: Run, squad: str) -> None:
    code, out, _ = run("evaluate", squad)

    assert (code, "Written" in out, [*Path.cwd().iterdir()]) == (0, False, [])


def test_json_is_one_document_and_nothing_else(run: Run, squad: str, output: Path) -> None:
    run("evaluate", squad, "--output", str(output))
    baseline = str(output / "run.json")

    for more in ((), ("--output", str(output)), ("--baseline", baseline)):
        code, out, err = run("evaluate", squad, "--json", *more)
        assert (code, err, out.count("\n")) == (0, "", 1)
        figures = json.loads(out)
        assert (figures["complete"], figures["questions"]) == (True, 24)
        assert list(figures["metrics"]) == list(METRICS)
        assert ("comparison" in figures) == ("--baseline" in more)


def test_the_figures_can_be_computed_from_run_json_alone(
    run: Run, output: Path, squad: str
) -> None:
    arguments = ("evaluate", squad, "--output", str(output), "--seed", "7")
    shown = run(*arguments)[1]
    saved = load_run(output / "run.json")
    metrics = compute_metrics(saved, seed=7)
    groups = {
        "question word": metrics_by_question_word(saved, seed=7),
        "tag": metrics_by_tag(saved, seed=7),
    }
    lines = [line.rstrip() for line in shown.splitlines()]
    assert lines[:-2] == printed(*run_tables(saved, metrics, groups))

    as_json = run(*arguments, "--json")[1]
    saved = load_run(output / "run.json")
    assert json.loads(as_json) == run_to_json(saved, compute_metrics(saved, seed=7), None)


def test_run_json_tells_no_secret_and_no_place(
    run: Run,
    squad: str,
    output: Path,
    own_environment: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "mill.txt").write_text("The mill grinds corn all day.", encoding="utf-8")
    monkeypatch.setenv("ARTICLE", str(tmp_path / "mill.txt"))
    monkeypatch.setenv("TELEGRAM_TOKEN", "12345:a-secret-token")
    questions = write_lines(tmp_path / "q.jsonl", {"question": "What grinds corn?"})

    for set_ in (squad, str(questions)):
        assert run("evaluate", set_, "--output", str(output))[0] == 0
        for name in FILES:
            text = (output / name).read_text(encoding="utf-8")
            assert [t for t in ("a-secret-token", str(tmp_path)) if t in text] == []
    assert set(content(output / "run.json")["settings"]) >= {"embedding_model", "min_score"}


def test_two_runs_give_the_same_bytes(run: Run, squad: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for directory in (one, other):
        run("evaluate", squad, "--output", str(directory))

    for name in ("predictions.json", "na_prob.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    first, second = content(one / "run.json"), content(other / "run.json")
    assert without_times(first) == without_times(second)
    assert first["records"][0]["id"] == "Arden-abbey"


def official_figures(set_: Path, output: Path) -> dict[str, float]:
    """Score the files as the official script does, with the threshold that the run names."""
    predictions, na_probs = content(output / "predictions.json"), content(output / "na_prob.json")
    threshold = content(output / "run.json")["na_prob_thresh"]
    scores: dict[str, list[float]] = {"exact": [], "f1": []}
    for entry in content(set_)["data"]:
        for qa in (qa for paragraph in entry["paragraphs"] for qa in paragraph["qas"]):
            golds = [answer["text"] for answer in qa["answers"]] or [""]
            refused = na_probs[qa["id"]] > threshold
            for name, score in (("exact", official_exact), ("f1", official_f1)):
                best = max(score(predictions[qa["id"]], gold) for gold in golds)
                scores[name].append(float(not qa["answers"]) if refused else best)
    return {name: sum(values) / len(values) for name, values in scores.items()}


@pytest.mark.parametrize("threshold", ["-1", "0.4", "0.75", "2"])
def test_the_squad_files_give_the_same_figures(
    run: Run, squad: str, output: Path, threshold: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIN_SCORE", threshold)

    metrics = json.loads(run("evaluate", squad, "--output", str(output), "--json")[1])["metrics"]

    found = {name: metrics[name]["value"] for name in ("exact", "f1")}
    assert found == pytest.approx(official_figures(Path(squad), output), rel=1e-12)
    expected = {"-1": 20 / 24, "0.4": 1, "2": 4 / 24}
    assert found["exact"] == pytest.approx(expected.get(threshold, found["exact"]))


def test_a_sample_is_the_same_each_time_and_another_by_seed(
    run: Run, squad: str, tmp_path: Path
) -> None:
    asked = []
    for seed in ("1", "1", "2"):
        directory = tmp_path / f"run{len(asked)}"
        run("evaluate", squad, "--limit", "6", "--seed", seed, "--output", str(directory))
        asked.append(list(content(directory / "predictions.json")))

    assert [len(ids) for ids in asked] == [6, 6, 6]
    assert (asked[0] == asked[1], asked[0] == asked[2]) == (True, False)


def test_a_gold_passage_is_all_that_is_read(run: Run, squad: str, output: Path) -> None:
    code, out, _ = run("evaluate", squad, "--gold-passage", "--output", str(output))

    records = content(output / "run.json")["records"]
    assert [[p["paragraph"] for p in record["passages"]] for record in records] == [
        record["gold_paragraphs"] for record in records
    ]
    assert (code, "asked of the right paragraph only" in out) == (0, True)


def test_a_mismatch_has_no_answer(run: Run, squad: str, output: Path) -> None:
    code, out, _ = run("evaluate", squad, "--mismatch", "--output", str(output))

    records = content(output / "run.json")["records"]
    assert [record["gold"] for record in records] == [[]] * 24
    assert {(record["id"][:3], record["article"]) for record in records} == {
        ("Ard", "Bexley"),
        ("Bex", "Arden"),
    }
    assert (code, "asked of another article: none can be answered" in out) == (0, True)


@pytest.mark.parametrize(
    ("gate", "code", "complaint"),
    [
        (("--fail-under", "f1=1"), 0, ""),
        (("--fail-under", "f1=1.01"), 1, "The lower bound of f1 is 1, and the gate is 1.01."),
        (("--fail-over", "aurc=0.9"), 0, ""),
        (("--fail-over", "f1=0.9"), 1, "The upper bound of f1 is 1, and the gate is 0.9."),
        (("--fail-under", "values_recall=0"), 1, "values_recall has no value in this run."),
    ],
)
def test_a_gate_that_fails_leaves_with_1(
    run: Run, squad: str, gate: tuple[str, ...], code: int, complaint: str
) -> None:
    found, out, err = run("evaluate", squad, "--json", *gate)

    assert (found, err) == (code, f"Gate failed: {complaint}\n" if complaint else "")
    assert json.loads(out)["complete"] is True


def test_every_gate_that_fails_is_told(run: Run, squad: str) -> None:
    floors = ("--fail-under", "f1=0.9", "--fail-under", "exact=2")

    code, _, err = run("evaluate", squad, *floors, "--fail-over", "f1=.1")

    assert (code, err.splitlines()) == (
        1,
        [
            "Gate failed: The lower bound of exact is 1, and the gate is 2.",
            "Gate failed: The upper bound of f1 is 1, and the gate is 0.1.",
        ],
    )


def test_the_lower_bound_counts_and_not_the_value(
    run: Run, squad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIN_SCORE", "0.75")
    f1 = json.loads(run("evaluate", squad, "--json")[1])["metrics"]["f1"]
    assert f1["low"] < f1["value"] < f1["high"]

    code, _, err = run("evaluate", squad, "--fail-under", f"f1={f1['value']}")

    assert (code, err.startswith("Gate failed: The lower bound of f1 is ")) == (1, True)


def test_a_run_against_itself_shows_no_difference(run: Run, squad: str, output: Path) -> None:
    run("evaluate", squad, "--output", str(output))
    baseline = ("--output", str(output), "--resume", "--baseline", str(output / "run.json"))

    code, out, _ = run("evaluate", squad, *baseline)
    comparison = json.loads(run("evaluate", squad, *baseline, "--json")[1])["comparison"]

    assert {difference["verdict"] for difference in comparison["metrics"].values()} == {
        "no difference that this set can show",
        None,
    }
    tested = {name for name, d in comparison["metrics"].items() if d["verdict"] is not None}
    assert {"f1", "exact", "paragraph_recall@1", "auroc", "citation_recall"} <= tested
    assert comparison["changed"] == {"right_to_wrong": [], "wrong_to_right": []}
    assert code == 0
    against = out[out.index("\nagainst ") :]
    assert "right → wrong: 0\nwrong → right: 0\n" in against
    assert re.findall(r"^(?:better|worse)$", against, re.MULTILINE) == []


def test_a_broken_retriever_is_worse_and_the_questions_are_named(
    run: Run, squad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    run("evaluate", squad, "--output", str(good))
    break_retriever(monkeypatch)
    arguments = ("evaluate", squad, "--output", str(bad), "--baseline", str(good / "run.json"))

    out = run(*arguments)[1]
    comparison = json.loads(run(*arguments, "--json")[1])["comparison"]

    verdicts = {name: difference["verdict"] for name, difference in comparison["metrics"].items()}
    for name in ("paragraph_recall@5", "span_mrr@10", "span_ndcg@10", "exact", "f1", "hasans_f1"):
        assert (name, verdicts[name]) == (name, "worse")
    assert "better" not in {verdicts[n] for n in METRICS if METRICS[n].family != "cost"}
    lost = changed_questions(load_run(good / "run.json"), load_run(bad / "run.json"))
    assert comparison["changed"]["right_to_wrong"] == list(lost.right_to_wrong)
    assert len(lost.right_to_wrong) == 20
    assert "right → wrong: 20\n  Arden-abbey  When was the abbey of Arden opened?\n" in out
    assert "\nworse\n" in out
    report = (bad / "report.html").read_text(encoding="utf-8")
    assert "Arden-abbey" in report


def test_ctrl_c_writes_what_is_done_and_resume_asks_the_rest(
    run: Run, squad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, part = tmp_path / "whole", tmp_path / "part"
    run("evaluate", squad, "--output", str(whole))
    interrupt_after(monkeypatch, 15)

    code, out, err = run("evaluate", squad, "--output", str(part), "--fail-under", "f1=2")

    assert (code, err) == (
        130,
        "Interrupted after 15 of 24 questions. The same command with --resume asks the rest.\n",
    )
    assert "Interrupted: the figures are of what was asked." in out
    assert files_of(part) == FILES
    interrupted = content(part / "run.json")
    assert (interrupted["complete"], len(interrupted["records"])) == (False, 15)

    code, _, err = run("evaluate", squad, "--output", str(part), "--resume")

    assert (code, err) == (0, "")
    resumed = content(part / "run.json")
    assert resumed["records"][:15] == interrupted["records"]
    assert without_times(resumed) == without_times(content(whole / "run.json"))
    for name in ("predictions.json", "na_prob.json"):
        assert (part / name).read_bytes() == (whole / name).read_bytes()


def test_ctrl_c_before_the_first_answer_writes_nothing(
    run: Run, squad: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_after(monkeypatch, 0)

    code, out, _ = run("evaluate", squad, "--output", str(output))

    assert (code, out, files_of(output)) == (130, "", [])


def test_ctrl_c_without_output_says_what_would_have_kept_it(
    run: Run, squad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_after(monkeypatch, 1)

    code, out, err = run("evaluate", squad, "--json")

    assert (code, json.loads(out)["complete"]) == (130, False)
    assert err == (
        "Interrupted after 1 of 24 questions. "
        "With --output they would have been kept, to go on with.\n"
    )


def test_ctrl_c_while_the_figures_are_computed_loses_nothing(
    run: Run, squad: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.evaluate_command.compute_metrics", interrupted)

    code, _, err = run("evaluate", squad, "--output", str(output))

    assert (code, err.strip()) == (130, "")
    assert content(output / "run.json")["complete"] is True


def test_a_bug_in_the_middle_keeps_what_was_asked(
    run: Run, squad: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = QAPipeline.answer

    def broken(self: QAPipeline, question: str, *, paragraph: int | None = None) -> Answer:
        if "engine" in question:
            raise ZeroDivisionError
        return answer(self, question, paragraph=paragraph)

    monkeypatch.setattr(QAPipeline, "answer", broken)

    code, out, _ = run("evaluate", squad, "--output", str(output))

    assert (code, out, len(content(output / "predictions.json"))) == (2, "", 4)
    monkeypatch.setattr(QAPipeline, "answer", answer)
    assert run("evaluate", squad, "--output", str(output), "--resume")[0] == 0


def test_resume_starts_anew_where_nothing_was_saved(run: Run, squad: str, output: Path) -> None:
    assert run("evaluate", squad, "--output", str(output), "--resume")[0] == 0


def test_resume_needs_an_output(run: Run, squad: str) -> None:
    assert error_of(run("evaluate", squad, "--resume")) == (
        "--resume goes on with a run that was saved: name its --output."
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "complaint"),
    [
        (("--gold-passage",), {}, "its mode is article, not gold_passage"),
        (("--limit", "5"), {}, "its --limit is None, not 5"),
        (("--seed", "5"), {}, "its --seed is 0, not 5"),
        ((), {"TOP_K": "3"}, "its top_k is 5, not 3"),
        ((), {"MIN_SCORE": "0.6"}, "its min_score is 0.4, not 0.6"),
    ],
)
def test_resuming_something_else_is_refused(
    run: Run,
    squad: str,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    complaint: str,
) -> None:
    with monkeypatch.context() as patched:
        interrupt_after(patched, 3)
        run("evaluate", squad, "--output", str(output))
    before = (output / "run.json").read_bytes()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    error = error_of(run("evaluate", squad, "--output", str(output), "--resume", *arguments))

    assert error == (
        f"The run in --output cannot be resumed: {complaint}. "
        "Undo that, or leave out --resume to start anew."
    )
    assert (output / "run.json").read_bytes() == before


def test_resuming_with_another_set_or_another_text_is_refused(
    run: Run, squad: str, output: Path, tmp_path: Path
) -> None:
    mill = tmp_path / "mill.txt"
    mill.write_text("The mill grinds corn all day.", encoding="utf-8")
    questions = write_lines(tmp_path / "q.jsonl", {"question": "What grinds corn?"})
    arguments = ("evaluate", "--article", str(mill), "--output", str(output), "--resume")
    run(*arguments, str(questions))

    other_set = error_of(run("evaluate", squad, "--output", str(output), "--resume"))
    mill.write_text("The mill grinds rye all day.", encoding="utf-8")
    other_text = error_of(run(*arguments, str(questions)))

    assert "its question set is q.jsonl, not squad.json" in other_set
    assert "the article mill.txt was changed" in other_text


def test_a_damaged_run_is_neither_resumed_nor_compared_with(
    run: Run, squad: str, output: Path
) -> None:
    output.mkdir()
    path = output / "run.json"
    path.write_text('{"schema": 1,', encoding="utf-8")

    resumed = error_of(run("evaluate", squad, "--output", str(output), "--resume"))
    compared = error_of(run("evaluate", squad, "--baseline", str(path)))

    assert resumed == compared
    assert resumed.startswith(f"{path} is not JSON: ")
    assert path.read_text(encoding="utf-8") == '{"schema": 1,'


def test_a_baseline_over_other_questions_is_refused_before_asking(
    run: Run, squad: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("evaluate", squad, "--output", str(output))
    interrupt_after(monkeypatch, 0)

    error = error_of(run("evaluate", squad, "--mismatch", "--baseline", str(output / "run.json")))

    assert error == (
        "The baseline asked none of the 24 questions of this run. "
        "Compare runs over the same question set, in the same mode."
    )


def test_a_directory_that_cannot_be_written_to_is_an_error_before_asking(
    run: Run, squad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    interrupt_after(monkeypatch, 0)

    for path, reason in ((tmp_path / "file", "File exists"), (tmp_path / "file/x", "Not a dir")):
        error = error_of(run("evaluate", squad, "--output", str(path)))
        assert error.startswith(f"The run cannot be written to {path}: {reason}")
        assert error.endswith(". Name another --output, or make room.")


def test_a_disk_that_fills_up_is_an_error(
    run: Run, squad: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.files.os.fsync", full)
    # The index needs the disk too; here only the run is to find it full.
    monkeypatch.setattr("bot.evaluation.runner.IndexStore.build", built)

    error = error_of(run("evaluate", squad, "--output", str(output)))

    assert error == (
        f"The run cannot be written to {output}: No space left on device. "
        "Name another --output, or make room."
    )
    assert files_of(output) == []


def built(_store: object, article: Article, model: Any, settings: Any) -> Any:  # noqa: ANN401
    from index.passage_index import build_index

    return build_index(article, model, settings)


@pytest.mark.parametrize("place", ["before", "behind"])
def test_an_article_with_a_squad_set_is_an_error(
    run: Run, squad: str, tmp_path: Path, place: str
) -> None:
    (tmp_path / "mill.txt").write_text("The mill grinds corn all day.", encoding="utf-8")
    article = ("--article", str(tmp_path / "mill.txt"))
    command = (*article, "evaluate") if place == "before" else ("evaluate", *article)

    assert error_of(run(*command, squad)) == (
        f"{squad} brings its own articles. Leave out --article."
    )


def test_an_article_with_our_own_set_is_asked(run: Run, tmp_path: Path, output: Path) -> None:
    (tmp_path / "mill.txt").write_text("The mill grinds corn all day.", encoding="utf-8")
    line = {"question": "What does the mill grind all day?", "answers": ["corn"]}
    questions = write_lines(tmp_path / "q.jsonl", line)
    article = ("--article", str(tmp_path / "mill.txt"))

    assert run("evaluate", *article, str(questions), "--output", str(output))[0] == 0
    assert list(content(output / "predictions.json").values()) == ["The mill grinds corn all day."]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--gold-passage", "--mismatch"), "--gold-passage and --mismatch exclude each other."),
        (("--limit", "0"), "Invalid value for '--limit': 0 is not in the range x>=1."),
        (("--seed", "-1"), "Invalid value for '--seed': -1 is not in the range x>=0."),
        (("--nonsense",), "No such option"),
        ((), "Missing argument 'QUESTIONS'."),
    ],
)
def test_a_usage_error_leaves_with_2(
    run: Run, squad: str, arguments: tuple[str, ...], complaint: str
) -> None:
    code, out, err = run("evaluate", *([squad] if arguments else []), *arguments)

    assert (code, out, complaint in err) == (2, "", True)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--fail-under", "f2=1"), "--fail-under f2=1: there is no metric 'f2'. There are span_r"),
        (("--fail-over", "f1"), "--fail-over f1: write METRIC=VALUE, such as f1=0.7."),
        (("--baseline", "no/run.json"), "The run no/run.json cannot be read: No such file or dir"),
    ],
)
def test_a_wrong_value_gets_one_sentence(
    run: Run, squad: str, arguments: tuple[str, ...], complaint: str
) -> None:
    assert error_of(run("evaluate", squad, *arguments)).startswith(complaint)


def test_a_set_that_is_not_there_gets_one_sentence(run: Run) -> None:
    assert error_of(run("evaluate", "dev.json")) == (
        "There is no file dev.json. Check the path of the questions."
    )


def test_a_mismatch_of_one_article_gets_one_sentence(run: Run) -> None:
    assert "has but one article" in error_of(run("evaluate", str(DEFAULT_QUESTIONS), "--mismatch"))


def test_a_question_that_cannot_be_asked_is_named_and_the_rest_goes_on(
    run: Run, tmp_path: Path, output: Path
) -> None:
    questions = write_lines(
        tmp_path / "q.jsonl",
        {"question": TOO_LONG, "id": "long", "answers": ["Mosul"]},
        {"question": "Who wrote this?", "id": "who", "answers": ["Melinda Barton"]},
    )

    code, out, err = run("evaluate", str(questions), "--output", str(output))

    assert (code, err) == (0, "")
    assert "long failed: The question has 1,809 characters, and the limit is 1,000." in out
    records = content(output / "run.json")["records"]
    assert [(record["verdict"], record["error"] is None) for record in records] == [
        ("error", False),
        ("answered", True),
    ]
    assert content(output / "predictions.json") == {"long": "", "who": "Melinda Barton"}
    assert content(output / "na_prob.json") == {"long": 1.0, "who": 0.5}


def test_problems_of_the_set_are_told_but_not_all(run: Run, tmp_path: Path) -> None:
    lines = [{"question": "Who wrote this?", "answers": [f"nobody {n}"]} for n in range(12)]
    questions = write_lines(tmp_path / "q.jsonl", *lines)

    code, out, err = run("evaluate", str(questions), "--json")

    told = err.splitlines()
    assert (code, json.loads(out)["complete"], len(told)) == (0, True, 11)
    assert told[0].endswith('line 1: the answer "nobody 0" is not in the article.')
    assert told[-1] == "… and 2 more such problems in the set."


def test_the_questions_on_the_default_article_fit_it(default_article: Article) -> None:
    questions = load_question_set(DEFAULT_QUESTIONS, default_article, ReadLimits())

    assert questions.problems == ()
    assert len(questions.questions) >= 60


def test_every_question_on_the_metadata_is_answered(run: Run, output: Path) -> None:
    code, _, err = run("evaluate", str(DEFAULT_QUESTIONS), "--output", str(output))

    records = load_run(output / "run.json").records
    metadata = [record for record in records if "metadata" in record.tags and record.gold]
    assert (code, err, len(metadata) >= 10) == (0, "", True)
    assert [r.question for r in metadata if r.prediction not in r.gold] == []


def test_help_shows_every_option(run: Run) -> None:
    out = run("evaluate", "--help")[1]

    for option in ("output", "baseline", "fail-under", "fail-over", "gold-passage", "mismatch"):
        assert f"--{option}" in out
    assert max(len(line) for line in out.splitlines()) <= 80


@pytest.mark.model
def test_the_default_article_passes_the_gates(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The regression gate: the real model, with the settings that are shipped."""
    monkeypatch.delenv("MIN_SCORE")
    gates = ("paragraph_recall@5=0.9", "paragraph_mrr@10=0.8", "quote_verbatim=1")
    options = [argument for gate in gates for argument in ("--fail-under", gate)]

    with pytest.raises(SystemExit) as leaving:
        main(["evaluate", str(DEFAULT_QUESTIONS), *options])

    assert (leaving.value.code, capsys.readouterr().err) == (0, "")


@pytest.mark.model
def test_progress_in_a_terminal_and_ctrl_c(tmp_path: Path, output: Path) -> None:
    lines = [{"question": f"Who took Mosul in {year}?"} for year in range(3_000)]
    questions = write_lines(tmp_path / "q.jsonl", *lines)
    process = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "evaluate", str(questions), "--output", str(output)],
        encoding="utf-8",
        dimensions=(30, 80),
        timeout=120,
        env={**os.environ, "TERM": "xterm-256color"},
    )

    process.expect(r"Asking .*of 3,000.*0:\d\d:\d\d")
    process.sendintr()
    process.expect(r"Interrupted after [\d,]+ of 3,000 questions\.")
    process.expect(pexpect.EOF)
    process.close()

    assert process.exitstatus == 130
    assert content(output / "run.json")["complete"] is False
