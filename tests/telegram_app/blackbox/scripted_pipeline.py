"""A pipeline without models whose answers a test writes into its questions."""

import os
import re
import signal
import socket
import time
from collections.abc import Sequence

from bot.answer import AnswerSpan
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.protocol import Reading
from bot.reader.sentence_reader import SentenceReader
from index.article import Article
from index.embedding import FloatArray, HashedWordsModel, Progress
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever, ScoredPassage
from index.sentences import split_sentences
from index.spans import Span

# How long every answer takes, and how long Telegram may take with its own, in seconds; the port
# of the test's `Gate`.
SECONDS, READ_SECONDS = "SCRIPTED_SECONDS", "SCRIPTED_READ_SECONDS"
GATE_PORT = "SCRIPTED_GATE_PORT"
# Set: the bot does not keep to Telegram's 30 messages a second.
NO_LIMITS = "SCRIPTED_NO_LIMITS"
# A question with these words, or an article while it is indexed, waits at the gate, or ends the
# process.
HELD, CRASH = "held", "crash now"
HELD_ARTICLE, CRASH_ARTICLE = "This passage is held.", "This passage is a crash."

ANSWER_FROM, UNSURE_FROM = 0.8, 0.3

_QUOTED = re.compile("«([^»]+)»")


class ScriptedModel(HashedWordsModel):
    """Waits at the gate, once, for what is to be held, and tells of progress."""

    def __init__(self) -> None:
        super().__init__()
        self._has_held = False

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        for number, text in enumerate(texts):
            if progress is not None:
                progress(number, len(texts))
            if HELD_ARTICLE in text and not self._has_held:
                self._has_held = True
                _wait_at_gate(HELD_ARTICLE)
                # The person, or the operator, may have waited for too long.
                if progress is not None:
                    progress(number, len(texts))
            if CRASH_ARTICLE in text:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().encode_passages(texts, progress)


class ScriptedReader:
    """Finds what the question says in «»; the best sentence where it says nothing so.

    "unsure «words»" makes the pipeline unsure of them, several are several values, and a question
    with "nothing" has no answer.
    """

    fingerprint = "scripted-1"
    threshold = ANSWER_FROM
    is_calibrated = True

    def __init__(self, article: Article) -> None:
        self._article = article
        self._sentences = SentenceReader(min_score=-1)

    def load(self) -> None:
        """There is nothing to load."""

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Reading:
        _work(question)
        if "nothing" in question:
            return _reading((), values=False)
        score = 0.5 if "unsure" in question else 0.93
        wanted = _QUOTED.findall(question)
        if not wanted:
            best = self._sentences.read(question, passages).spans[0]
            return _reading((_scored(best, score),), values=False)
        spans = tuple(find(self._article, words, score) for words in wanted)
        return _reading(spans, values=len(spans) > 1)


def scripted_pipeline(article: Article) -> QAPipeline:
    """Return the pipeline, over the article's own passages."""
    model = HashedWordsModel()
    retriever = Retriever(build_index(article, model, IndexSettings()), model)
    return QAPipeline(article, retriever, ScriptedReader(article), AnswerLimits())


def find(article: Article, words: str, score: float) -> AnswerSpan:
    """Return the first occurrence of words in one sentence of an article."""
    for paragraph in article.paragraphs:
        for sentence in split_sentences(article.text, Span(paragraph.start, paragraph.end)):
            start = article.text.find(words, sentence.start, sentence.end)
            if start >= 0:
                span = Span(start, start + len(words))
                return AnswerSpan(span, sentence, paragraph.number, score)
    raise ValueError(f"no sentence has {words!r}")


def _wait_at_gate(what: str) -> None:
    with socket.create_connection(("127.0.0.1", int(os.environ[GATE_PORT]))) as gate:
        gate.sendall(what.encode() + b"\n")
        gate.recv(1)


def _reading(spans: tuple[AnswerSpan, ...], *, values: bool) -> Reading:
    return Reading(
        spans,
        no_answer_score=ANSWER_FROM,
        unsure_from=UNSURE_FROM,
        values=tuple(sorted(spans, key=lambda one: one.span)) if values else (),
    )


def _scored(found: AnswerSpan, score: float) -> AnswerSpan:
    return AnswerSpan(found.span, found.sentence, found.paragraph, score)


def _work(question: str) -> None:
    if CRASH in question:
        os.kill(os.getpid(), signal.SIGKILL)
    if HELD in question:
        _wait_at_gate(question)
    # Not waiting for anything: an answer takes so long where a load is measured.
    time.sleep(float(os.environ.get(SECONDS, "0")))
