from dataclasses import replace
from typing import get_args

import pytest

from bot.messages.catalogue import Catalogue, Category, complaints, english_category
from bot.messages.english import ENGLISH
from bot.messages.keys import SMALL_TALK, Key
from bot.small_talk.phrases import Kind


def _polish_category(number: int) -> Category:
    if number == 1:
        return "one"
    is_few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    return "few" if is_few else "many"


POLISH = Catalogue(
    "pl",
    {
        **ENGLISH.texts,
        Key.UNDERSTOOD_AS: "Rozumiem: {question}",
        Key.SUMMARY: {
            "one": "Artykuł w {number} zdaniu",
            "few": "Artykuł w {number} zdaniach",
            "other": "Artykuł w {number} zdaniach",
        },
    },
    category=_polish_category,
    group_mark=" ",
)


def test_every_key_has_a_text() -> None:
    assert set(ENGLISH.texts) == set(Key)


def test_all_small_talk_has_an_answer_but_what_the_article_answers() -> None:
    assert set(SMALL_TALK) == set(get_args(Kind)) - {"about"}


def test_a_sentence_with_its_value() -> None:
    assert ENGLISH.say(Key.UNDERSTOOD_AS, question="Who {is} it?") == (
        "Understood as: Who {is} it?"
    )


def test_plural_forms() -> None:
    assert ENGLISH.count(Key.SUMMARY, 1) == "The article in 1 sentence of its own"
    assert ENGLISH.count(Key.SUMMARY, 3) == "The article in 3 sentences of its own"
    assert ENGLISH.count(Key.SUMMARY, 1_200) == "The article in 1,200 sentences of its own"


def test_plural_forms_of_another_language() -> None:
    assert POLISH.count(Key.SUMMARY, 1) == "Artykuł w 1 zdaniu"
    assert POLISH.count(Key.SUMMARY, 3) == "Artykuł w 3 zdaniach"
    assert POLISH.count(Key.SUMMARY, 1_200) == "Artykuł w 1 200 zdaniach"
    assert POLISH.say(Key.UNDERSTOOD_AS, question="Kto?") == "Rozumiem: Kto?"


def test_a_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError, match="question"):
        ENGLISH.say(Key.UNDERSTOOD_AS)
    with pytest.raises(KeyError, match="needs a number"):
        ENGLISH.say(Key.SUMMARY)
    with pytest.raises(KeyError, match="no plural forms"):
        ENGLISH.count(Key.THANKS, 2)


def test_a_whole_translation_has_no_complaints() -> None:
    assert list(complaints(POLISH, ENGLISH)) == []


def test_what_a_translation_lacks() -> None:
    texts = dict(ENGLISH.texts)
    del texts[Key.THANKS]
    texts[Key.UNDERSTOOD_AS] = "Verstanden als: {frage}"
    texts[Key.SUMMARY] = {"one": "In {number} Satz"}
    texts[Key.HELP] = {"other": "Hilfe"}
    assert list(complaints(replace(ENGLISH, texts=texts), ENGLISH)) == [
        "small_talk.thanks is not translated.",
        "small_talk.help has plural forms in one language only.",
        "question.understood_as has ['frage'] instead of ['question'].",
        "about.summary has no form for “other”.",
    ]
    original = replace(ENGLISH, texts=texts)
    assert list(complaints(replace(ENGLISH, texts={**texts, Key.THANKS: "Ta."}), original))[
        -1:
    ] == ["small_talk.thanks is not known."]


def test_sentences_are_short_and_end() -> None:
    for key, text in ENGLISH.texts.items():
        for form in [text] if isinstance(text, str) else text.values():
            assert len(form) <= 140, key
            assert form == form.strip(), key
            if key.startswith(("small_talk", "language")):
                assert form.endswith((".", "!", "?")), key


@pytest.mark.parametrize(("number", "category"), [(0, "other"), (1, "one"), (2, "other")])
def test_english_categories(number: int, category: Category) -> None:
    assert english_category(number) == category
