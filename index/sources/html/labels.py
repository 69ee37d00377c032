"""Lines of a page that are no part of its article's text: bylines, dates, labels."""

import re

from index.sources.document import Metadata
from index.sources.html.authors import bylines
from index.sources.html.candidates import Candidate
from index.sources.html.moments import parse_words

_LABEL = re.compile(
    r"\W*(?:advertisements?|advertising|sponsored(?: content)?|anzeige|werbung|reklame|publicité"
    r"|publicidad|pubblicità|publicidade|advertentie|annonse?|mainos|reklama|реклама|διαφήμιση"
    r"|إعلان|विज्ञापन|广告|廣告|広告|광고|share(?: this)?|share save|read more|related|loading"
    r"|\d{1,3}\s?min(?:ute)?s?(?:\s(?:read|lesezeit|de lecture|de lectura))?"
    r"|\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?|story continues below|continue reading"
    r"|article continues(?: below)?)\W*",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"\W*(?:\d[\d.,]*\s*)?(?:(?:reader|user|leser|join the|leave a|post a|add a|all)\S*\s+)?"
    r"(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties"
    r"|komentarze|kommentarer|комментари\w+|σχόλια|評論|评论|网友评论|コメント|التعليقات|टिप्पणियाँ|댓글)"
    r"(?:\s+(?:on this|to this|to|on|zu|sur|sobre|αναγνωστών)\b.{0,40})?\W*(?:\d+)?\W*",
    re.IGNORECASE,
)
_MAX_BYLINE_WORDS = 30
_WORD = re.compile(r"\w+")


def is_label(text: str) -> bool:
    """Return whether a line only says what the space around it is for."""
    return _LABEL.fullmatch(text) is not None


def is_comments_heading(text: str) -> bool:
    """Return whether a line heads the comments of readers."""
    return _COMMENTS.fullmatch(text) is not None


def is_byline(one: Candidate, metadata: Metadata, *, in_head: bool) -> bool:
    """Return whether a block only says who wrote the article, or when.

    Args:
        one: the block.
        metadata: what is known of author and date.
        in_head: whether it stands between headline and body, where bylines do.
    """
    if one.kind != "text" or one.words > _MAX_BYLINE_WORDS:
        return False
    names = [name.casefold() for name in (metadata.author or "").split(", ") if name]
    text = one.text.casefold()
    named = [name for name in names if name in text]
    if in_head and not one.is_sentence and next(one.element.iter("time"), None) is not None:
        return True
    day = parse_words(one.text, metadata.language)
    if not named and day is None:
        return False
    if in_head and not one.is_sentence:
        return True
    rest = text
    for name in named:
        rest = rest.replace(name, " ")
    left = len(_WORD.findall(rest))
    if day is not None and not one.is_sentence:
        return left <= 12
    return bool(named) and (left <= 3 or any(bylines([one.text])))
