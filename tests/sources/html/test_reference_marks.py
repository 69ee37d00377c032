import pytest

from index.sources.html.reference_marks import strip_reference_marks
from tests.sources.html.pages import tree


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('Paris<sup class="reference"><a href="#n1">[1]</a></sup> is', "Paris is"),
        ('Paris<sup><a href="#n1">1</a></sup> is', "Paris is"),
        ("Paris<sup>[citation needed]</sup> is", "Paris is"),
        ('Paris<a class="footnote-anchor" href="#footnote-1">1</a> is', "Paris is"),
        ('Paris<a href="#fn:1">*</a> is', "Paris is"),
        ('Paris [<a href="#B1">[2]</a>] is', "Paris [] is"),
        ('<h2>History<span class="mw-editsection">[<a>edit</a>]</span></h2>', "History"),
        ('<h2>History<a class="headerlink" href="#history">¶</a></h2>', "History"),
        ('<h2>History<a href="#history">#</a></h2>', "History"),
        ("x<sup>2</sup> and H<sub>2</sub>O", "x2 and H2O"),
        ('the 5<sup>th</sup> of <a href="#may">May</a>', "the 5th of May"),
        ('see <a class="reference internal" href="#x">the next page</a>', "see the next page"),
        ('chapter <a href="#chapter-2">2</a>', "chapter 2"),
    ],
)
def test_marks_go_and_words_stay(body: str, expected: str) -> None:
    root = tree(body)
    strip_reference_marks(root)
    assert root.find("body").text_content() == expected
