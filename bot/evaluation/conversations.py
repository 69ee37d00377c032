"""Asking a set of conversations, and how many of the follow-ups are answered.

Each conversation is asked in one session, question by question, and each question is understood by
what the bot itself answered before, right or wrong. A turn counts as

- *answered right* if the article answers it, the bot answers, and a citation of it has a token F1
  of at least 0.5 with an accepted answer or lies in a sentence of the evidence;
- *best words right* if the same holds of the best words that were found, shown as an answer or not;
- both, if the article does not answer it and the bot does not answer either.

"Who said that?" is answered by who said the last answer's sentence; both that sentence and the one
that names the speaker are cited. Beside it stands what the reader makes of the same questions
written in full by a person, each asked by itself: what understanding alone could reach.
"""

import time
from datetime import UTC, datetime
from pathlib import Path

from bot.answer import Answer
from bot.assembly import Parts, embedding_model, open_index, pipeline_of, reader_of
from bot.conversation.names import Names
from bot.conversation.session import Conversation, ConversationLimits, Understood
from bot.conversation.turn import Turn
from bot.conversation.who_said import answer_naming, speaker_of
from bot.evaluation.conversation_judging import Given
from bot.evaluation.conversation_report import ConversationReport, TurnResult
from bot.evaluation.conversation_set import (
    DEFAULT,
    GoldConversation,
    GoldTurn,
    read_conversations,
)
from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.speakers.attribution import Speakers
from index.article import Article, read_default_article
from index.reporter import Reporter
from index.sources.reading import read_article


def evaluate_conversations(
    path: Path,
    settings: Settings,
    reporter: Reporter | None = None,
    *,
    held_out: bool = False,
) -> ConversationReport:
    """Ask the conversations of a set.

    Args:
        path: of the set.
        settings: of the pipeline.
        reporter: told of the progress.
        held_out: whether those are asked that are kept for a final figure, or the others.

    Raises:
        EvaluationError: if the set cannot be read.
        ArticleBotError: if an article, a model or an index cannot be used.
    """
    reporter = reporter or Reporter()
    talks = [talk for talk in read_conversations(path) if talk.held_out == held_out]
    opened = _Articles(path.parent, settings, reporter)
    results: list[TurnResult] = []
    for number, talk in enumerate(talks, start=1):
        results += opened.of(talk.article).ask(talk)
        reporter.progress(number, len(talks), "Asking")
    return ConversationReport(tuple(results))


class _Articles:
    """The articles of a set, each opened once, behind models that are loaded once."""

    def __init__(self, folder: Path, settings: Settings, reporter: Reporter) -> None:
        self._folder, self._settings, self._reporter = folder, settings, reporter
        self._model, self._reader = embedding_model(settings), reader_of(settings)
        self._opened: dict[str, Asker] = {}

    def of(self, name: str) -> "Asker":
        if name not in self._opened:
            is_default = name == DEFAULT
            article = read_default_article() if is_default else self._read(name)
            index = open_index(self._settings, article, self._model, self._reporter)
            pipeline = pipeline_of(self._settings, article, Parts(index, self._model, self._reader))
            limits = ConversationLimits(
                self._settings.conversation_turns, self._settings.conversation_minutes
            )
            self._opened[name] = Asker(article, pipeline, limits)
        return self._opened[name]

    def _read(self, name: str) -> Article:
        return read_article(str(self._folder / name))


class Asker:
    """Asks conversations about one article."""

    def __init__(
        self,
        article: Article,
        pipeline: QAPipeline,
        limits: ConversationLimits,
    ) -> None:
        """Take what answers.

        Args:
            article: that is asked.
            pipeline: of the article.
            limits: of a conversation.
        """
        self._article, self._pipeline, self._limits = article, pipeline, limits
        self._names = Names(article)
        self._speakers = Speakers(article)
        # So that the first question's time is not that of loading.
        pipeline.answer("Who?")

    def ask(self, talk: GoldConversation) -> list[TurnResult]:
        """Ask a conversation from its beginning."""
        conversation = Conversation(self._article, self._limits, names=self._names)
        return [self._turn(talk, turn, conversation) for turn in talk.turns]

    def _turn(
        self, talk: GoldConversation, turn: GoldTurn, conversation: Conversation
    ) -> TurnResult:
        started = time.perf_counter()
        understood = conversation.understand(turn.question)
        answer = self._pipeline.answer(understood.question)
        seconds = time.perf_counter() - started
        given = self._given(answer, understood)
        if understood.about is not None:
            said = speaker_of(understood.about, self._article, self._speakers)
            answer = answer_naming(answer, said, understood.about.paragraph)
        conversation.remember(turn.question, answer, datetime.now(UTC))
        full = answer
        full_seconds = seconds
        if turn.standalone is not None:
            started = time.perf_counter()
            full = self._pipeline.answer(turn.standalone)
            full_seconds = time.perf_counter() - started
        in_full = self._given(full, None)
        return TurnResult(
            talk.id,
            turn,
            understood,
            given.words,
            given.is_answered,
            given.answers(turn),
            given.finds(turn),
            in_full.answers(turn),
            in_full.finds(turn),
            seconds,
            full_seconds,
        )

    def _given(self, answer: Answer, understood: Understood | None) -> Given:
        if understood is not None and understood.about is not None:
            return self._speaker(understood.about)
        best = answer.best_span
        texts = [citation.quote for citation in answer.citations]
        sentences = [citation.sentence for citation in answer.citations]
        return Given(
            answer.verdict == "answered",
            tuple(texts),
            tuple(sentences),
            self._article.quote(best.span) if best else "",
            self._article.quote(best.sentence) if best else "",
        )

    def _speaker(self, about: Turn) -> Given:
        said = speaker_of(about, self._article, self._speakers)
        sentence = self._article.quote(about.sentence)
        if said.label == "not_named":
            return Given(False, (), (), "", "")
        words = sentence if said.speaker is None else self._article.quote(said.speaker)
        return Given(True, (words,), (sentence,), words, sentence)
