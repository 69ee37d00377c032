"""Asking a question set: question by question through the pipeline, into a `Run`."""

import platform
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.assembly import Parts, embedding_model, index_settings, pipeline_of, reader_of
from bot.evaluation.memory import peak_memory_mb
from bot.evaluation.question_set import GoldQuestion, QuestionSet
from bot.evaluation.records import answered_record, article_record, failed_record
from bot.evaluation.resume import refuse_unless_same
from bot.evaluation.retrieval_metrics import DEPTHS
from bot.evaluation.run import ArticleRecord, Cost, Mode, QuestionRecord, Run
from bot.pipeline import QAPipeline
from bot.settings import Settings
from index.errors import QuestionError
from index.index_store import IndexStore
from index.reporter import Reporter

_COMPUTING = ("article-bot", "sentence-transformers", "torch", "faiss-cpu", "bm25s", "numpy")
# What says nothing of the answers: where things are kept, and secrets. The article is told by hash.
_UNTOLD_SETTINGS = {"article", "data_dir", "telegram_token"}


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What is asked, and how.

    Attributes:
        question_set: the questions; sampled and mismatched already.
        mode: how they are asked.
        seed: of the sample.
        limit: size of the sample; None for the whole set.
    """

    question_set: QuestionSet
    mode: Mode
    seed: int
    limit: int | None


@dataclass(slots=True)
class _Progress:
    """What was done so far; complete at any moment, so that an interruption loses nothing."""

    records: dict[str, QuestionRecord] = field(default_factory=dict)
    articles: dict[str, ArticleRecord] = field(default_factory=dict)
    before: Cost | None = None
    fingerprints: dict[str, str] = field(default_factory=dict)
    start_up_s: float = 0.0
    started: float = field(default_factory=time.perf_counter)
    complete: bool = False


class Evaluation:
    """Asks the questions of a plan; `run` gives what was found, also after an interruption."""

    def __init__(self, plan: RunPlan, settings: Settings, reporter: Reporter) -> None:
        """Make an evaluation.

        Args:
            plan: what is asked.
            settings: of the pipeline.
            reporter: told of the progress.

        Raises:
            EmbeddingModelError: if the model is a path and nothing is there.
            ReaderModelError: likewise.
        """
        self._plan = plan
        self._settings = settings
        self._reporter = reporter
        self._model = embedding_model(settings)
        self._reader = reader_of(settings)
        self._progress = _Progress()

    def resume(self, interrupted: Run) -> None:
        """Take over what an interrupted run found, so that it is not asked again.

        Raises:
            EvaluationError: if that run was not of the same plan, settings, versions and articles.
            EmbeddingModelError: if the model cannot be loaded.
            ReaderModelError: likewise.
        """
        progress = self._progress
        progress.fingerprints = self._fingerprints()
        refuse_unless_same(interrupted, self.run(), self._plan.question_set.articles)
        progress.records = {record.id: record for record in interrupted.records}
        progress.articles = {article.key: article for article in interrupted.articles}
        progress.before = interrupted.cost

    def ask(self) -> None:
        """Ask every question that was not asked yet.

        Raises:
            ArticleBotError: if a model or an index cannot be used.
        """
        progress, questions = self._progress, self._plan.question_set.questions
        started = time.perf_counter()
        self._model.load()
        self._reader.load()
        progress.start_up_s = time.perf_counter() - started
        progress.fingerprints = self._fingerprints()
        left: dict[str, list[GoldQuestion]] = {}
        for question in questions:
            if question.id not in progress.records:
                left.setdefault(question.article, []).append(question)
        done = len(progress.records)
        # Article by article, so that each index is opened once, however the set mixes them.
        for key, of_article in left.items():
            pipeline = self._pipeline(key)
            for question in of_article:
                progress.records[question.id] = self._record(question, pipeline)
                done += 1
                self._reporter.progress(done, len(questions), "Asking")
        progress.complete = True

    def run(self) -> Run:
        """Return what was found so far."""
        plan, progress = self._plan, self._progress
        order = [question.id for question in plan.question_set.questions]
        records = tuple(progress.records[id_] for id_ in order if id_ in progress.records)
        return Run(
            mode=plan.mode,
            question_set={
                "name": plan.question_set.name,
                "format": plan.question_set.format,
                "sha256": plan.question_set.sha256,
            },
            seed=plan.seed,
            limit=plan.limit,
            settings=told_settings(self._settings),
            versions={**versions(), **progress.fingerprints},
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            threshold=self._reader.threshold,
            articles=tuple(progress.articles.values()),
            records=records,
            cost=_cost(progress, records),
            complete=progress.complete,
            score_is_probability=self._reader.is_calibrated,
        )

    def _fingerprints(self) -> dict[str, str]:
        # Known once the models are here: what was interrupted before must not fetch them.
        return {"model": self._model.fingerprint, "reader": self._reader.fingerprint}

    def _pipeline(self, key: str) -> QAPipeline:
        article, model = self._plan.question_set.articles[key], self._model
        store = IndexStore(self._settings.data_dir, self._reporter)
        settings = index_settings(self._settings)
        index, index_s = store.load(article, model, settings), 0.0
        if index is None:
            started = time.perf_counter()
            index = store.build(article, model, settings)
            index_s = time.perf_counter() - started
        if key not in self._progress.articles:
            self._progress.articles[key] = article_record(key, article, index, index_s)
        parts = Parts(index, model, self._reader)
        return pipeline_of(self._settings, article, parts, retrieved=max(DEPTHS))

    def _record(self, question: GoldQuestion, pipeline: QAPipeline) -> QuestionRecord:
        only = self._plan.mode == "gold_passage" and question.paragraphs
        started = time.perf_counter()
        try:
            answer = pipeline.answer(
                question.text, paragraph=question.paragraphs[0] if only else None
            )
        except QuestionError as error:
            took_ms = (time.perf_counter() - started) * 1000
            return failed_record(question, pipeline.article, str(error), took_ms)
        return answered_record(question, answer)


def told_settings(settings: Settings) -> dict[str, object]:
    """Return the settings that bear on answers, without secrets and paths of this machine."""
    told: dict[str, object] = settings.model_dump(mode="json", exclude=_UNTOLD_SETTINGS)
    for name in ("embedding_model", "reader_model"):
        model = Path(str(told[name])).expanduser()
        # A name on the hub is told whole: its owner is part of it.
        if model.is_dir():
            told[name] = model.name
    return told


def versions() -> dict[str, str]:
    """Return the versions of what computes, without the model."""
    return {"python": platform.python_version()} | {name: version(name) for name in _COMPUTING}


def _cost(progress: _Progress, records: tuple[QuestionRecord, ...]) -> Cost:
    elapsed_s = time.perf_counter() - progress.started
    start_up_s, before = progress.start_up_s, progress.before
    if before is not None:
        elapsed_s, start_up_s = elapsed_s + before.elapsed_s, start_up_s + before.start_up_s
    work_s = sum(article.index_s for article in progress.articles.values())
    work_s += sum(record.retrieve_ms + record.read_ms for record in records) / 1000
    return Cost(
        start_up_s=start_up_s,
        elapsed_s=elapsed_s,
        overhead_s=max(elapsed_s - start_up_s - work_s, 0.0),
        peak_memory_mb=max(peak_memory_mb(), before.peak_memory_mb if before else 0.0),
    )
