import pytest

from bot.conversation.opening import Opening, opening_of


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is she?", Opening("Who is she?")),
        ("and milk?", Opening("milk?", is_marked=True)),
        ("ok. how many came?", Opening("how many came?")),
        ("What about Vera?", Opening("Vera?", is_marked=True)),
        ("no, I mean schools", Opening("schools", True, True)),
        ("no wait, I meant the museum", Opening("the museum", True, True)),
        ("no, not butter, flour", Opening("flour", True, True, "butter")),
        ("Sorry, not the school. How many rooms?", Opening("How many rooms?", True, True,
         "the school")),
        ("Norway?", Opening("Norway?")),
        ("Andorra?", Opening("Andorra?")),
        ("No", Opening("No")),
    ],
)  # fmt: skip
def test_what_a_question_opens_with_is_taken_off(question: str, expected: Opening) -> None:
    assert opening_of(question) == expected
