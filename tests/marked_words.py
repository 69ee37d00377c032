"""Which words of a page a browser marks for a text directive: read from what it draws.

No script can ask a browser for them. So they are drawn in a colour that the page has nowhere else,
and those characters are read whose boxes have that colour on a screenshot of what is on the screen
after scrolling.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser import open_browser

_COLOUR = (254, 1, 254)
_STYLE = f"::target-text {{ background: rgb{_COLOUR} !important; color: rgb{_COLOUR} !important }}"
_ADD_STYLE = f"""
const sheet = new CSSStyleSheet();
sheet.replaceSync({_STYLE!r});
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
"""
_READ = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked on the screen.

    Attributes:
        words: the characters, white space as it stands in the page's source.
        ids: for each run of text, the `id` of the nearest element around it that has one.
        around: for each run of text, all text of the block that it is in.
        is_page_shown: whether the page shows itself: some do so only when a script of another
            address has come.
    """

    words: str
    ids: tuple[str, ...]
    around: tuple[str, ...]
    is_page_shown: bool


class MarkingBrowser:
    """Headless Chromium that draws marked words so that they can be read."""

    def __init__(self, profile: Path, width: int = 900, height: int = 900) -> None:
        """Open it; whoever does so quits it.

        Raises:
            NoBrowser: if there is none.
        """
        self._browser: Any = open_browser(profile, width, height)
        # In every page before its own styles, and against no policy of its.
        self._browser.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": _ADD_STYLE}
        )

    def marked(self, url: str, seconds: float = 4) -> Marked:
        """Open an address from an empty tab; return what is marked as soon as anything is.

        On a busy machine the browser now and then gives up its search: where nothing is marked, the
        address is opened a second time.

        Args:
            url: of a page, with a text directive.
            seconds: how long to wait each time until nothing is taken for the answer.
        """
        found = self._opened(url, seconds)
        return found if found.words else self._opened(url, seconds)

    def _opened(self, url: str, seconds: float) -> Marked:
        self._browser.get("about:blank")
        self._browser.get(url)
        end = time.monotonic() + seconds
        while True:
            found = self._on_screen()
            if found.words or time.monotonic() > end:
                return found

    def _on_screen(self) -> Marked:
        shot = self._browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        found = self._browser.execute_async_script(_READ, shot["data"], _COLOUR)
        if "error" in found:
            raise AssertionError(found["error"])
        return Marked(found["words"], tuple(found["ids"]), tuple(found["around"]), found["isShown"])

    def quit(self) -> None:
        """Close it."""
        self._browser.quit()
