from collections.abc import Iterator
from configparser import ConfigParser
from importlib.resources import files

import pytest

UNIT = files("bot.telegram_app").joinpath("article-bot.service")


def lines() -> Iterator[str]:
    return (line for line in UNIT.read_text(encoding="utf-8").splitlines() if "=" in line)


@pytest.fixture(scope="module")
def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text(encoding="utf-8"))
    return parser


def test_it_runs_the_command_and_starts_it_again_after_a_failure(unit: ConfigParser) -> None:
    service = unit["Service"]

    assert service["ExecStart"] == "/opt/article-bot/bin/article-bot telegram"
    assert service["Restart"] == "on-failure"
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_what_the_bot_needs_it_may_do_and_nothing_else(unit: ConfigParser) -> None:
    service = unit["Service"]
    hardened = {
        "DynamicUser": "yes",
        "NoNewPrivileges": "yes",
        "PrivateDevices": "yes",
        "PrivateTmp": "yes",
        "ProtectHome": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
        "UMask": "0077",
    }

    assert {key: service[key] for key in hardened} == hardened
    assert {"MemoryMax", "TasksMax", "TimeoutStopSec"} <= set(service)


def test_its_data_is_where_it_may_write() -> None:
    assert "StateDirectory=article-bot" in lines()
    assert "Environment=DATA_DIR=%S/article-bot" in lines()


def test_the_token_is_not_in_the_unit() -> None:
    assert [line for line in lines() if line.startswith("Environment=TELEGRAM_TOKEN")] == []
