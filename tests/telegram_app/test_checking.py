from pathlib import Path

import pytest
from telegram import User, WebhookInfo

from bot.settings import Settings
from bot.telegram_app.checking import Finding, about_bot, about_webhook, check, complaints
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.world import TOKEN

HOOK = "https://bot.example.org"


def me(**modes: bool) -> User:
    return User(7, "Article", is_bot=True, username="article_bot", **modes)  # type: ignore[arg-type]


def at(telegram: EmulatedTelegram, tmp_path: Path, **more: object) -> Settings:
    values = {name.lower(): value for name, value in telegram.environment.items()}
    return Settings(data_dir=tmp_path, **(values | more))  # type: ignore[arg-type]


def webhook(url: str = "", pending: int = 0, error: str | None = None) -> WebhookInfo:
    return WebhookInfo(url, False, pending, last_error_message=error)


def test_a_bot_that_is_set_up_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with EmulatedTelegram() as telegram:
        code = check(at(telegram, tmp_path), TOKEN)

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "✓ Token: of Article, @emulated_article_bot",
        "✓ Privacy mode is on: in groups it sees only what is for it",
        "✓ Inline mode is on",
        "✓ Updates: the bot asks for them, no webhook is set",
        "✓ Article: ISIS extremists losing more ground in Iraq's Mosul",
    ]


def test_what_does_not_fit_has_a_cross_and_a_next_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with EmulatedTelegram() as telegram:
        settings = at(telegram, tmp_path, article="missing.txt", webhook_secret="hunter2")
        code = check(settings, TOKEN)

    lines = capsys.readouterr().out.splitlines()
    assert code == 2
    assert [line for line in lines if line.startswith("✗")] == lines[4:]
    assert lines[4].startswith("✗ There is no file missing.txt, ")
    assert lines[5] == ("✗ WEBHOOK_SECRET does nothing without WEBHOOK_URL. Set both or none.")


def test_a_token_that_is_refused_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with EmulatedTelegram() as telegram:
        code = check(at(telegram, tmp_path), "123456:wrong")

    first, *_ = capsys.readouterr().out.splitlines()
    assert code == 2
    assert first.startswith("✗ http://127.0.0.1:")
    assert "does not know the TELEGRAM_TOKEN" in first
    assert "wrong" not in first


def test_a_network_that_fails_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with EmulatedTelegram() as telegram:
        telegram.go_dark()
        code = check(at(telegram, tmp_path), TOKEN)

    first, *_ = capsys.readouterr().out.splitlines()
    assert code == 2
    assert "cannot be reached" in first
    assert TOKEN not in first


def test_modes_that_are_off_say_how_to_turn_them_on() -> None:
    findings = list(about_bot(me(can_read_all_group_messages=True)))

    assert [finding.is_fine for finding in findings] == [True, False, False]
    assert "/setprivacy" in findings[1].sentence
    assert "/setinline" in findings[2].sentence


def test_modes_that_are_on_are_fine() -> None:
    findings = list(about_bot(me(supports_inline_queries=True)))

    assert [finding.is_fine for finding in findings] == [True, True, True]


@pytest.mark.parametrize(
    ("info", "url", "expected"),
    [
        (webhook(), None, "Updates: the bot asks for them, no webhook is set"),
        (
            webhook(pending=1_200),
            None,
            "Updates: the bot asks for them, no webhook is set, 1,200 waiting",
        ),
        (webhook(), HOOK, f"Updates: starting sets a webhook at {HOOK}"),
        (webhook(f"{HOOK}/secret", 2), HOOK, f"Updates: a webhook is set at {HOOK}, 2 waiting"),
    ],
)
def test_updates_that_come_as_the_settings_say_are_fine(
    info: WebhookInfo, url: str | None, expected: str
) -> None:
    assert about_webhook(info, Settings(webhook_url=url)) == Finding(True, expected)


@pytest.mark.parametrize(
    ("info", "url", "expected"),
    [
        (webhook(f"{HOOK}/secret"), None, f"A webhook is set at {HOOK} and WEBHOOK_URL is not"),
        (
            webhook(f"{HOOK}/secret", 3, "Connection refused"),
            HOOK,
            f"Telegram could not deliver to {HOOK}: Connection refused.",
        ),
    ],
)
def test_updates_that_do_not_come_are_not_and_the_secret_path_is_not_shown(
    info: WebhookInfo, url: str | None, expected: str
) -> None:
    finding = about_webhook(info, Settings(webhook_url=url))

    assert not finding.is_fine
    assert finding.sentence.startswith(expected)
    assert "secret" not in finding.sentence


def test_settings_that_fit_are_not_complained_of() -> None:
    own = {
        "telegram_base_url": "http://127.0.0.1:8081/bot",
        "telegram_base_file_url": "http://127.0.0.1:8081/file/bot",
        "webhook_url": "http://127.0.0.1:8080",
    }

    assert list(complaints(Settings())) == []
    assert list(complaints(Settings(webhook_url=HOOK, webhook_secret="hunter2"))) == []  # type: ignore[arg-type]
    assert list(complaints(Settings(**own))) == []  # type: ignore[arg-type]
    closed = Settings(fetch_allow_private=True, allowed_users=frozenset({7}))
    assert list(complaints(closed)) == []
    alone = Settings(fetch_allow_private=True, allow_uploads=False)
    assert list(complaints(alone)) == []


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"webhook_url": "http://bot.example.org"}, "WEBHOOK_URL=http://bot.example.org"),
        ({"webhook_url": HOOK, "metrics_port": 8080}, "METRICS_PORT=8080"),
        ({"webhook_secret": "hunter2"}, "WEBHOOK_SECRET"),
        ({"telegram_base_url": "http://127.0.0.1:8081/bot"}, "TELEGRAM_BASE_URL"),
        ({"questions_per_minute": 30}, "QUESTIONS_PER_MINUTE=30"),
        ({"fetch_allow_private": True}, "FETCH_ALLOW_PRIVATE"),
    ],
)
def test_a_setting_that_does_not_fit_the_others_is_named(
    settings: dict[str, object], named: str
) -> None:
    (complaint,) = complaints(Settings(**settings))  # type: ignore[arg-type]

    assert complaint.startswith(named)
    assert "hunter2" not in complaint


def test_the_operators_chat_is_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with EmulatedTelegram() as telegram:
        code = check(at(telegram, tmp_path, admin_chat=99), TOKEN)

    lines = capsys.readouterr().out.splitlines()
    assert code == 2
    assert "✗ ADMIN_CHAT=99 cannot be written to" in " ".join(lines)
