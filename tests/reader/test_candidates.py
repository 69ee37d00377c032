import numpy as np

from bot.reader.candidates import Candidate, find_candidates
from index.article import read_default_article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever, ScoredPassage
from index.spans import Span
from tests.reader.fake_reader import PointingModel
from tests.reader.windows import scored


def best_of(found: list[Candidate]) -> list[Candidate]:
    return [one for one in found if one.span_score == 8.0]


def test_a_candidate_is_in_the_articles_offsets() -> None:
    passage = scored("It rained. The mill burned down in May.", start=100, paragraph=3, score=0.7)
    (best,) = best_of(find_candidates(PointingModel(), "Which mill?", [passage]))
    assert best == Candidate(
        span=Span(120, 131),
        sentence=Span(111, 139),
        text="burned down",
        passage=passage,
        span_score=8.0,
        no_answer_score=0.0,
        sentence_score=0.69,
    )


def test_passages_are_read_in_order_each_by_itself() -> None:
    model = PointingModel()
    passages = [
        scored("The mill burned down.", start=300),
        scored("No such thing here."),
        scored("A mill stands here.", start=100),
    ]
    found = find_candidates(model, "Which mill?", passages)
    assert [one.text for one in best_of(found)] == ["burned down", "stands here"]
    assert model.read == 3
    order = [passages.index(one.passage) for one in found]
    assert order == sorted(order)
    assert set(order) == {0, 1, 2}
    apart = [find_candidates(model, "Which mill?", [passage]) for passage in passages]
    assert found == [one for of_passage in apart for one in of_passage]


def test_nothing_is_found_where_nothing_is_to_be_read() -> None:
    heading: ScoredPassage = scored("The mill burned", sentences=[])
    assert find_candidates(PointingModel(), "Which mill?", []) == []
    assert find_candidates(PointingModel(), "Which mill?", [heading]) == []
    assert find_candidates(PointingModel(), "Which mill?", [scored("", sentences=[])]) == []


def test_candidates_of_an_article_are_its_own_words() -> None:
    article = read_default_article()
    model = HashedWordsModel()
    retriever = Retriever(build_index(article, model, IndexSettings()), model)
    passages = retriever.retrieve("What did Iraq capture in the city?", 20)
    found = find_candidates(PointingModel(), "What did Iraq capture in the city?", passages)
    assert len(best_of(found)) > 3
    for one in found:
        assert article.text[one.span.start : one.span.end] == one.text
        assert one.sentence.start <= one.span.start < one.span.end <= one.sentence.end
        assert one.sentence in one.passage.passage.sentences
        assert np.isfinite(one.sentence_score)
