"""What stands behind a reporting verb: what is said, when and to whom, or no report at all."""

from collections.abc import Sequence

from bot.speakers.reporting_verbs import CLAUSE_VERBS, Needs, ReportingVerb
from bot.speakers.vocabulary import CIRCUMSTANCES, RELATIVES
from bot.speakers.words import Word

_NEAR = 12  # words behind a verb in which what is said begins
_ADDRESSED = frozenset({"tell", "assure", "reassure"})
# Behind a verb, they begin a clause that is not what is said: "said when a reporter asked".
_SUBORDINATING = frozenset(
    ["when", "while", "after", "before", "as", "who", "whom", "which", "during"]
)
# Behind other verbs than "say", they say what was asked for or reported on.
_COMPLEMENTS = frozenset({"for", "of", "with", "about", "against", "upon", "from", "into", "by"})
# "Adds a suffix '-ová'" says nothing.
_TAKES_OBJECTS = frozenset({"add", "write"})
# Of these verbs "to" goes with a person: "explained to me"; "agreed to go" reports nothing.
_TO_SOMEBODY_LIST = """
    add admit announce complain confess explain remark repeat report say suggest testify write
"""
_TO_SOMEBODY = frozenset(_TO_SOMEBODY_LIST.split())
_TIMES = frozenset(["day", "night", "evening", "morning", "week", "month", "year", "afternoon"])
_AT_THE_END = frozenset({"ago", "earlier", "later", "afterwards"})


def what_follows(words: Sequence[Word], at: int, verb: ReportingVerb) -> tuple[int, bool]:
    """Return where what is said goes on behind a verb, and whether the reporting phrase ends there.

    Returns:
        (-1, False) if the verb reports nothing: "added 300 jobs".
    """
    stop = at + 1
    while stop < min(len(words), at + 1 + _NEAR) and not is_stop(words[stop]):
        if words[stop].lower == "that" and not _belongs_to_time(words, stop):
            return stop + 1, False
        stop += 1
    between = words[at + 1 : stop]
    if stop < len(words) and words[stop].quotation is not None:
        within = CLAUSE_VERBS | RELATIVES
        is_far = any(word.lower in within for word in between) and verb.needs is not Needs.NOTHING
        is_far = is_far or (verb.lemma in _TAKES_OBJECTS and len(between) > 1)
        return (-1, False) if is_far else (stop, False)
    if stop + 1 < len(words) and words[stop].text in {",", ":"} and words[stop + 1].quotation:
        return stop, words[stop].text == ","
    if stop < len(words) and words[stop].text == ":":
        return stop + 1, False
    return _without_quotation(words, at, verb, stop)


def _without_quotation(
    words: Sequence[Word], at: int, verb: ReportingVerb, stop: int
) -> tuple[int, bool]:
    """Return the same where no quotation stands behind the verb."""
    between = words[at + 1 : stop]
    nothing = verb.needs is Needs.NOTHING
    complement = between[0].lower if between else ""
    if complement in _COMPLEMENTS and (not nothing or complement == "by"):
        return -1, False
    if complement == "to" and verb.lemma not in _TO_SOMEBODY:
        return -1, False
    is_clause = any(word.lower in CLAUSE_VERBS for word in between)
    ends = not between or complement in _SUBORDINATING
    if not ends and not is_clause:
        is_time = between[-1].lower in _AT_THE_END
        is_circumstance = complement in CIRCUMSTANCES - {"that", "a"}
        ends = verb.lemma in _ADDRESSED or is_time or is_circumstance
    if ends and (stop == len(words) or is_stop(words[stop])):
        return stop, True
    return (at + 1, False) if nothing else (-1, False)


def _belongs_to_time(words: Sequence[Word], that: int) -> bool:
    """Whether "that" belongs to a time: "said that evening"."""
    return that + 1 < len(words) and words[that + 1].lower in _TIMES


def is_stop(word: Word) -> bool:
    """Whether a phrase cannot go on over a word: a quotation, or a mark between words."""
    return word.quotation is not None or (word.is_mark and word.text not in "'’&-/$£€%")
