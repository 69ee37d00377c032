from hypothesis import given
from hypothesis import strategies as st

from bot.answer import AnswerSpan
from bot.pipeline import QAPipeline
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.sources import sources_text
from index.spans import Span
from tests.telegram_app.text.articles import articles, spans
from tests.telegram_app.text.test_answer_message import answer_of


def styled(text: RichText, style: Style) -> list[str]:
    return [text.plain()[span.start : span.end] for span in text.spans if span.style is style]


def test_every_passage_is_shown_with_its_place(sure_pipeline: QAPipeline) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    text = sources_text(answer)
    passages = [scored.passage for scored in answer.passages]

    assert len(passages) == 5
    assert text.plain().splitlines()[:2] == [
        "5 passages behind the last answer, the closest first",
        "What did Iraq capture?",
    ]
    assert styled(text, Style.EXPANDABLE_BLOCKQUOTE) == [passage.text for passage in passages]
    assert styled(text, Style.ITALIC)[1:] == [
        f"{number} · paragraph {passage.paragraph}" for number, passage in enumerate(passages, 1)
    ]


def test_the_cited_words_are_marked(values_pipeline: QAPipeline) -> None:
    answer = values_pipeline.answer("How many months did the battle last?")
    held = [
        citation.quote
        for scored in answer.passages
        for citation in answer.citations
        if scored.passage.start <= citation.start < scored.passage.end
    ]

    assert set(held) == {"eight months", "nine months"}
    assert sorted(styled(sources_text(answer), Style.UNDERLINE)) == sorted(held)


def test_the_closest_words_are_marked_where_there_is_no_answer(
    unsure_pipeline: QAPipeline,
) -> None:
    text = sources_text(unsure_pipeline.answer("What did Iraq capture in January?"))

    assert styled(text, Style.UNDERLINE) == ["east Mosul"]


def test_the_header_is_a_passage(fake_pipeline: QAPipeline) -> None:
    text = sources_text(fake_pipeline.answer("Who wrote this?"))

    assert text.plain() == (
        "1 passage behind the last answer, the closest first\nWho wrote this?\n\n"
        "1 · header\nMelinda Barton | 29 June, 2017, 09:06"
    )


@given(st.data())
def test_nothing_of_a_passage_is_lost(data: st.DataObject) -> None:
    article = data.draw(articles())
    sentence = data.draw(spans(len(article.text)))
    words = data.draw(spans(len(article.text)))
    found = AnswerSpan(words, sentence, 1, 1.0)
    text = sources_text(answer_of(article, "answered", found))

    passage = RichText(article.quote(sentence)).plain()
    assert text.plain().endswith(f"\n{passage}")
    inside = Span(max(words.start, sentence.start), min(words.end, sentence.end))
    marked = RichText(article.quote(inside)).plain() if inside.start < inside.end else ""
    assert "".join(styled(text, Style.UNDERLINE)) == marked
