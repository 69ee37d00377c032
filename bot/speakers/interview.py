"""Interviews: which paragraphs are answers, and whose."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.speakers.names import NameKey
from bot.speakers.passages import ReadStatement
from bot.speakers.people import People
from bot.speakers.resolving import Resolver
from bot.speakers.speaker import AUTHOR, NOT_NAMED, Speaker
from bot.speakers.vocabulary import HONORIFICS
from index.article import Article

_LABEL = re.compile(r"(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}) ?:(?=\s)")
_QUESTION, _ANSWER = "Q", "A"
_LONG_FORMS = {"Question": _QUESTION, "Answer": _ANSWER}
_LEAST = 2  # answers that make an interview
_MOST = 0.5  # share of paragraphs with a question that makes the one who asks


class Interview:
    """Who speaks in which paragraph of an interview; nobody in an article that is none."""

    def __init__(
        self,
        article: Article,
        statements: Sequence[ReadStatement],
        resolver: Resolver,
        people: People,
    ) -> None:
        """Look for labels at the beginning of paragraphs: "Q:" and "A:", names, initials."""
        self._people, self._resolver = people, resolver
        self._speakers: dict[int, Speaker] = {}
        labels = _labels(article, people)
        counts = Counter(labels.values())
        repeated = {number: label for number, label in labels.items() if counts[label] >= _LEAST}
        places: dict[str, list[int]] = {}
        for number, label in repeated.items():
            places.setdefault(label, []).append(number)
        if len(places) < _LEAST:
            return
        who = {
            label: self._who(label, numbers, article, statements, repeated)
            for label, numbers in places.items()
        }
        if _ANSWER in who or any(speaker.label == "named" for speaker in who.values()):
            self._speakers = {number: who[label] for number, label in repeated.items()}
            self._continue(article)

    def speaker(self, paragraph: int) -> Speaker | None:
        """Return who speaks in the paragraph at this position; None if it is no such paragraph."""
        return self._speakers.get(paragraph)

    @property
    def only_interviewee(self) -> Speaker | None:
        """The only one who answers, if there is one."""
        named = {s for s in self._speakers.values() if s.label == "named"}
        return next(iter(named)) if len(named) == 1 else None

    def _who(
        self,
        label: str,
        numbers: Sequence[int],
        article: Article,
        statements: Sequence[ReadStatement],
        labels: dict[int, str],
    ) -> Speaker:
        paragraphs = [article.paragraphs[number] for number in numbers]
        asking = sum("?" in article.text[p.start : p.end] for p in paragraphs)
        is_author = label.casefold() in (article.author or "").casefold()
        if label == _QUESTION or is_author or asking > _MOST * len(paragraphs):
            return AUTHOR
        if label == _ANSWER:
            return self._interviewee(labels, statements)
        key = self._people.full(tuple(label.split()))
        return (self._resolver.person(key) if self._people.is_person(key) else None) or NOT_NAMED

    def _interviewee(self, labels: dict[int, str], statements: Sequence[ReadStatement]) -> Speaker:
        """Return whom the questions address by name, or the only person of the introduction."""
        first = min(labels)
        addressed: set[NameKey] = set()
        introduced: set[NameKey] = set()
        for statement in statements:
            label = labels.get(statement.paragraph)
            for run in (run for run in statement.runs if run.key):
                key = self._people.full(run.key)
                titles = (w.lower for w in statement.words[run.first : run.name])
                if label == _QUESTION and any(title in HONORIFICS for title in titles):
                    addressed.add(key)
                elif 0 <= statement.paragraph < first and self._people.is_person(key):
                    introduced.add(key)
        for keys in (addressed, introduced):
            if len(keys) == 1:
                return self._resolver.person(next(iter(keys))) or NOT_NAMED
        return NOT_NAMED

    def _continue(self, article: Article) -> None:
        """Let an answer go on over paragraphs without a label, up to the next label."""
        last = max(self._speakers, default=-1)
        current: Speaker | None = None
        for number in range(last):
            current = self._speakers.get(number, current)
            if current is not None and article.paragraphs[number].kind == "text":
                self._speakers[number] = current


def _labels(article: Article, people: People) -> dict[int, str]:
    """Return the labels of paragraphs; of initials ("SO:"), the name that they stand for."""
    found = {}
    for number, paragraph in enumerate(article.paragraphs):
        if match := _LABEL.match(article.text, paragraph.start, paragraph.end):
            found[number] = _LONG_FORMS.get(match.group("label"), match.group("label"))
    names = [*(tuple(label.split()) for label in found.values()), *people.names()]
    by_initials: dict[str, set[str]] = {}
    for name in names:
        if len(name) > 1:
            by_initials.setdefault("".join(n[0] for n in name), set()).add(" ".join(name))
    for number, label in found.items():
        meant = by_initials.get(label.replace(".", ""), set())
        found[number] = next(iter(meant)) if len(meant) == 1 else label
    return found
