"""`Settings`: every knob, from the environment and from `.env`, without a prefix."""

import re
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.reader.reader_files import PACKAGED_READER
from index.errors import SettingsError
from index.model_files import DEFAULT_MODEL

_WEB_ADDRESS = r"^https?://[^\s/]+"
# What Telegram takes as a webhook's secret.
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
# In the environment separated by commas, not as JSON.
_Ids = Annotated[frozenset[int], NoDecode]
_Ports = Annotated[frozenset[Annotated[int, Field(ge=1, le=65_535)]], NoDecode]
# What a header of a request can hold.
_HEADER_VALUE = r"^[!-~]+( [!-~]+)*$"


class Settings(BaseSettings):
    """The settings, each named in the environment by its field's name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    article: str | None = Field(
        None, description="Article to ask: path of a .txt or .md file. Unset: the one shipped."
    )
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("article-bot", appauthor=False),
        description="Directory for indexes and the chat's history.",
    )
    embedding_model: str = Field(
        DEFAULT_MODEL,
        min_length=1,
        description="sentence-transformers model: the packaged one, a path, or a name on the hub.",
    )
    embedding_batch_size: int = Field(
        32, ge=1, le=1024, description="Passages that are embedded at once."
    )
    max_passage_tokens: int = Field(
        256,
        ge=16,
        description="Longest passage, in the model's tokens; never more than the model reads.",
    )
    exact_search_limit: int = Field(
        100_000,
        ge=1,
        description="Most vectors that are searched exactly; more are searched approximately.",
    )
    reader_model: str = Field(
        PACKAGED_READER,
        min_length=1,
        description="Extractive question-answering model: the packaged one, a path, a name on the "
        "hub, or none for whole sentences.",
    )
    max_wrong: float = Field(
        0.10,
        ge=0,
        le=1,
        description="Largest share of answers that may be expected to be wrong; lower refuses "
        "more. For a calibrated reader.",
    )
    top_k: int = Field(5, ge=1, le=100, description="Passages that are retrieved for a question.")
    candidate_limit: int = Field(
        200,
        ge=1,
        description="Passages that each of the four retrieval scores may put forward.",
    )
    min_score: float = Field(
        0.206,
        ge=-1,
        description="Lowest score of a sentence that counts as an answer, with READER_MODEL=none.",
    )
    max_article_bytes: int = Field(
        20_000_000, ge=1, description="Largest article that is read, in bytes."
    )
    min_article_words: int = Field(3, ge=1, description="Fewest words that make an article.")
    fetch_max_bytes: int = Field(
        20_000_000,
        ge=1,
        description="Largest page or file that is fetched from the web, in bytes, unpacked.",
    )
    fetch_seconds: float = Field(
        30, gt=0, description="Longest time that fetching a page or a file may take, in seconds."
    )
    fetch_allowed_ports: _Ports = Field(
        frozenset({80, 443}),
        min_length=1,
        description="Ports that pages are fetched from, separated by commas.",
    )
    fetch_allow_private: bool = Field(
        False,
        description="Whether pages of private networks and of this machine are fetched too: only "
        "where everybody who may ask may also read those.",
    )
    fetch_user_agent: str | None = Field(
        None,
        pattern=_HEADER_VALUE,
        max_length=200,
        description="What the bot calls itself where it fetches a page. Unset: article-bot and its "
        "version.",
    )
    parse_seconds: float = Field(
        60, gt=0, description="Longest time that parsing one page or document may take, in seconds."
    )
    parse_memory_bytes: int = Field(
        1_000_000_000,
        ge=100_000_000,
        description="Most memory for parsing one page or document, in bytes of address space.",
    )
    max_question_length: int = Field(
        1_000, ge=1, description="Longest question, in characters (Unicode code points)."
    )
    conversation_turns: int = Field(
        6, ge=1, le=50, description="Questions that a conversation looks back on."
    )
    conversation_minutes: float = Field(
        30,
        gt=0,
        description="Minutes after which a question is not looked back on any more.",
    )
    open_articles: int = Field(
        8, ge=1, description="Most articles of the library that are kept open, ready to answer."
    )
    telegram_token: SecretStr | None = Field(
        None, description="Token of the Telegram bot, from @BotFather; the terminal needs none."
    )

    telegram_base_url: str = Field(
        "https://api.telegram.org/bot",
        pattern=_WEB_ADDRESS,
        description="Address of the Bot API, to which the token is appended: of Telegram, or of a "
        "server of your own.",
    )
    telegram_base_file_url: str = Field(
        "https://api.telegram.org/file/bot",
        pattern=_WEB_ADDRESS,
        description="Address of the Bot API's files, to which the token is appended.",
    )
    webhook_url: str | None = Field(
        None,
        pattern=_WEB_ADDRESS,
        description="Public address at which Telegram reaches this bot, without the path. Unset: "
        "the bot asks Telegram for updates.",
    )
    webhook_secret: SecretStr | None = Field(
        None,
        description="Secret that Telegram sends with each update, of A-Z, a-z, 0-9, _ and -. "
        "Unset: one is made and kept in the data directory.",
    )
    webhook_listen: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Address of this machine on which updates are received, behind a proxy that "
        "speaks TLS.",
    )
    webhook_port: int = Field(
        8080, ge=1, le=65_535, description="Port on which updates are received."
    )
    queue_limit: int = Field(
        100,
        ge=1,
        description="Most questions that wait or are being answered; who asks beyond it is asked "
        "to try again.",
    )
    queue_notice_seconds: float = Field(
        5,
        ge=0,
        description="Seconds of waiting after which a person is told the place in the queue.",
    )
    answer_threads: int = Field(
        2, ge=1, le=64, description="Questions that are answered at the same time."
    )
    questions_per_minute: int = Field(
        20, ge=0, description="Most questions of a person in a minute; 0 for no limit."
    )
    chat_questions_per_minute: int = Field(
        20, ge=0, description="Most questions of a chat in a minute; 0 for no limit."
    )
    allowed_users: _Ids = Field(
        frozenset(),
        description="Telegram ids of the people who may ask, separated by commas. Unset, and "
        "ALLOWED_CHATS too: everybody.",
    )
    allowed_chats: _Ids = Field(
        frozenset(),
        description="Telegram ids of the chats in which everybody may ask, separated by commas.",
    )
    allow_uploads: bool = Field(
        True,
        description="Whether chats may send articles of their own: links, documents, long texts.",
    )
    group_uploads: Literal["admins", "everybody", "nobody"] = Field(
        "admins",
        description="Who may do so in a group, and choose what the group asks: admins, everybody "
        "or nobody.",
    )
    uploads_per_day: int = Field(
        50,
        ge=0,
        description="Most articles that are read for a chat within 24 hours, what could not be "
        "read counted too; 0 for no limit.",
    )
    articles_per_chat: int = Field(
        20, ge=1, le=40, description="Most articles that a chat may have at a time."
    )
    telegram_file_limit_bytes: int = Field(
        20_000_000,
        ge=1,
        description="Largest document that the Bot API hands over, in bytes: Telegram's own 20 MB.",
    )
    reading_threads: int = Field(
        1, ge=1, le=16, description="Articles of chats that are read and indexed at the same time."
    )
    reading_queue_limit: int = Field(
        20,
        ge=1,
        description="Most messages with articles that wait or are being read; who sends one beyond "
        "it is asked to try again.",
    )
    reading_seconds: float = Field(
        600,
        gt=0,
        description="Longest time that fetching, reading and indexing an article of a chat may "
        "take, in seconds.",
    )
    progress_seconds: float = Field(
        2, gt=0, description="Seconds between two edits that tell how far a reading is."
    )
    long_text_length: int = Field(
        500,
        ge=1,
        description="From how many characters on a text is offered to be read as an article.",
    )
    join_seconds: float = Field(
        1.5,
        ge=0,
        description="Seconds without another message after which a long paste, forwarded messages "
        "or an album are taken as complete; 0 takes each message by itself.",
    )
    admin_chat: int | None = Field(
        None,
        description="Telegram id of the chat that hears of errors, at most once a minute.",
    )
    retention_days: int = Field(
        90, ge=1, description="Days for which questions, answers and feedback are kept."
    )
    full_article_max_messages: int = Field(
        20, ge=1, description="Most messages into which a whole article is posted."
    )
    metrics_port: int | None = Field(
        None,
        ge=1,
        le=65_535,
        description="Port for /healthz and /metrics, on 127.0.0.1. Unset: none.",
    )
    max_tries: int = Field(
        3,
        ge=1,
        description="How often an update is tried whose handling ends the process.",
    )
    inline_delay_seconds: float = Field(
        0.4,
        ge=0,
        description="Seconds without a keystroke after which an inline question is answered.",
    )
    inline_cache_seconds: int = Field(
        300,
        ge=0,
        description="Seconds for which Telegram may give the same inline question the same answer.",
    )

    @field_validator("allowed_users", "allowed_chats", "fetch_allowed_ports", mode="before")
    @classmethod
    def _separated_by_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(",") if part.strip()]

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_allows(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("it takes 1 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("article", "data_dir", mode="before")
    @classmethod
    def _in_home(cls, value: object) -> object:
        # Inside `.env` no shell does so.
        if not isinstance(value, str) or not value.startswith("~"):
            return value
        try:
            return str(Path(value).expanduser())
        except RuntimeError as error:
            raise ValueError("there is no such home directory") from error


_SECRETS = {"telegram_token", "webhook_secret"}


def load_settings() -> Settings:
    """Return the settings of this environment.

    Raises:
        SettingsError: naming the first variable whose value does not fit, and the value unless it
            is a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error.errors(include_url=False)[0])) from None
    except UnicodeDecodeError as error:
        raise SettingsError("The file .env is not UTF-8 text. Save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(
            f"The file .env cannot be read: {error.strerror}. Check its permissions."
        ) from error


def _sentence(details: ErrorDetails) -> str:
    field = str(details["loc"][0])
    value = "" if field in _SECRETS else f"={details['input']}"
    complaint = details["msg"][:1].lower() + details["msg"][1:]
    return f"The setting {field.upper()}{value} does not fit: {complaint}. Correct or unset it."
