import gzip
import zlib
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fetching.bodies import BLOCK_BYTES, Encoding, parse_encoding, read_body, unpacked
from index.fetching.budget import Budget
from index.fetching.errors import ContentError, TooLargeError, TooSlowError, UnreachableError
from index.fetching.limits import FetchLimits

PAGE = "http://news.example/"


def cut(packed: bytes, places: Sequence[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(packed) + 1) for place in places), len(packed)]
    return [packed[start:end] for start, end in zip(edges, edges[1:], strict=False)]


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("identity", "identity"),
        ("gzip", "gzip"),
        ("X-GZip", "gzip"),
        (" deflate ", "deflate"),
        ("identity, gzip", "gzip"),
    ],
)
def test_how_a_body_is_packed(header: str | None, encoding: Encoding) -> None:
    assert parse_encoding(header, PAGE) == encoding


@pytest.mark.parametrize("name", ["br", "zstd", "compress", "rot13"])
def test_what_was_not_asked_for_is_not_unpacked(name: str) -> None:
    with pytest.raises(ContentError, match=f"^{PAGE} is packed with '{name}', which was not asked"):
        parse_encoding(name, PAGE)


@pytest.mark.parametrize(("header", "times"), [("gzip, gzip", 2), ("gzip," * 1_000, 1_000)])
def test_nothing_is_unpacked_twice(header: str, times: int) -> None:
    with pytest.raises(ContentError, match=f"^{PAGE} is packed {times} times over"):
        parse_encoding(header, PAGE)


@given(
    body=st.one_of(
        st.binary(max_size=1_000),
        st.integers(0, 3 * BLOCK_BYTES).map(lambda size: b"a" * size),
        st.just(b"ab" * BLOCK_BYTES),
    ),
    form=st.sampled_from(["identity", "gzip", "zlib", "raw"]),
    places=st.lists(st.integers(0, 10**6), max_size=20),
)
def test_a_body_is_the_same_however_it_is_packed_and_cut(
    body: bytes, form: str, places: list[int]
) -> None:
    packed = {
        "identity": lambda: body,
        "gzip": lambda: gzip.compress(body),
        "zlib": lambda: zlib.compress(body),
        "raw": lambda: zlib.compress(body, wbits=-15),
    }[form]()
    encoding: Encoding = "deflate" if form in ("zlib", "raw") else form  # type: ignore[assignment]

    blocks = list(unpacked(cut(packed, places), encoding, PAGE))

    assert b"".join(blocks) == body
    assert encoding == "identity" or all(0 < len(block) <= BLOCK_BYTES for block in blocks)


def test_a_byte_at_a_time() -> None:
    packed = gzip.compress(b"Iraq captured east Mosul")

    assert b"".join(unpacked([bytes([b]) for b in packed], "gzip", PAGE)) == (
        b"Iraq captured east Mosul"
    )


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
def test_nothing_is_nothing_however_it_is_packed(encoding: Encoding) -> None:
    assert list(unpacked([], encoding, PAGE)) == []
    assert b"".join(unpacked([b""], encoding, PAGE)) == b""


def test_what_stands_behind_the_end_is_no_part_of_it() -> None:
    packed = gzip.compress(b"first") + gzip.compress(b"second")

    assert list(unpacked([packed, b"third"], "gzip", PAGE)) == [b"first"]


@pytest.mark.parametrize("length", [1, 2, 10, 20, 30])
def test_what_ends_too_early_is_no_page(length: int) -> None:
    packed = gzip.compress(b"Iraq captured east Mosul")

    with pytest.raises(UnreachableError, match=f"^The connection to {PAGE} broke"):
        list(unpacked([packed[:length]], "gzip", PAGE))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_is_damaged_is_no_page(encoding: Encoding) -> None:
    with pytest.raises(ContentError, match=f"^{PAGE} cannot be unpacked: "):
        list(unpacked([b"<p>Iraq captured"], encoding, PAGE))


def test_a_wrong_checksum_is_damage() -> None:
    packed = gzip.compress(b"Iraq captured")[:-8] + bytes(8)

    with pytest.raises(ContentError, match="cannot be unpacked"):
        list(unpacked([packed], "gzip", PAGE))


def test_reading_stops_with_the_block_that_is_too_much() -> None:
    taken = []

    def blocks() -> Iterator[bytes]:
        for number in range(1_000):
            taken.append(number)
            yield b"x" * 10

    with pytest.raises(TooLargeError) as raised:
        read_body(blocks(), Budget(FetchLimits(max_bytes=100), PAGE, lambda: 0.0))

    assert len(taken) == 11
    assert str(raised.value) == (
        f"{PAGE} is more than the 0.0001 MB that are read. "
        "Use a shorter version, or raise FETCH_MAX_BYTES."
    )


def test_reading_stops_when_the_time_is_up() -> None:
    moments = iter([0.0, 10.0, 20.0, 30.0])
    budget = Budget(FetchLimits(total_seconds=30), PAGE, lambda: next(moments))

    with pytest.raises(TooSlowError):
        read_body([b"x"] * 100, budget)

    assert list(moments) == []
