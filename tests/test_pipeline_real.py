"""The shipped settings on the default article, with the real model, as a user has them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.answer import AnswerSpan
from bot.assembly import embedding_model, open_pipeline, reader_of
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.protocol import Reader
from bot.settings import load_settings
from index.article import Article, article_from_bytes, read_default_article
from index.embedding import EmbeddingModel
from index.errors import ArticleError, QuestionError
from index.passage_index import IndexSettings, build_index
from index.reporter import Reporter
from index.retriever import Retriever
from tests.nasty_text import nasty_texts
from tests.test_pipeline import assert_checkable

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> QAPipeline:
    data_dir = tmp_path_factory.mktemp("data")
    settings = load_settings().model_copy(update={"data_dir": data_dir})
    return open_pipeline(settings, read_default_article(), Reporter())


@pytest.fixture(scope="module")
def embedding() -> EmbeddingModel:
    return embedding_model(load_settings())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return reader_of(load_settings())


@pytest.mark.parametrize(
    ("question", "verdict", "paragraph", "words"),
    [
        ("What did Iraq capture in late January?", "answered", 12, "east Mosul"),
        ("How many people have been displaced from Mosul?", "answered", 8, "862,000"),
        ("Who is the author?", "answered", 0, "Melinda Barton"),
        ("What is Lise Grande's job?", "unsure", 7, "United Nations humanitarian coordinator"),
        ("How many schools are there?", "unsure", 6, "320 out of 400"),
    ],
)
def test_the_right_words_are_found(
    pipeline: QAPipeline, question: str, verdict: str, paragraph: int, words: str
) -> None:
    answer = pipeline.answer(question)

    assert answer.verdict == verdict
    assert answer.best_span is not None
    assert answer.best_span.paragraph == paragraph
    assert answer.article.quote(answer.best_span.span) == words
    assert_checkable(answer)


def test_what_the_article_does_not_mention_is_refused(pipeline: QAPipeline) -> None:
    answer = pipeline.answer("How tall is the Eiffel Tower?")

    assert answer.verdict == "not_in_article"
    assert_checkable(answer)


def test_an_answer_does_not_depend_on_the_questions_before(pipeline: QAPipeline) -> None:
    first = pipeline.answer("What did Iraq capture in late January?")
    pipeline.answer("Who wrote this?")
    again = pipeline.answer("What did Iraq capture in late January?")

    assert (first.text, first.score) == (again.text, again.score)


@settings(max_examples=30)
@given(
    text=nasty_texts("Arden was built in 1801. ", "Who built it? ", "He left 3.5 m high walls. "),
    question=nasty_texts("Who built Arden?", "When was it built?", "How high are the walls?"),
)
def test_every_quote_is_the_articles_text_at_its_place(
    embedding: EmbeddingModel, reader: Reader, text: str, question: str
) -> None:
    try:
        article = article_from_bytes(text.encode(), "nasty")
        index = build_index(article, embedding, IndexSettings())
        nasty = QAPipeline(article, Retriever(index, embedding), reader, AnswerLimits())
        answer = nasty.answer(question)
    except (ArticleError, QuestionError):
        return

    assert_checkable(answer)
    if answer.best_span is not None:
        assert_whole(answer.article.text, answer.best_span)


def assert_whole(text: str, found: AnswerSpan) -> None:
    """Check that words stay in their sentence, and are not cut out of longer words."""
    assert found.sentence.start <= found.span.start < found.span.end <= found.sentence.end
    for cut in (found.span.start, found.span.end):
        around = text[max(cut - 1, 0) : cut + 1]
        assert not (len(around) == 2 and around.isascii() and around.isalpha())


def test_the_command_says_nothing_but_the_answer(
    own_environment: Path, default_article: Article
) -> None:
    command = [sys.executable, "-W", "error", "-m", "bot", "ask", "--json", "Who wrote this?"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["answer"] == "Melinda Barton"
    assert json.loads(done.stdout)["article"]["sha256"] == default_article.sha256
    assert len(list(own_environment.glob("indexes/*/manifest.json"))) == 1


def test_an_unknown_model_gets_one_sentence(own_environment: Path, tmp_path: Path) -> None:
    for name in (str(tmp_path), str(tmp_path / "none"), "no-such-owner/no-such-model"):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "Who captured the city?"],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "", "DATA_DIR": str(own_environment), "EMBEDDING_MODEL": name},
        )
        assert done.returncode == 2
        assert name in done.stderr
        assert "EMBEDDING_MODEL" in done.stderr
        assert "Traceback" not in done.stderr
        assert not own_environment.exists()
