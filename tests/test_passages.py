from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, ReadLimits, article_from_bytes, article_from_document
from index.embedding import HashedWordsModel
from index.errors import ArticleError
from index.passages import Passage, split_passages
from index.sentences import split_sentences
from index.sources.document import Block, Document
from index.spans import Span
from tests.nasty_text import HEADER_PIECES, MARKDOWN_PIECES, nasty_texts

SPECIAL = 2


def words(texts: Sequence[str]) -> list[int]:
    return HashedWordsModel().count_tokens(texts)


def code_points(texts: Sequence[str]) -> list[int]:
    return [len(text) + SPECIAL for text in texts]


def more_when_joined(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) + text.count(". ") * 3 + SPECIAL for text in texts]


COUNTERS: list[Callable[[Sequence[str]], list[int]]] = [words, code_points, more_when_joined]


def read(text: str, *, markdown: bool = False) -> Article:
    return article_from_bytes(text.encode(), "text", markdown=markdown, limits=ReadLimits(10**9, 1))


def cut(text: str, max_tokens: int, *, markdown: bool = False) -> list[tuple[int, str]]:
    passages = split_passages(read(text, markdown=markdown), words, max_tokens)
    return [(passage.paragraph, passage.text) for passage in passages]


def test_a_passage_is_as_many_whole_sentences_as_fit() -> None:
    text = "One two three. Four five six. Seven eight. Nine ten eleven."
    assert cut(text, 8 + SPECIAL) == [
        (1, "One two three. Four five six. Seven eight."),
        (1, "Nine ten eleven."),
    ]
    assert cut(text, 7 + SPECIAL) == [
        (1, "One two three. Four five six."),
        (1, "Seven eight. Nine ten eleven."),
    ]


def test_a_passage_names_its_sentences() -> None:
    text = "One two three. Four five six.\n\nSeven eight."
    assert split_passages(read(text), words, 64) == (
        Passage("One two three. Four five six.", 0, 29, 1, (Span(0, 14), Span(15, 29))),
        Passage("Seven eight.", 31, 43, 2, (Span(31, 43),)),
    )


def test_a_passage_never_reaches_over_the_end_of_its_paragraph() -> None:
    assert cut("One two.\n\nThree four.\n\nFive six.", 64) == [
        (1, "One two."),
        (2, "Three four."),
        (3, "Five six."),
    ]


def test_the_header_lines_are_left_out() -> None:
    assert cut("A Tale\n\nBy Jane Doe\n\nIt was the best of times.", 64) == [
        (1, "It was the best of times.")
    ]


def test_a_heading_goes_with_the_passage_that_follows() -> None:
    text = "One two. Three.\n\n# Four\n\n## Five\n\nSix seven. Eight.\n\n# Nine"
    article = read(text, markdown=True)
    passages = split_passages(article, words, 64)
    assert [(passage.paragraph, passage.text) for passage in passages] == [
        (1, "One two. Three."),
        (2, "Four\n\nFive\n\nSix seven. Eight."),
        (3, "Nine"),
    ]
    assert [[article.quote(span) for span in passage.sentences] for passage in passages] == [
        ["One two.", "Three."],
        ["Six seven.", "Eight."],
        [],
    ]


def test_only_a_sentence_that_is_too_long_is_cut_and_at_a_clause() -> None:
    text = "One two. A b c d, e f g h i j; k l m n o. Three four."
    assert cut(text, 11 + SPECIAL) == [
        (1, "One two."),
        (1, "A b c d, e f g h i j;"),
        (1, "k l m n o. Three four."),
    ]


def test_a_sentence_without_clauses_is_cut_between_words() -> None:
    assert cut("One two three four five six seven eight", 4 + SPECIAL) == [
        (1, "One two three four"),
        (1, "five six seven eight"),
    ]


def test_a_word_that_is_too_long_is_cut_anywhere() -> None:
    passages = cut("w" * 1000, 20 + SPECIAL)
    assert "".join(text for _, text in passages) == "w" * 1000
    assert max(len(text) for _, text in passages) < 210  # ten code points count as a token


def test_a_letter_is_not_parted_from_its_marks() -> None:
    letter = "x\u0301\u0323"
    for _, text in cut(letter * 400, 20 + SPECIAL):
        assert text[0] == "x"


def test_a_letter_with_any_number_of_marks_is_cut_all_the_same() -> None:
    text = "x" + "\u0301" * 5000
    assert "".join(piece for _, piece in cut(text, 20 + SPECIAL)) == text


def test_sentences_are_cut_by_the_rules_of_the_articles_language() -> None:
    text = "Das Werk kostet 1,2 Mio. Euro. Die Stadt hat es im Mai beschlossen, wie sie sagt."
    (passage,) = split_passages(read(text), words, 100)
    assert [text[span.start : span.end] for span in passage.sentences] == [
        "Das Werk kostet 1,2 Mio. Euro.",
        "Die Stadt hat es im Mai beschlossen, wie sie sagt.",
    ]


def test_a_caption_is_a_passage_of_its_own() -> None:
    document = Document((Block("text", "One came."), Block("caption", "Two left. Three stayed.")))
    article = article_from_document(document, source="a", sha256="", limits=ReadLimits(100, 1))
    found = split_passages(article, words, 100)
    assert [(each.paragraph, each.text, len(each.sentences)) for each in found] == [
        (1, "One came.", 1),
        (2, "Two left. Three stayed.", 2),
    ]


def test_a_limit_without_room_for_a_word_is_an_error() -> None:
    with pytest.raises(ValueError, match="max_tokens must exceed the 2 special tokens, not 2"):
        split_passages(read("One."), words, 2)


def test_the_default_article_is_cut_into_whole_sentences(default_article: Article) -> None:
    passages = split_passages(default_article, words, 64)
    sentences = [
        sentence
        for part in default_article.paragraphs
        for sentence in split_sentences(default_article.text, Span(part.start, part.end))
    ]
    assert [span for passage in passages for span in passage.sentences] == sentences
    assert {passage.paragraph for passage in passages} == {
        part.number for part in default_article.paragraphs
    }


@given(
    text=nasty_texts(*HEADER_PIECES, *MARKDOWN_PIECES),
    markdown=st.booleans(),
    count_tokens=st.sampled_from(COUNTERS),
    max_tokens=st.integers(SPECIAL + 4, 40),
)
def test_passages_are_the_articles_own_words(
    text: str, markdown: bool, count_tokens: Callable[[Sequence[str]], list[int]], max_tokens: int
) -> None:
    try:
        article = read(text, markdown=markdown)
    except ArticleError:
        return
    passages = split_passages(article, count_tokens, max_tokens)
    assert [passage.text for passage in passages] == [
        article.text[passage.start : passage.end] for passage in passages
    ]
    assert all(passage.text for passage in passages)
    ends = [end for passage in passages for end in (passage.start, passage.end)]
    assert ends == sorted(ends)
    # Every character of the body is in a passage.
    body = {place for part in article.paragraphs for place in range(part.start, part.end)}
    bare = {place for place in body if not article.text[place].isspace()}
    held = {place for passage in passages for place in range(passage.start, passage.end)}
    assert bare <= held
    # Every passage is read whole.
    assert [n for n in count_tokens([passage.text for passage in passages]) if n > max_tokens] == []
    for passage in passages:
        ends = [end for span in passage.sentences for end in (span.start, span.end)]
        assert ends == sorted(ends)
        assert all(passage.start <= end <= passage.end for end in ends)
        assert all(span.start < span.end for span in passage.sentences)


@given(text=nasty_texts(), max_tokens=st.integers(SPECIAL + 4, 40))
def test_sentences_hold_every_character_of_a_plain_text(text: str, max_tokens: int) -> None:
    try:
        article = read(text)
    except ArticleError:
        return
    passages = split_passages(article, words, max_tokens)
    sentences = [span for passage in passages for span in passage.sentences]
    places = [place for span in sentences for place in range(span.start, span.end)]
    bare = [place for place in places if not article.text[place].isspace()]
    body = range(article.paragraphs[0].start, len(article.text))
    assert bare == [place for place in body if not article.text[place].isspace()]
