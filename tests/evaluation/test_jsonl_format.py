"""Our own format: reading it, and refusing what is not in it."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.evaluation.jsonl_format import FIELDS, read_json_lines
from bot.evaluation.question_set import EvaluationError, QuestionSetContent
from index.article import Article, ReadLimits, article_from_bytes
from index.spans import Span

DEFAULT_SET = Path(__file__).parents[1] / "questions" / "default_article.jsonl"
SCHEMA = json.loads(
    (resources.files("bot") / "schemas" / "question.schema.json").read_text("utf-8")
)
TEXT = """Cats win again

By Jane Doe

The cat ran in 2016. It sat
for 16 days.

The dog ran. The cat sat."""


@pytest.fixture
def article() -> Article:
    return article_from_bytes(TEXT.encode(), "/somewhere/cats.txt")


def read(article: Article, *lines: Any, path: Path = Path("set.jsonl")) -> QuestionSetContent:  # noqa: ANN401
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return read_json_lines(text, path, article, ReadLimits())


def quotes(article: Article, found: QuestionSetContent) -> list[str]:
    return [article.quote(span) for span in found.questions[0].spans]


def test_the_questions_on_the_default_article_load_without_a_problem(
    default_article: Article,
) -> None:
    text = DEFAULT_SET.read_text(encoding="utf-8")
    found = read_json_lines(text, DEFAULT_SET, default_article, ReadLimits())
    assert found.problems == []
    assert len(found.questions) >= 60
    assert list(found.articles) == ["article.txt"]
    for question in found.questions:
        assert bool(question.spans) == question.is_answerable
        assert bool(question.paragraphs) == question.is_answerable


def test_the_questions_on_the_default_article_fit_the_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    for line in DEFAULT_SET.read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(line))


def test_the_schema_names_the_same_fields() -> None:
    assert tuple(SCHEMA["properties"]) == FIELDS


def test_a_question(article: Article) -> None:
    line = {
        "id": "x",
        "question": "Who ran?",
        "answers": ["The cat"],
        "evidence": ["The cat ran in 2016."],
        "tags": ["who"],
    }
    question = read(article, line).questions[0]
    start = TEXT.index("The cat ran")
    assert question.spans == (Span(start, start + 7),)
    assert question.evidence == (Span(start, start + 20),)
    assert question.paragraphs == (1,)
    assert (question.id, question.article, question.tags) == ("x", "cats.txt", ("who",))


def test_the_header_is_paragraph_0(article: Article) -> None:
    line = {"question": "Who?", "answers": ["Jane Doe"], "evidence": ["By Jane Doe"]}
    assert read(article, line).questions[0].paragraphs == (0,)


def test_answers_are_whole_words_and_white_space_may_differ(article: Article) -> None:
    # Not the "16" of "2016"; and the sentence is parted by a line break.
    line = {"question": "?", "answers": ["16"], "evidence": ["It sat for 16 days."]}
    assert quotes(article, read(article, line)) == ["16"]
    assert quotes(article, read(article, {"question": "?", "answers": ["16"]})) == ["16"]


def test_a_part_of_a_word_is_taken_where_there_is_no_whole_one(article: Article) -> None:
    assert quotes(article, read(article, {"question": "?", "answers": ["201"]})) == ["201"]


def test_without_evidence_every_occurrence_counts(article: Article) -> None:
    found = read(article, {"question": "?", "answers": ["The cat"]})
    assert quotes(article, found) == ["The cat", "The cat"]
    assert found.questions[0].paragraphs == (1, 2)
    assert found.questions[0].evidence == ()


def test_the_id_is_the_number_of_the_line(article: Article) -> None:
    found = read(
        article, "", {"question": "?", "answers": []}, "  ", {"question": "?", "answers": []}
    )
    assert [question.id for question in found.questions] == ["2", "4"]


def test_line_separators_inside_a_text_do_not_part_lines(article: Article) -> None:
    found = read(article, '{"question": "one\u2028two\x85three?", "answers": []}\r')
    assert found.questions[0].text == "one\u2028two\x85three?"


def test_several_values(article: Article) -> None:
    line = {"question": "?", "answers": ["2016", "16"], "values": [["2016"], ["16", "16 days"]]}
    assert read(article, line).questions[0].values == (("2016",), ("16", "16 days"))


def test_what_is_not_in_the_article_is_reported(article: Article) -> None:
    found = read(
        article,
        {"question": "?", "answers": ["horse"], "evidence": ["The horse ran.", "The dog ran."]},
        {"question": "?", "answers": ["cow"]},
        {"question": "?", "answers": [], "closest": "The cow sat."},
        {"question": "?", "answers": ["16"], "values": [["16"], ["17"]]},
    )
    assert found.problems == [
        'set.jsonl, line 1: "The horse ran." is not in the article.',
        'set.jsonl, line 1: the answer "horse" is not in the evidence.',
        'set.jsonl, line 2: the answer "cow" is not in the article.',
        'set.jsonl, line 3: "The cow sat." is not in the article.',
        'set.jsonl, line 4: the answer "17" is not in the article.',
    ]
    assert found.questions[1].spans == ()
    assert found.questions[1].is_answerable


def test_articles_are_found_beside_the_file_and_opened_once(
    article: Article, tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("A bird sang here.", encoding="utf-8")
    (tmp_path / "cats.txt").write_text("Another text about cats.", encoding="utf-8")
    lines = [
        {"question": "?", "answers": ["bird"], "article": "texts/a.txt"},
        {"question": "?", "answers": ["bird"], "article": "./texts/../texts/a.txt"},
        {"question": "?", "answers": ["dog"]},
        {"question": "?", "answers": ["Another"], "article": "cats.txt"},
    ]
    found = read(article, *lines, path=tmp_path / "set.jsonl")
    assert found.problems == []
    assert [question.article for question in found.questions] == [
        "texts/a.txt",
        "texts/a.txt",
        "cats.txt",
        "cats.txt'",
    ]
    assert list(found.articles) == ["texts/a.txt", "cats.txt", "cats.txt'"]


GOOD = {"question": "?", "answers": []}

# What is wrong, what is said, and whether the schema says so too.
MALFORMED = [
    ("{", "line 2, column 2: this is not JSON", False),
    ('{"question": "?", "answers": []} x', "line 2, column 34: this is not JSON", False),
    ("[" * 100_000, "line 2: lists or objects are nested too deeply", False),
    ('{"question": ' + "9" * 5_000 + "}", "line 2: a value cannot be read", False),
    ("[]", "line 2: this is a list, and an object is needed", True),
    ({"answers": []}, 'line 2: "question" is missing', True),
    ({"question": "?"}, 'line 2: "answers" is missing', True),
    ({"question": " ", "answers": []}, 'line 2: "question" is empty', True),
    ({"question": 3, "answers": []}, 'line 2: "question" is a number, and text is needed', True),
    ({**GOOD, "answers": "x"}, 'line 2: "answers" is text, and a list is needed', True),
    ({**GOOD, "answers": [None]}, 'item 1 of "answers" is null, and text is needed', True),
    ({**GOOD, "answers": ["x", ""]}, 'item 2 of "answers" is empty. Fill it in', True),
    ({**GOOD, "evidence": {}}, 'line 2: "evidence" is an object, and a list is needed', True),
    ({**GOOD, "tags": [True]}, 'item 1 of "tags" is true or false, and text is needed', True),
    ({**GOOD, "id": 3}, 'line 2: "id" is a number, and text is needed', True),
    ({**GOOD, "id": ""}, 'line 2: "id" is empty', True),
    ({**GOOD, "id": "1"}, 'line 2: the id "1" is also that of line 1', False),
    ({**GOOD, "values": [["x"]]}, '"values" are given, and "answers" are empty', True),
    ({**GOOD, "answers": ["x"], "values": [[]]}, 'item 1 of "values" is [], and a list', True),
    ({**GOOD, "answers": ["x"], "values": ["x"]}, 'item 1 of "values" is "x", and a list', True),
    ({**GOOD, "closest": 1.5}, 'line 2: "closest" is a number, and text is needed', True),
    ({**GOOD, "answer": "x"}, 'line 2: "answer" is none of the fields question, answers', True),
    ({**GOOD, "article": "none.txt"}, "its article cannot be used. There is no file", False),
    ({**GOOD, "article": "a\x00b"}, "its article cannot be used.", False),
    ({**GOOD, "question": "\ud800"}, 'line 2: "question" is "\\ud800", which is not', False),
]


@pytest.mark.parametrize(("line", "message", "by_schema"), MALFORMED)
def test_a_malformed_line_is_refused(
    article: Article,
    tmp_path: Path,
    line: Any,  # noqa: ANN401
    message: str,
    by_schema: bool,
) -> None:
    path = tmp_path / "set.jsonl"
    with pytest.raises(EvaluationError) as error:
        read(article, GOOD, line, path=path)
    assert str(error.value).startswith(f"{path}, line 2")
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    if by_schema:
        value = json.loads(line) if isinstance(line, str) else line
        assert not Draft202012Validator(SCHEMA).is_valid(value)


def test_good_lines_fit_the_schema() -> None:
    line = {**GOOD, "answers": ["x"], "values": [["x", "y"]], "article": "a.txt", "id": "q"}
    assert Draft202012Validator(SCHEMA).is_valid(line)
    assert Draft202012Validator(SCHEMA).is_valid({**GOOD, "values": []})
