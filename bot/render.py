"""`Answer` → what a person sees in a terminal.

Words of the article and of people are data: they are put into `Text` objects, never into markup.
"""

from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answer import (
    DO_NOT_SAY,
    DOES_NOT_SAY,
    MAY_NOT_SAY,
    MAY_NOT_SAY_ALL,
    Answer,
    Citation,
)
from bot.deep_links import terminal_url
from bot.places import Place, article_name, name_beside, spoken_place
from index.article import Article
from index.joined import JoinedArticle
from index.normalise import normalise
from index.passages import Passage
from index.retriever import ScoredPassage
from index.spans import Span

_ANSWER = "bold"
_MARKED = "bold underline"
_FAINT = "dim"
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Look:
    """What a screen can show.

    Attributes:
        marks: whether words can be marked in their sentence.
        links: whether a text can lead to an address (OSC 8).
    """

    marks: bool = False
    links: bool = False


PLAIN = Look()


def answer_line(answer: Answer) -> str:
    """Return an answer on one line: the words, and where they stand."""
    if answer.text is None:
        return verdict_sentence(answer)
    return _SEPARATOR.join(
        f"{one_line(citation.quote)} [{_line_place(answer, citation)}]"
        for citation in answer.citations
    )


def verdict_sentence(answer: Answer) -> str:
    """Return the sentence that stands in the place of an answer."""
    if isinstance(answer.article, JoinedArticle):
        return MAY_NOT_SAY_ALL if answer.verdict == "unsure" else DO_NOT_SAY
    return MAY_NOT_SAY if answer.verdict == "unsure" else DOES_NOT_SAY


def answer_text(answer: Answer, look: Look = PLAIN) -> RenderableType:
    """Return an answer for a terminal: the words, then each sentence with the words marked."""
    if answer.text is None:
        return _refusal(answer, look)
    parts: list[RenderableType] = [_values(answer)]
    for citation in answer.citations:
        name = name_beside(answer.article, citation.article)
        title = f"{_SEPARATOR}{visible(name)}" if name else ""
        place = f"[{citation.number}] {citation.spoken_place()}{title}"
        line = _linked(place, citation, look)
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


def passage_text(answer: Answer, citation: Citation, look: Look = PLAIN) -> RenderableType:
    """Return the passage that a citation stands in, with its words marked."""
    text, start = next(
        (scored.passage.text, place.start)
        for scored, place in ((scored, _place_of(answer, scored)) for scored in answer.passages)
        if place.article is citation.article
        and place.start <= citation.start
        and citation.end <= place.end
    )
    body = Text(text)
    body.stylize(_MARKED, citation.start - start, citation.end - start)
    line = _linked(f"[{citation.number}] {citation.spoken_place()}", citation, look)
    return Group(line, body)


def passages_table(answer: Answer) -> RenderableType:
    """Return what was retrieved, best first, with scores."""
    table = Table.grid(padding=(0, 2, 0, 0))
    is_one = not isinstance(answer.article, JoinedArticle)
    for number, scored in enumerate(answer.passages, 1):
        place = _place_of(answer, scored)
        article = "" if is_one else f"{visible(article_name(place.article))}, "
        table.add_row(
            Text(str(number), style=_FAINT),
            Text(f"{scored.score:.3f}", style=_ANSWER),
            Text(f"{article}{place.spoken()}", style=_FAINT),
            Text(one_line(scored.passage.text)),
        )
    return table


def passage_listing(number: int, passage: Passage) -> RenderableType:
    """Return one passage of an index, with its place."""
    where = spoken_place(passage.paragraph, None, is_caption=False)
    place = f"{number}  {where}  [{passage.start}, {passage.end})"
    return Group(Text(place, style=_FAINT), Padding(Text(passage.text), (0, 0, 1, 2), expand=False))


def spoken_date(article: Article) -> str:
    """Return the date of publication as a person writes it, empty if it is not known."""
    published = article.published
    if published is None:
        return ""
    time = f", {published:%H:%M}" if isinstance(published, datetime) else ""
    return f"{spoken_day(published)}{time}"


def spoken_day(day: date) -> str:
    """Return a day as a person writes it, such as "5 July 2026"."""
    return f"{day.day} {day:%B} {day.year}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, such as "1 passage" or "1,200 passages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def visible(text: str) -> str:
    """Return on one line what can be seen of a text from anywhere: no escape reaches a terminal."""
    return " ".join(normalise(text).split())


def one_line(text: str) -> str:
    """Return a text with its line breaks as spaces; nothing else is changed."""
    return " ".join(text.splitlines())


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def _place_of(answer: Answer, scored: ScoredPassage) -> Place:
    passage = scored.passage
    return Place.of(answer.article, Span(passage.start, passage.end), passage.paragraph)


def _line_place(answer: Answer, citation: Citation) -> str:
    name = article_name(citation.article) if isinstance(answer.article, JoinedArticle) else ""
    return f"{visible(name)}, {citation.spoken_place()}" if name else citation.spoken_place()


def _linked(line: str, citation: Citation, look: Look) -> Text:
    url = terminal_url(citation) if look.links else None
    return Text().append(line, style=Style(dim=True, link=url))


def _marked_sentence(citation: Citation) -> Text:
    sentence = Text(one_line(citation.sentence))
    start = citation.start - citation.sentence_start
    sentence.stylize(_MARKED, start, start + len(citation.quote))
    return sentence


def _refusal(answer: Answer, look: Look) -> RenderableType:
    said = Text()
    said.append(verdict_sentence(answer), style=_ANSWER)
    if answer.reason:
        said.append(f" {answer.reason}")
    if answer.best_span is None:
        return said
    nearest = Citation.of(answer.article, answer.best_span, 1)
    if answer.closest is None:
        shown = Text(f"Nearest: {_line_place(answer, nearest)}\n", style=_FAINT)
        shown.append(one_line(nearest.sentence))
        return Group(said, _indented(shown))
    if not look.marks and nearest.quote != nearest.sentence:
        said.append(f"\n{one_line(nearest.quote)}", style=_ANSWER)
    line = _linked(f"Closest: {_line_place(answer, nearest)}", nearest, look)
    return Group(said, _indented(line.append("\n").append_text(_marked_sentence(nearest))))
