"""`article-bot telegram --check`: whether the bot is set up as it has to be."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import click
from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.assembly import open_article
from bot.settings import Settings
from bot.telegram_app.connecting import plain_bot, token_refused
from index.errors import ArticleBotError

_FINE, _FAILED = 0, 2
_TELEGRAM = "https://api.telegram.org/"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        is_fine: whether it is as it has to be.
        sentence: what was found, and where it is not fine, the next step.
    """

    is_fine: bool
    sentence: str


def check(settings: Settings, token: str) -> int:
    """Look at token, name, modes and settings, and print what was found.

    Returns:
        The exit code: 0 if all is fine, else 2.
    """
    findings = [*asyncio.run(_ask_telegram(settings, token)), *_look_at(settings)]
    for finding in findings:
        mark = click.style("✓", fg="green") if finding.is_fine else click.style("✗", fg="red")
        click.echo(f"{mark} {finding.sentence}")
    return _FINE if all(finding.is_fine for finding in findings) else _FAILED


async def _ask_telegram(settings: Settings, token: str) -> list[Finding]:
    bot = plain_bot(settings, token)
    try:
        async with bot:
            findings = list(about_bot(await bot.get_me()))
            findings.append(about_webhook(await bot.get_webhook_info(), settings))
            if settings.admin_chat is not None:
                findings.append(await _about_admin_chat(bot, settings.admin_chat))
    except InvalidToken:
        return [Finding(False, str(token_refused(settings)))]
    except TelegramError as error:
        where = _host(settings.telegram_base_url)
        return [Finding(False, f"{where} cannot be reached ({error}). Check the network.")]
    return findings


def about_bot(me: User) -> Iterator[Finding]:
    """Yield what Telegram says of the bot itself."""
    yield Finding(True, f"Token: of {me.full_name}, @{me.username}")
    if me.can_read_all_group_messages:
        yield Finding(
            False,
            "Privacy mode is off: groups send the bot messages that are not for it, and it keeps "
            "them. Turn it on at @BotFather with /setprivacy.",
        )
    else:
        yield Finding(True, "Privacy mode is on: in groups it sees only what is for it")
    if me.supports_inline_queries:
        yield Finding(True, "Inline mode is on")
    else:
        yield Finding(
            False,
            f"Inline mode is off: “@{me.username} question” in other chats does nothing. Turn it "
            "on at @BotFather with /setinline.",
        )


def about_webhook(info: WebhookInfo, settings: Settings) -> Finding:
    """Return whether updates come the way that the settings say; its secret path is not shown."""
    waiting = f", {info.pending_update_count:,} waiting" if info.pending_update_count else ""
    if settings.webhook_url is None:
        if not info.url:
            return Finding(True, f"Updates: the bot asks for them, no webhook is set{waiting}")
        return Finding(
            False,
            f"A webhook is set at {_host(info.url)} and WEBHOOK_URL is not: if another instance "
            "uses it, stop that one. Starting takes the webhook back.",
        )
    if info.last_error_message and info.url.startswith(settings.webhook_url):
        return Finding(
            False,
            f"Telegram could not deliver to {_host(info.url)}: {info.last_error_message}. "
            "Check the proxy in front of the bot.",
        )
    if info.url:
        return Finding(True, f"Updates: a webhook is set at {_host(info.url)}{waiting}")
    return Finding(True, f"Updates: starting sets a webhook at {_host(settings.webhook_url)}")


async def _about_admin_chat(bot: Bot, chat_id: int) -> Finding:
    try:
        chat = await bot.get_chat(chat_id)
    except TelegramError as error:
        return Finding(
            False,
            f"ADMIN_CHAT={chat_id} cannot be written to ({error}). Send /start to the bot from "
            "there.",
        )
    return Finding(True, f"Errors are told to {chat.effective_name}")


def _look_at(settings: Settings) -> Iterator[Finding]:
    """Yield what can be said of the settings without Telegram."""
    try:
        article = open_article(settings)
    except ArticleBotError as error:
        yield Finding(False, str(error))
    else:
        yield Finding(True, f"Article: {article.title or article.source}")
    yield from (Finding(False, complaint) for complaint in complaints(settings))


def complaints(settings: Settings) -> Iterator[str]:
    """Yield a sentence for each setting that does not fit the others."""
    at_telegram = settings.telegram_base_url.startswith(_TELEGRAM)
    url = settings.webhook_url
    if url is not None and at_telegram and not url.startswith("https://"):
        yield f"WEBHOOK_URL={url} does not fit: Telegram delivers to https:// only."
    if url is not None and settings.metrics_port == settings.webhook_port:
        yield f"METRICS_PORT={settings.metrics_port} is WEBHOOK_PORT, too. Choose another one."
    if url is None and settings.webhook_secret is not None:
        yield "WEBHOOK_SECRET does nothing without WEBHOOK_URL. Set both or none."
    if at_telegram != settings.telegram_base_file_url.startswith(_TELEGRAM):
        yield (
            "TELEGRAM_BASE_URL and TELEGRAM_BASE_FILE_URL lead to different servers. Set both or "
            "none."
        )
    is_public = not settings.allowed_users and not settings.allowed_chats
    if settings.allow_uploads and settings.fetch_allow_private and is_public:
        yield (
            "FETCH_ALLOW_PRIVATE lets everybody who writes to the bot read pages of this machine's "
            "network. Unset it, or name ALLOWED_USERS."
        )
    per_person, per_chat = settings.questions_per_minute, settings.chat_questions_per_minute
    if per_chat and per_person > per_chat:
        yield (
            f"QUESTIONS_PER_MINUTE={per_person} is never reached, since "
            f"CHAT_QUESTIONS_PER_MINUTE={per_chat}. Raise the second, or lower the first."
        )


def _host(url: str) -> str:
    """Return what of an address may be shown: a webhook's path is a secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
