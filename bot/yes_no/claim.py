"""What a yes/no question, or the premise of another question, claims."""

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["yes_no", "premise"]

_AUXILIARY = (
    r"is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|shall|must|may|might"
)
_IS_IT_TRUE = r"(?:is|isn't|was|wasn't) it (?:true|correct|right|a fact|the case) that "
_PREAMBLE = re.compile(
    r"(?:(?:so|and|but|ok|okay|well|hi|hello|hey|please|tell me|i wonder|do you know"
    r"|does the article say|can you tell me)\b[,:!]? )*(?:(?:if|whether) )?",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    rf"(?:{_AUXILIARY})n['’]?t\b|can['’]?t\b|won['’]?t\b|shan['’]?t\b", re.IGNORECASE
)
_YES_NO = re.compile(
    rf"(?P<auxiliary>(?:{_AUXILIARY})(?:n['’]t)?|can['’]t|won['’]t) (?P<rest>\S.*)", re.IGNORECASE
)
_PREMISE = re.compile(
    rf"(?:why|when|how|where|since when) (?P<auxiliary>(?:{_AUXILIARY})(?:n['’]t)?) (?P<rest>\S.*)",
    re.IGNORECASE,
)
# With one of these behind it, "doesn't she" asks whether she does not.
_DENIED = re.compile(r"\b(?:any ?more|any longer|at all|yet|anybody|anyone|anything|any)\b", re.I)
_CHOICE = re.compile(r"\bor\b", re.IGNORECASE)
_ASKS_NOTHING = re.compile(r"\b(?:you|i) (?:know|tell|say|think|mean|explain)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed by asking.

    Attributes:
        text: subject, verb and the rest, without the verb that the question begins with.
        auxiliary: that verb, in lower case, without "not": "was".
        is_negative: whether it is claimed that something is not so, beyond what `text` says.
        form: whether the question asks just this, or takes it for granted.
    """

    text: str
    auxiliary: str
    is_negative: bool
    form: Form


def claim_of(question: str) -> Claim | None:
    """Return what a question claims, or None if it is no yes/no question and takes nothing granted.

    "Didn't she resign?" claims that she did, "did she not resign?" that she did not.

    Args:
        question: in English, normalised.
    """
    asked = _PREAMBLE.sub("", question.strip(), count=1).rstrip(" ?!.").replace("’", "'")
    is_true = re.match(_IS_IT_TRUE, asked, re.IGNORECASE)
    if is_true:
        return Claim(asked[is_true.end() :], "", is_negative=False, form="yes_no")
    form: Form = "yes_no"
    match = _YES_NO.fullmatch(asked)
    if match is None:
        form, match = "premise", _PREMISE.fullmatch(asked)
    if match is None or _CHOICE.search(asked) or _ASKS_NOTHING.search(asked):
        return None
    auxiliary, rest = match["auxiliary"].lower(), match["rest"]
    is_negated = _NEGATED.fullmatch(auxiliary) is not None
    return Claim(
        text=rest,
        auxiliary={"won't": "will", "can't": "can"}.get(auxiliary, auxiliary.removesuffix("n't")),
        is_negative=is_negated and (form == "premise" or _DENIED.search(rest) is not None),
        form=form,
    )


def is_yes_no(question: str) -> bool:
    """Return whether a question could be answered by yes or no."""
    claim = claim_of(question)
    return claim is not None and claim.form == "yes_no"
