"""Questions to begin with: few, and each one is answered by the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.pipeline import QAPipeline
from bot.render import one_line
from index.article import Article
from index.errors import QuestionError
from index.sentences import split_sentences
from index.spans import Span

SUGGESTIONS = 3

# Asking takes a while, and the bot is to start soon.
_MOST_TRIED = 12
_PARAGRAPHS_LOOKED_AT = 200
# In code points: longer ones do not fit on a button.
_MAX_QUESTION_LENGTH = 60

# Asked of any article; the first stands before what its own sentences suggest, the others behind.
_ABOUT_ANY = ("Who wrote this?", "When was this published?", "What is the headline?")

# Words that begin a sentence in front of a name, or stand for one.
_NO_NAME = "And|As|At|But|For|He|His|Her|If|In|It|On|She|So|The|Then|They|We|When|While|Yet"
_NAME = rf"\b(?!(?:{_NO_NAME})\b)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+"
_ROLES = """
    actor actress ambassador analyst artist author captain chair chairman chairwoman chief coach
    commander commissioner coordinator designer developer director doctor economist editor engineer
    executive founder general governor head historian inventor judge king lawyer leader manager
    mayor minister musician officer official owner philosopher physicist player poet president
    prince princess producer professor queen researcher scientist secretary senator singer
    spokesman spokesperson spokeswoman teacher writer
"""
_PARTICIPLE = (
    r"(?:(?!indeed\b|need\b)[a-z]+ed|born|broken|built|chosen|driven|fallen|found|given|held|lost"
    r"|made|sent|shown|sold|stolen|taken|written)\b"
)
# "Lise Grande, the United Nations humanitarian coordinator"
_WHO = re.compile(
    rf"(?P<name>{_NAME}), (?:the|an?)(?: [\w’'-]+){{0,5}} (?:{'|'.join(_ROLES.split())})\b"
)
_PLACE = r"(?: (?:at|by|from|in|of|to)(?: the)? (?!\d)[\w’'-]+)"
# "An estimated 862,000 people have been displaced from Mosul": no year, and nothing left open.
_HOW_MANY = re.compile(
    r"(?<![\d.,])(?!(?:1[5-9]|20)\d\d )\d[\d.,]* (?P<what>(?:[a-z]{3,}s|people|men|women|children)"
    rf" (?:(?:(?:have|has|had) been|were|are) {_PARTICIPLE}{_PLACE}?"
    rf"|(?:have|has|had) {_PARTICIPLE}{_PLACE}))(?![\w’'-])"
)
# "The old mill was built in 1871"
_WHEN = re.compile(
    rf"^(?P<thing>(?:(?:The|An?)(?: [\w’'-]+){{1,4}}|{_NAME})) (?P<verb>was|were)"
    rf" (?P<done>{_PARTICIPLE}) (?:in|on) (?:\d{{1,2}} )?(?:[A-Z][a-z]+ )?(?:\d{{1,2}}, )?\d{{4}}\b"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be suggested.

    Attributes:
        text: the question.
        sentence: where the answer has to be; None for the header.
    """

    text: str
    sentence: Span | None = None


def suggested_questions(pipeline: QAPipeline) -> tuple[str, ...]:
    """Return questions that the article answers; takes as long as asking twelve of them.

    Those made from a sentence count only if the answer is found in just this sentence, and those
    about the article itself only if a header line answers. The rules are for English; another
    article gets questions about its header lines, or none.

    Args:
        pipeline: is asked.

    Returns:
        Three at most.
    """
    found: list[str] = []
    for tried, candidate in enumerate(_candidates(pipeline.article)):
        if len(found) == SUGGESTIONS or tried == _MOST_TRIED:
            break
        if candidate.text not in found and _is_answered(pipeline, candidate):
            found.append(candidate.text)
    return tuple(found)


def _candidates(article: Article) -> Iterator[_Candidate]:
    first, *others = _ABOUT_ANY
    yield _Candidate(first)
    own = list(_own_questions(article))
    # Not all of one kind, nor all from the first paragraphs.
    kinds = [[one for kind, one in own if kind == wanted] for wanted in ("many", "who", "when")]
    for number in range(max(map(len, kinds))):
        for kind in kinds:
            yield from kind[number : number + 1]
    yield from map(_Candidate, others)


def _own_questions(article: Article) -> Iterator[tuple[str, _Candidate]]:
    """Yield what the article's sentences answer, with the kind of each question."""
    for paragraph in article.paragraphs[:_PARAGRAPHS_LOOKED_AT]:
        if paragraph.kind == "text":
            for sentence in split_sentences(article.text, Span(paragraph.start, paragraph.end)):
                for kind, question in _questions_of(one_line(article.quote(sentence))):
                    if len(question) <= _MAX_QUESTION_LENGTH:
                        yield kind, _Candidate(question, sentence)


def _questions_of(sentence: str) -> Iterator[tuple[str, str]]:
    if found := _HOW_MANY.search(sentence):
        yield "many", f"How many {found['what']}?"
    if found := _WHO.search(sentence):
        yield "who", f"Who is {found['name']}?"
    if found := _WHEN.search(sentence):
        thing = re.sub("^(The|An?) ", lambda article: article[0].lower(), found["thing"])
        yield "when", f"When {found['verb']} {thing} {found['done']}?"


def _is_answered(pipeline: QAPipeline, candidate: _Candidate) -> bool:
    try:
        answer = pipeline.answer(candidate.text)
    except QuestionError:
        # Longer than the settings allow.
        return False
    if answer.verdict != "answered":
        return False
    wanted = candidate.sentence
    if wanted is None:
        return all(one.paragraph == 0 for one in answer.citations)
    return any(wanted.start <= one.start < wanted.end for one in answer.citations)
