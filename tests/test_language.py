import sys

import pytest
from hypothesis import given

from index.language import detect_language, likeliest_reading, primary_subtag
from tests.nasty_text import nasty_texts

TEXTS = {
    "en": "The army took the old city on Monday, and the people who had fled from it came back to "
    "see what was left of their houses. It was not much, as the mayor said.",
    "de": "Das Werk kostet 1,2 Mio. Euro. Die Stadt hat es im Mai beschlossen, und die Bürger sind "
    "damit nicht zufrieden, weil das Geld an anderer Stelle fehlt.",
    "fr": "Le maire a annoncé mardi que la ville construirait une nouvelle école, et que les "
    "travaux commenceraient au printemps, si le conseil les approuve.",
    "ru": "Мэр города объявил во вторник, что новая школа будет построена весной, если совет "
    "утвердит этот проект.",
    "ja": "市長は火曜日、議会が承認すれば、新しい学校の建設を春に始めると発表した。",
    "ar": "أعلن رئيس البلدية يوم الثلاثاء أن بناء المدرسة الجديدة سيبدأ في الربيع.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_detects_a_language(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_short_english_is_detected_too() -> None:
    assert detect_language("It was the best of times. It was the worst of times.") == "en"


@pytest.mark.parametrize("text", ["", "1 2 3 4", "...", "foo bar baz qux"])
def test_says_nothing_where_it_cannot_tell(text: str) -> None:
    assert detect_language(text) is None


def test_english_does_not_need_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    assert detect_language(TEXTS["en"]) == "en"


@given(text=nasty_texts())
def test_any_text_has_a_language_or_none(text: str) -> None:
    found = detect_language(text[:40])
    assert found is None or primary_subtag(found) == found


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("de_AT", "de"),
        (" ZH-Hant ", "zh"),
        ("gsw", "gsw"),
        ("", None),
        (None, None),
        ("english", None),
        ("e", None),
    ],
)
def test_the_primary_subtag(tag: str | None, expected: str | None) -> None:
    assert primary_subtag(tag) == expected


@pytest.mark.parametrize(
    ("text", "encoding", "others"),
    [
        ("La gare où l’on s’arrête à midi est déjà fermée, nièce.", "cp1252", ["cp1250"]),
        ("Burmistrz ogłosił, że nowa szkoła będzie tu wiosną.", "cp1250", ["cp1252"]),
        ("Miesto meras paskelbė, kad nauja mokykla bus čia pavasarį.", "cp1257", ["cp1252"]),
    ],
)
def test_the_likeliest_reading_is_the_most_like_a_language(
    text: str, encoding: str, others: list[str]
) -> None:
    raw = text.encode(encoding)
    readings = [*(raw.decode(other) for other in others), text]
    assert readings[likeliest_reading(readings)] == text
    assert likeliest_reading([text, *readings[:-1]]) == 0


def test_where_nothing_tells_the_first_reading_is_the_likeliest() -> None:
    assert likeliest_reading(["plain words", "plain words"]) == 0
    assert likeliest_reading(["", ""]) == 0
