from pathlib import Path

import pytest

from bot.assembly import index_settings
from bot.pipeline import AnswerLimits
from bot.reading import read_options
from bot.settings import Settings, load_settings
from index.errors import SettingsError
from index.passage_index import IndexSettings
from index.sources.reading import ReadOptions

REPOSITORY = Path(__file__).parent.parent


def example() -> list[tuple[str, str, str]]:
    """Return the name, the value and the description of each setting in the example file."""
    text = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    found = []
    for block in text.rstrip("\n").split("\n\n")[1:]:
        *comments, setting = block.splitlines()
        name, _, value = setting.removeprefix("#").partition("=")
        found.append((name, value, " ".join(line.removeprefix("# ") for line in comments)))
    return found


def written(value: object) -> str:
    """Return a setting's value as the file has it."""
    return ",".join(map(str, sorted(value))) if isinstance(value, frozenset) else str(value)


def test_the_example_file_lists_exactly_the_settings() -> None:
    assert [name for name, _, _ in example()] == [name.upper() for name in Settings.model_fields]


def test_the_example_file_says_what_each_setting_is() -> None:
    described = {name: description for name, _, description in example()}

    assert described == {
        name.upper(): field.description for name, field in Settings.model_fields.items()
    }


def test_the_example_file_shows_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATA_DIR")
    defaults = load_settings()
    shown = {name.lower(): value for name, value, _ in example() if value}

    assert shown == {name: written(getattr(defaults, name)) for name in shown}
    unset = set(Settings.model_fields) - set(shown)
    assert unset == {
        "article",
        "data_dir",
        "fetch_user_agent",
        "telegram_token",
        "webhook_url",
        "webhook_secret",
        "allowed_users",
        "allowed_chats",
        "admin_chat",
        "metrics_port",
    }


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("TOP_K=7\nMAX_QUESTION_LENGTH=50\n", encoding="utf-8")
    monkeypatch.setenv("TOP_K", "9")

    settings = load_settings()

    assert (settings.top_k, settings.max_question_length) == (9, 50)


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLE", "")
    monkeypatch.setenv("TOP_K", "")

    assert (load_settings().article, load_settings().top_k) == (None, 5)


def test_a_wrong_value_names_the_variable_and_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOP_K", "many")

    with pytest.raises(SettingsError, match=r"^The setting TOP_K=many does not fit: .*integer"):
        load_settings()


@pytest.mark.parametrize("value", ["-0.1", "1.1", "nan", "ten"])
def test_a_share_of_wrong_answers_is_from_0_to_1(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("MAX_WRONG", value)

    with pytest.raises(SettingsError, match=f"^The setting MAX_WRONG={value} does not fit: "):
        load_settings()


def test_without_a_word_on_it_the_packaged_reader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load_settings().reader_model, load_settings().max_wrong) == ("packaged", 0.1)

    monkeypatch.setenv("READER_MODEL", "")
    assert load_settings().reader_model == "packaged"


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:hunter2")

    assert "hunter2" not in repr(load_settings())


def test_ids_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_USERS", "17, 4611686018427387904,")
    monkeypatch.setenv("ALLOWED_CHATS", "-1001234567890")

    settings = load_settings()

    assert settings.allowed_users == {17, 4611686018427387904}
    assert settings.allowed_chats == {-1001234567890}


def test_ports_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_ALLOWED_PORTS", "80, 8080")

    assert load_settings().fetch_allowed_ports == {80, 8080}


@pytest.mark.parametrize("value", [",", "0", "80,65536", "http"])
def test_a_port_is_one_that_there_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FETCH_ALLOWED_PORTS", value)

    with pytest.raises(SettingsError, match=r"^The setting FETCH_ALLOWED_PORTS=.* does not fit: "):
        load_settings()


@pytest.mark.parametrize("value", ["ärticle-bot", "a\r\nX-Evil: 1", " a", "a ", "a" * 201])
def test_a_user_agent_is_one_that_a_request_can_hold(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("FETCH_USER_AGENT", value)

    with pytest.raises(SettingsError, match=r"^The setting FETCH_USER_AGENT="):
        load_settings()


def test_an_id_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_USERS", "17,@somebody")

    with pytest.raises(SettingsError, match=r"^The setting ALLOWED_USERS=@somebody does not fit: "):
        load_settings()


@pytest.mark.parametrize("secret", ["with space", "naïve", "x" * 257])
def test_a_webhook_secret_is_one_that_telegram_takes(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", secret)

    with pytest.raises(
        SettingsError, match=r"^The setting WEBHOOK_SECRET does not fit: "
    ) as raised:
        load_settings()

    assert secret not in str(raised.value)


@pytest.mark.parametrize("name", ["WEBHOOK_URL", "TELEGRAM_BASE_URL", "TELEGRAM_BASE_FILE_URL"])
@pytest.mark.parametrize("value", ["bot.example.org", "ftp://bot.example.org", "https://"])
def test_an_address_is_one_of_the_web(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=f"^The setting {name}={value} does not fit: "):
        load_settings()


def test_paths_may_be_in_the_home_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path(".env").write_text("DATA_DIR=~/bot\nARTICLE=~/a.txt\n", encoding="utf-8")
    monkeypatch.delenv("DATA_DIR")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert load_settings().data_dir == tmp_path / "bot"
    assert load_settings().article == str(tmp_path / "a.txt")

    monkeypatch.setenv("DATA_DIR", "~nobody-of-this-name/bot")
    with pytest.raises(SettingsError, match=r"^The setting DATA_DIR=~nobody.*no such home"):
        load_settings()


def test_the_defaults_are_those_of_the_parts() -> None:
    settings = Settings()

    assert read_options(settings) == ReadOptions()
    assert index_settings(settings) == IndexSettings()
    limits = AnswerLimits(settings.top_k, settings.max_question_length)
    assert limits == AnswerLimits()


def test_a_file_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    Path(".env").write_text("TOP_K=5", encoding="utf-8")
    monkeypatch.setattr("builtins.open", refuse)

    with pytest.raises(SettingsError, match=r"\.env cannot be read: Permission denied\."):
        load_settings()


def test_a_file_that_is_not_text_is_named() -> None:
    Path(".env").write_bytes(b"TOP_K=\xff\xfe5")

    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        load_settings()
