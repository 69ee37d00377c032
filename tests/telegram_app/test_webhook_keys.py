import json
import stat
from pathlib import Path

import pytest

from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.webhook_keys import WebhookKeys, open_webhook_keys


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    first = open_webhook_keys(tmp_path / "data", None)

    assert open_webhook_keys(tmp_path / "data", None) == first
    assert first.path.startswith("/")
    assert first.path[1:] != first.secret
    assert min(len(first.path), len(first.secret)) > 40


def test_another_directory_has_other_keys(tmp_path: Path) -> None:
    one, other = (open_webhook_keys(tmp_path / name, None) for name in ("one", "other"))

    assert {one.path, one.secret} & {other.path, other.secret} == set()


def test_only_the_owner_may_read_them_and_nothing_else_is_left(tmp_path: Path) -> None:
    open_webhook_keys(tmp_path / "data", None)

    (path,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_operators_own_secret_is_taken(tmp_path: Path) -> None:
    made = open_webhook_keys(tmp_path, None)

    assert open_webhook_keys(tmp_path, "hunter2") == WebhookKeys(made.path, "hunter2")
    assert open_webhook_keys(tmp_path, None) == made


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        json.dumps({"version": 2, "path": "a" * 43, "secret": "b" * 43}),
        json.dumps({"version": 1, "path": "", "secret": "b" * 43}),
        json.dumps({"version": 1, "path": "a/../" + "a" * 43, "secret": "b" * 43}),
        json.dumps({"version": 1, "path": "a" * 43, "secret": None}),
        json.dumps({"version": 1, "path": "a" * 43, "secret": "b" * 43 + "\n"}),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "webhook.json"
    path.write_text(content)

    with pytest.raises(StoreError, match=f"^{path} is damaged. Delete it"):
        open_webhook_keys(tmp_path, None)


def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"webhook\.json cannot be used: "):
        open_webhook_keys(tmp_path / "file", None)
