import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reader.training import examples
from bot.reader.training.examples import Example, Group, GroupMaker, most_alike
from bot.reader.training.perturb import Perturber, RelatedWords, holds_answer
from bot.reader.training.sources import Asked, Context
from index.spans import Span
from tests.reader.squad_sets import questions_of, squad_set, write_set

GROUPS = GroupMaker(Perturber(RelatedWords({}, np.zeros((1, 1), dtype=np.float32))))
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


def test_the_first_of_a_group_has_the_answer_and_the_others_have_none(
    questions: list[Asked],
) -> None:
    rivals = 0
    for seed, asked in enumerate(questions):
        if asked.answer is None:
            continue
        group = GROUPS.group(asked, None, random.Random(seed))
        first, counterpart, rival = group.first, group.counterpart, group.rival
        assert first.answer is not None
        assert first.question == asked.question
        said = first.passage[first.answer.start : first.answer.end]
        assert said == asked.context.text[asked.answer.start : asked.answer.end]
        assert first.passage in asked.context.text
        assert counterpart is not None
        assert counterpart.answer is None
        if counterpart.question == asked.question:
            assert not holds_answer(counterpart.passage, asked.answers)
        else:
            assert counterpart.passage == first.passage
        if rival is not None:
            rivals += 1
            assert rival.answer is None
            assert rival.question == asked.question
            assert not holds_answer(rival.passage, asked.answers)
            assert rival.passage not in asked.context.text
    assert rivals > len(questions) / 3


def test_all_kinds_of_counterparts_come_up() -> None:
    asked = asked_of(LONG, "Lord Arden", OTHER, question="Who took the castle in 1801?")
    kinds = set()
    for seed in SEEDS:
        group = GROUPS.group(asked, None, random.Random(seed))
        assert group.counterpart is not None
        if group.counterpart.passage == group.first.passage:
            kinds.add("changed")
            assert group.counterpart.question != asked.question
        else:
            kinds.add("without")
            assert "Lord Arden" not in group.counterpart.passage
        kinds.add("rival" if group.rival else "no rival")
    assert kinds == {"changed", "without", "rival", "no rival"}


def test_a_group_depends_on_its_seed_alone(questions: list[Asked]) -> None:
    first = [GROUPS.group(asked, None, random.Random(7)) for asked in questions]
    again = [GROUPS.group(asked, None, random.Random(7)) for asked in reversed(questions)]
    assert first == again[::-1]
    other = [GROUPS.group(asked, None, random.Random(8)) for asked in questions]
    assert first != other


def test_a_question_without_an_answer_comes_with_one_of_its_paragraph() -> None:
    none = asked_of(LONG, None, question="Who sold it?")
    alike = asked_of(LONG, "Lord Arden", OTHER)
    groups = [GROUPS.group(none, alike, random.Random(seed)) for seed in SEEDS]
    for group in groups:
        assert group.first.question == "Who took it?"
        assert group.first.answer is not None
        assert group.counterpart is not None
        assert group.counterpart.question == "Who sold it?"
        assert group.counterpart.answer is None
    rivals = {group.rival.question for group in groups if group.rival}
    assert rivals == {"Who took it?"}
    alone = Group(Example("Who sold it?", OTHER.text, None))
    none = asked_of(OTHER, None, LONG, question="Who sold it?")
    assert GROUPS.group(none, None, random.Random(1)) == alone
    assert GROUPS.group(none, none, random.Random(1)) == alone


def test_a_question_that_offers_nothing_else_comes_alone() -> None:
    asked = asked_of(context_of("Arden."), "Arden", question="Zebra?")
    for seed in SEEDS:
        assert GROUPS.group(asked, None, random.Random(seed)) == Group(
            Example("Zebra?", "Arden.", Span(0, 5))
        )


def test_a_rival_is_cut_around_what_the_question_asks_about() -> None:
    asked = asked_of(OTHER, "Lady Bexley", LONG, question="Who took the castle in 1801?")
    found = [examples._elsewhere(asked, random.Random(seed)) for seed in SEEDS]
    assert all(example and "took the castle in 1801" in example.passage for example in found)


def test_a_passage_is_of_whole_sentences_of_many_lengths() -> None:
    asked = asked_of(LONG, "Lord Arden")
    lengths = set()
    for seed in SEEDS:
        positive = GROUPS.group(asked, None, random.Random(seed)).first
        assert positive.passage.startswith(("Sentence", "Then", "Lord Arden"))
        assert positive.passage.endswith(".")
        assert len(positive.passage) <= 1_000
        lengths.add(len(positive.passage))
    assert min(lengths) < 300
    assert max(lengths) > 800


def test_a_long_paragraph_is_cut_around_what_an_unanswerable_question_asks_about() -> None:
    none = asked_of(LONG, None, question="Which lord sold the castle in 1801?")
    for seed in SEEDS:
        example = GROUPS.group(none, None, random.Random(seed)).first
        assert "Lord Arden took the castle" in example.passage
        assert len(example.passage) <= 1_000 < len(LONG.text)


def test_a_short_paragraph_without_the_answer_is_read_whole() -> None:
    none = asked_of(OTHER, None)
    example = GROUPS.group(none, None, random.Random(1)).first
    assert example == Example("Who took it?", OTHER.text, None)


def test_an_answer_of_two_sentences_is_never_cut() -> None:
    context = context_of("He said yes.", "It was so.", "It rained.")
    asked = asked_of(context, "said yes. It was")
    for seed in SEEDS:
        positive = GROUPS.group(asked, None, random.Random(seed)).first
        assert positive.answer is not None
        answer = positive.passage[positive.answer.start : positive.answer.end]
        assert answer == "said yes. It was"


def test_another_paragraph_with_the_answer_is_no_rival() -> None:
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


def test_groups_of_a_file_are_made(tmp_path: Path) -> None:
    path = write_set(tmp_path / "set.json", squad_set(is_impossible=False))
    for asked in questions_of(path):
        assert GROUPS.group(asked, None, random.Random(1)).counterpart is not None
