"""Asks Telegram for updates and keeps each on our disk before its offset is confirmed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from telegram import Update

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import inbox

LONG_POLL = timedelta(seconds=25)
KINDS = ("message", "edited_message", "callback_query")


async def poll_once(bureau: Bureau, wait: timedelta = LONG_POLL) -> int:
    """One getUpdates; how many updates were new. The next call's offset is what confirms these."""
    offset = await asyncio.to_thread(_offset, bureau.desk)
    updates = await bureau.bot.get_updates(offset=offset, timeout=wait, allowed_updates=KINDS)
    return await asyncio.to_thread(_keep, bureau.desk, updates)


def _offset(desk: Desk) -> int | None:
    with desk.store.reading() as tx:
        return inbox.offset(tx)


def _keep(desk: Desk, updates: tuple[Update, ...]) -> int:
    if not updates:
        return 0
    now = desk.now()
    with desk.store.writing() as tx:
        return sum(inbox.keep(tx, u.update_id, u.to_json(), album_of(u), now) for u in updates)


def album_of(update: Update) -> str | None:
    """Parts of one album, and later edits of them, belong together."""
    message = update.message or update.edited_message
    if message is None or message.media_group_id is None:
        return None
    return f"{message.chat.id}:{message.media_group_id}"
