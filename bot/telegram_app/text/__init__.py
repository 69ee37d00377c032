"""Telegram messages as text plus entities: never markup, so that no data can break it."""
