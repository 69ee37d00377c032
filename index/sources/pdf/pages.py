"""The words of each page of a PDF that a person can see; opening it is here too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sources.errors import UnopenedError
from index.sources.pdf.glyphs import GlyphReader
from index.sources.pdf.sight import Sight
from index.sources.pdf.words import Word, drawn_words, main_turns, upright

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page.

    Attributes:
        number: of the page, from 1.
        words: those that can be seen, in the order in which they were drawn.
        height: of the page when its text stands upright, in points.
        hidden_passages: runs of words that cannot be seen, and are not among them.
        unknown: characters that the file gives no name to.
        has_images: whether there are pictures on it.
    """

    number: int
    words: list[Word]
    height: float
    hidden_passages: int
    unknown: int
    has_images: bool


def open_pdf(raw: bytes) -> "PdfDocument":
    """Return a PDF that is open.

    Raises:
        UnopenedError: if it is damaged, or needs a password.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    reasons = {pdfium.FPDF_ERR_PASSWORD: "password", pdfium.FPDF_ERR_SECURITY: "copy_protection"}
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        is_protected = error.err_code in reasons
        raise UnopenedError("password" if is_protected else "damaged") from error


def read_pages(document: "PdfDocument") -> Iterator[PageWords]:
    """Yield the pages of a PDF; those that are damaged are empty."""
    import pypdfium2

    fonts: dict[int, bool] = {}
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        yield _read_page(page, number + 1, fonts)
        page.close()


def _read_page(page: "PdfPage", number: int, fonts: dict[int, bool]) -> PageWords:
    text_page = page.get_textpage()
    reader = GlyphReader(text_page, fonts)
    drawn = list(drawn_words(reader))
    has_images = _has_images(page)
    seen = Sight(page).seen(drawn, has_images=has_images)
    turns = main_turns(drawn)
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    visible = [word for word, is_seen in zip(drawn, seen, strict=True) if is_seen]
    words = [upright(word, turns, width, height) for word in visible if word.look.turns == turns]
    text_page.close()
    return PageWords(
        number,
        words,
        width if turns % 2 else height,
        _count_runs(seen),
        reader.unknown,
        has_images,
    )


def _has_images(page: "PdfPage") -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _count_runs(seen: list[bool]) -> int:
    """Return how many runs of words in a row cannot be seen."""
    return sum(
        not is_seen and (place == 0 or seen[place - 1]) for place, is_seen in enumerate(seen)
    )
