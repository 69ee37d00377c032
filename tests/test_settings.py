from pathlib import Path

import pytest

from bot.assembly import index_settings, read_limits
from bot.pipeline import AnswerLimits
from bot.settings import Settings, load_settings
from index.article import ReadLimits
from index.errors import SettingsError
from index.passage_index import IndexSettings

REPOSITORY = Path(__file__).parent.parent


def test_the_example_file_lists_exactly_the_settings() -> None:
    lines = (REPOSITORY / ".env.example").read_text(encoding="utf-8").splitlines()
    names = [line.lstrip("# ").partition("=")[0] for line in lines if "=" in line]

    assert names == [name.upper() for name in Settings.model_fields]


def test_the_example_file_shows_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (REPOSITORY / ".env.example").read_text(encoding="utf-8").splitlines()
    monkeypatch.delenv("DATA_DIR")
    defaults = load_settings()
    for line in lines:
        name, is_setting, value = line.removeprefix("#").partition("=")
        if is_setting and value:
            assert value == str(getattr(defaults, name.lower())), name


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


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:hunter2")

    assert "hunter2" not in repr(load_settings())


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

    assert read_limits(settings) == ReadLimits()
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
