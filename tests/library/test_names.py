import pytest
from hypothesis import given

from index.library.errors import LibraryError
from index.library.names import checked_name, made_name, name_key
from tests.library.articles import article_of
from tests.nasty_text import nasty_texts


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Tea House, Reopened!", "the-tea-house-reopened"),
        ("Чайный дом", "чайный-дом"),
        ("茶館の歴史", "茶館の歴史"),
        ("It's Ann's “house”", "it's-ann's-house"),
        ("word " * 20, "word-word-word-word-word-word-word-word"),
        ("x" * 50, "report"),
        ("…", "report"),
        (None, "report"),
    ],
)
def test_a_name_is_made_of_the_title_or_else_of_the_source(title: str | None, name: str) -> None:
    article = article_of("There are three words.", "/a/b/Report.pdf", title=title)

    assert made_name(article, ()) == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://tea.example/news/tea%20house.html?a=1#b", "tea-house"),
        ("https://tea.example/", "article"),
        ("C:\\a\\b.txt", "c-a-b"),
        ("", "article"),
        ("\udce9.txt", "article"),
    ],
)
def test_a_source_names_what_has_no_title(source: str, name: str) -> None:
    assert made_name(article_of("There are three words.", source), ()) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    article = article_of("There are three words.", "tea.txt")

    assert made_name(article, {"tea", "tea-2"}) == "tea-3"


@pytest.mark.parametrize(
    ("given_", "kept"),
    [("  Tea   house ", "Tea house"), ("Tea\u200bhouse\n2", "Teahouse 2"), ("a.b", "a.b")],
)
def test_a_chosen_name_is_kept_as_one_visible_line(given_: str, kept: str) -> None:
    assert checked_name(given_) == kept


@pytest.mark.parametrize("name", ["", " ", "-", "…", "a/b", "-a", ":a", ".a", "~a", "x" * 81])
def test_what_cannot_be_a_name_is_refused(name: str) -> None:
    with pytest.raises(LibraryError, match="^The name “"):
        checked_name(name)


def test_half_a_character_is_shown_as_a_question_mark() -> None:
    assert checked_name("a\ud800") == "a?"


@given(nasty_texts())
def test_every_made_name_could_have_been_chosen(title: str) -> None:
    made = made_name(article_of("There are three words.", "a", title=title), ())

    assert checked_name(made) == made
    assert name_key(made) == name_key(name_key(made))
