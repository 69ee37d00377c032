import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.sources.encoding import decode
from tests.nasty_text import nasty_texts

TEXTS = {
    "fr": "Le maire a annoncé mardi que la ville construirait une école, l’été, « si » on veut.",
    "de": "Die Bürger müssen für die Straße zahlen, so heißt es. Das wäre schön.",
    "ru": "Мэр города объявил во вторник, что новая школа будет построена весной.",
    "ja": "市長は火曜日、議会が承認すれば、新しい学校の建設を春に始めると発表した。",
    "zh": "市长星期二宣布,如果市议会批准,新学校将在春天开始建设。这是一个很大的项目。",
    "ko": "시장은 화요일에 시의회가 승인하면 봄에 새 학교 건설을 시작하겠다고 발표했다.",
    "el": "Ο δήμαρχος ανακοίνωσε την Τρίτη ότι το νέο σχολείο θα χτιστεί την άνοιξη.",
    "he": "ראש העיר הודיע ביום שלישי שבית הספר החדש ייבנה באביב.",
    "ar": "أعلن رئيس البلدية يوم الثلاثاء أن بناء المدرسة الجديدة سيبدأ في الربيع.",
    "tr": "Belediye başkanı Salı günü yeni okulun ilkbaharda inşa edileceğini açıkladı.",
    "cs": "Starosta v úterý oznámil, že nová škola bude postavena na jaře, pokud rada chce.",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        *(("fr", "cp1252"), ("fr", "mac_roman"), ("de", "latin-1"), ("ru", "cp1251")),
        *(("ru", "koi8-r"), ("ja", "shift_jis"), ("ja", "euc-jp"), ("ja", "iso-2022-jp")),
        *(("zh", "gbk"), ("ko", "euc-kr"), ("el", "cp1253"), ("he", "cp1255"), ("ar", "cp1256")),
        *(("tr", "cp1254"), ("cs", "cp1250"), ("de", "utf-16-le"), ("de", "utf-16-be")),
    ],
)
def test_an_encoding_that_nobody_names_is_told_by_the_text(language: str, encoding: str) -> None:
    assert decode(TEXTS[language].encode(encoding), "a.txt") == TEXTS[language]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("charset", [None, "latin1"])
def test_a_byte_order_mark_decides(encoding: str, charset: str | None) -> None:
    text = decode(TEXTS["ja"].encode(encoding), "a.txt", charset)
    assert text.removeprefix("\ufeff") == TEXTS["ja"]


def test_what_fits_utf8_is_utf8_whatever_is_declared() -> None:
    assert decode("Thrée “x”.".encode(), "a.txt", "iso-8859-1") == "Thrée “x”."


@pytest.mark.parametrize(
    ("charset", "raw", "expected"),
    [
        ("ISO-8859-1", b"\x93Thr\xe9e\x94", "“Thrée”"),  # as browsers have it
        ("windows-1250", "Burmistrz ogłosił".encode("cp1250"), "Burmistrz ogłosił"),
        ("Shift_JIS", "市長".encode("shift_jis"), "市長"),
        ("no such", "Le café est fermé, dit-il.".encode("latin-1"), "Le café est fermé, dit-il."),
        ("utf-8", "Le café est fermé, dit-il.".encode("latin-1"), "Le café est fermé, dit-il."),
    ],
)
def test_what_is_declared_counts_where_it_fits(charset: str, raw: bytes, expected: str) -> None:
    assert decode(raw, "a.txt", charset) == expected


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"\x89abc\0\1\2\3\4" * 5, "a.bin is not a text in any encoding that is known."),
        (b"\xff\xfea", "a.bin is not a text in any encoding that is known."),
        (b"a b c\0\0\0", "a.bin is not a text: 3 of its 8 characters are control codes."),
    ],
)
def test_refuses_what_is_no_text(raw: bytes, complaint: str) -> None:
    with pytest.raises(ArticleError, match=f"^{re.escape(complaint)}"):
        decode(raw, "a.bin")


@given(raw=st.binary(max_size=80), charset=st.sampled_from([None, "utf-16", "gbk", "utf-7", "x"]))
def test_any_bytes_are_a_text_or_refused(raw: bytes, charset: str | None) -> None:
    try:
        text = decode(raw, "a.bin", charset)
    except ArticleError:
        return
    text.encode()  # no half characters


@given(text=nasty_texts())
def test_utf8_is_read_as_it_stands(text: str) -> None:
    try:
        assert decode(text.encode(), "a.txt") == text
    except ArticleError as error:
        assert "control codes" in str(error)
