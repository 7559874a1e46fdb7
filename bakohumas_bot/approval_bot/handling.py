"""Hands kept updates to the library's application, once each; a fault of our own costs one update, not the bot."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.parcels import Album, album_of
from bakohumas_bot.approval_bot.people_verbs import look_around
from bakohumas_bot.approval_bot.reception import handlers
from bakohumas_bot.approval_bot.sentences import TROUBLE
from bakohumas_bot.approval_bot.telegram_errors import in_words
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store import inbox
from bakohumas_bot.store.tables import UpdateRow

log = logging.getLogger("bakohumas.bot.handling")

MOST = 1000  # looked at together, so that a hundred messages of one person hide nobody else's
REST = timedelta(seconds=5)  # before a chat is tried again that could not be served
_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Work:
    """One update or one whole album of the inbox, read."""

    rows: list[UpdateRow]
    chat: int
    user: int = 0
    subject: Update | Album | None = None
    unreadable: Exception | None = None


class Unreachable(Exception):  # noqa: N818
    """Telegram or the database cannot be reached now: the update waits, nothing is held against it."""


@dataclass
class Handling:
    """Chats are served side by side, the updates of one chat in their order."""

    bureau: Bureau
    application: Application[Any, Any, Any, Any, Any, Any]
    tasks: set[asyncio.Task[int]] = field(default_factory=set)
    _busy: set[int] = field(default_factory=set)
    _resting: dict[int, datetime] = field(default_factory=dict)
    _errors: dict[int, Exception] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.application.add_handlers(list(handlers(self.bureau)))
        self.application.add_error_handler(self._remember)

    async def handle_ready(self) -> int:
        """Everything that is ready now, to its end; how many updates or albums that were."""
        return sum(await asyncio.gather(*await self.start_ready()))

    async def start_ready(self) -> list[asyncio.Task[int]]:
        """One task for each chat that has something and is not at work already."""
        at_work = frozenset(self._busy)  # asked before the inbox is: what they finish meanwhile is not done twice
        by_chat: dict[int, list[Work]] = {}
        for work in await asyncio.to_thread(self._ready):
            by_chat.setdefault(work.chat, []).append(work)
        tasks = []
        for chat, works in by_chat.items():
            if chat not in at_work and self._resting.get(chat, _EVER) <= self.bureau.desk.now():
                self._busy.add(chat)
                tasks.append(asyncio.create_task(self._serve(chat, works)))
        self.tasks.update(tasks)
        return tasks

    async def _serve(self, chat: int, works: list[Work]) -> int:
        done = 0
        try:
            for work in works:
                await self._handle(work)
                done += 1
        except Unreachable as reason:
            log.warning("percakapan %s menunggu: %s", chat, reason)
            self._resting[chat] = self.bureau.desk.now() + REST
        except Exception:  # what was not marked as handled comes again
            log.exception("percakapan %s terhenti", chat)
            self._resting[chat] = self.bureau.desk.now() + REST
        finally:
            self._busy.discard(chat)
            self.tasks.discard(asyncio.current_task())
        return done

    async def _handle(self, work: Work) -> None:
        error = work.unreadable
        if work.subject is not None:
            await self._look_around(work)
            await self.application.process_update(work.subject)
            error = self._errors.pop(id(work.subject), None)
        if isinstance(error, Unavailable) or (isinstance(error, TelegramError) and not _final(error)):
            raise Unreachable(in_words(error))
        if error is None:
            await asyncio.to_thread(self._done, work)
        else:
            log.error("update %s: %s", work.rows[0].update_id, in_words(error), exc_info=error)
            await asyncio.to_thread(self._stumble, work)

    async def _look_around(self, work: Work) -> None:
        """Who left a moment ago, in whichever process that was written down, is a stranger from this message on."""
        try:
            await asyncio.to_thread(look_around, self.bureau, work.user)
        except Unavailable as error:
            raise Unreachable(str(error)) from error

    async def _remember(self, update: object, context: Any) -> None:
        self._errors[id(update)] = context.error

    def _ready(self) -> list[Work]:
        desk = self.bureau.desk
        with desk.store.reading() as tx:
            groups = [
                (rows, inbox.album(tx, rows[0].album) if rows[0].album else [])
                for rows in inbox.ready(tx, desk.now(), limit=MOST)
            ]
        return [self._work(rows, album) for rows, album in groups]

    def _work(self, rows: list[UpdateRow], album: list[UpdateRow]) -> Work:
        try:
            newest = [self._read(row) for row in rows]
            subject = album_of([self._read(row) for row in album], newest) if album else newest[0]
        except Exception as error:  # noqa: BLE001 - one update that cannot be read must not hold up the others
            return Work(rows=rows, chat=0, unreadable=error)
        if isinstance(subject, Album):
            return Work(rows=rows, chat=subject.chat_id, user=subject.user_id, subject=subject)
        chat = newest[0].effective_chat
        user = newest[0].effective_user
        return Work(rows=rows, chat=chat.id if chat else 0, user=user.id if user else 0, subject=subject)

    def _read(self, row: UpdateRow) -> Update:
        return Update.de_json(json.loads(row.payload), self.bureau.bot)

    def _done(self, work: Work) -> None:
        desk = self.bureau.desk
        with desk.store.writing() as tx:
            inbox.handled(tx, work.rows, desk.now())

    def _stumble(self, work: Work) -> None:
        """After its last try it is set aside, and the person is told."""
        desk = self.bureau.desk
        person = desk.directory.by_telegram(work.user)
        with desk.store.writing() as tx:
            if inbox.stumbled(tx, work.rows, desk.now()) and person is not None:
                mail.say(tx, person, TROUBLE, key=f"sorry:u{work.rows[0].update_id}", now=desk.now())


def _final(error: TelegramError) -> bool:
    """Telegram has answered: asking again would get the same."""
    return isinstance(error, BadRequest)
