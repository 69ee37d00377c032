import io
import json
from pathlib import Path

import jsonschema
from rich.console import Console

import bot
from bot.ask import ask_lines, ask_one
from bot.pipeline import QAPipeline

QUESTION = "What did Iraq capture in late January?"
SCHEMA = json.loads(
    (Path(bot.__file__).parent / "schemas" / "answer.schema.json").read_text(encoding="utf-8")
)


def lines_answered(pipeline: QAPipeline, raw: bytes, *, as_json: bool) -> tuple[int, list[str]]:
    output = io.StringIO()
    exit_code = ask_lines(pipeline, io.BytesIO(raw), output, as_json=as_json)
    return exit_code, output.getvalue().splitlines()


def test_one_question_gives_its_exit_code(fake_pipeline: QAPipeline) -> None:
    output = io.StringIO()
    console = Console(file=output, width=80)

    assert ask_one(fake_pipeline, "Who wrote this?", console, as_json=False) == 0
    assert ask_one(fake_pipeline, "Zebra quartz?", console, as_json=False) == 1
    assert output.getvalue().splitlines()[0] == "Melinda Barton"


def test_what_is_too_unsure_is_no_answer(unsure_pipeline: QAPipeline) -> None:
    output = io.StringIO()

    exit_code = ask_one(unsure_pipeline, QUESTION, Console(file=output, width=200), as_json=False)

    assert exit_code == 1
    assert output.getvalue().startswith("The article may not say. ")
    assert lines_answered(unsure_pipeline, QUESTION.encode(), as_json=False) == (
        0,
        ["The article may not say."],
    )


def test_several_values_are_an_answer(values_pipeline: QAPipeline) -> None:
    output = io.StringIO()

    assert ask_one(values_pipeline, QUESTION, Console(file=output, width=200), as_json=True) == 0
    assert [value["text"] for value in json.loads(output.getvalue())["answers"]] == [
        "eight months",
        "nine months",
    ]


def test_json_of_one_question_is_one_line(fake_pipeline: QAPipeline) -> None:
    output = io.StringIO()

    ask_one(fake_pipeline, "Who wrote this?", Console(file=output, width=20), as_json=True)

    assert json.loads(output.getvalue())["answer"] == "Melinda Barton"
    assert output.getvalue().count("\n") == 1


def test_one_answer_a_line(fake_pipeline: QAPipeline) -> None:
    exit_code, answers = lines_answered(
        fake_pipeline, b"Who wrote this?\r\nZebra quartz?\n", as_json=False
    )

    assert (exit_code, answers) == (0, ["Melinda Barton [header]", "The article does not say."])


def test_a_bad_line_gets_an_error_and_the_rest_goes_on(fake_pipeline: QAPipeline) -> None:
    exit_code, answers = lines_answered(
        fake_pipeline, b"\nWho wrote this?\ncaf\xe9?\n" + b"x" * 2000 + b"\nheadline", as_json=True
    )

    values = [json.loads(answer) for answer in answers]
    for value in values:
        jsonschema.validate(value, SCHEMA)
    assert exit_code == 2
    assert [value.get("answer") for value in values] == [
        None,
        "Melinda Barton",
        None,
        None,
        "ISIS extremists losing more ground in Iraq's Mosul",
    ]
    assert [sorted(value) for value in values if "error" in value] == [["error", "question"]] * 3
    assert values[3]["question"] == "x" * 2000


def test_errors_stay_on_their_line_without_json(fake_pipeline: QAPipeline) -> None:
    _, answers = lines_answered(fake_pipeline, b"\nheadline\n", as_json=False)

    assert answers[0].startswith("Error: The question is empty.")
    assert len(answers) == 2


def test_no_lines_are_no_error(fake_pipeline: QAPipeline) -> None:
    assert lines_answered(fake_pipeline, b"", as_json=True) == (0, [])
