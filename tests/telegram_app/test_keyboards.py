from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.answer import Answer, Citation
from bot.pipeline import QAPipeline
from bot.telegram_app.keyboards import Press, answer_keyboard, cited, press_in, suggestion_data
from bot.telegram_app.text.quotes import copy_text
from index.article import Article
from tests.telegram_app.text.articles import article_of
from tests.telegram_app.text.test_answer_message import answer_of, found_in

ID = "a" * 32
URL = "https://example.org/race"


def answer_about(article: Article, count: int) -> Answer:
    found = [found_in(article, f"Runner {n} ran.", f"Runner {n}") for n in range(count)]
    return answer_of(article, "answered", *found)


def runners(count: int, url: str | None = URL) -> Answer:
    text = " ".join(f"Runner {n} ran." for n in range(count))
    return answer_about(article_of(text, url), count)


def keyboard(answer: Answer, **fields: object) -> InlineKeyboardMarkup:
    shown = {"context_shown": False, "rating": None} | fields
    return answer_keyboard(answer, ID, **shown)  # type: ignore[arg-type]


def labels(markup: InlineKeyboardMarkup) -> list[list[str]]:
    return [[button.text for button in row] for row in markup.inline_keyboard]


def test_one_citation() -> None:
    assert labels(keyboard(runners(1))) == [
        ["[1]", "In context"],
        ["Open at the sentence", "Copy citation"],
        ["👍", "👎"],
    ]


def test_without_an_address_nothing_is_opened() -> None:
    assert labels(keyboard(runners(1, url=None)))[1] == ["Copy citation"]


def test_several_citations_say_which_is_opened_and_copied() -> None:
    assert labels(keyboard(runners(10))) == [
        [f"[{n}]" for n in range(1, 9)],
        ["[9]", "[10]"],
        ["In context"],
        ["Open at the sentence [1]"],
        ["Copy citation [1]"],
        ["👍", "👎"],
    ]


def test_what_the_links_lead_to() -> None:
    answer = runners(1)
    (_, (opened, copied), _) = keyboard(answer).inline_keyboard

    assert opened.url == f"{URL}#:~:text=Runner%200%20ran."
    assert copied.copy_text is not None
    assert copied.copy_text.text == copy_text(answer.citations[0])


def test_a_keyboard_is_never_too_large() -> None:
    rows = keyboard(runners(120)).inline_keyboard

    assert max(map(len, rows)) == 8
    assert sum(map(len, rows)) <= 100


def test_what_is_unsure_can_be_looked_at(unsure_pipeline: QAPipeline) -> None:
    answer = unsure_pipeline.answer("Which part?")

    assert labels(keyboard(answer)) == [["[1]", "In context"], ["👍", "👎"]]


def test_a_refusal_can_be_rated(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("Zebra quartz?")

    assert labels(keyboard(answer)) == [["👍", "👎"]]
    assert cited(answer) == ()


def test_the_state_is_in_the_labels_and_the_data() -> None:
    markup = keyboard(runners(1), context_shown=True, rating="bad")

    assert labels(markup)[0] == ["[1]", "Less"]
    assert labels(markup)[-1] == ["👍", "👎 ✓"]
    rows = [[button.callback_data for button in row] for row in markup.inline_keyboard]
    assert rows[0] == [f"v1:s:{ID}:1", f"v1:c:{ID}:0"]
    assert rows[-1] == [f"v1:g:{ID}:1", f"v1:b:{ID}:1"]
    hidden = keyboard(runners(1), rating="good").inline_keyboard
    assert hidden[0][1].callback_data == f"v1:c:{ID}:1"
    assert labels(keyboard(runners(1), rating="good"))[-1] == ["👍 ✓", "👎"]


@given(st.sampled_from("scgb"), st.from_regex("[A-Za-z0-9]{1,32}", fullmatch=True),
       st.integers(0, 999_999))  # fmt: skip
def test_data_comes_back_and_fits(what: str, answer_id: str, number: int) -> None:
    press = Press(what, answer_id, number)  # type: ignore[arg-type]

    assert press_in(press.data()) == press
    assert len(press.data().encode()) <= 64


def test_a_suggestion_has_a_number_only() -> None:
    assert suggestion_data(2) == "v1:q:2"
    assert press_in("v1:q:2") == Press("q", "", 2)


def test_a_number_may_be_missing() -> None:
    assert press_in("v1:g:abc") == Press("g", "abc", 0)


@pytest.mark.parametrize(
    "data", [None, "", "v1", "v1:s", "v1:s:", "v1:x:abc", "v2:s:abc:1", "v1:s:a-b:1", "v1:s:abc:1 ",
             "v1:q:x", f"v1:s:{'a' * 33}:1", "v1:s:abc:1\n"]
)  # fmt: skip
def test_other_data_says_nothing(data: str | None) -> None:
    assert press_in(data) is None


def test_the_closest_words_are_what_an_unsure_answer_cites() -> None:
    answer = runners(1)
    closest: Citation = answer.citations[0]

    assert cited(replace(answer, citations=(), closest=closest)) == (closest,)
