"""Screens → a page → a picture, by headless Chromium."""

import base64
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.bench.telegram_picture.recording import Screen
from tests.bench.telegram_picture.rich_html import ends_from_right, html_of
from tests.browser import open_browser

_HERE = Path(__file__).parent
# Pixels of the picture for one of the page: sharp on every screen.
_SCALE = 2
_AS_SVG = """
const box = document.getElementById("picture").getBoundingClientRect();
const size = `width="${Math.ceil(box.width)}" height="${Math.ceil(box.height)}"`;
const style = new XMLSerializer().serializeToString(document.querySelector("style"));
const body = new XMLSerializer().serializeToString(document.getElementById("picture"));
return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>` +
  `<foreignObject x="0" y="0" ${size}>` +
  `<div xmlns="http://www.w3.org/1999/xhtml" class="body">${style}${body}</div>` +
  `</foreignObject></svg>\\n`;
"""


def page_of(screens: Sequence[Screen], *, whole: bool) -> str:
    """Return the page that shows these screens.

    Args:
        screens: beside each other, in this order.
        whole: whether chats are shown from their beginning, however long they are.
    """
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined
    )
    css = Markup((_HERE / "page.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    template = environment.get_template("page.html.jinja")
    return template.render(
        screens=screens, css=css, whole=whole, html_of=html_of, ends_from_right=ends_from_right
    )


def draw(screens: Sequence[Screen], path: Path, *, whole: bool = False) -> None:
    """Write a picture of these screens; the path's ending says of which kind: PNG, SVG, HTML."""
    page = page_of(screens, whole=whole)
    if path.suffix == ".html":
        path.write_text(page, encoding="utf-8")
        return
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory) / "page.html"
        source.write_text(page, encoding="utf-8")
        browser = open_browser(Path(directory) / "profile", 2600, 1400)
        try:
            browser.get(source.as_uri())
            if path.suffix == ".svg":
                path.write_text(browser.execute_script(_AS_SVG), encoding="utf-8")
            else:
                path.write_bytes(_png(browser))
        finally:
            browser.quit()


def _png(browser: Any) -> bytes:  # noqa: ANN401 - Selenium's own type is not always there
    script = "const b = document.getElementById('picture').getBoundingClientRect();"
    width, height = browser.execute_script(script + "return [b.width, b.height]")
    shot = {
        "format": "png",
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": _SCALE},
    }
    return base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", shot)["data"])
