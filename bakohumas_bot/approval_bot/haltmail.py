"""Freezes and lifted freezes, accounts that rest and work again, and what the machine has to say of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, say, send_card, send_html
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import name_of, person_name
from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, freezes
from bakohumas_bot.store.tables import CardRow, FreezeRow

FROZEN = "frozen"
UNFREEZE = "unfreeze_asked"


async def frozen(letter: Letter) -> Effect | None:
    """Who stopped everything, why and since when. Told even where it was lifted meanwhile, but without buttons."""
    row = await asyncio.to_thread(_in_force, letter)
    data = _told(letter)
    composed = Composed(html=fill(FROZEN, **data))
    if row is None:
        await send_html(letter, composed.html)
        return None
    asks = Composed(html=composed.html, rows=((Button(label=BUTTONS["ask_unfreeze"], verb="ask_unfreeze"),),))
    card = await send_card(letter, asks, FROZEN, None, subject(row))
    return instead_of(card)


async def unfreeze_asked(letter: Letter) -> Effect | None:
    """To everyone; the button only for those who may confirm what another person asked."""
    row = await asyncio.to_thread(_in_force, letter)
    if row is None or row.asked_by is None:
        return None
    entitled = may_confirm(letter, row)
    html = fill(
        UNFREEZE,
        **_told(letter),
        frozen_by=person_name(letter.desk, row.frozen_by),
        frozen_at=row.frozen_at,
        frozen_reason=row.reason,
        entitled=entitled,
    )
    if not entitled:
        await send_html(letter, html)
        return None
    buttons = ((Button(label=BUTTONS["confirm_unfreeze"], verb="confirm_unfreeze"),),)
    return instead_of(await send_card(letter, Composed(html=html, rows=buttons), UNFREEZE, None, subject(row)))


async def unfrozen(letter: Letter) -> Effect:
    """The cards about this freeze lose their buttons; one new message says that things move again."""
    open_ = await asyncio.to_thread(_open_cards, letter)
    data = _told(letter)
    over = Composed(html=fill("freeze_over", office=data["office"], text=f"Dikonfirmasi oleh {data['by']}."))
    for card in open_:
        await edit_card(letter, card, over, None)
    await send_html(letter, fill("unfrozen", **data))
    return instead_of(None, *open_)


async def account(letter: Letter) -> None:
    data = letter.message.data
    name = name_of(letter.desk, data["account"])
    await send_html(letter, fill("account", name=name, account=data["account"], detail=data["detail"]))


async def account_back(letter: Letter) -> None:
    id_ = letter.message.data["account"]
    await send_html(letter, fill("account_back", name=name_of(letter.desk, id_), account=id_))


async def plain(letter: Letter) -> None:
    """What the machine noticed of itself: a clock that jumped, a backup that was restored."""
    await say(letter, letter.message.data["text"])


def subject(row: FreezeRow) -> str:
    """Which freeze of which office."""
    return f"{row.office}:{row.id}"


def may_confirm(letter: Letter, row: FreezeRow) -> bool:
    return letter.person.id != row.asked_by and letter.person.has(row.office, *LEADERS)


def _told(letter: Letter) -> dict[str, Any]:
    data = letter.message.data
    office = letter.desk.office(data["office"])
    return data | {"office": office.name, "zone": office.zone, "at": datetime.fromisoformat(data["at"])}


def _in_force(letter: Letter) -> FreezeRow | None:
    return in_force(letter.desk, letter.message.data["office"])


def in_force(desk: Desk, office: str) -> FreezeRow | None:
    with desk.store.reading() as tx:
        return next((row for row in freezes.all_in_force(tx) if row.office == office), None)


def _open_cards(letter: Letter) -> list[CardRow]:
    office = letter.message.data["office"]
    with letter.desk.store.reading() as tx:
        open_ = cards.open_in(tx, letter.chat_id, FROZEN, UNFREEZE)
    return [c for c in open_ if c.person == letter.person.id and c.subject.partition(":")[0] == office]


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    FROZEN: frozen,
    UNFREEZE: unfreeze_asked,
    "unfrozen": unfrozen,
    "account": account,
    "account_back": account_back,
    "clock": plain,
    "restored": plain,
}
