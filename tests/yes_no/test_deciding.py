import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.yes_no.deciding import Decision, decides, first_decision
from index.article import Article, read_default_article
from index.sentences import split_sentences
from index.sources.reading import read_article
from index.spans import Span

QUESTIONS = Path(__file__).parents[1] / "questions"
RELATIONS: dict[str, Decision | None] = {
    "supports": "supports",
    "contradicts": "otherwise",
    "does_not_say": None,
}

# What the sentence leaves open, however near it comes.
OPEN = [
    ("Were the loggers broken?", "I thought the loggers were broken."),
    ("Will the pool close?", "Parents feared that the pool will close."),
    ("Was Nash fired?", "Okafor praised Nash, but Keogh was not fired."),
    ("Was Nash fired?", "Nash resigned, and Keogh was not fired."),
    ("Was Okafor fired?", "Okafor praised Nash, who was not fired."),
    ("Was Nash fired?", "Keogh, who praised Nash, was not fired."),
    ("Did the referee blame Nash?", "Nash refused to blame the referee."),
    ("Were 980 militants wounded?", "980 militants had been killed and more than 6,000 wounded."),
    ("Were 7,000 militants wounded?", "980 militants had been killed and more than 6,000 wounded."),
    ("Were 7,000 militants wounded?", "More than 6,000 militants were wounded."),
    ("Did sales rise in Britain?", "Sales in Germany rose and in Britain fell."),
    ("Did sales in Germany fall in June?", "Sales in Germany rose in March."),
    ("Was west Mosul captured in January?", "Iraq captured east Mosul in late January."),
    (
        "Did the government take Mosul by 2017?",
        "The government hoped to take Mosul by the end of 2016.",
    ),
    (
        "Were 18 fighters killed?",
        "He said 15 to 20 jihadist fighters were also killed in the battle.",
    ),
    ("Is the pool open?", "The pool will close at the end of the year."),
    ("Will the pool close in June?", "The pool closed in March."),
    ("Was the library closed in 2002?", "The library was opened in 2002."),
    ("Did the museum open in 1990?", "The museum plans to open in 1995."),
    ("Was she born in 1940?", "She moved to Rade in 1950."),
    ("Did Anna win a medal in 1998?", "Anna won medals in 1994 and 1996."),
    ("Did the council vote by 20 to 9?", "The council spent 16 million."),
    ("Do all schools use the pool?", "Seven schools use the pool."),
    ("Did every councillor abstain?", "One councillor abstained."),
    ("Does the ferry carry cars in summer?", "The ferry carries no cars in winter."),
    ("Did the minister deny that the bridge is unsafe?", "The bridge is safe."),
    ("Is the bridge safe?", "The minister denied that the bridge was unsafe."),
    ("Could the bridge be unsafe?", "Engineers said the bridge is not unsafe yet."),
    ("Did Maria live in Spain?", "Maria lives not far from Spain."),
    ("Was the mill built in 1850?", "The mill was built in the 1840s and burnt down in 1851."),
    ("Did 30 people die?", "At least 12 people died and 30 were hurt."),
    ("Did 50 people die in the fire?", "Nobody knows whether 40 people died in the fire."),
    ("Were the results proof?", "The results are not only proof but a warning."),
    ("Did Tom kill Jerry?", "Jerry killed Tom."),
    ("Was Tom killed by Jerry?", "Tom killed Jerry."),
    ("Did the company buy the factory in May?", "The company wants to buy the factory in June."),
    ("Did the company sell two factories?", "The company sold the first of five factories."),
    ("Does Corran have three pubs?", "Corran lies among two islands with five pubs."),
    ("Was the vote close?", "The vote was open."),
    ("Did prices increase?", "Prices did not increase as fast as wages."),
    ("Was it the second goal?", "It was his first goal for the club."),
    ("Did Osei score the second goal?", "Osei scored the first goal after ten minutes."),
    ("Did Peter like the soup?", "Peter did not say that he liked the soup."),
    ("Is smoking allowed in the hall?", "Smoking is not allowed in the garden beside the hall."),
    ("Did the team lose two players?", "The team lost one player in May and another in June."),
    ("Did workers accept the offer?", "The union rejected the offer, and workers accept that."),
    ("Is the tower 90 metres high?", "The tower, 97 metres from the church, is high."),
    ("When did the war end?", "The war did not end hunger."),
    ("Why did the mayor resign?", "The mayor did not resign because of the scandal."),
]
OTHERWISE = [
    ("Was east Mosul captured in March?", "Iraq captured east Mosul in late January."),
    (
        "Did 900 people gather outside the town hall?",
        "About 300 people had gathered outside the town hall before the vote.",
    ),
    ("Was the wall built in 1400?", "The wall was built in 1310."),
    ("Did the mayor resign?", "The mayor did not resign."),
    ("Did the company make a profit?", "The company made a loss of 3 million euros."),
    ("Is the inn open in winter?", "In winter the inn is closed."),
    ("Did the council accept the offer?", "The council rejected the offer."),
    ("Were 12 people arrested?", "Police said that 15 people were arrested."),
    ("Did prices rise in Britain?", "Prices in Britain fell by 6 per cent."),
    (
        "Does the recipe make 20 dumplings?",
        "This recipe makes 16 dumplings, enough for four people.",
    ),
    ("Did the railway reach Veldstedt in 1900?", "The railway reached Veldstedt in 1868."),
    ("Does Corran have 300 inhabitants?", "Corran has 162 inhabitants."),
    ("Did nobody die in the fire?", "Two people died in the fire."),
    ("Was the referee replaced?", "The referee was not replaced."),
    ("Did the board approve the plan?", "The board has not approved the plan."),
    ("Why did the board approve the plan?", "The board never approved the plan."),
    ("Did the ferry sink on Monday?", "The ferry sank on Friday."),
]
SUPPORTS = [
    ("Did the mayor resign?", "The mayor resigned on Friday."),
    ("Was the wall built in 1310?", "The wall was built in 1310."),
    ("Did the mayor not resign?", "The mayor did not resign."),
    ("Do seven schools use the pool?", "Seven schools use the pool for lessons."),
    ("Did more than 10 people die?", "The police said 12 people died."),
    ("Has the railway reached Veldstedt?", "The railway reached Veldstedt in 1868."),
]

# Questions on articles that were not read while the rules were made; what was found then.
NEWS: dict[str, dict[str, Decision | None]] = {
    "fire": {
        "Did the fire injure 30 people?": None,
        "Did the fire injure 17 people?": None,
        "Were 50 people injured in the fire?": None,
        "Was anybody killed in the fire?": None,
        "Did it take 100 firefighters six hours to bring it under control?": "otherwise",
        "Did the smoke contain dangerous substances?": "otherwise",
        "Has the company followed all safety rules?": None,
        "Had the hall last been inspected in May?": "otherwise",
        "Did the works council warn in August?": None,
        "Were residents advised to keep their windows open?": "otherwise",
        "Have the police arrested anybody?": None,
        "Did witnesses hear no explosions?": "otherwise",
        "Were the sprinklers on?": None,
        "Did the blaze break out on Sunday?": None,
        "Did the blaze break out at 5 am?": None,
        "Why did the smoke contain dangerous substances?": "otherwise",
        "Did the minister visit the site in the morning?": None,
        "Did Paula Stern promise full transparency?": None,
        "Were four people seriously injured?": None,
    },
    "flood": {
        "Did the river burst its banks on Friday?": None,
        "Did 5,000 people spend the night in schools?": None,
        "Did 3,000 people spend the night in schools and churches?": None,
        "Have rescue workers brought 500 people to safety?": "otherwise",
        "Had three of the five pumping stations failed?": None,
        "Did Alice Thorne declare a state of emergency on Monday?": "otherwise",
        "Is the dam at Holme safe?": None,
        "Was the mayor in Holme?": None,
        "Did weather services forecast 90 millimetres of rain?": "otherwise",
        "Did the prime minister visit Ostwick on Thursday?": None,
        "Did the dam hold?": None,
    },
    "court": {
        "Did the bookkeeper steal \u00a3300,000?": None,
        "Was the bookkeeper sent to prison for five years?": None,
        "Was Beatrice Holm sent to prison?": None,
        "Did Tilley forge 50 invoices?": None,
        "Will her client appeal?": None,
        "Will Tilley appeal?": None,
        "Did Moody ask for a longer sentence?": None,
        "Has the choir cancelled its tour of Norway?": "supports",
        "Did the choir travel in 2020?": None,
        "Has all of the money been found?": None,
        "Did Beatrice Holm give evidence on Monday?": None,
        "Was Tilley the director?": None,
    },
    "health": {
        "Did 80 of 304 lakes fail the tests?": None,
        "Did the health ministry accept the findings?": "otherwise",
        "Did Clearwater reject the findings?": None,
        "Were the farmers worried?": None,
        "Was the study from 2018 made in a dry summer?": None,
        "Did a study from 2018 find germs in 20 per cent of the lakes?": None,
        "Did a study find germs in 20 per cent of the lakes?": None,
        "Is Lake Morven the cleanest?": None,
        "Are cows bathing in the lakes?": None,
    },
    "port": {
        "Did the dockers end their strike after 25 days?": None,
        "Did the dockers go back to work on Monday?": None,
        "Have they won a pay rise of 8 per cent?": None,
        "Did the agreement secure 3,000 jobs?": None,
        "Does the agreement run until the end of 2025?": "otherwise",
        "Did the strike cost importers 500 million dollars?": "otherwise",
        "Did the strike cost the company 500 million dollars?": None,
        "Did Rosa Delgado stay in the hotel?": None,
        "Did Quint speak with Abara?": None,
        "Did Quint and Abara speak for nine hours?": None,
        "Was the agreement signed in January?": None,
        "Was it his second strike?": None,
        "Was the rise 10 per cent?": None,
    },
}


def _sentences(article: Article) -> list[str]:
    return [
        article.quote(sentence)
        for part in article.paragraphs
        for sentence in split_sentences(article.text, Span(part.start, part.end))
    ]


def _article(name: str) -> Article:
    return read_default_article() if name == "default" else read_article(str(QUESTIONS / name))


@pytest.mark.parametrize(("question", "sentence"), OPEN)
def test_what_is_left_open(question: str, sentence: str) -> None:
    assert decides(question, sentence) is None


@pytest.mark.parametrize(("question", "sentence"), OTHERWISE)
def test_otherwise(question: str, sentence: str) -> None:
    assert decides(question, sentence) == "otherwise"


@pytest.mark.parametrize(("question", "sentence"), SUPPORTS)
def test_supports(question: str, sentence: str) -> None:
    assert decides(question, sentence) == "supports"


def test_no_decision_on_the_set_is_wrong() -> None:
    lines = (QUESTIONS / "yes_no.jsonl").read_text(encoding="utf-8").splitlines()
    decided: dict[Decision, int] = {"supports": 0, "otherwise": 0}
    for line in map(json.loads, lines):
        expected = RELATIONS[line["relation"]]
        given_evidence = decides(line["question"], line["evidence"] or "")
        in_article = first_decision(line["question"], _sentences(_article(line["article"])))
        assert given_evidence in (expected, None), line["id"]
        assert in_article is None or in_article[1] == expected, line["id"]
        if given_evidence is not None:
            decided[given_evidence] += 1
    # Of 45 that the article contradicts, and of 24 that it supports.
    assert decided["otherwise"] >= 17
    assert decided["supports"] >= 5


@pytest.mark.parametrize("name", NEWS)
def test_articles_not_seen_before(name: str) -> None:
    sentences = _sentences(_article(f"articles/news_{name}.txt"))
    decisions = {question: first_decision(question, sentences) for question in NEWS[name]}
    assert {question: found and found[1] for question, found in decisions.items()} == NEWS[name]


def test_two_sentences_that_disagree_decide_nothing() -> None:
    one, other = "The wall was built in 1310.", "The wall was built in 1342."
    question = "Was the wall built in 1310?"
    assert first_decision(question, [other]) == (0, "otherwise")
    assert first_decision(question, ["It rained.", one]) == (1, "supports")
    assert first_decision(question, [other, one]) is None


def test_a_premise_is_never_confirmed() -> None:
    sentence = "The mayor resigned on Friday."
    assert decides("Did the mayor resign?", sentence) == "supports"
    assert decides("Why did the mayor resign?", sentence) is None


def test_questions_of_another_kind_decide_nothing() -> None:
    assert decides("Who resigned?", "The mayor did not resign.") is None
    assert decides("Did the mayor resign or stay?", "The mayor did not resign.") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_compared(claim: str, sentence: str) -> None:
    assert decides(f"Did {claim}?", sentence) in ("supports", "otherwise", None)


WORDS = "the mayor Nash five 1310 March not no and , to by resigned resign war was in of that"
WORD = st.sampled_from(WORDS.split())


@given(st.lists(WORD, max_size=8), st.lists(WORD, max_size=10))
def test_any_words_are_compared(claim: list[str], sentence: list[str]) -> None:
    question = f"Was {' '.join(claim)}?"
    assert decides(question, " ".join(sentence)) in ("supports", "otherwise", None)
