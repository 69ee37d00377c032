"""Tests of bot.speakers."""
