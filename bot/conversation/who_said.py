"""Remembering who said something as the answer to "Who said that?"."""

from dataclasses import replace

from bot.answer import Answer, AnswerSpan
from bot.conversation.turn import Turn
from bot.conversation.words import quoted_spans
from bot.speakers.attribution import Attribution, Speakers
from index.article import Article
from index.spans import Span

_CERTAIN = 1.0


def speaker_of(turn: Turn, article: Article, speakers: Speakers) -> Attribution:
    """Return who said what a turn answered.

    That is who said its words, or else what is quoted in the sentence around them, or else the
    sentence.

    Args:
        turn: whose answer somebody said.
        article: that was asked.
        speakers: of the article.
    """
    start = turn.sentence.start
    quoted = [
        Span(start + span.start, start + span.end)
        for span in quoted_spans(article.quote(turn.sentence))
    ]
    for span in (turn.span, *quoted):
        said = speakers.of(span)
        if said.label != "author":
            return said
    return speakers.of(turn.sentence)


def answer_naming(answer: Answer, said: Attribution, paragraph: int) -> Answer:
    """Return what is to be remembered of "Who said that?": "she" then means the speaker.

    Args:
        answer: of the pipeline to the question as it was understood.
        said: who said it.
        paragraph: number of the paragraph of what was said.

    Returns:
        An answer whose best span is the speaker; the answer itself where nobody is named.
    """
    if said.speaker is None:
        return answer
    sentence = said.evidence or said.speaker
    best = AnswerSpan(said.speaker, sentence, paragraph, _CERTAIN)
    return replace(answer, verdict="answered", best_span=best)
