"""`Answer` → a Telegram message: the words first, the evidence folded away below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answer import Answer, Citation
from bot.places import Place, name_beside
from bot.render import verdict_sentence
from bot.telegram_app.text.context import context_of
from bot.telegram_app.text.direction import bare, isolated
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS, cut, split
from bot.telegram_app.text.units import is_blank, one_clean_line
from index.joined import JoinedArticle
from index.passages import Passage
from index.spans import Span

_CLOSEST_PASSAGES = 3
# In UTF-16 units: longer ones would hide what they stand beside.
_MAX_TITLE_UNITS = 200
_MAX_ASKER_UNITS = 64
# What stands between quotation marks, at the odd places of a split.
_QUOTED = re.compile("(?<=“)([^”]+)(?=”)")
_NEW_LINE = RichText("\n")
_BLANK_LINE = RichText("\n\n")


@dataclass(frozen=True, slots=True)
class AnswerMessage:
    """An answer as it is sent.

    Attributes:
        parts: one message each, in order; at least one, none of them blank or too long.
    """

    parts: tuple[RichText, ...]


def answer_message(
    answer: Answer,
    asker: str | None = None,
    limit: int = MAX_MESSAGE_UNITS,
    *,
    in_context: bool = False,
) -> AnswerMessage:
    """Return an answer as messages.

    Args:
        answer: what to tell.
        asker: name of the person who asked, where there are several.
        limit: longest message, in UTF-16 units.
        in_context: whether to show the paragraphs around each citation, not only its sentence.
    """
    if answer.text is not None:
        blocks = _answered(answer, in_context)
    else:
        blocks = _not_answered(answer, in_context)
    text = _BLANK_LINE.join(blocks)
    name = one_clean_line(asker or "")
    if not is_blank(name):
        text = isolated(cut(RichText(name), _MAX_ASKER_UNITS)) + ":\n" + text
    return AnswerMessage(tuple(split(text, limit)))


def asker_in(text: str) -> str:
    """Return the name that the first line of an answer gives, if it names who asked."""
    return bare(text.partition("\n")[0].removesuffix(":"))


def cited_sentence(citation: Citation, answer: Answer) -> RichText:
    """Return the sentence of a citation with its words marked, and where it stands."""
    return _marked_sentence(citation).styled(Style.BLOCKQUOTE) + "\n" + _source(citation, answer)


def cited_context(citation: Citation, answer: Answer) -> RichText:
    """Return what stands around a citation with its words marked, and where it stands."""
    return _context(citation) + "\n" + _source(citation, answer)


def passage_source(answer: Answer, passage: Passage, number: int | None = None) -> RichText:
    """Return where a passage stands, with its article where several were asked."""
    place = Place.of(answer.article, Span(passage.start, passage.end), passage.paragraph)
    where = place.spoken() if number is None else f"{number} · {place.spoken()}"
    name = name_beside(answer.article, place.article)
    if name and isinstance(answer.article, JoinedArticle):
        line = RichText(where) + " · " + _title(name)
    else:
        line = RichText(where)
    return line.styled(Style.ITALIC)


def _answered(answer: Answer, in_context: bool) -> Iterator[RichText]:
    yield _NEW_LINE.join(
        _isolated_bold(citation.quote) + f" [{citation.number}]" for citation in answer.citations
    )
    for citation in answer.citations:
        if in_context:
            yield cited_context(citation, answer)
        else:
            yield _folded(_marked_sentence(citation)) + "\n" + _source(citation, answer)


def _not_answered(answer: Answer, in_context: bool) -> Iterator[RichText]:
    verdict = RichText(verdict_sentence(answer)).styled(Style.BOLD)
    yield verdict + " " + _reason(answer.reason) if answer.reason else verdict
    if answer.closest is not None:
        closest = answer.closest
        evidence = _context(closest) if in_context else _folded(_marked_sentence(closest))
        yield RichText("Closest: ") + _place_and_title(closest, answer) + "\n" + evidence
    elif answer.passages:
        yield RichText("Closest passages:\n") + _folded(_BLANK_LINE.join(_closest(answer)))


def _reason(reason: str) -> RichText:
    """Return a reason with the words that it takes from the question set off."""
    pieces = enumerate(_QUOTED.split(reason))
    return RichText().join(isolated(RichText(piece)) if n % 2 else piece for n, piece in pieces)


def _closest(answer: Answer) -> Iterator[RichText]:
    for scored in answer.passages[:_CLOSEST_PASSAGES]:
        yield passage_source(answer, scored.passage) + "\n" + scored.passage.text


def _isolated_bold(words: str) -> RichText:
    return isolated(RichText(one_clean_line(words)).styled(Style.BOLD))


def _folded(evidence: RichText) -> RichText:
    return evidence.styled(Style.EXPANDABLE_BLOCKQUOTE)


def _marked_sentence(citation: Citation) -> RichText:
    """Return the sentence as the article has it, with the words marked."""
    return _marked(citation, citation.sentence, citation.sentence_start)


def _context(citation: Citation) -> RichText:
    """Return the paragraphs around, with the words marked; not folded, as somebody wants them."""
    article = citation.article
    around = context_of(article, citation.paragraph)
    span = Span(min(around.start, citation.start), max(around.end, citation.end))
    return _marked(citation, article.quote(span), span.start).styled(Style.BLOCKQUOTE)


def _marked(citation: Citation, text: str, text_start: int) -> RichText:
    """Return a piece of the article with a citation's words marked."""
    piece = RichText(text)
    start = max(citation.start - text_start, 0)
    end = max(citation.end - text_start, start)
    words = piece.slice(start, end).styled(Style.UNDERLINE).styled(Style.BOLD)
    return piece.slice(0, start) + words + piece.slice(end, len(text))


def _source(citation: Citation, answer: Answer) -> RichText:
    """Return where the words stand, on a faint line."""
    line = RichText(f"[{citation.number}] ") + _place_and_title(citation, answer)
    return line.styled(Style.ITALIC)


def _place_and_title(citation: Citation, answer: Answer) -> RichText:
    where, title = RichText(citation.spoken_place()), name_beside(answer.article, citation.article)
    if not title:
        return where
    return where + " · " + _title(title)


def _title(title: str) -> RichText:
    return isolated(cut(RichText(one_clean_line(title)), _MAX_TITLE_UNITS))
