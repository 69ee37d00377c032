"""How many questions that stand alone are bent by those asked before them.

    python -m tests.bench.standing_alone SET [SET ...] [--list]

The questions of each article are asked in shuffled order within one conversation, in which every
question is answered by its gold answer, so that there is always something to lean on. Of the
questions with a pronoun that nothing in them explains ("When did she die?"), as SQuAD has some, it
can be said that they do lean; they are counted, and counted apart.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.conversation.names import Names
from bot.conversation.parsing import frame_of
from bot.conversation.pronouns import leaning_pronouns
from bot.conversation.session import Conversation
from bot.conversation.turn import Turn
from bot.conversation.words import spelt_out
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import GoldQuestion, QuestionSet
from index.article import Article, ReadLimits, read_default_article
from index.spans import Span

_SEED = 7
_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def main(*arguments: str) -> None:
    for path in (each for each in arguments if not each.startswith("--")):
        question_set = load_question_set(Path(path), read_default_article(), ReadLimits())
        changed = bent(question_set)
        leaning = sum(is_leaning for *_, is_leaning in changed)
        n = len(question_set.questions)
        if "--list" in arguments:
            for asked, understood, is_leaning in changed:
                sys.stdout.write(f"{'~' if is_leaning else '!'} {asked} → {understood}\n")
        sys.stdout.write(
            f"{path}: {n:,} questions, {len(changed)} changed ({len(changed) / n:.2%}), "
            f"of these {leaning} with a pronoun that they do not explain\n"
        )


def bent(question_set: QuestionSet) -> list[tuple[str, str, bool]]:
    """Return each question that was changed, as what, and whether it has an open pronoun."""
    found: list[tuple[str, str, bool]] = []
    for key, article in question_set.articles.items():
        questions = [q for q in question_set.questions if q.article == key]
        random.Random(_SEED).shuffle(questions)
        names = Names(article)
        conversation = Conversation(article, names=names)
        for number, question in enumerate(questions):
            at = _BEGIN + timedelta(seconds=number)
            understood = conversation.understand(question.text, at)
            if understood.changed:
                frame = frame_of(spelt_out(question.text))
                is_leaning = bool(leaning_pronouns(frame, names))
                found.append((question.text, understood.question, is_leaning))
            conversation.keep(_answered(article, question, at))
    return found


def _answered(article: Article, question: GoldQuestion, at: datetime) -> Turn:
    if not question.spans:
        none = Span(0, 0)
        return Turn(question.text, question.text, "not_in_article", "", none, none, 0, at)
    span = question.spans[0]
    sentence = Span(
        max(article.text.rfind(". ", 0, span.start) + 2, 0),
        article.text.find(".", span.end) + 1 or len(article.text),
    )
    words = article.quote(span)
    return Turn(question.text, question.text, "answered", words, span, sentence, 1, at)


if __name__ == "__main__":
    main(*sys.argv[1:])
