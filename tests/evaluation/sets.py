"""Question sets for tests, whose answers the fake embedding model finds."""

import json
from pathlib import Path
from typing import Any

TOWNS = ("Arden", "Bexley")
THINGS = (
    *("abbey", "bakery", "castle", "dairy", "engine", "ferry"),
    *("garage", "harbour", "inn", "jetty", "kiln", "lock"),
)
TOO_LONG = "Why" + " so" * 600 + " long?"


def sentence(town: str, number: int) -> str:
    """What paragraph `number` of the article on a town says; the whole of it is the answer."""
    return f"The {THINGS[number - 1]} of {town} opened its doors in {1800 + number}."


def squad_set() -> dict[str, Any]:
    """Two articles of twelve paragraphs, more than are retrieved, each with one question.

    In the second article every third question has no answer.
    """
    data = []
    for town in TOWNS:
        paragraphs = []
        for number, thing in enumerate(THINGS, start=1):
            is_answerable = town == TOWNS[0] or number % 3 > 0
            text = sentence(town, number)
            qa = {
                "id": f"{town}-{thing}",
                "question": f"When was the {thing} of {town} opened?"
                if is_answerable
                else f"Why do {number} singers whistle?",
                "answers": [{"text": text, "answer_start": 0}] if is_answerable else [],
                "is_impossible": not is_answerable,
            }
            paragraphs.append({"context": text, "qas": [qa]})
        data.append({"title": town, "paragraphs": paragraphs})
    return {"version": "v2.0", "data": data}


def write_squad_set(path: Path) -> Path:
    path.write_text(json.dumps(squad_set()), encoding="utf-8")
    return path


def write_lines(path: Path, *lines: dict[str, Any]) -> Path:
    text = "".join(json.dumps({"answers": [], **line}) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path
