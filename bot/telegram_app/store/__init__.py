"""What the bot remembers: taken updates, sent messages, answers, posted articles, feedback."""
