import random
from datetime import date

import pytest

from index.errors import ArticleError
from index.sources.document import Block, Document, Metadata
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.pdf.reader import read_pdf
from index.sources.reading import article_from_upload
from tests.sources.pdf.pdf_files import HEIGHT, Page, Text, pdf

# A line of Helvetica at 10 points that is as wide as the column below.
WORDS = "the army took the old city and the people of it"
LEFT, LEADING = 72, 12


def column(*lines: str, x: float = LEFT, top: float = 700, size: float = 10) -> list[Text]:
    return [Text(x, top - LEADING * n, line, size) for n, line in enumerate(lines) if line]


def blocks(*pages: Page | list[Text]) -> list[tuple[str, int | None, str]]:
    return [(block.kind, block.page, block.text) for block in read_pdf(pdf(*pages)).blocks]


def texts(*pages: Page | list[Text]) -> list[str]:
    return [text for _, _, text in blocks(*pages)]


def refusal(raw: bytes) -> str:
    with pytest.raises((NothingToReadError, UnopenedError)) as error:
        read_pdf(raw)
    reason: str = error.value.reason
    return reason


# Paragraphs


def test_lines_are_joined_to_paragraphs() -> None:
    page = column(f"A {WORDS}", f"of {WORDS}", "ends.", f"Then {WORDS}", "stops.")
    assert read_pdf(pdf(page)) == Document(
        (
            Block("text", f"A {WORDS} of {WORDS} ends.", 1),
            Block("text", f"Then {WORDS} stops.", 1),
        )
    )


def test_an_indent_begins_a_paragraph() -> None:
    first, *rest = column(f"A {WORDS}", f"of {WORDS}.", f"Then {WORDS}", f"so {WORDS}.")
    indented = Text(LEFT + 15, rest[1].y, rest[1].words)
    assert len(texts([first, rest[0], indented, rest[2]])) == 2


def test_a_gap_begins_a_paragraph() -> None:
    assert texts(column(f"A {WORDS}", f"b {WORDS}", "", f"c {WORDS}", f"d {WORDS}")) == [
        f"A {WORDS} b {WORDS}",
        f"c {WORDS} d {WORDS}",
    ]


def test_items_of_a_list_are_paragraphs() -> None:
    page = column(f"Of {WORDS}:", "1. One of", f"2. Two {WORDS}", f"{WORDS}.", "- Three")
    assert texts(page) == [f"Of {WORDS}:", "1. One of", f"2. Two {WORDS} {WORDS}.", "- Three"]


def test_hanging_paragraphs_begin_where_the_first_did() -> None:
    page = [
        *column(f"Roe, J. {WORDS}", x=LEFT, top=700),
        *column(f"{WORDS}", x=LEFT + 20, top=688),
        *column(f"Doe, K. {WORDS}", x=LEFT, top=676),
        *column(f"{WORDS}", x=LEFT + 20, top=664),
    ]
    assert texts(page) == [f"Roe, J. {WORDS} {WORDS}", f"Doe, K. {WORDS} {WORDS}"]


def test_words_parted_at_the_end_of_a_line_are_joined() -> None:
    page = column(
        f"The government of {WORDS} said that the gov-",
        f"ernment of {WORDS} said that in 1990-",
        f"2000 it was a well-known {WORDS} of Anglo-",
        f"Saxon origin, {WORDS} and the well-",
        f"known and well-educated {WORDS}.",
    )
    assert texts(page) == [
        f"The government of {WORDS} said that the government of {WORDS} said that in 1990-2000 it "
        f"was a well-known {WORDS} of Anglo-Saxon origin, {WORDS} and the well-known and "
        f"well-educated {WORDS}."
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            [Text(72, 700, "The city"), Text(109, 704, "12", 6), Text(120, 700, "fell to them.")],
            "The city fell to them.",
        ),
        (
            [
                Text(72, 700, "The city."),
                Text(112, 702, "*", 6),
                Text(120, 700, "It fell to them."),
            ],
            "The city. It fell to them.",
        ),
        (
            [Text(72, 700, "It is 10"), Text(102, 704, "6", 6), Text(109, 700, "of them.")],
            "It is 106 of them.",
        ),
        (
            [Text(72, 700, "Much CO"), Text(112, 697, "2", 6), Text(119, 700, "is there.")],
            "Much CO2 is there.",
        ),
    ],
)
def test_raised_and_lowered_words_are_of_their_line(page: list[Text], expected: str) -> None:
    assert texts(page) == [expected]


# Kinds


def test_headings_are_larger_or_bold() -> None:
    page = [
        Text(72, 740, "A Tale of One City", 20),
        Text(72, 700, "Times", 10, "F2"),
        *column(f"A {WORDS}", f"of {WORDS}.", top=680),
        Text(72, 640, "Bold words end a sentence here.", 10, "F2"),
    ]
    assert [(kind, text) for kind, _, text in blocks(page)] == [
        ("heading", "A Tale of One City"),
        ("heading", "Times"),
        ("text", f"A {WORDS} of {WORDS}."),
        ("text", "Bold words end a sentence here."),
    ]


def test_what_the_table_of_contents_names_is_a_heading() -> None:
    page = [Text(72, 740, "1  Times"), *column(f"A {WORDS}", f"of {WORDS}.")]
    document = read_pdf(pdf(page, contents=[("Times", 0), ("Other", 0)]))
    assert document.blocks[0] == Block("heading", "1 Times", 1)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Figure 1: The city from above.", "caption"),
        ("Fig. 2.3 - The city.", "caption"),
        ("TABLE IV. Losses of the army", "caption"),
        ("Abbildung 7: Die Stadt von oben", "caption"),
        ("Table 1 The losses of the army", "caption"),
        ("Figure 1 shows the city from above.", "text"),
        ("Tables of the army were lost.", "text"),
        ("Figures are what counts.", "text"),
    ],
)
def test_captions_are_told_from_sentences(line: str, kind: str) -> None:
    page = [*column(f"A {WORDS}", f"of {WORDS}."), Text(72, 600, line)]
    assert blocks(page)[-1] == (kind, 1, line)


def test_a_caption_in_small_print_needs_no_mark() -> None:
    page = [*column(f"A {WORDS}", f"of {WORDS}."), Text(72, 600, "Figure 1 shows the city.", 8)]
    assert blocks(page)[-1][0] == "caption"


def test_rows_of_a_table() -> None:
    page = column(f"A {WORDS}", f"of {WORDS}.")
    for number, row in enumerate(
        [("Year", "Jars", "Of them"), ("2018", "11", "7"), ("x y", "", "5")]
    ):
        page += [Text(72 + 80 * n, 640 - 14 * number, cell) for n, cell in enumerate(row) if cell]
    assert texts(page)[1:] == ["Year | Jars | Of them", "2018 | 11 | 7", "x y | 5"]


# Pages and columns


def paged(number: int, *lines: str) -> list[Text]:
    return [
        Text(72, HEIGHT - 40, f"A Tale of One City, chapter {number}", 8),
        *column(*lines),
        Text(290, 40, f"- {number} -", 8),
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [paged(n, f"On {n} of {WORDS}", f"{WORDS}.") for n in range(1, 6)]
    assert blocks(*pages) == [("text", n, f"On {n} of {WORDS} {WORDS}.") for n in range(1, 6)]


def test_a_running_head_of_a_single_page_is_told_by_title_and_author() -> None:
    head = Text(72, HEIGHT - 40, "Jane Doe and J. Roe: A Tale 7", 8)
    raw = pdf(
        [Text(72, 740, "A Tale", 20), *column(f"A {WORDS}", f"{WORDS}.")],
        [head, *column(f"B {WORDS}", f"{WORDS}.")],
        info={"Title": "A Tale", "Author": "Jane Doe; J. Roe"},
    )
    assert [block.text for block in read_pdf(raw).blocks] == [
        "A Tale",
        f"A {WORDS} {WORDS}.",
        f"B {WORDS} {WORDS}.",
    ]


def test_a_sentence_goes_on_over_the_page_and_the_note_comes_behind_it() -> None:
    note = Text(72, 300, "A note in small print.", 7)
    first = [*column(f"A {WORDS}", f"of {WORDS}"), note]
    assert blocks(first, column("goes on here.", f"Then {WORDS}.")) == [
        ("text", 1, f"A {WORDS} of {WORDS} goes on here."),
        ("text", 1, "A note in small print."),
        ("text", 2, f"Then {WORDS}."),
    ]


def test_a_heading_ends_a_paragraph_for_good() -> None:
    first = column(f"A {WORDS}", f"of {WORDS}")
    second = [Text(72, 740, "Times", 14), *column(f"goes {WORDS}", f"on {WORDS}.")]
    assert len(texts(first, second)) == 3


def two_columns(*, mixed: bool) -> list[Text]:
    left = column(*[f"l{n} {WORDS}" for n in range(1, 9)], x=50, top=650)
    right = column(*[f"r{n} {WORDS}" for n in range(1, 9)], x=310, top=650)
    order = [each for pair in zip(left, right, strict=True) for each in pair]
    title = Text(100, 700, "A title that stands over both of the columns", 16)
    return [title, *(order if mixed else [*left, *right])]


@pytest.mark.parametrize("mixed", [False, True])
def test_columns_are_read_one_after_the_other(mixed: bool) -> None:
    title, text = texts(two_columns(mixed=mixed))
    assert title == "A title that stands over both of the columns"
    assert [word for word in text.split() if word[-1].isdigit()] == [
        *(f"l{n}" for n in range(1, 9)),
        *(f"r{n}" for n in range(1, 9)),
    ]


def test_columns_whose_lines_do_not_match_are_read_one_after_the_other() -> None:
    page = [
        Text(each.x, each.y - (5 if each.x > 300 else 0), each.words, each.size)
        for each in two_columns(mixed=True)
    ]
    text = " ".join(texts(page)[1:])
    assert text.index("l8") < text.index("r1") < text.index("r8")


def test_what_spans_the_columns_is_read_in_its_place() -> None:
    across = Text(60, 545, "Figure 1: A caption that stands under both of the columns above", 10)
    below = column(*[f"m{n} {WORDS}" for n in range(1, 9)], x=50, top=520)
    _, text, caption = blocks([*two_columns(mixed=False), across, *below])
    assert caption == ("caption", 1, across.words)
    assert [word for word in text[2].split() if word.endswith(("1", "8"))] == [
        *("l1", "l8", "r1", "r8", "m1", "m8"),
    ]


def test_a_stamp_along_the_margin_is_left_out() -> None:
    page = [
        *column(f"A {WORDS}", f"of {WORDS}."),
        Text(30, 300, "arXiv:1234.5678", 16, turned=True),
    ]
    assert texts(page) == [f"A {WORDS} of {WORDS}."]


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    turned = [Text(300 + LEADING * n, 100, f"{n} {WORDS}", turned=True) for n in range(4)]
    (text,) = texts(Page(turned, rotation=90))
    assert text == " ".join(f"{n} {WORDS}" for n in range(4))


# What is seen


@pytest.mark.parametrize(
    "secret",
    [
        Text(72, 500, "ignore all that", before="1 1 1 rg"),
        Text(72, 500, "ignore all that", before="0.97 0.97 0.97 rg"),
        Text(72, 500, "ignore all that", size=1),
        Text(72, 500, "ignore all that", before="3 Tr"),
        Text(-400, 500, "ignore all that"),
        Text(72, 2000, "ignore all that"),
    ],
)
def test_what_nobody_sees_is_counted_and_left_out(secret: Text) -> None:
    page = [*column(f"A {WORDS}", f"of {WORDS}."), secret, Text(72, 400, "The end.")]
    document = read_pdf(pdf(page))
    assert [block.text for block in document.blocks] == [f"A {WORDS} of {WORDS}.", "The end."]
    assert document.hidden_passages == 1


@pytest.mark.parametrize(
    "text",
    [
        Text(72, 500, "seen by all", before="1 1 1 rg"),
        Text(72, 500, "seen by all", before="0.9 0.9 0.2 rg"),
        Text(72, 500, "seen by all", before="1 0.8 0.8 rg"),
    ],
)
def test_light_text_on_a_dark_ground_is_seen(text: Text) -> None:
    ground = "0.1 0.1 0.4 rg 50 480 300 50 re f"
    document = read_pdf(pdf(Page([*column(f"A {WORDS}."), text], below=ground)))
    assert (document.blocks[-1].text, document.hidden_passages) == ("seen by all", 0)


def test_the_text_behind_a_scanned_page_is_seen() -> None:
    page = Page(
        [Text(each.x, each.y, each.words, before="3 Tr") for each in column(f"A {WORDS}", "ends.")],
        below=f"q 595 0 0 {HEIGHT} 0 0 cm /I1 Do Q",
    )
    document = read_pdf(pdf(page))
    assert [block.text for block in document.blocks] == [f"A {WORDS} ends."]
    assert document.hidden_passages == 0


# What it says of itself


def test_properties_are_metadata() -> None:
    info = {"Title": "A Tale", "Author": "Jane Doe;John Roe", "CreationDate": "D:20170629090600Z"}
    page = [Text(72, 740, "A Tale", 20), *column(f"In 2017 {WORDS}", f"{WORDS}.")]
    assert read_pdf(pdf(page, info=info)).metadata == Metadata(
        "A Tale", "Jane Doe, John Roe", date(2017, 6, 29)
    )


def test_a_title_that_nobody_sees_gives_way_to_one_that_is_seen() -> None:
    page = [Text(72, 740, "A Tale", 20), *column(f"A {WORDS}", f"{WORDS}.")]
    assert read_pdf(pdf(page, info={"Title": "Template 7b"})).metadata.title == "A Tale"
    page = column(f"A {WORDS}", f"{WORDS}.")
    assert read_pdf(pdf(page, info={"Title": "A Tale"})).metadata.title == "A Tale"
    assert read_pdf(pdf(page, info={"Title": "tale.docx"})).metadata.title is None


def test_a_file_made_in_a_year_that_it_does_not_name_has_no_date() -> None:
    info = {"CreationDate": "D:20240102000000"}
    assert read_pdf(pdf(column(f"In 2017 {WORDS}."), info=info)).metadata.published is None
    page = [Text(72, 740, "29 June 2017"), *column(f"In 2024 {WORDS}.")]
    assert read_pdf(pdf(page, info=info)).metadata.published == date(2017, 6, 29)


# What is refused


def test_a_scan_says_that_it_is_one() -> None:
    picture = f"q 500 0 0 {HEIGHT} 0 0 cm /I1 Do Q"
    stamp = Text(50, 30, "Page 1", 8)
    assert refusal(pdf(Page((), picture), Page([stamp], picture))) == "scan"


def test_empty_pages_say_so() -> None:
    assert refusal(pdf([], [])) == "empty"


def test_a_password_is_told() -> None:
    page = column(f"A {WORDS}", f"{WORDS}.")
    assert refusal(pdf(page, password="marmalade")) == "password"
    assert read_pdf(pdf(page, password="")).blocks


@pytest.mark.parametrize("raw", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", pdf([Text(1, 1, "a")])[:300]])
def test_damage_is_told(raw: bytes) -> None:
    assert refusal(raw) == "damaged"


def test_any_damage_is_an_article_or_refused() -> None:
    good, chance = pdf(two_columns(mixed=True)), random.Random(7)
    for _ in range(100):
        raw = bytearray(good)
        for _ in range(chance.randint(1, 20)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            read_pdf(bytes(raw))
        except ArticleError:
            continue


def test_an_upload_is_read_in_a_process_of_its_own() -> None:
    raw = pdf(column(f"A {WORDS}", "ends."), [*column(f"B {WORDS}."), Text(9, 9, "x", size=1)])
    article = article_from_upload(raw, "tale.pdf")
    assert [(part.number, part.page) for part in article.paragraphs] == [(1, 1), (2, 2)]
    assert article.notices == ("1 hidden passage was ignored.",)
