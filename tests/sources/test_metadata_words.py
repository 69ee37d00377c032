import pytest

from index.sources.metadata_words import real_author, real_title


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A Tale of  Two\nCities", "A Tale of Two Cities"),
        ("Microsoft Word - A Tale", "A Tale"),
        ("Microsoft Word - tale_v2.docx", None),
        ("tale final.doc", None),
        ("paper.dvi", None),
        ("Untitled", None),
        ("Untitled-1", None),
        ("Document 3", None),
        ("PowerPoint Presentation", None),
        ("", None),
        (None, None),
        ("Node.js in Practice", "Node.js in Practice"),
        ("The U.S.", "The U.S."),
    ],
)
def test_a_title_that_a_person_gave(title: str | None, expected: str | None) -> None:
    assert real_title(title) == expected


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Jane  Doe", "Jane Doe"),
        ("Jane Doe; John Roe ;", "Jane Doe, John Roe"),
        ("Microsoft Office User", None),
        ("Windows User", None),
        ("admin; Jane Doe", "Jane Doe"),
        ("python-docx", None),
        ("", None),
        (None, None),
    ],
)
def test_an_author_who_is_a_person(author: str | None, expected: str | None) -> None:
    assert real_author(author) == expected
