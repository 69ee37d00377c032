"""Asking something else of what was last asked and answered: "Why?", "Since when?", "How wide?"."""

from collections.abc import Iterator

from bot.conversation.frame import Frame
from bot.conversation.words import (
    ANYBODY,
    BE,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    joined,
    tidy,
    words_of,
)

# A longer answer makes a question that nobody would read.
_MOST_WORDS = 6
_CIRCUMSTANCES = frozenset({"", "when", "where", "why", "how"})
_OPENING = PREPOSITIONS | {"because", "so", "that", "which", "who"}


def asked_again(frame: Frame, wanted: str, answer: str) -> list[str]:
    """Return questions that ask something else of the same, the likeliest first.

    Args:
        frame: of the last question, which stands alone.
        wanted: what is asked instead: "Since when", "how wide".
        answer: the words of the last answer; empty if none were shown.
    """
    shown = _short(answer)
    return list(dict.fromkeys(tidy(each) for each in _ways(frame, wanted, shown)))


def _ways(frame: Frame, wanted: str, answer: str) -> Iterator[str]:
    is_measure = frame.is_copula and not frame.asks_for_noun and frame.head not in _CIRCUMSTANCES
    if is_measure and not wanted.lower().startswith("how"):
        return  # "How old is she?", "When?": no event.
    if frame.is_yes_no:
        yield f"{wanted} {_with_anybody(_small(frame, 0), answer)}"
    elif frame.wh is None:
        return
    elif frame.auxiliary is None:
        yield from _of_subject(frame, wanted, answer)
    else:
        yield from _of_auxiliary(frame, frame.auxiliary, wanted, answer)


def _of_subject(frame: Frame, wanted: str, answer: str) -> Iterator[str]:
    """Of "Who built the chapel?": "When was it that monks built the chapel?"."""
    assert frame.wh is not None
    rest = frame.said(frame.wh[1], len(frame.words))
    noun = _counted(frame, answer)
    tense = "is" if rest.split(" ")[0].endswith("s") else "was"
    yield f"{wanted} {tense} it that {noun or _somebody(frame)} {rest}"


def _of_auxiliary(frame: Frame, at: int, wanted: str, answer: str) -> Iterator[str]:
    auxiliary = frame.words[at].lower
    rest = frame.said(at + 1, len(frame.words))
    if not frame.is_inverted and not frame.is_copula:
        noun = _counted(frame, answer)
        yield f"{wanted} {auxiliary} {noun or _somebody(frame)} {rest}"
    elif frame.is_copula and frame.asks_for_noun and auxiliary in BE:
        yield f"{wanted} {auxiliary} {answer} {rest}" if answer else f"{wanted} {auxiliary} {rest}"
    elif frame.asks_for_noun and answer and not _repeats(frame, answer):
        yield f"{wanted} {auxiliary} {rest} {_counted(frame, answer)}"
        yield f"{wanted} {auxiliary} {rest}"
    else:
        yield f"{wanted} {auxiliary} {rest}"


def _short(answer: str) -> str:
    """Return an answer that reads well inside a question: up to its first comma, or nothing."""
    words = words_of(answer)
    for at, word in enumerate(words):
        if word.is_mark or (at > 0 and word.lower in {"who", "which", "that", "because"}):
            words = words[:at]
            break
    if not words or len(words) > _MOST_WORDS or words[0].lower in _OPENING:
        return ""
    return joined(words, answer)


def _counted(frame: Frame, answer: str) -> str:
    """Return "862,000 people" for "862,000" where people were counted; a verb's noun for none."""
    if not answer or not all(word.is_number or word.is_mark for word in words_of(answer)):
        return answer
    noun = next((frame.chunk_text(chunk) for chunk in frame.chunks if chunk.is_asked), "")
    return f"{answer} {noun}" if frame.head in {"many", "much"} else answer


def _somebody(frame: Frame) -> str:
    noun = next((frame.chunk_text(chunk) for chunk in frame.chunks if chunk.is_asked), "")
    if noun:
        return noun if frame.head in {"many", "much"} else f"the {noun}"
    return "somebody" if frame.head in {"who", "whom"} else "it"


def _repeats(frame: Frame, answer: str) -> bool:
    asked = {word.lower for word in frame.words}
    return {word.lower for word in words_of(answer)} <= asked


def _with_anybody(question: str, answer: str) -> str:
    """Return "was Priya Raman sceptical" for "was anybody sceptical", if the answer is somebody."""
    words = words_of(question)
    for word in words:
        is_noun = answer and not words_of(answer)[0].is_number
        is_name = all(each.is_capitalised for each in words_of(answer))
        if word.lower in ANYBODY and is_noun and is_name:
            return question[: word.start] + answer + question[word.end :]
    return question


def _small(frame: Frame, at: int) -> str:
    text = frame.said(at, len(frame.words))
    return text[:1].lower() + text[1:]


def counted_noun(frame: Frame) -> str:
    """Return the noun that a question counts, as it is counted: "people" of "how many people"."""
    for chunk in frame.chunks:
        if chunk.is_asked and frame.head in {"many", "much", "few"}:
            return frame.chunk_text(chunk)
    return ""


def plural_nouns(frame: Frame) -> Iterator[str]:
    """Yield the nouns of a question that can be counted, without their determiners."""
    from bot.conversation.names import describes_people
    from bot.conversation.words import is_plural

    for chunk in frame.chunks:
        words = [
            word
            for word in frame.words[chunk.first : chunk.end]
            if word.lower not in DETERMINERS | POSSESSIVES
        ]
        if words and (is_plural(words[-1].bare) or describes_people(words[-1].bare)):
            yield joined(words, frame.text)
