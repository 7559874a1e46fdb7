"""The list of what was missed: one card for all of it, from which a leader opens each post and decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.buttons import Button, Composed, Rows
from bakohumas_bot.approval_bot.lengths import shortened
from bakohumas_bot.approval_bot.sentences import BUTTONS, SURE_TO_CANCEL
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, name_of
from bakohumas_bot.domain.approval import AUTHORS, may_lead
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.offices import Office, Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, posts

BUTTONED = 8
LABEL = 40  # what a phone shows of a button that has a row to itself


@dataclass(frozen=True, kw_only=True)
class Missed:
    """One post and those of its deliveries that were missed."""

    revision: Revision
    office: Office
    deliveries: tuple[Delivery, ...]
    decides: bool

    @property
    def post(self) -> int:
        return self.revision.post


def missed_by(desk: Desk, tx: Session, person: Person) -> list[Missed]:
    """All that waits in this person's offices, oldest first."""
    offices = [code for code in person.offices if person.has(code, *AUTHORS) and code in desk.directory.offices]
    rows = sorted(deliveries.missed(tx, offices), key=lambda d: d.post)
    found = [_missed(desk, tx, person, post, tuple(same)) for post, same in groupby(rows, key=lambda d: d.post)]
    return sorted(found, key=lambda m: (m.deliveries[0].due_at, m.post))


def _missed(desk: Desk, tx: Session, person: Person, post: int, rows: tuple[Delivery, ...]) -> Missed:
    revision = posts.revision(tx, post, rows[0].revision)
    decides = may_lead(person, revision.content.office, posts.hands(tx, post))
    return Missed(revision=revision, office=desk.office(revision.content.office), deliveries=rows, decides=decides)


def compose(
    desk: Desk, rows: Sequence[Missed], tokens: Mapping[int, str], *, frozen: str, fresh: Collection[str], now: datetime
) -> Composed:
    """`tokens` of the posts that get a button; `fresh` are the deliveries that an earlier list did not hold."""
    html = fill("missed", rows=[_row(desk, row, fresh, now) for row in rows], frozen=frozen)
    if len(rows) == 1:
        return Composed(html=html, rows=choices(rows[0]))
    buttons = tuple(
        (
            Button(
                label=shortened(f"#{row.post} {row.revision.content.title}", LABEL), verb="open", token=tokens[row.post]
            ),
        )
        for row in rows[:BUTTONED]
    )
    return Composed(html=html, rows=buttons)


def compose_one(desk: Desk, row: Missed, *, frozen: str, menu: str, now: datetime) -> Composed:
    """One post of a longer list, or the question whether it is really to be cancelled."""
    html = fill("missed", rows=[_row(desk, row, (), now)], frozen=frozen)
    if menu == "main":
        return Composed(html=html, rows=choices(row))
    sure = tuple(Button(label=BUTTONS[verb], verb=verb) for verb in ("cancel", "back"))
    return Composed(html=f"{html}\n\n<b>{SURE_TO_CANCEL}</b>", rows=(sure,))


def settled(post: Standing) -> Composed:
    """Somebody decided: nothing left to press."""
    return Composed(
        html=fill(
            "missed_settled",
            title=post.content.title,
            post=post.revision.post,
            status=labels.status(post.status),
            at=min((d.due_at for d in post.deliveries if d.state is State.SCHEDULED), default=None),
            zone=post.office.zone,
        )
    )


def choices(row: Missed) -> Rows:
    """What this person may do: only an entitled leader chooses a new time."""
    withdraw = Button(label=BUTTONS["withdraw"], verb="withdraw")
    if not row.decides:
        return ((withdraw,),)
    return ((Button(label=BUTTONS["now"], verb="now"), Button(label=BUTTONS["later"], verb="later")), (withdraw,))


def _row(desk: Desk, row: Missed, fresh: Collection[str], now: datetime) -> dict[str, object]:
    return {
        "post": row.post,
        "title": row.revision.content.title,
        "due_at": row.deliveries[0].due_at,
        "zone": row.office.zone,
        "accounts": [name_of(desk, d.account) for d in row.deliveries],
        "why": _why(row, now),
        "fresh": any(d.id in fresh for d in row.deliveries),
    }


def _why(row: Missed, now: datetime) -> str:
    if any(d.expires_at is not None and d.expires_at <= now for d in row.deliveries):
        return "Masa berlakunya (berlaku_sampai) sudah habis."
    trouble = next((d.error for d in row.deliveries if d.error), None)
    return f"Kendala terakhir: {trouble}" if trouble else ""
