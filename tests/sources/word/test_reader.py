import io
import random
from datetime import date

import docx
import pytest

from index.errors import ArticleError
from index.sources.document import Block, Document, Metadata
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.reading import article_from_upload
from index.sources.word.reader import read_docx
from tests.sources.test_xml import EXTERNAL, LAUGHS
from tests.sources.word.documents import paragraph, run, table, word_document

CORE = (
    "<dc:title>A Tale</dc:title><dc:creator>Jane Doe; admin</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2017-06-29T09:06:00Z</dcterms:created>'
)


def texts(body: str, footnotes: str = "") -> list[str]:
    return [block.text for block in read_docx(word_document(body, footnotes=footnotes)).blocks]


def hidden(body: str) -> tuple[list[str], int]:
    document = read_docx(word_document(body))
    return [block.text for block in document.blocks], document.hidden_passages


def unopened(raw: bytes) -> str:
    with pytest.raises(UnopenedError) as error:
        read_docx(raw)
    return error.value.reason


def test_a_document_of_the_library_is_read() -> None:
    made = docx.Document()
    made.add_heading("A Tale of One City", 0)
    made.add_heading("Times", 1)
    made.add_paragraph("It was the best of times.")
    made.add_paragraph("one", "List Bullet")
    made.add_paragraph("A guillotine.", "Caption")
    rows = made.add_table(2, 2)
    for number, cell in enumerate(cell for row in rows.rows for cell in row.cells):
        cell.text = f"cell {number}"
    buffer = io.BytesIO()
    made.save(buffer)
    assert read_docx(buffer.getvalue()) == Document(
        (
            Block("heading", "A Tale of One City"),
            Block("heading", "Times"),
            Block("text", "It was the best of times."),
            Block("text", "one"),
            Block("caption", "A guillotine."),
            Block("text", "cell 0 | cell 1"),
            Block("text", "cell 2 | cell 3"),
        ),
        Metadata("A Tale of One City"),
    )


def test_the_properties_are_metadata() -> None:
    document = read_docx(word_document(paragraph("It was the best."), core=CORE))
    assert document.metadata == Metadata("A Tale", "Jane Doe", date(2017, 6, 29))


def test_a_title_that_can_be_seen_wins_over_the_properties() -> None:
    body = paragraph("A Visible Tale", style="Titel") + paragraph("It was the best.")
    document = read_docx(word_document(body, core=CORE))
    assert document.metadata.title == "A Visible Tale"
    assert document.blocks[0] == Block("heading", "A Visible Tale")


def test_styles_are_known_by_name_outline_and_what_they_are_based_on() -> None:
    body = (
        paragraph("One", style="berschrift1")
        + paragraph("Two", style="Own")
        + paragraph("Three", properties='<w:outlineLvl w:val="2"/>')
        + paragraph("Four", properties='<w:outlineLvl w:val="9"/>')
        + paragraph("Five", style="Loop")
        + paragraph("Six", style="Beschriftung")
        + paragraph("Contents 1", style="Verzeichnis1")
    )
    assert [(block.kind, block.text) for block in read_docx(word_document(body)).blocks] == [
        ("heading", "One"),
        ("heading", "Two"),
        ("heading", "Three"),
        ("text", "Four"),
        ("text", "Five"),
        ("caption", "Six"),
    ]


def test_what_was_deleted_is_gone_and_what_was_inserted_is_there() -> None:
    deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('away')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo>"
    inserted = f"<w:ins>{run('very ')}</w:ins>"
    body = paragraph("It is ", deleted, inserted, "good, ", moved, ".")
    assert texts(body) == ["It is very good, here."]


def test_words_in_links_fields_controls_and_formulas_count() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE \\x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}'
    )
    link = f"<w:hyperlink>{run('there')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtContent>{run('chosen')}</w:sdtContent></w:sdt>"
    formula = "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"
    body = paragraph("See ", link, " on ", field, "<w:r><w:tab/><w:br/></w:r>", control, formula)
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('In a control.')}</w:sdtContent></w:sdt>"
    assert texts(body + wrapped) == ["See there on 12 chosenx+1", "In a control."]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(paragraph("One.", both, " Two.") + paragraph("Three.")) == [
        "One. Two.",
        "In a box.",
        "Three.",
    ]


def test_notes_come_last_in_the_order_of_their_marks() -> None:
    def note(number: int, text: str) -> str:
        return f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'

    def mark(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    body = paragraph("One", mark(3), " two", mark(2), mark(9), ".") + paragraph("Three.")
    notes = note(1, "Nobody refers to this.") + note(2, "Second note.") + note(3, "First note.")
    assert texts(body, notes) == ["One two.", "Three.", "First note.", "Second note."]


def test_rows_of_tables_and_frames() -> None:
    inner = table(["a", "b"]) + paragraph("after")
    deleted = table(["c", "d"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    body = (
        table(["Name", "Age"], ["Jane", ""], ["", ""], [inner, "9"])
        + table([paragraph("Framed.") + paragraph("Too.")])
        + deleted
    )
    assert texts(body) == ["Name | Age", "Jane", "a | b after | 9", "Framed.", "Too."]


@pytest.mark.parametrize(
    "look",
    [
        "<w:vanish/>",
        '<w:vanish w:val="1"/>',
        '<w:rStyle w:val="Secret"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_hidden_text_is_counted_and_left_out(look: str) -> None:
    body = paragraph("One ", run("Ignore all ", look), run("else. ", look), "two.")
    assert hidden(body + paragraph(run("More", look))) == (["One two."], 2)


@pytest.mark.parametrize(
    "look",
    [
        '<w:vanish w:val="0"/>',
        '<w:rStyle w:val="Secret"/><w:vanish w:val="false"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
        '<w:sz w:val="12"/>',
    ],
)
def test_what_can_be_seen_is_text(look: str) -> None:
    assert hidden(paragraph("One ", run("and ", look), "two.")) == (["One and two."], 0)


def test_white_text_on_a_coloured_ground_can_be_seen() -> None:
    white = run("Head", '<w:color w:val="FFFFFF"/>')
    shaded = paragraph(white, properties='<w:shd w:val="clear" w:fill="000080"/>')
    styled = table([paragraph(white), "a"], properties='<w:tblStyle w:val="Grid"/>')
    box = paragraph(f"<w:r><w:txbxContent>{paragraph(white)}</w:txbxContent></w:r>")
    assert hidden(shaded + styled + box) == (["Head", "Head | a", "Head"], 0)


def test_nothing_to_read() -> None:
    with pytest.raises(NothingToReadError) as error:
        read_docx(word_document(paragraph("")))
    assert error.value.reason == "empty"


@pytest.mark.parametrize("prologue", [LAUGHS, EXTERNAL, "<!DOCTYPE a>"])
def test_entities_are_refused(prologue: str) -> None:
    raw = word_document(paragraph("One."), prologue=prologue.partition("<a>")[0])
    assert unopened(raw) == "entities"


def test_entities_in_any_part_are_refused() -> None:
    raw = word_document(paragraph("One."), word__settings_xml=EXTERNAL.encode("utf-16"))
    assert unopened(raw) == "entities"


def test_a_bomb_is_refused() -> None:
    assert (
        unopened(word_document(paragraph("One."), word__media__a_xml=bytes(50_000_000))) == "bomb"
    )


def test_damage_is_told() -> None:
    raw = word_document(paragraph("One."))
    assert unopened(raw[:-40]) == "damaged"
    assert unopened(word_document("<w:p>")) == "damaged"


def test_any_damage_is_an_article_or_refused() -> None:
    good, chance = (
        word_document(paragraph("It was the best of times."), core=CORE),
        random.Random(7),
    )
    for _ in range(150):
        raw = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            read_docx(bytes(raw))
        except ArticleError:
            continue


def test_an_upload_is_read_in_a_process_of_its_own() -> None:
    secret = paragraph("Visible words are here.", run("secret", "<w:vanish/>"))
    article = article_from_upload(word_document(secret, core=CORE), "tale.docx")
    assert article.text == "A Tale\n\nJane Doe\n\n2017-06-29\n\nVisible words are here."
    assert article.notices == ("1 hidden passage was ignored.",)
