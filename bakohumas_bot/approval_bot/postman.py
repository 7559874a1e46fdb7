"""Takes messages from the outbox, composes each from the database as it is now, and sends it to Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlmodel import Session
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bakohumas_bot.approval_bot import (
    checkmail,
    deskmail,
    digestmail,
    haltmail,
    liftmail,
    missedmail,
    newsmail,
    overview,
    patience,
    resultmail,
    waitingmail,
    whenmail,
)
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.sending import Letter
from bakohumas_bot.approval_bot.sentences import TROUBLE
from bakohumas_bot.approval_bot.telegram_errors import chat_is_gone, in_words
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.store import outbox
from bakohumas_bot.store.outbox import Message

log = logging.getLogger("bakohumas.bot.postman")

MOST = 200  # people served in one round; one who has a hundred messages waiting hides nobody else
PACE = timedelta(milliseconds=40)  # 25 a second; a bot may send about 30 (core.telegram.org/bots/faq, 2026-11-21)
WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 8, 16, 30))
MOST_TRIES = 5

Effect = Callable[[Session], None]
KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = (
    deskmail.KINDS
    | newsmail.KINDS
    | digestmail.KINDS
    | resultmail.KINDS
    | checkmail.KINDS
    | missedmail.KINDS
    | haltmail.KINDS
    | waitingmail.KINDS
    | liftmail.KINDS
    | whenmail.KINDS
    | {"status": overview.status}
)


async def post_waiting(bureau: Bureau, pace: timedelta = PACE) -> int:
    """Everything that may be sent now; how many messages were taken in hand."""
    count = 0
    while messages := await asyncio.to_thread(_waiting, bureau):
        for message in messages:
            await _post(bureau, message)
            await asyncio.sleep(pace.total_seconds())
        count += len(messages)
    return count


def _waiting(bureau: Bureau) -> list[Message]:
    with bureau.desk.store.reading() as tx:
        return outbox.waiting(tx, bureau.desk.now(), limit=MOST)


async def _post(bureau: Bureau, message: Message) -> None:
    person = bureau.desk.directory.people.get(message.person)
    if person is None or person.telegram_id is None:
        await _give_up(bureau, message, "tidak memiliki telegram_id pada konfigurasi")
        return
    letter = Letter(bureau=bureau, message=message, person=person, chat_id=person.telegram_id)
    try:
        if message.kind in patience.CAN_WAIT and await asyncio.to_thread(_put_off, bureau, message):
            return
        effect = await KINDS[message.kind](letter)
    except RetryAfter as asked:
        await _later(bureau, message, asked, duration(asked.retry_after))
    except (Forbidden, ChatMigrated) as error:
        await _give_up(bureau, message, in_words(error))
    except BadRequest as error:
        if chat_is_gone(error):
            await _give_up(bureau, message, in_words(error))
        else:
            await _own_fault(bureau, message, person, error)
    except TelegramError as error:
        await _later(bureau, message, error, WAITS[min(message.tries, len(WAITS) - 1)])
    except Exception as error:  # noqa: BLE001 - one message that cannot be composed must not hold up the others
        await _own_fault(bureau, message, person, error)
    else:
        await asyncio.to_thread(_sent, bureau, message, effect)


def _put_off(bureau: Bureau, message: Message) -> bool:
    """Whether it waits: for the morning, or for others to come with it."""
    now = bureau.desk.now()
    with bureau.desk.store.reading() as tx:
        leaves_at = patience.leaves_at(bureau.desk, tx, message, now)
    if leaves_at > now:
        with bureau.desk.store.writing() as tx:
            outbox.put_off(tx, message.id, leaves_at)
    return leaves_at > now


def _sent(bureau: Bureau, message: Message, effect: Effect | None) -> None:
    with bureau.desk.store.writing() as tx:
        outbox.sent(tx, message.id, bureau.desk.now())  # first: whoever asked meanwhile whether it waits has to wait
        if effect is not None:
            effect(tx)


async def _later(bureau: Bureau, message: Message, error: Exception, wait: timedelta) -> None:
    log.warning("pesan %s (%s) belum terkirim: %s", message.id, message.kind, in_words(error))
    await asyncio.to_thread(_failed, bureau, message, in_words(error), wait)


def _failed(bureau: Bureau, message: Message, error: str, wait: timedelta) -> None:
    with bureau.desk.store.writing() as tx:
        outbox.failed(tx, message.id, bureau.desk.now(), error, wait=wait)


async def _own_fault(bureau: Bureau, message: Message, person: Person, error: Exception) -> None:
    """Tried again for a while: then set aside, so that this person's later messages are not held up for ever."""
    log.error("pesan %s (%s) tidak dapat disusun: %s", message.id, message.kind, in_words(error), exc_info=error)
    if message.tries + 1 < MOST_TRIES:
        await asyncio.to_thread(_failed, bureau, message, in_words(error), timedelta(seconds=5))
        return
    await _give_up(bureau, message, in_words(error))
    if message.data.get("text") != TROUBLE:
        await asyncio.to_thread(_apologise, bureau, message, person)


async def _give_up(bureau: Bureau, message: Message, reason: str) -> None:
    log.warning("pesan %s untuk %s tidak dikirim: %s", message.id, message.person, reason)
    await asyncio.to_thread(_given_up, bureau, message, reason)


def _given_up(bureau: Bureau, message: Message, reason: str) -> None:
    with bureau.desk.store.writing() as tx:
        outbox.given_up(tx, message.id, reason)


def _apologise(bureau: Bureau, message: Message, person: Person) -> None:
    with bureau.desk.store.writing() as tx:
        outbox.queue(tx, [person], "say", now=bureau.desk.now(), key=f"sorry:{message.id}", text=TROUBLE)


def duration(seconds: int | timedelta) -> timedelta:
    return seconds if isinstance(seconds, timedelta) else timedelta(seconds=seconds)
