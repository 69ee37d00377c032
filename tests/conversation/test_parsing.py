import pytest

from bot.conversation.parsing import frame_of


@pytest.mark.parametrize(
    ("question", "wh", "verb", "nouns"),
    [
        ("How many people have been displaced from Mosul?", "How many people", "displaced",
         ["people", "Mosul"]),
        ("Who built the chapel?", "Who", "built", ["the chapel"]),
        ("Does the ferry take cars?", None, "take", ["the ferry", "cars"]),
        ("How much did sales of oat drinks grow?", "How much", "grow", ["sales", "oat drinks"]),
        ("In which year did Ann Lee win?", "In which year", "win", ["year", "Ann Lee"]),
        ("For how long can it be frozen?", "For how long", "frozen", []),
        ("Who is the mayor?", "Who", None, ["the mayor"]),
        ("Who had the job before?", "Who", "had", ["the job"]),
        ("How many dumplings does it make?", "How many dumplings", "make", ["dumplings"]),
        ("How many people watched the game?", "How many people", "watched",
         ["people", "the game"]),
        ('Who said "I like the sea"?', "Who", "said", []),
        ("And milk?", None, None, ["milk"]),
    ],
)  # fmt: skip
def test_a_question_in_its_parts(
    question: str, wh: str | None, verb: str | None, nouns: list[str]
) -> None:
    frame = frame_of(question)
    assert (frame.said(*frame.wh) if frame.wh else None) == wh
    assert (frame.words[frame.verb].text if frame.verb is not None else None) == verb
    assert [frame.chunk_text(chunk) for chunk in frame.chunks] == nouns
