import io
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.archives import Archive, ArchiveLimits
from index.sources.errors import UnopenedError
from tests.sources.zips import packed, with_declared_size, with_flag


def reason(raw: bytes, limits: ArchiveLimits = ArchiveLimits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(UnopenedError) as error:
        archive = Archive(raw, limits)
        for name in archive.names:
            archive.read(name)
    return error.value.reason


def twice() -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", "one")
        archive.writestr("a.xml", "two")
    return buffer.getvalue()


def test_members_are_read_by_name() -> None:
    archive = Archive(packed({"a.xml": "<a/>", "b/c.xml": b"\xff"}))
    assert archive.names == ["a.xml", "b/c.xml"]
    assert archive.read("b/c.xml") == b"\xff"
    with pytest.raises(KeyError):
        archive.read("c.xml")


def test_a_bomb_is_not_opened() -> None:
    assert reason(packed({"a.xml": bytes(50_000_000)})) == "bomb"


def test_many_small_bombs_are_not_opened() -> None:
    members = {f"{number}.xml": bytes(900_000) for number in range(20)}
    assert reason(packed(members), ArchiveLimits(max_bytes=10_000_000)) == "bomb"


def test_an_archive_of_too_many_members_is_not_opened() -> None:
    members = {f"{number}.xml": b"" for number in range(11)}
    assert reason(packed(members), ArchiveLimits(max_members=10)) == "bomb"


def test_a_member_that_says_it_is_small_is_read_no_further() -> None:
    assert reason(with_declared_size(packed({"a.xml": bytes(50_000_000)}), 1_000)) == "damaged"


@pytest.mark.parametrize("name", ["../a.xml", "a/../../b", "/etc/a", "C:\\a", "..\\a", "\\a"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert reason(packed({name: "a"})) == "names"


def test_a_name_with_dots_is_an_ordinary_one() -> None:
    assert Archive(packed({"a..b/...c": "a"})).names == ["a..b/...c"]


def test_two_members_of_one_name_are_refused() -> None:
    assert reason(twice()) == "names"


def test_a_protected_archive_is_refused() -> None:
    assert reason(with_flag(packed({"a.xml": "a"}), 1)) == "password"


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_what_documents_are_packed_with_is_unpacked(compression: int) -> None:
    assert reason(packed({"a.xml": "a"}, compression)) == "damaged"


@pytest.mark.parametrize(
    "raw", [b"", b"PK\3\4", b"PK\5\6" + bytes(17), packed({"a.xml": "a" * 99})[:-30]]
)
def test_a_damaged_archive_is_refused(raw: bytes) -> None:
    assert reason(raw) == "damaged"


GOOD = packed({"a.xml": b"<a/>" * 20, "b": b"b"})


@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255), end=st.integers(0, len(GOOD)))
def test_any_damage_is_one_error_or_none(place: int, byte: int, end: int) -> None:
    raw = (GOOD[:place] + bytes([byte]) + GOOD[place + 1 :])[: max(end, place)]
    try:
        archive = Archive(raw)
        for name in archive.names:
            archive.read(name)
    except UnopenedError:
        pass
