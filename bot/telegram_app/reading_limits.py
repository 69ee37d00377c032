"""`ReadingLimits`: who may have articles read in a chat, and how many."""

from datetime import UTC, datetime, timedelta

from telegram import Update

from bot.telegram_app import article_messages
from bot.telegram_app.addressing import AskedQuestion, is_old
from bot.telegram_app.incoming import Link, Source
from bot.telegram_app.rights import may_send_articles
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import Reading
from index.errors import ArticleBotError

_DAY = timedelta(days=1)


class TooManyArticlesError(ArticleBotError):
    """A chat has as many articles as it may, or was read as many as it may be in a day."""


class ReadingLimits:
    """Says no before anything is fetched."""

    def __init__(self, services: Services) -> None:
        """Use the settings, and what is counted."""
        self._services = services

    async def refusal(self, update: Update, asked: AskedQuestion) -> str | None:
        """Return why nothing is read of what an update brings; None if it is.

        Args:
            update: brings it.
            asked: who wants it, and where.

        Raises:
            TelegramError: if Telegram does not tell who may in a group.
            Stopping: if the bot stops first.
        """
        services, settings = self._services, self._services.settings
        old = is_old(update, services.started_at)
        refusal = services.admission.check(asked.asker_id, asked.chat_id, exempt=old)
        if refusal is not None:
            services.metrics.refused.labels(refusal.limit).inc()
            return refusal.sentence
        if not settings.allow_uploads:
            return article_messages.UPLOADS_ARE_OFF
        if not await may_send_articles(services.outbox, update, settings.group_uploads):
            if settings.group_uploads == "nobody":
                return article_messages.NOBODY_UPLOADS_IN_GROUPS
            return article_messages.ONLY_ADMINISTRATORS_UPLOAD
        ticket = services.queue.ticket(update.update_id)
        if ticket is not None and not ticket.admitted:
            services.metrics.refused.labels("reading").inc()
            return article_messages.READING_BUSY
        return None

    async def refuse_too_many(self, reading: Reading, source: Source) -> bool:
        """Count a reading, unless the chat has as many articles or readings as it may.

        Args:
            reading: what is to begin; counted once however often it begins.
            source: what is read; an address that the chat has already needs no room.

        Returns:
            Whether it has begun before, and was not brought to its end.

        Raises:
            TooManyArticlesError: if it is one too many.
        """
        services, settings = self._services, self._services.settings
        if await services.store.has_begun(reading):
            return True  # what was added then would be one too many now
        entries = await services.articles.entries(reading.chat_id)
        is_known = isinstance(source, Link) and any(
            source.address in (entry.source, entry.url) for entry in entries
        )
        if len(entries) >= settings.articles_per_chat and not is_known:
            most = settings.articles_per_chat
            raise TooManyArticlesError(article_messages.too_many_articles(most))
        since = datetime.now(UTC) - _DAY
        if not await services.store.begin_reading(reading, settings.uploads_per_day, since):
            most = settings.uploads_per_day
            raise TooManyArticlesError(article_messages.too_many_today(most))
        return False
