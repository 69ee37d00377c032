"""`Settings`: every knob, from the environment and from `.env`, without a prefix."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError
from index.model_files import DEFAULT_MODEL


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
    top_k: int = Field(5, ge=1, le=100, description="Passages that are retrieved for a question.")
    candidate_limit: int = Field(
        200,
        ge=1,
        description="Passages that each of the four retrieval scores may put forward.",
    )
    min_score: float = Field(
        0.206,
        ge=-1,
        description="Lowest score of a sentence that counts as an answer; higher refuses more.",
    )
    max_article_bytes: int = Field(
        20_000_000, ge=1, description="Largest article that is read, in bytes."
    )
    min_article_words: int = Field(3, ge=1, description="Fewest words that make an article.")
    max_question_length: int = Field(
        1_000, ge=1, description="Longest question, in characters (Unicode code points)."
    )
    telegram_token: SecretStr | None = Field(
        None, description="Token of the Telegram bot, from @BotFather; the terminal needs none."
    )

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
    value = "" if field == "telegram_token" else f"={details['input']}"
    complaint = details["msg"][:1].lower() + details["msg"][1:]
    return f"The setting {field.upper()}{value} does not fit: {complaint}. Correct or unset it."
