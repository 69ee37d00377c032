from bot.yes_no.sentence_words import SentenceWords


def test_words_are_parted_from_marks_and_endings() -> None:
    words = SentenceWords.of("Osei's header didn’t count, 3.5 km away.")
    assert words.words == ("Osei", "header", "did", "not", "count", ",", "3.5", "km", "away", ".")


def test_all_forms_of_a_word_have_one_stem() -> None:
    stems = SentenceWords.of("written writing wrote writes").stems
    assert len(set(stems)) == 1


def test_marks_and_conjunctions_part_a_sentence() -> None:
    words = SentenceWords.of("It costs £12 and carries no cars.")
    assert words.parts == (0, 0, 0, 1, 1, 1, 1, 1)


def _denied(text: str) -> list[str]:
    words = SentenceWords.of(text)
    return [words.lower[place] for place in sorted(words.denied)]


def test_what_a_negation_denies() -> None:
    assert _denied("The loggers were not broken at all.") == ["broken"]
    assert _denied("It carries no cars and sells fish.") == ["cars"]
    assert _denied("Nash refused to blame the referee.")[-1] == "blame"
    assert _denied("They are not only loud but fast.") == []
