"""Questions like "What did Lise Grande say about the camps?"."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.speakers.people import People
from bot.speakers.speaker import Speaker
from bot.speakers.speeches import Speeches
from bot.speakers.vocabulary import IT, THEY
from index.article import Article
from index.lexical import content_stems
from index.spans import Span

_VERB = (
    "say|said|says|tell|told|think|claim|claimed|write|wrote|written|report|reported|argue|argued"
    "|announce|announced|explain|explained|state|stated|warn|warned|comment|add|added"
)
_QUESTION = re.compile(
    rf"""(?:and\ |but\ |so\ )?(?:
        what(?:\ else|\ exactly)?\ (?:did|does|do|has|have|had|was|is)\ (?P<who>.+?)\ (?:to\ )?
        (?:{_VERB})\b(?P<rest>.*)
      | what(?:\ was|\ is|\ has\ been)\ (?:said|stated|reported)\ by\ (?P<by>.+?)
        (?P<by_rest>\ about\ .*)?
      | (?:quote|what\ are\ the\ (?:words|quotes)\ of)\ (?P<quoted>.+?)
        (?P<quoted_rest>\ (?:about|on)\ .*)?
    )\s*[?.!]*""",
    re.VERBOSE | re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|on|of|regarding|concerning|that|to)\b(?P<topic>.*)", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an"})


class SaidBy:
    """Finds what somebody says."""

    def __init__(
        self, article: Article, sentences: Sequence[Span], speeches: Speeches, people: People
    ) -> None:
        """Take an article's sentences and who says them.

        Args:
            article: what was read.
            sentences: all of it, in order.
            speeches: who says what.
            people: everybody named in it.
        """
        self._article = article
        self._sentences = sentences
        self._speeches = speeches
        self._people = people
        self._by_speaker: dict[object, list[Span]] | None = None
        self._speakers: dict[object, Speaker] = {}

    def answer(self, question: str) -> tuple[Span, ...] | None:
        """Return the sentences that somebody said, as `Speakers.said_by` does."""
        match = _QUESTION.fullmatch(question.strip())
        if match is None:
            return None
        who = match.group("who") or match.group("by") or match.group("quoted")
        speaker = self._find(who)
        if speaker is None:
            return None
        rest = match.group("rest") or match.group("by_rest") or match.group("quoted_rest") or ""
        said = self._said()[speaker]
        about = _ABOUT.search(rest)
        topic = set(content_stems(about.group("topic"))) if about else set()
        if not topic:
            return tuple(said)
        return tuple(s for s in said if topic & set(content_stems(self._article.quote(s))))

    def _said(self) -> dict[object, list[Span]]:
        if self._by_speaker is None:
            self._by_speaker = defaultdict(list)
            for sentence in self._sentences:
                for speaker in self._speaking_in(sentence):
                    self._speakers.setdefault(self._identity(speaker), speaker)
                    self._by_speaker[self._identity(speaker)].append(sentence)
        return self._by_speaker

    def _speaking_in(self, sentence: Span) -> Iterator[Speaker]:
        """Yield the named ones who say a sentence, or words that are quoted in it."""
        seen: set[object] = set()
        said = [self._speeches.speaker(sentence)]
        said += map(self._speeches.of_quotation, self._speeches.quotations_in(sentence))
        for speaker in said:
            identity = self._identity(speaker)
            if speaker.label == "named" and identity not in seen:
                seen.add(identity)
                yield speaker

    def _identity(self, speaker: Speaker) -> object:
        is_institution = speaker.pronoun in {IT, THEY}
        if speaker.span is None or (speaker.key and not is_institution):
            return speaker.key
        words = self._article.quote(speaker.span).lower().split()
        return tuple(word for word in words if word not in _ARTICLES)

    def _find(self, who: str) -> object | None:
        """Return the only speaker whose name, or what he or she is, has all the words of `who`."""
        self._said()
        wanted = {
            w for w in re.findall(r"\w+", who.lower().replace("'s", "")) if w not in _ARTICLES
        }
        if not wanted:
            return None
        named = [identity for identity in self._speakers if wanted <= self._words(identity)]
        if not named:
            named = [
                identity
                for identity, speaker in self._speakers.items()
                if wanted <= self._words(identity) | self._role_words(speaker)
            ]
        return named[0] if len(named) == 1 else None

    def _words(self, identity: object) -> set[str]:
        words: set[str] = set()
        for word in identity if isinstance(identity, tuple) else ():
            words |= set(re.findall(r"\w+", word.lower()))
        return words

    def _role_words(self, speaker: Speaker) -> set[str]:
        role = self._article.quote(speaker.role) if speaker.role is not None else ""
        return set(re.findall(r"\w+", role.lower()))
