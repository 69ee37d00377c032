import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.training import examples
from bot.reader.training.examples import Example, PairMaker, most_alike
from bot.reader.training.perturb import Perturber, RelatedWords, holds_answer
from bot.reader.training.sources import Asked, Context
from index.spans import Span
from tests.reader.squad_sets import questions_of, squad_set, write_set

PAIRS = PairMaker(Perturber(RelatedWords({}, np.zeros((1, 1), dtype=np.float32))))
SEEDS = range(60)


def context_of(*sentences: str) -> Context:
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    return Context(" ".join(sentences), tuple(spans))


def asked_of(
    context: Context, answer: str | None, *others: Context, question: str = "Who took it?"
) -> Asked:
    if answer is None:
        return Asked(question, context, (context, *others), (), None)
    start = context.text.index(answer)
    span = Span(start, start + len(answer))
    return Asked(question, context, (context, *others), (answer,), span)


LONG = context_of(
    *(f"Sentence {n} of it all tells of the town and of the mill by the river." for n in range(9)),
    "Lord Arden took the castle in 1801.",
    *(f"Then sentence {n} tells of the harbour and of the old bridge." for n in range(9, 18)),
)
OTHER = context_of("Lady Bexley took the mill.", "It rained.")


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    return questions_of(write_set(tmp_path_factory.mktemp("sets") / "set.json", squad_set()))


def test_the_first_of_a_pair_has_the_answer_and_the_second_has_none(
    questions: list[Asked],
) -> None:
    for seed, asked in enumerate(questions):
        if asked.answer is None:
            continue
        positive, negative = PAIRS.pair(asked, None, random.Random(seed))
        assert positive.answer is not None
        assert positive.question == asked.question
        said = positive.passage[positive.answer.start : positive.answer.end]
        assert said == asked.context.text[asked.answer.start : asked.answer.end]
        assert positive.passage in asked.context.text
        assert negative.answer is None
        if negative.question == asked.question:
            assert not holds_answer(negative.passage, asked.answers)
        else:
            assert negative.passage == positive.passage


def test_all_kinds_of_counterparts_come_up() -> None:
    asked = asked_of(LONG, "Lord Arden", OTHER, question="Who took the castle in 1801?")
    kinds = set()
    for seed in SEEDS:
        positive, negative = PAIRS.pair(asked, None, random.Random(seed))
        if negative.passage == positive.passage:
            kinds.add("changed")
            assert negative.question != asked.question
        elif "Bexley" in negative.passage or "rained" in negative.passage:
            kinds.add("elsewhere")
        else:
            kinds.add("without")
            assert "Lord Arden" not in negative.passage
    assert kinds == {"changed", "elsewhere", "without"}


def test_a_pair_depends_on_its_seed_alone(questions: list[Asked]) -> None:
    first = [PAIRS.pair(asked, None, random.Random(7)) for asked in questions]
    again = [PAIRS.pair(asked, None, random.Random(7)) for asked in reversed(questions)]
    assert first == again[::-1]
    other = [PAIRS.pair(asked, None, random.Random(8)) for asked in questions]
    assert first != other


def test_a_question_without_an_answer_comes_with_one_of_its_paragraph() -> None:
    none = asked_of(LONG, None, question="Who sold it?")
    alike = asked_of(LONG, "Lord Arden")
    first, second = PAIRS.pair(none, alike, random.Random(1))
    assert first.question == "Who took it?"
    assert first.answer is not None
    assert second.question == "Who sold it?"
    assert second.answer is None
    assert len(PAIRS.pair(none, None, random.Random(1))) == 1
    assert len(PAIRS.pair(none, none, random.Random(1))) == 1


def test_a_question_that_offers_no_counterpart_comes_alone() -> None:
    asked = asked_of(context_of("Arden."), "Arden", question="Zebra?")
    for seed in SEEDS:
        assert PAIRS.pair(asked, None, random.Random(seed)) == (
            Example("Zebra?", "Arden.", Span(0, 5)),
        )


def test_a_passage_is_of_whole_sentences_of_many_lengths() -> None:
    asked = asked_of(LONG, "Lord Arden")
    lengths = set()
    for seed in SEEDS:
        positive = PAIRS.pair(asked, None, random.Random(seed))[0]
        assert positive.passage.startswith(("Sentence", "Then", "Lord Arden"))
        assert positive.passage.endswith(".")
        assert len(positive.passage) <= 1_000
        lengths.add(len(positive.passage))
    assert min(lengths) < 300
    assert max(lengths) > 800


def test_a_long_paragraph_is_cut_around_what_an_unanswerable_question_asks_about() -> None:
    none = asked_of(LONG, None, question="Which lord sold the castle in 1801?")
    for seed in SEEDS:
        (example,) = PAIRS.pair(none, None, random.Random(seed))
        assert "Lord Arden took the castle" in example.passage
        assert len(example.passage) <= 1_000 < len(LONG.text)


def test_a_short_paragraph_without_the_answer_is_read_whole() -> None:
    none = asked_of(OTHER, None)
    (example,) = PAIRS.pair(none, None, random.Random(1))
    assert example == Example("Who took it?", OTHER.text, None)


def test_an_answer_of_two_sentences_is_never_cut() -> None:
    context = context_of("He said yes.", "It was so.", "It rained.")
    asked = asked_of(context, "said yes. It was")
    for seed in SEEDS:
        positive = PAIRS.pair(asked, None, random.Random(seed))[0]
        assert positive.answer is not None
        answer = positive.passage[positive.answer.start : positive.answer.end]
        assert answer == "said yes. It was"


def test_another_paragraph_with_the_answer_is_no_counterpart() -> None:
    asked = asked_of(context_of("Arden."), "Arden", context_of("In ARDEN it rained."), OTHER)
    passages = {examples._elsewhere(asked, random.Random(seed)) for seed in SEEDS}
    assert passages == {Example("Who took it?", OTHER.text, None)}
    alone = asked_of(context_of("Arden."), "Arden", context_of("In ARDEN it rained."))
    assert examples._elsewhere(alone, random.Random(1)) is None


WORDS = st.lists(st.sampled_from(["a", "b", "cat", "B", "the"]), min_size=1, max_size=4)


@given(
    sentences=st.lists(WORDS, min_size=1, max_size=8),
    place=st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(1, 4)),
    more=st.lists(st.sampled_from(["a", "b", "the cat"]), max_size=2),
    seed=st.integers(0, 1000),
)
def test_what_is_left_without_the_answer_does_not_hold_it(
    sentences: list[list[str]], place: tuple[int, int, int], more: list[str], seed: int
) -> None:
    context = context_of(*(f"{' '.join(words)}." for words in sentences))
    number, first, count = place
    words = sentences[number % len(sentences)]
    answer = " ".join(words[first % len(words) :][:count])
    sentence = context.sentences[number % len(sentences)]
    start = context.text.index(answer, sentence.start)
    span = Span(start, start + len(answer))
    asked = Asked("Who?", context, (context,), (answer, *more), span)
    found = examples._without_answer(asked, span, random.Random(seed))
    if found is None:
        return
    assert found.answer is None
    assert not holds_answer(found.passage, asked.answers)
    assert all(sentence in context.text for sentence in found.passage.split(". "))


def test_where_every_sentence_holds_the_answer_nothing_is_left() -> None:
    asked = asked_of(context_of("Arden fell.", "It was in arden."), "Arden")
    assert asked.answer is not None
    assert examples._without_answer(asked, asked.answer, random.Random(1)) is None


def test_the_question_most_alike_is_an_answerable_one_of_the_same_paragraph() -> None:
    none = asked_of(LONG, None, question="Who sold the castle in 1801?")
    near = asked_of(LONG, "Lord Arden", question="Who took the castle in 1801?")
    far = asked_of(LONG, "1801", question="When was it?")
    elsewhere = asked_of(OTHER, "Lady Bexley", question="Who sold the castle in 1801?")
    assert most_alike(none, [far, none, near, elsewhere]) is near
    assert most_alike(none, [none, elsewhere]) is None


def test_pairs_of_a_file_are_made(tmp_path: Path) -> None:
    path = write_set(tmp_path / "set.json", squad_set(is_impossible=False))
    for asked in questions_of(path):
        assert len(PAIRS.pair(asked, None, random.Random(1))) == 2
