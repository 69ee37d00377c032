"""The characters of a PDF's page as PDFium tells them: where each is, and how it is drawn."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

# How PDFium writes a hyphen at the end of a line: a character alone, and in a text.
_HYPHENS = re.compile("[\x02\ufffe]")
# Shapes of which the file does not say what they mean.
_UNKNOWN = re.compile("[\0\ufffd\ue000-\uf8ff]")
_RUN = re.compile("[^\\s\0\x01\x03-\x1f\x7f-\xa0\ufffd\ue000-\uf8ff]+")
# Forms of letters that only drawing needs: ligatures, Arabic letters as they are joined.
_DRAWN_FORMS = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]")
_BOLD = re.compile(r"bold|black|heavy|demi|(?:^|[^a-z])bd(?:$|[^a-z])", re.IGNORECASE)
_BOLD_WEIGHT = 600
_INKLESS_MODE = 3
_ASKEW = 0.05


class Glyph(NamedTuple):
    """A character as it is drawn; distances in points, from the left and from the bottom.

    Attributes:
        text: one character, or the letters of a ligature.
        left: of the box that it takes up in its line.
        bottom: of the box.
        right: of the box.
        top: of the box.
        x: where it begins on its baseline.
        y: of its baseline.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Look:
    """How a character is drawn.

    Attributes:
        size: of the font, in points on the page.
        is_bold: whether the font is.
        colour: red, green, blue and opacity, each 0 to 255.
        is_inkless: whether it is drawn without any ink, as text behind a scanned page is.
        turns: quarters of a turn, counterclockwise, in which it runs; None if askew.
    """

    size: float
    is_bold: bool = False
    colour: tuple[int, int, int, int] = (0, 0, 0, 255)
    is_inkless: bool = False
    turns: int | None = 0


class GlyphReader:
    """Reads the characters of one page; not to be kept longer than the page.

    Attributes:
        unknown: how many of the characters the file gives no name to.
    """

    def __init__(self, text_page: "PdfTextPage", fonts: dict[int, bool]) -> None:
        """Read a page.

        Args:
            text_page: of a page that is open.
            fonts: whether the document's fonts are bold, by their address; filled on the way.
        """
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text: Any = text_page.raw
        self._fonts = fonts
        self._looks: dict[int, Look] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = pdfium.FS_RECTF()
        self._characters = self._read(text_page)
        self.unknown = len(_UNKNOWN.findall(self._characters))

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield where characters without white space between them begin and end.

        They come in the order in which they were drawn. PDFium adds white space where it sees a
        gap, and leaves it out at some ends of lines.
        """
        for run in _RUN.finditer(self._characters):
            yield run.span()

    def text(self, start: int, end: int) -> str:
        """Return characters as they are written."""
        text = _HYPHENS.sub("-", self._characters[start:end])
        return _DRAWN_FORMS.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text)

    def glyph(self, number: int) -> Glyph:
        """Return a character and where it is."""
        self._pdfium.FPDFText_GetCharOrigin(self._text, number, self._x, self._y)
        self._pdfium.FPDFText_GetLooseCharBox(self._text, number, self._box)
        box = self._box
        return Glyph(
            self.text(number, number + 1),
            box.left,
            box.bottom,
            box.right,
            box.top,
            self._x.value,
            self._y.value,
        )

    def look(self, number: int) -> Look:
        """Return how a character is drawn; all that were drawn in one go look alike."""
        drawn = self._pdfium.FPDFText_GetTextObject(self._text, number)
        if not drawn:
            return Look(0.0)
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if address not in self._looks:
            self._looks[address] = self._look(number, drawn)
        return self._looks[address]

    def _read(self, text_page: "PdfTextPage") -> str:
        """Return all characters, each at its number."""
        count = text_page.count_chars()
        text: str = text_page.get_text_range() if count else ""
        if len(text) == count:
            return text
        # At once, PDFium leaves some of them out.
        code = self._pdfium.FPDFText_GetUnicode
        return "".join([chr(code(self._text, number)) for number in range(count)])

    def _look(self, number: int, drawn: Any) -> Look:  # noqa: ANN401 - a pointer of ctypes
        pdfium, text = self._pdfium, self._text
        matrix, colour = pdfium.FS_MATRIX(), [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        pdfium.FPDFText_GetFillColor(text, number, *colour)
        # PDFium counts clockwise.
        turns = -math.degrees(pdfium.FPDFText_GetCharAngle(text, number)) / 90
        return Look(
            size=abs(pdfium.FPDFText_GetFontSize(text, number)) * math.hypot(matrix.c, matrix.d),
            is_bold=self._is_bold(pdfium.FPDFTextObj_GetFont(drawn)),
            colour=(colour[0].value, colour[1].value, colour[2].value, colour[3].value),
            is_inkless=pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INKLESS_MODE,
            turns=round(turns) % 4 if abs(turns - round(turns)) < _ASKEW else None,
        )

    def _is_bold(self, font: Any) -> bool:  # noqa: ANN401 - a pointer of ctypes
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self._fonts:
            name = ctypes.create_string_buffer(200)
            self._pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            is_named_so = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
            weight = self._pdfium.FPDFFont_GetWeight(font)
            self._fonts[address] = is_named_so or weight >= _BOLD_WEIGHT
        return self._fonts[address]
