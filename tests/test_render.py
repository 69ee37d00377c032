import io
import json
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console, RenderableType

import bot
from bot.answer import DOES_NOT_SAY
from bot.pipeline import QAPipeline
from bot.render import (
    answer_line,
    answer_text,
    answer_to_json,
    article_card,
    passage_text,
    passages_table,
)
from index.article import Article, article_from_bytes

SCHEMA = Path(bot.__file__).parent / "schemas" / "answer.schema.json"
HEADLINE = "ISIS extremists losing more ground in Iraq's Mosul"


def printed(shown: RenderableType, *, width: int = 60, terminal: bool = False) -> str:
    output = io.StringIO()
    console = Console(file=output, width=width, force_terminal=terminal, highlight=False)
    console.print(shown)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines())


def test_json_keeps_its_promise(fake_pipeline: QAPipeline) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for question in ("What did Iraq capture in late January?", "Who wrote this?", "Zebra quartz?"):
        value = json.loads(json.dumps(answer_to_json(fake_pipeline.answer(question))))
        jsonschema.validate(value, schema)
        assert sorted(value) == sorted(schema["$defs"]["answer"]["required"])


def test_json_of_an_answer(fake_pipeline: QAPipeline) -> None:
    value = answer_to_json(fake_pipeline.answer("Who wrote this?"))

    assert value["answer"] == "Melinda Barton"
    assert value["verdict"] == "answered"
    assert value["citations"] == [
        {
            "number": 1,
            "paragraph": 0,
            "start": 82,
            "end": 96,
            "quote": "Melinda Barton",
            "sentence": "Melinda Barton | 29 June, 2017, 09:06",
        }
    ]
    assert value["article"]["published"] == "2017-06-29T09:06:00"
    assert value["article"]["title"] == HEADLINE
    assert value["article"]["url"] is None


def test_json_of_a_refusal(fake_pipeline: QAPipeline) -> None:
    value = answer_to_json(fake_pipeline.answer("Zebra quartz?"))

    assert (value["answer"], value["verdict"], value["citations"]) == (None, "not_in_article", [])
    assert isinstance(value["score"], float)


def test_an_answer_in_a_terminal_marks_the_words_in_their_sentence(
    fake_pipeline: QAPipeline,
) -> None:
    answer = fake_pipeline.answer("Who wrote this?")

    assert printed(answer_text(answer), width=200) == (
        f"Melinda Barton\n  [1] header · {HEADLINE}\n  Melinda Barton | 29 June, 2017, 09:06"
    )
    assert "\x1b[1;4mMelinda Barton\x1b[0m | 29 June" in printed(answer_text(answer), terminal=True)


def test_a_sentence_that_is_the_answer_is_not_said_twice(fake_pipeline: QAPipeline) -> None:
    text = printed(answer_text(fake_pipeline.answer("What did Iraq capture in late January?")))

    assert text.count("Iraq captured east Mosul in late January.") == 1


def test_a_refusal_says_why_and_what_is_nearest(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("Zebra xylophone quartz umbrella tulip in Raqqa?")
    assert answer.best_span is not None
    text = printed(answer_text(answer), width=400)

    first, nearest, sentence = text.splitlines()
    assert first.startswith(f"{DOES_NOT_SAY} Its nearest sentence scores ")
    assert nearest == f"  Nearest: paragraph {answer.best_span.paragraph}"
    assert sentence.strip() == answer.article.quote(answer.best_span.sentence)


def test_one_line_for_one_answer(fake_pipeline: QAPipeline) -> None:
    assert answer_line(fake_pipeline.answer("Who wrote this?")) == "Melinda Barton [header]"
    assert answer_line(fake_pipeline.answer("Zebra quartz?")) == DOES_NOT_SAY


def test_the_card_of_the_default_article(default_article: Article) -> None:
    assert printed(article_card(default_article)) == (
        f"{HEADLINE}\nMelinda Barton · 29 June 2017, 09:06\n491 words · 15 paragraphs"
    )


def test_the_card_of_a_text_without_a_header() -> None:
    article = article_from_bytes(b"Just one sentence of a text.", "notes.txt")

    assert printed(article_card(article)) == "notes.txt\n6 words · 1 paragraph"


def test_the_passage_of_a_citation_marks_its_words(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("What did Iraq capture in late January?")

    assert printed(passage_text(answer, answer.citations[0])) == (
        "[1] paragraph 12\nIraq captured east Mosul in late January."
    )


def test_retrieved_passages_are_listed_with_scores(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("What did Iraq capture in late January?")
    lines = printed(passages_table(answer), width=300).splitlines()

    assert len(lines) == len(answer.passages)
    assert lines[0].split()[:2] == ["1", f"{answer.passages[0].score:.3f}"]


@pytest.mark.parametrize("terminal", [True, False])
def test_markup_in_an_article_is_text(terminal: bool) -> None:
    article = article_from_bytes(b"The [bold red]sign[/] said [link=x]stop[/link].", "[b]x")

    assert "[b]x" in printed(article_card(article), terminal=terminal)
