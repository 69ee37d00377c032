import pytest
from hypothesis import given

from index.markdown import markdown_to_blocks
from tests.nasty_text import MARKDOWN_PIECES, nasty_texts


def blocks(markdown: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in markdown_to_blocks(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# One *two*\n\nThree.", [("heading", "One two"), ("text", "Three.")]),
        ("One\n===\n\nTwo\n---", [("heading", "One"), ("heading", "Two")]),
        ("One\ntwo  \nthree\\\nfour", [("text", "One two\nthree\nfour")]),
        ("**One** _two_ `three` ~four~", [("text", "One two three ~four~")]),
        ("See [the report](http://a.b) now.", [("text", "See the report now.")]),
        ("![A photo of it](a.png)", [("text", "A photo of it")]),
        (
            "- one\n- two\n  - three\n\n1. four",
            [("text", w) for w in ("one", "two", "three", "four")],
        ),
        ("> One\n> two", [("text", "One two")]),
        ("```python\nx = 1\ny = 2\n```", [("text", "x = 1\ny = 2\n")]),
        ("    x = 1", [("text", "x = 1\n")]),
        (
            "| a | b |\n|---|---|\n| 1 | *2* |\n| 3 | |",
            [("text", w) for w in ("a | b", "1 | 2", "3")],
        ),
        ("One <b>two</b> three", [("text", "One two three")]),
        ("<div>\nhidden\n</div>\n\nOne.", [("text", "One.")]),
        ("<!-- hidden -->\n\nOne &amp; two &copy;", [("text", "One & two ©")]),
        ("One\r\ntwo\r\n\r\n# Three\r\n", [("text", "One two"), ("heading", "Three")]),
        ("\ufeff# One", [("heading", "One")]),
        ("One\n\n---\n\nTwo", [("text", "One"), ("text", "Two")]),
        ("", []),
    ],
)
def test_leaves_the_markup_out(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(markdown) == expected


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_keeps_of_the_front_matter_what_it_says_of_the_article(line_break: str) -> None:
    markdown = "---\ntitle: One\nlayout: post\nAuthor: Jane Doe\ntags: [a]\n---\n\nTwo."
    assert blocks(markdown.replace("\n", line_break)) == [
        ("text", "title: One\nAuthor: Jane Doe"),
        ("text", "Two."),
    ]


def test_a_rule_at_the_start_is_no_front_matter() -> None:
    assert blocks("---\n\nOne.") == [("text", "One.")]


@given(markdown=nasty_texts(*MARKDOWN_PIECES))
def test_no_text_breaks_it(markdown: str) -> None:
    found = markdown_to_blocks(markdown)
    assert {block.kind for block in found} <= {"text", "heading"}
    words = "".join(block.text for block in found)
    assert words.encode().decode() == words  # a lone surrogate cannot be encoded


@given(words=nasty_texts())
def test_plain_words_are_kept(words: str) -> None:
    bare = "".join(character for character in words if character.isalpha())
    assert "".join(text for _, text in blocks(f"x{bare}")) == f"x{bare}"
