"""Of all processes that run the bot one speaks with Telegram; the others stand by and take over when it dies."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bakohumas_bot.store.bots_turn import BotsTurn
from bakohumas_bot.store.database import Store

log = logging.getLogger("bakohumas.bot")

STAND_BY = timedelta(seconds=1)  # how often a process asks whether it is its turn, or still is


async def in_turn(store: Store, work: Callable[[], Awaitable[None]]) -> None:
    """Waits for our turn, then does the work until the turn is lost. Raises what the work, or the database, raises."""
    turn = BotsTurn(store)
    try:
        await _wait_for(turn)
        working = asyncio.ensure_future(work())
        try:
            while not working.done() and await asyncio.to_thread(turn.held):
                await asyncio.wait({working}, timeout=STAND_BY.total_seconds())
            if working.done():
                working.result()
            log.warning("Giliran melayani bot hilang (sambungan basis data terputus). Proses ini kembali bersiaga.")
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
    finally:
        await asyncio.to_thread(turn.release)


async def _wait_for(turn: BotsTurn) -> None:
    told = False
    while not await asyncio.to_thread(turn.take):
        if not told:
            log.info("Bot sedang dilayani proses lain. Proses ini bersiaga dan mengambil alih bila yang lain berhenti.")
        told = True
        await asyncio.sleep(STAND_BY.total_seconds())
