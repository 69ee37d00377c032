import pytest

from tests.speakers.asking import who

INTRODUCTION = "Ada Park builds boats in Fen. We met her there in May.\n\n"


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("Q: Why?\n\nA: For fun.\n\nQ: And now?\n\nA: For money.", "For money", "Ada Park"),
        ("Q: Why?\n\nA: For fun.\n\nMore of it.\n\nQ: So?\n\nA: Yes.", "More of it", "Ada Park"),
        ("JF: Why?\n\nAP: For fun.\n\nJF: And now?\n\nAP: For money.", "For money", "Ada Park"),
        ("JF: Why?\n\nPark: For fun.\n\nJF: So?\n\nPark: For money.", "For money", "Ada Park"),
    ],
)
def test_answers(body: str, words: str, expected: str) -> None:
    park = "Park said no. " if "Park:" in body else ""
    assert who(INTRODUCTION.replace("We met", park + "We met") + body, words)[:2] == (
        "named",
        expected,
    )


@pytest.mark.parametrize("label", ["Q", "JF"])
def test_questions_are_the_authors(label: str) -> None:
    body = f"{label}: Why boats?\n\nAP: For fun.\n\n{label}: And now?\n\nAP: For money."
    assert who(INTRODUCTION + body.replace("AP", "A" if label == "Q" else "AP"), "Why boats")[
        0
    ] == ("author")


def test_whom_the_questions_address_answers() -> None:
    text = "Ada Park and Bo Lind met.\n\nQ: Ms Park, why?\n\nA: For fun.\n\nQ: So?\n\nA: For money."
    assert who(text, "For money")[1] == "Ada Park"


def test_answers_of_nobody_who_is_introduced_are_not_named() -> None:
    text = "We met in May.\n\nQ: Why boats?\n\nA: For fun.\n\nQ: So?\n\nA: For money."
    assert who(text, "For money")[0] == "not_named"


def test_labels_that_are_no_names_make_no_interview() -> None:
    text = "Length: two metres.\n\nWidth: one metre.\n\nLength: three.\n\nWidth: four metres."
    assert who(text, "four metres")[0] == "author"
