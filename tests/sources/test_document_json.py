import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.document import Block, Document, Metadata
from index.sources.document_json import document_from_json, document_to_json
from tests.nasty_text import nasty_texts

MOMENT = datetime(2017, 6, 29, 9, 6, tzinfo=timezone(timedelta(hours=3)))


def there_and_back(document: Document) -> Document:
    return document_from_json(json.loads(json.dumps(document_to_json(document))))


@pytest.mark.parametrize("published", [None, date(2020, 5, 1), datetime(2020, 5, 1), MOMENT])
def test_all_of_it_comes_back(published: date | None) -> None:
    metadata = Metadata("A Tale", "Jane Doe", published, "News", "https://example.com/", "en")
    blocks = (Block("heading", "One", 1), Block("text", "Two."), Block("caption", "Three", 3))
    document = Document(blocks, metadata, "Menu\nOne", 2)
    assert there_and_back(document) == document
    assert type(there_and_back(document).metadata.published) is type(published)


@given(text=nasty_texts(), title=st.none() | nasty_texts())
def test_any_text_comes_back(text: str, title: str | None) -> None:
    document = Document((Block("text", text),), Metadata(title))
    assert there_and_back(document) == document


GOOD: dict[str, Any] = document_to_json(Document((Block("text", "One."),)))


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {},
        {**GOOD, "blocks": [["picture", "One.", None]]},
        {**GOOD, "blocks": [["text", 1, None]]},
        {**GOOD, "blocks": [["text", "One.", -1]]},
        {**GOOD, "blocks": [["text", "One."]]},
        {**GOOD, "hidden_passages": True},
        {**GOOD, "hidden_passages": "1"},
        {**GOOD, "published_text": 1},
        {**GOOD, "metadata": {**GOOD["metadata"], "published": "soon"}},
        {**GOOD, "metadata": {**GOOD["metadata"], "title": ["A"]}},
    ],
)
def test_anything_else_is_refused(bad: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        document_from_json(bad)
