import io
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from bot.cli import main
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.sentence_reader import SentenceReader
from index.article import Article, read_default_article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever

# Arguments and standard input of the command → exit code, standard output, standard error.
Run = Callable[..., tuple[int, str, str]]

# A busy machine is no failure: how long an example takes is a matter for benchmarks.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


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


@pytest.fixture(scope="session")
def default_article() -> Article:
    return read_default_article()


@pytest.fixture(scope="session")
def fake_pipeline(default_article: Article) -> QAPipeline:
    """The default article behind the fake embedding model: quick, and the right passage wins."""
    model = HashedWordsModel()
    index = build_index(default_article, model, IndexSettings())
    return QAPipeline(
        default_article, Retriever(index, model), SentenceReader(min_score=0.3), AnswerLimits()
    )


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every command use the fake embedding model."""
    # The assembly last: what is imported here for the first time is to import the real one.
    for module in ("bot.index_command", "bot.evaluation.runner", "bot.assembly"):
        monkeypatch.setattr(f"{module}.embedding_model", lambda _settings: HashedWordsModel())


@pytest.fixture
def run(
    fake_model: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in this process, with the fake embedding model."""

    def run_command(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as leaving:
            main(arguments)
        output = capsys.readouterr()
        code = leaving.value.code
        assert isinstance(code, int)
        return code, output.out, output.err

    return run_command
