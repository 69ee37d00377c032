"""How the bot presents itself in Telegram: its commands and its descriptions."""

import asyncio
import logging
from collections.abc import Collection, Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import TelegramError

from bot.telegram_app import messages

_LOGGER = logging.getLogger(__name__)
# Whoever sets these often is told to wait for hours; the bot answers without them, too.
_SECONDS = 20.0


async def announce(bot: Bot, seconds: float = _SECONDS, *, takes_articles: bool = True) -> None:
    """Register commands and descriptions; a failure is logged and nothing else.

    Args:
        bot: initialised.
        seconds: after which it is given up.
        takes_articles: whether chats may send articles of their own.
    """
    try:
        async with asyncio.timeout(seconds):
            await _set_commands(bot, () if takes_articles else messages.UPLOAD_COMMANDS)
            await bot.set_my_description(
                messages.DESCRIPTION if takes_articles else messages.DESCRIPTION_OF_ONE
            )
            await bot.set_my_short_description(messages.SHORT_DESCRIPTION)
    except (TelegramError, TimeoutError) as error:
        _LOGGER.warning("The menu of commands was not set: %s", type(error).__name__)


async def _set_commands(bot: Bot, left_out: Collection[str]) -> None:
    scopes: tuple[tuple[BotCommandScope, Iterable[str]], ...] = (
        (BotCommandScopeAllPrivateChats(), messages.COMMANDS),
        (BotCommandScopeAllGroupChats(), messages.GROUP_COMMANDS),
    )
    for scope, names in scopes:
        shown = (name for name in names if name not in left_out)
        commands = [BotCommand(name, messages.COMMANDS[name]) for name in shown]
        await bot.set_my_commands(commands, scope=scope)
