"""Word documents for the tests, written by hand: python-docx writes less than Word does."""

from tests.sources.zips import packed

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/>
  <w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/>
  <w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
"""


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside = "".join(each if each.startswith("<") else run(each) for each in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def table(*rows: list[str], properties: str = "") -> str:
    def cell(content: str) -> str:
        inside = content if content.startswith("<") else paragraph(content)
        return f"<w:tc><w:tcPr/>{inside}</w:tc>"

    inside = "".join(f"<w:tr>{''.join(cell(each) for each in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{inside}</w:tbl>"


def word_document(
    body: str, *, footnotes: str = "", core: str = "", prologue: str = "", **more: bytes
) -> bytes:
    """Return a document with this content of `w:body`.

    Args:
        body: XML.
        footnotes: content of `w:footnotes`.
        core: content of the core properties.
        prologue: what stands before the document's root.
        more: members by name, where "__" stands for "/" and "_" for ".".
    """
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": _relations(
            ("officeDocument", _OFFICE, "word/document.xml"),
            *(
                [("core-properties", f"{_PACKAGE}/relationships/metadata", "docProps/core.xml")]
                if core
                else []
            ),
        ),
        "word/_rels/document.xml.rels": _relations(
            ("styles", _OFFICE, "styles.xml"), ("footnotes", _OFFICE, "footnotes.xml")
        ),
        "word/document.xml": prologue
        + f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{STYLES}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{footnotes}</w:footnotes>",
    }
    if core:
        members["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{core}</cp:coreProperties>'
        )
    members |= {name.replace("__", "/").replace("_", "."): raw for name, raw in more.items()}
    return packed(members)


def _relations(*relations: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{space}/{kind}" Target="{target}"/>'
        for number, (kind, space, target) in enumerate(relations)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
