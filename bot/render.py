"""`Answer` → what a person sees in a terminal, and JSON.

Words of the article and of people are data: they are put into `Text` objects, never into markup.
"""

from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.answer import DOES_NOT_SAY, MAY_NOT_SAY, Answer, Citation
from index.article import Article
from index.passages import Passage

JSON_SCHEMA_VERSION = 1

_ANSWER = "bold"
_MARKED = "bold underline"
_FAINT = "dim"
_SEPARATOR = " · "


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the form that `bot/schemas/answer.schema.json` promises."""
    article = answer.article
    return {
        "schema": JSON_SCHEMA_VERSION,
        "question": answer.question,
        "answer": answer.text,
        "verdict": answer.verdict,
        "answers": [
            {"text": citation.quote, "citation": citation.number} for citation in answer.citations
        ],
        "score": round(answer.score, 4),
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "reason": answer.reason,
        "citations": [_citation_to_json(citation) for citation in answer.citations],
        "closest": _citation_to_json(answer.closest) if answer.closest is not None else None,
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


def _citation_to_json(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "paragraph": citation.paragraph,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "sentence": citation.sentence,
    }


def answer_line(answer: Answer) -> str:
    """Return an answer on one line: the words, and where they stand."""
    if answer.text is None:
        return verdict_sentence(answer)
    return _SEPARATOR.join(
        f"{one_line(citation.quote)} [{_place(citation.paragraph)}]"
        for citation in answer.citations
    )


def verdict_sentence(answer: Answer) -> str:
    """Return the sentence that stands in the place of an answer."""
    return MAY_NOT_SAY if answer.verdict == "unsure" else DOES_NOT_SAY


def answer_text(answer: Answer) -> RenderableType:
    """Return an answer for a terminal: the words, then each sentence with the words marked."""
    if answer.text is None:
        return _refusal(answer)
    parts: list[RenderableType] = [_values(answer)]
    for citation in answer.citations:
        title = f" · {answer.article.title}" if answer.article.title else ""
        line = Text()
        line.append(f"[{citation.number}] {_place(citation.paragraph)}{title}", style=_FAINT)
        if citation.quote != citation.sentence:
            line.append("\n").append_text(_marked_sentence(citation))
        parts.append(_indented(line))
    return Group(*parts)


def _values(answer: Answer) -> Text:
    """Return the words of an answer; of several values, each with its citation's number."""
    citations = answer.citations
    if len(citations) == 1:
        return Text(one_line(citations[0].quote), style=_ANSWER)
    line = Text()
    for place, citation in enumerate(citations):
        line.append(_SEPARATOR if place else "", style=_FAINT)
        line.append(one_line(citation.quote), style=_ANSWER)
        line.append(f" [{citation.number}]", style=_FAINT)
    return line


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
    said.append(verdict_sentence(answer), style=_ANSWER)
    if answer.reason:
        said.append(f" {answer.reason}")
    if answer.best_span is None:
        return said
    nearest = Citation.of(answer.article, answer.best_span, 1)
    title = "Closest" if answer.closest is not None else "Nearest"
    shown = Text()
    shown.append(f"{title}: {_place(nearest.paragraph)}\n", style=_FAINT)
    if answer.closest is not None:
        shown.append_text(_marked_sentence(nearest))
    else:
        shown.append(one_line(nearest.sentence), style=_FAINT)
    return Group(said, _indented(shown))
