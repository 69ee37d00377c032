import httpx
import pytest

from tests.telegram_app.emulator.attachments import (
    CHANNEL,
    Document,
    client_parts,
    forward,
    paste,
    send_album,
    send_document,
)
from tests.telegram_app.emulator.bot_api import DOWNLOAD
from tests.telegram_app.emulator.conftest import Api
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.people import Chat, Person
from tests.telegram_app.emulator.world import TOKEN


def download(telegram: EmulatedTelegram, path: str, token: str = TOKEN) -> httpx.Response:
    return httpx.get(f"{telegram.environment['TELEGRAM_BASE_FILE_URL']}{token}/{path}")


def test_a_document_is_downloaded_by_its_id(
    api: Api, chat: Chat, telegram: EmulatedTelegram
) -> None:
    send_document(chat, Document(b"words", "a.txt", "text/plain"), "Read https://a.org/b, please")
    told = api("getUpdates")["result"][0]["message"]
    document = told["document"]
    assert (document["file_name"], document["mime_type"]) == ("a.txt", "text/plain")
    assert document["file_size"] == 5
    assert told["caption_entities"] == [{"type": "url", "offset": 5, "length": 15}]
    file = api("getFile", file_id=document["file_id"])["result"]
    assert download(telegram, file["file_path"]).content == b"words"
    assert download(telegram, file["file_path"], "1:x").status_code == 404
    assert [call.status for call in telegram.calls(DOWNLOAD)] == [200, 404]


def test_a_file_that_is_too_big_is_not_handed_over(api: Api, chat: Chat) -> None:
    send_document(chat, Document(b"", size=20_000_001))
    file_id = api("getUpdates")["result"][0]["message"]["document"]["file_id"]
    assert api("getFile", file_id=file_id)["description"] == "Bad Request: file is too big"
    assert api("getFile", file_id="x")["ok"] is False


def test_a_download_fails_as_a_test_wants_it(
    api: Api, chat: Chat, telegram: EmulatedTelegram
) -> None:
    send_document(chat, Document(b"words"))
    file_id = api("getUpdates")["result"][0]["message"]["document"]["file_id"]
    path = api("getFile", file_id=file_id)["result"]["file_path"]
    telegram.make(Fault(DOWNLOAD, status=502))
    assert [download(telegram, path).status_code for _ in range(2)] == [502, 200]


def test_an_album_has_one_caption(api: Api, chat: Chat) -> None:
    send_album(chat, [Document(b"1"), Document(b"2")], "Which?")
    first, second = (update["message"] for update in api("getUpdates")["result"])
    assert first["media_group_id"] == second["media_group_id"]
    assert ("caption" in first, second["caption"]) == (False, "Which?")


def test_forwarded_messages_come_together(api: Api, chat: Chat) -> None:
    forward(chat, "One.", "Two.")
    told = [update["message"] for update in api("getUpdates")["result"]]
    assert [one["text"] for one in told] == ["One.", "Two."]
    assert [one["forward_origin"] for one in told] == [CHANNEL, CHANNEL]
    assert told[0]["date"] == told[1]["date"]


@pytest.mark.parametrize("glue", ["\n\n", "\n", ". ", " ", ""])
def test_a_long_paste_is_cut_where_it_hurts_least(chat: Chat, glue: str) -> None:
    text = glue.join(["word" * 250] * 6)
    parts = client_parts(text)
    assert len(parts) == 2
    assert max(map(len, parts)) <= 4096
    assert [one.text for one in paste(chat, text)] == parts
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("/read https://a.org", ["bot_command", "url"]),
        ("see example.org.", ["url"]),
        ("http://127.0.0.1:80/a?b=c#d", ["url"]),
        ("README.md and e.g. this 3.5", ["url"]),
        ("mail ann@example.org", []),
        ("@ann_b?", ["mention"]),
    ],
)
def test_what_is_found_in_typed_words(chat: Chat, words: str, kinds: list[str]) -> None:
    assert [entity["type"] for entity in chat.say(words).entities] == kinds


def test_the_owner_of_a_group_is_its_administrator(api: Api, ada: Person) -> None:
    group = ada.group()
    told = api("getChatAdministrators", chat_id=group.id)["result"]
    assert [one["user"]["id"] for one in told] == [ada.id]
    assert api("getChatAdministrators", chat_id=ada.private_chat().id)["ok"] is False


def test_a_document_in_a_group_is_hidden_unless_it_is_for_the_bot(api: Api, ada: Person) -> None:
    group = ada.group()
    send_document(group, Document(b"1"))
    send_document(group, Document(b"2"), "@emulated_article_bot")
    told = [update["message"] for update in api("getUpdates")["result"] if "message" in update]
    assert [one.get("caption") for one in told] == ["@emulated_article_bot"]
