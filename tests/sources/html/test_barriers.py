import pytest

from index.sources.errors import NothingToReadError
from tests.sources.html.pages import SENTENCES, article, page, read, texts

PASSWORD = '<form><label>Password</label><input type="password"><button>Log in</button></form>'
NOT_FREE = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry sails again",'
    '"isAccessibleForFree":false%s}</script>'
)
SUBSCRIBE = '<div class="paywall"><p>Subscribe to continue reading this article.</p></div>'
LONG = "".join(f"<p>Boat number {n} was built in the year {1800 + n}.</p>" for n in range(30))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (page(f"<h1>Log in</h1>{PASSWORD}<p>Forgot your password?</p>"), "login"),
        (article(SUBSCRIBE), "paywall"),
        (article("<p>Already a subscriber? Sign in.</p>", NOT_FREE % ""), "paywall"),
        (article("", NOT_FREE % ',"wordCount":900'), "paywall"),
        (page(""), "empty"),
        (page("<nav><a href=x>Home</a></nav>"), "empty"),
        (page("<p hidden>Nothing that anybody could see.</p>"), "empty"),
        (page('<noscript>Enable JavaScript.</noscript><div id="root"></div>'), "empty"),
        (page('<div id="root"></div><script src="x"></script>'), "empty"),
        (page("<p>Checking your browser.</p>", "<title>Just a moment...</title>"), "empty"),
        ("<frameset><frame src=x></frameset>", "empty"),
    ],
)
def test_a_page_that_keeps_its_article_back_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NothingToReadError) as refusal:
        read(text)
    assert refusal.value.reason == reason


def test_a_page_for_scripts_is_refused_with_a_sentence_of_its_own() -> None:
    with pytest.raises(NothingToReadError, match="Save the page in a browser"):
        read(page('<noscript>Enable JavaScript.</noscript><div id="root"></div>'))


@pytest.mark.parametrize(
    "text",
    [
        article("", ""),
        article(PASSWORD),
        article("", NOT_FREE % ""),
        article("", NOT_FREE % ',"wordCount":50'),
        article(f"{LONG}{SUBSCRIBE}"),
        article("<noscript>Enable JavaScript to comment.</noscript>"),
        article("<p>Subscribe to continue reading our newsletter.</p>"),
    ],
)
def test_a_page_that_shows_an_article_is_read(text: str) -> None:
    assert set(SENTENCES) <= set(texts(read(text)))
