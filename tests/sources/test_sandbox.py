import sys
import time
from pathlib import Path

import pytest

from index.sources.document import Block, Document, Metadata
from index.sources.errors import NothingToReadError, ParsingError, UnopenedError
from index.sources.sandbox import ParseLimits, ReadOrder, read_in_child

ROOT = Path(__file__).parents[2]
BROKEN_OFF = (
    "a.pdf cannot be read: it is damaged, or takes more memory than it may. "
    "Save it anew or in another format."
)
needs_limits = pytest.mark.skipif(
    sys.platform != "linux", reason="this system does not limit the memory of a process"
)


@pytest.fixture(autouse=True)
def tests_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def read(name: str, raw: bytes = b"One came.", limits: ParseLimits = ParseLimits()) -> Document:  # noqa: B008 - frozen
    return read_in_child(ReadOrder(f"tests.sources.fake_readers:{name}", "a.pdf"), raw, limits)


def failure(name: str, limits: ParseLimits = ParseLimits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(ParsingError) as error:
        read(name, limits=limits)
    return str(error.value)


def test_a_document_comes_back() -> None:
    order = ReadOrder("tests.sources.fake_readers:read_words", "a", {"url": "https://é.com/"})
    assert read_in_child(order, "Žluťoučký kůň.".encode()) == Document(
        (Block("text", "Žluťoučký kůň."),), Metadata(url="https://é.com/")
    )


def test_a_large_file_goes_through() -> None:
    raw = b"word " * 1_000_000
    assert read("read_words", raw).blocks[0].text == raw.decode()


@pytest.mark.parametrize("name", ["hang", "start_a_child_and_hang"])
def test_a_child_that_hangs_is_ended(name: str) -> None:
    started = time.monotonic()
    assert failure(name, ParseLimits(seconds=1)) == (
        "Reading a.pdf takes longer than 1 seconds. Raise PARSE_SECONDS or use a shorter version."
    )
    assert time.monotonic() - started < 30


@needs_limits
def test_a_child_that_never_rests_is_ended_by_the_system_too() -> None:
    assert failure("spin", ParseLimits(seconds=1.5)).startswith("Reading a.pdf takes longer than")


@needs_limits
def test_a_child_that_eats_memory_is_refused_it() -> None:
    assert failure("eat_memory", ParseLimits(memory_bytes=400_000_000)) == (
        "Reading a.pdf takes more than 400 MB of memory. "
        "Raise PARSE_MEMORY_BYTES or use a shorter version."
    )


def test_a_child_that_nests_too_deep_says_so() -> None:
    assert failure("recurse").startswith("Reading a.pdf takes more than")


@pytest.mark.parametrize("name", ["die", "leave", "say_a_document_that_is_none", "no_such_reader"])
def test_a_child_that_fails_in_any_way_is_one_error(name: str) -> None:
    assert failure(name) == BROKEN_OFF


def test_a_bug_is_logged_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    assert failure("fail") == BROKEN_OFF
    assert "ZeroDivisionError" in caplog.text


def test_what_a_library_prints_does_not_get_between() -> None:
    assert read("say_something_else").blocks == (Block("text", "One came."),)


@needs_limits
def test_a_child_writes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "written.txt"
    with pytest.raises(ParsingError):
        read("write_a_file", str(path).encode())
    assert not path.exists() or path.read_bytes() == b""


def test_a_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:secret")
    assert "TELEGRAM_TOKEN" not in read("tell_the_environment").blocks[0].text


def test_reasons_come_back() -> None:
    with pytest.raises(NothingToReadError) as nothing:
        read("find_nothing")
    assert nothing.value.reason == "scan"
    with pytest.raises(UnopenedError) as unopened:
        read("open_nothing")
    assert unopened.value.reason == "password"
    assert failure("give_up") == "It has too many pages."


def test_half_a_character_is_none() -> None:
    assert read("half_a_character").blocks == (Block("text", "a \ufffd b"),)
