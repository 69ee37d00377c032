"""“In context”: the paragraphs around each citation, in the answer's own message."""

import asyncio

from telegram.error import BadRequest

from bot.telegram_app.answer_record import shown_in
from bot.telegram_app.keyboards import cited
from bot.telegram_app.pressed import Pressed, acknowledge, note_gone
from bot.telegram_app.rendering import Rendered, View, render
from bot.telegram_app.sending import Edit, edit, send
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.answer_message import answer_message, asker_in, cited_context
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.splitting import split

_BLANK_LINE = RichText("\n\n")


class ContextButton:
    """Shows what stands around the citations of an answer, and hides it again."""

    def __init__(self, services: Services) -> None:
        """Use the store and the outbox."""
        self._services = services

    async def toggle(self, pressed: Pressed) -> None:
        """Show or hide the context, as the button says.

        The answer's messages are edited. What does not fit into them is sent as a reply: a message
        that grew out of the middle of a chat would stand at its end.
        """
        await acknowledge(self._services, pressed.query)
        is_shown = bool(pressed.press.number)
        view = await self._view(pressed, is_shown)
        if view is not None:
            rendered = await asyncio.to_thread(render, pressed.answer, pressed.kept.id, view)
            if len(rendered.parts) == len(pressed.messages):
                await self._edit(pressed, rendered, view)
                return
        if is_shown:
            await self._reply(pressed)

    async def _view(self, pressed: Pressed, is_shown: bool) -> View | None:
        """Return how to show the answer; None if its first line names somebody and cannot be read.

        Names are not kept: the only place to learn it is the message.
        """
        asker = None
        if shown_in(pressed.kept.payload).names_asker:
            if pressed.text is None or len(pressed.messages) > 1:
                return None
            asker = asker_in(pressed.text)
        rating = None
        if pressed.is_private:
            person = pressed.query.from_user.id
            rating = await self._services.store.rating(pressed.kept.id, person)
        return View(asker, is_shown, rating)

    async def _edit(self, pressed: Pressed, rendered: Rendered, view: View) -> None:
        """Edit those of the messages that change, the last of them with its buttons."""
        before = answer_message(pressed.answer, view.asker, in_context=not view.context_shown).parts
        messages = pressed.messages
        try:
            for number, part in enumerate(rendered.parts):
                is_last = number == len(messages) - 1
                if is_last or number >= len(before) or part != before[number]:
                    message = MessagePlace(pressed.message.chat_id, messages[number])
                    new = Edit(part, rendered.keyboard_of(number))
                    await edit(self._services, pressed.bot, message, new)
        except BadRequest as error:
            note_gone(error)

    async def _reply(self, pressed: Pressed) -> None:
        answer = pressed.answer
        contexts = (cited_context(one, answer) for one in cited(answer))
        for number, part in enumerate(split(_BLANK_LINE.join(contexts))):
            outgoing = pressed.outgoing(f"context:{number}", part)
            await send(self._services, pressed.bot, outgoing)
