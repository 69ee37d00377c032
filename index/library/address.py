"""Where an article can be read again."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_web_address(source: str) -> bool:
    """Return whether a source is an address of the web, rather than a path."""
    return source.lower().startswith(("http://", "https://"))


def address_of(source: str) -> str | None:
    """Return a source in the form that is the same for the same address.

    Args:
        source: an address of the web or an absolute path.

    Returns:
        None for anything else, such as the name of a file that was sent: it says nothing of where
        it is from.
    """
    if is_web_address(source):
        return _web_address(source)
    # What a chat sends may hold anything, and a NUL byte is in no path.
    if "\0" in source or not Path(source).is_absolute():
        return None
    return os.path.normpath(source)


def absolute_source(source: str) -> str:
    """Return a source of the terminal's as it is wherever one is: a path is made absolute."""
    return source if is_web_address(source) or "\0" in source else str(Path(source).absolute())


def _web_address(source: str) -> str:
    try:
        parts = urlsplit(source)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return source
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))
