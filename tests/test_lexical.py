from pathlib import Path

import numpy as np
import pytest

from index.lexical import LexicalIndex, content_stems, terms

TEXTS = [
    "The army captured the eastern part of the city in January.",
    "Aid agencies fed the displaced families in four camps.",
    "Schools have reopened, and children are learning again.",
    "في يناير استعاد الجيش المدينة",
]


def build(texts: list[str]) -> LexicalIndex:
    return LexicalIndex.build(texts, k1=1.2, b=0.75)


def best(question: str) -> int:
    return int(np.argmax(build(TEXTS).scores(terms(question))))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who captured the city?", 0),
        ("Who captures cities?", 0),  # by the stem
        ("Which agency is feeding families?", 1),
        ("What happened to the dispalced?", 1),  # by the letters
        ("Have the shcools openned?", 2),
        ("WHAT DO THE CHILDREN LEARN?", 2),
        ("الجيش", 3),
    ],
)
def test_finds_the_text_that_says_it(question: str, expected: int) -> None:
    assert best(question) == expected


def test_neighbouring_words_count() -> None:
    index = build(
        ["The fall of Mosul came in the spring.", "Mosul is dry in the fall; spring is wet."]
    )
    assert np.argmax(index.scores(terms("the fall of Mosul"))) == 0


def test_there_is_a_score_for_each_text_and_none_below_zero() -> None:
    index = build(TEXTS)
    scores = index.scores(terms("Who captured the city?"))
    assert (len(index), scores.shape, scores.dtype) == (4, (4,), np.float32)
    assert scores.min() >= 0
    assert scores.max() > 0


@pytest.mark.parametrize("question", ["zzzz qqqq", "?!", ""])
def test_unknown_words_score_nothing(question: str) -> None:
    assert build(TEXTS).scores(terms(question)).tolist() == [0, 0, 0, 0]


def test_unknown_words_do_not_change_what_is_found() -> None:
    assert best("zzzz qqqq captured") == best("captured") == 0


def test_is_the_same_after_a_round_trip(tmp_path: Path) -> None:
    index = build(TEXTS)
    index.save(tmp_path / "terms")
    copy = LexicalIndex.load(tmp_path / "terms")
    query = terms("Who captured the camps, الجيش?")
    assert len(copy) == len(index)
    assert copy.scores(query).tolist() == index.scores(query).tolist()


def test_nothing_saved_is_pickled(tmp_path: Path) -> None:
    directory = tmp_path / "terms"
    build(TEXTS).save(directory)
    for path in directory.iterdir():
        assert path.suffix in {".npy", ".json"}
        if path.suffix == ".npy":
            np.load(path, allow_pickle=False)


@pytest.mark.parametrize("texts", [["...", "👍"], [""]])
def test_texts_without_words_score_nothing(texts: list[str], tmp_path: Path) -> None:
    index = build(texts)
    assert index.scores(terms("Who captured the city?")).tolist() == [0] * len(texts)
    index.save(tmp_path / "terms")
    copy = LexicalIndex.load(tmp_path / "terms")
    assert copy.scores(terms("Who captured the city?")).tolist() == [0] * len(texts)
    assert len(copy) == len(texts)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("The families were captured", ["famili", "captur"]),
        ("Captured, capturing; CAPTURES", ["captur"] * 3),
        ("What was it, and who were they?", []),
        ("980 militants", ["980", "milit"]),
        ("", []),
    ],
)
def test_the_stems_of_what_is_no_stop_word(text: str, stems: list[str]) -> None:
    assert content_stems(text) == stems
