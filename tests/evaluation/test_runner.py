"""Asking a set: what is recorded, what a mode changes, and going on after an interruption."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, AnswerSpan
from bot.evaluation.loading import load_question_set, mismatched
from bot.evaluation.metric import compute_metrics
from bot.evaluation.question_set import EvaluationError, QuestionSet
from bot.evaluation.run import Cost, Mode, QuestionRecord, Run
from bot.evaluation.runner import Evaluation, RunPlan, told_settings, versions
from bot.pipeline import QAPipeline
from bot.settings import Settings, load_settings
from index.article import Article, ReadLimits
from index.errors import IndexStoreError
from index.reporter import Reporter
from tests.conftest import ANSWER_FROM, PreparedReader, found_in
from tests.evaluation.sets import TOO_LONG, sentence, write_lines, write_squad_set

pytestmark = pytest.mark.usefixtures("fake_model")


class Told(Reporter):
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.progresses: list[tuple[int, int, str]] = []

    def progress(self, done: int, total: int, activity: str = "Embedding") -> None:
        self.progresses.append((done, total, activity))


@pytest.fixture
def squad(tmp_path: Path, default_article: Article) -> QuestionSet:
    path = write_squad_set(tmp_path / "squad.json")
    return load_question_set(path, default_article, ReadLimits())


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("MIN_SCORE", "0.4")
    return load_settings()


def lines_set(tmp_path: Path, article: Article, *lines: dict[str, Any]) -> QuestionSet:
    return load_question_set(write_lines(tmp_path / "q.jsonl", *lines), article, ReadLimits())


def evaluation(
    questions: QuestionSet, settings: Settings, mode: Mode = "article", told: Told | None = None
) -> Evaluation:
    return Evaluation(RunPlan(questions, mode, 0, None), settings, told or Told())


def asked(questions: QuestionSet, settings: Settings, mode: Mode = "article") -> Run:
    found = evaluation(questions, settings, mode)
    found.ask()
    return found.run()


def read_with(
    monkeypatch: pytest.MonkeyPatch, *found: AnswerSpan, has_values: bool = False
) -> PreparedReader:
    """Have every evaluation use a reader that finds this, and return it."""
    reader = PreparedReader(*found, has_values=has_values)
    monkeypatch.setattr("bot.evaluation.runner.reader_of", lambda _settings: reader)
    return reader


def untimed(record: QuestionRecord) -> QuestionRecord:
    return replace(record, retrieve_ms=0, read_ms=0, total_ms=0)


def stop_after(
    monkeypatch: pytest.MonkeyPatch, questions: int, error: BaseException | None = None
) -> Callable[[], int]:
    """Have the pipeline be interrupted, once, after so many questions; return how many it had."""
    answer, counted = QAPipeline.answer, [0]

    def interrupted(self: QAPipeline, question: str, *, paragraph: int | None = None) -> Answer:
        counted[0] += 1
        if counted[0] == questions + 1:
            raise error or KeyboardInterrupt
        return answer(self, question, paragraph=paragraph)

    monkeypatch.setattr(QAPipeline, "answer", interrupted)
    return lambda: counted[0]


def test_a_record_holds_the_question_the_gold_and_the_answer(
    squad: QuestionSet, settings: Settings
) -> None:
    record = asked(squad, settings).records[1]

    text = sentence("Arden", 2)
    assert (record.id, record.article, record.gold) == ("Arden-bakery", "Arden", (text,))
    assert record.question == "When was the bakery of Arden opened?"
    start = len(sentence("Arden", 1)) + 2
    assert record.gold_spans == ((start, start + len(text)),)
    assert (record.gold_paragraphs, record.gold_sentence) == ((2,), text)
    assert (record.verdict, record.prediction, record.error) == ("answered", text, None)
    (citation,) = record.citations
    assert (citation, citation.start, citation.paragraph) == (record.best_span, start, 2)
    assert record.verbatim
    assert len(record.passages) == 10
    assert [p.score for p in record.passages] == sorted(
        (p.score for p in record.passages), reverse=True
    )
    assert record.passages[0].paragraph == 2


def test_a_refusal_has_its_best_span_and_no_citation(
    squad: QuestionSet, settings: Settings
) -> None:
    records = {record.id: record for record in asked(squad, settings).records}
    record = records["Bexley-castle"]

    assert (record.verdict, record.prediction, record.citations) == ("not_in_article", None, ())
    assert record.best_span is not None
    assert (record.gold, record.gold_sentence) == ((), None)
    assert record.gold_paragraphs == (3,)


def test_a_run_says_what_was_asked_and_with_what(squad: QuestionSet, settings: Settings) -> None:
    run = asked(squad, settings)

    assert run.question_set == {"name": "squad.json", "format": "SQuAD", "sha256": squad.sha256}
    assert (run.mode, run.seed, run.limit, run.complete) == ("article", 0, None, True)
    assert (run.threshold, run.settings) == (0.4, told_settings(settings))
    assert run.versions == {**versions(), "model": "hashed-words-256", "reader": "sentences"}
    assert not run.score_is_probability
    assert [(a.key, a.sha256, a.paragraphs, a.passages) for a in run.articles] == [
        (key, article.sha256, 12, 12) for key, article in squad.articles.items()
    ]
    assert [record.id for record in run.records] == [q.id for q in squad.questions]


def test_the_reader_says_what_an_answer_needs_and_what_its_scores_are(
    default_article: Article, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = read_with(monkeypatch, found_in(default_article, "east Mosul", 0.9))
    questions = lines_set(tmp_path, default_article, {"question": "What was captured?"})

    run = asked(questions, settings)

    assert (run.threshold, run.score_is_probability) == (ANSWER_FROM, True)
    assert run.versions["reader"] == "prepared-1"
    assert reader.loaded == 1


def test_several_values_are_recorded_in_the_articles_order_and_the_likeliest_is_predicted(
    default_article: Article, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [
        found_in(default_article, "nine months", 0.9),
        found_in(default_article, "eight months", 0.4),
    ]
    read_with(monkeypatch, *found, has_values=True)
    line = {
        "question": "How many months did the battle take?",
        "answers": ["eight months", "nine months"],
        "values": [["eight months"], ["nine months"]],
    }

    run = asked(lines_set(tmp_path, default_article, line), settings)

    (record,) = run.records
    assert (record.verdict, record.prediction, record.score) == ("answered", "nine months", 0.9)
    assert [(c.text, c.paragraph) for c in record.citations] == [
        ("eight months", 1),
        ("nine months", 8),
    ]
    assert record.best_span == record.citations[1]
    assert record.verbatim
    figures = compute_metrics(run, resamples=5, names=["f1", "values_precision", "values_recall"])
    assert [figure.value for figure in figures.values()] == [1, 1, 1]


def test_what_is_too_unsure_is_recorded_as_no_answer(
    default_article: Article, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_with(monkeypatch, found_in(default_article, "east Mosul", 0.5))
    line = {"question": "What was captured?", "answers": ["east Mosul"]}

    run = asked(lines_set(tmp_path, default_article, line), settings)

    (record,) = run.records
    assert (record.verdict, record.prediction, record.citations) == ("unsure", None, ())
    assert record.best_span is not None
    assert record.best_span.text == "east Mosul"
    figures = compute_metrics(run, resamples=5, names=["f1", "hasans_raw_f1"])
    assert [figure.value for figure in figures.values()] == [0, 1]


def test_a_run_of_which_nothing_was_loaded_loads_nothing(
    squad: QuestionSet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(_reader: PreparedReader) -> str:
        raise AssertionError("the reader was to be fetched")

    monkeypatch.setattr(PreparedReader, "fingerprint", property(fetched))
    read_with(monkeypatch)

    run = evaluation(squad, settings).run()

    assert (run.records, run.versions) == ((), versions())


def test_an_index_that_is_loaded_took_no_time_to_build(
    squad: QuestionSet, settings: Settings
) -> None:
    first, second = asked(squad, settings), asked(squad, settings)

    assert [article.index_s > 0 for article in first.articles] == [True, True]
    assert [article.index_s for article in second.articles] == [0, 0]


def test_times_add_up(squad: QuestionSet, settings: Settings) -> None:
    run = asked(squad, settings)

    for record in run.records:
        assert 0 < record.retrieve_ms + record.read_ms <= record.total_ms
    work_s = sum(record.retrieve_ms + record.read_ms for record in run.records) / 1000
    index_s = sum(article.index_s for article in run.articles)
    cost = run.cost
    assert cost.overhead_s == pytest.approx(cost.elapsed_s - cost.start_up_s - work_s - index_s)
    assert cost.peak_memory_mb > 10


def test_progress_is_told_with_its_extent(squad: QuestionSet, settings: Settings) -> None:
    told = Told()
    evaluation(squad, settings, told=told).ask()

    asking = [progress for progress in told.progresses if progress[2] == "Asking"]
    assert asking == [(number, 24, "Asking") for number in range(1, 25)]
    assert {activity for _, _, activity in told.progresses} == {"Asking", "Embedding"}


def test_settings_are_told_without_secrets_and_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "12345:secret")
    monkeypatch.setenv("ARTICLE", "/somewhere/article.md")

    told = told_settings(load_settings())

    assert set(Settings.model_fields) - set(told) == {"article", "data_dir", "telegram_token"}


def test_a_gold_passage_is_all_that_is_read(squad: QuestionSet, settings: Settings) -> None:
    run = asked(squad, settings, "gold_passage")

    read = {record.id: [p.paragraph for p in record.passages] for record in run.records}
    assert read == {q.id: list(q.paragraphs) for q in squad.questions}
    best = [record.best_span for record in run.records]
    assert [span.paragraph for span in best if span is not None] == [*range(1, 13)] * 2


def test_the_gold_passage_of_a_header_is_the_header(
    tmp_path: Path, default_article: Article, settings: Settings
) -> None:
    questions = lines_set(
        tmp_path, default_article, {"question": "Who wrote this?", "answers": ["Melinda Barton"]}
    )

    (record,) = asked(questions, settings, "gold_passage").records

    assert questions.questions[0].paragraphs == (0,)
    assert (record.prediction, [p.paragraph for p in record.passages]) == ("Melinda Barton", [0])


def test_a_question_without_gold_is_asked_of_the_whole_article(
    tmp_path: Path, default_article: Article, settings: Settings
) -> None:
    questions = lines_set(tmp_path, default_article, {"question": "How tall is the mosque?"})

    (record,) = asked(questions, settings, "gold_passage").records

    assert len(record.passages) == 10


def test_a_mismatch_asks_the_other_article(squad: QuestionSet, settings: Settings) -> None:
    run = asked(mismatched(squad), settings, "mismatch")

    assert [record.article for record in run.records] == ["Bexley"] * 12 + ["Arden"] * 12
    assert [record for record in run.records if record.is_answerable] == []


def test_a_question_that_cannot_be_asked_is_recorded_and_the_rest_goes_on(
    tmp_path: Path, default_article: Article, settings: Settings
) -> None:
    evidence = "Iraq captured east Mosul in late January."
    line = {"answers": ["east Mosul"], "evidence": [evidence]}
    questions = lines_set(
        tmp_path,
        default_article,
        {"question": TOO_LONG, **line},
        {"question": "…?", "answers": []},
        {"question": "What did Iraq capture in late January?", **line},
    )

    run = asked(questions, settings)

    assert [record.verdict for record in run.records] == ["error", "error", "answered"]
    too_long, empty, _ = run.records
    assert too_long.error == (
        f"The question has {len(TOO_LONG):,} characters, and the limit is 1,000. "
        "Ask something shorter, or raise MAX_QUESTION_LENGTH."
    )
    assert empty.error is not None
    assert (too_long.gold_sentence, too_long.prediction, too_long.best_span) == (
        evidence,
        None,
        None,
    )
    assert (too_long.passages, too_long.citations) == ((), ())
    assert run.complete


def test_lines_may_jump_between_articles(
    tmp_path: Path, default_article: Article, settings: Settings
) -> None:
    (tmp_path / "mill.txt").write_text("The mill grinds corn all day.", encoding="utf-8")
    mill = {"question": "What grinds corn?", "answers": ["The mill"], "article": "mill.txt"}
    own = {"question": "Who wrote this?", "answers": ["Melinda Barton"]}
    questions = lines_set(tmp_path, default_article, mill, own, mill, own)

    run = asked(questions, settings)

    assert [record.article for record in run.records] == ["mill.txt", "article.txt"] * 2
    assert [article.key for article in run.articles] == ["mill.txt", "article.txt"]
    first, second, third, fourth = run.records
    assert (untimed(replace(third, id="1")), untimed(replace(fourth, id="2"))) == (
        untimed(first),
        untimed(second),
    )


def test_an_interrupted_run_keeps_what_was_asked(
    squad: QuestionSet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = asked(squad, settings)
    stop_after(monkeypatch, 15)
    found = evaluation(squad, settings)

    with pytest.raises(KeyboardInterrupt):
        found.ask()

    run = found.run()
    assert (run.complete, len(run.records)) == (False, 15)
    assert [untimed(r) for r in run.records] == [untimed(r) for r in whole.records[:15]]


def test_resuming_asks_the_rest_alone(
    squad: QuestionSet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = asked(squad, settings)
    count = stop_after(monkeypatch, 15)
    interrupted = evaluation(squad, settings)
    with pytest.raises(KeyboardInterrupt):
        interrupted.ask()
    first = interrupted.run()
    told = Told()
    resumed = evaluation(squad, settings, told=told)

    resumed.resume(first)
    resumed.ask()

    run = resumed.run()
    assert count() == 16 + 9
    assert told.progresses[0] == (16, 24, "Asking")
    assert run.complete
    assert run.records[:15] == first.records
    assert [untimed(r) for r in run.records] == [untimed(r) for r in whole.records]
    assert run.cost.elapsed_s > first.cost.elapsed_s
    assert run.cost.start_up_s >= first.cost.start_up_s


def test_resuming_a_run_that_is_complete_asks_nothing(
    squad: QuestionSet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = asked(squad, settings)
    count = stop_after(monkeypatch, 0)
    resumed = evaluation(squad, settings)

    resumed.resume(whole)
    resumed.ask()

    assert (count(), resumed.run().records) == (0, whole.records)


def test_times_of_before_count_after_resuming(squad: QuestionSet, settings: Settings) -> None:
    before = replace(asked(squad, settings), cost=Cost(20, 100, 30, 1e9))
    resumed = evaluation(squad, settings)

    resumed.resume(before)

    cost = resumed.run().cost
    assert (cost.start_up_s, cost.peak_memory_mb) == (20, 1e9)
    assert cost.elapsed_s == pytest.approx(100, abs=5)


OTHERS: list[tuple[dict[str, Any], str]] = [
    ({"mode": "mismatch"}, "its mode is mismatch, not article"),
    ({"limit": 7}, "its --limit is 7, not None"),
    ({"seed": 3}, "its --seed is 3, not 0"),
    (
        {"question_set": {"name": "squad.json", "format": "SQuAD", "sha256": "0"}},
        "the question set squad.json was changed",
    ),
    (
        {"question_set": {"name": "dev.json", "format": "SQuAD", "sha256": "0"}},
        "its question set is dev.json, not squad.json",
    ),
    ({"versions": {}}, "its python is None, not "),
]


@pytest.mark.parametrize(("others", "complaint"), OTHERS)
def test_another_run_is_not_resumed(
    squad: QuestionSet, settings: Settings, others: dict[str, Any], complaint: str
) -> None:
    assert complaint in refusal(squad, settings, replace(asked(squad, settings), **others))


def refusal(squad: QuestionSet, settings: Settings, other: Run) -> str:
    resumed = evaluation(squad, settings)
    with pytest.raises(EvaluationError) as error:
        resumed.resume(other)
    message = str(error.value)
    assert message.startswith("The run in --output cannot be resumed: ")
    assert message.endswith(". Undo that, or leave out --resume to start anew.")
    return message


@pytest.mark.parametrize(
    ("kind", "name", "complaint"),
    [
        ("settings", "top_k", "its top_k is x, not 5"),
        ("versions", "faiss-cpu", "its faiss-cpu is x, not "),
        ("versions", "model", "its model is x, not hashed-words-256"),
        ("versions", "reader", "its reader is x, not sentences"),
        ("settings", "gone", "its gone is x, not None"),
    ],
)
def test_a_run_with_other_settings_versions_or_models_is_not_resumed(
    squad: QuestionSet, settings: Settings, kind: str, name: str, complaint: str
) -> None:
    run = asked(squad, settings)
    other = replace(run, **{kind: {**getattr(run, kind), name: "x"}})

    assert complaint in refusal(squad, settings, other)


def test_a_run_of_another_text_is_not_resumed(squad: QuestionSet, settings: Settings) -> None:
    run = asked(squad, settings)
    changed = replace(run.articles[1], sha256="0")

    message = refusal(squad, settings, replace(run, articles=(run.articles[0], changed)))

    assert "the article Bexley was changed" in message


def test_an_error_in_the_middle_keeps_what_was_asked(
    squad: QuestionSet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(monkeypatch, 3, IndexStoreError("The disk is full. Make room."))
    found = evaluation(squad, settings)

    with pytest.raises(IndexStoreError):
        found.ask()

    assert (len(found.run().records), found.run().complete) == (3, False)


def test_each_index_is_opened_once_however_the_set_mixes_its_articles(
    squad: QuestionSet, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_article = [[q for q in squad.questions if q.article == key] for key in squad.articles]
    mixed = replace(
        squad, questions=tuple(q for row in zip(*by_article, strict=False) for q in row)
    )
    opened: list[str] = []
    pipeline = Evaluation._pipeline

    def counted(self: Evaluation, key: str) -> QAPipeline:
        opened.append(key)
        return pipeline(self, key)

    monkeypatch.setattr(Evaluation, "_pipeline", counted)
    run = asked(mixed, settings)

    assert opened == list(squad.articles)
    assert [record.id for record in run.records] == [question.id for question in mixed.questions]


@pytest.mark.parametrize("name", ["embedding_model", "reader_model"])
def test_a_model_of_the_hub_is_told_with_its_owner_and_a_directory_without_its_place(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    told = [
        told_settings(settings.model_copy(update={name: model}))[name]
        for model in ("owner/model", str(tmp_path))
    ]

    assert told == ["owner/model", tmp_path.name]
