"""PDF files for the tests, written by hand: a few objects, and text where the test wants it."""

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Times-Roman"}
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


@dataclass(frozen=True)
class Text:
    """A line of text at a place.

    Attributes:
        x: where it begins, in points from the left.
        y: of its baseline, in points from the bottom.
        words: in Latin-1.
        size: of the font, in points.
        font: a key of `_FONTS`.
        before: operators before it, such as "1 1 1 rg" for white or "3 Tr" for invisible.
        turned: whether it runs upwards.
    """

    x: float
    y: float
    words: str
    size: float = 10
    font: str = "F1"
    before: str = ""
    turned: bool = False

    def operators(self) -> str:
        words = self.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        matrix = f"0 1 -1 0 {self.x} {self.y}" if self.turned else f"1 0 0 1 {self.x} {self.y}"
        return f"q BT {self.before} /{self.font} {self.size} Tf {matrix} Tm ({words}) Tj ET Q"


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        texts: in the order in which they are drawn.
        below: operators before all text; `/I1 Do` draws an image of one black point.
        rotation: how it is shown, in degrees clockwise.
    """

    texts: Sequence[Text] = ()
    below: str = ""
    rotation: int = 0


@dataclass
class _Objects:
    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: str | bytes) -> int:
        self.bodies.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.bodies)

    def stream(self, content: bytes, entries: str = "") -> int:
        head = f"<< /Length {len(content)} {entries} >>\nstream\n".encode()
        return self.add(head + content + b"\nendstream")


def pdf(
    *pages: Page | Sequence[Text],
    info: Mapping[str, str] | None = None,
    contents: Sequence[tuple[str, int]] = (),
    password: str | None = None,
) -> bytes:
    """Return a PDF of these pages.

    Args:
        pages: pages, or only the texts of pages.
        info: the document's properties, such as Title.
        contents: (title, page from 0) of the table of contents beside the pages.
        password: what it is encrypted with (RC4 of 40 bits), or None.
    """
    objects = _Objects([b"", b""])  # the catalogue and the tree of pages
    fonts = " ".join(f"/{key} {_add_font(objects, name)} 0 R" for key, name in _FONTS.items())
    image = objects.stream(
        b"\0",
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8",
    )
    numbers = [
        _add_page(objects, each if isinstance(each, Page) else Page(each), fonts, image)
        for each in pages
    ]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects.bodies[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    outline = f"/Outlines {_add_outline(objects, contents, numbers)} 0 R" if contents else ""
    objects.bodies[0] = f"<< /Type /Catalog /Pages 2 0 R {outline} >>".encode()
    trailer = "/Root 1 0 R"
    if info:
        entries = " ".join(f"/{key} {_string(value)}" for key, value in info.items())
        number = objects.add(f"<< {entries} >>")
        trailer += f" /Info {number} 0 R"
    if password is not None:
        trailer += _encrypted(objects, password)
    return _written(objects.bodies, trailer)


def _add_font(objects: _Objects, name: str) -> int:
    return objects.add(
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
    )


def _add_page(objects: _Objects, page: Page, fonts: str, image: int) -> int:
    operators = "\n".join([page.below, *(text.operators() for text in page.texts)])
    content = objects.stream(
        zlib.compress(operators.encode("cp1252", "replace")), "/Filter /FlateDecode"
    )
    return objects.add(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotation} "
        f"/Contents {content} 0 R /Resources << /Font << {fonts} >> "
        f"/XObject << /I1 {image} 0 R >> >> >>"
    )


def _add_outline(
    objects: _Objects, contents: Sequence[tuple[str, int]], pages: Sequence[int]
) -> int:
    root = objects.add("")
    first = root + 1
    for number, (title, page) in enumerate(contents):
        following = f"/Next {first + number + 1} 0 R" if number + 1 < len(contents) else ""
        objects.add(
            f"<< /Title {_string(title)} /Parent {root} 0 R {following} "
            f"/Dest [{pages[page]} 0 R /Fit] >>"
        )
    last = root + len(contents)
    objects.bodies[root - 1] = f"<< /First {first} 0 R /Last {last} 0 R >>".encode()
    return root


def _string(text: str) -> str:
    encoded = f"\ufeff{text}".encode("utf-16-be").hex()
    return f"<{encoded}>"


def _written(bodies: Sequence[bytes], trailer: str) -> bytes:
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(written)
    written += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode()
    written += f"trailer\n<< /Size {len(bodies) + 1} {trailer} >>\n".encode()
    return bytes(written + f"startxref\n{start}\n%%EOF\n".encode())


# Encryption as PDF 1.7, 7.6, has it for a password of the user alone, with RC4 of 40 bits.


def _encrypted(objects: _Objects, password: str) -> str:
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permissions, identity = -4, b"0123456789abcdef"
    seed = padded + owner + struct.pack("<i", permissions) + identity
    key = hashlib.md5(seed).digest()[:5]
    for number, body in enumerate(objects.bodies, start=1):
        head, stream, rest = body.partition(b"stream\n")
        if stream:
            content, end, tail = rest.rpartition(b"\nendstream")
            salted = hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10]
            objects.bodies[number - 1] = head + stream + _rc4(salted, content) + end + tail
    number = objects.add(
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, _PADDING).hex()}> "
        f"/P {permissions} >>"
    )
    return f" /Encrypt {number} 0 R /ID [<{identity.hex()}> <{identity.hex()}>]"


def _rc4(key: bytes, data: bytes) -> bytes:
    return bytes(byte ^ mask for byte, mask in zip(data, _rc4_stream(key), strict=False))


def _rc4_stream(key: bytes) -> Iterator[int]:
    state, other = list(range(256)), 0
    for place in range(256):
        other = (other + state[place] + key[place % len(key)]) % 256
        state[place], state[other] = state[other], state[place]
    first = second = 0
    while True:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        yield state[(state[first] + state[second]) % 256]
