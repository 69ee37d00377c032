"""Finding the reporting phrases of a statement."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.speakers.cue import Cue, Scope
from bot.speakers.following import is_stop
from bot.speakers.names import NameRun
from bot.speakers.reporting_verbs import CLAUSE_VERBS, REPORTING_VERBS
from bot.speakers.sources import read_source
from bot.speakers.verb_cues import VerbPlace, cue_at_verb
from bot.speakers.vocabulary import CONJUNCTIONS, RELATIVES
from bot.speakers.words import Word

# Where another's statement begins in the same sentence.
_PARTS = CONJUNCTIONS | {"while", "whereas", "with", ";"}


def find_cues(
    words: Sequence[Word], runs: Sequence[NameRun], *, headline: bool = False
) -> tuple[Cue, ...]:
    """Return a statement's reporting phrases, in order.

    Args:
        words: the statement's.
        runs: the names in it.
        headline: whether articles are left out: "report claims".
    """
    found: list[Cue] = []
    for at, word in enumerate(words):
        if word.lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to":
            cue = _according(words, runs, at)
        elif (verb := REPORTING_VERBS.get(word.text)) is not None:
            cue = cue_at_verb(VerbPlace(words, runs, at, verb, headline), found)
        else:
            continue
        if cue is not None:
            found.append(cue)
    return tuple(_apart(words, found))


def _apart(words: Sequence[Word], cues: Sequence[Cue]) -> Iterator[Cue]:
    """Let each cue's scope end where another's part of the sentence begins."""
    starts = [c.first for c in cues if c.first and words[c.first - 1].lower in _PARTS]
    for cue in cues:
        later = next((start for start in starts if start > cue.end), None)
        if later is None:
            yield cue
            continue
        scopes = (
            replace(s, end=min(s.end, later)) if s.first >= cue.end else s for s in cue.scopes
        )
        yield replace(cue, scopes=tuple(scopes))


def _according(words: Sequence[Word], runs: Sequence[NameRun], at: int) -> Cue | None:
    first = end = at + 2
    while end < len(words) and not is_stop(words[end]) and words[end].lower not in CLAUSE_VERBS:
        end += 1
    source = read_source(words, runs, first, end)
    if source is None or _is_list(words, runs, end):
        return None
    if any(word.lower in RELATIVES | {"that"} for word in words[max(0, at - 2) : at]):
        comma = next((i for i in range(end, len(words)) if words[i].text == ","), len(words))
        return Cue(source, at, end, at, (Scope(end, comma),), is_aside=True)
    scopes = (Scope(0, at), Scope(end, len(words)))
    return Cue(source, at, end, at, scopes, is_frame=True)


def _is_list(words: Sequence[Word], runs: Sequence[NameRun], comma: int) -> bool:
    """Whether a name behind a comma is followed by another: "to Glubb, Faride and Imamuddin"."""
    run = next((run for run in runs if run.first == comma + 1 and run.key), None)
    return run is not None and run.end < len(words) and words[run.end].lower in {"and", "or", "&"}
