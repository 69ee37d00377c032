import numpy as np
import pytest
from hypothesis import given

from index.article import ReadLimits, article_from_bytes
from index.embedding import HashedWordsModel
from index.normalise import normalise
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from tests.nasty_text import nasty_texts

MODEL = HashedWordsModel(dimension=1024)
TOPICS = ["army", "river", "school", "bakery", "airport", "museum", "orchard", "harbour", "theatre"]
LONG = "\n\n".join(
    f"The {topic} stands in the {side}. It opened {n} years ago, and {n + 40} people work there."
    for n, (topic, side) in enumerate(
        ((topic, side) for topic in TOPICS for side in ("north", "south", "east", "west")), 100
    )
)
SHORT = """\
The army captured the eastern part of the city in January.

Aid agencies fed the displaced families. Lise Grande coordinates the aid for Iraq.

Schools have reopened, and children are learning again."""


def retriever(text: str, *, markdown: bool = False, candidate_limit: int = 200) -> Retriever:
    article = article_from_bytes(
        text.encode(), "text", markdown=markdown, limits=ReadLimits(10**8, 1)
    )
    return Retriever(
        build_index(article, MODEL, IndexSettings()), MODEL, candidate_limit=candidate_limit
    )


def ranked(finder: Retriever, question: str, top_k: int = 5) -> list[int]:
    return [scored.passage.paragraph for scored in finder.retrieve(question, top_k)]


FINDER = retriever(SHORT)


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("What did the army capture?", 1),
        ("Who is Lise Grande?", 2),
        ("Who fed the dispalced?", 2),
        ("What do the children do?", 3),
    ],
)
def test_the_right_passage_wins(question: str, paragraph: int) -> None:
    found = ranked(retriever(SHORT), question)
    assert found[0] == paragraph
    assert sorted(found) == [1, 2, 3]


def test_scores_fall_from_the_first_to_the_last() -> None:
    found = retriever(LONG).retrieve("When did the bakery in the west open?", 36)
    scores = [scored.score for scored in found]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 36
    assert scores[0] > scores[-1]


def test_the_right_sentence_scores_highest_in_its_passage() -> None:
    best = retriever(SHORT).retrieve("What does Lise Grande coordinate?", 1)[0]
    assert best.passage.paragraph == 2
    assert len(best.sentence_scores) == 2
    assert best.sentence_scores[1] > best.sentence_scores[0]


def test_each_passage_comes_with_the_scores_of_its_own_sentences() -> None:
    text = "One two three four. Five six.\n\nSeven eight. Nine ten. Eleven twelve.\n\nThirteen."
    finder = retriever(text)
    for question, paragraph, sentence in [("Five six", 1, 1), ("Eleven", 2, 2), ("Thirteen", 3, 0)]:
        found = {scored.passage.paragraph: scored for scored in finder.retrieve(question, 9)}
        counts = {number: len(scored.sentence_scores) for number, scored in found.items()}
        assert counts == {1: 2, 2: 3, 3: 1}
        assert int(np.argmax(found[paragraph].sentence_scores)) == sentence


@pytest.mark.parametrize("top_k", [1, 2, 3, 4])
def test_returns_no_more_than_asked_for(top_k: int) -> None:
    assert len(retriever(SHORT).retrieve("Who?", top_k)) == min(top_k, 3)


def test_ties_go_to_the_passage_that_comes_first() -> None:
    text = "\n\n".join(["The army left the city."] * 5 + ["The army took the old city."])
    assert ranked(retriever(text), "When did the army leave the city?", 5) == [1, 2, 3, 4, 5]
    assert ranked(retriever(text), "zzzz", 6) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("candidates", [1, 2, 3])
@pytest.mark.parametrize("topic", TOPICS)
def test_few_candidates_find_the_same_winner(candidates: int, topic: str) -> None:
    question = f"How many people work in the {topic} of the south?"
    every = retriever(LONG).retrieve(question, 1)[0]
    few = retriever(LONG, candidate_limit=candidates).retrieve(question, 1)[0]
    assert f"The {topic} stands in the south." in every.passage.text
    assert few == every


def test_few_candidates_are_fewer() -> None:
    found = retriever(LONG, candidate_limit=1).retrieve("How many people work in the army?", 36)
    assert 1 <= len(found) <= 4


def test_a_passage_without_sentences_is_not_given_those_of_another() -> None:
    finder = retriever("The harbour\n\n# The museum\n\nSeven left.\n\n# The museum", markdown=True)
    found = finder.retrieve("Who left? Seven left.", 9)
    assert [(scored.passage.text, len(scored.sentence_scores)) for scored in found] == [
        ("The museum\n\nSeven left.", 1),
        ("The museum", 0),
    ]
    assert found[1].score == 0


@pytest.mark.parametrize("candidates", [1, 200])
def test_a_passage_without_sentences_can_be_found(candidates: int) -> None:
    text = "The army left.\n\n# Schools and bakeries\n\n## Museums\n\nIt rained.\n\n# The harbour"
    finder = retriever(text, markdown=True, candidate_limit=candidates)
    found = finder.retrieve("Where is the harbour?", 5)
    assert (found[0].passage.text, found[0].sentence_scores) == ("The harbour", ())


def test_an_article_of_one_passage_has_one() -> None:
    found = retriever("The army left the city.", candidate_limit=1).retrieve("Who left?", 5)
    assert [scored.passage.text for scored in found] == ["The army left the city."]


@given(question=nasty_texts("army", "the ").map(normalise).filter(bool))
def test_any_question_ranks_every_passage(question: str) -> None:
    found = FINDER.retrieve(question, 9)
    assert sorted(scored.passage.paragraph for scored in found) == [1, 2, 3]
    assert all(np.isfinite(scored.score) for scored in found)
