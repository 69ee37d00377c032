"""E-books for the tests."""

from tests.sources.zips import packed

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
METADATA = (
    "<dc:title>A Tale</dc:title><dc:creator>Jane Doe</dc:creator><dc:creator>John Roe</dc:creator>"
    "<dc:date>2017-06-29T00:00:00Z</dc:date><dc:publisher>Tales &amp; Sons</dc:publisher>"
    "<dc:language>en-GB</dc:language>"
)


def page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>Left out</title></head><body>{body}</body></html>"
    )


def book(
    *pages: str | bytes, metadata: str = METADATA, manifest: str = "", spine: str = "", **more: str
) -> bytes:
    """Return a book of these pages.

    Args:
        pages: whole pages, called 1.xhtml and so on.
        metadata: content of the package's metadata.
        manifest: more items of the manifest.
        spine: more references, before the pages.
        more: members by name, where "__" stands for "/" and "_" for ".".
    """
    items = "".join(
        f'<item id="p{number}" href="text/{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(1, len(pages) + 1)
    )
    references = "".join(f'<itemref idref="p{n}"/>' for n in range(1, len(pages) + 1))
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata>{metadata}</metadata><manifest>{items}{manifest}</manifest>"
            f"<spine>{spine}{references}</spine></package>",
            **{f"OEBPS/text/{n}.xhtml": each for n, each in enumerate(pages, start=1)},
            **{name.replace("__", "/").replace("_", "."): each for name, each in more.items()},
        }
    )
