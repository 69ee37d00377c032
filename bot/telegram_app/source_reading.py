"""Whatever was sent → an `Article`; and documents from Telegram."""

from functools import partial
from pathlib import PurePosixPath
from typing import Protocol

from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from bot.reading import read_options
from bot.settings import Settings
from bot.telegram_app.article_messages import FILE_GONE, larger_than, too_large
from bot.telegram_app.incoming import Link, SentFile, SentText
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.reading_watch import ReadingWatch
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.splitting import cut
from index.article import Article
from index.errors import ArticleError
from index.fetching.fetcher import fetch
from index.normalise import normalise
from index.sources.reading import article_from_upload, read_article

_IS_TOO_BIG = "file is too big"
# In UTF-16 units: what a text without a title is called.
_MAX_NAME_UNITS = 40


class SourceReader(Protocol):
    """Makes articles of what was sent. Used on threads."""

    def page(self, link: Link, watch: ReadingWatch) -> Article:
        """Return the article at an address."""
        ...

    def file(self, file: SentFile, content: bytes) -> Article:
        """Return the article in a document."""
        ...

    def text(self, text: SentText) -> Article:
        """Return the article that a text is."""
        ...


class SettingsReader:
    """Reads within the limits of the settings."""

    def __init__(self, settings: Settings) -> None:
        """Take the limits from the settings."""
        self._options = read_options(settings)

    def page(self, link: Link, watch: ReadingWatch) -> Article:
        """Return the article at an address.

        Raises:
            ArticleBotError: if it cannot be fetched, or there is no article in it.
        """
        fetch_watched = partial(fetch, progress=watch.fetched)
        return read_article(link.address, self._options, fetch=fetch_watched)

    def file(self, file: SentFile, content: bytes) -> Article:
        """Return the article in a document.

        Raises:
            ArticleError: if there is none in it.
        """
        # Only a name: what looks like a path or an address would be taken for where it is from.
        name = PurePosixPath((file.name or "").replace("\\", "/")).name
        return article_from_upload(
            content, name, content_type=file.content_type, options=self._options
        )

    def text(self, text: SentText) -> Article:
        """Return the article that a text is.

        Raises:
            ArticleError: if it has too few words.
        """
        raw = text.text.encode(errors="replace")
        return article_from_upload(
            raw, "text.txt", source=_first_words(text.text), options=self._options
        )


async def download(bot: Bot, outbox: Outbox, file: SentFile, limit: int) -> bytes:
    """Return the bytes of a document, however often the network breaks meanwhile.

    Args:
        bot: downloads it.
        outbox: repeats what fails.
        file: what was sent.
        limit: largest one that Telegram hands over, in bytes.

    Raises:
        ArticleError: if it is too large, or Telegram has it no more.
        Stopping: if the bot stops first.
    """
    if file.size is not None and file.size > limit:
        raise ArticleError(too_large(file.size, limit))

    async def call() -> bytes:
        handed = await bot.get_file(file.file_id)
        if handed.file_size is not None and handed.file_size > limit:
            raise ArticleError(too_large(handed.file_size, limit))
        return bytes(await handed.download_as_bytearray())

    try:
        content = await outbox.edit(call)
    except BadRequest as error:
        is_too_big = _IS_TOO_BIG in error.message.lower()
        raise ArticleError(larger_than(limit) if is_too_big else FILE_GONE) from error
    except InvalidToken as error:  # what the library makes of “404 Not Found”
        raise ArticleError(FILE_GONE) from error
    return content or b""


def _first_words(text: str) -> str:
    """Return the beginning of a text as the name of where it is from."""
    line = " ".join(normalise(text).replace("/", " ").replace("\\", " ").split())
    return cut(RichText(line), _MAX_NAME_UNITS).plain() or "text"
