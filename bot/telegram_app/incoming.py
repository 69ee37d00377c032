"""What a person wants with what they send: an answer, an article read, or to be asked which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from telegram import Bot, Document, Message, MessageEntity, Update

from bot.telegram_app.addressing import (
    AskedQuestion,
    asked_by,
    is_automatic,
    is_command,
    words_for_bot,
)
from bot.telegram_app.gathering import Piece
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS
from bot.telegram_app.text.units import is_blank, utf16_length
from bot.telegram_app.words import Words, words_of

READ_COMMAND = "read"

# Clients cut a long paste in the second half of what a message holds.
_SHORTEST_FIRST_PIECE = MAX_MESSAGE_UNITS // 2
_ENDS_A_PARAGRAPH = ".!?…:;。！？»”\"')]*"


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the web.

    Attributes:
        address: with "http://" or "https://".
    """

    address: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A document that was sent.

    Attributes:
        file_id: by which Telegram hands it over.
        name: as it was called; None where the client does not say.
        content_type: media type, as the client says.
        size: in bytes, as Telegram says.
    """

    file_id: str
    name: str | None
    content_type: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class SentText:
    """A text that was sent as messages.

    Attributes:
        text: all of it.
    """

    text: str


Source = Link | SentFile | SentText


@dataclass(frozen=True, slots=True)
class Readable:
    """Something to read as an article.

    Attributes:
        source: what to read.
        message_id: of the message that brought it.
    """

    source: Source
    message_id: int


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A question.

    Attributes:
        asked: what is asked.
    """

    asked: AskedQuestion


@dataclass(frozen=True, slots=True)
class ToRead:
    """Articles to read, and perhaps a question about them.

    Attributes:
        asked: who wants it, and what is asked afterwards; blank where nothing is.
        readables: in their order, at least one.
    """

    asked: AskedQuestion
    readables: tuple[Readable, ...]


@dataclass(frozen=True, slots=True)
class ToOffer:
    """A long text: an article, or a question?

    Attributes:
        asked: who sent it, and the text.
    """

    asked: AskedQuestion


Intent = ToAsk | ToRead | ToOffer


def intent_of(messages: Sequence[Message], bot: Bot, long_text: int) -> Intent | None:
    """Return what a person wants with messages that belong together; None if it is not for the bot.

    Args:
        messages: as Telegram sent them, the first of which decides whether they are for the bot.
        bot: initialised, so that it knows its name.
        long_text: from how many characters on a text may be an article.
    """
    words = _words_for(messages[0], bot) if messages else None
    if words is None:
        return None
    if _document(messages[0]) is not None:
        return _to_read_files(messages, words)
    texts = [words.text, *(words_of(one).text.strip() for one in messages[1:])]
    asked = asked_by(messages[0], joined_text(texts, messages[0].forward_origin is not None))
    links = words.links if len(messages) == 1 else ()
    is_long = len(words.besides_links if links else asked.text) >= long_text
    is_forwarded = messages[0].forward_origin is not None
    if links and not is_long:
        # Somebody else's words are no question to the bot.
        question = "" if is_forwarded else words.besides_links
        return ToRead(replace(asked, text=question), _links(links, messages[0]))
    return ToOffer(asked) if is_long else ToAsk(asked)


def reading_of(message: Message, bot: Bot) -> ToRead | None:
    """Return what `/read` is to read: the links behind it, or what its message replies to.

    Returns:
        None where there is nothing to read.
    """
    command = [one for one in message.entities if one.type == MessageEntity.BOT_COMMAND][:1]
    words = words_of(message).without(command)
    if words.links:
        asked = asked_by(message, words.besides_links)
        return ToRead(asked, _links(words.links, message))
    asked = asked_by(message, words.text)
    replied = message.reply_to_message
    if replied is None or is_automatic(replied, bot.id):
        return None
    document, said = _document(replied), words_of(replied)
    if document is not None:
        return ToRead(asked, (Readable(_file(document), replied.message_id),))
    if said.links and not said.besides_links:
        return ToRead(asked, _links(said.links, replied))
    if is_blank(said.text):
        return None
    return ToRead(asked, (Readable(SentText(said.text), replied.message_id),))


def piece_of(update: Update, bot: Bot) -> Piece | None:
    """Return what makes a message one of several that may belong together."""
    message = update.message
    if message is None or is_automatic(message, bot.id) or is_command(message):
        return None
    begins = _words_for(message, bot) is not None
    if message.media_group_id is not None:
        kind = f"album {message.media_group_id}"
        begins = begins and _document(message) is not None
    elif message.forward_origin is not None:
        kind = "forwarded"
        begins = begins and _document(message) is None
    else:
        kind = "pasted"
        begins = begins and utf16_length(message.text or "") > _SHORTEST_FIRST_PIECE
        if message.text is None:
            return None
    person = message.sender_chat or message.from_user
    sender = message.chat.id, person.id if person is not None else None
    return Piece(sender, kind, message.date, begins)


def joined_text(texts: Sequence[str], is_forwarded: bool) -> str:
    """Return the text that was sent in several messages.

    Args:
        texts: of the messages, in order.
        is_forwarded: whether each is a text of its own; else they are pieces of one, and where a
            client has cut it, white space was lost.
    """
    whole = ""
    for text in filter(None, texts):
        if is_forwarded or whole[-1:] in _ENDS_A_PARAGRAPH:
            glue = "\n\n"
        else:
            glue = "" if _has_no_spaces(whole[-1] + text[0]) else " "
        whole += (glue if whole else "") + text
    return whole


def _has_no_spaces(letters: str) -> bool:
    """Whether letters are of a script that is written without spaces."""
    return all(east_asian_width(letter) in "WF" for letter in letters)


def _words_for(message: Message, bot: Bot) -> Words | None:
    """Return the words of a message that is for the bot and can be read."""
    words = words_for_bot(message, bot.username, bot.id)
    if words is None or _document(message) is not None:
        return words
    is_readable = message.text is not None or message.forward_origin is not None
    return words if is_readable and not is_blank(words.text) else None


def _document(message: Message) -> Document | None:
    # An animation is a document as well.
    return None if message.animation is not None else message.document


def _to_read_files(messages: Sequence[Message], words: Words) -> ToRead:
    spoken = [words.text, *(words_of(one).text for one in messages[1:])]
    is_forwarded = messages[0].forward_origin is not None
    question = "" if is_forwarded else " ".join(one.strip() for one in spoken if one.strip())
    files = ((_document(one), one.message_id) for one in messages)
    return ToRead(
        asked_by(messages[0], question),
        tuple(Readable(_file(one), message_id) for one, message_id in files if one is not None),
    )


def _file(document: Document) -> SentFile:
    return SentFile(document.file_id, document.file_name, document.mime_type, document.file_size)


def _links(addresses: Sequence[str], message: Message) -> tuple[Readable, ...]:
    return tuple(Readable(Link(address), message.message_id) for address in addresses)
