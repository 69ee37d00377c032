"""All passages behind an answer, folded away one by one."""

from collections.abc import Iterator

from bot.answer import Answer
from bot.telegram_app import messages
from bot.telegram_app.text.answer_message import passage_source
from bot.telegram_app.text.direction import isolated
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import cut
from bot.telegram_app.text.units import one_clean_line
from index.joined import Member, member_at
from index.spans import Span

# In UTF-16 units: it only reminds of what was asked.
_MAX_QUESTION_UNITS = 200


def sources_text(answer: Answer) -> RichText:
    """Return what was retrieved for a question, the closest first, with the cited words marked.

    May be longer than a message.
    """
    question = cut(RichText(one_clean_line(answer.question)), _MAX_QUESTION_UNITS)
    title = RichText(messages.sources_title(len(answer.passages))).styled(Style.BOLD)
    head = title + "\n" + isolated(question.styled(Style.ITALIC))
    return RichText("\n\n").join([head, *_passages(answer)])


def _passages(answer: Answer) -> Iterator[RichText]:
    for number, scored in enumerate(answer.passages, 1):
        passage = scored.passage
        title = passage_source(answer, passage, number)
        member = member_at(answer.article, passage.start)
        text = _marked(passage.text, passage.start, _cited(answer, member))
        yield title + "\n" + text.styled(Style.EXPANDABLE_BLOCKQUOTE)


def _cited(answer: Answer, member: Member) -> list[Span]:
    """Return in what was asked the words of a member that were shown, as answer or as closest."""
    shown = answer.citations or ((answer.closest,) if answer.closest is not None else ())
    here = (one for one in shown if one.article is member.article)
    return sorted({Span(one.start + member.start, one.end + member.start) for one in here})


def _marked(text: str, start: int, cited: list[Span]) -> RichText:
    """Return a text that begins at an offset of the article, with what it holds of these spans."""
    whole = RichText(text)
    pieces: list[RichText] = []
    done = 0
    for span in cited:
        first, last = max(span.start - start, done), min(span.end - start, len(text))
        if first < last:
            words = whole.slice(first, last).styled(Style.UNDERLINE).styled(Style.BOLD)
            pieces += [whole.slice(done, first), words]
            done = last
    return RichText().join([*pieces, whole.slice(done, len(text))])
