"""What waits for a leader, nearest deadline first: opened one by one, or approved together but for those unticked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.approval_bot import listing
from bakohumas_bot.approval_bot.ballot import ballot
from bakohumas_bot.approval_bot.bulk import why_not
from bakohumas_bot.approval_bot.buttons import Button, Composed, Rows
from bakohumas_bot.approval_bot.deskmail import LIST, leading_to
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, say, send_card
from bakohumas_bot.approval_bot.sentences import BUTTONS, NONE_WAITING
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.store import cards
from bakohumas_bot.store.cards import new_token

IN, OUT = "in", "out"  # a card's `subject`: ticked, or left out; empty where it is opened by itself


@dataclass(frozen=True, kw_only=True)
class Row:
    token: str
    post: Standing
    tick: str
    alone: str  # why it is opened by itself

    @property
    def shown(self) -> dict[str, object]:
        at = self.post.content.publish_at
        status = labels.status(self.post.status)
        return {
            "post": self.post.revision.post,
            "title": self.post.content.title,
            "status": f"{status}, {long_time(at, self.post.office.zone)}" if at else status,
            "alone": self.alone,
        }


async def waiting(letter: Letter) -> Effect | None:
    rows = await asyncio.to_thread(_rows, letter, {})
    if not rows:
        await say(letter, NONE_WAITING)
        return None
    card = await send_card(letter, compose(rows), LIST, rows[0].post.revision)

    def store(tx: Session) -> None:
        for row in rows:
            kept = leading_to(card, row.token, row.post)
            kept.subject = row.tick
            cards.put(tx, kept)

    return store


async def refresh(letter: Letter) -> None:
    """A tick was set or taken away, or some were approved: the same message, the same buttons' tokens."""
    message = int(letter.message.data["message"])
    with letter.desk.store.reading() as tx:
        kept = [card for card in cards.open_in(tx, letter.chat_id, LIST) if card.message_id == message]
    if not kept:
        return
    known = {(card.post_id, card.revision): (card.token, card.subject) for card in kept}
    rows = [row for row in await asyncio.to_thread(_rows, letter, known) if row.token in {c.token for c in kept}]
    composed = compose(rows) if rows else Composed(html=NONE_WAITING)
    await edit_card(letter, kept[0], composed, None)


def compose(rows: Sequence[Row]) -> Composed:
    html = fill("waiting", rows=[row.shown for row in rows])
    return Composed(html=html, rows=(*(_buttons(row, alone=len(rows) == 1) for row in rows), *_all(rows)))


def _buttons(row: Row, *, alone: bool) -> tuple[Button, ...]:
    number = row.post.revision.post
    opens = Button(label=f"#{number} {row.post.content.title}", verb="review", token=row.token)
    if not row.tick or alone:
        return (opens,)
    mark = "✓" if row.tick == IN else "○"
    return Button(label=f"{mark} #{number}", verb="tick", token=row.token), opens


def _all(rows: Sequence[Row]) -> Rows:
    """Not for one alone: that is opened."""
    ticked = [row for row in rows if row.tick == IN]
    if not any(row.tick for row in rows) or len(rows) == 1:
        return ()
    return ((Button(label=BUTTONS["all"].format(count=len(ticked)), verb="all", token=_first(rows)),),)


def _first(rows: Sequence[Row]) -> str:
    return next(row.token for row in rows if row.tick)


def _rows(letter: Letter, known: dict[tuple[int, int], tuple[str, str]]) -> list[Row]:
    with letter.desk.store.reading() as tx:
        return [_row(letter, tx, post, known) for post in listing.waiting(letter.desk, tx, letter.person)]


def _row(letter: Letter, tx: Session, post: Standing, known: dict[tuple[int, int], tuple[str, str]]) -> Row:
    reason = why_not(letter.desk, tx, letter.person, ballot(letter.desk, tx, post.revision.post))
    token, tick = known.get((post.revision.post, post.revision.number), (new_token(), IN))
    return Row(token=token, post=post, tick="" if reason else tick, alone=reason)


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {"waiting": waiting, "waiting_refresh": refresh}
