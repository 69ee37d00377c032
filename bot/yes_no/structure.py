"""Whether a sentence is about what is claimed: of the same subject, in one of its parts."""

from dataclasses import dataclass

from bot.yes_no.claim import Claim
from bot.yes_no.matching import Matching
from bot.yes_no.sentence_words import SentenceWords
from bot.yes_no.vocabulary import NEGATIONS, NOT_SO, PRONOUNS, QUANTIFIERS

_UNREAL = frozenset({"could", "would", "might"})
_HAVING = frozenset({"have", "has", "had", "having"})
_BEING = frozenset({"is", "are", "was", "were", "am"})
_COMPARING = frozenset({"more", "less", "fewer", "than", "some", "least"})
# Behind a subject that is told in front; any other word may be a subject of its own.
_LEADING_LIST = "who which is are was were be been being has have had will would to also then later"
_LEADING = frozenset(_LEADING_LIST.split())
# So many words behind "captured", "east Mosul" is what was captured.
_NEAR = 3
_MOST_BETWEEN = 1
_ENOUGH_WORDS = 3


@dataclass(frozen=True, slots=True)
class Structure:
    """A claim whose words are all in a sentence.

    Attributes:
        claim: what is claimed.
        claimed: its words.
        said: the sentence's words.
        matching: where the former are in the latter.
    """

    claim: Claim
    claimed: SentenceWords
    said: SentenceWords
    matching: Matching

    @property
    def part(self) -> int:
        """Number of the sentence's part in which it is said."""
        return max(self.said.parts[place] for place in self.matching.places)

    @property
    def is_of_the_same(self) -> bool:
        """Whether the sentence speaks of the same subject and event, and as of a fact."""
        around = self.said.words_of(self.part)
        claimed = set(self.claimed.lower)
        pronouns = PRONOUNS & set(self.claimed.lower[:1])
        return (
            self.claim.auxiliary not in _UNREAL
            and pronouns | (claimed & QUANTIFIERS - _COMPARING) <= set(self.said.lower)
            and not ("by" in claimed and "by" not in around)
            and (not claimed & _HAVING or bool(around & _HAVING))
            and not (around & NOT_SO) - claimed - {self.claim.auxiliary}
            and ("will" in around) == (self.claim.auxiliary == "will")
            and self._is_in_order
            and self._is_in_one_part
        )

    @property
    def _is_in_order(self) -> bool:
        """Whether the subject is in front, or what is said of it was done to it."""
        subject = self.matching.matches[0].place
        parts = self.said.parts
        rest = [one.place for one in self.matching.rest if parts[one.place] == self.part]
        if all(subject < place for place in rest):
            return True
        is_passive = self.claim.auxiliary in _BEING or "been" in self.claimed.lower
        before = [place for place in rest if place < subject]
        is_near = bool(before) and subject - max(before) <= _NEAR
        return is_passive and "by" not in self.claimed.lower and is_near

    @property
    def _is_in_one_part(self) -> bool:
        """Whether all but the subject stands together, and the subject there or in front.

        One more word may be in front where a pronoun stands for it: "surgery ... allowed it".
        """
        parts = self.said.parts
        elsewhere = sum(parts[match.place] != self.part for match in self.matching.rest)
        has_pronoun = bool({"it", "them"} & self.said.words_of(self.part))
        is_enough = len(self.matching.matches) >= _ENOUGH_WORDS
        if elsewhere and not (elsewhere == 1 and is_enough and has_pronoun):
            return False
        if parts[self.matching.subject[-1].place] == self.part:
            return self._is_near_its_subject
        return self._goes_on_from_subject

    @property
    def _is_near_its_subject(self) -> bool:
        """Whether nobody else is named between the subject and what is said of it."""
        end = self.matching.subject[-1].place + 1
        behind = [match.place for match in self.matching.rest if match.place >= end]
        others = [
            place
            for place in range(end, min(behind, default=end))
            if place not in self.matching.places and self.said.stems[place] is not None
        ]
        are_names = any(self.said.words[place][0].isupper() for place in others)
        return len(others) <= _MOST_BETWEEN and not are_names

    @property
    def _goes_on_from_subject(self) -> bool:
        """Whether a later part has no other subject: "Priya Raman, who was not involved"."""
        said, subject, part = self.said, self.matching.subject, self.part
        first, end = subject[0].place, subject[-1].place + 1
        in_front = [word for word in said.words[:first] if word.lower() not in ("the", "a", "an")]
        if said.parts[first] > 0 or not all(word[0].isupper() for word in in_front):
            return False
        start = said.parts.index(part)
        is_apposed = said.parts[end] > 0 and said.lower[start] != "and"
        is_joined = said.lower[start] in ("and", "but") and part == 1
        begins = min(place for place in self.matching.places if said.parts[place] == part)
        return (is_apposed or is_joined) and all(
            word in _LEADING or word in NEGATIONS or word.endswith("ly")
            for word in said.lower[start + 1 : begins]
        )
