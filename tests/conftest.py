import functools
import io
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from bot.answer import AnswerSpan
from bot.cli import main
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.protocol import Reading
from bot.reader.sentence_reader import SentenceReader
from index import language
from index.article import Article, read_default_article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever, ScoredPassage
from index.sentences import split_sentences
from index.spans import Span

# Arguments and standard input of the command → exit code, standard output, standard error.
Run = Callable[..., tuple[int, str, str]]

# What an answer needs, and what a quote needs to be shown as the closest, of a `PreparedReader`.
ANSWER_FROM, UNSURE_FROM = 0.8, 0.3

# A busy machine is no failure: how long an example takes is a matter for benchmarks.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class PreparedReader:
    """Finds what a test has prepared, whatever is asked."""

    fingerprint = "prepared-1"
    threshold = ANSWER_FROM

    def __init__(
        self, *found: AnswerSpan, has_values: bool = False, is_calibrated: bool = True
    ) -> None:
        """Prepare what is found.

        Args:
            found: the best first.
            has_values: whether each is one of several values.
            is_calibrated: whether their scores are probabilities.
        """
        self.is_calibrated = is_calibrated
        self.loaded = 0
        self.passages: Sequence[ScoredPassage] = ()
        self._reading = Reading(
            found,
            no_answer_score=ANSWER_FROM,
            unsure_from=UNSURE_FROM if is_calibrated else ANSWER_FROM,
            values=tuple(sorted(found, key=lambda one: one.span)) if has_values else (),
        )

    def load(self) -> None:
        self.loaded += 1

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Reading:
        self.passages = passages
        return self._reading


def found_in(article: Article, words: str, score: float) -> AnswerSpan:
    """Return the first occurrence of words in an article's paragraphs, in its sentence."""
    for paragraph in article.paragraphs:
        for sentence in split_sentences(article.text, Span(paragraph.start, paragraph.end)):
            start = article.text.find(words, sentence.start, sentence.end)
            if start >= 0:
                span = Span(start, start + len(words))
                return AnswerSpan(span, sentence, paragraph.number, score)
    raise ValueError(f"no sentence has {words!r}")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that reaches for anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and (
            not isinstance(address, tuple) or address[0] not in _LOOPBACK
        ):
            pytest.fail(f"this test reached for the network: {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Give each test its own data directory and working directory, and no settings of ours."""
    from bot.settings import Settings

    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    data_dir = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    working_dir = tmp_path / "work"
    working_dir.mkdir()
    monkeypatch.chdir(working_dir)
    yield data_dir


# Loaded in half a second, and asked about hundreds of texts.
language.load_identifier = functools.cache(language.load_identifier)


@pytest.fixture(scope="session")
def default_article() -> Article:
    return read_default_article()


@pytest.fixture(scope="session")
def fake_retriever(default_article: Article) -> Retriever:
    """The default article behind the fake embedding model: quick, and the right passage wins."""
    model = HashedWordsModel()
    return Retriever(build_index(default_article, model, IndexSettings()), model)


@pytest.fixture(scope="session")
def fake_pipeline(default_article: Article, fake_retriever: Retriever) -> QAPipeline:
    """Answers with whole sentences of the default article."""
    return QAPipeline(
        default_article, fake_retriever, SentenceReader(min_score=0.3), AnswerLimits()
    )


@pytest.fixture(scope="session")
def sure_pipeline(default_article: Article, fake_retriever: Retriever) -> QAPipeline:
    """Is sure of an answer of two words."""
    reader = PreparedReader(found_in(default_article, "east Mosul", 0.93128))
    return QAPipeline(default_article, fake_retriever, reader, AnswerLimits())


@pytest.fixture(scope="session")
def values_pipeline(default_article: Article, fake_retriever: Retriever) -> QAPipeline:
    """Finds two values, the likelier one behind the other in the article."""
    reader = PreparedReader(
        found_in(default_article, "nine months", 0.9),
        found_in(default_article, "eight months", 0.4),
        has_values=True,
    )
    return QAPipeline(default_article, fake_retriever, reader, AnswerLimits())


@pytest.fixture(scope="session")
def unsure_pipeline(default_article: Article, fake_retriever: Retriever) -> QAPipeline:
    """Finds words that are too unsure to be an answer."""
    reader = PreparedReader(found_in(default_article, "east Mosul", 0.5))
    return QAPipeline(default_article, fake_retriever, reader, AnswerLimits())


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every command use the fake embedding model, and answer with whole sentences."""
    monkeypatch.setenv("READER_MODEL", "none")
    # The assembly last: what is imported here for the first time is to import the real one.
    for module in ("bot.index_command", "bot.evaluation.runner", "bot.assembly"):
        monkeypatch.setattr(f"{module}.embedding_model", lambda _settings: HashedWordsModel())


@pytest.fixture
def run(
    fake_model: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in this process, with the fake embedding model and whole sentences."""

    def run_command(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        output = capsys.readouterr()
        code = leaving.value.code
        assert isinstance(code, int)
        return code, output.out, output.err

    return run_command
