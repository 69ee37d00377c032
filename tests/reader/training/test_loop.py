import math
from pathlib import Path

import pytest
import torch

from bot.reader.training.batches import Batch, batch_of
from bot.reader.training.dropout import ByteDropout
from bot.reader.training.examples import Example
from bot.reader.training.loop import Learner, Network, Schedule, is_no_answer_score, loss_of
from index.spans import Span
from tests.reader.tiny_models import word_pieces

pytestmark = pytest.mark.usefixtures("one_thread")

CPU = torch.device("cpu")
PASSAGE = "the army took the old city by the river"
SCHEDULE = Schedule(steps=100, learning_rate=5e-3, seed=1)


@pytest.fixture
def batch() -> Batch:
    tokenizer = word_pieces()
    examples = [
        Example("who took the city", PASSAGE, Span(4, 8)),
        Example("who built the city", PASSAGE, None),
        Example("what was took", PASSAGE, Span(14, 26)),
    ]
    found = batch_of(tokenizer, examples)
    return Batch(
        found.input_ids,
        found.attention_mask,
        found.token_type_ids,
        found.outside,
        found.starts,
        found.ends,
        torch.tensor([1, -1, -1]),
        torch.tensor([-1, -1, -1]),
    )


def small(starts: list[int], counterparts: list[int], rivals: list[int] | None = None) -> Batch:
    shape = (len(starts), 3)
    ones = torch.ones(shape, dtype=torch.long)
    places = torch.tensor(starts)
    no_rivals = [-1] * len(starts)
    return Batch(
        *(ones, ones, ones, torch.zeros(shape).bool(), places, places),
        torch.tensor(counterparts),
        torch.tensor(rivals or no_rivals),
    )


def test_the_loss_is_that_of_the_right_tokens() -> None:
    logits = torch.tensor([[0.0, math.log(2.0), 0.0], [math.log(3.0), 0.0, 0.0]])
    loss = loss_of(logits, torch.zeros(2, 3), small([1, 0], [-1, -1]))
    expected = ((-math.log(2 / 4) - math.log(3 / 5)) / 2 - math.log(1 / 3)) / 2
    assert float(loss) == pytest.approx(expected)


def test_the_answerable_of_a_pair_is_to_score_higher() -> None:
    logits = torch.tensor([[0.0, 1.0, -1e4], [0.0, -2.0, -1e4]])
    alone = float(loss_of(logits, logits, small([1, 0], [-1, -1])))
    paired = float(loss_of(logits, logits, small([1, 0], [1, -1])))
    # The log odds of an answer are 2 and -4, those of start and end together.
    assert paired - alone == pytest.approx(0.5 * math.log(1 + math.exp(-4 - 2)), rel=1e-4)
    turned = torch.flip(logits, [0])
    alone = float(loss_of(turned, turned, small([1, 0], [-1, -1])))
    paired = float(loss_of(turned, turned, small([1, 0], [1, -1])))
    assert paired - alone == pytest.approx(0.5 * math.log(1 + math.exp(2 + 4)), rel=1e-4)


def test_the_right_tokens_are_to_be_the_likeliest_of_two_passages() -> None:
    logits = torch.tensor([[0.0, math.log(3.0), 0.0], [5.0, math.log(2.0), -1e4]])
    alone = float(loss_of(logits, logits, small([1, 0], [-1, -1])))
    shared = float(loss_of(logits, logits, small([1, 0], [-1, -1], [1, -1])))
    # Of 3 + 1 + 2; what "no answer" has counts for nothing.
    assert shared - alone == pytest.approx(-0.5 * math.log(3 / 6), rel=1e-4)


def test_an_answer_that_was_cut_off_has_no_place_among_two_passages() -> None:
    logits = torch.tensor([[0.0, 1.0, 0.0], [5.0, 2.0, 0.0]])
    alone = float(loss_of(logits, logits, small([0, 0], [-1, -1])))
    assert float(loss_of(logits, logits, small([0, 0], [-1, -1], [1, -1]))) == alone


def test_no_answer_is_the_first_tokens_score() -> None:
    assert is_no_answer_score(torch.tensor([1.0, 9.0]), torch.tensor([2.5, 9.0])) == 3.5


def test_the_learning_rate_rises_and_falls() -> None:
    rates = [SCHEDULE.rate(step) for step in range(101)]
    assert rates[0] == pytest.approx(5e-3 / 6)
    assert max(rates) == rates[5] == rates[6] == pytest.approx(5e-3)
    assert rates[:6] == sorted(rates[:6])
    assert rates[6:] == sorted(rates[6:], reverse=True)
    assert rates[53] == pytest.approx(2.5e-3)
    assert rates[100] == 0.0
    assert rates[99] > 0


@pytest.mark.parametrize("steps", [1, 2, 3, 20])
def test_every_step_of_a_short_run_learns(steps: int) -> None:
    rates = [Schedule(steps, 1.0, 1).rate(step) for step in range(steps)]
    assert min(rates) > 0
    assert max(rates) == 1.0


def test_an_answer_may_be_only_where_the_passage_is(bert: Path, batch: Batch) -> None:
    starts, ends = Network(str(bert)).eval().logits(batch)
    assert starts.shape == ends.shape == batch.input_ids.shape
    assert bool((starts[batch.outside] == -1e4).all())
    assert bool((starts[~batch.outside].abs() < 100).all())


def test_attention_is_not_dropped_out_and_the_rest_is_quickly(bert: Path) -> None:
    modules = list(Network(str(bert)).modules())
    dropouts = [one for one in modules if isinstance(one, torch.nn.Dropout)]
    assert dropouts
    assert {type(one) for one in dropouts} == {ByteDropout}
    assert {one.p for one in dropouts} == {0.0, 0.1}


def test_steps_lower_the_loss(bert: Path, batch: Batch) -> None:
    learner = Learner(Network(str(bert)), SCHEDULE, CPU)
    losses = [learner.learn(batch) for _ in range(20)]
    assert learner.step == 20
    assert sum(losses[-5:]) < 0.5 * sum(losses[:5])


def test_a_learner_goes_on_where_another_stopped(bert: Path, batch: Batch) -> None:
    first = Learner(Network(str(bert)), SCHEDULE, CPU)
    for _ in range(3):
        first.learn(batch)
    second = Learner(Network(str(bert)), SCHEDULE, CPU)
    # A checkpoint that has been on disk has tensors of its own.
    saved = first.checkpoint()
    copied = {name: tensor.clone() for name, tensor in saved.tensors.items()}
    second.restore(type(saved)(saved.step, copied))
    assert second.step == 3
    assert [first.learn(batch) for _ in range(3)] == [second.learn(batch) for _ in range(3)]
    expected = first.checkpoint().tensors
    for name, tensor in second.checkpoint().tensors.items():
        assert torch.equal(tensor, expected[name]), name


def test_what_is_dropped_out_depends_on_seed_and_step(bert: Path, batch: Batch) -> None:
    losses = []
    for seed, noise in ((1, 0), (1, 99), (2, 0)):
        learner = Learner(Network(str(bert)), Schedule(100, 5e-3, seed), CPU)
        torch.manual_seed(noise)
        losses.append(learner.learn(batch))
    assert losses[0] == losses[1]
    assert losses[0] != losses[2]


def test_a_head_that_is_missing_is_made_anew(headless: Path, batch: Batch) -> None:
    torch.manual_seed(1)
    first = Network(str(headless)).eval().logits(batch)[0]
    torch.manual_seed(1)
    again = Network(str(headless)).eval().logits(batch)[0]
    torch.manual_seed(2)
    other = Network(str(headless)).eval().logits(batch)[0]
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
