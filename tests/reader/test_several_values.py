import pytest

from bot.reader.candidates import Candidate
from bot.reader.several_values import quantity, several_values
from tests.reader.windows import candidate, scored

EIGHT = "Iraqi forces closed in on Mosul, eight months into the battle."
NINE = "People have fled Mosul since the battle began nine months ago."
QUESTION = "How many months has the battle lasted?"


def one(text: str, words: str, *, start: int = 0, evidence: float = 5.0) -> Candidate:
    return candidate(scored(text, start=start), words, span_score=evidence)


def told(question: str, *best: Candidate) -> list[str]:
    return [best[place].text for place in several_values(question, best, from_evidence=0.0)]


def test_two_sentences_with_different_numbers_are_both_told() -> None:
    first, second = one(NINE, "nine months", start=500), one(EIGHT, "eight months")
    assert told(QUESTION, first, second) == ["eight months", "nine months"]
    assert told(QUESTION, second, first) == ["eight months", "nine months"]
    assert several_values(QUESTION, [first, second], from_evidence=0.0) == [1, 0]


def test_sentences_of_one_passage_are_told_too() -> None:
    passage = scored(f"{EIGHT} {NINE}")
    best = [candidate(passage, "nine months"), candidate(passage, "eight months")]
    assert told(QUESTION, *best) == ["eight months", "nine months"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("eight", "nine months"), ("eight months", "nine"), ("eight", "nine"), ("eight months",) * 2],
)
def test_what_is_counted_need_not_be_in_the_span(first: str, second: str) -> None:
    other = NINE.replace("nine months", second) if second == first else NINE
    expected = [] if second == first else [first, second]
    assert told(QUESTION, one(EIGHT, first), one(other, second, start=500)) == expected


def test_the_same_number_is_no_other_value() -> None:
    eight = NINE.replace("nine", "8")
    assert told(QUESTION, one(EIGHT, "eight months"), one(eight, "8 months", start=500)) == []


def test_different_units_are_no_two_values_of_one_thing() -> None:
    weeks = NINE.replace("months", "weeks")
    assert told(QUESTION, one(EIGHT, "eight months"), one(weeks, "nine weeks", start=500)) == []


def test_a_sentence_that_lacks_a_word_of_the_question_is_about_something_else() -> None:
    first, second = one(EIGHT, "eight months"), one(NINE, "nine months", start=500)
    # Only one of the two says "closed".
    assert told("How many months into the battle was Mosul closed?", first, second) == []
    elsewhere = one(NINE.replace("battle", "war"), "nine months", start=500)
    assert told(QUESTION, first, elsewhere) == []


def test_one_sentence_with_two_numbers_is_no_conflict() -> None:
    passage = scored("The battle lasted eight months, not nine months.")
    best = [candidate(passage, "eight months"), candidate(passage, "nine months")]
    assert told(QUESTION, *best) == []


def test_what_the_model_does_not_believe_is_not_told() -> None:
    first = one(EIGHT, "eight months")
    assert told(QUESTION, first, one(NINE, "nine months", start=500, evidence=-0.1)) == []
    at_the_limit = one(NINE, "nine months", start=500, evidence=0.0)
    assert told(QUESTION, first, at_the_limit) == ["eight months", "nine months"]


def test_a_value_is_told_once() -> None:
    texts = [EIGHT, NINE, NINE.replace("nine", "9"), NINE.replace("nine", "ten")]
    spans = ["eight months", "nine months", "9 months", "ten months"]
    best = [
        one(text, span, start=500 * place)
        for place, (text, span) in enumerate(zip(texts, spans, strict=True))
    ]
    assert told(QUESTION, *best) == ["eight months", "nine months", "ten months"]


def test_an_answer_without_a_number_has_no_other_values() -> None:
    first, second = one(EIGHT, "Mosul"), one(NINE, "nine months", start=500)
    assert told(QUESTION, first, second) == []
    assert told(QUESTION) == []
    assert told(QUESTION, one(EIGHT, "eight months")) == []


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It took eight months.", "eight months", (("8",), "month")),
        ("It took eight long months.", "eight", (("8",), "long")),
        ("It was 3.5 liters.", "3.5 liters", (("3.5",), "liter")),
        ("It was 6,000 people.", "6,000", (("6000",), "peopl")),
        ("It was 1 million people.", "1 million", (("1000000",), "peopl")),
        ("It was 1 million people.", "1", (("1000000",), "peopl")),
        ("It was twenty people.", "twenty", (("20",), "peopl")),
        ("It was ninety people.", "ninety people", (("90",), "peopl")),
        ("It was 15 to 20 fighters.", "15 to 20 fighters", (("15", "20"), "fighter")),
        ("It was 15 to 20 fighters.", "15", None),
        ("It was the old city.", "the old city", None),
        ("It was more than 6,000.", "6,000", None),
        ("In 2016.", "2016", None),
    ],
)
def test_what_an_answer_counts(
    text: str, words: str, expected: tuple[tuple[str, ...], str] | None
) -> None:
    assert quantity(one(text, words, start=70)) == expected


@pytest.mark.parametrize("other", ["3,500,000", "3500000", "3500 thousand"])
def test_a_number_with_a_decimal_point_is_the_same_number_written_out(other: str) -> None:
    first = one("They brought 3.5 million liters.", "3.5 million liters")
    second = one(f"They brought {other} liters.", f"{other} liters", start=500)
    assert told("How many liters were brought?", first, second) == []
