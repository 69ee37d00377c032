"""Prints how well speakers are found: `python -m tests.bench.speakers`.

Both parts of `tests/questions/quotations.jsonl`, by form.
"""

import sys

from tests.speakers.scoring import Outcome, figures, outcomes


def print_part(name: str, rows: list[Outcome]) -> None:
    """Print one part of the set: a line for each form, and one for all."""
    forms = {
        form: [row for row in rows if row.form == form]
        for form in dict.fromkeys(r.form for r in rows)
    }
    print(f"{name}\nform        lines  labels given, right  names given, right  recall")  # noqa: T201
    for form, some in {**forms, "all": rows}.items():
        f = figures(some)
        print(  # noqa: T201
            f"{form:10} {f.count:6} {f.labels_given:9} {f.labels:10.1%} {f.names_given:8}"
            f" {f.names:10.1%} {f.recall:8.1%}"
        )
    sources = [row for row in rows if row.is_right and row.label in {"named", "unnamed_source"}]
    roles = sum(row.is_role_right for row in sources) / len(sources)
    evidence = sum(row.is_evidence_right for row in sources) / len(sources)
    print(f"of those right: role as written {roles:.1%}, evidence {evidence:.1%}")  # noqa: T201
    wrong = [row for row in rows if not row.is_right]
    for row in wrong:
        print(f"  {row.id}: {row.label}, given {row.given_label} {row.given_speaker}")  # noqa: T201


if __name__ == "__main__":
    print_part("Tuning", outcomes(held_out=False))
    if "--tuning" not in sys.argv:
        print_part("Held out", outcomes(held_out=True))
