"""Sentences of news and wiki paragraphs, and what holds for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import split_sentences
from index.spans import Span

GOLD = Path(__file__).parent / "bench" / "sentence_gold.json"
ARTICLE: list[list[str]] = json.loads(GOLD.read_text(encoding="utf-8"))["article"]


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, language=language)]


# In each text " | " stands where the sentences part.
@pytest.mark.parametrize(
    "marked",
    [
        # abbreviations, initials, numbers
        "J. R. R. Tolkien wrote it. | J.R.R. Tolkien was old. | George W. Bush left.",
        "Dr. Smith met Mr. Jones and Lt. Col. Adams in St. Petersburg. | They talked.",
        "The U.S. troops left. | U.S. Army units stayed in the U.S. | They won.",
        "About one sq km (0.4 sq mile) fell. | An area of 5 sq. km held. | It grew 3.5 percent.",
        "See e.g. Al, Zn, etc. in vol. 2 on pp. 3–5. | It is approx. 5 km. | Good.",
        "It opens at 6 p.m. Friday. | She came at 6 p.m. | They ate.",
        "It was the Sept. 11 attack. | On Dec. 7 he left.",
        "Amb. Jones met Spc. Smith in Ste. Marie.",
        # a full stop without a space behind it
        "They watch the video feed.|Soldiers dash through alleys.",
        "He asked?|Yes.|No!|Maybe.",
        "In Node.js and ASP.NET, e.g.this, at 3.5 in the U.S.A, on example.com and Example.Com.",
        "See https://Example.Com/Page.Html or www.Bbc.Co.uk or mail J.Smith@Example.Com. | Go.",
        "Profits rose.|Net income fell.",
        # quotations
        '"Stop!" he said. | "Why?" she asked. | Nobody knew.',
        'It was "great." | But it ended "at last". | “Great,” he said.',
        "'It is over.' | Then he left, the 'caliphate'. | The dogs' bones.",
        '"We came. | We saw. | We won," he said. | They left.',
        "‘It is over. | We won.’ he said. | They left.",
        "\"They shared 'a thing together.' | He said so,\" it reads.",
        'He left. | "I was young. | I was old.',
        "Don't go. | 'Tis late.",
        '"Is it?" and "it is," they said.',
        # ellipses, brackets, notes, lists, hard-wrapped lines
        "He waited ... and waited. | Then... nothing. | He waited... | Then he left.",
        "He waited… and waited… | Then he left.",
        "It (mostly) ended. | (Reporting by A. Smith. Editing by B. Jones.) | The army left.",
        "It is known.[1] | It was built.[citation needed] | It fell.:116–121 | Good.",
        "1. First item. | 2. Second item. | 3. Third.",
        "It is either (a) one, (b) two, or (c) three. | It is.",
        "The committee met on\nMonday. | It decided\nnothing.",
        "- item one\n | - item two\n | - item three",
        # marks that make no sentence of their own
        "It ended. ... | It did.",
        "?!?! ... !",
        "Good 👍. | Bye! | 😀 Next.",
    ],
)
def test_splits_english(marked: str) -> None:
    text = marked.replace(" | ", " ").replace("|", "")
    expected = [part.strip() for part in marked.replace(" | ", "|").split("|")]
    assert sentences(text) == expected


@pytest.mark.parametrize("expected", ARTICLE)
def test_splits_the_article_as_labelled(expected: list[str]) -> None:
    assert sentences("".join(expected)) == [sentence.strip() for sentence in expected]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["Das ist z. B. gut.", "Am 3. Oktober kam Dr. Müller.", "Er ging."]),
        ("es", ["El Sr. García llegó.", "¿Qué hora es?", "¡Vamos!"]),
        ("ar", ["ذهب الولد إلى المدرسة.", "هل عاد؟", "نعم."]),
        ("hi", ["राम घर गया।", "सीता भी गई।", "क्या हुआ?"]),
        ("xx", ["Nobody knows this language.", "It is split all the same."]),
    ],
)
def test_splits_other_languages(language: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_splits_chinese_without_spaces(language: str) -> None:
    assert sentences("今天很好。我们去吧！你去吗？", language) == [
        "今天很好。",
        "我们去吧！",
        "你去吗？",
    ]


def test_offsets_count_from_the_start_of_the_article() -> None:
    text = "Title 👍\n\nOne came.  Two left. \n\nThree stayed."
    assert split_sentences(text, Span(9, 32)) == [Span(9, 18), Span(20, 29)]
    assert text[20:29] == "Two left."


@pytest.mark.parametrize("text", ["", " ", "\n\n \u3000"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_a_lone_surrogate_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        split_sentences("One. \ud800")


FRAGMENTS = st.sampled_from(
    [
        *(". ", ".", "...", "… ", "? ", "!", '"', "“", "”", "'", "’", "(", ")", "[1]", "[", "]"),
        *(
            " ",
            "\n",
            "\n\n",
            "\t",
            "\u00a0",
            "\u3000",
            "\u2028",
            "\x00",
            "\x1c",
            "\u200f",
            "\ufeff",
        ),
        *(
            "He",
            "said",
            "U.S.",
            "J. R. ",
            "e.g.",
            "vol.",
            "3.5",
            "p.m.",
            "Friday",
            "1. ",
            "(a) ",
            ":5",
        ),
        *(
            "www.A.Com",
            "a@B.c",
            "://",
            "ASP.NET",
            "👩‍👩‍👧",
            "e\u0301",
            "שלום",
            "。",
            "「",
            "」",
            "।",
            "؟",
            "«",
            "»",
        ),
    ]
)
NASTY = st.lists(FRAGMENTS | st.text(max_size=5), max_size=40).map("".join)


@given(before=NASTY, text=NASTY, after=NASTY, language=st.sampled_from(["en", "de", "zh", "xx"]))
def test_every_character_is_in_exactly_one_sentence(
    before: str, text: str, after: str, language: str
) -> None:
    article, paragraph = before + text + after, Span(len(before), len(before) + len(text))
    spans = split_sentences(article, paragraph, language)
    places = [place for span in spans for place in range(span.start, span.end)]
    assert places == sorted(set(places))
    assert all(span.start < span.end for span in spans)
    pieces = [article[span.start : span.end] for span in spans]
    assert pieces == [piece.strip() for piece in pieces]
    bare = [place for place in places if not article[place].isspace()]
    inside = range(paragraph.start, paragraph.end)
    assert bare == [place for place in inside if not article[place].isspace()]


@given(text=NASTY)
def test_a_paragraph_is_split_alike_wherever_it_stands(text: str) -> None:
    alone = [Span(span.start + 4, span.end + 4) for span in split_sentences(text)]
    assert split_sentences(f"Go. {text} No", Span(4, 4 + len(text))) == alone
