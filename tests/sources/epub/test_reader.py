import random
from contextlib import suppress
from datetime import date

import pytest

from index.errors import ArticleError
from index.sources.document import Block, Document, Metadata
from index.sources.epub.reader import read_epub
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.reading import article_from_upload
from tests.sources.epub.books import CONTAINER, book, page
from tests.sources.test_xml import EXTERNAL, LAUGHS
from tests.sources.zips import packed


def blocks(*pages: str | bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_epub(book(*pages)).blocks]


def unopened(raw: bytes) -> str:
    with pytest.raises(UnopenedError) as error:
        read_epub(raw)
    return error.value.reason


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    raw = book(
        page("<h1>One</h1><p>It was the <i>best</i>\n of&nbsp;times.</p>"),
        page("<h2>Two</h2><p>It was the worst.</p>"),
    )
    assert read_epub(raw) == Document(
        (
            Block("heading", "One"),
            Block("text", "It was the best of times."),
            Block("heading", "Two"),
            Block("text", "It was the worst."),
        ),
        Metadata("A Tale", "Jane Doe, John Roe", date(2017, 6, 29), "Tales & Sons", language="en"),
    )


def test_contents_are_left_out_and_what_is_not_in_line_comes_last() -> None:
    raw = book(
        page("<p>One.</p>"),
        page("<p>Two.</p>"),
        manifest='<item id="nav" href="nav.xhtml" properties="nav" '
        'media-type="application/xhtml+xml"/>'
        '<item id="n" href="notes%201.xhtml#a" media-type="application/xhtml+xml"/>'
        '<item id="i" href="a.svg" media-type="image/svg+xml"/>'
        '<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/>',
        spine='<itemref idref="nav"/><itemref idref="n" linear="no"/><itemref idref="i"/>'
        '<itemref idref="gone"/><itemref idref="no"/>',
        **{"OEBPS__nav_xhtml": page("<p>Contents</p>"), "OEBPS__notes 1_xhtml": page("<p>A.</p>")},
    )
    assert [block.text for block in read_epub(raw).blocks] == ["One.", "Two.", "A."]


def test_lists_tables_captions_and_line_breaks() -> None:
    body = (
        "<div>Loose <b>words</b><p>One<br/>two</p>tail</div><ul><li>a</li><li>b<p>c</p></li></ul>"
        "<table><caption>Table 1</caption><tr><th>A</th><th>B</th></tr>"
        "<tr><td><p>1</p><p>2</p></td><td/><td>3</td></tr></table>"
        "<figure><img alt='no'/><figcaption>Figure 1</figcaption></figure><h3><a>H</a></h3>"
    )
    assert blocks(page(body)) == [
        ("text", "Loose words"),
        ("text", "One"),
        ("text", "two"),
        ("text", "tail"),
        ("text", "a"),
        ("text", "b"),
        ("text", "c"),
        ("caption", "Table 1"),
        ("text", "A | B"),
        ("text", "1 2 | 3"),
        ("caption", "Figure 1"),
        ("heading", "H"),
    ]


def test_hidden_text_is_counted_and_left_out() -> None:
    body = (
        '<p>One<span style="display: none">secret</span>.</p><p hidden="">secret</p>'
        '<p style="visibility:hidden">secret</p><p hidden=""> </p>'
        '<p>Two<a epub:type="noteref">7</a><span epub:type="pagebreak">12</span>.</p>'
        "<script>secret</script><!-- secret --><style>secret</style>"
    )
    document = read_epub(book(page(body)))
    assert [block.text for block in document.blocks] == ["One.", "Two."]
    assert document.hidden_passages == 3


def test_a_page_that_is_not_well_formed_is_read_as_html() -> None:
    assert blocks("<html><body><p>One<br>two</p><p>It&rsquo;s &amp; &bogus; three") == [
        ("text", "One"),
        ("text", "two"),
        ("text", "It’s & &bogus; three"),
    ]


def test_a_book_of_the_old_kind_is_read() -> None:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata><dc-metadata>'
        "<dc:Title xmlns:dc='http://purl.org/dc/elements/1.0/'>Old</dc:Title></dc-metadata>"
        '</metadata><manifest><item id="a" href="a.html" media-type="text/html"/>'
        '<item id="t" href="toc.html" media-type="text/html"/></manifest>'
        '<spine><itemref idref="t"/><itemref idref="a"/></spine>'
        '<guide><reference type="toc" href="toc.html#a"/></guide></package>'
    )
    container = CONTAINER.replace("OEBPS/book.opf", "book.opf")
    members = {"a.html": page("<p>One.</p>"), "toc.html": page("<p>Contents</p>")}
    raw = packed({"META-INF/container.xml": container, "book.opf": opf, **members})
    assert [block.text for block in read_epub(raw).blocks] == ["One."]


def test_a_copy_protected_book_says_so() -> None:
    def encrypted(path: str) -> str:
        return (
            '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
            f'<enc:CipherReference URI="{path}"/></enc:EncryptedData></encryption>'
        )

    name = "META-INF__encryption_xml"
    assert unopened(book(page("x"), **{name: encrypted("OEBPS/text/1.xhtml")})) == "copy_protection"
    assert read_epub(book(page("<p>x"), page("x"), **{name: encrypted("OEBPS/a.otf")})).blocks


@pytest.mark.parametrize("prologue", [LAUGHS, EXTERNAL])
def test_entities_are_refused(prologue: str) -> None:
    start = prologue.partition("<a>")[0]
    assert unopened(book(f"{start}<html><body>&l19;&e;</body></html>")) == "entities"


def test_a_bomb_is_refused() -> None:
    assert unopened(book(page("<p>One.</p>"), a_css="a" * 50_000_000)) == "bomb"


def test_a_page_outside_of_the_archive_is_no_page() -> None:
    item = '<item id="e" href="../../../etc/passwd" media-type="application/xhtml+xml"/>'
    raw = book(page("<p>One.</p>"), manifest=item, spine='<itemref idref="e"/>')
    assert [block.text for block in read_epub(raw).blocks] == ["One."]


def test_deep_nesting_is_an_error_at_most() -> None:
    deep = "<div>" * 5_000 + "One." + "</div>" * 5_000
    with suppress(ArticleError, RecursionError):
        assert blocks(page(deep))


@pytest.mark.parametrize(
    "raw",
    [
        packed({"mimetype": "application/epub+zip"}),
        packed({"META-INF/container.xml": "<container/>"}),
        packed({"META-INF/container.xml": CONTAINER}),
        book(b""),
    ],
)
def test_damage_is_told(raw: bytes) -> None:
    assert unopened(raw) == "damaged"


def test_nothing_to_read() -> None:
    with pytest.raises(NothingToReadError):
        read_epub(book(page("<img/>")))


def test_any_damage_is_an_article_or_refused() -> None:
    good, chance = book(page("<p>It was the best of times.</p>")), random.Random(7)
    for _ in range(200):
        raw = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            read_epub(bytes(raw))
        except ArticleError:
            continue


def test_an_upload_is_read_in_a_process_of_its_own() -> None:
    article = article_from_upload(book(page("<h1>A Tale</h1><p>It was the best.</p>")), "a.epub")
    assert article.text == "A Tale\n\nJane Doe, John Roe\n\n2017-06-29\n\nIt was the best."
    assert (article.site, article.language, article.url) == ("Tales & Sons", "en", None)
