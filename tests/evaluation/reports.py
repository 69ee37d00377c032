"""Reports for tests."""

from dataclasses import replace
from typing import Any

from bot.evaluation.comparison import changed_questions, compare_runs
from bot.evaluation.groups import metrics_by_question_word, metrics_by_tag
from bot.evaluation.metric import compute_metrics
from bot.evaluation.report_data import BaselineComparison, ReportData, RunFigures, gather_report
from bot.evaluation.run import ArticleRecord, Place, QuestionRecord, Run
from tests.evaluation.runs import make_record, make_run

RESAMPLES = 20

# What ends a script, an attribute or a line, turns the direction, or needs two code units.
NASTY = (
    "</script><script>alert(1)</script><!--'\"`&lt;{{7*7}}\u2028\u2029\u202eשלום👩‍👩‍👧\x00\\u003c"
)


def gather(run: Run, baseline: Run | None = None, baseline_name: str = "before") -> ReportData:
    def f1(groups: dict[str, Any]) -> dict[str, Any]:
        return {name: metrics["f1"] for name, metrics in groups.items()}

    figures = RunFigures(
        compute_metrics(run, resamples=RESAMPLES),
        f1(metrics_by_question_word(run, resamples=RESAMPLES)),
        f1(metrics_by_tag(run, resamples=RESAMPLES)),
    )
    if baseline is None:
        return gather_report(run, figures)
    compared = compare_runs(baseline, run, resamples=RESAMPLES)
    changed = changed_questions(baseline, run)
    return gather_report(run, figures, BaselineComparison(baseline_name, compared, changed))


def sentence_record(id: str, sentence: str, start: int = 100, **others: Any) -> QuestionRecord:  # noqa: ANN401
    """A question whose gold sentence is this; `[gold]` and `<answer>` in it mark the words.

    Both may be marked around the same words: `[<both>]`.
    """
    gold, answer = [0, 0], [0, 0]
    plain = ""
    for character in sentence:
        if character in "[]":
            gold["[]".index(character)] = len(plain)
        elif character in "<>":
            answer["<>".index(character)] = len(plain)
        else:
            plain += character
    words = plain[answer[0] : answer[1]]
    place = Place(words, start + answer[0], start + answer[1], 4, plain, start)
    fields: dict[str, Any] = {
        "gold": (plain[gold[0] : gold[1]],),
        "gold_spans": ((start + gold[0], start + gold[1]),),
        "gold_evidence": ((start, start + len(plain)),),
        "gold_paragraphs": (4,),
        "gold_sentence": plain,
        "prediction": words,
        "best_span": place,
        "citations": (place,),
    }
    return replace(make_record(id), **{**fields, **others})


def nasty_run() -> Run:
    """A run with `NASTY` wherever a person or a file could have put it."""
    place = Place(NASTY, 100, 100 + len(NASTY), 1, NASTY, 100)
    record = make_record(
        NASTY,
        gold=(NASTY,),
        prediction=NASTY,
        article=NASTY,
        question=NASTY,
        tags=(NASTY,),
        gold_sentence=NASTY,
        values=((NASTY,),),
        best_span=place,
        citations=(place,),
    )
    failed = replace(record, id=NASTY + "2", error=NASTY)
    run = make_run(
        [record, failed],
        question_set={"name": NASTY, NASTY: NASTY},
        settings={NASTY: NASTY},
        versions={NASTY: NASTY},
        created=NASTY,
    )
    return replace(run, articles=(ArticleRecord(NASTY, NASTY, NASTY, 1, 1, 1.0),))
