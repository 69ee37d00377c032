"""What the bot says to people: every sentence of its own, short and calm, in one place.

The words of an answer are in `text.answer_message`; words of an article or of a person are never
put into these sentences without `RichText`.
"""

from bot.render import counted

# Where the bot presents itself.
DESCRIPTION = (
    "Send me a link, a document or a long text, and ask about it. I answer with the article's own "
    "words and show the sentence that they stand in, so that you can check. Where the article does "
    "not say, I say so."
)
# Where nobody may send articles.
DESCRIPTION_OF_ONE = (
    "Ask me about the article. I answer with its own words and show the sentence that they stand "
    "in, so that you can check. Where the article does not say, I say so."
)
SHORT_DESCRIPTION = "Answers questions about an article with its own words, and shows where."
COMMANDS = {
    "start": "The article, and questions to begin with",
    "help": "What I can do",
    "article": "The article's outline; “full” posts all of it",
    "articles": "Your articles: choose one, all, or remove some",
    "default": "Go back to the article that I came with",
    "read": "Read a link, or the message that this replies to",
    "sources": "All passages behind the last answer",
    "feedback": "Comment on the last answer",
    "privacy": "What I keep, and for how long",
    "forget": "Delete what I keep of this chat",
}
# Of no use where nobody may send articles.
UPLOAD_COMMANDS = ("articles", "default", "read")
GROUP_COMMANDS = (
    "help",
    "article",
    "articles",
    "default",
    "read",
    "sources",
    "feedback",
    "privacy",
    "forget",
)

# /start and /help.
ASK_ME = "Ask a question about it, or begin with one of these."
ASK_ME_ANYTHING = "Ask a question about it."
GREETING_GROUP = (
    "I answer questions about one article with its own words. Mention me or reply to me with a "
    "question; /article shows what it is about."
)
_HELP_WITH_ARTICLES = (
    "Send a link, a document or a long text, and I read it; from then on, questions here are about "
    "it. A question beside the link is answered at once.\n"
    "/articles chooses among what you have sent, all of it at once too, and removes. /default goes "
    "back to the article that I came with. /read reads a link, or the message that you reply "
    "to.\n\n"
)


def help_text(
    bot_username: str, *, has_inline_mode: bool = False, takes_articles: bool = True
) -> str:
    """Return what the bot can do."""
    elsewhere = f" In any other chat, type @{bot_username} and a question."
    return (
        "Send a question about the article. The answer is the article's own words, with the "
        "sentence that they stand in. Where the article does not say, I say so.\n\n"
        f"{_HELP_WITH_ARTICLES if takes_articles else ''}"
        "[1] shows the sentence, “In context” what stands around it. Edit your question and I edit "
        "the answer.\n\n"
        "/article shows the outline. /article full posts the whole article: from then on a tap on "
        "an answer leads to its sentence.\n"
        "/sources shows all passages behind the last answer.\n"
        "/feedback and a comment tells what was good or bad about it; 👍 and 👎 help, too.\n"
        "/privacy tells what I keep, /forget deletes it.\n\n"
        f"In groups, mention @{bot_username} or reply to me."
        f"{elsewhere if has_inline_mode else ''}"
    )


# /article.
OUTLINE = "Outline"
FULL_ARTICLE_HINT = (
    "/article full posts the whole article; answers then lead to their sentence with one tap."
)
FULL_ARTICLE_IS_HERE = "The article is in this chat already: it begins with this message."
FULL_ARTICLE_DONE = "That is the whole article. From now on, answers here lead to their sentence."


def outline_left_out(paragraphs: int) -> str:
    """Return the last line of an outline that was too long."""
    return f"… and {counted(paragraphs, 'more paragraph')}"


def full_article_is_too_long(needed: int, limit: int) -> str:
    """Return why an article is not posted."""
    return (
        f"The article would fill {counted(needed, 'message')}, and at most {limit:,} are posted. "
        "/article shows its outline."
    )


# /sources.
ARTICLE_GONE = "This article was removed, or has changed since. Ask again."
NO_ANSWER_YET = "There is no answer yet whose sources I could show. Ask a question first."
ANSWER_OF_ANOTHER_ARTICLE = (
    "The article that the last answer here is about was removed, or has changed since. Ask a "
    "question again."
)
NO_SOURCES = "Nothing in the article came near the last question."


def sources_title(passages: int) -> str:
    """Return what stands above the passages of an answer."""
    return f"{counted(passages, 'passage')} behind the last answer, the closest first"


# /feedback.
HOW_TO_COMMENT = (
    "Send /feedback and your comment on the last answer in one message, such as:\n"
    "/feedback The date is that of the update, not of the article."
)
NOTHING_TO_COMMENT_ON = "There is no answer here to comment on yet. Ask a question first."
THANKS_FOR_COMMENT = "Thank you. Your comment is kept with the last answer."


# /privacy and /forget.
FORGET_QUESTION = (
    "Delete all that I keep of this chat: questions, answers, ratings, comments, and the articles "
    "that were sent here? Buttons of earlier answers will no longer work. The messages themselves "
    "stay until you delete them."
)
FORGET_YES = "Delete"
FORGET_NO = "Keep"
FORGOTTEN = "Deleted. Nothing of this chat is kept any more."
NOT_FORGOTTEN = "Nothing was deleted."
ONLY_ADMINISTRATORS_FORGET = "In a group, only its administrators can do this."


def privacy(retention_days: int) -> str:
    """Return what is stored and for how long."""
    kept = counted(retention_days, "day")
    return (
        "I keep your questions with the answers, your ratings and your comments, each with the "
        "numbers that Telegram gives this chat and you: so that buttons go on working, and so that "
        "answers get better. I keep no names, and no messages that are not for me. What you type "
        "behind my name in another chat is answered and not kept.\n\n"
        "Of an article that you send I keep its text, for this chat alone, until /articles removes "
        f"it or it was not asked for {kept}. A page is fetched from its site by the machine where "
        "I run.\n\n"
        f"All the rest is deleted after {kept}, and everything at once with /forget. The answers "
        "are worked out where I run; no other service sees your questions."
    )


# Hints for what is no question.
HINT_PHOTO = "I cannot see pictures. Type your question about the article."
HINT_VOICE = "I cannot listen. Type your question about the article."
HINT_STICKER = "I do not understand stickers. Type your question about the article."
HINT_OTHER = "I only read text. Type your question about the article."
HINT_EMPTY = "There is no question in this message. Type one about the article."
UNKNOWN_COMMAND = "I do not know this command. /help lists what I can do."

# Waiting, limits, refusals.
BUSY = "There are too many questions at the moment. Please ask again in a minute."
NOT_ALLOWED = "This bot answers only people and chats that its operator has named."
FAILED = "Something went wrong on my side. Please ask again."
GIVEN_UP = "I could not answer this question, and will not try again by myself. Please rephrase it."


def place_in_queue(place: int) -> str:
    """Return how many are ahead, 1 being the next."""
    if place <= 1:
        return "Your question is the next one."
    return f"Your question is number {place:,} in the queue. The answer comes by itself."


def too_many_questions(wait_seconds: int) -> str:
    """Return when a person may ask again."""
    seconds = counted(wait_seconds, "second")
    return f"Too many questions were asked within a minute. Ask again in {seconds}."


# Under an answer.
BUTTON_IN_CONTEXT = "In context"
BUTTON_WITHOUT_CONTEXT = "Less"
BUTTON_OPEN = "Open at the sentence"
BUTTON_COPY = "Copy citation"
BUTTON_GOOD = "👍"
BUTTON_BAD = "👎"
EXPIRED = "This answer has expired. Ask again."
TAKEN_BACK = "Taken back."


def noted(label: str) -> str:
    """Return what a person is told whose rating is kept: in a group no button shows it."""
    return f"{label} Thank you."


def marked(label: str) -> str:
    """Return the label of a button that is chosen."""
    return f"{label} ✓"


def numbered(label: str, citation: int | None) -> str:
    """Return the label of a button that is about one citation, or about the only one."""
    return label if citation is None else f"{label} [{citation}]".strip()


# Inline mode.
INLINE_CANNOT = "This cannot be asked"

# For the operator: in ADMIN_CHAT, and in the log.
ADMIN_SECOND_INSTANCE = (
    "A second instance is running with the same token, and takes updates away. Stop one of them."
)
ADMIN_TOKEN_REFUSED = (
    "Telegram no longer knows the token. If it was revoked at @BotFather, set TELEGRAM_TOKEN to "
    "the new one."
)


def admin_update_failed(kind: str, update_id: int | None) -> str:
    """Return that a person was told that it did not work; the log says more."""
    return f"{kind} while handling update {update_id}. The log has the details."


def admin_given_up(update_id: int) -> str:
    """Return that an update ended the process each time that it was tried."""
    return f"Update {update_id} ended the process each time and is given up."


def admin_updates_not_taken(kind: str) -> str:
    """Return that updates wait at Telegram until something is repaired; the log says what."""
    return f"Updates cannot be taken ({kind}). The log has the details."


def admin_note(what: str, left_out: int) -> str:
    """Return a line for the operator, with how many were left out since the last one."""
    more = f" ({counted(left_out, 'more error')} since the last note)" if left_out else ""
    return f"article-bot: {what}{more}"
