"""What another process does in the tests of the store: it opens an index, and tells of it."""

from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from index.embedding import FloatArray, Progress
from index.index_store import IndexStore
from index.lexical import LexicalIndex
from index.passage_index import IndexSettings
from index.reporter import Reporter
from index.sources.reading import read_article
from tests.fake_models import CountingModel


class _HeldModel(CountingModel):
    """Says that it embeds, and waits to be told to go on."""

    def __init__(self, line: Connection) -> None:
        super().__init__()
        self._line = line

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        self._line.send("embedding")
        self._line.recv()
        return super().encode_passages(texts, progress)


class _TellingReporter(Reporter):
    def __init__(self, line: Connection) -> None:
        self._line = line

    def notice(self, message: str) -> None:
        self._line.send(message)


def open_index(line: Connection, data_dir: Path, source: str, hold: str | None) -> None:
    """Open an article's index and send how many texts were embedded, and the passages.

    Args:
        line: to the process that watches.
        data_dir: where indexes are.
        source: path of the article.
        hold: "embedding" or "writing" to say so and wait there, None for neither.
    """
    model = _HeldModel(line) if hold == "embedding" else CountingModel()
    if hold == "writing":
        save = LexicalIndex.save

        def held(self: LexicalIndex, directory: Path) -> None:
            line.send("writing")
            line.recv()
            save(self, directory)

        LexicalIndex.save = held  # type: ignore[method-assign]
    store = IndexStore(data_dir, _TellingReporter(line))
    index = store.open(read_article(source), model, IndexSettings())
    line.send((len(model.embedded), index.passages))
