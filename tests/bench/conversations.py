"""How many follow-ups of a set of conversations are answered, by kind.

    python -m tests.bench.conversations [--held-out] [--turns] [SET.jsonl]

`bot/evaluation/conversations.py` says what is counted. `--turns` lists every turn.
"""

import sys
from pathlib import Path

from bot.evaluation.conversation_report import TurnResult
from bot.evaluation.conversations import evaluate_conversations
from bot.settings import load_settings

QUESTIONS = Path(__file__).parents[1] / "questions" / "conversations.jsonl"


def main(*arguments: str) -> None:
    paths = [Path(each) for each in arguments if not each.startswith("--")]
    path = paths[0] if paths else QUESTIONS
    report = evaluate_conversations(path, load_settings(), held_out="--held-out" in arguments)
    if "--turns" in arguments:
        sys.stdout.writelines(map(_line, report.results))
    sys.stdout.write(report.table())
    sys.stdout.write(
        f"\nA follow-up takes {report.latency_ratio():.2f} times a question in full.\n"
    )


def _line(result: TurnResult) -> str:
    turn, mark = result.turn, "+" if result.best_right else "-"
    full = "+" if result.full_best_right else "-"
    understood = f" → {result.understood.question}" if result.understood.changed else ""
    gold = turn.answers[0] if turn.answers else "(not in the article)"
    return (
        f"{mark}{full} {result.conversation} [{turn.kind}] {turn.question}{understood}\n"
        f"      {result.said!r}, {'answered' if result.is_answered else 'not sure'}; {gold!r}\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
