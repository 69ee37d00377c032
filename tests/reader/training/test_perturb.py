import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.training.perturb import (
    Perturber,
    RelatedWords,
    content_words,
    holds_answer,
    shared_words,
)
from tests.nasty_text import nasty_texts

# Cosine of each word to "castle".
COSINES = {
    "castle": 1.0,
    "bridge": 0.43,
    "tower": 0.49,
    "fortress": 0.70,  # a synonym
    "banana": 0.10,
    "castellan": 0.43,  # another form
    "bridges": 0.43,  # another ending
    "inn": 0.43,  # too short
    "pont2": 0.43,
    "château": 0.43,
}
COMMON = 2_301  # rows of a vocabulary that begins with signs and function words

QUESTIONS = [
    "When did the army of Lord Arden take the castle in 1801?",
    "How many people were killed in the largest battle?",
    "Who was the first king of France?",
    "Why is the castle not open to the public?",
    "In which year did 1,200 men leave Dover?",
    "Which river runs north of the castle?",
]
PASSAGE = (
    "The army of Lord Arden took the castle in 1801. Then, in Dover, Queen Matilda met 1,200 men "
    "in 1815, and 340 of them left for Calais."
)
ARTICLE = "Later the great King Robert built 57 mills in 1899. He knew Lise Grande of York."
SEEDS = range(80)


def related(cosines: dict[str, float] = COSINES) -> RelatedWords:
    vocabulary = {f"[unused{row}]": row for row in range(COMMON)}
    vectors = np.zeros((COMMON + len(cosines), len(cosines) + 1), dtype=np.float32)
    for number, (word, cosine) in enumerate(cosines.items()):
        vocabulary[word] = COMMON + number
        vectors[COMMON + number, 0] = 3 * cosine
        vectors[COMMON + number, number + 1] = 3 * (1 - cosine**2) ** 0.5
    return RelatedWords(vocabulary, vectors)


PERTURBER = Perturber(related())
NO_WORDS = Perturber(RelatedWords({}, np.zeros((1, 1), dtype=np.float32)))


def perturbed(question: str, perturber: Perturber = NO_WORDS) -> set[str | None]:
    return {perturber.perturb(question, PASSAGE, ARTICLE, random.Random(seed)) for seed in SEEDS}


def kept(question: str, changed: str) -> int:
    """Return how many characters at both ends are as they were."""
    shorter = min(len(question), len(changed))
    front = next((n for n in range(shorter) if question[n] != changed[n]), shorter)
    rest = shorter - front
    back = next((n for n in range(rest) if question[-1 - n] != changed[-1 - n]), rest)
    return front + back


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_part_of_the_question_is_changed_and_the_rest_is_kept(question: str) -> None:
    found = perturbed(question, PERTURBER)
    assert None not in found
    assert question not in found
    assert len(found) > 2
    for changed in found:
        assert changed is not None
        assert kept(question, changed) >= len(question) / 2
        assert len(set(question.split()) - set(changed.split())) <= 3
        assert changed.endswith("?")


@given(
    question=nasty_texts(*QUESTIONS, "Who ", "did ", "Arden ", "1801 ", "not ", "first ", "castle"),
    passage=nasty_texts(PASSAGE),
    seed=st.integers(0, 2**32),
)
def test_any_question_is_changed_or_left_alone(question: str, passage: str, seed: int) -> None:
    first, again = (
        PERTURBER.perturb(question, passage, ARTICLE, random.Random(seed)) for _ in range(2)
    )
    assert first == again
    assert first != question


def test_a_name_gives_way_to_another_of_the_article() -> None:
    found = perturbed("Where is Lord Arden?")
    names = {changed.removeprefix("Where is ") for changed in found if changed is not None}
    assert {"Dover?", "Queen Matilda?", "King Robert?"} <= names
    assert "Lord Arden?" not in names
    # "The" and "In" begin sentences: they are no names.
    assert not {name.split()[0] for name in names} & {"The", "In", "He", "Later"}


def test_a_name_at_the_end_of_a_sentence_comes_without_the_full_stop() -> None:
    assert [one for one in perturbed("Where is Lord Arden?") if one is None or ".?" in one] == []


def test_a_word_at_the_beginning_is_no_name() -> None:
    assert perturbed("Dover lies where?") == {None}


def test_a_year_gives_way_to_a_year_and_a_number_to_a_number() -> None:
    for changed in perturbed("What of 1801?"):
        assert changed is not None
        year = int(changed.removeprefix("What of ").removesuffix("?"))
        assert year in {1815, 1899} or 1 <= abs(year - 1801) <= 20
    numbers = {
        str(changed).removeprefix("What of ").removesuffix("?")
        for changed in perturbed("What of 340 men?")
    }
    assert "57 men" in numbers
    assert "1,200 men" in numbers
    assert not numbers & {"1815 men", "340 men"}


def test_a_word_gives_way_to_its_opposite() -> None:
    assert perturbed("What opened after noon?") == {
        *("What opened before noon?", "What closed after noon?")
    }
    assert perturbed("First?") == {"Last?"}


def test_a_question_is_negated_or_its_negation_goes() -> None:
    assert perturbed("Whom did it take?") == {
        *("Whom didn't it take?", "Whom did not it take?", "Whom did never it take?")
    }
    assert perturbed("Whom did it not take?") == {"Whom did it take?"}
    assert perturbed("Whom didn't it take?") == {"Whom did it take?"}
    assert perturbed("What can it take?") == {"What can not it take?", "What can never it take?"}


@pytest.mark.parametrize(
    ("question", "expected"), [("What can't it take?", "can"), ("What won't it take?", "will")]
)
def test_an_auxiliary_is_whole_without_its_negation(question: str, expected: str) -> None:
    assert perturbed(question) == {f"What {expected} it take?"}


def test_a_word_gives_way_to_another_of_its_kind() -> None:
    assert perturbed("Which castle?", PERTURBER) == {"Which bridge?", "Which tower?"}


def test_what_the_passage_says_is_not_put_in() -> None:
    found = {
        PERTURBER.perturb("Which castle?", "A bridge of stone.", "", random.Random(seed))
        for seed in SEEDS
    }
    assert found == {"Which tower?"}


def test_words_of_the_same_kind_are_neither_synonyms_nor_other_forms() -> None:
    assert related().of("castle") == ("bridge", "tower")
    assert related().of("zebra") == ()
    assert related().of("[unused7]") == ()


def test_the_commonest_words_have_no_words_of_their_kind() -> None:
    vocabulary = {"castle": 0, "bridge": 1}
    vectors = np.array([[1.0, 0.0], [0.43, 0.9]], dtype=np.float32)
    assert RelatedWords(vocabulary, vectors).of("castle") == ()


def test_a_question_that_offers_nothing_is_left_alone() -> None:
    assert perturbed("Zebra?") == {None}
    assert perturbed("") == {None}


def test_the_words_that_count_are_cut_to_six_letters() -> None:
    assert content_words("When did the Governments leave 12 towns?") == {
        *("govern", "leave", "towns")
    }


def test_the_share_of_the_questions_words() -> None:
    assert shared_words("When did governments fall?", "A governor may fall.") == 1.0
    assert shared_words("When did governments fall?", "It fell in the fall.") == 0.5
    assert shared_words("When?", "It fell.") == 0.0


def test_an_answer_is_found_whatever_its_case() -> None:
    assert holds_answer("It was LORD ARDEN.", ["Dover", "Lord Arden"])
    assert not holds_answer("It was Lord Arden.", ["Dover"])
    assert not holds_answer("It was Lord Arden.", [])
