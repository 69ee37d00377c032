"""Where the words of a claim are in a sentence."""

from dataclasses import dataclass

from bot.yes_no.sentence_words import SentenceWords
from bot.yes_no.vocabulary import OPPOSITES, PRONOUNS, SYNONYMS

# Of a shorter stem, nothing may be missing at its end: "council" is in "councillor".
_SHORTEST_BEGINNING = 5
_LONGEST_REST = 3
_FEWEST_STEMS = 2
_LINKS = frozenset({"stay", "remain", "keep", "becom"})
# An opening is no opposite of a closing on another day; to be open is one of being closed.
_OPENING = frozenset({"opened", "opening", "opens"})
_TAKING_SIDES = frozenset({"vote", "campaign", "speak", "argu", "protest", "demonstr", "decid"})
_FOR, _WITH, _AGAINST = ("for",), ("with",), ("against",)
_SIDES = {(_FOR, _AGAINST), (_WITH, _AGAINST), (_AGAINST, _FOR), (_AGAINST, _WITH)}


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the claim in the sentence.

    Attributes:
        place: index of the word in the sentence.
        is_opposite: whether the sentence has its opposite.
    """

    place: int
    is_opposite: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """The words of a claim that say anything, each with its match.

    Attributes:
        matches: in the claim's order, at least one.
        subject_length: how many of them name what the claim is about, at least 1.
    """

    matches: tuple[Match, ...]
    subject_length: int

    @property
    def subject(self) -> tuple[Match, ...]:
        """What the claim is about."""
        return self.matches[: self.subject_length]

    @property
    def rest(self) -> tuple[Match, ...]:
        """What is claimed of it."""
        return self.matches[self.subject_length :]

    @property
    def places(self) -> frozenset[int]:
        """Indices of all matching words in the sentence."""
        return frozenset(match.place for match in self.matches)

    @property
    def opposites(self) -> int:
        """How many words of the claim have their opposite in the sentence."""
        return sum(match.is_opposite for match in self.matches)


def match_words(claimed: SentenceWords, said: SentenceWords) -> Matching | None:
    """Return where each word of a claim is in a sentence.

    Returns:
        None if one of them is not there, or if they are too few to tell what they are about.
    """
    places = [place for place in range(len(claimed.words)) if _counts(claimed, place)]
    pronoun = claimed.lower[0] if claimed.lower else ""
    has_same_pronoun = pronoun in PRONOUNS and said.lower[:1] == (pronoun,)
    counted = len(places) + (has_same_pronoun and not claimed.values)
    matches = [_match(claimed, place, said) for place in places]
    if counted < _FEWEST_STEMS or None in matches or not matches:
        return None
    found = tuple(match for match in matches if match is not None)
    return Matching(found, max(1, _length_of_name(claimed, places)))


def is_same_stem(stem: str, said: str) -> bool:
    """Whether two stems are of one word, or of words made of one another."""
    if stem == said:
        return True
    shorter, longer = sorted((stem, said), key=len)
    rest = len(longer) - len(shorter)
    return (
        len(shorter) >= _SHORTEST_BEGINNING and rest <= _LONGEST_REST and longer.startswith(shorter)
    )


def _counts(claimed: SentenceWords, place: int) -> bool:
    """Whether a word of the claim says anything: in "stay open" and "come to 5", one does."""
    stem, following = claimed.stems[place], place + 1
    if stem in _LINKS and following < len(claimed.stems):
        return claimed.stems[following] not in OPPOSITES
    if stem == "come" and claimed.lower[following : following + 1] == ("to",):
        return not any(value.place == place + 2 for value in claimed.values)
    return stem is not None


def _match(claimed: SentenceWords, claimed_place: int, said: SentenceWords) -> Match | None:
    stem, word = claimed.stems[claimed_place] or "", claimed.lower[claimed_place]
    for place, other in enumerate(said.stems):
        if other is not None and (is_same_stem(stem, other) or other in SYNONYMS.get(stem, ())):
            return Match(place, _is_other_side(claimed, claimed_place, said, place))
    # "Close" at the end may be near.
    if word in _OPENING or (word == "close" and claimed_place == len(claimed.words) - 1):
        return None
    for place, other in enumerate(said.stems):
        if other in OPPOSITES.get(stem, ()) and said.lower[place] not in _OPENING:
            return Match(place, is_opposite=True)
    return None


def _is_other_side(
    claimed: SentenceWords, claimed_place: int, said: SentenceWords, place: int
) -> bool:
    """Whether "voted with" is beside "voted against"."""
    sides = (claimed.lower[claimed_place + 1 :][:1], said.lower[place + 1 :][:1])
    return claimed.stems[claimed_place] in _TAKING_SIDES and sides in _SIDES


def _length_of_name(claimed: SentenceWords, places: list[int]) -> int:
    """Return how many of the claim's first words are one name."""
    length = 0
    for number, place in enumerate(places):
        is_next = number == 0 or place == places[number - 1] + 1
        if not is_next or not claimed.words[place][0].isupper():
            break
        length += 1
    return length
