import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.telegram_app.emulator.conftest import Api
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import PHOTO, Chat, Person


def texts(answer: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


def test_updates_come_until_they_are_confirmed(api: Api, chat: Chat) -> None:
    for text in "abc":
        chat.say(text)
    first = api("getUpdates", limit=2)
    assert (texts(first), texts(api("getUpdates"))) == (["a", "b"], ["a", "b", "c"])
    confirmed = first["result"][-1]["update_id"] + 1
    assert texts(api("getUpdates", offset=confirmed)) == ["c"]
    assert texts(api("getUpdates")) == ["c"]


def test_a_poll_waits_for_an_update(api: Api, chat: Chat) -> None:
    with ThreadPoolExecutor() as pool:
        poll = pool.submit(api, "getUpdates", timeout=10)
        chat.say("at last")
        assert texts(poll.result()) == ["at last"]


def test_a_second_poll_ends_the_first(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    with ThreadPoolExecutor() as pool:
        first = pool.submit(api, "getUpdates", timeout=10)
        second = pool.submit(api, "getUpdates", timeout=10)
        telegram.wait_until(lambda: telegram.calls("getUpdates"), "one of them has ended")
        chat.say("hello")
        answers = sorted((first.result(), second.result()), key=lambda answer: answer["ok"])
    assert answers[0]["error_code"] == 409
    assert texts(answers[1]) == ["hello"]


def test_kinds_that_are_not_asked_for(api: Api, chat: Chat) -> None:
    message = chat.say("a")
    chat.edit(message, "b")
    (update,) = api("getUpdates", allowed_updates=["edited_message"])["result"]
    assert update["edited_message"]["text"] == "b"
    assert not api("getUpdates", allowed_updates=["edits"])["ok"]


def test_privacy_in_groups(api: Api, ada: Person) -> None:
    group = ada.group(topics=(5,))
    group.say("not for the bot")
    group.say("/help")
    group.say("@emulated_article_bot, who?", topic=5)
    group.say(None, extra=PHOTO)
    group.say(None, extra={"new_chat_title": "Others"})
    updates = api("getUpdates")["result"]
    assert [sorted(update.keys() - {"update_id"}) for update in updates] == [
        ["my_chat_member"],
        *([["message"]] * 3),
    ]
    asked = updates[2]["message"]
    assert asked["entities"] == [{"type": "mention", "offset": 0, "length": 21}]
    assert (asked["message_thread_id"], asked["chat"]["is_forum"]) == (5, True)


class Webhook:
    """Somewhere updates are sent to.

    Attributes:
        statuses: what is answered, the first first; 200 at the end.
        taken: secret and length of what came.
    """

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.taken: list[tuple[str | None, bool]] = []
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802 - the standard library's name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                secret = self.headers["X-Telegram-Bot-Api-Secret-Token"]
                webhook.taken.append((secret, b'"hello"' in body))
                self.send_response(webhook.statuses.pop(0) if webhook.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    thread = threading.Thread(target=hook.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield hook
    hook.server.shutdown()
    thread.join()
    hook.server.server_close()


def test_a_webhook_gets_each_update_until_it_takes_it(
    telegram: EmulatedTelegram, api: Api, chat: Chat, webhook: Webhook
) -> None:
    webhook.statuses = [500, 403]
    chat.say("hello")
    assert api("setWebhook", url=webhook.url, secret_token="s3cret")["ok"]
    assert api("getUpdates")["error_code"] == 409
    telegram.wait_until(lambda: telegram.unconfirmed == 0, "the update is taken")
    assert webhook.taken == [("s3cret", True)] * 3
    assert telegram.webhook["url"] == webhook.url


def test_a_webhook_may_get_an_update_twice(
    telegram: EmulatedTelegram, api: Api, chat: Chat, webhook: Webhook
) -> None:
    telegram.deliver_each(times=2)
    api("setWebhook", url=webhook.url)
    chat.say("hello")
    telegram.wait_until(lambda: telegram.unconfirmed == 0, "the update is taken")
    assert webhook.taken == [(None, True)] * 2


def test_an_update_comes_again(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    chat.say("a")
    number = api("getUpdates")["result"][0]["update_id"]
    assert api("getUpdates", offset=number + 1)["result"] == []
    telegram.repeat(number)
    assert texts(api("getUpdates")) == ["a"]
