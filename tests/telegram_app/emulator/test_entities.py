import pytest
from lo_bot_api_emulator import ApiRefusal  # type: ignore[import-untyped]

from tests.telegram_app.emulator.entities import (
    Entity,
    check_entities,
    check_text,
    clipped,
)

TEXT = "Ada 👩‍🚀 wrote it."


def entity(kind: str, offset: int, length: int, **more: str) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize("text", ["a" * 4096, "👍" * 2048, "two\nlines", "שלום"])
def test_texts_that_are_taken(text: str) -> None:
    assert check_text(text) == text


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " \n ",
        "a" * 4097,
        "👍" * 2049,
        " leading",
        "trailing\n",
        "bell\x07",
        "\u202ewrong",
    ],
)
def test_texts_that_are_refused(text: str | None) -> None:
    with pytest.raises(ApiRefusal):
        check_text(text)


@pytest.mark.parametrize(
    "entities",
    [
        [],
        [entity("bold", 0, 3)],
        [entity("bold", 4, 5)],
        [entity("expandable_blockquote", 0, 19), entity("bold", 0, 3), entity("italic", 0, 3)],
        [entity("expandable_blockquote", 0, 19), entity("code", 0, 3)],
        [entity("bold", 0, 3), entity("bold", 10, 5)],
        [entity("text_link", 0, 3, url="https://example.org/")],
    ],
)
def test_entities_that_are_taken(entities: list[Entity]) -> None:
    assert check_entities(TEXT, entities) == entities


@pytest.mark.parametrize(
    "entities",
    [
        "bold",
        [{"type": "bold", "offset": 0}],
        [entity("huge", 0, 3)],
        [entity("bold", 0, 3, url="https://example.org/")],
        [entity("text_link", 0, 3)],
        [entity("text_link", 0, 3, url="javascript:alert(1)")],
        [entity("bold", 0, 0)],
        [entity("bold", -1, 3)],
        [entity("bold", 0, 30)],
        [entity("bold", 5, 4)],
        [entity("bold", 0, 5)],
        [entity("bold", 0, 4)],
        [entity("bold", 0, 8), entity("italic", 4, 11)],
        [entity("bold", 0, 3), entity("bold", 0, 3)],
        [entity("blockquote", 0, 19), entity("expandable_blockquote", 0, 3)],
        [entity("bold", 0, 3), entity("code", 0, 3)],
        [entity("code", 0, 9), entity("blockquote", 0, 3)],
        [entity("bold", 0, 3)] * 101,
    ],
)
def test_entities_that_are_refused(entities: list[Entity]) -> None:
    with pytest.raises(ApiRefusal):
        check_entities(TEXT, entities)


def test_entities_of_a_piece() -> None:
    entities = [entity("bold", 0, 9), entity("italic", 10, 5)]
    assert clipped(entities, 4, 8) == [entity("bold", 0, 5), entity("italic", 6, 2)]
    assert clipped(entities, 15, 4) == []
