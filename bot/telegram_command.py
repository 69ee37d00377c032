"""`article-bot telegram`: the bot in Telegram."""

import re

from bot.settings import Settings
from index.errors import SettingsError

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


def telegram(settings: Settings, *, check: bool) -> int:
    """Run the bot until it is told to stop, or look whether it is set up.

    Args:
        settings: of the bot.
        check: look, and do not run.

    Returns:
        The exit code: 0 fine, 2 if something is not.

    Raises:
        ArticleBotError: if there is no token, or something that the settings name cannot be used.
    """
    token = required_token(settings)
    if check:
        from bot.telegram_app.checking import check as check_bot

        return check_bot(settings, token)
    from bot.telegram_app.running import run

    return run(settings, token)


def required_token(settings: Settings) -> str:
    """Return the bot's token.

    Raises:
        SettingsError: if there is none, or something else in its place; that is not shown.
    """
    if settings.telegram_token is None:
        raise SettingsError(
            "There is no TELEGRAM_TOKEN: write /newbot to @BotFather in Telegram, and set it, in "
            "the environment or in .env, to the token that you get."
        )
    token = settings.telegram_token.get_secret_value()
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            "The TELEGRAM_TOKEN is none: a token has digits, a colon and letters, as in "
            "123456:ABC-DEF. Copy it again from @BotFather."
        )
    return token
