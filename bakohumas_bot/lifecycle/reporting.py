"""Who is told what when a delivery comes to rest: one result card per post, whose later changes edit it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.approval import approvers
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, outbox, posts


def tell(desk: Desk, tx: Session, post: int, now: datetime) -> None:
    """Queues the result card once every delivery of the post is at rest, and again (as an edit) when it changes."""
    standing = [d for d in deliveries.of_post(tx, post) if d.state is not State.CANCELLED]
    if not standing or not all(d.reportable for d in standing):
        return
    outbox.queue(
        tx,
        _audience(desk, tx, post),
        "result",
        now=now,
        post=post,
        revision=standing[0].revision,
        key=_as_it_stands(standing),
    )


def changed(
    desk: Desk,
    tx: Session,
    post: int,
    what: str,
    *,
    by: Person,
    now: datetime,
    reason: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Whoever worked on the post or was asked about it learns that it was `edited`, `moved` or `cancelled`."""
    revision = posts.latest(tx, post)
    concerned = {p.id: p for p in _audience(desk, tx, post)}
    if revision.submitted_at is not None:
        asked = approvers(desk.directory, revision.content.office, posts.hands(tx, post))
        concerned |= {p.id: p for p in asked}
    concerned.pop(by.id, None)
    outbox.queue(
        tx,
        concerned.values(),
        "changed",
        now=now,
        post=post,
        revision=revision.number,
        key=f"{what}:{now.isoformat()}",
        what=what,
        by=by.name,
        reason=reason,
        due_at=due_at.isoformat() if due_at else None,
    )


def account_blocked(desk: Desk, tx: Session, delivery: Delivery, now: datetime) -> None:
    """The account needs a person (expired token, locked): told once a day, to its office's leaders and the author."""
    office = posts.latest(tx, delivery.post).content.office
    concerned = {p.id: p for p in _audience(desk, tx, delivery.post)}
    concerned |= {p.id: p for p in desk.directory.holders(office, Role.ADMIN)}
    outbox.queue(
        tx,
        concerned.values(),
        "account",
        now=now,
        key=f"{delivery.account}:{now.date()}",
        account=delivery.account,
        detail=delivery.error or "",
    )


def _audience(desk: Desk, tx: Session, post: int) -> list[Person]:
    """Everyone whose hands were on it, and who approved it."""
    revision = posts.latest(tx, post)
    concerned = set(posts.hands(tx, post))
    decision = posts.decision_on(tx, post, revision.number)
    if decision is not None:
        concerned.add(decision.person)
    return [person for person in desk.directory.people.values() if person.id in concerned]


def _as_it_stands(standing: list[Delivery]) -> str:
    return ";".join(f"{d.account}={d.state}.{d.version}" for d in sorted(standing, key=lambda d: d.account))
