"""The tuning part of the set of quotations; `tests/bench/speakers.py` prints both parts."""

import pytest

from tests.speakers.scoring import Outcome, figures, outcomes


@pytest.fixture(scope="module")
def found() -> list[Outcome]:
    return outcomes(held_out=False)


def test_no_name_is_wrong(found: list[Outcome]) -> None:
    assert [row for row in found if row.given_label == "named" and not row.is_right] == []


def test_no_label_is_wrong_but_that_nobody_is_named(found: list[Outcome]) -> None:
    wrong = [row for row in found if row.given_label != "not_named" and not row.is_right]
    assert wrong == []


def test_nearly_all_are_found(found: list[Outcome]) -> None:
    assert figures(found).recall >= 0.98


def test_most_roles_are_as_written(found: list[Outcome]) -> None:
    right = [row for row in found if row.is_right and row.label in {"named", "unnamed_source"}]
    assert sum(row.is_role_right for row in right) / len(right) >= 0.95
