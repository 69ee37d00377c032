import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.telegram_app.words import Words
from tests.telegram_app.emulator.typed import typed


def words(text: str, *links: tuple[str, str]) -> Words:
    """Return words as they are typed, with words that lead to an address."""
    found = [MessageEntity(one["type"], one["offset"], one["length"]) for one in typed(text)]
    for shown, url in links:
        offset = len(text[: text.index(shown)].encode("utf-16-le")) // 2
        length = len(shown.encode("utf-16-le")) // 2
        found.append(MessageEntity(MessageEntity.TEXT_LINK, offset, length, url=url))
    return Words(text, tuple(found), text)


@pytest.mark.parametrize(
    ("text", "links", "besides"),
    [
        ("Who sailed?", (), "Who sailed?"),
        ("https://a.org/b", ("https://a.org/b",), ""),
        ("HTTPS://a.org/b", ("HTTPS://a.org/b",), ""),
        ("a.org/b", ("https://a.org/b",), ""),
        ("🚢 https://a.org/b 🚢", ("https://a.org/b",), ""),
        ("🚢 https://a.org/b Who?", ("https://a.org/b",), "🚢 Who?"),
        ("see a.org and https://b.org", ("https://b.org",), "see a.org and"),
        ("a.org b.org", ("https://a.org", "https://b.org"), ""),
        ("https://a.org https://a.org", ("https://a.org",), ""),
    ],
)
def test_links_and_what_is_said_besides(text: str, links: tuple[str, ...], besides: str) -> None:
    said = words(text)
    assert (said.links, said.besides_links) == (links, besides)


def test_words_that_lead_somewhere() -> None:
    said = words("Who wrote that?", ("that", "https://a.org"))
    assert (said.links, said.besides_links) == (("https://a.org",), "Who wrote that?")
    alone = words("🚢 Here!", ("Here", "https://a.org"))
    assert (alone.links, alone.besides_links) == (("https://a.org",), "")
    assert words("Ann", ("Ann", "tg://user?id=5")).links == ()


@given(st.text(), st.text())
def test_what_stands_around_a_link_stays(before: str, behind: str) -> None:
    text = f"{before} https://a.org {behind}"
    offset = len(f"{before} ".encode("utf-16-le", "surrogatepass")) // 2
    entity = MessageEntity(MessageEntity.URL, offset, len("https://a.org"))
    said = Words(text, (entity,), text)
    assert said.of(entity) == "https://a.org"
    assert said.links == ("https://a.org",)
    left = "".join(said.without([entity]).text.split())
    assert left.strip(",:;") == "".join(f"{before}{behind}".split()).strip(",:;")
