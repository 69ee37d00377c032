from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pipeline import QAPipeline
from bot.telegram_app import article_messages, messages
from bot.telegram_app.chat_articles import ALL
from tests.telegram_app.offline_bot import ANN, BOB, BOT, GROUP, PRIVATE, Json, button, labels
from tests.telegram_app.talk import Talk, talk_about

MILL = b"The Mill at Orsa\n\nThe old mill at Orsa was sold in 1999. Its wheel turns again.\n"
BRIDGE = b"The Bridge of Tarn\n\nThe bridge of Tarn has eleven arches of grey stone.\n"
DEFAULT = "ISIS extremists losing more ground in Iraq's Mosul"


@pytest.fixture
def talk(fake_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(fake_pipeline, tmp_path) as talk:
        yield talk


def shown(talk: Talk, *contents: bytes) -> Json:
    """Send articles; return the list of them."""
    for content in contents:
        talk.sends(content)
    talk.command("/articles")
    return talk.telegram.by_bot()[-1]


def now(talk: Talk, message: Json) -> Json:
    return talk.telegram.messages[message["chat"]["id"], message["message_id"]]


def test_a_chat_without_articles_is_told_how_to_have_some(talk: Talk) -> None:
    message = shown(talk)

    assert message["text"] == (
        f"Questions here are about \u2068{DEFAULT}\u2069.\n\n{article_messages.NO_ARTICLES_YET}"
    ).replace("\u2068", "").replace("\u2069", "")
    assert labels(message) == []


def test_the_chats_own_articles_the_newest_first(talk: Talk) -> None:
    message = shown(talk, MILL, BRIDGE)

    assert message["text"].splitlines() == [
        "Questions here are about The Bridge of Tarn.",
        "",
        article_messages.ARTICLES_TITLE,
        "• The Bridge of Tarn · 10 words",
        "• The Mill at Orsa · 13 words",
    ]
    assert labels(message) == [
        ["✓ The Bridge of Tarn"],
        ["The Mill at Orsa"],
        ["All of them"],
        [DEFAULT],
        [article_messages.REMOVE_ONE],
    ]


def test_one_article_is_not_offered_as_all(talk: Talk) -> None:
    assert ["All of them"] not in labels(shown(talk, MILL))


def test_choosing_changes_what_is_asked(talk: Talk) -> None:
    message = shown(talk, MILL, BRIDGE)
    for label, asks in (("All of them", ALL), (DEFAULT, None)):
        talk.press(message, label)
        assert talk.run(talk.store.asks(7)) == asks
        assert f"✓ {label}" in [one for row in labels(now(talk, message)) for one in row]
    talk.press(message, "The Mill at Orsa")

    assert now(talk, message)["text"].startswith("Questions here are about The Mill at Orsa.")
    assert talk.popups() == [None] * 3
    assert talk.run(talk.services.articles.subject(7)).entries[0].title == "The Mill at Orsa"


def test_removing_asks_back(talk: Talk) -> None:
    message = shown(talk, MILL, BRIDGE)
    talk.press(message, article_messages.REMOVE_ONE)
    assert now(talk, message)["text"] == message["text"]
    assert labels(now(talk, message)) == [
        ["🗑 The Bridge of Tarn"],
        ["🗑 The Mill at Orsa"],
        [article_messages.BACK],
    ]
    talk.press(message, article_messages.BACK)
    assert labels(now(talk, message)) == labels(message)
    talk.press(message, article_messages.REMOVE_ONE)
    talk.press(message, "🗑 The Bridge of Tarn")
    asked = now(talk, message)
    assert asked["text"].startswith("Remove The Bridge of Tarn from this chat?")
    assert labels(asked) == [[article_messages.REMOVE_YES, article_messages.REMOVE_NO]]
    talk.press(asked, article_messages.REMOVE_NO)
    assert labels(now(talk, message)) == labels(message)
    talk.press(message, article_messages.REMOVE_ONE)
    talk.press(message, "🗑 The Bridge of Tarn")
    talk.press(now(talk, message), article_messages.REMOVE_YES)

    assert labels(now(talk, message)) == [
        ["The Mill at Orsa"],
        [f"✓ {DEFAULT}"],
        [article_messages.REMOVE_ONE],
    ]
    assert talk.popups()[-1] == article_messages.REMOVED
    assert talk.run(talk.store.asks(7)) is None


def test_a_button_of_a_removed_article_says_so(talk: Talk) -> None:
    message = shown(talk, MILL)
    use = button(message, "✓ The Mill at Orsa")["callback_data"]
    talk.press(message, article_messages.REMOVE_ONE)
    remove = button(now(talk, message), "🗑 The Mill at Orsa")["callback_data"]
    talk.press(message, "🗑 The Mill at Orsa")
    yes = button(now(talk, message), article_messages.REMOVE_YES)["callback_data"]
    for data in (yes, yes, remove, use):
        talk.press_data(data, now(talk, message))

    assert talk.popups()[2:] == [
        article_messages.REMOVED,
        *[article_messages.ARTICLE_IS_GONE] * 3,
    ]


def test_the_id_of_another_chats_article_is_worth_nothing(talk: Talk) -> None:
    message = shown(talk, MILL)
    talk.telegram.administrators = [ANN]
    elsewhere = talk.telegram.put(GROUP, BOT, "Elsewhere")
    use = button(message, "✓ The Mill at Orsa")["callback_data"]
    for data in (use, use.replace(":u:", ":x:"), use.replace(":u:", ":y:")):
        talk.press_data(data, elsewhere)

    assert talk.popups() == [article_messages.ARTICLE_IS_GONE] * 3
    assert talk.run(talk.store.asks(GROUP["id"])) is None
    assert len(talk.run(talk.services.articles.entries(7))) == 1


def test_the_default_article_again(talk: Talk) -> None:
    talk.sends(MILL)
    talk.command("/default")

    assert talk.telegram.by_bot()[-1]["text"] == f"Questions here are about {DEFAULT}."
    assert talk.run(talk.store.asks(7)) is None


def test_in_a_group_whoever_may_not_changes_nothing(talk: Talk) -> None:
    talk.telegram.administrators = [ANN]
    replied = talk.telegram.put(GROUP, BOT, "Hello")
    talk.sends(MILL, chat=GROUP, reply_to_message=replied)
    talk.command("/articles", GROUP)
    message = talk.telegram.by_bot(GROUP["id"])[-1]
    before = talk.run(talk.store.asks(GROUP["id"]))
    talk.press(message, DEFAULT, person=BOB)
    talk.command("/default", GROUP, person=BOB)

    assert talk.popups() == [article_messages.ONLY_ADMINISTRATORS_UPLOAD]
    said = talk.telegram.by_bot(GROUP["id"])[-1]["text"]
    assert said == article_messages.ONLY_ADMINISTRATORS_UPLOAD
    assert talk.run(talk.store.asks(GROUP["id"])) == before


@pytest.mark.parametrize("command", ["/articles", "/default"])
@pytest.mark.parametrize(
    ("setting", "refusal"),
    [
        ({"allow_uploads": False}, article_messages.UPLOADS_ARE_OFF),
        ({"allowed_users": frozenset({1})}, messages.NOT_ALLOWED),
    ],
)
def test_where_there_is_nothing_to_choose(
    command: str, setting: Json, refusal: str, fake_pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(fake_pipeline, tmp_path, **setting) as talk:
        talk.command(command)

        assert [one["text"] for one in talk.telegram.by_bot()] == [refusal]


def test_a_button_from_before_articles_were_switched_off(
    fake_pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(fake_pipeline, tmp_path, allow_uploads=False) as talk:
        talk.press_data("v1:a:a", talk.telegram.put(PRIVATE, BOT, "Old"))

        assert talk.popups() == [article_messages.UPLOADS_ARE_OFF]


def test_a_long_title_is_cut(talk: Talk) -> None:
    message = shown(talk, f"{'Title ' * 14}\n\nThe mill was sold in 1999.\n".encode())

    label = labels(message)[0][0]
    assert label.startswith("✓ Title Title")
    assert label.endswith("…")
    assert len(label) <= 42
