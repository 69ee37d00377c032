"""`Speeches`: who says each quotation, and each stretch of words, of an article."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from bot.speakers.interview import Interview
from bot.speakers.passages import HEADLINE, ReadArticle, ReadStatement
from bot.speakers.people import People
from bot.speakers.quotations import Quotation, ends_statement
from bot.speakers.reporting_verbs import INTRODUCING
from bot.speakers.resolving import Resolver
from bot.speakers.scopes import common, cue_for, nearest_cue
from bot.speakers.speaker import AUTHOR, NOT_NAMED, Speaker
from index.article import Article, count_words
from index.spans import Span, stripped

# So few words in marks are a name or a way of putting it, if nobody is said to have said them.
_MOST_SCARE_WORDS = 3
_LONG_WORD = 4
_TITLE_WORDS = 2
# Before words in marks that are a name for something, and nobody's statement.
_NAMING_LIST = """
    album article book called dubbed entitled essay expression film known labelled meaning meant
    means motto named names nicknamed novel phrase poem slogan so-called song term termed titled
    translated word words
"""
_NAMING = frozenset(_NAMING_LIST.split())


class Speeches:
    """Who says what."""

    def __init__(
        self, article: Article, read: ReadArticle, resolver: Resolver, people: People
    ) -> None:
        """Find the speaker of each quotation.

        Args:
            article: what was read.
            read: its statements and quotations.
            resolver: finds who is meant by the words for a source.
            people: everybody named in it.
        """
        self._text = article.text
        self._statements = read.statements
        self._starts = [statement.span.start for statement in read.statements]
        self._resolver = resolver
        self._interview = Interview(article, read.statements, resolver, people)
        self.quotations = read.quotations
        self._quotation_starts = [quotation.outer.start for quotation in read.quotations]
        self._by_quotation: dict[Quotation, Speaker] = {}
        self._by_speech: dict[int, Speaker] = {}
        for number in range(len(read.statements)):
            self._attribute_quotations(number)
        self._attribute_nested(read.nested)
        self._attribute_headlines()

    def speaker(self, span: Span) -> Speaker:
        """Return who says the words there: a quotation, a sentence or a clause."""
        span = stripped(self._text, span)
        quotation = self._quotation_around(span)
        if quotation is not None:
            return self.of_quotation(quotation)
        number = self._statement_at(span)
        return AUTHOR if number is None else self._of_part(number, span)

    def of_quotation(self, quotation: Quotation) -> Speaker:
        """Return who says a quotation."""
        found = self._by_quotation.get(quotation)
        if found is None and quotation.depth:
            return NOT_NAMED
        return found or self._by_speech.get(quotation.speech, NOT_NAMED)

    def quotations_in(self, sentence: Span) -> Iterator[Quotation]:
        """Yield the quotations that lie whole in a sentence."""
        position = bisect_left(self._quotation_starts, sentence.start)
        while position < len(self.quotations):
            quotation = self.quotations[position]
            if quotation.outer.start >= sentence.end:
                break
            if quotation.outer.end <= sentence.end:
                yield quotation
            position += 1

    def _attribute_quotations(self, number: int) -> None:
        statement = self._statements[number]
        for position, word in enumerate(statement.words):
            if word.quotation is None:
                continue
            speaker = self._of_quoted_word(number, position, word.quotation)
            if speaker is not None:
                self._by_quotation[word.quotation] = speaker
                self._by_speech.setdefault(word.quotation.speech, speaker)

    def _of_quoted_word(self, number: int, position: int, quotation: Quotation) -> Speaker | None:
        """Return who says a quotation; None if another paragraph of the speech may tell."""
        statement = self._statements[number]
        cue = nearest_cue(statement, position)
        is_called = cue is not None and (cue.is_frame or cue.verb == position - 1)
        if not is_called and self._is_name_for_something(statement, position, quotation):
            return AUTHOR
        if cue is not None:
            return self._resolver.speaker(number, cue.source)
        if quotation.speech in self._by_speech:
            return self._by_speech[quotation.speech]
        interviewed = self._interview.speaker(statement.paragraph)
        if interviewed is not None:
            return interviewed
        if _stands_alone(statement):
            return self._before_alone(number)
        words = count_words(self._text[quotation.inner.start : quotation.inner.end])
        scare = words <= _MOST_SCARE_WORDS and not ends_statement(self._text, quotation)
        return AUTHOR if scare else NOT_NAMED

    def _is_name_for_something(
        self, statement: ReadStatement, position: int, quotation: Quotation
    ) -> bool:
        before = statement.words[position - 1].lower if position else ""
        return before in _NAMING or self._is_title(quotation)

    def _is_title(self, quotation: Quotation) -> bool:
        """Whether the words are a title: all but the small ones begin with a capital."""
        text = self._text[quotation.inner.start : quotation.inner.end]
        words = [word for word in text.split() if len(word) >= _LONG_WORD]
        is_short = len(words) < _TITLE_WORDS or ends_statement(self._text, quotation)
        return not is_short and all(word[:1].isupper() for word in words)

    def _before_alone(self, number: int) -> Speaker | None:
        """Return who says a quotation that is a sentence of its own: who spoke right before."""
        statement = self._statements[number]
        if not number:
            return None
        before = self._statements[number - 1]
        if before.paragraph != statement.paragraph:
            introduced = before.words[-1].text == ":" and before.cues
            return (
                self._resolver.speaker(number - 1, before.cues[-1].source) if introduced else None
            )
        quoted = [word.quotation for word in before.words if word.quotation is not None]
        if quoted and (_stands_alone(before) or before.cues):
            return self._by_quotation.get(quoted[-1])
        if before.cues:
            return self._resolver.speaker(number - 1, before.cues[-1].source)
        introduces = any(word.text in INTRODUCING for word in before.words)
        return self._resolver.subject(number - 1) if introduces else None

    def _attribute_nested(self, nested: tuple[ReadStatement, ...]) -> None:
        for statement in nested:
            for position, word in enumerate(statement.words):
                cue = nearest_cue(statement, position) if word.quotation else None
                if word.quotation is not None and cue is not None:
                    speaker = self._resolver.in_statement(statement, cue.source)
                    self._by_quotation[word.quotation] = speaker

    def _attribute_headlines(self) -> None:
        """Let a headline's quotation be said by who says the same words in the article."""
        for statement in self._statements:
            if not statement.is_headline:
                continue
            for word in statement.words:
                if word.quotation is None or statement.cues:
                    continue
                same = self._same_words(word.quotation)
                if same is None and statement.paragraph == HEADLINE and _stands_alone(statement):
                    same = self._interview.only_interviewee
                if same is not None:
                    self._by_quotation[word.quotation] = same

    def _same_words(self, headline: Quotation) -> Speaker | None:
        words = self._folded(headline)
        for quotation in self.quotations:
            if quotation != headline and words in self._folded(quotation):
                return self.of_quotation(quotation)
        return None

    def _folded(self, quotation: Quotation) -> str:
        return self._text[quotation.inner.start : quotation.inner.end].casefold().rstrip(".,!?")

    def _quotation_around(self, span: Span) -> Quotation | None:
        """Return the innermost quotation that the words lie in."""
        position = bisect_right(self._quotation_starts, span.start)
        while position:
            position -= 1
            quotation = self.quotations[position]
            if quotation.outer.start <= span.start and span.end <= quotation.outer.end:
                return quotation
            if quotation.depth == 0:
                return None
        return None

    def _statement_at(self, span: Span) -> int | None:
        """Return the number of the statement that most of the words belong to."""
        number = max(0, bisect_right(self._starts, span.start) - 1)
        best, most = None, 0
        while number < len(self._statements):
            there = self._statements[number].span
            if there.start >= span.end:
                break
            shared = common(there, span)
            if shared > most:
                best, most = number, shared
            number += 1
        return best

    def _of_part(self, number: int, span: Span) -> Speaker:
        statement = self._statements[number]
        interviewed = self._interview.speaker(statement.paragraph)
        if interviewed is not None:
            return interviewed
        cue = cue_for(statement, span)
        if cue is not None:
            return self._resolver.speaker(number, cue.source)
        quoted = [word.quotation for word in statement.words if word.quotation is not None]
        if quoted and _stands_alone(statement):
            return self.of_quotation(quoted[0])
        return AUTHOR


def _stands_alone(statement: ReadStatement) -> bool:
    """Whether there is nothing but quotations in a statement."""
    return all(word.quotation is not None or word.is_mark for word in statement.words)
