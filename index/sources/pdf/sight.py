"""Which words of a page a person can see: the page is drawn, and looked at where they stand."""

import ctypes
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from index.sources.pdf.words import DrawnWord

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# Smaller letters than that, in points, are dots to anybody.
_MIN_SIZE = 2.0
# Of 255: ink as light or as thin as that has to be looked at.
_LIGHT = 200
_THIN = 60
# Of 255: how far the darkest and the lightest point have to differ where there are letters.
_MIN_CONTRAST = 16
_MAX_PIXELS = 2000
_SCALE = 2.0
# A scanned page has a text behind it that is drawn without ink, where the letters of the picture
# are; to look at each word would find some that stand a little beside them.
_SCAN_SHARE = 0.8


class Sight:
    """Tells what can be seen of one page, which is drawn only if there is reason to doubt."""

    def __init__(self, page: "PdfPage") -> None:
        """Look at a page."""
        self._page = page
        self._bounds = page.get_cropbox()
        self._picture: Any = None

    def seen(self, words: Iterable[DrawnWord], *, has_images: bool) -> list[bool]:
        """Return of each word whether it can be seen."""
        words = list(words)
        inkless = sum(word.look.is_inkless for word in words)
        is_scan = has_images and inkless >= _SCAN_SHARE * len(words)
        return [self._is_seen(word, is_scan=is_scan) for word in words]

    def _is_seen(self, word: DrawnWord, *, is_scan: bool) -> bool:
        if word.size < _MIN_SIZE or not self._is_on_page(word):
            return False
        red, green, blue, opacity = word.look.colour
        is_faint = min(red, green, blue) >= _LIGHT or opacity < _THIN
        if word.look.is_inkless:
            return is_scan or self._has_contrast(word)
        return not is_faint or self._has_contrast(word)

    def _is_on_page(self, word: DrawnWord) -> bool:
        left, bottom, right, top = self._bounds
        word_left, word_bottom, word_right, word_top = word.box
        x, y = (word_left + word_right) / 2, (word_bottom + word_top) / 2
        return bool(left <= x <= right and bottom <= y <= top)

    def _has_contrast(self, word: DrawnWord) -> bool:
        picture = self._drawn()
        left, bottom, right, top = word.box
        inset = 0.1 * (top - bottom)
        columns, rows = zip(
            self._to_pixel(left, bottom + inset), self._to_pixel(right, top - inset), strict=True
        )
        area = picture[min(rows) : max(rows) + 1, min(columns) : max(columns) + 1]
        return bool(area.size) and int(area.max()) - int(area.min()) >= _MIN_CONTRAST

    def _drawn(self) -> Any:  # noqa: ANN401 - an array; numpy is loaded only where it is needed
        if self._picture is None:
            width, height = self._page.get_size()
            scale = min(_SCALE, _MAX_PIXELS / max(width, height))
            self._picture = self._page.render(scale=scale, grayscale=True).to_numpy()
        return self._picture

    def _to_pixel(self, x: float, y: float) -> tuple[int, int]:
        import pypdfium2.raw as pdfium

        rows, columns = self._picture.shape[:2]
        column, row = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            self._page.raw, 0, 0, columns, rows, 0, x, y, ctypes.byref(column), ctypes.byref(row)
        )
        return min(max(column.value, 0), columns - 1), min(max(row.value, 0), rows - 1)
