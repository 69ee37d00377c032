"""Headless Chromium, driven by Selenium; it reaches nothing but this machine.

On Debian: `apt-get install chromium chromium-driver`.
"""

import shutil
from pathlib import Path
from typing import Any

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-dev-shm-usage"),
    "--hide-scrollbars",
)


class NoBrowser(Exception):
    """Selenium, Chromium or its driver is not installed."""


def open_browser(profile: Path, width: int, height: int) -> Any:  # noqa: ANN401 - of Selenium
    """Return a browser that keeps what its console says; whoever opens it quits it.

    Args:
        profile: an empty directory for it.
        width: of the window, in pixels.
        height: of the window, in pixels.

    Raises:
        NoBrowser: if there is none.
    """
    try:
        from selenium import webdriver
    except ImportError as error:
        raise NoBrowser("Selenium is not installed") from error
    binary = next(filter(None, map(shutil.which, _BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        raise NoBrowser("Chromium or chromedriver is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*_FLAGS, f"--window-size={width},{height}", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # With the driver's path given, Selenium looks for none on the network.
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
