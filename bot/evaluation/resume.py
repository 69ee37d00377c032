"""Whether an interrupted run can go on: only if the rest is asked just as the first part was."""

from collections.abc import Iterator, Mapping

from bot.evaluation.question_set import EvaluationError
from bot.evaluation.run import Run
from index.article import Article


def refuse_unless_same(interrupted: Run, now: Run, articles: Mapping[str, Article]) -> None:
    """Refuse to go on with a run that was of something else.

    Args:
        interrupted: what is to be gone on with.
        now: what is asked now; its records are not looked at.
        articles: of the question set, by key.

    Raises:
        EvaluationError: naming what differs.
    """
    difference = next(_differences(interrupted, now, articles), None)
    if difference is not None:
        raise EvaluationError(
            f"The run in --output cannot be resumed: {difference}. "
            "Undo that, or leave out --resume to start anew."
        )


def _differences(before: Run, now: Run, articles: Mapping[str, Article]) -> Iterator[str]:
    if before.question_set["sha256"] != now.question_set["sha256"]:
        names = before.question_set["name"], now.question_set["name"]
        yield (
            f"the question set {names[0]} was changed"
            if names[0] == names[1]
            else (f"its question set is {names[0]}, not {names[1]}")
        )
    was = {"mode": before.mode, "--limit": before.limit, "--seed": before.seed}
    is_now = {"mode": now.mode, "--limit": now.limit, "--seed": now.seed}
    yield from _changed(was, is_now)
    yield from _changed(before.settings, now.settings)
    yield from _changed(before.versions, now.versions)
    for record in before.articles:
        if record.key not in articles or articles[record.key].sha256 != record.sha256:
            yield f"the article {record.key} was changed"


def _changed(before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    for name in (*now, *(name for name in before if name not in now)):
        if before.get(name) != now.get(name):
            yield f"its {name} is {before.get(name)}, not {now.get(name)}"
