"""Rows of data tables as lines; tables that only lay a page out stay as they are."""

from index.sources.html.captions import is_caption
from index.sources.html.parsing import Element, remove, xml_text

CELL_SEPARATOR = " | "
_MAX_CELL_CHARACTERS = 200
_BLOCKS_OF_TEXT = ("p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "pre", "article")


def join_rows(root: Element) -> None:
    """Make each row of the data tables one line, its cells joined by `CELL_SEPARATOR`."""
    for table in list(root.iter("table")):
        if not is_data_table(table):
            continue
        for row in list(table.iter("tr")):
            if any(is_caption(element) for element in row.iter("*")):
                continue
            cells = (" ".join(cell.text_content().split()) for cell in row.iterchildren("td", "th"))
            line = CELL_SEPARATOR.join(cell for cell in cells if cell)
            for child in list(row):
                remove(child)
            row.text = xml_text(line)
        for part in table.iterchildren("colgroup"):
            part.clear()


def is_data_table(table: Element) -> bool:
    """Return whether a table says something in rows and columns, and is no layout of a page."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return False
    rows = list(table.iter("tr"))
    columns = max((len(row) for row in rows), default=0)
    if columns < 2:
        return False
    cells = list(table.iter("td", "th"))
    texts = [cell.text_content() for cell in cells]
    if any(len(" ".join(text.split())) > _MAX_CELL_CHARACTERS * 2 for text in texts):
        return False
    if table.find(".//th") is not None or table.find("caption") is not None:
        return True
    many_blocks = any(
        len(cell.findall(f".//{tag}")) > 1 for cell in cells for tag in _BLOCKS_OF_TEXT
    )
    return not many_blocks and len(rows) > 1
