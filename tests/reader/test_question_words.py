from hypothesis import given
from hypothesis import strategies as st

from bot.reader.question_words import QuestionWord, question_words, share_found
from tests.nasty_text import nasty_texts


def texts(question: str) -> list[str]:
    return [word.text for word in question_words(question)]


def exact(question: str) -> list[str]:
    return [word.text for word in question_words(question) if word.is_exact]


def test_the_words_that_say_what_a_question_is_about() -> None:
    assert question_words("Who built the 2 mills?") == [
        QuestionWord("built", "built", 4, False),
        QuestionWord("2", "2", 14, True),
        QuestionWord("mills", "mill", 16, False),
    ]
    assert [word.end for word in question_words("Who built the 2 mills?")] == [9, 15, 21]


def test_a_word_comes_once_whatever_its_form() -> None:
    assert texts("Do mills need a mill, or a Mill?") == ["mills", "need"]


def test_names_and_numbers_are_exact() -> None:
    assert exact("Did Lise Grande visit 12 mills in Mosul by 3pm?") == [
        *("Lise", "Grande", "12", "Mosul", "3pm")
    ]


def test_a_capital_at_the_beginning_is_no_name() -> None:
    assert exact("Mills need what?") == []


def test_a_capital_means_nothing_where_all_are_capitals() -> None:
    assert exact("WHO IS LISE GRANDE?") == []
    assert exact("WHO VISITED 12 MILLS?") == ["12"]


def test_what_is_behind_an_apostrophe_is_no_word() -> None:
    assert texts("What is Lise Grande's job?") == ["Lise", "Grande", "job"]
    assert texts("What is Lise Grande’s job?") == ["Lise", "Grande", "job"]
    assert texts("Who doesn't know the town's x?") == ["doesn", "know", "town", "x"]


def test_a_question_of_stop_words_has_no_words() -> None:
    assert question_words("What is it about?") == []
    assert question_words("") == []


@given(question=nasty_texts("Who ", "mills ", "Mosul's ", "12 "))
def test_every_word_stands_where_it_says(question: str) -> None:
    words = question_words(question)
    assert [question[word.start : word.end] for word in words] == [word.text for word in words]
    stems = [word.stem for word in words]
    assert len(set(stems)) == len(stems)
    starts = [word.start for word in words]
    assert starts == sorted(starts)


def test_the_share_that_a_text_has() -> None:
    words = question_words("Who built the old mills?")
    assert share_found(words, {"mill", "river"}) == 1 / 3
    assert share_found(words, {"mill", "old", "built"}) == 1.0
    assert share_found(words, frozenset()) == 0.0
    assert share_found([], {"mill"}) == 1.0


@given(
    question=nasty_texts("mills ", "old "),
    stems=st.frozensets(st.sampled_from(["mill", "old", "iraq", "3"])),
)
def test_a_share_is_between_0_and_1(question: str, stems: frozenset[str]) -> None:
    assert 0 <= share_found(question_words(question), stems) <= 1
