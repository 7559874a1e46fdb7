"""Questions that only eyes can answer: is it public, is it there twice? And what was answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bakohumas_bot import halts
from bakohumas_bot.approval_bot import unconfirmed_card
from bakohumas_bot.approval_bot.approval_card import replaced
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, send_card, send_html
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import name_of, page_of
from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.store import cards, deliveries, posts, record
from bakohumas_bot.store.tables import CardRow, EventRow

UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One delivery as it is now, and this person's open cards that ask about it."""

    delivery: Delivery
    revision: Revision
    history: list[EventRow]
    cards: list[CardRow]
    frozen: str

    @property
    def open(self) -> bool:
        return self.delivery.asks and self.delivery.state is State.UNCONFIRMED


async def unconfirmed(letter: Letter) -> Effect | None:
    """Asks once for each attempt; the same card is edited while it is only turned over."""
    asked = await asyncio.to_thread(_read, letter)
    if not asked.open:
        return await _say_what_was_found(letter, asked)
    if not letter.person.has(asked.delivery.office, *AUTHORS):
        return None
    menu = letter.message.data.get("menu", "main")
    composed = unconfirmed_card.compose(letter.desk, asked.revision, asked.delivery, frozen=asked.frozen, menu=menu)
    subject = unconfirmed_card.subject(asked.delivery)
    for card in asked.cards:
        if card.subject == subject:
            edited = await edit_card(letter, card, composed, asked.revision)
            if edited is not None:
                return instead_of(edited, *asked.cards)
    sent = await send_card(letter, composed, UNCONFIRMED, asked.revision, subject)
    for card in asked.cards:  # of an earlier attempt, answered while Telegram was out of reach
        await edit_card(letter, card, replaced(asked.revision), asked.revision)
    return instead_of(sent, *asked.cards)


async def answered(letter: Letter) -> Effect | None:
    """Every copy of the card says who answered and what follows."""
    asked = await asyncio.to_thread(_read, letter)
    return None if asked.open else await _say_what_was_found(letter, asked)


async def contradicted(letter: Letter) -> None:
    """An attempt that was given up is public after all: people must look at once."""
    asked = await asyncio.to_thread(_read, letter)
    url = letter.message.data["url"]
    other = asked.delivery.url if asked.delivery.url != url else None
    html = fill(
        "contradicted",
        title=asked.revision.content.title,
        post=letter.post,
        name=name_of(letter.desk, asked.delivery.account),
        page=page_of(letter.desk, asked.delivery.account),
        url=url,
        other=other,
    )
    await send_html(letter, html)


async def _say_what_was_found(letter: Letter, asked: Asked) -> Effect:
    composed = unconfirmed_card.answered(letter.desk, asked.revision, asked.delivery, asked.history, asked.frozen)
    for card in asked.cards:
        await edit_card(letter, card, composed, asked.revision)
    return instead_of(None, *asked.cards)


def _read(letter: Letter) -> Asked:
    id_ = letter.message.data["delivery"]
    with letter.desk.store.reading() as tx:
        delivery = deliveries.get(tx, id_)
        open_ = cards.open_cards(tx, delivery.post, UNCONFIRMED)
        mine = [c for c in open_ if c.person == letter.person.id and c.subject.partition(":")[0] == id_]
        return Asked(
            delivery=delivery,
            revision=posts.revision(tx, delivery.post, delivery.revision),
            history=record.history(tx, delivery.post),
            cards=mine,
            frozen=halts.frozen(letter.desk, tx, delivery.office),
        )


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    UNCONFIRMED: unconfirmed,
    "answered": answered,
    "contradicted": contradicted,
}
