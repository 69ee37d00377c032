import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.errors import UnopenedError
from index.sources.xml import parse_xml, refuse_entities

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    + "]><a>&l19;</a>"
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1/a.dtd"> %e;]><a/>'


def reason(raw: bytes) -> str:
    with pytest.raises(UnopenedError) as error:
        parse_xml(raw)
    return error.value.reason


@pytest.mark.parametrize("text", [LAUGHS, EXTERNAL, PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_entities_are_refused(text: str, encoding: str) -> None:
    started = time.monotonic()
    assert reason(text.encode(encoding)) == "entities"
    assert time.monotonic() - started < 5


def test_a_document_type_is_refused_where_none_belongs() -> None:
    raw = b"<!DOCTYPE a><a/>"
    refuse_entities(raw)
    with pytest.raises(UnopenedError):
        refuse_entities(raw, even_a_doctype=True)


def test_comments_and_instructions_are_left_out() -> None:
    root = parse_xml(b'<?xml version="1.0"?><a><!-- b --><?c d?><e/></a>')
    assert [child.tag for child in root] == ["e"]


def test_an_external_dtd_is_not_loaded() -> None:
    assert parse_xml(b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>').tag == "a"


@pytest.mark.parametrize("raw", [b"", b"a", b"<a>", b"<a/><b/>", b"\xff\xfe", b"<a>" * 100_000])
def test_what_is_not_well_formed_is_damaged(raw: bytes) -> None:
    assert reason(raw) == "damaged"


@given(raw=st.binary(max_size=60))
def test_any_bytes_are_parsed_or_refused(raw: bytes) -> None:
    with suppress(UnopenedError):
        parse_xml(b"<a>" + raw + b"</a>")
