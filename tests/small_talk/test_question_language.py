import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.small_talk.question_language import is_foreign, working_languages
from index.article import Article
from index.english_words import english_words

QUESTIONS = Path(__file__).parents[1] / "questions"
WORD = re.compile(r"[^\W\d_]+")

FOREIGN = """
    Wer hat Mosul erobert?
    Wie viele Menschen wurden vertrieben?
    Wann begann die Schlacht?
    Warum ist die Brücke kaputt?
    Wo liegt Veldstedt?
    wie alt ist er
    Qui a capturé Mossoul ?
    Combien de personnes ont été déplacées ?
    Quand la bataille a-t-elle commencé ?
    Où se trouve la ville ?
    pourquoi les soldats sont-ils partis
    Qui est Lise Grande ?
    ¿Quién capturó Mosul?
    ¿Cuántas personas fueron desplazadas?
    ¿Cuándo empezó la batalla?
    donde esta la ciudad
    ¿Por qué se fueron los soldados?
    ¿Qué dijo Lise Grande?
    Chi ha conquistato Mosul?
    Quante persone sono state sfollate?
    Quando è iniziata la battaglia?
    perché i soldati se ne sono andati
    Dove si trova la città?
    Quem capturou Mossul?
    Quantas pessoas foram deslocadas?
    Quando começou a batalha?
    Onde fica a cidade?
    Wie heeft Mosul veroverd?
    Hoeveel mensen zijn er verdreven?
    Wanneer begon de slag?
    Waarom ging de school dicht?
    Kto zdobył Mosul?
    Ile osób zostało wysiedlonych?
    Kiedy rozpoczęła się bitwa?
    Musul'u kim ele geçirdi?
    Kaç kişi yerinden edildi?
    Savaş ne zaman başladı?
    Vem erövrade Mosul?
    Hur många människor fördrevs?
    När började slaget?
    Кто захватил Мосул?
    Сколько людей было перемещено?
    Когда началась битва?
    Хто захопив Мосул?
    Скільки людей було переміщено?
    من استولى على الموصل؟
    كم عدد النازحين؟
    متى بدأت المعركة؟
    谁占领了摩苏尔？
    有多少人流离失所？
    战斗什么时候开始的？
    モスルを占領したのは誰ですか？
    何人が避難しましたか？
    戦いはいつ始まりましたか？
    누가 모술을 점령했나요?
    몇 명이 피난했나요?
    मोसुल पर किसने कब्जा किया?
    कितने लोग विस्थापित हुए?
    Berapa banyak orang yang mengungsi?
    Siapa yang merebut Mosul?
"""
# Names, and what English has from elsewhere.
NOT_FOREIGN = """
    Mosul?
    Raqqa
    Lise Grande?
    Angela Merkel
    El Paso?
    La Paz
    Los Angeles
    coup d'état?
    who said "c'est la vie"?
    Der Spiegel?
    Le Monde
    raison d'être
    per capita income?
    habeas corpus
    Владимир Путин?
    毛泽东
    アドルフ・ヒトラー
    صدام حسين
    Que Sera Sera?
    de facto capital?
    author??
    titel pls
    hwo mnay shcools hav reopend
    teh capital of iraq
    SDF?
    ISIS
    poblacion
    capital?
    et al
    status quo
    Abu Bakr al-Baghdadi?
    Côte d'Ivoire
    São Paulo?
    Vive la France
    mosul raqqa aleppo
    vox populi vox dei
    was ist
    José Mujica
    gdp per capita 2016?
    us led coalition
    old city
"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def article_words(default_article: Article) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(default_article.text))


@pytest.mark.parametrize("question", _lines(FOREIGN))
def test_a_question_in_another_language_is_foreign(
    question: str, article_words: frozenset[str]
) -> None:
    assert is_foreign(question, article_words, ("en",))


@pytest.mark.parametrize("question", _lines(NOT_FOREIGN))
def test_names_and_phrases_are_not(question: str, article_words: frozenset[str]) -> None:
    assert not is_foreign(question, article_words, ("en",))


def test_no_question_of_the_sets_is_foreign(article_words: frozenset[str]) -> None:
    lines = [
        json.loads(line)
        for name in ("default_article", "about_the_article", "typing_errors", "yes_no")
        for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    asked = [line["question"] for line in lines]
    assert [text for text in asked if is_foreign(text, article_words, ("en",))] == []


def test_the_articles_own_language_works() -> None:
    question = "Wer hat die Stadt erobert und wann?"
    assert is_foreign(question, (), working_languages(None))
    assert not is_foreign(question, (), working_languages("de"))
    assert is_foreign("¿Quién capturó la ciudad?", (), working_languages("de"))


def test_whoever_asks_with_the_articles_words_is_understood() -> None:
    assert is_foreign("der dritte Mann und ich", (), ("en",))
    assert not is_foreign("der dritte Mann und ich", {"der", "und"}, ("en",))


def test_what_is_quoted_says_nothing() -> None:
    assert not is_foreign("\u201cder, die und das\u201d?", (), ("en",))


def test_working_languages() -> None:
    assert working_languages(None) == ("en",)
    assert working_languages("en") == ("en",)
    assert working_languages("de") == ("en", "de")


def test_the_list_of_english_words() -> None:
    words = english_words()
    assert len(words) == 82_834
    assert words["the"] > words["hedgehog"] > words["caliphate"]
    assert {"colour", "color", "reopened", "people's", "lisa"} & set(words) >= {"colour", "lisa"}
    assert "goverment" not in words


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert is_foreign(text, (), ("en",)) in (True, False)
