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
from bakohumas_bot.approval_bot.reception import handlers
from bakohumas_bot.approval_bot.sentences import TROUBLE
from bakohumas_bot.approval_bot.telegram_errors import in_words
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store import inbox
from bakohumas_bot.store.tables import UpdateRow

log = logging.getLogger("bakohumas.bot.handling")

REST = timedelta(seconds=5)  # before a chat is tried again that could not be served
_EVER = datetime.min.replace(tzinfo=UTC)


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
        groups = await asyncio.to_thread(self._ready)
        by_chat: dict[int, list[tuple[list[UpdateRow], Update | Album | None]]] = {}
        for rows, update in groups:
            by_chat.setdefault(_chat_of(update), []).append((rows, update))
        tasks = []
        for chat, work in by_chat.items():
            if chat not in self._busy and self._resting.get(chat, _EVER) <= self.bureau.desk.now():
                self._busy.add(chat)
                tasks.append(asyncio.create_task(self._serve(chat, work)))
        self.tasks.update(tasks)
        return tasks

    async def _serve(self, chat: int, work: list[tuple[list[UpdateRow], Update | Album | None]]) -> int:
        done = 0
        try:
            for rows, update in work:
                await self._handle(rows, update)
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

    async def _handle(self, rows: list[UpdateRow], update: Update | Album | None) -> None:
        if update is not None:
            await self.application.process_update(update)
            error = self._errors.pop(id(update), None)
            if isinstance(error, Unavailable) or (isinstance(error, TelegramError) and not _final(error)):
                raise Unreachable(in_words(error))
            if error is not None:
                log.error("update %s: %s", rows[0].update_id, in_words(error), exc_info=error)
                await asyncio.to_thread(self._stumble, rows, update)
                return
        await asyncio.to_thread(self._done, rows)

    async def _remember(self, update: object, context: Any) -> None:
        self._errors[id(update)] = context.error

    def _ready(self) -> list[tuple[list[UpdateRow], Update | Album | None]]:
        desk = self.bureau.desk
        with desk.store.reading() as tx:
            groups = inbox.ready(tx, desk.now())
            return [
                (rows, self._update(rows, inbox.album(tx, rows[0].album) if rows[0].album else [])) for rows in groups
            ]

    def _update(self, rows: list[UpdateRow], album: list[UpdateRow]) -> Update | Album | None:
        newest = [self._read(row) for row in rows]
        return album_of([self._read(row) for row in album], newest) if album else newest[0]

    def _read(self, row: UpdateRow) -> Update:
        return Update.de_json(json.loads(row.payload), self.bureau.bot)

    def _done(self, rows: list[UpdateRow]) -> None:
        desk = self.bureau.desk
        with desk.store.writing() as tx:
            inbox.handled(tx, rows, desk.now())

    def _stumble(self, rows: list[UpdateRow], update: Update | Album) -> None:
        """After its last try it is set aside, and the person is told."""
        desk = self.bureau.desk
        user = update.user_id if isinstance(update, Album) else getattr(update.effective_user, "id", 0)
        person = desk.directory.by_telegram(user)
        with desk.store.writing() as tx:
            if inbox.stumbled(tx, rows, desk.now()) and person is not None:
                mail.say(tx, person, TROUBLE, key=f"sorry:u{rows[0].update_id}", now=desk.now())


def _chat_of(update: Update | Album | None) -> int:
    if update is None:
        return 0
    if isinstance(update, Album):
        return update.chat_id
    return update.effective_chat.id if update.effective_chat else 0


def _final(error: TelegramError) -> bool:
    """Telegram has answered: asking again would get the same."""
    return isinstance(error, BadRequest)
