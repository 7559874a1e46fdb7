"""Hands kept updates to the library's application, once each; a fault of our own costs one update, not the bot."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session
from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.pace import KEPT, Fate, Pace, is_urgent
from bakohumas_bot.approval_bot.parcels import Album, album_of
from bakohumas_bot.approval_bot.people_verbs import look_around
from bakohumas_bot.approval_bot.reception import handlers
from bakohumas_bot.approval_bot.sentences import NOT_KEPT, TOO_MANY_MESSAGES, TOO_MANY_PRESSES, TROUBLE
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
    surplus: bool = False


class Unreachable(Exception):  # noqa: N818
    """Telegram or the database cannot be reached now: the update waits, nothing is held against it."""


@dataclass
class Handling:
    """Chats are served side by side, the updates of one chat in their order."""

    bureau: Bureau
    application: Application[Any, Any, Any, Any, Any, Any]
    tasks: set[asyncio.Task[int]] = field(default_factory=set)
    pace: Pace = field(default_factory=Pace)
    _waiting: int = 0  # how many updates of those who were too fast lie in the inbox
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
        tasks, now, self._waiting = [], self.bureau.desk.now(), 0
        for chat, works in by_chat.items():
            if chat in at_work or self._resting.get(chat, _EVER) > now:
                continue
            in_time = self._in_time(works, now)
            if in_time:
                self._busy.add(chat)
                tasks.append(asyncio.create_task(self._serve(chat, in_time)))
        self.tasks.update(tasks)
        return tasks

    def _in_time(self, works: list[Work], now: datetime) -> list[Work]:
        """Of who was too fast: what cannot wait, and what is too much to be kept."""
        if not self.pace.waits(works[0].user, now):
            return works
        urgent = [work for work in works if is_urgent(work.subject)]
        kept = [work for work in works if not is_urgent(work.subject)]
        self._waiting += sum(len(work.rows) for work in works)
        return urgent + [replace(work, surplus=True) for work in kept[KEPT:]]

    async def _serve(self, chat: int, works: list[Work]) -> int:
        done = 0
        try:
            for work in works:
                fate = self._fate_of(work)
                if fate is Fate.SERVE:
                    await self._handle(work)
                elif fate is Fate.DROP:
                    await asyncio.to_thread(self._drop, work)
                else:
                    await asyncio.to_thread(self._tell_to_wait, work, len(works) - done)
                    break
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

    def _fate_of(self, work: Work) -> Fate:
        """Strangers have a limit of their own, and nothing of theirs is worth keeping."""
        desk = self.bureau.desk
        if work.surplus:
            return Fate.DROP
        if work.subject is None or desk.directory.by_telegram(work.user) is None:
            return Fate.SERVE
        return self.pace.judge(work.user, work.subject, came=work.rows[-1].received_at, now=desk.now())

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
                for rows in inbox.ready(tx, desk.now(), limit=MOST + self._waiting)
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

    def _drop(self, work: Work) -> None:
        """Said once a minute, and never silently."""
        desk = self.bureau.desk
        with desk.store.writing() as tx:
            inbox.handled(tx, work.rows, desk.now())
            self._say_slowly(tx, work, NOT_KEPT if work.surplus else TOO_MANY_PRESSES)

    def _tell_to_wait(self, work: Work, waiting: int) -> None:
        with self.bureau.desk.store.writing() as tx:
            self._say_slowly(tx, work, TOO_MANY_MESSAGES.format(count=waiting))

    def _say_slowly(self, tx: Session, work: Work, sentence: str) -> None:
        now = self.bureau.desk.now()
        person = self.bureau.desk.directory.by_telegram(work.user)
        if person is not None:
            key = f"slow:{work.user}:{now:%Y%m%d%H%M}:{work.surplus:d}"
            mail.say(tx, person, sentence, key=key, now=now)

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
