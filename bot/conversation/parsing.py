"""Taking a question apart.

Rules over closed lists of words, no tagger. They know the shapes that questions have ("How many
people have been displaced from Mosul?", "Who built the chapel?", "Does the ferry take cars?"), and
what does not fit any of them has no parts that could be exchanged.
"""

from bot.conversation.frame import ASKS_FOR_NOUN, Chunk, Frame
from bot.conversation.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    BEEN,
    DETERMINERS,
    DO,
    HAVE,
    PERSONAL,
    POSSESSIVES,
    PREPOSITIONS,
    WH,
    Word,
    is_participle,
    is_plural,
    quoted_spans,
    words_of,
)


def frame_of(question: str) -> Frame:
    """Take a question apart."""
    text = question.rstrip(" ?!.…")
    return _Parser(text, tuple(words_of(text))).frame()


class _Parser:
    def __init__(self, text: str, words: tuple[Word, ...]) -> None:
        self._text = text
        self._words = words
        self._quoted = quoted_spans(text)
        self._chunks: list[Chunk] = []
        self._verb: int | None = None

    def frame(self) -> Frame:
        wh, head = self._find_wh()
        at = wh[1] if wh else 0
        auxiliary = at if self._lower(at) in AUXILIARIES else None
        if auxiliary is not None and wh is not None and self._is_main_verb(auxiliary, head):
            auxiliary = None
        if auxiliary is None and wh is None:
            self._read_nouns(0, needs_verb=False)
            return self._made(None, "", None, is_inverted=False)
        if auxiliary is None:
            # "When American companies failed, …" is no question yet.
            self._read_nouns(at, needs_verb=head in ASKS_FOR_NOUN, subject_first=False)
            return self._made(wh, head, None, is_inverted=False)
        is_inverted = self._is_inverted(auxiliary, head)
        self._read_nouns(
            auxiliary + 1, needs_verb=self._needs_verb(auxiliary), subject_first=is_inverted
        )
        return self._made(wh, head, auxiliary, is_inverted=is_inverted)

    def _made(
        self, wh: tuple[int, int] | None, head: str, auxiliary: int | None, *, is_inverted: bool
    ) -> Frame:
        chunks = tuple(self._chunks)
        return Frame(self._text, self._words, wh, head, auxiliary, is_inverted, self._verb, chunks)

    def _lower(self, at: int) -> str:
        return self._words[at].lower if 0 <= at < len(self._words) else ""

    def _find_wh(self) -> tuple[tuple[int, int] | None, str]:
        """Find what is asked for, at the beginning or behind a mark; note the noun in it."""
        for at, word in enumerate(self._words):
            opens = at == 0 or self._words[at - 1].is_mark
            follows = at == 1 and self._lower(0) in PREPOSITIONS
            if word.lower not in WH or not (opens or follows) or self._is_quoted(word):
                continue
            first = at - 1 if follows else at
            if word.lower == "how":
                return self._how(first, at)
            if word.lower in {"what", "which", "whose"}:
                return (first, self._asked_noun(at + 1)), word.lower
            return (first, at + 1), word.lower
        return None, ""

    def _how(self, first: int, at: int) -> tuple[tuple[int, int], str]:
        behind = self._lower(at + 1)
        if not behind or behind in AUXILIARIES:
            return (first, at + 1), "how"
        end = at + 2
        if behind in {"many", "much", "few"}:
            return (first, self._asked_noun(end)), behind
        if self._lower(end) in {"a", "an"}:
            return (first, self._asked_noun(end + 1)), behind
        return (first, end), behind

    def _asked_noun(self, first: int) -> int:
        """Return the position behind the noun that a question word goes with."""
        end = first
        while self._is_content(end) or (end > first and self._lower(end) == "of"):
            end += 1
        if self._lower(end) not in AUXILIARIES and end > first:
            is_lone_noun = end - first == 1 and (
                end == len(self._words) or is_plural(self._lower(first))
            )
            end = end if is_lone_noun else end - 1
        if end > first:
            self._chunks.append(Chunk(first, end, is_asked=True))
        return end

    def _is_main_verb(self, at: int, head: str) -> bool:
        """Whether it is the "had" of "Who had the job before?"."""
        if self._lower(at) not in HAVE or head not in ASKS_FOR_NOUN:
            return False
        if self._lower(at + 1) in PERSONAL | BEEN:
            return False
        later = self._words[at + 1 :]
        return bool(later) and not any(is_participle(word.lower) for word in later)

    def _is_inverted(self, auxiliary: int, head: str) -> bool:
        if self._lower(auxiliary) in DO or head not in ASKS_FOR_NOUN | {"few"}:
            return True
        following = self._lower(auxiliary + 1)
        if following in BEEN or is_participle(following):
            return False
        subject = self._words[auxiliary + 1 : auxiliary + 2]
        return bool(subject) and (
            following in DETERMINERS | POSSESSIVES | PERSONAL or subject[0].is_capitalised
        )

    def _needs_verb(self, auxiliary: int) -> bool:
        if self._lower(auxiliary) not in BE:
            return True
        return any(
            is_participle(word.lower) and not word.is_capitalised
            for word in self._words[auxiliary + 1 :]
        )

    def _read_nouns(self, at: int, *, needs_verb: bool, subject_first: bool = True) -> None:
        """Gather the nouns from a position on, and the verb among them."""
        seeks = needs_verb
        while at < len(self._words):
            lower = self._lower(at)
            is_passive = self._lower(at - 1) in BEEN and is_participle(lower)
            is_verb = self._is_content(at) or (not subject_first and lower in HAVE)
            if seeks and (is_passive or not subject_first) and is_verb:
                self._verb, seeks = at, False
                at += 1
            elif lower in DETERMINERS | POSSESSIVES or self._is_content(at):
                at, seeks = self._read_noun(at, seeks=seeks)
            else:
                # "does she swim": behind a pronoun comes the verb.
                subject_first = subject_first and lower not in PERSONAL
                at += 1

    def _read_noun(self, first: int, *, seeks: bool) -> tuple[int, bool]:
        start = first
        while self._lower(start) in DETERMINERS | POSSESSIVES:
            start += 1
        end = start
        while self._is_content(end) and not self._begins_number(end, start):
            end += 1
        limit = self._verb_place(start, end) if seeks else None
        before = self._lower(first - 1)
        preposition = before if before in PREPOSITIONS else ""
        stop = end if limit is None else limit
        if stop > start:
            self._chunks.append(Chunk(first, stop, preposition))
        if limit is not None:
            self._verb = limit
            return max(limit + 1, first + 1), False
        return max(end, first + 1), seeks

    def _begins_number(self, at: int, start: int) -> bool:
        """Whether it is the "16" of "does the recipe make 16 dumplings"."""
        if at == start or self._words[at - 1].is_capitalised:
            return False
        return self._words[at].is_number and not self._words[at - 1].is_number

    def _verb_place(self, start: int, end: int) -> int | None:
        """Return which of the words behind an auxiliary is the verb, the subject in front of it."""
        at = start
        while at < end and (
            self._words[at].is_capitalised or (at > start and self._words[at].is_number)
        ):
            at += 1
        if start < at < end:
            return at
        # "Did sales of oat drinks grow": the subject goes on.
        if at == end or end - start < 2 or self._lower(end) == "of":
            return None
        # "Does the ferry take cars", but "did the bicycle works close".
        takes_object = end - start > 2 and is_plural(self._lower(end - 1))
        return end - 2 if takes_object else end - 1

    def _is_content(self, at: int) -> bool:
        if at >= len(self._words):
            return False
        word = self._words[at]
        if word.is_mark or word.lower in ADVERBS or self._is_quoted(word):
            return False
        return not word.is_function_word or (word.is_capitalised and at > 0 and _is_month(word))

    def _is_quoted(self, word: Word) -> bool:
        return any(span.start <= word.start < span.end for span in self._quoted)


def _is_month(word: Word) -> bool:
    return word.lower == "may"
