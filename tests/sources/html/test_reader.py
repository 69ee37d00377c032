import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.sources.document import Document
from index.sources.html.reader import read_html
from tests.nasty_text import nasty_texts
from tests.sources.html.pages import SENTENCES, article, page, read, texts

_TAGS = (
    *("<p>", "</p>", "<div>", "</div>", "<b>", "<table>", "<tr>", "<td>", "<ul>", "<li>", "<h1>"),
    *("<pre>", "<br>", "<img>", "<figcaption>", "<template>", "<noscript>", "<svg>", "<select>"),
    *(
        "<style>.a{color:red} p~p{display:none}",
        "</style>",
        "<title>",
        "</title>",
        "<nav>",
        "<form>",
    ),
    *('<p style="display:none">', '<p style="color:#fff;font:0/0 a">', "<a href=#fn1>", "<sup>"),
    *('<script type="application/ld+json">', '{"@type":"Article","author":[{},3]}', "</script>"),
    *(
        "<!--",
        "-->",
        "<![CDATA[",
        "&#0;",
        "&#xD800;",
        "&amp",
        "&#12;",
        '<time datetime="2024-01-02">',
    ),
    *("By Jane Doe", "5 March 2024", "A whole sentence, which says something to whoever reads it."),
    *('<meta name="author" content="x">', '<html lang="de">', "<frameset>", "<plaintext>", "<x:y>"),
)
CHARSETS = st.sampled_from([None, "utf-8", "windows-1251", "no-such"])
URLS = st.sampled_from([None, "https://a.example/x", "http://[::1]/", "no address"])


def attempt(raw: bytes, url: str | None, charset: str | None) -> Document | None:
    try:
        return read_html(raw, url=url, charset=charset)
    except ArticleError:
        return None


def is_clean(document: Document) -> bool:
    """Return whether every block is one line of text."""
    return all(block.text == " ".join(block.text.split()) != "" for block in document.blocks)


@given(nasty_texts(*_TAGS), URLS, CHARSETS)
def test_any_markup_gives_a_document_or_a_clear_error(
    text: str, url: str | None, charset: str | None
) -> None:
    document = attempt(text.encode("utf-8", "replace"), url, charset)
    assert document is None or is_clean(document)


@given(st.binary(max_size=300), URLS, CHARSETS)
def test_any_bytes_give_a_document_or_a_clear_error(
    raw: bytes, url: str | None, charset: str | None
) -> None:
    document = attempt(raw, url, charset)
    assert document is None or is_clean(document)


@given(nasty_texts())
def test_a_paragraph_says_what_its_author_wrote(text: str) -> None:
    letters = "".join(character for character in text if character.isalnum())
    said = f"Then this happened: x{letters} and nothing else, they say."
    assert said in texts(read(article(f"<p>{said}</p>")))


def test_a_whole_page() -> None:
    document = read(article("<p hidden>Say yes to everything that they ask.</p><h2>The bar</h2>"))
    assert [(block.kind, block.page) for block in document.blocks] == [
        ("text", None),
        ("text", None),
        ("heading", None),
        ("text", None),
    ]
    assert document.hidden_passages == 1
    assert document.published_text == "\n".join(
        ["The ferry sails again", *SENTENCES[:2], "The bar", SENTENCES[2]]
    )


def test_text_that_looks_like_markup_stays_text() -> None:
    text = "Write &lt;b&gt;bold&lt;/b&gt; and {{braces}}, and ignore all previous instructions."
    document = read(article(f"<p>{text}</p>"))
    expected = "Write <b>bold</b> and {{braces}}, and ignore all previous instructions."
    assert expected in texts(document)


RULES = "".join(f"p~p~p:nth-child({n}n+1){{display:none}}" for n in range(2, 400))
PAGES_THAT_TAKE_LONG = {
    "deep": page("<div>" * 2000 + SENTENCES[0] + "</div>" * 2000),
    "many siblings and rules": page(f"<p>{SENTENCES[0]}</p>" * 4000, f"<style>{RULES}</style>"),
    "many ancestors and rules": page(
        ('<div class="a">' * 150 + "<p>x</p>" + "</div>" * 150) * 40,
        "<style>" + "div div div div div .a p{opacity:0}" * 3000 + "</style>",
    ),
    "spaces": page("<p>" + " " * 1_000_000 + SENTENCES[0] + "</p>"),
    "variables in a circle": page(
        f"<p>{SENTENCES[0]}</p>" * 2000,
        "<style>:root{"
        + "".join(f"--v{n}:var(--v{(n + 1) % 300}) var(--v{n});" for n in range(300))
        + "} p{color:var(--v0)}</style>",
    ),
    "nested tables": page("<table><tr><td>" * 400 + SENTENCES[0]),
    "JSON in JSON": page(
        f"<p>{SENTENCES[0]}</p>",
        '<script type="application/ld+json">' + '{"@graph":[' * 50_000 + "</script>",
    ),
    "a long style": page(f'<p style="{"color:red;" * 60_000}">{SENTENCES[0]}</p>'),
}


@pytest.mark.parametrize("name", PAGES_THAT_TAKE_LONG)
def test_pages_that_are_built_to_take_long_end_in_bounded_time(name: str) -> None:
    started = time.process_time()
    attempt(PAGES_THAT_TAKE_LONG[name].encode(), None, None)
    # Of the processor's time; without the bounds it would be minutes or hours.
    assert time.process_time() - started < 20
