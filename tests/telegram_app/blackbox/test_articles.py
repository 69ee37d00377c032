"""People send articles of their own, by polling and by webhook, and ask them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.telegram_app import article_messages, messages
from bot.telegram_app.article_messages import OFFER_ASK, OFFER_READ
from tests.telegram_app.blackbox.conftest import Running
from tests.telegram_app.emulator.attachments import (
    Document,
    forward,
    paste,
    send_album,
    send_document,
)
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.people import Chat
from tests.telegram_app.emulator.world import BOT

HARBOUR = "Harbour of Vela reopens after the storm"
NAME = f"@{BOT['username']}"
MILL = Document(
    b"The Mill at Orsa\n\nThe old mill at Orsa was sold in 1999. Its wheel turns again.\n\n"
    b"A baker from Lund bought it for a symbolic price.\n",
    "mill.txt",
    "text/plain",
)
BRIDGE = Document(
    b"The Bridge of Tarn\n\nThe bridge of Tarn has eleven arches. It was painted green in 2005.\n",
    "bridge.md",
)


def read(chat: Chat, message: Message) -> Message:
    """Wait until what was sent is read; return the message that says so."""
    told = chat.reply_to(message)
    chat.wait_until(
        lambda: told.text is not None and not told.text.startswith(article_messages.READING),
        "it is read",
    )
    return told


def says_ready(message: Message) -> bool:
    return message.text is not None and message.text.endswith("Ask away.")


@pytest.fixture
def group(running: Running) -> Iterator[Chat]:
    """A group whose owner is the only administrator."""
    chat = running.person("Grace").group()
    chat.wait_for(1)
    yield chat


def test_a_link_becomes_the_chats_article(running: Running, chat: Chat) -> None:
    told = read(chat, chat.say(running.pages.url("/harbour")))
    assert told.text == (
        f"{HARBOUR}\nVela Post · Ines Halvorsen · 2 May 2024, 07:30\n"
        "1 hidden passage was ignored.\n91 words, 3 paragraphs. Ask away."
    )
    assert told.earlier[0] == article_messages.READING
    answer = chat.ask("Who spoke? «Nuno Ferraz»")
    assert answer.words("underline") == ["Nuno Ferraz"]
    assert answer.text is not None
    assert HARBOUR in answer.text
    # The publisher's page, at the sentence, which the page has.
    link = answer.button("Open at the sentence").value
    assert link.startswith(running.pages.url("/harbour") + "#:~:text=")
    # One message told of all of it.
    assert len(chat.from_bot) == 2


def test_a_link_with_a_question_is_read_and_asked(running: Running, chat: Chat) -> None:
    asked = chat.say(f"{running.pages.url('/harbour')} What is valid? «Tickets»")
    chat.wait_until(lambda: len(chat.replies_to(asked)) == 2, "read and answered")
    told, answer = chat.replies_to(asked)
    assert says_ready(told)
    assert answer.words("underline") == ["Tickets"]


def test_a_question_sent_right_behind_is_about_the_new_article(
    running: Running, chat: Chat
) -> None:
    running.pages.held.clear()
    chat.say(running.pages.url("/harbour"))
    asked = chat.say("How many? «forty metres»")
    # Whoever has asked elsewhere does not wait for the page.
    assert running.person().private_chat().ask("«1874»?").words("underline") == ["1874"]
    assert chat.replies_to(asked) == []
    running.pages.held.set()
    assert chat.reply_to(asked).words("underline") == ["forty metres"]


def test_a_document_and_the_question_below_it(chat: Chat) -> None:
    sent = send_document(chat, MILL, "Who bought it? «A baker»")
    chat.wait_until(lambda: len(chat.replies_to(sent)) == 2, "read and answered")
    told, answer = chat.replies_to(sent)
    assert told.text == "The Mill at Orsa\n23 words, 2 paragraphs. Ask away."
    assert answer.words("underline") == ["A baker"]


def test_documents_that_come_together_are_asked_together(chat: Chat) -> None:
    sent = send_album(chat, [MILL, BRIDGE], "«1999» «eleven arches»")
    # One message for each, one for both, and the answer.
    chat.wait_for(4)
    assert [says_ready(read(chat, one)) for one in sent] == [True, True]
    both = next(one for one in chat.from_bot if one.text == article_messages.all_ready(2))
    assert both.reply is not None
    answer = chat.from_bot[-1]
    assert answer.words("underline") == ["1999", "eleven arches"]
    assert answer.text is not None
    assert "The Mill at Orsa" in answer.text
    assert "The Bridge of Tarn" in answer.text


def test_a_forwarded_text_in_two_parts_is_one_article(chat: Chat) -> None:
    first, second = forward(
        chat,
        "The tower of Brel leans by two metres. " + "It has stood for long. " * 20,
        "It was straightened in 1970. " + "Many people came to see it. " * 20,
    )
    offer = chat.reply_to(first)
    assert offer.labels == [OFFER_READ, OFFER_ASK]
    assert chat.replies_to(second) == []
    chat.press(offer, OFFER_READ)
    chat.wait_until(lambda: says_ready(offer), "it is read")
    assert offer.labels == []
    assert chat.ask("When? «straightened in 1970»").words("underline") == ["straightened in 1970"]
    assert chat.ask("How? «two metres»").words("underline") == ["two metres"]
    assert len(chat.from_bot) == 3


def test_a_long_paste_that_telegram_has_cut_is_one_article(chat: Chat) -> None:
    text = "\n\n".join(
        f"Room {n} of the castle is called Hall {n}, and is empty." for n in range(120)
    )
    parts = paste(chat, text)
    assert len(parts) == 2
    offer = chat.reply_to(parts[0])
    chat.press(offer, OFFER_READ)
    chat.wait_until(lambda: says_ready(offer), "it is read")
    assert offer.text is not None
    assert "1,440 words, 120 paragraphs" in offer.text
    assert chat.ask("Which? «Hall 119»").words("underline") == ["Hall 119"]


def test_a_long_text_can_be_asked_as_well(chat: Chat) -> None:
    text = "I have read a lot about lighthouses. " * 20 + "When was this one built? «1874»"
    asked = chat.say(text)
    offer = chat.reply_to(asked)
    assert offer.text == article_messages.offer(146)
    chat.press(offer, OFFER_ASK)
    chat.wait_until(lambda: offer.is_deleted, "the offer is gone")
    (answer,) = chat.replies_to(asked)
    assert answer.words("underline") == ["1874"]


def test_a_short_forwarded_text_is_a_question(chat: Chat) -> None:
    (asked,) = forward(chat, "When was it built? «1874»")
    assert chat.reply_to(asked).words("underline") == ["1874"]


def test_choosing_among_the_chats_own(running: Running, chat: Chat) -> None:
    read(chat, send_document(chat, MILL))
    read(chat, send_document(chat, BRIDGE))
    chat.say("/articles")
    shown = chat.wait_for(3)[2]
    assert shown.labels == [
        *("✓ The Bridge of Tarn", "The Mill at Orsa", "All of them"),
        *("The Lighthouse of Vela", article_messages.REMOVE_ONE),
    ]
    chat.press(shown, "The Mill at Orsa")
    chat.wait_until(lambda: "✓ The Mill at Orsa" in shown.labels, "it is chosen")
    assert shown.text is not None
    assert shown.text.startswith("Questions here are about")
    assert chat.ask("«1999»?").words("underline") == ["1999"]
    chat.press(shown, "All of them")
    chat.wait_until(lambda: "✓ All of them" in shown.labels, "all are chosen")
    assert chat.ask("«eleven arches» «1999»").words("underline") == ["1999", "eleven arches"]
    chat.press(shown, "The Lighthouse of Vela")
    chat.wait_until(lambda: "✓ The Lighthouse of Vela" in shown.labels, "the default is chosen")
    assert chat.ask("«1874»?").words("underline") == ["1874"]


def test_going_back_to_the_default_article(chat: Chat) -> None:
    read(chat, send_document(chat, MILL))
    chat.say("/default")
    back = chat.wait_for(2)[1]
    assert back.words("bold") == ["The Lighthouse of Vela"]
    assert chat.ask("«1874»?").words("underline") == ["1874"]


def test_buttons_under_old_answers_open_their_article(chat: Chat) -> None:
    default = chat.ask("«1874»?")
    read(chat, send_document(chat, MILL))
    mill = chat.ask("«1999»?")
    read(chat, send_document(chat, BRIDGE))
    assert chat.press(default, "[1]").popup == (
        "[1] paragraph 1\nThe lighthouse of Vela was built in 1874."
    )
    assert chat.press(mill, "[1]").popup == (
        "[1] paragraph 1\nThe old mill at Orsa was sold in 1999."
    )
    chat.press(mill, "In context")
    chat.wait_until(lambda: mill.is_edited, "the context is shown")
    assert mill.text is not None
    assert "A baker from Lund" in mill.text
    chat.press(mill, "👍")
    chat.wait_until(lambda: "👍 ✓" in mill.labels, "the rating is shown")
    chat.say("/sources")
    chat.wait_until(lambda: "behind the last answer" in str(chat.from_bot[-1].text), "the sources")
    assert "sold in 1999" in str(chat.from_bot[-1].text)


def test_the_whole_article_is_the_one_that_is_asked(chat: Chat) -> None:
    read(chat, send_document(chat, MILL))
    chat.say("/article full")
    chat.wait_until(
        lambda: any(one.text == messages.FULL_ARTICLE_DONE for one in chat.from_bot), "posted"
    )
    posted = chat.from_bot[1]
    assert posted.text is not None
    assert posted.text.startswith("The Mill at Orsa\n")
    asked = chat.say("«1999»?")
    chat.wait_until(lambda: chat.from_bot[-1].message_id > asked.message_id, "answered")
    answer = chat.from_bot[-1]
    assert answer.reply is not None
    assert answer.reply.message_id == posted.message_id
    assert answer.reply.quote == "The old mill at Orsa was sold in 1999."


def test_an_article_that_was_removed(chat: Chat) -> None:
    read(chat, send_document(chat, MILL))
    answer = chat.ask("«1999»?")
    chat.say("/articles")
    shown = chat.wait_for(3)[2]
    chat.press(shown, article_messages.REMOVE_ONE)
    chat.wait_until(lambda: "🗑 The Mill at Orsa" in shown.labels, "what can be removed")
    chat.press(shown, "🗑 The Mill at Orsa")
    chat.wait_until(lambda: article_messages.REMOVE_YES in shown.labels, "it is asked back")
    press = chat.press(shown, article_messages.REMOVE_YES)
    assert press.popup == article_messages.REMOVED
    chat.wait_until(lambda: shown.labels == [], "the list is empty")
    for label in ("[1]", "In context", "👍"):
        assert chat.press(answer, label).popup == messages.ARTICLE_GONE
    # The chat asks the default article again.
    assert chat.ask("«1874»?").words("underline") == ["1874"]


def test_another_chats_article_cannot_be_had(
    running: Running, chat: Chat, refusals: list[str]
) -> None:
    # The list is shown again, and is the same.
    refusals.append("Bad Request: message is not modified")
    read(chat, send_document(chat, MILL))
    chat.say("/articles")
    shown = chat.wait_for(2)[1]
    other = running.person("Mallory").private_chat()
    other.say("/articles")
    empty = other.wait_for(1)[0]
    assert empty.text is not None
    assert empty.text.endswith(article_messages.NO_ARTICLES_YET)
    # Whoever makes a client say what stands on another chat's buttons gets nothing for it.
    use = shown.button("✓ The Mill at Orsa")
    for what in ("u", "x", "y"):
        button = replace(use, value=use.value.replace(":u:", f":{what}:"))
        with running.telegram.world.changed:
            empty.keyboard = ((button,),)
        assert other.press(empty, use.label).popup == article_messages.ARTICLE_IS_GONE
    assert other.ask("«1874»?").words("underline") == ["1874"]
    answer, mallory = chat.ask("«1999»?"), other.ask("«1931»?")
    with running.telegram.world.changed:
        mallory.keyboard = answer.keyboard
    assert other.press(mallory, "[1]").popup == messages.EXPIRED


def test_the_same_file_in_two_chats_is_each_ones_own(running: Running, chat: Chat) -> None:
    other = running.person("Bea").private_chat()
    for one in (chat, other):
        read(one, send_document(one, MILL))
    chat.say("/forget")
    question = chat.wait_for(2)[1]
    chat.press(question, messages.FORGET_YES)
    chat.wait_until(
        lambda: any(m.text == messages.FORGOTTEN for m in chat.from_bot), "it is forgotten"
    )
    chat.say("/articles")
    shown = chat.wait_for(3)[2]
    assert str(shown.text).endswith(article_messages.NO_ARTICLES_YET)
    assert chat.ask("«1874»?").words("underline") == ["1874"]
    assert other.ask("«1999»?").words("underline") == ["1999"]


def test_what_cannot_be_read_gets_one_sentence(running: Running, chat: Chat) -> None:
    missing = read(chat, chat.say(running.pages.url("/nowhere")))
    assert missing.text is not None
    assert "404" in missing.text or "no page" in missing.text.lower()
    zipped = read(chat, send_document(chat, Document(b"PK\x03\x04" + b"\0" * 60, "a.zip")))
    assert zipped.text is not None
    assert len(zipped.text.splitlines()) == 1
    assert chat.ask("«1874»?").words("underline") == ["1874"]


def test_a_file_that_telegram_does_not_hand_over(running: Running, chat: Chat) -> None:
    large = Document(b"", "book.pdf", "application/pdf", size=48_000_000)
    told = read(chat, send_document(chat, large))
    assert told.text == article_messages.too_large(48_000_000, 20_000_000)
    assert "20.0 MB" in str(told.text)
    assert [call for call in running.telegram.calls("getFile") if call.status != 200] == []


def test_what_was_sent_before_is_the_same(chat: Chat) -> None:
    read(chat, send_document(chat, MILL))
    again = read(chat, send_document(chat, MILL))
    assert article_messages.READY_AGAIN in str(again.text)
    chat.say("/articles")
    assert chat.wait_for(3)[2].labels == [
        *("✓ The Mill at Orsa", "The Lighthouse of Vela", article_messages.REMOVE_ONE)
    ]


def test_a_page_that_has_changed_is_read_anew(running: Running, chat: Chat) -> None:
    page = running.pages.pages["/harbour"]
    running.pages.pages["/changing"] = page
    first = read(chat, chat.say(running.pages.url("/changing")))
    assert says_ready(first)
    answer = chat.ask("«forty metres»")
    running.pages.pages["/changing"] = page.replace("forty metres", "fifty metres")
    second = read(chat, chat.say(running.pages.url("/changing")))
    assert article_messages.READY_CHANGED in str(second.text)
    assert chat.ask("«fifty metres»").words("underline") == ["fifty metres"]
    assert chat.press(answer, "[1]").popup == messages.ARTICLE_GONE


def test_in_a_group_only_what_is_for_the_bot_and_from_an_administrator(
    running: Running, group: Chat
) -> None:
    member = running.person("Mo")
    url = running.pages.url("/harbour")
    group.say(url)
    group.say(url, by=member)
    refused = group.say(f"{NAME} {url}", by=member)
    sentence = group.reply_to(refused).text
    assert sentence == article_messages.ONLY_ADMINISTRATORS_UPLOAD
    told = read(group, group.say(f"{NAME} {url}"))
    assert says_ready(told)
    assert group.say("«Tickets»?", reply_to=told)
    group.wait_until(lambda: group.from_bot[-1].words("underline") == ["Tickets"], "answered")
    # From the beginning: the greeting, the refusal, the article, the answer.
    assert len(group.from_bot) == 4


def test_in_a_group_the_command_reads_what_it_replies_to(running: Running, group: Chat) -> None:
    sent = send_document(group, MILL)
    group.say(f"/read{NAME}", reply_to=sent)
    group.wait_until(lambda: says_ready(group.from_bot[-1]), "it is read")
    assert group.from_bot[-1].reply is not None
    assert group.from_bot[-1].reply.message_id == sent.message_id
    group.say(f"/articles{NAME}")
    shown = group.wait_for(3)[2]
    press = group.press(shown, "The Lighthouse of Vela", by=running.person("Mo"))
    assert (press.popup, press.is_alert) == (article_messages.ONLY_ADMINISTRATORS_UPLOAD, True)
    assert "✓ The Mill at Orsa" in shown.labels


def test_a_group_that_becomes_a_supergroup_keeps_its_articles(
    running: Running, group: Chat
) -> None:
    sent = send_document(group, MILL, NAME)
    assert says_ready(read(group, sent))
    new = group.become_supergroup()
    answer = new.ask(f"{NAME} «1999»?")
    assert answer.words("underline") == ["1999"]


def test_nothing_to_read(chat: Chat) -> None:
    chat.say("/read")
    assert chat.wait_for(1)[0].text == article_messages.NOTHING_TO_READ
