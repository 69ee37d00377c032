"""`WebhookKeys`: where Telegram delivers updates, and by what it is recognised."""

import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.telegram_app.store.errors import StoreError

_VERSION = 1
_ONLY_OWNER = 0o600
_RANDOM_BYTES = 32
_RANDOM = re.compile(r"[A-Za-z0-9_-]{16,256}")


@dataclass(frozen=True, slots=True)
class WebhookKeys:
    """What only Telegram and the bot know.

    Attributes:
        path: of the address at which updates are delivered, with a slash in front.
        secret: that comes with each.
    """

    path: str
    secret: str


def open_webhook_keys(data_dir: Path, secret: str | None) -> WebhookKeys:
    """Return the keys that a data directory holds; make them if there are none.

    Args:
        data_dir: of the bot.
        secret: the operator's own; None for the one that is kept.

    Raises:
        StoreError: if they cannot be read or written.
    """
    path = data_dir / "webhook.json"
    try:
        kept = _read(path) if path.exists() else _make(path)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be used: {error.strerror or error}. Check its permissions."
        ) from error
    return WebhookKeys(kept.path, secret or kept.secret)


def _read(path: Path) -> WebhookKeys:
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        part, secret = saved["path"], saved["secret"]
        if saved["version"] != _VERSION or not all(map(_RANDOM.fullmatch, (part, secret))):
            raise ValueError("not as it was written")
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is damaged. Delete it: another one is made.") from error
    return WebhookKeys(f"/{part}", secret)


def _make(path: Path) -> WebhookKeys:
    part, secret = secrets.token_urlsafe(_RANDOM_BYTES), secrets.token_urlsafe(_RANDOM_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    # Nobody else may ever read it, not even before it has its name.
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ONLY_OWNER)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"version": _VERSION, "path": part, "secret": secret}, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return WebhookKeys(f"/{part}", secret)
