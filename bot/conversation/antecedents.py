"""What a pronoun may mean: persons, things and places of the last questions and answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversation.frame import Chunk, Frame
from bot.conversation.names import Name, Names, describes_people, describes_person
from bot.conversation.nouns import (
    MOST_WORDS,
    begins_with,
    definite,
    is_clause,
    is_name,
    is_narrators,
    is_predicate,
    noun_of,
    person_noun,
    with_complement,
    without_preposition,
)
from bot.conversation.parsing import frame_of
from bot.conversation.turn import Turn
from bot.conversation.words import (
    DETERMINERS,
    HE,
    IT,
    POSSESSIVES,
    SHE,
    THEY,
    Word,
    is_participle,
    is_plural,
    joined,
    spelt_out,
    words_of,
)

Sort = Literal["he", "she", "it", "they", "there"]

_ASKS_WHO = frozenset({"who", "whom", "whose"})
_ASKS_THING = frozenset({"what", "which", "where"})
_OF_PLACE = frozenset({"in", "on", "at", "from", "near", "inside"})
# What "it" never means, though it may stand where a thing could.
_NO_THING = frozenset(
    "day days week weeks month months year years time times way name kind part age".split()  # noqa: SIM905
)


def sort_of(pronoun: str) -> Sort | None:
    """Return what kind of thing a word in lower case stands for; None if it is no pronoun."""
    for sort, words in (("he", HE), ("she", SHE), ("it", IT), ("they", THEY)):
        if pronoun in words:
            return sort  # type: ignore[return-value]
    return "there" if pronoun == "there" else None


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Finds what a pronoun may mean.

    Attributes:
        turns: the last ones, the newest first.
        names: of the article.
        sentences: the article's sentence that a turn's answer stands in.
    """

    turns: Sequence[Turn]
    names: Names
    sentences: Sequence[str]

    def of(self, sort: Sort) -> list[str]:
        """Return what a pronoun may mean, the likeliest first, each once."""
        found: dict[str, None] = {}
        for turn, sentence in zip(self.turns, self.sentences, strict=True):
            for words in self._of_turn(sort, turn, sentence):
                is_known = words.lower() in {each.lower() for each in found}
                if words and not is_known:
                    found[words] = None
        return list(found)

    def _of_turn(self, sort: Sort, turn: Turn, sentence: str) -> Iterator[str]:
        frame = frame_of(spelt_out(turn.question))
        if sort in ("he", "she"):
            yield from self._persons(sort, turn, frame, sentence)
        elif sort == "there":
            yield from self._places(turn, frame)
        elif sort == "it":
            yield from self._things(turn, frame, sentence)
        else:
            yield from self._several(turn, frame)

    def _persons(self, sort: str, turn: Turn, frame: Frame, sentence: str) -> Iterator[str]:
        asked = list(self._persons_in(turn.question, frame))
        shown = list(self._persons_answered(turn, frame)) if turn.was_shown else []
        # "Who scored?": he is the answer. "Who is Yusuf?": he is Yusuf.
        is_named = bool(self.names.names_in(turn.question))
        asks_who = frame.head in _ASKS_WHO and not (frame.is_copula and is_named)
        found = [*shown, *asked] if asks_who else [*asked, *shown]
        if not turn.was_shown:
            found += self._persons_answered(turn, frame)
        found += [name.words for name in self.names.names_in(sentence) if name.is_person]
        genders = {words: self.names.gender_of(words) for words in found}
        fitting = [w for w in found if genders[w] in (None, sort) and not is_narrators(w)]
        # Names of nobody known to be a man or a woman may be those of clubs and towns.
        yield from sorted(fitting, key=lambda words: genders[words] is None)

    def _persons_in(self, question: str, frame: Frame) -> Iterator[str]:
        for name in self.names.names_in(question):
            if name.is_person or name.gender:
                yield name.words
        for chunk in frame.chunks:
            words = frame.words[chunk.first : chunk.end]
            if words[-1].is_possessive or chunk.is_asked:
                continue
            if describes_person(words[-1].bare):
                yield with_complement(frame, chunk)
            elif chunk.first > 0 and is_name(words) and not self._is_known(frame, chunk):
                yield frame.chunk_text(chunk)

    def _is_known(self, frame: Frame, chunk: Chunk) -> bool:
        return bool(self.names.names_in(frame.chunk_text(chunk)))

    def _persons_answered(self, turn: Turn, frame: Frame) -> Iterator[str]:
        noun = person_noun(turn.words)
        names = [n for n in self.names.names_in(turn.words) if self._may_be_person(n, frame)]
        if names and begins_with(turn.words, names[0]):
            yield names[0].words
            return
        words = [word for word in words_of(noun) if not word.is_mark]
        if words and describes_person(words[-1].bare):
            yield definite(noun)
        elif is_name(words_of(turn.words)) and not self.names.names_in(noun):
            yield noun
        yield from (name.words for name in names)

    def _may_be_person(self, name: Name, frame: Frame) -> bool:
        return bool(name.is_person or name.gender or (frame.head in _ASKS_WHO and not name.is_body))

    def _things(self, turn: Turn, frame: Frame, sentence: str) -> Iterator[str]:
        asked = [
            definite(frame.chunk_text(chunk))
            for chunk in frame.chunks
            if self._is_thing(frame.words[chunk.first : chunk.end], chunk)
            and not is_predicate(frame, chunk)
        ]
        noun = noun_of(turn.words)
        for determiner in ("the", "a", "an"):
            if f" {determiner} {turn.words}" in sentence:
                noun = definite(noun)
        words = words_of(noun)
        answered = [definite(noun)] if self._is_thing(words, None) else []
        asks_thing = frame.head in _ASKS_THING and not frame.is_copula and turn.was_shown
        yield from answered if asks_thing else []
        yield from self._deeds(frame)
        yield from asked
        yield from answered

    def _deeds(self, frame: Frame) -> Iterator[str]:
        """Yield "the offer" of "How much did they offer?", where the article speaks of one."""
        if frame.verb is not None:
            verb = frame.words[frame.verb].lower
            if self.names.is_noun(verb):
                yield f"the {verb}"

    def _is_thing(self, words: Sequence[Word], chunk: Chunk | None) -> bool:
        if not words or len(words) > MOST_WORDS or any(word.is_number for word in words):
            return False
        last = words[-1]
        if is_plural(last.bare) or describes_person(last.bare) or last.bare in _NO_THING:
            return False
        if last.is_possessive or last.is_function_word:
            return False
        if chunk is not None and chunk.preposition in {"after", "before", "during"}:
            return False
        if is_participle(last.lower) and not last.is_capitalised:
            return False
        has_determiner = words[0].lower in DETERMINERS | POSSESSIVES
        if chunk is None and not has_determiner and not words[0].is_capitalised:
            return False
        text = " ".join(word.text for word in words)
        return not any(name.is_person for name in self.names.names_in(text))

    def _several(self, turn: Turn, frame: Frame) -> Iterator[str]:
        answered = noun_of(turn.words) if turn.was_shown else ""
        if frame.head in _ASKS_WHO | _ASKS_THING and answered and self._are_several(answered):
            yield definite(answered)
        # "For how many people are 16 dumplings?": what is asked for is not known yet.
        for chunk in sorted(frame.chunks, key=lambda each: each.is_asked):
            words = frame.words[chunk.first : chunk.end]
            last = words[-1].bare
            is_measure = words[-1].is_number or last in _NO_THING
            if (is_plural(last) or describes_people(last)) and not is_measure:
                uncounted = [word for word in words if not word.is_number]
                yield definite(joined(uncounted, frame.text))
        for chunk in frame.chunks:
            words = frame.words[chunk.first : chunk.end]
            names = self.names.names_in(frame.chunk_text(chunk))
            is_somebody = any(name.is_person for name in names)
            if is_name(words) and not words[-1].is_possessive and not is_somebody:
                yield joined(words, frame.text)
        if turn.was_shown:
            plural = [w for w in words_of(turn.words) if describes_people(w.bare)]
            yield from (definite(word.text) for word in plural[:1])

    def _are_several(self, noun: str) -> bool:
        words = [word for word in words_of(noun) if not word.is_mark]
        if not words or any(word.is_number for word in words):
            return False
        if " and " in noun or is_plural(words[-1].bare):
            return True
        names = self.names.names_in(noun)
        return is_name(words) and not any(name.is_person for name in names)

    def _places(self, turn: Turn, frame: Frame) -> Iterator[str]:
        if frame.head == "where" and turn.was_shown and not is_clause(turn.words):
            yield definite(without_preposition(turn.words))
        for chunk in frame.chunks:
            if chunk.preposition in _OF_PLACE:
                yield frame.chunk_text(chunk)
        for chunk in frame.chunks:
            words = frame.words[chunk.first : chunk.end]
            names = self.names.names_in(frame.chunk_text(chunk))
            if is_name(words) and not any(name.is_person for name in names):
                yield frame.chunk_text(chunk)
        if turn.was_shown and is_name(words_of(turn.words)):
            yield turn.words
