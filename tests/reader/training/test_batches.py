from itertools import islice

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader.training.batches import (
    GROUPS_PER_BATCH,
    MAX_TOKENS,
    NO_PAIR,
    Batch,
    Epochs,
    batch_of,
    encode,
)
from bot.reader.training.examples import Example, GroupMaker
from bot.reader.training.perturb import Perturber, RelatedWords
from bot.reader.training.sources import Asked
from index.spans import Span
from tests.reader.squad_sets import questions_of, squad_set, write_set
from tests.reader.tiny_models import word_pieces

TOKENIZER = word_pieces()
GROUPS = GroupMaker(Perturber(RelatedWords({}, np.zeros((1, 1), dtype=np.float32))))
FIELDS = (
    *("input_ids", "attention_mask", "token_type_ids", "outside", "starts", "ends"),
    *("counterparts", "rivals"),
)
WORD = "river"  # one token


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    return questions_of(write_set(tmp_path_factory.mktemp("sets") / "set.json", squad_set()))


def epochs_of(questions: list[Asked], weight: float = 1.0, seed: int = 1) -> Epochs:
    return Epochs([(questions, weight)], GROUPS, TOKENIZER, seed)


def taken(epochs: Epochs, first: int, count: int) -> list[Batch]:
    return list(islice(epochs.batches(first), count))


def are_same(first: Batch, second: Batch) -> bool:
    return all(torch.equal(getattr(first, name), getattr(second, name)) for name in FIELDS)


def assert_same(first: list[Batch], second: list[Batch]) -> None:
    assert len(first) == len(second)
    assert [are_same(*pair) for pair in zip(first, second, strict=True)] == [True] * len(first)


def assert_sound(batch: Batch) -> None:
    count, longest = batch.input_ids.shape
    assert longest <= MAX_TOKENS
    rows = torch.arange(count)
    assert not batch.outside[rows, batch.starts].any()
    assert not batch.outside[rows, batch.ends].any()
    assert bool((batch.starts <= batch.ends).all())
    assert not batch.outside[:, 0].any()
    # Padding is outside, and is not read.
    assert bool(batch.outside[batch.attention_mask == 0].all())
    # An answer is of the passage, the second of the two texts.
    answered = batch.starts > 0
    assert bool((batch.token_type_ids[rows, batch.starts][answered] == 1).all())
    for others in (batch.counterparts, batch.rivals):
        for row, other in enumerate(others.tolist()):
            if other != NO_PAIR:
                assert int(batch.starts[row]) > 0
                assert int(batch.starts[other]) == int(batch.ends[other]) == 0
                assert int(batch.counterparts[other]) == int(batch.rivals[other]) == NO_PAIR
    assert not (set(batch.counterparts.tolist()) & set(batch.rivals.tolist())) - {NO_PAIR}


def test_a_steps_batch_depends_on_the_seed_and_its_number(questions: list[Asked]) -> None:
    epochs = epochs_of(questions)
    assert epochs.batches_per_epoch == len(questions) // GROUPS_PER_BATCH == 4
    whole = taken(epochs, 0, 10)
    assert_same(taken(epochs_of(questions), 0, 10), whole)
    for first in (1, 3, 4, 6, 9):
        assert_same(taken(epochs_of(questions), first, 10 - first), whole[first:])
    other = taken(epochs_of(questions, seed=2), 0, 10)
    assert [are_same(*pair) for pair in zip(whole, other, strict=True)] == [False] * 10


def test_an_epoch_is_not_the_one_before(questions: list[Asked]) -> None:
    batches = taken(epochs_of(questions), 0, 8)
    pairs = zip(batches[:4], batches[4:], strict=True)
    assert [are_same(*pair) for pair in pairs] == [False] * 4


def test_a_run_goes_on_in_the_middle_of_a_long_epoch(questions: list[Asked]) -> None:
    epochs = epochs_of(questions, weight=15)
    assert epochs.batches_per_epoch == 67  # more than are put in order at once
    whole = taken(epochs, 0, 68)
    for first in (63, 64, 65, 67):
        assert_same(taken(epochs, first, 68 - first), whole[first:])


def test_every_answer_is_where_one_may_be(questions: list[Asked]) -> None:
    batches = taken(epochs_of(questions), 0, 8)
    for batch in batches:
        assert_sound(batch)
    assert sum(int((batch.starts > 0).sum()) for batch in batches) >= 8 * GROUPS_PER_BATCH - 8
    assert sum(int((batch.counterparts != NO_PAIR).sum()) for batch in batches) > 100
    assert sum(int((batch.rivals != NO_PAIR).sum()) for batch in batches) > 50


@pytest.mark.parametrize(
    ("weight", "times"), [(1.0, {1}), (2.0, {2}), (2.5, {2, 3}), (0.5, {0, 1})]
)
def test_an_epoch_has_each_question_as_often_as_its_weight_says(
    questions: list[Asked], weight: float, times: set[int]
) -> None:
    order = epochs_of(questions, weight=weight)._order(0)
    counts = [sum(one is asked for one in order) for asked in questions]
    assert set(counts) == times
    assert len(order) == int(len(questions) * weight)


def test_several_sources_are_mixed(questions: list[Asked]) -> None:
    epochs = Epochs([(questions[:36], 2.0), (questions[36:], 0.5)], GROUPS, TOKENIZER, 1)
    assert epochs.batches_per_epoch == (72 + 18) // GROUPS_PER_BATCH
    assert len(epochs._order(0)) == 90


def test_a_source_without_a_question_adds_none(questions: list[Asked]) -> None:
    epochs = Epochs([(questions, 1.0), ([], 2.0)], GROUPS, TOKENIZER, 1)
    assert_same(taken(epochs, 0, 4), taken(epochs_of(questions), 0, 4))


def test_an_answers_tokens_are_found() -> None:
    passage = "Lord Arden (of Dover) took it."
    start = passage.index("Arden (")
    example = Example("Who?", passage, Span(start, start + len("Arden (of")))
    found = encode(TOKENIZER, example)
    tokens = [TOKENIZER.id_to_token(number) for number in found.ids[found.start : found.end + 1]]
    assert "".join(tokens).replace("##", "") == "arden(of"


def test_of_an_answer_in_the_middle_of_a_word_the_word_pieces_are_found() -> None:
    example = Example("Who?", "the rivers", Span(5, 6))
    found = encode(TOKENIZER, example)
    pieces = TOKENIZER.encode("the rivers", add_special_tokens=False).offsets
    place = next(n for n, (start, end) in enumerate(pieces) if start <= 5 < end)
    first = found.outside.index(0, 1)
    assert (found.start, found.end) == (first + place, first + place)


def test_without_an_answer_the_first_token_is_right() -> None:
    found = encode(TOKENIZER, Example("Who?", "the river", None))
    assert (found.start, found.end) == (0, 0)
    assert found.outside == [0, 1, 1, 1, 0, 0, 1]


@pytest.mark.parametrize(("place", "is_lost"), [(0, False), (300, False), (330, True), (599, True)])
def test_an_answer_behind_what_is_read_is_lost(place: int, is_lost: bool) -> None:
    passage = " ".join([WORD] * 600)
    start = place * (len(WORD) + 1)
    found = encode(TOKENIZER, Example("Who?", passage, Span(start, start + len(WORD))))
    assert len(found.ids) == len(found.type_ids) == len(found.outside) == MAX_TOKENS
    head = found.outside.index(0, 1)
    assert found.start == found.end == (0 if is_lost else head + place)


def test_an_answer_that_is_read_in_part_ends_where_reading_does() -> None:
    passage = " ".join([WORD] * 600)
    found = encode(TOKENIZER, Example("Who?", passage, Span(0, len(passage))))
    assert found.end == MAX_TOKENS - 1
    assert found.start == found.outside.index(0, 1)


def test_a_question_that_fills_all_has_no_answer() -> None:
    passage = "the river"
    found = encode(TOKENIZER, Example(" ".join([WORD] * 600), passage, Span(0, 3)))
    assert (found.start, found.end) == (0, 0)
    assert found.outside == [0] + [1] * (MAX_TOKENS - 1)
    assert_sound(batch_of(TOKENIZER, [Example(WORD * 600, passage, Span(0, 3))]))


@settings(max_examples=60)
@given(
    asked=st.integers(1, 400),
    told=st.integers(1, 500),
    answer=st.tuples(st.integers(0, 499), st.integers(1, 30)),
)
def test_a_long_example_is_cut_without_losing_track(
    asked: int, told: int, answer: tuple[int, int]
) -> None:
    first = answer[0] % told
    last = min(first + answer[1], told) - 1
    step = len(WORD) + 1
    span = Span(first * step, last * step + len(WORD))
    question, passage = " ".join(["mill"] * asked), " ".join([WORD] * told)
    batch = batch_of(TOKENIZER, [Example(question, passage, span), Example("mill", WORD, None)])
    assert_sound(batch)
    ids = batch.input_ids[0]
    river = TOKENIZER.token_to_id(WORD)
    outside = batch.outside[0]
    assert torch.equal((ids == river), ~outside & (torch.arange(len(ids)) > 0))
    head = 1 + asked + 1
    if head + first < MAX_TOKENS:
        expected = (head + first, min(head + last, MAX_TOKENS - 1))
    else:
        expected = (0, 0)
    assert (int(batch.starts[0]), int(batch.ends[0])) == expected


def test_a_batch_can_be_moved() -> None:
    batch = batch_of(TOKENIZER, [Example("Who?", "the river", Span(4, 9))])
    assert are_same(batch.to(torch.device("cpu")), batch)
