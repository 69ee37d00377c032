import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.telegram_app.article_messages import FILE_GONE, larger_than, too_large
from bot.telegram_app.incoming import Link, SentFile, SentText
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.reading_watch import ReadingTimeoutError, ReadingWatch
from bot.telegram_app.source_reading import SettingsReader, download
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from index.errors import ArticleError
from index.fetching.errors import FetchError
from tests.telegram_app.blackbox.pages import HARBOUR, Pages
from tests.telegram_app.offline_bot import OfflineTelegram

LIMIT = 20_000_000
FILE = SentFile("f1", "mill.txt", "text/plain", 5)


@pytest.fixture
def pages() -> Iterator[Pages]:
    with Pages({"/harbour": HARBOUR}) as serving:
        yield serving


def reader(pages: Pages | None = None) -> SettingsReader:
    more = pages.settings if pages is not None else {}
    known = {name.lower(): value for name, value in more.items()}
    known.pop("fetch_allowed_ports", None)
    ports = frozenset({int(pages.url("").rpartition(":")[2])}) if pages is not None else {80}
    return SettingsReader(Settings(fetch_allowed_ports=ports, **known))  # type: ignore[arg-type]


def watch(seconds: float = 60) -> ReadingWatch:
    made = ReadingWatch(seconds, lambda: False)
    made.begin()
    return made


def test_a_page_is_read_and_its_bytes_are_told(pages: Pages) -> None:
    watching = watch()
    article = reader(pages).page(Link(pages.url("/harbour")), watching)

    assert (article.title, article.site) == ("Harbour of Vela reopens after the storm", "Vela Post")
    assert article.source == pages.url("/harbour")
    assert watching.said == "Reading… 1 kB of 1 kB"


def test_a_page_that_comes_too_slowly_is_given_up(pages: Pages) -> None:
    with pytest.raises(ReadingTimeoutError):
        reader(pages).page(Link(pages.url("/harbour")), watch(seconds=-1))


def test_private_addresses_are_not_fetched() -> None:
    with pytest.raises(FetchError):
        reader().page(Link("http://127.0.0.1/secret"), watch())


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("mill.txt", "mill.txt"),
        ("/etc/passwd", "passwd"),
        ("https://example.org/a.txt", "a.txt"),
        ("..\\..\\mill.txt", "mill.txt"),
        (None, "the file"),
    ],
)
def test_a_file_is_called_by_its_name_alone(name: str | None, source: str) -> None:
    file = SentFile("f", name, None, None)
    assert reader().file(file, b"Three words here.").source == source


def test_a_text_is_called_by_its_first_words() -> None:
    text = "See https://example.org/a/b: the mill at Orsa was sold in 1999."
    article = reader().text(SentText(text))

    assert article.source == "See https: example.org a b: the mill at…"
    assert article.text == text
    with pytest.raises(ArticleError):
        reader().text(SentText("\ud800 short"))


def downloaded(telegram: OfflineTelegram, data_dir: Path, file: SentFile = FILE) -> bytes:
    async def run() -> bytes:
        bot = telegram.bot()
        await bot.initialize()
        store = SqliteStore.open(store_path(data_dir))
        try:
            outbox = Outbox(store, Metrics(), stopping=asyncio.Event())
            return await download(bot, outbox, file, LIMIT)
        finally:
            await store.close()

    return asyncio.run(run())


def test_a_document_is_downloaded(own_environment: Path) -> None:
    telegram = OfflineTelegram(files={"f1": b"words"})
    assert downloaded(telegram, own_environment) == b"words"


def test_a_document_that_is_too_large_is_not_asked_for(own_environment: Path) -> None:
    telegram = OfflineTelegram(files={"f1": b"words"})
    with pytest.raises(ArticleError) as raised:
        downloaded(telegram, own_environment, SentFile("f1", None, None, LIMIT + 1))

    assert str(raised.value) == too_large(LIMIT + 1, LIMIT)
    assert telegram.made("getFile") == []


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        ("Bad Request: file is too big", larger_than(LIMIT)),
        ("Bad Request: wrong file_id or the file is temporarily unavailable", FILE_GONE),
    ],
)
def test_what_telegram_does_not_hand_over(
    description: str, sentence: str, own_environment: Path
) -> None:
    telegram = OfflineTelegram(files={"f1": b"words"})
    telegram.refuse("getFile", description)
    with pytest.raises(ArticleError) as raised:
        downloaded(telegram, own_environment)

    assert str(raised.value) == sentence
