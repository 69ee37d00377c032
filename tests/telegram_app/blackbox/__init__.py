"""The real command in a process of its own, as people and Telegram see it from the outside."""
