"""`@bot question` in any chat, by polling and by webhook."""

from tests.telegram_app.blackbox.conftest import Running
from tests.telegram_app.emulator.people import Chat


def test_the_last_keystroke_is_answered(running: Running, chat: Chat) -> None:
    person = running.person()
    queries = [person.ask_inline(text) for text in ("«18", "«1874", "«1874»", "«1874»?")]
    last = queries[-1]
    running.telegram.wait_until(lambda: last.answers, "the last query is answered")
    (result,) = last.results
    assert result["title"].startswith("1874")
    content = result["input_message_content"]
    assert "The lighthouse of Vela was built in 1874." in content["message_text"]
    assert "expandable_blockquote" in [entity["type"] for entity in content["entities"]]
    assert [query.answers for query in queries[:-1]] == [[], [], []]


def test_what_the_article_does_not_say(running: Running, chat: Chat) -> None:
    query = running.person().ask_inline("nothing of Paris")
    running.telegram.wait_until(lambda: query.answers, "the query is answered")
    assert query.results[0]["title"] == "The article does not say."
