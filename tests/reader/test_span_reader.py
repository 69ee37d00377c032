import pytest

from bot.answer import AnswerSpan
from bot.reader.span_reader import SpanReader
from index.article import Article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from index.spans import Span
from tests.reader.fake_reader import PointingModel
from tests.reader.rules import rules
from tests.reader.windows import scored

FIRST = scored("It rained. The mill burned down in May.", paragraph=1, score=0.9)
SECOND = scored("A mill stands here still.", start=100, paragraph=4, score=0.5)


def reader(**changed: object) -> SpanReader:
    return SpanReader(PointingModel(), rules(**changed), max_wrong=0.1)


def plain() -> SpanReader:
    return SpanReader(PointingModel(), None, max_wrong=0.1)


def test_the_words_are_found_with_their_sentence_and_paragraph() -> None:
    reading = plain().read("Which mill?", [FIRST])
    assert reading.spans[0] == AnswerSpan(Span(20, 31), Span(11, 39), 1, 8.0)


def test_the_best_comes_first_whatever_the_order_of_the_passages() -> None:
    for passages in ([FIRST, SECOND], [SECOND, FIRST]):
        spans = plain().read("Which mill?", passages).spans
        assert [span.paragraph for span in spans[:2]] == [1, 4]
        assert [span.score for span in spans[:2]] == [8.0, 8.0]
        assert len(spans) == len({span.span for span in spans}) <= 10


def test_a_calibrated_reader_tells_probabilities() -> None:
    found = reader()
    spans = found.read("Which mill?", [FIRST, SECOND]).spans
    assert found.is_calibrated
    assert spans[0].score == pytest.approx(1 / (1 + 2.718281828**-8))
    assert all(0 <= span.score < 1 for span in spans)


def test_an_uncalibrated_reader_tells_the_evidence() -> None:
    found = plain()
    reading = found.read("Which mill?", [FIRST])
    assert not found.is_calibrated
    assert (found.threshold, reading.no_answer_score, reading.unsure_from) == (0.0, 0.0, 0.0)
    assert reading.spans[0].score == 8.0
    assert reading.spans[-1].score < 0


@pytest.mark.parametrize(("max_wrong", "threshold"), [(1.0, 0.0), (0.1, 0.6), (0.0, 1.0)])
def test_the_threshold_is_the_calibrations(max_wrong: float, threshold: float) -> None:
    found = SpanReader(PointingModel(), rules(), max_wrong=max_wrong)
    reading = found.read("Which mill?", [FIRST])
    assert (found.threshold, reading.no_answer_score) == (threshold, threshold)
    assert reading.unsure_from == 0.3


@pytest.mark.parametrize("is_calibrated", [True, False])
def test_where_the_passage_does_not_say_no_span_reaches_the_threshold(is_calibrated: bool) -> None:
    found = reader() if is_calibrated else plain()
    reading = found.read("Which zebra?", [FIRST, SECOND])
    assert reading.spans
    assert max(span.score for span in reading.spans) < reading.no_answer_score
    answered = found.read("Which mill?", [FIRST, SECOND])
    assert answered.spans[0].score >= answered.no_answer_score


def test_nothing_to_read_is_no_spans() -> None:
    for found in (reader(), plain()):
        reading = found.read("Which mill?", [])
        assert (reading.spans, reading.values) == ((), ())
        assert found.read("Which mill?", [scored("Mill", sentences=[])]).spans == ()


def test_different_values_are_told_in_the_articles_order() -> None:
    early = scored("The siege lasted eight months, they said.", start=50, paragraph=2, score=0.1)
    late = scored("But the siege lasted nine months.", start=500, paragraph=7, score=0.9)
    for found in (reader(), plain()):
        reading = found.read("How long has the siege lasted?", [late, early])
        assert [value.span for value in reading.values] == [Span(67, 79), Span(521, 532)]
        assert reading.spans[0] in reading.values
        assert set(reading.values) <= set(reading.spans)


@pytest.mark.parametrize("is_calibrated", [True, False])
def test_a_pronoun_is_no_answer(is_calibrated: bool) -> None:
    found = reader() if is_calibrated else plain()
    named = scored("The mill: Arden.", score=0.9)
    unnamed = scored("The mill: he.", score=0.9)
    answered = found.read("Which mill?", [named])
    refused = found.read("Which mill?", [unnamed])
    assert (answered.spans[0].span, refused.spans[0].span) == (Span(10, 15), Span(10, 12))
    assert answered.spans[0].score >= answered.no_answer_score
    assert refused.spans[0].score < refused.unsure_from


def test_one_value_is_no_list_of_values() -> None:
    assert plain().read("Which mill?", [FIRST, SECOND]).values == ()


def test_the_fusion_decides_what_comes_first() -> None:
    weights = {"span": 0.0, "no_answer": 0.0, "passage": -1.0, "sentence": 0.0}
    assert reader(fusion=weights).read("Which mill?", [FIRST, SECOND]).spans[0].paragraph == 4


def test_it_is_the_model_that_is_loaded_and_known() -> None:
    model = PointingModel()
    found = SpanReader(model, None, max_wrong=0.1)
    assert model.loaded == 0
    found.load()
    assert model.loaded == 1
    assert found.fingerprint == "pointing-1"


def test_every_span_of_the_default_article_is_checkable(default_article: Article) -> None:
    model = HashedWordsModel()
    retriever = Retriever(build_index(default_article, model, IndexSettings()), model)
    question = "Who liberated the eastern part of Mosul?"
    reading = plain().read(question, retriever.retrieve(question, 5))
    assert reading.spans
    scores = [span.score for span in reading.spans]
    assert scores[0] == 8.0
    for span in reading.spans:
        assert span.sentence.start <= span.span.start < span.span.end <= span.sentence.end
        part = default_article.paragraphs[span.paragraph - 1]
        assert part.start <= span.sentence.start < span.sentence.end <= part.end
    assert plain().read(question, retriever.retrieve(question, 5)) == reading
