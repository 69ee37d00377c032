import pytest

from bot.reader.pronouns import is_pronoun


@pytest.mark.parametrize("words", ["he", "He", "THEY", "who", "its"])
def test_a_pronoun_names_nobody(words: str) -> None:
    assert is_pronoun(words)


@pytest.mark.parametrize("words", ["", "he said", "Lise Grande", "the", "9", "IT staff", "two"])
def test_other_words_may_name_something(words: str) -> None:
    assert not is_pronoun(words)
