import pytest

from index.sources.html.regions import article_region, is_aside, is_elsewhere, name_words
from tests.sources.html.pages import tree


@pytest.mark.parametrize(
    "body",
    [
        "<nav>x</nav>",
        "<aside>x</aside>",
        '<div role="navigation">x</div>',
        '<div class="related-links">x</div>',
        '<ul class="js_ShareBar">x</ul>',
        '<div id="newsletter-signup">x</div>',
        '<section class="post-comments">x</section>',
        '<div class="ad">x</div>',
    ],
)
def test_what_stands_beside_an_article(body: str) -> None:
    assert is_aside(tree(body).find("body")[0])


@pytest.mark.parametrize(
    "body",
    [
        "<div>x</div>",
        '<p class="author-note">x</p>',
        '<aside class="admonition note">x</aside>',
        '<section id="related-work">x</section>',
        '<div class="shadow header-adjacent">x</div>',
    ],
)
def test_what_may_belong_to_it(body: str) -> None:
    assert not is_aside(tree(body).find("body")[0])


def test_names_are_taken_apart() -> None:
    element = tree('<div class="js_shareBar article__body" id="mainText">x</div>').find(".//div")
    assert name_words(element) == {"js", "share", "bar", "article", "body", "main", "text"}


def test_the_region_of_an_article_leaves_out_what_is_of_others() -> None:
    root = tree(
        '<main><div class="head">a</div><div><p id="p">b</p><p>c</p></div>'
        '<div class="related"><time>d</time></div></main><footer>e</footer>'
    )
    region = article_region([root.find(".//p"), root.findall(".//p")[1]])
    assert [element.tag for element in region] == ["main", "div", "div", "p", "p"]
    assert is_elsewhere(root.find(".//div[@class='related']"))
