from pathlib import Path

import pytest

from bot.evaluation.question_set import EvaluationError
from bot.reader.training.observations import Asking, Observation, observe
from index.embedding import HashedWordsModel
from tests.reader.fake_reader import PointingModel
from tests.reader.squad_sets import squad_set, write_set


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("sets") / "set.json", squad_set(things=("abbey",)))


def observed(path: Path, *titles: str, top_k: int = 3) -> list[Observation]:
    asking = Asking(PointingModel(), HashedWordsModel(), top_k)
    return list(observe([path], titles, asking))


def test_the_questions_of_two_articles_are_asked_of_each_other_too(path: Path) -> None:
    found = observed(path, "Bexley", "Arden")
    assert [(one.article, one.kind) for one in found] == [
        ("Arden", "answerable"),
        ("Arden", "answerable"),
        ("Arden", "unanswerable"),
        *[("Bexley", "mismatch")] * 3,
        ("Bexley", "answerable"),
        ("Bexley", "answerable"),
        ("Bexley", "unanswerable"),
        *[("Arden", "mismatch")] * 3,
    ]


def test_a_question_is_read_in_the_article_that_it_is_asked_of(path: Path) -> None:
    first, *_ = observed(path, "Arden", "Bexley")
    assert first.question == "When was the abbey of Arden built?"
    assert "Arden" in first.candidates[0].passage.passage.text
    mismatch = observed(path, "Arden", "Bexley")[3]
    assert mismatch.question == "When was the abbey of Bexley built?"
    assert "Arden" in mismatch.candidates[0].passage.passage.text


def test_only_what_the_article_answers_has_right_candidates(path: Path) -> None:
    for one in observed(path, "Arden", "Bexley"):
        assert len(one.candidates) == len(one.f1) == len(one.right)
        assert all(0 <= f1 <= 1 for f1 in one.f1)
        if one.kind != "answerable":
            assert set(one.f1) == {0.0}
    first = observed(path, "Arden")[0]
    by_text = {found.text: f1 for found, f1 in zip(first.candidates, first.f1, strict=True)}
    # The fake model points behind "built".
    assert by_text["in 1801"] == pytest.approx(2 / 3)


def test_one_article_has_no_other_to_be_asked_of(path: Path) -> None:
    assert {one.kind for one in observed(path, "Arden")} == {"answerable", "unanswerable"}
    assert observed(path, "Nowhere") == []


def test_a_file_that_is_no_question_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "set.json").write_text("{}")
    with pytest.raises(EvaluationError):
        observed(tmp_path / "set.json", "Arden")
