"""Asks Telegram for updates and keeps each on our disk before its offset is confirmed."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

from telegram import Update

from bakohumas_bot.approval_bot.bureau import Bureau, Memory
from bakohumas_bot.domain.counting import utf16_length
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import inbox

LONG_POLL = timedelta(seconds=25)
NEARLY_FULL = 3500  # UTF-16 units; phones look for a space or a new line shortly before 4096
KINDS = ("message", "edited_message", "callback_query")


async def poll_once(bureau: Bureau, wait: timedelta = LONG_POLL) -> int:
    """One getUpdates; how many updates were new. The next call's offset is what confirms these."""
    offset = await asyncio.to_thread(_offset, bureau.desk)
    updates = await bureau.bot.get_updates(offset=offset, timeout=wait, allowed_updates=KINDS)
    return await asyncio.to_thread(_keep, bureau.desk, bureau.memory, updates)


def _offset(desk: Desk) -> int | None:
    with desk.store.reading() as tx:
        return inbox.offset(tx)


def _keep(desk: Desk, memory: Memory, updates: tuple[Update, ...]) -> int:
    if not updates:
        return 0
    now = desk.now()
    with desk.store.writing() as tx:
        return sum(inbox.keep(tx, u.update_id, _written(u), _together(memory, u), now) for u in updates)


def _written(update: Update) -> str:
    """For the inbox. The library's own `to_json` fails on the date of a message out of reach, and would for ever."""
    return json.dumps(update.to_dict(), default=lambda date: int(date.timestamp()))


def _together(memory: Memory, update: Update) -> str | None:
    """The parts of an album, or the pieces of a text that was too long for one message."""
    message = update.message
    if message is None or not message.text or message.text.startswith("/"):
        return album_of(update)
    chat = message.chat.id
    earlier, at = memory.long_texts.pop(chat, (None, message.date))
    continues = earlier is not None and message.date - at <= inbox.ALBUM_QUIET
    full = utf16_length(message.text) >= NEARLY_FULL
    name = earlier if continues else f"{chat}:text:{message.message_id}" if full else None
    if name is not None and full:
        memory.long_texts[chat] = (name, message.date)
    return name


def album_of(update: Update) -> str | None:
    """Parts of one album, and later edits of them, belong together."""
    message = update.message or update.edited_message
    if message is None or message.media_group_id is None:
        return None
    return f"{message.chat.id}:{message.media_group_id}"
