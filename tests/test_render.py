import io
import json
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console, RenderableType

import bot
from bot.answer import DOES_NOT_SAY, MAY_NOT_SAY
from bot.answer_json import answer_to_json
from bot.article_card import article_card
from bot.pipeline import AnswerLimits, QAPipeline
from bot.render import Look, answer_line, answer_text, passage_text, passages_table
from index.article import Article, article_from_bytes
from index.retriever import Retriever
from tests.conftest import PreparedReader

SCHEMA = Path(bot.__file__).parent / "schemas" / "answer.schema.json"
QUESTION = "What did Iraq capture in late January?"
HEADLINE = "ISIS extremists losing more ground in Iraq's Mosul"


def printed(shown: RenderableType, *, width: int = 60, terminal: bool = False) -> str:
    output = io.StringIO()
    console = Console(file=output, width=width, force_terminal=terminal, highlight=False)
    console.print(shown)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines())


@pytest.mark.parametrize(
    "fixture", ["fake_pipeline", "sure_pipeline", "values_pipeline", "unsure_pipeline"]
)
@pytest.mark.parametrize("question", [QUESTION, "Who wrote this?", "Zebra quartz?"])
def test_json_keeps_its_promise(
    request: pytest.FixtureRequest, fixture: str, question: str
) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    pipeline: QAPipeline = request.getfixturevalue(fixture)

    value = json.loads(json.dumps(answer_to_json(pipeline.answer(question))))

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
            "page": None,
            "caption": False,
            "start": 82,
            "end": 96,
            "quote": "Melinda Barton",
            "sentence": "Melinda Barton | 29 June, 2017, 09:06",
            "url": None,
            "article": {"id": "a998512bded77d4d", "title": HEADLINE, "url": None},
        }
    ]
    assert value["article"]["published"] == "2017-06-29T09:06:00"
    assert value["article"]["title"] == HEADLINE
    assert value["article"]["url"] is None
    assert value["answers"] == [{"text": "Melinda Barton", "citation": 1}]
    assert (value["probability"], value["reason"], value["closest"]) == (None, None, None)


def test_json_of_a_refusal(fake_pipeline: QAPipeline) -> None:
    value = answer_to_json(fake_pipeline.answer("Zebra quartz?"))

    assert (value["answer"], value["verdict"], value["citations"]) == (None, "not_in_article", [])
    assert isinstance(value["score"], float)
    assert (value["answers"], value["probability"], value["closest"]) == ([], None, None)
    assert value["reason"] == "It never mentions “Zebra” or “quartz”."


def test_json_of_an_answer_with_a_probability(sure_pipeline: QAPipeline) -> None:
    value = answer_to_json(sure_pipeline.answer(QUESTION))

    assert (value["answer"], value["verdict"]) == ("east Mosul", "answered")
    assert (value["score"], value["probability"]) == (0.9313, 0.9313)


def test_json_of_several_values(values_pipeline: QAPipeline) -> None:
    value = answer_to_json(values_pipeline.answer("How many months did the battle take?"))

    assert (value["answer"], value["verdict"]) == ("nine months", "answered")
    assert value["answers"] == [
        {"text": "eight months", "citation": 1},
        {"text": "nine months", "citation": 2},
    ]
    assert [(c["number"], c["paragraph"], c["quote"]) for c in value["citations"]] == [
        (1, 1, "eight months"),
        (2, 8, "nine months"),
    ]
    assert (value["probability"], value["reason"], value["closest"]) == (0.9, None, None)


def test_json_of_what_is_too_unsure(unsure_pipeline: QAPipeline) -> None:
    value = answer_to_json(unsure_pipeline.answer(QUESTION))

    assert (value["answer"], value["verdict"]) == (None, "unsure")
    assert (value["answers"], value["citations"], value["probability"]) == ([], [], 0.5)
    assert value["reason"] == (
        "Its closest words are right with a probability of 50%, and an answer needs 80%."
    )
    closest = value["closest"]
    assert (closest["number"], closest["paragraph"], closest["quote"]) == (1, 12, "east Mosul")
    assert closest["sentence"] == "Iraq captured east Mosul in late January."
    assert closest["end"] - closest["start"] == len("east Mosul")


def test_an_answer_in_a_terminal_marks_the_words_in_their_sentence(
    fake_pipeline: QAPipeline,
) -> None:
    answer = fake_pipeline.answer("Who wrote this?")

    assert printed(answer_text(answer), width=200) == (
        f"Melinda Barton\n  [1] header · {HEADLINE}\n  Melinda Barton | 29 June, 2017, 09:06"
    )
    assert "\x1b[1;4mMelinda Barton\x1b[0m | 29 June" in printed(answer_text(answer), terminal=True)


def test_a_sentence_that_is_the_answer_is_not_said_twice(fake_pipeline: QAPipeline) -> None:
    text = printed(answer_text(fake_pipeline.answer(QUESTION)))

    assert text.count("Iraq captured east Mosul in late January.") == 1


def test_a_refusal_says_why_and_what_is_nearest(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("Zebra xylophone quartz umbrella tulip in Raqqa?")
    assert answer.best_span is not None
    text = printed(answer_text(answer), width=400)

    first, nearest, sentence = text.splitlines()
    assert first == (
        f"{DOES_NOT_SAY} It mentions “Raqqa”, but never “Zebra”, “xylophone” or “quartz”."
    )
    assert nearest == f"  Nearest: paragraph {answer.best_span.paragraph}"
    assert sentence.strip() == answer.article.quote(answer.best_span.sentence)


def test_several_values_are_told_side_by_side_and_each_is_cited(
    values_pipeline: QAPipeline,
) -> None:
    answer = values_pipeline.answer("How many months did the battle take?")
    first, second = (citation.sentence for citation in answer.citations)

    assert printed(answer_text(answer), width=400) == (
        "eight months [1] · nine months [2]\n"
        f"  [1] paragraph 1 · {HEADLINE}\n  {first}\n"
        f"  [2] paragraph 8 · {HEADLINE}\n  {second}"
    )
    shown = printed(answer_text(answer), width=400, terminal=True)
    assert shown.startswith(
        "\x1b[1meight months\x1b[0m\x1b[2m [1]\x1b[0m\x1b[2m · \x1b[0m\x1b[1mnine months"
    )
    assert "Sunday, \x1b[1;4meight months\x1b[0m into" in shown
    assert "began \x1b[1;4mnine months\x1b[0m ago" in shown


def test_what_is_too_unsure_is_shown_with_its_words_marked(unsure_pipeline: QAPipeline) -> None:
    answer = unsure_pipeline.answer(QUESTION)

    assert printed(answer_text(answer), width=200) == (
        f"{MAY_NOT_SAY} Its closest words are right with a probability of 50%, "
        "and an answer needs 80%.\n"
        "east Mosul\n"
        "  Closest: paragraph 12\n"
        "  Iraq captured east Mosul in late January."
    )
    shown = printed(answer_text(answer, Look(marks=True)), width=200, terminal=True)
    assert shown.count("east Mosul") == 1
    assert "Iraq captured \x1b[1;4meast Mosul\x1b[0m in late January." in shown


def test_a_refusal_marks_no_words(fake_pipeline: QAPipeline) -> None:
    shown = printed(answer_text(fake_pipeline.answer("Zebra quartz?")), terminal=True)

    assert "Nearest: " in shown
    assert "\x1b[1;4m" not in shown


def test_where_nothing_was_found_only_that_is_said(
    default_article: Article, fake_retriever: Retriever
) -> None:
    pipeline = QAPipeline(default_article, fake_retriever, PreparedReader(), AnswerLimits())

    assert printed(answer_text(pipeline.answer("Zebra quartz?")), width=200) == (
        f"{DOES_NOT_SAY} There is no sentence in it to read."
    )


def test_one_line_for_several_values(values_pipeline: QAPipeline) -> None:
    answer = values_pipeline.answer("How many months did the battle take?")

    assert answer_line(answer) == "eight months [paragraph 1] · nine months [paragraph 8]"


def test_one_line_for_what_is_too_unsure(unsure_pipeline: QAPipeline) -> None:
    assert answer_line(unsure_pipeline.answer(QUESTION)) == MAY_NOT_SAY


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
    answer = fake_pipeline.answer(QUESTION)

    assert printed(passage_text(answer, answer.citations[0])) == (
        "[1] paragraph 12\nIraq captured east Mosul in late January."
    )


def test_the_passage_of_each_of_several_values(values_pipeline: QAPipeline) -> None:
    answer = values_pipeline.answer("How many months did the battle to retake the city take?")

    shown = [printed(passage_text(answer, c), width=400).splitlines() for c in answer.citations]
    assert [lines[0] for lines in shown] == ["[1] paragraph 1", "[2] paragraph 8"]
    for lines, citation in zip(shown, answer.citations, strict=True):
        assert citation.sentence in lines[1]


def test_retrieved_passages_are_listed_with_scores(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer(QUESTION)
    lines = printed(passages_table(answer), width=300).splitlines()

    assert len(lines) == len(answer.passages)
    assert lines[0].split()[:2] == ["1", f"{answer.passages[0].score:.3f}"]


@pytest.mark.parametrize("terminal", [True, False])
def test_markup_in_an_article_is_text(terminal: bool) -> None:
    article = article_from_bytes(b"The [bold red]sign[/] said [link=x]stop[/link].", "[b]x")

    assert "[b]x" in printed(article_card(article), terminal=terminal)
