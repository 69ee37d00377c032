"""Where a citation leads: the publisher's page, at the very sentence."""

import string
from urllib.parse import quote

from bot.answer import Citation
from index.spans import Span

# What an address may hold in a terminal's escape sequence; the rest is percent-encoded.
_SAFE = string.ascii_letters + string.digits + string.punctuation


def sentence_url(citation: Citation) -> str | None:
    """Return the publisher's address at the cited sentence, or None if there is none."""
    if citation.article.url is None:
        return None
    # Here, so that answers without an address need not wait for it.
    from bot.text_fragment import text_fragment_url

    start = citation.sentence_start
    return text_fragment_url(citation.article, Span(start, start + len(citation.sentence)))


def terminal_url(citation: Citation) -> str | None:
    """Return the same address in a form that no terminal can take for anything else."""
    url = sentence_url(citation)
    return None if url is None else quote(url, safe=_SAFE, errors="replace")
