"""What the shipped threshold means: how much is answered, and how much of that is right.

    python -m tests.bench.shipped_threshold RUN.json [MISMATCH.json]

RUN.json is what `article-bot evaluate --output` writes; MISMATCH.json is of the same set with
`--mismatch`. An answer is right from a token F1 of 0.5 on.
"""

import sys
from pathlib import Path

import numpy as np

from bot.evaluation.answer_metrics import RIGHT_F1, raw_score, token_f1
from bot.evaluation.decisions import is_answered
from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.run_file import load_run


def main(paths: list[str]) -> None:
    runs = [load_run(Path(path)) for path in paths]
    records = runs[0].records
    answered = [record for record in records if is_answered(record)]
    answerable = [record for record in records if record.is_answerable]
    rows = {
        "threshold": f"{runs[0].threshold:.3f}",
        "questions answered": _share(len(answered), len(records)),
        "right of those": _share(sum(map(is_right, answered)), len(answered)),
        "best words right": _share(sum(map(is_right, answerable)), len(answerable)),
        "paragraph of the best words right": _share(
            sum(map(is_in_right_paragraph, answerable)), len(answerable)
        ),
        "unanswerable with a score above 0.5": str(
            sum(record.score > 0.5 for record in records if not record.is_answerable)
        ),
    }
    if len(runs) > 1:
        other = runs[1].records
        rows["AUROC against another article's"] = f"{_auroc(runs[0], runs[1]):.3f}"
        rows["another article's answered"] = _share(sum(map(is_answered, other)), len(other))
    sys.stdout.writelines(f"{name:<36} {value}\n" for name, value in rows.items())


def is_right(record: QuestionRecord) -> bool:
    return record.is_answerable and raw_score(record, token_f1) >= RIGHT_F1


def is_in_right_paragraph(record: QuestionRecord) -> bool:
    return record.best_span is not None and record.best_span.paragraph in record.gold_paragraphs


def _share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.3f} ({part:,} of {whole:,})"


def _auroc(own: Run, other: Run) -> float:
    high = np.array([record.score for record in own.records if record.is_answerable])
    low = np.array([record.score for record in other.records])
    gaps = high[:, None] - low[None, :]
    return float(np.mean((gaps > 0) + 0.5 * (gaps == 0)))


if __name__ == "__main__":
    main(sys.argv[1:])
