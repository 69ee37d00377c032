"""Draws conversations with the bot as a Telegram-like client shows them."""
