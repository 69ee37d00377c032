"""Question sets to train and calibrate with, as SQuAD files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.reader.training.sources import Asked, read_source

TOWNS = ("Arden", "Bexley", "Chester", "Dover")
THINGS = ("abbey", "bakery", "castle", "dairy", "engine", "ferry")


def paragraph(town: str, number: int) -> str:
    """What paragraph `number` of the article on a town says."""
    thing = THINGS[number - 1]
    return (
        f"The {thing} of {town} stands in the old city. It was built in {1800 + number} by the "
        f"army. Lord {thing.title()} took it in June."
    )


def squad_set(
    towns: Sequence[str] = TOWNS, things: Sequence[str] = THINGS, *, is_impossible: bool = True
) -> dict[str, Any]:
    """Return articles of one paragraph a thing, with two questions each, and one without an answer.

    Args:
        towns: titles of the articles.
        things: of which their paragraphs tell.
        is_impossible: whether there are questions without an answer.
    """
    data = []
    for town in towns:
        paragraphs = []
        for number, thing in enumerate(things, start=1):
            text = paragraph(town, number)
            answers = {
                f"When was the {thing} of {town} built?": str(1800 + number),
                f"Who took the {thing} of {town} in June?": f"Lord {thing.title()}",
            }
            qas: list[dict[str, Any]] = [
                {
                    "id": f"{town}-{thing}-{place}",
                    "question": question,
                    "answers": [{"text": answer, "answer_start": text.index(answer)}],
                    "is_impossible": False,
                }
                for place, (question, answer) in enumerate(answers.items())
            ]
            if is_impossible:
                qas.append(
                    {
                        "id": f"{town}-{thing}-none",
                        "question": f"When was the {thing} of {town} sold?",
                        "answers": [],
                        "is_impossible": True,
                    }
                )
            paragraphs.append({"context": text, "qas": qas})
        data.append({"title": town, "paragraphs": paragraphs})
    return {"version": "v2.0", "data": data}


def write_set(path: Path, content: dict[str, Any]) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def questions_of(path: Path) -> list[Asked]:
    """Return all questions of a file."""
    return [asked for of_one in read_source(path).values() for asked in of_one]
