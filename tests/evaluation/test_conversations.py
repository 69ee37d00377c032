import json
from pathlib import Path

import pytest

from bot.conversation.session import ConversationLimits
from bot.evaluation.conversation_report import ConversationReport
from bot.evaluation.conversation_set import (
    GoldConversation,
    GoldTurn,
    read_conversations,
)
from bot.evaluation.conversations import Asker
from bot.evaluation.question_set import EvaluationError
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.sentence_reader import SentenceReader
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from tests.conversation.talks import island

INN = GoldTurn(
    "When did the inn open?", None, ("2011",), ("The inn opened in 2011.",), "standalone"
)
CHAPEL = GoldTurn(
    "And the chapel?",
    "When did the chapel open?",
    ("in the ninth century",),
    ("The chapel was built by monks in the ninth century.",),
    "what_about",
)
MONEY = GoldTurn("And how much did it earn?", "How much did the chapel earn?", (), (), "pronoun")
LOST = GoldTurn(
    "Were the monks lost?",
    None,
    ("not lost",),
    ('"The monks were not lost," said Ewan Rae, the society\'s chairman, who wrote the leaflet.',),
    "standalone",
)
WHO = GoldTurn("Who said that?", "Who said that the monks were not lost?", ("Ewan Rae",), (), "who")


@pytest.fixture(scope="module")
def asker() -> Asker:
    article, model = island(), HashedWordsModel()
    retriever = Retriever(build_index(article, model, IndexSettings()), model)
    pipeline = QAPipeline(article, retriever, SentenceReader(min_score=0.25), AnswerLimits())
    return Asker(article, pipeline, ConversationLimits())


def asked(asker: Asker, *turns: GoldTurn) -> ConversationReport:
    talk = GoldConversation("1", "default", False, turns)
    return ConversationReport(tuple(asker.ask(talk)))


def test_a_follow_up_is_judged_as_it_was_understood(asker: Asker) -> None:
    _, chapel = asked(asker, INN, CHAPEL).results
    assert chapel.understood.question == "When did the chapel open?"
    assert chapel.said == "The chapel was built by monks in the ninth century."
    assert (chapel.answered_right, chapel.best_right, chapel.full_best_right) == (True, True, True)


def test_a_refusal_is_right_where_the_article_does_not_say(asker: Asker) -> None:
    result = asked(asker, INN, CHAPEL, MONEY).results[-1]
    assert result.is_answered is not result.answered_right
    assert result.best_right is result.answered_right


def test_who_said_that_is_answered_by_the_speaker(asker: Asker) -> None:
    result = asked(asker, LOST, WHO).results[-1]
    assert (result.said, result.is_answered, result.best_right) == ("Ewan Rae", True, True)


def test_figures_of_follow_ups_and_by_kind(asker: Asker) -> None:
    report = asked(asker, INN, CHAPEL)
    groups = report.groups()
    assert groups["follow-ups"].n == groups["what_about"].n == 1
    assert (groups["follow-ups"].best_right, groups["follow-ups"].changed) == (1.0, 1.0)
    assert (groups["standing alone"].n, groups["standing alone"].changed) == (1, 0.0)
    assert "| what_about | 1 | 1.000 |" in report.table()
    assert report.latency_ratio() > 0


def test_without_follow_ups_there_is_nothing_to_divide(asker: Asker) -> None:
    assert asked(asker, INN).latency_ratio() == 1.0
    assert asked(asker).groups()["follow-ups"].best_right == 0.0


LINE = {
    "id": "1",
    "article": "default",
    "held_out": True,
    "turns": [
        {
            "question": "Why?",
            "standalone": None,
            "depends_on": None,
            "answers": ["so"],
            "evidence": ["It is so."],
            "impossible": False,
            "kind": "why",
        }
    ],
}


def test_a_set_is_read(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(LINE) + "\n\n", encoding="utf-8")
    turn = GoldTurn("Why?", None, ("so",), ("It is so.",), "why")
    assert read_conversations(path) == (GoldConversation("1", "default", True, (turn,)),)


def test_a_line_without_turns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "1", "article": "default"}', encoding="utf-8")
    with pytest.raises(EvaluationError, match='line 1: "turns" is missing'):
        read_conversations(path)


def test_a_set_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read"):
        read_conversations(tmp_path / "none.jsonl")
