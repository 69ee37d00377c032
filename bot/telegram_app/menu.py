"""How the bot presents itself in Telegram: its commands and its descriptions."""

import asyncio
import logging
from collections.abc import Iterable

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


async def announce(bot: Bot, seconds: float = _SECONDS) -> None:
    """Register commands and descriptions; a failure is logged and nothing else.

    Args:
        bot: initialised.
        seconds: after which it is given up.
    """
    try:
        async with asyncio.timeout(seconds):
            await _set_all(bot)
    except (TelegramError, TimeoutError) as error:
        _LOGGER.warning("The menu of commands was not set: %s", type(error).__name__)


async def _set_all(bot: Bot) -> None:
    scopes: tuple[tuple[BotCommandScope, Iterable[str]], ...] = (
        (BotCommandScopeAllPrivateChats(), messages.COMMANDS),
        (BotCommandScopeAllGroupChats(), messages.GROUP_COMMANDS),
    )
    for scope, names in scopes:
        commands = [BotCommand(name, messages.COMMANDS[name]) for name in names]
        await bot.set_my_commands(commands, scope=scope)
    await bot.set_my_description(messages.DESCRIPTION)
    await bot.set_my_short_description(messages.SHORT_DESCRIPTION)
