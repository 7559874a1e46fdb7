"""One list of all that was missed, never a flood: replaced when more was missed, edited when something was decided."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from bakohumas_bot import halts
from bakohumas_bot.approval_bot import mail, missed_card
from bakohumas_bot.approval_bot.buttons import Composed
from bakohumas_bot.approval_bot.missed_card import BUTTONED, Missed
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, put_away, row_for, say, send_card
from bakohumas_bot.approval_bot.sentences import NONE_MISSED
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import CardRow

MISSED = "missed"  # a card or a button that is about one missed post
MISSED_LIST = "missed_list"
AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for this person's office now, and their cards about it."""

    rows: list[Missed]
    cards: list[CardRow]
    frozen: str

    @property
    def list_card(self) -> CardRow | None:
        return next((card for card in self.cards if card.kind == MISSED_LIST), None)

    @property
    def listed(self) -> list[CardRow]:
        """The list and its buttons."""
        messages = {card.message_id for card in self.cards if card.kind == MISSED_LIST}
        return [card for card in self.cards if card.message_id in messages]

    @property
    def told(self) -> frozenset[str]:
        return frozenset(self.list_card.subject.split(",")) if self.list_card else frozenset()


async def missed(letter: Letter) -> Effect | None:
    """A new list only where something was missed that the last one does not hold; `asked` for by a person: always."""
    found = await asyncio.to_thread(_read, letter)
    asked = letter.message.data.get("asked", False)
    if not found.rows:
        if asked:
            await say(letter, NONE_MISSED)
        return await _edit_list(letter, found)
    fresh = [mark for mark in _marks(found.rows) if mark not in found.told]
    if not fresh and not asked:
        return await _edit_list(letter, found)
    tokens = _tokens(found.rows)
    shown_as_new = _ids(found.rows, fresh) if found.told else frozenset()
    composed = _composed(letter, found, tokens, shown_as_new)
    sent = await send_card(letter, composed, MISSED_LIST, None, ",".join(_marks(found.rows)))
    if found.list_card is not None:
        await put_away(letter, found.list_card)
    return _kept(letter, found, sent, tokens)


async def refresh(letter: Letter) -> Effect | None:
    """Somebody decided on a missed post: its cards say so, and the list holds what is left."""
    found = await asyncio.to_thread(_read, letter)
    still = {row.post for row in found.rows}
    over = [card for card in _single_cards(found, letter.post) if letter.post not in still]
    post = await asyncio.to_thread(_standing, letter)
    for card in over:
        await edit_card(letter, card, missed_card.settled(post), post.revision)
    close, effect = instead_of(None, *over), await _edit_list(letter, found)

    def store(tx: Session) -> None:
        close(tx)
        if effect is not None:
            effect(tx)

    return store


async def one(letter: Letter) -> Effect | None:
    """A post of the list with what this person may decide; the same card is turned over for a second question."""
    found = await asyncio.to_thread(_read, letter)
    row = next((row for row in found.rows if row.post == letter.post), None)
    single = _single_cards(found, letter.post)
    if row is None:
        return await refresh(letter)
    menu = letter.message.data.get("menu", "main")
    composed = missed_card.compose_one(letter.desk, row, frozen=found.frozen, menu=menu, now=letter.desk.now())
    for card in single[:1] if letter.message.data.get("turned") else []:
        edited = await edit_card(letter, card, composed, row.revision)
        if edited is not None:
            return instead_of(edited, *single)
    sent = await send_card(letter, composed, MISSED, row.revision)
    for card in single:
        await put_away(letter, card)
    return instead_of(sent, *single)


async def _edit_list(letter: Letter, found: Waiting) -> Effect | None:
    if found.list_card is None:
        return None
    tokens = _tokens(found.rows)
    composed = _composed(letter, found, tokens, frozenset()) if found.rows else Composed(html=fill("missed_over"))
    edited = await edit_card(letter, found.list_card, composed, None)
    if edited is None or not found.rows:
        return instead_of(None, *found.listed)
    return _kept(letter, found, edited, tokens)


def _kept(letter: Letter, found: Waiting, card: CardRow, tokens: dict[int, str]) -> Effect:
    """The list and its buttons count from now on. What was missed while it was on its way gets told too."""
    told = set(_marks(found.rows))
    card.subject = ",".join(_marks(found.rows))
    single = len(found.rows) == 1
    rows = [
        row_for(letter, card.token if single else tokens[row.post], card.message_id, MISSED, row.revision)
        for row in found.rows[:BUTTONED]
    ]
    if single:  # its buttons carry the token of the message itself
        card.token = cards.new_token()
    close = instead_of(card, *found.listed)

    def store(tx: Session) -> None:
        close(tx)
        for row in rows:
            cards.put(tx, row)
        now = letter.desk.now()
        if not told.issuperset(_marks(missed_card.missed_by(letter.desk, tx, letter.person))):
            mail.note(tx, letter.person, MISSED, key=f"again:{letter.message.id}", now=now, after=AGAIN)

    return store


def _composed(letter: Letter, found: Waiting, tokens: dict[int, str], fresh: frozenset[str]) -> Composed:
    return missed_card.compose(letter.desk, found.rows, tokens, frozen=found.frozen, fresh=fresh, now=letter.desk.now())


def _tokens(rows: list[Missed]) -> dict[int, str]:
    return {row.post: cards.new_token() for row in rows[:BUTTONED]}


def _marks(rows: list[Missed]) -> list[str]:
    """Each missed delivery, once for each time that it was missed."""
    return [f"{d.id[:8]}.{d.version}" for row in rows for d in row.deliveries]


def _ids(rows: list[Missed], marks: list[str]) -> frozenset[str]:
    return frozenset(d.id for row in rows for d in row.deliveries if f"{d.id[:8]}.{d.version}" in marks)


def _single_cards(found: Waiting, post: int) -> list[CardRow]:
    listed = {card.message_id for card in found.listed}
    return [c for c in found.cards if c.kind == MISSED and c.post_id == post and c.message_id not in listed]


def _read(letter: Letter) -> Waiting:
    with letter.desk.store.reading() as tx:
        rows = missed_card.missed_by(letter.desk, tx, letter.person)
        open_ = cards.open_in(tx, letter.chat_id, MISSED, MISSED_LIST)
        offices = sorted({row.office.code for row in rows})
        halted = [said for code in offices if (said := halts.frozen(letter.desk, tx, code))]
        return Waiting(rows=rows, cards=[c for c in open_ if c.person == letter.person.id], frozen="\n".join(halted))


def _standing(letter: Letter) -> Standing:
    with letter.desk.store.reading() as tx:
        return standing(letter.desk, tx, letter.post)


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    MISSED: missed,
    "missed_refresh": refresh,
    "missed_one": one,
}
