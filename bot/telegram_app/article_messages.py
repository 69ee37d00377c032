"""What the bot says about the articles that people send: the sentences, as in `messages`."""

from bot.render import counted

SEND_ME = "Send me a link, a document or a long text to ask that instead."

HINT = "You can also send me an article, as a link or a document."

# While an article is read.
READING = "Reading…"
READING_BUSY = (
    "There are too many articles to read at the moment. Please send it again in a minute."
)
READING_FAILED = "Something went wrong on my side. Please send it again."
READING_GIVEN_UP = "I could not read this, and will not try again by myself."
FILE_GONE = "Telegram does not hand this file over any more. Please send it again."
NOTHING_TO_READ = (
    "Send /read and a link, or reply with /read to the message with the link, the document or the "
    "text."
)

# Who may not.
UPLOADS_ARE_OFF = "Here I only answer about the article that I came with; I read no others."
ONLY_ADMINISTRATORS_UPLOAD = (
    "In this group, only its administrators have me read articles and choose which one is asked."
)
NOBODY_UPLOADS_IN_GROUPS = (
    "In groups I read no articles of others. Send it to me in our own chat, and ask there."
)

# A long text.
OFFER_READ = "Read as article"
OFFER_ASK = "Ask it"

# /articles and /default.
NO_ARTICLES_YET = (
    "There are no articles of this chat yet. Send a link, a document or a long text, and I read it."
)
ARTICLES_TITLE = "Articles of this chat"
CHOOSE_ONE = "Questions here are about several articles. /articles chooses one of them first."
CHOOSE_ALL = "All of them"
CHOSEN = "✓ "
REMOVE_ONE = "Remove one…"
REMOVE = "🗑 "
BACK = "Back"
REMOVE_YES = "Remove"
REMOVE_NO = "Keep"
ARTICLE_IS_GONE = "This article was removed."
REMOVED = "Removed."
# A title is put in place of TITLE, by `about`.
TITLE = "{}"
ASKS = f"Questions here are about {TITLE}."
REMOVE_QUESTION = (
    f"Remove {TITLE} from this chat? Buttons under answers about it will no longer work."
)


def bytes_shown(size: int) -> str:
    """Return a size as a person says it, in kB or MB."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size // 1000, 1)} kB"


def reading_bytes(done: int, total: int | None) -> str:
    """Return how much of a page or a file has come."""
    of_all = f" of {bytes_shown(total)}" if total else ""
    return f"{READING} {bytes_shown(done)}{of_all}"


def reading_progress(done: int, total: int) -> str:
    """Return how much of an article is indexed, of so many parts."""
    return f"{READING} {done / max(total, 1):.0%}"


def reading_waits(place: int) -> str:
    """Return that others are read before, 2 being the second."""
    return f"Waiting: number {place:,} of what is to be read."


def ready(words: int, paragraphs: int) -> str:
    """Return what was read, as the last line before the first question."""
    return f"{counted(words, 'word')}, {counted(paragraphs, 'paragraph')}. Ask away."


READY_AGAIN = "I had read it before; it is the same."
READY_CHANGED = "It has changed since I read it last; I have read it anew."


def all_ready(articles: int) -> str:
    """Return that several articles are asked from now on."""
    return (
        f"{counted(articles, 'article')} of this chat are asked at once from now on. Ask away; "
        "/articles chooses one."
    )


def too_large(size: int, limit: int) -> str:
    """Return why a document is not read."""
    return (
        f"This file has {bytes_shown(size)}, and Telegram hands me files of at most "
        f"{bytes_shown(limit)}. Send a smaller one, or a link to it."
    )


def larger_than(limit: int) -> str:
    """Return why a document is not read whose size Telegram does not say."""
    return (
        f"Telegram hands me files of at most {bytes_shown(limit)}, and this one is larger. Send a "
        "smaller one, or a link to it."
    )


def too_many_articles(limit: int) -> str:
    """Return why nothing more is read."""
    return (
        f"This chat has {counted(limit, 'article')}, and there is room for no more. /articles "
        "removes those that you no longer need."
    )


def too_many_today(limit: int) -> str:
    """Return why nothing more is read today."""
    return (
        f"I read {counted(limit, 'article')} a day for a chat at most. Please send it again "
        "tomorrow, or ask one that you have: /articles."
    )


def took_too_long(seconds: float) -> str:
    """Return why a reading was ended."""
    return (
        f"This took longer than the {counted(round(seconds), 'second')} that I have for an "
        "article. Send a shorter one."
    )


def offer(words: int) -> str:
    """Return what is asked of whoever sent a long text."""
    return f"This is a long text, of {counted(words, 'word')}. What is it for?"


def asks_all(articles: int) -> str:
    """Return that a chat asks all of its articles."""
    return f"Questions here are about all {counted(articles, 'article')}."
