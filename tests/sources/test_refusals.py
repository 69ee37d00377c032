from typing import get_args

import pytest

from index.sources.errors import (
    NothingReason,
    NothingToReadError,
    ParsingError,
    UnopenedError,
    UnopenedReason,
)
from index.sources.kinds import OtherKind
from index.sources.refusals import name_source, refuse_kind

SOURCE = "https://example.com/{a}"


@pytest.mark.parametrize("kind", get_args(OtherKind))
def test_every_other_kind_has_its_sentence(kind: OtherKind) -> None:
    message = str(refuse_kind(kind, SOURCE))
    assert message.startswith(f"{SOURCE} is a")
    assert message.endswith(".")


@pytest.mark.parametrize("reason", get_args(NothingReason))
def test_every_reason_for_nothing_has_its_sentence(reason: NothingReason) -> None:
    error = name_source(NothingToReadError(reason), SOURCE)
    assert isinstance(error, NothingToReadError)
    assert error.reason == reason
    assert str(error).startswith(f"{SOURCE} ")


@pytest.mark.parametrize("reason", get_args(UnopenedReason))
def test_every_reason_for_not_opening_has_its_sentence(reason: UnopenedReason) -> None:
    error = name_source(UnopenedError(reason), SOURCE)
    assert isinstance(error, UnopenedError)
    assert error.reason == reason
    assert str(error).startswith(f"{SOURCE} ")


def test_a_sentence_stays_as_it_is() -> None:
    for error in (NothingToReadError("empty", "Nothing."), ParsingError("Too large.")):
        assert name_source(error, SOURCE) is error
