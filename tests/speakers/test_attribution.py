import pytest

from bot.speakers.attribution import Speakers
from tests.speakers.asking import article_of, place, who

NOT_NAMED = ("not_named", None, None)
AUTHOR = ("author", None, None)


@pytest.mark.parametrize(
    ("sentence", "speaker", "role"),
    [
        (
            '"It works," said Ada Park, a chemist at Fen College, on Monday.',
            "Ada Park",
            "a chemist at Fen College",
        ),
        ('"It works," its director, Ada Park, said.', "Ada Park", "its director"),
        ('"It works," mayor Ada Park told reporters.', "Ada Park", "mayor"),
        ('Ada Park, 71, who heads the lab, said: "It works."', "Ada Park", "who heads the lab"),
        (
            'In a statement, Prime Minister Ada Park called it "It works".',
            "Ada Park",
            "Prime Minister",
        ),
        ('The city left, with Ada Park saying "It works".', "Ada Park", None),
        ('It was described by Ada Park as "It works".', "Ada Park", None),
        ('Ada Park was quoted as saying "It works".', "Ada Park", None),
        ('"It works," according to Ada Park.', "Ada Park", None),
        ('Ada Park smiled and said "It works".', "Ada Park", None),
        ('"It works," the finance ministry said.', "the finance ministry", None),
        ('The report describes it as "It works".', "The report", None),
        ('"It works," Reuters reported.', "Reuters", None),
    ],
)
def test_named(sentence: str, speaker: str, role: str | None) -> None:
    assert who(sentence, "It works") == ("named", speaker, role)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ('"It works," witnesses said.', "witnesses"),
        ('"It works," said a woman in the crowd.', "a woman in the crowd"),
        (
            '"It works," a senior official who asked not to be named said.',
            "a senior official who asked not to be named",
        ),
        ('People familiar with the matter said: "It works."', "People familiar with the matter"),
        ('"It works," one father said.', "one father"),
        ('"It works," the minister said.', "the minister"),
    ],
)
def test_unnamed_sources(sentence: str, role: str) -> None:
    assert who(sentence, "It works") == ("unnamed_source", None, role)


@pytest.mark.parametrize(
    "text",
    [
        '"It works now and for ever," he said.',
        'The lamp burned. "It works now and for ever."',
        'As Ann Park, Bo Lind, and Cy Moor wrote: "It works now and for ever."',
        '"It works now and for ever," Ada Park did not say.',
        'Bo Lind met Jan Moor in June. "It works now and for ever," he said.',
        'Ada Park left. "It works now and for ever," he said.',
    ],
)
def test_not_named(text: str) -> None:
    assert who(text, "It works now and for ever") == NOT_NAMED


@pytest.mark.parametrize(
    "sentence",
    [
        'They sang "It works" again.',
        'It is known as "It works".',
        "It works in some states, mainly in the north.",
        "It works, and the company announced a plan.",
        "It works, and the firm agreed to pay.",
        "It works in seas that according to the report are deep.",
        "I said: it works. It works.",
    ],
)
def test_author(sentence: str) -> None:
    words = sentence if "It works" not in sentence[5:] else "It works"
    assert who(sentence, words) == AUTHOR


def test_a_short_name_is_given_in_full_with_role_and_evidence() -> None:
    article = article_of('Bus driver Lise Grande came. It rained. "We stay," Grande said.')
    found = Speakers(article).of(place(article, "We stay"))
    assert [
        article.quote(span) for span in (found.speaker, found.role, found.evidence) if span
    ] == [
        "Lise Grande",
        "Bus driver",
        "Bus driver Lise Grande came.",
    ]


def test_a_short_name_that_two_may_have_is_left_as_it_is() -> None:
    text = 'Ewan Rae met Kirsty Rae. "We stay," Rae said.'
    assert who(text, "We stay") == ("named", "Rae", None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Lise Grande came. "We stay," she said.', "Lise Grande"),
        ('Spokesman Ali Zed came. "We stay," he said.', "Ali Zed"),
        ('Lise Grande came with Tom Reed. "We stay," she said.', "Lise Grande"),
        ('"Yes," said Lise Grande.\n\n"We stay," she said.', "Lise Grande"),
        ('The union said yes. "We stay," it said.', "The union"),
    ],
)
def test_a_pronoun_that_only_one_fits(text: str, speaker: str) -> None:
    label, name, _ = who(text, "We stay")
    assert (label, name) == ("named", speaker)


def test_a_pronoun_does_not_reach_over_a_paragraph() -> None:
    assert who('Lise Grande came.\n\nIt rained.\n\n"We stay," she said.', "We stay") == NOT_NAMED


def test_an_office_that_one_named_person_holds() -> None:
    text = 'Lise Grande, the coordinator in Iraq, came. "We stay," the coordinator said.'
    assert who(text, "We stay") == ("named", "Lise Grande", "the coordinator in Iraq")


def test_a_quotation_goes_on_after_its_speaker_was_named() -> None:
    text = '"One thing," said Ada Park. "And another thing."'
    assert who(text, "And another thing")[:2] == ("named", "Ada Park")


def test_a_quotation_in_a_quotation_has_its_own_speaker() -> None:
    text = "\"Then Tom Reed said, 'It is broken,'\" Ada Park told the court."
    assert who(text, "It is broken")[1] == "Tom Reed"
    assert who(text, "Then Tom")[1] == "Ada Park"


def test_of_a_speech_of_several_paragraphs_one_naming_is_enough() -> None:
    text = '"One thing," said Ada Park. "And another.\n\n"And a third.\n\n"And the last."'
    assert who(text, "And the last")[1] == "Ada Park"


def test_indirect_speech_and_the_clause_beside_it() -> None:
    text = "Police said that the road was shut, with Ada Park calling it a mess."
    assert who(text, "the road was shut")[:2] == ("named", "Police")
    assert who("The road, she said, was shut, Ada Park claims.", "The road")[0] != "author"


def test_headlines() -> None:
    text = "Lakes unsafe, report claims\n\nBy Jo Field | 22 August 2021\n\nIt rained. Nobody came."
    assert who(text, "Lakes unsafe") == ("named", "report", None)


def test_a_headline_quotes_what_somebody_says_in_the_article() -> None:
    text = '"We stay"\n\nBy Jo Field | 22 August 2021\n\nIt rained. "We stay," said Ada Park.'
    assert who(text, "We stay")[1] == "Ada Park"


def test_text_of_another_language_is_the_authors() -> None:
    assert who("„Wir bleiben“, sagte Frau Park. Es regnet.", "Es regnet.") == AUTHOR
