"""Verbs that report what somebody said, in every form, and what each needs to be a report.

English only: in another language nothing is found, and nobody is named.
"""

from dataclasses import dataclass
from enum import Enum


class Needs(Enum):
    """What must stand at a verb for it to report a statement."""

    NOTHING = "anything behind it is said"
    CLAUSE = "a quotation, 'that', or a place behind the statement"
    QUOTATION = "a quotation: only the words in marks are anybody's"
    QUOTATION_BESIDE = "a quotation right before or behind: 'continue' alone reports nothing"
    OBJECT = "an object: the statement is that it is not so"


class Form(Enum):
    """Which form of a verb stands there."""

    FINITE = "said, says"
    PAST = "told: past tense or participle, so that it may be passive"
    BASE = "say"
    PARTICIPLE = "saying"


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """One form of a reporting verb.

    Attributes:
        lemma: its base form.
        form: which form it is.
        needs: what must stand at it.
    """

    lemma: str
    form: Form
    needs: Needs


_SAYING = "say tell"
_STATING = """
    acknowledge add admit advise agree allege announce argue ask assert assure boast
    caution claim comment complain concede conclude confess confirm contend
    declare emphasise emphasize estimate exclaim explain forecast insist interject joke lament
    maintain mention muse note observe pledge point predict proclaim promise protest quip reassure
    recall recount reiterate remark remember reply report retort reveal state
    stress suggest testify tweet underline vow warn wonder write
"""
_CALLING = """
    accuse blame brand call castigate characterise characterize cite compare condemn criticise
    criticize demand denounce describe dismiss dub expect hail hope label liken mock praise put
    refer reject speak term urge welcome
"""
_GOING_ON = "begin continue answer respond laugh smile sigh shout whisper yell counter repeat"
_OBJECTING = "deny dispute"
# Nouns at least as often: what is said must stand right behind.
_OFTEN_NOUNS = """
    answers boasts brands claim claims comment comments counters demand demands estimate estimates
    forecast forecasts hopes labels note notes praise promise promises protest protests report
    reports state states terms tweet tweets urges
"""
OFTEN_NOUNS = frozenset(_OFTEN_NOUNS.split())
_IRREGULAR = {
    "say": ("said", "says", "saying"),
    "tell": ("told", "tells", "telling"),
    "begin": ("began", "begins", "beginning"),
    "write": ("wrote", "writes", "writing"),
    "speak": ("spoke", "speaks", "speaking"),
    "put": ("put", "puts", "putting"),
    "forecast": ("forecast", "forecasts", "forecasting"),
    "admit": ("admitted", "admits", "admitting"),
    "quip": ("quipped", "quips", "quipping"),
    "refer": ("referred", "refers", "referring"),
    "dub": ("dubbed", "dubs", "dubbing"),
    "label": ("labelled", "labels", "labelling"),
}
# What is said next to a quotation that stands alone: "Stern disagreed. ..."
_INTRODUCING = """
    agreed agrees answered answers countered disagreed disagrees explained explains objected
    protested protests replied replies responded responds
"""
INTRODUCING = frozenset(_INTRODUCING.split())
AUXILIARIES = frozenset(["has", "have", "had", "would", "will", "used", "to", "did", "does", "do"])
BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
# Forms of verbs that show that a stretch of words is a clause and no noun phrase.
_CLAUSE_VERBS = """
    can could may might must shall should came went took made gave got saw knew found kept left lost
    met ran rose fell stood died won led held said says told
"""
CLAUSE_VERBS = (AUXILIARIES | BE | frozenset(_CLAUSE_VERBS.split())) - {"to"}


def _forms(verb: str) -> tuple[str, str, str]:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d", verb + "s", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeo":
        return verb[:-1] + "ied", verb[:-1] + "ies", verb + "ing"
    return verb + "ed", verb + ("es" if verb.endswith(("sh", "ss", "ch")) else "s"), verb + "ing"


def _lexicon() -> dict[str, ReportingVerb]:
    found: dict[str, ReportingVerb] = {}
    groups = (
        (_CALLING, Needs.QUOTATION),
        (_OBJECTING, Needs.OBJECT),
        (_GOING_ON, Needs.QUOTATION_BESIDE),
        (_STATING, Needs.CLAUSE),
        (_SAYING, Needs.NOTHING),
    )
    for verbs, needs in groups:
        for verb in verbs.split():
            past, third, participle = _forms(verb)
            found[verb] = ReportingVerb(verb, Form.BASE, needs)
            found[third] = ReportingVerb(verb, Form.FINITE, needs)
            found[past] = ReportingVerb(verb, Form.PAST, needs)
            found[participle] = ReportingVerb(verb, Form.PARTICIPLE, needs)
    found["written"] = ReportingVerb("write", Form.PAST, Needs.CLAUSE)
    found["spoken"] = ReportingVerb("speak", Form.PAST, Needs.QUOTATION)
    found["labeled"] = found["labelled"]
    return found


REPORTING_VERBS = _lexicon()
