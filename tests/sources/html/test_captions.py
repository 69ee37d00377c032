import pytest

from index.sources.html.captions import is_caption
from tests.sources.html.pages import tree


@pytest.mark.parametrize(
    "body",
    [
        "<figcaption>The ferry</figcaption>",
        "<table><caption>Boats</caption></table>",
        '<p class="wp-caption-text">The ferry</p>',
        '<div class="article__caption">The ferry</div>',
        '<div class="cap">The ferry</div>',
        "<div align=center><img><br><i>The ferry</i></div>",
        "<center><a><img></a><span>The ferry</span></center>",
    ],
)
def test_what_stands_below_a_picture(body: str) -> None:
    assert any(is_caption(element) for element in tree(body).iter("*"))


@pytest.mark.parametrize(
    "body",
    [
        '<p class="has-drop-cap">The ferry</p>',
        "<div>Before <img> and behind</div>",
        "<div><img> The ferry sails.</div>",
        "<div><img><h3>The ferry sails</h3></div>",
        "<div><img><a href=x>The ferry sails</a></div>",
        f'<div class="caption">{"word " * 100}</div>',
        f"<div><img><p>{'word ' * 100}</p></div>",
    ],
)
def test_what_does_not(body: str) -> None:
    assert not any(is_caption(element) for element in tree(body).iter("*"))
