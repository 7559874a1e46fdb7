"""What needs attention just now, office by office: the answer to /status."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlmodel import Session

from bakohumas_bot import halts
from bakohumas_bot.approval_bot.sending import Letter, send_html
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import name_of
from bakohumas_bot.domain.offices import Office
from bakohumas_bot.lifecycle import people
from bakohumas_bot.store import deliveries, open_posts

MOST = 10


async def status(letter: Letter) -> None:
    await send_html(letter, fill("status", offices=await asyncio.to_thread(_offices, letter)))


def _offices(letter: Letter) -> list[dict[str, Any]]:
    desk = letter.desk
    codes = [code for code in letter.person.offices if code in desk.directory.offices]
    with desk.store.reading() as tx:
        return [_one(letter, tx, desk.office(code)) for code in codes]


def _one(letter: Letter, tx: Session, office: Office) -> dict[str, Any]:
    desk = letter.desk
    asking = deliveries.asking(tx, [office.code])
    held = open_posts.held_in(tx, [office.code])
    return {
        "name": office.name,
        "frozen": halts.frozen(desk, tx, office.code),
        "resting": [
            {"name": name_of(desk, pause.account), "until": halts.until(desk, pause), "detail": halts.briefly(pause)}
            for pause in halts.resting(desk, tx, office.code)
        ],
        "unconfirmed": [f"#{d.post} {name_of(desk, d.account)}" for d in asking[:MOST]],
        "more": max(0, len(asking) - MOST),
        "held": [
            {"post": row.id, "by": people.name(desk, row.held_by or ""), "reason": row.held_reason or ""}
            for row in held[:MOST]
        ],
        "more_held": max(0, len(held) - MOST),
        "missed": len({d.post for d in deliveries.missed(tx, [office.code])}),
    }
