import pytest
import torch

from bot.reader.training.dropout import ByteDropout, quicken_dropout

ONES = torch.ones(400, 1_001)  # not a multiple of eight


@pytest.mark.parametrize("probability", [0.1, 0.25, 0.5, 0.9])
def test_the_share_that_is_told_is_dropped_and_the_mean_is_kept(probability: float) -> None:
    torch.manual_seed(1)
    dropped = ByteDropout(probability)(ONES)
    share = float((dropped == 0).float().mean())
    assert share == pytest.approx(probability, abs=0.005)
    assert float(dropped.mean()) == pytest.approx(1.0, abs=0.02)
    kept = dropped[dropped != 0]
    assert float(kept.min()) == float(kept.max()) == pytest.approx(1 / (1 - probability), rel=0.02)


def test_every_place_is_dropped_as_often_as_another() -> None:
    torch.manual_seed(1)
    dropout = ByteDropout(0.5)
    counts = sum((dropout(torch.ones(33)) != 0).float() for _ in range(1_000))
    assert isinstance(counts, torch.Tensor)
    assert float(counts.min()) > 420
    assert float(counts.max()) < 580


def test_what_is_dropped_depends_on_the_seed() -> None:
    dropout = ByteDropout(0.5)
    found = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        found.append(dropout(ONES))
    assert torch.equal(found[0], found[1])
    assert not torch.equal(found[0], found[2])


def test_nothing_is_dropped_but_in_training() -> None:
    values = torch.randn(8, 9)
    assert ByteDropout(0.5).eval()(values) is values
    assert ByteDropout(0.0)(values) is values
    assert ByteDropout(0.001)(values) is values  # less than a step


@pytest.mark.parametrize("shape", [(0,), (1,), (7,), (3, 5, 2)])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_shape_and_type_are_kept(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    dropped = ByteDropout(0.5)(torch.ones(shape, dtype=dtype))
    assert (dropped.shape, dropped.dtype) == (torch.Size(shape), dtype)


def test_gradients_pass_where_values_do() -> None:
    values = torch.ones(50, requires_grad=True)
    dropped = ByteDropout(0.5)(values)
    dropped.sum().backward()  # type: ignore[no-untyped-call]
    assert values.grad is not None
    assert torch.equal(values.grad, dropped.detach())


def test_every_dropout_in_a_module_is_replaced() -> None:
    inner = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Dropout(0.3))
    module = torch.nn.ModuleDict({"inner": inner, "outer": torch.nn.Dropout(0.1)})
    quicken_dropout(module)
    assert isinstance(inner[1], ByteDropout)
    assert isinstance(module["outer"], ByteDropout)
    assert (inner[1].p, module["outer"].p) == (0.3, 0.1)
    assert isinstance(inner[0], torch.nn.Linear)
