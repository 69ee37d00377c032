"""Extraction side by side: trafilatura and readability alone, and the project's reader.

    python -m tests.bench.extraction [--held-out] [--output tests/bench/extraction.md]

Without `--held-out` only the tuning pages are read. readability-lxml is no dependency; where it is
missing, its rows are left out with a note.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import fmean

from tests.extraction.corpus import Page, pages
from tests.extraction.extractors import Extract, extractors
from tests.extraction.scoring import Extraction, Score, score

HOW = """\
Words of the body: F1 over the multisets of words of paragraphs and headings, per page, averaged;
words beyond the expected ones are forgiven where the page's optional texts (code, references,
infoboxes) or captions have them (`tests/extraction/scoring.py`). Title: the same words. Author: the
same names, none where the page has none. Date: the same day, none where the page has none.
Captions: kept, and kept out of the body. –: the extractor does not tell.
"""


def main(arguments: Sequence[str]) -> None:
    """Print the table, and write it where that is asked for."""
    parser = argparse.ArgumentParser(prog="tests.bench.extraction")
    parser.add_argument("--held-out", action="store_true", help="the final figure, once")
    parser.add_argument("--output", type=Path, help="write the table as Markdown")
    chosen = parser.parse_args(arguments)
    parts = {"tuning": pages(held_out=False)}
    if chosen.held_out:
        parts["held out"] = pages(held_out=True)
    report = "\n".join(_report(parts))
    sys.stdout.write(report)
    if chosen.output is not None:
        chosen.output.write_text(report, encoding="utf-8")


def _report(parts: dict[str, list[Page]]) -> list[str]:
    found = extractors()
    lines = ["# Extraction of web pages", "", HOW, f"Versions: {_versions()}.", ""]
    if "readability-lxml" not in found:
        lines += ["readability-lxml is not installed: its row is left out.", ""]
    lines += [
        "| pages | extractor | precision | recall | F1 | title | author | date | captions apart |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    scores: dict[tuple[str, str], list[Score]] = {}
    for part, corpus in parts.items():
        for name, extract in found.items():
            made = [extract(page) for page in corpus]
            scores[part, name] = list(map(score, corpus, made))
            lines.append(_row(f"{part} ({len(corpus)}) | {name}", scores[part, name], made))
    for part, corpus in parts.items():
        lines += ["", f"## F1 of each page, {part}", "", _header(found), _rule(found)]
        for number, page in enumerate(corpus):
            figures = " | ".join(f"{scores[part, name][number].f1:.3f}" for name in found)
            lines.append(f"| {page.name} | {page.style} | {figures} |")
    return [*lines, ""]


def _row(name: str, scores: Sequence[Score], made: Sequence[Extraction]) -> str:
    """Return a row of the table; what an extractor never tells has no figure."""
    captions = [one.captions for one in scores if one.captions is not None]
    tells_author = any(one.author for one in made)
    tells_date = any(one.published for one in made)
    tells_captions = any(one.captions is not None for one in made)
    figures = [
        fmean(one.precision for one in scores),
        fmean(one.recall for one in scores),
        fmean(one.f1 for one in scores),
        fmean(one.title for one in scores),
        fmean(one.author for one in scores) if tells_author else None,
        fmean(one.date for one in scores) if tells_date else None,
        fmean(captions) if tells_captions else None,
    ]
    values = " | ".join("–" if figure is None else f"{figure:.3f}" for figure in figures)
    return f"| {name} | {values} |"


def _header(found: dict[str, Extract]) -> str:
    return f"| page | style | {' | '.join(found)} |"


def _rule(found: dict[str, Extract]) -> str:
    return f"| --- | --- | {' | '.join('---' for _ in found)} |"


def _versions() -> str:
    known = []
    for name in ("trafilatura", "readability-lxml", "jusText", "htmldate", "lxml"):
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(known)


if __name__ == "__main__":
    main(sys.argv[1:])
