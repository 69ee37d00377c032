"""What a reply quotes of an article's message, and a citation to copy."""

from dataclasses import dataclass

from telegram import MessageEntity
from telegram.constants import InlineKeyboardButtonLimit

from bot.answer import Citation
from bot.render import spoken_date
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.splitting import cut
from bot.telegram_app.text.units import (
    fitting_end,
    fitting_start,
    is_blank,
    one_clean_line,
    utf16_length,
)
from bot.text_bounds import bound_before, bound_behind, grapheme_bounds
from index.spans import Span, stripped

# The Bot API's documentation of `ReplyParameters.quote`; in UTF-16 units.
MAX_QUOTE_UNITS = 1024
MAX_COPY_UNITS = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)

_KEPT_IN_QUOTES = {MessageEntity.BOLD, MessageEntity.ITALIC, MessageEntity.UNDERLINE}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a message that a reply quotes.

    Attributes:
        text: the words, as the message has them.
        position: where they begin in the message, in UTF-16 units.
    """

    text: RichText
    position: int

    def entities(self) -> tuple[MessageEntity, ...]:
        """Return the entities that Telegram compares with the message's, for `quote_entities`."""
        return tuple(entity for entity in self.text.entities() if entity.type in _KEPT_IN_QUOTES)


def quote_of(
    part: RichText, sentence: Span, words: Span | None = None, limit: int = MAX_QUOTE_UNITS
) -> Quote | None:
    """Return what a reply quotes of a message.

    Args:
        part: the message.
        sentence: the evidence in it, in code points.
        words: the words in the sentence that answer: a sentence that is too long is cut around
            them, between words, or else between graphemes; its beginning is taken if None.
        limit: longest quote, in UTF-16 units, at least 2.

    Returns:
        None if there is nothing to see in this place.
    """
    plain = part.plain()
    span = stripped(plain, _inside(sentence, Span(0, len(plain))))
    if utf16_length(plain[span.start : span.end]) > limit:
        middle = _inside(words or Span(span.start, span.start), span)
        span = stripped(plain, _around(plain, span, middle, limit))
    if is_blank(plain[span.start : span.end]):
        return None
    return Quote(part.slice(span.start, span.end), utf16_length(plain[: span.start]))


def copy_text(citation: Citation, limit: int = MAX_COPY_UNITS) -> str:
    """Return a citation to be pasted elsewhere: “quote” — title, author, date, paragraph, address.

    Facts that do not fit are left out, the last first; a quote that does not fit is cut.

    Args:
        citation: the words.
        limit: longest text, in UTF-16 units, at least 3.
    """
    article, paragraph = citation.article, citation.spoken_place()
    facts = (article.title, article.author, spoken_date(article), paragraph, article.url)
    known = [one_clean_line(fact) for fact in facts if fact and not is_blank(fact)]
    words = RichText(one_clean_line(citation.quote))
    for count in range(len(known), -1, -1):
        text = f"“{words.plain()}”" + (" — " + ", ".join(known[:count]) if count else "")
        if utf16_length(text) <= limit:
            return text
    return f"“{cut(words, limit - len('“”')).plain()}”"


def _inside(span: Span, outer: Span) -> Span:
    """Return what of a span is in another."""
    start = min(max(span.start, outer.start), outer.end)
    return Span(start, max(start, min(span.end, outer.end)))


def _around(text: str, sentence: Span, words: Span, limit: int) -> Span:
    """Return the part of a long sentence that has the words in its middle."""
    bounds = grapheme_bounds(text)
    room = limit - utf16_length(text[words.start : words.end])
    if room < 0:
        end = fitting_end(text, words.start, limit)
        return Span(words.start, _word_end(text, Span(words.start + 1, end), bounds))
    before = utf16_length(text[sentence.start : words.start])
    behind = utf16_length(text[words.end : sentence.end])
    # What one side does not need is the other's.
    before = min(before, max(room // 2, room - behind))
    first = fitting_start(text, words.start, before)
    last = min(fitting_end(text, words.end, room - before), sentence.end)
    if first > sentence.start:
        first = _word_start(text, Span(first, words.start), bounds)
    if last < sentence.end:
        last = _word_end(text, Span(words.end, last), bounds)
    return Span(first, last)


def _word_start(text: str, span: Span, bounds: list[int]) -> int:
    """Return the first start of a word in a span (its end may be one), or else of a grapheme."""
    for at in range(max(span.start, 1), span.end + 1):
        if text[at - 1].isspace() and bound_before(bounds, at) == at:
            return at
    return min(bound_behind(bounds, span.start), span.end)


def _word_end(text: str, span: Span, bounds: list[int]) -> int:
    """Return the last end of a word in a span (its start may be one), or else of a grapheme."""
    for at in range(min(span.end, len(text) - 1), span.start - 1, -1):
        if text[at].isspace() and bound_before(bounds, at) == at:
            return at
    return max(bound_before(bounds, span.end), span.start)
