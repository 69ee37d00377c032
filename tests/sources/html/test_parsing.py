import pytest

from index.sources.errors import NothingToReadError, ParsingError
from index.sources.html.parsing import MAX_DEPTH, MAX_ELEMENTS, parse_html, remove, xml_text


@pytest.mark.parametrize("text", ["", "   ", "<!-- nothing -->"])
def test_nothing_is_refused(text: str) -> None:
    with pytest.raises(NothingToReadError) as refusal:
        parse_html(text)
    assert refusal.value.reason == "empty"


def test_too_many_elements_are_refused_with_the_limit() -> None:
    with pytest.raises(ParsingError, match=f"{MAX_ELEMENTS:,}"):
        parse_html("<p>a" * MAX_ELEMENTS)


def test_deep_elements_are_dissolved_and_their_text_stays() -> None:
    root = parse_html("<div>" * 1000 + "deep" + "</div>" * 1000 + "<p>behind</p>")
    depth = max(sum(1 for _ in element.iterancestors()) for element in root.iter())
    assert (root.text_content(), depth) == ("deepbehind", MAX_DEPTH - 1)


def test_a_page_deeper_than_the_parser_reads_is_refused() -> None:
    with pytest.raises(ParsingError, match="nests"):
        parse_html("<b>" * 100_000 + "deep")


def test_what_is_behind_a_removed_element_stays() -> None:
    root = parse_html("<p>one <b>two</b> three</p>")
    remove(root.find(".//b"))
    assert root.text_content() == "one  three"


def test_an_encoding_that_the_text_names_is_of_no_matter_any_more() -> None:
    root = parse_html('<?xml version="1.0" encoding="latin-1"?><p>é</p>')
    assert root.text_content() == "é"


def test_a_text_for_lxml_has_no_control_codes_and_no_endless_space() -> None:
    assert xml_text("a\x00b\fc" + " " * 1000 + "d" + "\n" * 1000 + "e") == "a\ufffdb c d\n\ne"
