"""What is kept, as the rest of the bot sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Rating = Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as Telegram sent it.

    Attributes:
        update_id: Telegram's number; a later update has a higher one.
        chat_id: the chat that it belongs to; None where it has none.
        payload: JSON.
    """

    update_id: int
    chat_id: int | None
    payload: str


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """An update that was taken and not handled to the end.

    Attributes:
        update_id: Telegram's number.
        payload: JSON.
        tries: how often handling it has begun.
    """

    update_id: int
    payload: str
    tries: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is known of a message that the bot sends because of an update.

    Attributes:
        message_id: of the message, once Telegram has taken it.
        begun: whether a call that sends it was begun: without a `message_id` it may be there.
    """

    message_id: int | None
    begun: bool


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """A message of a chat."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer that was given in a chat.

    Attributes:
        id: short and random, of letters and digits: it stands in the buttons' data.
        question: the message that asked.
        asker_id: who asked; None for a channel.
        article_sha256: of the article that was asked.
        payload: the answer as JSON, see `answer_record`.
        messages: ids of the messages that tell it, in order.
        answered_at: when, in UTC.
        moved_to: the chat that it belongs to now, if that is another than the one of the question.
    """

    id: str
    question: MessagePlace
    asker_id: int | None
    article_sha256: str
    payload: str
    messages: tuple[int, ...]
    answered_at: datetime
    moved_to: int | None = None

    @property
    def chat_id(self) -> int:
        """The chat that it belongs to now."""
        return self.question.chat_id if self.moved_to is None else self.moved_to


@dataclass(frozen=True, slots=True)
class PostedPart:
    """A message of an article that was posted into a chat.

    Attributes:
        message_id: of the message.
        number: its place among the article's messages, from 0.
    """

    message_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person thinks of an answer.

    Attributes:
        answer: what was judged.
        rating: the newest of this person; None where there is only a comment.
        comment: free text; None where there is none.
        given_at: when, in UTC.
    """

    answer: KeptAnswer
    rating: Rating | None
    comment: str | None
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ChatArticle:
    """An article of a chat.

    Attributes:
        chat_id: of the chat.
        article_id: as the library knows it.
    """

    chat_id: int
    article_id: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One article that is read because of an update.

    Attributes:
        update_id: of the update.
        number: of the article among the update's, from 0.
        chat_id: for which it is read.
    """

    update_id: int
    number: int
    chat_id: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A long text, of which a person is asked what to do with it.

    Attributes:
        id: short, of letters and digits: it stands in the buttons' data.
        chat_id: where it was sent.
        message_id: of its first message.
        text: all of it.
    """

    id: str
    chat_id: int
    message_id: int
    text: str
