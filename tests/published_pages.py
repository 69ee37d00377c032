"""Articles beside the text of their pages, which has more between the words, and says it twice."""

from dataclasses import dataclass

from hypothesis import strategies as st

from index.spans import Span

# Sentences that stand in many paragraphs; what is around them tells them apart.
SENTENCES = (
    "It was closed for nine days.",
    "The pilots went home.",
    "“Nobody came,” she said.",
    "The state-of-the-art tower & the lamp, too, stood.",
    "Les «pilotes» sont partis !",
    "It was so.",
    "Yes.",
    "The pilots, the keeper, the mayor of Velm and all of the others who had been there at the "
    "time of the second storm went home by the road along the coast, which was open since May.",
)
_MARKS = ("", "", "[1]", "[2][3]", "12", "\xad", "\u200b")
_ASIDES = ("Advertisement", "Read more: the harbour", "Photo: a boat")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A sentence of an article, and where it stands on the page.

    Attributes:
        text: of the article.
        span: of the sentence in it.
        page: all text of the page.
        place: of the sentence on it.
    """

    text: str
    span: Span
    page: str
    place: Span


@st.composite
def published_pages(draw: st.DrawFn) -> PublishedPage:
    """Return a page whose paragraphs begin with words of their own."""
    some = st.lists(st.sampled_from(SENTENCES), max_size=4)
    count = draw(st.integers(1, len(_NUMBERS)))
    paragraphs = [[f"Part {word} begins here.", *draw(some)] for word in _NUMBERS[:count]]
    wanted = draw(st.integers(0, count - 1))
    sentence = draw(st.integers(0, len(paragraphs[wanted]) - 1))
    page = "\n".join(draw(some))
    text, span, place = "", Span(0, 0), Span(0, 0)
    for number, paragraph in enumerate(paragraphs):
        text, page = text + ("\n\n" if text else ""), page + ("\n" if page else "")
        for at, said in enumerate(paragraph):
            text, page = text + (" " if at else ""), page + (" " if at else "")
            published = _with_marks(draw, said)
            if (number, at) == (wanted, sentence):
                span = Span(len(text), len(text) + len(said))
                place = Span(len(page), len(page) + len(published))
            text, page = text + said, page + published + draw(st.sampled_from(_MARKS[:4]))
        page += "".join(
            f"\n{aside}"
            for aside in draw(st.lists(st.sampled_from(_ASIDES + SENTENCES), max_size=2))
        )
    return PublishedPage(text, span, page, place)


def _with_marks(draw: st.DrawFn, said: str) -> str:
    """Return a sentence with something behind a few of its words but the last two."""
    words = said.split(" ")
    for number in draw(st.sets(st.integers(0, len(words)), max_size=2)):
        if number < len(words) - 2:
            words[number] += draw(st.sampled_from(_MARKS))
    return " ".join(words)
