from index.near_words import is_usual, near_words, one_step_from


def test_words_within_two_steps_are_near() -> None:
    words = ["mosul", "moslem", "missal", "museum"]
    assert list(near_words("mossul", words)) == [("mosul", 1), ("missal", 2)]


def test_two_neighbours_swapped_are_one_step() -> None:
    assert list(near_words("esat", ["east", "seat", "tease"])) == [("east", 1), ("seat", 1)]


def test_swapping_and_doubling_are_usual() -> None:
    assert is_usual("esat", "east")
    assert is_usual("mossul", "mosul")
    assert is_usual("slep", "sleep")
    assert not is_usual("slep", "slept")


def test_one_step_from_a_word() -> None:
    near = one_step_from("ab")
    assert {"a", "b", "ba", "xb", "ax", "xab", "axb", "abx"} <= near
    assert "abxx" not in near
