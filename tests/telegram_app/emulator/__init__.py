"""A strict Telegram for tests: the Bot API over real HTTP, and people who use the bot.

A request that Telegram would refuse is refused, and so is what Telegram would quietly change.
`EmulatedTelegram` is where to begin; `Person` and `Chat` are how a test talks to the bot.
"""
