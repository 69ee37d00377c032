import asyncio
from pathlib import Path

from telegram import Update

from bot.telegram_app.giving_up import tell_given_up
from bot.telegram_app.messages import GIVEN_UP
from tests.telegram_app.offline import OfflineRequest, text_update
from tests.telegram_app.started import started


def test_the_person_is_told_once_in_a_reply(tmp_path: Path) -> None:
    async def test() -> None:
        request = OfflineRequest()
        async with started(tmp_path / "store", request) as one:
            bot = one.application.bot
            update = Update.de_json(text_update(3, chat_id=9), bot)
            await tell_given_up(one.outbox, update)
            await tell_given_up(one.outbox, update)
            assert request.texts() == [(9, GIVEN_UP)]
            reply = request.calls[-1][1]["reply_parameters"]
            assert reply == {"message_id": 3, "allow_sending_without_reply": True}

    asyncio.run(test())


def test_an_update_without_a_message_is_given_up_in_silence(tmp_path: Path) -> None:
    async def test() -> None:
        request = OfflineRequest()
        async with started(tmp_path / "store", request) as one:
            await tell_given_up(one.outbox, Update(3))
            assert request.texts() == []

    asyncio.run(test())
