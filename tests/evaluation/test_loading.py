"""Loading any file, or one clear sentence; samples and mismatches."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.evaluation.loading import load_question_set, mismatched, sample
from bot.evaluation.question_set import EvaluationError, QuestionSet
from index.article import Article, ReadLimits

LINE = '{"question": "Who wrote this?", "answers": ["Melinda Barton"]}'


def squad(titles: str = "AB", questions: int = 3) -> dict[str, Any]:
    data = []
    for title in titles:
        qas = [
            {
                "id": f"{title}{number}",
                "question": f"{title} {number}?",
                "answers": [{"text": "cat", "answer_start": 4}],
            }
            for number in range(questions)
        ]
        context = f"The cat of {title}."
        data.append({"title": title, "paragraphs": [{"context": context, "qas": qas}]})
    return {"version": "1.1", "data": data}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "questions"


def load(path: Path, article: Article) -> QuestionSet:
    return load_question_set(path, article, ReadLimits())


@pytest.mark.parametrize("name", ["set.json", "set.jsonl", "set.txt", "set"])
@pytest.mark.parametrize(
    ("text", "format_"),
    [
        (json.dumps(squad()), "SQuAD"),
        (json.dumps(squad(), indent=2), "SQuAD"),
        ("\n\n" + json.dumps(squad()) + "\n", "SQuAD"),
        (LINE, "JSON Lines"),
        (f"{LINE}\n{LINE}\n", "JSON Lines"),
        (f"\n{LINE}\r\n\r\n{LINE}", "JSON Lines"),
        (f"\ufeff{LINE}", "JSON Lines"),
    ],
)
def test_the_content_tells_the_format(
    tmp_path: Path, default_article: Article, name: str, text: str, format_: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    found = load(path, default_article)
    assert (found.format, found.name) == (format_, name)
    assert found.questions
    assert len(found.sha256) == 64


NOT_A_SET = [
    (b"", "is empty. Name a file with questions."),
    (b" \n\t ", "is empty. Name a file with questions."),
    (b"\x89PNG\r\n\x1a\n\x00\xff", "line 1: this is not text in UTF-8 (byte 0 does not fit)"),
    ("é\né".encode("latin-1"), "line 1: this is not text in UTF-8"),
    (LINE.encode("utf-16"), "line 1: this is not text in UTF-8"),
    (b"\x00" * 100, "line 1, column 1: this is not JSON"),
    (b"Who wrote this?", "line 1, column 1: this is not JSON"),
    (b"null", 'is JSON, but no question set: it has neither "data"'),
    (b"[]", 'is JSON, but no question set: it has neither "data"'),
    (b'{"version": "1.1"}', 'is JSON, but no question set: it has neither "data"'),
    (b'{"question": "?",\n "answers": []}', "line 1: a question is spread over several lines"),
    (b'{"data": [],\n "x": 1,}', "line 2, column 9: this is not JSON"),
    (b'{"data": []}', "There is no question in"),
    (b'{"data": [{"title": "T", "paragraphs": []}]}', "There is no question in"),
    (b"[" * 200_000, "line 1: lists or objects are nested too deeply"),
    (b'{"data": ' * 200_000, "line 1: lists or objects are nested too deeply"),
    (b'{"qestion": "?", "answers": []}\n' * 2, 'line 1: "qestion" is none of the fields'),
    (LINE.encode() + b"\n{", "line 2, column 2: this is not JSON"),
    (LINE.encode() + b"\n" + LINE.encode()[:-1], "line 2, column"),
]


@pytest.mark.parametrize(("content", "message"), NOT_A_SET)
def test_anything_else_is_refused_in_one_sentence(
    path: Path, default_article: Article, content: bytes, message: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(EvaluationError) as error:
        load(path, default_article)
    assert message in str(error.value)
    assert str(path) in str(error.value)
    assert len(str(error.value)) < 300 + len(str(path))


def test_missing_files_and_directories_are_refused(path: Path, default_article: Article) -> None:
    with pytest.raises(EvaluationError, match="There is no file .*questions"):
        load(path, default_article)
    path.mkdir()
    with pytest.raises(EvaluationError, match="is a directory. Name a question set in it"):
        load(path, default_article)
    with pytest.raises(EvaluationError):
        load(Path("a\x00b"), default_article)
    with pytest.raises(EvaluationError):
        load(Path("a" * 5_000), default_article)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no one here")
def test_unreadable_files_are_refused(path: Path, default_article: Article) -> None:
    path.write_text(LINE, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(EvaluationError, match="Check the path and its permissions"):
        load(path, default_article)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["data", "title", "paragraphs", "context", "qas", "id", "question", "answers"]
                + ["text", "answer_start", "is_impossible", "evidence", "values", "tags"]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=25,
)


@given(value=st.one_of(json_values.map(lambda v: json.dumps(v).encode()), st.binary()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_at_all_is_a_bug(path: Path, default_article: Article, value: bytes) -> None:
    path.write_bytes(value)
    try:
        assert load(path, default_article).questions
    except EvaluationError as error:
        assert str(error).endswith(".")


def loaded(path: Path, default_article: Article, content: dict[str, Any]) -> QuestionSet:
    path.write_text(json.dumps(content), encoding="utf-8")
    return load(path, default_article)


def test_a_sample_is_the_same_each_time_and_keeps_the_order(
    path: Path, default_article: Article
) -> None:
    whole = loaded(path, default_article, squad("ABCDE", 40))
    chosen = sample(whole, 20, seed=7)
    assert chosen == sample(whole, 20, seed=7)
    assert chosen.questions != sample(whole, 20, seed=8).questions
    assert len(chosen.questions) == 20
    ids = [question.id for question in whole.questions]
    assert [i for i in ids if i in {q.id for q in chosen.questions}] == [
        question.id for question in chosen.questions
    ]
    assert set(chosen.questions) < set(sample(whole, 30, seed=7).questions)
    assert sample(whole, 1_000, seed=7) == whole


def test_a_sample_keeps_only_the_articles_that_are_asked(
    path: Path, default_article: Article
) -> None:
    chosen = sample(loaded(path, default_article, squad("ABC")), 1, seed=0)
    assert list(chosen.articles) == [chosen.questions[0].article]


def test_an_empty_sample_is_refused(path: Path, default_article: Article) -> None:
    whole = loaded(path, default_article, squad())
    with pytest.raises(EvaluationError, match="at least 1 question, not 0"):
        sample(whole, 0, seed=0)


def test_a_mismatch_asks_the_next_article_which_answers_nothing(
    path: Path, default_article: Article
) -> None:
    found = mismatched(loaded(path, default_article, squad("ABC", 2)))
    assert [(q.id, q.article) for q in found.questions] == [
        ("A0", "B"),
        ("A1", "B"),
        ("B0", "C"),
        ("B1", "C"),
        ("C0", "A"),
        ("C1", "A"),
    ]
    assert not any(question.is_answerable for question in found.questions)
    assert {(q.spans, q.evidence, q.paragraphs, q.values) for q in found.questions} == {
        ((), (), (), ())
    }
    assert list(found.articles) == ["A", "B", "C"]


def test_a_mismatch_skips_an_article_with_the_same_text(
    path: Path, default_article: Article
) -> None:
    content = squad("AAB", 1)
    content["data"][1]["paragraphs"][0]["qas"][0]["id"] = "A2"
    found = mismatched(loaded(path, default_article, content))
    assert [question.article for question in found.questions] == ["B", "B", "A"]


def test_a_mismatch_needs_two_articles(path: Path, default_article: Article) -> None:
    with pytest.raises(EvaluationError, match="has but one article, and a mismatch needs two"):
        mismatched(loaded(path, default_article, squad("A")))
