import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from bot.answer import AnswerSpan, Citation
from bot.answer_json import answer_to_json
from bot.console import look_of, show
from bot.deep_links import sentence_url, terminal_url
from bot.pipeline import AnswerLimits, QAPipeline
from bot.render import Look, answer_text, passage_text
from index.article import Article, article_from_bytes
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from index.spans import Span
from tests.conftest import PreparedReader, found_in

PAGE = "https://tea.example/house"
TEA = replace(
    article_from_bytes(b"The tea house opened in 1921. It has nine rooms.", "tea.html"), url=PAGE
)
FRAGMENT = f"{PAGE}#:~:text=It%20has%20nine%20rooms."


def citation_of(article: Article, words: str = "nine rooms") -> Citation:
    start, sentence = article.text.index(words), article.text.index("It has")
    found = AnswerSpan(Span(start, start + len(words)), Span(sentence, len(article.text)), 1, 1.0)
    return Citation.of(article, found, 1)


def pipeline_of(article: Article, score: float = 0.9) -> QAPipeline:
    model = HashedWordsModel()
    retriever = Retriever(build_index(article, model, IndexSettings()), model)
    reader = PreparedReader(found_in(article, "nine rooms", score))
    return QAPipeline(article, retriever, reader, AnswerLimits())


def console(**environment: str) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=200,
        highlight=False,
        _environ={"TERM": "xterm-256color", **environment},
    )


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def shown_on(screen: Console, article: Article = TEA, score: float = 0.9) -> str:
    answer = pipeline_of(article, score).answer("How many rooms has it?")
    show(screen, answer_text(answer, look_of(screen)))
    for citation in answer.citations:
        show(screen, passage_text(answer, citation, look_of(screen)))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_a_citation_leads_to_its_sentence_on_the_publisher_s_page() -> None:
    assert sentence_url(citation_of(TEA)) == FRAGMENT


def test_an_article_without_an_address_leads_nowhere() -> None:
    assert sentence_url(citation_of(replace(TEA, url=None))) is None
    assert terminal_url(citation_of(replace(TEA, url=None))) is None


def test_no_address_can_end_the_terminal_s_sequence() -> None:
    article = replace(TEA, url="https://tea.example/h\u00e4user?a=\x1b]8;;\x07\\&b=%41")

    url = terminal_url(citation_of(article)) or ""

    assert all("!" <= character <= "~" for character in url)
    assert url.startswith("https://tea.example/h%C3%A4user?a=%1B]8;;%07\\&b=%41#:~:text=")


def test_the_place_of_a_citation_is_a_link_in_a_terminal() -> None:
    shown = shown_on(console())

    assert shown.count(f";{FRAGMENT}\x1b\\") == 2
    first = shown.splitlines()[1]
    assert first.startswith("  \x1b]8;id=")
    assert "\x1b[2m[1] paragraph 1\x1b[0m\x1b]8;;\x1b\\" in first


def test_what_is_too_unsure_is_a_link_too() -> None:
    shown = shown_on(console(), score=0.5)

    assert f";{FRAGMENT}\x1b\\\x1b[2mClosest: paragraph 1\x1b[0m" in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "unknown"}])
def test_where_nobody_wants_colours_there_is_no_link_and_the_words_stand_alone(
    environment: dict[str, str],
) -> None:
    screen = console(**environment)

    shown = shown_on(screen, score=0.5)

    assert look_of(screen) == Look()
    assert "]8;" not in shown
    assert [line.rstrip() for line in plain(shown).splitlines() if "nine" in line] == [
        "nine rooms",
        "  It has nine rooms.",
    ]


def test_a_terminal_that_prints_links_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")

    assert look_of(console()) == Look(marks=True)


def test_in_a_pipe_there_is_no_link() -> None:
    screen = Console(file=io.StringIO(), highlight=False)

    assert "\x1b" not in shown_on(screen)
    assert look_of(screen) == Look()


def test_an_article_without_an_address_is_no_link() -> None:
    assert "]8;" not in shown_on(console(), replace(TEA, url=None))


def test_json_has_the_link_and_the_article_of_each_citation() -> None:
    article = replace(
        TEA, paragraphs=tuple(replace(part, page=4) for part in TEA.paragraphs), title="Tea"
    )

    value = answer_to_json(pipeline_of(article).answer("How many rooms has it?"))

    (citation,) = value["citations"]
    url = FRAGMENT.replace("#", "#page=4")
    assert (citation["url"], citation["page"], citation["caption"]) == (url, 4, False)
    assert citation["article"] == {"id": value["article"]["id"], "title": "Tea", "url": PAGE}
    assert [passage["page"] for passage in value["passages"]] == [4]
