import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, read_default_article
from index.sources.reading import read_article
from index.spans import Span
from index.spelling import Correction, Spelling

QUESTIONS = Path(__file__).parent / "questions"

# Of 60 questions with typing errors, those that keep one: a word that English has as well, one
# that is near two words of the article, or one with too few letters.
NOT_CLEAN = {
    "te-07": "Moslawi",
    "te-16": "Lisa",
    "te-20": "payed",
    "te-24": "advice",
    "te-31": "wining",
    "te-32": "manger",
    "te-40": "brand",
    "te-42": "dei",
    "te-47": "flower",
    "te-50": "doug",
    "te-53": "mayer",
    "te-55": "sprue",
}

# Typing errors of a set that does not mark them.
TYPED = {"whos the auther of this artical", "wen was this publishd"}


def _lines(name: str) -> list[dict[str, str]]:
    text = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def spelling(default_article: Article) -> Spelling:
    return Spelling(default_article.text)


def _bare(text: str) -> list[str]:
    """Return words without what nobody takes for a typing error: case, marks, apostrophes."""
    return re.findall(r"\w+", re.sub("['’]", "", text.lower()))


def _spelling_of(name: str) -> Spelling:
    is_default = name == "default"
    return Spelling(
        (read_default_article() if is_default else read_article(str(QUESTIONS / name))).text
    )


def test_typing_errors_of_the_set() -> None:
    kept = set()
    for line in _lines("typing_errors"):
        corrected = _spelling_of(line["article"]).corrected(line["question"])
        if _bare(corrected) != _bare(line["clean"]):
            kept.add(line["id"])
    assert kept == set(NOT_CLEAN)


@pytest.mark.parametrize("name", ["default_article", "about_the_article"])
def test_correct_questions_stay_as_they_are(spelling: Spelling, name: str) -> None:
    asked = [line["question"] for line in _lines(name) if "typo" not in line.get("tags", ())]
    assert [text for text in asked if spelling.corrected(text) != text and text not in TYPED] == []


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("How many were displced from Mossul?", "How many were displaced from Mosul?"),
        ("who captured esat mosul", "who captured east mosul"),
        ("Where is Raqa?", "Where is Raqqa?"),
        ("where is raqa?", "where is Raqqa?"),
        ("WHERE IS RAQA?", "WHERE IS RAQQA?"),
        ("Waht did Lise Grnade's team say?", "What did Lise Grande's team say?"),
        ("What is teh headline?", "What is the headline?"),
        ("Did they recieve water?", "Did they receive water?"),
        ("What is the goverment’s hope?", "What is the government’s hope?"),
    ],
)
def test_corrections(spelling: Spelling, question: str, meant: str) -> None:
    assert spelling.corrected(question) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who is Lisa Grande?",  # a name that English has
        "What about Kobane?",  # unknown, and near nothing
        "Is the SDP in Raqqa?",  # an abbreviation is no error for another
        "What do Moslawi say?",
        "dont they know whats happening?",
        "What color is the organized labor's favorite?",
        "",
        "862,000?",
    ],
)
def test_what_is_no_error_is_left(spelling: Spelling, question: str) -> None:
    assert spelling.corrected(question) == question


def test_two_near_words_are_none() -> None:
    question = "Who has the blck box?"
    assert Spelling("A black block.").corrected(question) == question
    assert Spelling("A black box.").corrected(question) == "Who has the black box?"


def test_a_doubled_letter_is_likelier_than_another_one() -> None:
    assert Spelling("They slept. They sleep.").corrected("Do they slep?") == "Do they sleep?"


def test_an_ending_of_a_name_is_no_error() -> None:
    spelling = Spelling("The Carpathian ridge above Veldstedt.")
    assert spelling.corrected("Where is Carpathia?") == "Where is Carpathia?"
    assert spelling.corrected("Where is Veldstet?") == "Where is Veldstedt?"


def test_whose_it_is_keeps_its_apostrophe() -> None:
    spelling = Spelling("A violin of Ilse Bergmann costs as much as a car.")
    assert spelling.corrected("how much are bergmans violins") == (
        "how much are Bergmann's violins"
    )


def test_where_it_stands(spelling: Spelling) -> None:
    assert spelling.corrections("Is Mossul big?") == (Correction(Span(3, 9), "Mosul"),)


def test_other_languages_are_left_alone() -> None:
    text = "Die Brücke wurde 1871 gebaut."
    assert Spelling(text, language="de").corrected("Wer hat die Brüke gebaut?") == (
        "Wer hat die Brüke gebaut?"
    )
    foreign = "kolik lidí žije dnes celkem podle posledního sčítání obyvatel v tomto městě"
    assert Spelling(text).corrected(foreign) == foreign


@given(st.text(max_size=80), st.text(max_size=80))
def test_only_words_change(text: str, question: str) -> None:
    spelling = Spelling(text)
    corrected = spelling.corrected(question)
    between = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
    kept = between.split(question)
    assert all(part in corrected for part in kept)
    assert spelling.corrected(question) == corrected


@given(st.sampled_from(["Mosul", "Grande", "displaced", "government", "treatment"]), st.data())
def test_two_neighbours_that_are_swapped(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    text = f"The {word} is here."
    assert Spelling(text).corrected(f"Where is the {swapped}?") == f"Where is the {word}?"
