import pytest

from bot.yes_no.claim import Claim, claim_of, is_yes_no


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        (
            "Was east Mosul captured in March?",
            Claim("east Mosul captured in March", "was", is_negative=False, form="yes_no"),
        ),
        ("Didn't she resign?", Claim("she resign", "did", is_negative=False, form="yes_no")),
        ("did she not resign", Claim("she not resign", "did", is_negative=False, form="yes_no")),
        (
            "Doesn’t she play any more?",
            Claim("she play any more", "does", is_negative=True, form="yes_no"),
        ),
        (
            "Isn't it true that the mayor resigned?",
            Claim("the mayor resigned", "", is_negative=False, form="yes_no"),
        ),
        ("Won't it rain?", Claim("it rain", "will", is_negative=False, form="yes_no")),
        ("So, did it rain?", Claim("it rain", "did", is_negative=False, form="yes_no")),
        (
            "Why did the mayor resign?",
            Claim("the mayor resign", "did", is_negative=False, form="premise"),
        ),
        (
            "Why didn't the mayor resign?",
            Claim("the mayor resign", "did", is_negative=True, form="premise"),
        ),
    ],
)
def test_what_a_question_claims(question: str, claim: Claim) -> None:
    assert claim_of(question) == claim


@pytest.mark.parametrize(
    "question",
    [
        "Who resigned?",
        "What did the mayor say?",
        "Mosul?",
        "Is it red or green?",
        "Do you know who resigned?",
        "How many people were displaced?",
        "",
        "did?",
    ],
)
def test_what_claims_nothing(question: str) -> None:
    assert claim_of(question) is None


def test_only_some_ask_just_what_they_claim() -> None:
    assert is_yes_no("Did the mayor resign?")
    assert not is_yes_no("Why did the mayor resign?")
    assert not is_yes_no("Who resigned?")
