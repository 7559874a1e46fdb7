"""Tells the heads of the record to the chat that was chosen for it, once a day, page by page."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.sending import NO_LINKS
from bakohumas_bot.domain.witness import Plan
from bakohumas_bot.lifecycle import witness


async def tell_heads(bureau: Bureau, plan: Plan | None, folder: Path) -> None:
    """Each page is noted as soon as Telegram has it: a crash between the two tells one page twice, never none."""
    if plan is None:
        return
    for page in await asyncio.to_thread(witness.pages, bureau.desk, plan):
        sent = await bureau.bot.send_message(plan.chat, page.html, parse_mode="HTML", link_preview_options=NO_LINKS)
        await asyncio.to_thread(witness.told, bureau.desk, plan, page, sent.message_id, folder)
