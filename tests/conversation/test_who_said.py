from bot.conversation.who_said import answer_naming, speaker_of
from bot.pipeline import QAPipeline
from bot.speakers.attribution import Attribution, Speakers
from index.spans import Span
from tests.conversation.talks import island, turn


def test_the_speaker_is_remembered_as_the_answer(sure_pipeline: QAPipeline) -> None:
    answer = sure_pipeline.answer("Who said that?")
    said = Attribution("named", speaker=Span(5, 9), evidence=Span(0, 20))
    best = answer_naming(answer, said, 3).best_span
    assert best is not None
    assert (best.span, best.sentence, best.paragraph) == (Span(5, 9), Span(0, 20), 3)


def test_without_a_name_the_answer_stays(sure_pipeline: QAPipeline) -> None:
    answer = sure_pipeline.answer("Who said that?")
    assert answer_naming(answer, Attribution("not_named"), 3) is answer


def test_the_words_answered_have_a_speaker() -> None:
    said = speaker_of(turn(island(), "Were they lost?", "not lost"), island(), Speakers(island()))
    assert said.speaker is not None
    assert island().quote(said.speaker) == "Ewan Rae"


def test_what_nobody_else_says_the_author_says() -> None:
    said = speaker_of(
        turn(island(), "When did the inn open?", "2011"), island(), Speakers(island())
    )
    assert said.label == "author"
