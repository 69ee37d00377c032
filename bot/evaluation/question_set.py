"""`QuestionSet`: questions with gold answers, and the articles that they are asked of."""

from dataclasses import dataclass, field

from index.article import Article
from index.errors import ArticleBotError
from index.spans import Span


class EvaluationError(ArticleBotError):
    """A question set, a run, a gate or a place for the results cannot be used."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and what a right answer to it is.

    Attributes:
        id: unique in its set.
        text: the question.
        article: key of the article that it is asked of.
        answers: acceptable answers, verbatim; empty if the article does not say.
        spans: where the article says so, in offsets of `Article.text`: each occurrence of an answer
            that the set names (SQuAD: by `answer_start`; ours: inside the evidence).
        evidence: spans of the sentences that give the answer.
        paragraphs: numbers of the paragraphs that the spans and the evidence are in; for every
            question of a SQuAD set, also without an answer, the paragraph that it was written for.
        values: where the article gives several answers, the alternatives for each; else empty.
        tags: for grouping.
    """

    id: str
    text: str
    article: str
    answers: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    evidence: tuple[Span, ...] = ()
    paragraphs: tuple[int, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        """Whether the article answers it."""
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions on one or more articles.

    Attributes:
        name: of the file.
        format: which of the two formats it is in.
        sha256: of the file, in hexadecimal.
        articles: by key, in the file's order.
        questions: in the file's order.
        problems: one sentence for each gold answer or evidence that is not in its article.
    """

    name: str
    format: str
    sha256: str
    articles: dict[str, Article]
    questions: tuple[GoldQuestion, ...]
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class QuestionSetContent:
    """What a file holds, gathered while it is read; the fields are those of `QuestionSet`."""

    articles: dict[str, Article] = field(default_factory=dict)
    questions: list[GoldQuestion] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
