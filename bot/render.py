"""`Answer` → what a person sees in a terminal, and JSON.

Words of the article and of people are data: they are put into `Text` objects, never into markup.
"""

from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answer import DOES_NOT_SAY, Answer, AnswerSpan, Citation
from index.article import Article
from index.passages import Passage

JSON_SCHEMA_VERSION = 1

_ANSWER = "bold"
_MARKED = "bold underline"
_FAINT = "dim"


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the form that `bot/schemas/answer.schema.json` promises."""
    article = answer.article
    return {
        "schema": JSON_SCHEMA_VERSION,
        "question": answer.question,
        "answer": answer.text,
        "verdict": answer.verdict,
        "score": round(answer.score, 4),
        "citations": [
            {
                "number": citation.number,
                "paragraph": citation.paragraph,
                "start": citation.start,
                "end": citation.end,
                "quote": citation.quote,
                "sentence": citation.sentence,
            }
            for citation in answer.citations
        ],
        "passages": [
            {
                "paragraph": scored.passage.paragraph,
                "start": scored.passage.start,
                "end": scored.passage.end,
                "text": scored.passage.text,
                "score": round(scored.score, 4),
            }
            for scored in answer.passages
        ],
        "article": {
            "title": article.title,
            "author": article.author,
            "published": article.published.isoformat() if article.published else None,
            "source": article.source,
            "url": article.url,
            "sha256": article.sha256,
        },
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def answer_line(answer: Answer) -> str:
    """Return an answer on one line: the words, and where they stand."""
    if answer.text is None:
        return DOES_NOT_SAY
    places = " ".join(f"[{_place(citation.paragraph)}]" for citation in answer.citations)
    return f"{one_line(answer.text)} {places}"


def answer_text(answer: Answer) -> RenderableType:
    """Return an answer for a terminal: the words, then each sentence with the words marked."""
    if answer.text is None:
        return _refusal(answer)
    parts: list[RenderableType] = [Text(one_line(answer.text), style=_ANSWER)]
    for citation in answer.citations:
        title = f" · {answer.article.title}" if answer.article.title else ""
        line = Text()
        line.append(f"[{citation.number}] {_place(citation.paragraph)}{title}", style=_FAINT)
        if citation.quote != citation.sentence:
            line.append("\n").append_text(_marked_sentence(citation))
        parts.append(_indented(line))
    return Group(*parts)


def article_card(article: Article) -> RenderableType:
    """Return what is known of an article: headline, author, date, length."""
    card = Text()
    card.append(article.title or article.source, style=_ANSWER)
    about = [article.author, article.published and spoken_date(article)]
    known = " · ".join(part for part in about if part)
    if known:
        card.append(f"\n{known}")
    paragraphs = sum(paragraph.kind == "text" for paragraph in article.paragraphs)
    length = f"{counted(article.word_count, 'word')} · {counted(paragraphs, 'paragraph')}"
    card.append(f"\n{length}", style=_FAINT)
    if article.url:
        card.append(f"\n{article.url}", style=_FAINT)
    return card


def passage_text(answer: Answer, citation: Citation) -> RenderableType:
    """Return the passage that a citation stands in, with its words marked."""
    passage = next(
        scored.passage
        for scored in answer.passages
        if scored.passage.start <= citation.start and citation.end <= scored.passage.end
    )
    body = Text(passage.text)
    body.stylize(_MARKED, citation.start - passage.start, citation.end - passage.start)
    return Group(Text(f"[{citation.number}] {_place(citation.paragraph)}", style=_FAINT), body)


def passages_table(answer: Answer) -> RenderableType:
    """Return what was retrieved, best first, with scores."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for number, scored in enumerate(answer.passages, 1):
        table.add_row(
            Text(str(number), style=_FAINT),
            Text(f"{scored.score:.3f}", style=_ANSWER),
            Text(_place(scored.passage.paragraph), style=_FAINT),
            Text(one_line(scored.passage.text)),
        )
    return table


def passage_listing(number: int, passage: Passage) -> RenderableType:
    """Return one passage of an index, with its place."""
    place = f"{number}  {_place(passage.paragraph)}  [{passage.start}, {passage.end})"
    return Group(Text(place, style=_FAINT), Padding(Text(passage.text), (0, 0, 1, 2), expand=False))


def spoken_date(article: Article) -> str:
    """Return the date of publication as a person writes it, empty if it is not known."""
    published = article.published
    if published is None:
        return ""
    time = f", {published:%H:%M}" if isinstance(published, datetime) else ""
    return f"{published.day} {published:%B} {published.year}{time}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 passage" or "1,200 passages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(text: str) -> str:
    """Return a text with its line breaks as spaces; nothing else is changed."""
    return " ".join(text.splitlines())


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _place(paragraph: int) -> str:
    return f"paragraph {paragraph}" if paragraph else "header"


def _marked_sentence(citation: Citation) -> Text:
    sentence = Text(one_line(citation.sentence))
    start = citation.start - citation.sentence_start
    sentence.stylize(_MARKED, start, start + len(citation.quote))
    return sentence


def _refusal(answer: Answer) -> RenderableType:
    said = Text()
    said.append(DOES_NOT_SAY, style=_ANSWER)
    if answer.reason:
        said.append(f" {answer.reason}")
    if answer.best_span is None:
        return said
    return Group(said, _indented(_nearest(answer.article, answer.best_span)))


def _nearest(article: Article, span: AnswerSpan) -> Text:
    nearest = Text(f"Nearest: {_place(span.paragraph)}\n", style=_FAINT)
    nearest.append(one_line(article.quote(span.sentence)), style=_FAINT)
    return nearest
