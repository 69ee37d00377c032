import pytest

from tests.sources.html.pages import BODY, SENTENCES, article, page, read, texts


def test_paragraphs_in_order_without_the_headline() -> None:
    document = read(article())
    assert texts(document) == list(SENTENCES)
    assert texts(document, "heading") == []
    assert document.metadata.title == "The ferry sails again"


@pytest.mark.parametrize(
    "furniture",
    [
        "<div>Advertisement</div>",
        "<p>Anzeige</p>",
        '<p>Read also: <a href="/x">The bridge that nobody wanted to cross</a></p>',
        "<aside><h3>More</h3><p>All that you need to know about rudders and bars.</p></aside>",
        '<div class="share-bar"><a>Share</a><a>Save</a></div>',
        '<div class="newsletter">Get the news each morning, in your mailbox, for nothing.</div>',
        "<blockquote>it lost its rudder on the bar</blockquote>",
        "<div>3 min</div>",
        "<time>12:04</time>",
        '<form>Subscribe to our newsletter <input type="submit"></form>',
    ],
)
def test_what_stands_between_the_paragraphs_is_left_out(furniture: str) -> None:
    assert texts(read(article(furniture))) == list(SENTENCES)


@pytest.mark.parametrize(
    ("inside", "kind", "expected"),
    [
        ("<h2>The bar</h2>", "heading", ["The bar"]),
        ("<p><b>The bar</b></p>", "heading", ["The bar"]),
        ("<figure><img><figcaption>The bar</figcaption></figure>", "caption", ["The bar"]),
        ("<ul><li>Oak</li><li>Ash</li></ul>", "text", ["Oak", "Ash"]),
        ("<pre>x = 1\ny = 2</pre>", "text", ["x = 1 y = 2"]),
        (
            "<table><tr><th>Boat</th><th>m</th></tr><tr><td>Ada</td><td>9</td></tr></table>",
            "text",
            ["Boat | m", "Ada | 9"],
        ),
        ("<p>One of them.<br><br>And one more.</p>", "text", ["One of them.", "And one more."]),
    ],
)
def test_what_belongs_to_the_article_is_kept_as_what_it_is(
    inside: str, kind: str, expected: list[str]
) -> None:
    found = texts(read(article(inside)), kind)
    assert [text for text in found if text not in SENTENCES] == expected


def test_a_heading_without_a_section_is_left_out() -> None:
    document = read(article("<h2>Gallery</h2><h2>The bar</h2>"))
    assert texts(document, "heading") == ["The bar"]


def test_a_standfirst_and_a_caption_before_the_body_stay_and_the_byline_goes() -> None:
    standfirst = "After seven months in the yard it leaves on the first of May"
    document = read(
        page(
            "<h1>The ferry sails again</h1>"
            f'<div class="standfirst">{standfirst}</div>'
            '<p class="byline">By Ada Moss, Harbour Editor</p><p>5 March 2024 10:15 · 3 min</p>'
            f"<figure><img><figcaption>The ferry</figcaption></figure><article>{BODY}</article>"
        )
    )
    assert texts(document) == [standfirst, *SENTENCES]
    assert texts(document, "caption") == ["The ferry"]
    assert document.metadata.author == "Ada Moss"
    assert document.metadata.published is not None


def test_names_that_would_leave_out_most_of_the_text_are_not_believed() -> None:
    parts = "".join(f'<div class="donation">{one}</div>' for one in BODY.split("</p>") if one)
    document = read(page(f"<h1>The ferry sails again</h1><main>{parts}</main>"))
    assert texts(document) == list(SENTENCES)


def test_comments_end_the_article() -> None:
    comments = "<h3>2 comments</h3><p>I like this ferry very much, and its rudder too, I do.</p>"
    document = read(page(f"<div><h1>The ferry sails again</h1>{BODY * 2}{comments}</div>"))
    assert texts(document) == list(SENTENCES)


def test_menus_cookie_banners_and_related_links_around_it_are_left_out() -> None:
    document = read(
        page(
            '<div class="cookie-banner"><p>We use cookies as everybody does, for you.</p></div>'
            '<nav><a href="/">Home</a><a href="/x">Ferries</a></nav>'
            f"<main><h1>The ferry sails again</h1>{BODY}</main>"
            '<section class="related"><h2>Related</h2><p>The bridge that nobody wanted is open.</p>'
            "</section><footer><p>© 2024 The News. All rights are reserved by us.</p></footer>"
        )
    )
    assert texts(document) == list(SENTENCES)
    assert document.published_text is not None
    assert document.published_text.split("\n")[0].startswith("We use cookies")


def test_a_program_is_one_block_and_a_button_is_none() -> None:
    inside = "<h2>Use <button>Copy</button></h2><pre><code>a = 1\n\nb = 2</code></pre>"
    document = read(article(inside))
    assert texts(document, "heading") == ["Use"]
    assert "a = 1 b = 2" in texts(document)


def test_a_mail_ends_at_its_signature() -> None:
    text = "Hello all,\n\nthe scheduler waits for a lock that nobody ever gives back.\n\n-- \nAda"
    document = read(page(f"<h1>[dev] Scheduler</h1><b>Ada Moss</b><hr><pre>{text}</pre>"))
    assert texts(document) == [
        "Hello all,",
        "the scheduler waits for a lock that nobody ever gives back.",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One short sentence.</p>", ["One short sentence."]),
        ("Just words", ["Just words"]),
        ("<ul><li>milk</li><li>bread and butter</li></ul>", ["milk", "bread and butter"]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
            ["a | b", "c | d"],
        ),
        (
            "<p>a word</p><details><summary>b</summary><p>c d e</p></details>",
            ["a word", "b", "c d e"],
        ),
    ],
)
def test_little_text_is_text_too(body: str, expected: list[str]) -> None:
    assert texts(read(page(body, ""))) == expected
