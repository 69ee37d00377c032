"""The bot as a Telegram application."""

import os

# Spans of time come from python-telegram-bot as `timedelta`, as they will by default; without this
# it warns whenever Telegram asks to wait.
os.environ.setdefault("PTB_TIMEDELTA", "true")
