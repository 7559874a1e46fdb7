"""Remind: who is waited for is told again in time, others learn that it hangs, and at its end its authors are asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.approval import LEADERS, Verdict, leaders
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.quiet import URGENT_KINDS
from bakohumas_bot.domain.reminders import Act, Due, Wait, due, held_since
from bakohumas_bot.domain.status import Stage, status
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.policy import Outlook, outlook
from bakohumas_bot.store import deliveries, open_posts, outbox, posts, record

log = logging.getLogger("bakohumas.reminding")

ACTOR = "pengingat"
_OVER = frozenset({Stage.CANCELLED, Stage.RETURNED, Stage.REJECTED})


def remind(desk: Desk) -> int:
    """About once a minute, by whoever runs the bot. Everything is said once, whoever asks and how often. How many acts.

    What is out of order with one post keeps no other from being remembered.
    """
    people.refresh(desk)
    with desk.store.reading() as tx:
        waiting = open_posts.unanswered(tx)
        held = open_posts.held(tx)
    rounds = [(post, _act_on) for post in waiting] + [(post, _remind_holder) for post in held]
    return sum(_unharmed(desk, post, act) for post, act in rounds)


Round = Callable[[Desk, Session, int, bool], int]


def _unharmed(desk: Desk, post: int, act: Round) -> int:
    """Looked at first without locking anything: nearly always there is nothing to do."""
    try:
        with desk.store.reading() as tx:
            if not act(desk, tx, post, False):
                return 0
        with desk.store.writing() as tx:
            posts.lock(tx, post)
            return act(desk, tx, post, True)
    except Exception:
        log.exception("post #%s could not be reminded of", post)
        return 0


# --- Posts that wait for a voice ---


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A post, whom it waits for, and since when."""

    revision: Revision
    now: Outlook
    wait: Wait

    @property
    def step(self) -> str:
        """Of which voice: the first, the second... A reminder of one is none of the next."""
        return str(len(self.now.approvals))


def _act_on(desk: Desk, tx: Session, post: int, write: bool) -> int:
    waiting = _waiting(desk, tx, post)
    if waiting is None:
        return 0
    found = due(desk.terms(waiting.revision.content.office), waiting.wait, desk.now())
    return sum(_ACTS[one.act](desk, tx, waiting, one, write) for one in found)


def _waiting(desk: Desk, tx: Session, post: int) -> Waiting | None:
    """None where nobody is waited for after all."""
    revision = posts.latest(tx, post)
    content = revision.content
    office = desk.directory.offices.get(content.office)
    if office is None or revision.submitted_at is None:
        return None
    now = outlook(desk, tx, revision)
    if now.standing.complete or any(one.verdict is not Verdict.APPROVE for one in now.decisions):
        return None
    decision = posts.decision_on(tx, post, revision.number)
    closed = posts.get(tx, post).closed_at is not None
    if status(revision, decision, deliveries.of_post(tx, post), closed=closed).stage in _OVER:
        return None
    wait = Wait(
        submitted_at=revision.submitted_at,
        asked_at=now.approvals[-1].decided_at if now.approvals else revision.submitted_at,
        hour=hour_of(revision, now),
        ends=content.expires_at,
        zone=office.zone,
        urgent=content.kind in URGENT_KINDS,
        public=now.standing.public,
    )
    return Waiting(revision=revision, now=now, wait=wait)


def hour_of(revision: Revision, now: Outlook) -> datetime | None:
    """The hour that an earlier leader chose, else the one that was asked for; None: at once."""
    chosen = (one.due_at for one in reversed(now.approvals) if one.due_at and one.due_at > one.decided_at)
    return next(chosen, None) or revision.content.publish_at


def _remind(desk: Desk, tx: Session, waiting: Waiting, one: Due, write: bool) -> int:
    """Those who have not been asked yet, such as a deputy since this morning, are asked instead."""
    post, number, now = waiting.revision.post, waiting.revision.number, desk.now()
    key = f"{waiting.step}:{one.at.isoformat()}"
    asked = {p.id: outbox.queued_at(tx, "approval", post, number, p.id) for p in waiting.now.people}
    new = [p for p in waiting.now.people if asked[p.id] is None]
    long_asked = [p for p in waiting.now.people if (at := asked[p.id]) is not None and at < one.at]
    again = [p for p in long_asked if not outbox.queued_at(tx, "reminder", post, number, p.id, key)]
    if write:
        what = "confirm" if waiting.wait.public else "decide"
        outbox.queue(tx, new, "approval", now=now, post=post, revision=number)
        outbox.queue(tx, again, "reminder", now=now, post=post, revision=number, key=key, what=what)
    return len(new) + len(again)


def _escalate(desk: Desk, tx: Session, waiting: Waiting, _: Due, write: bool) -> int:
    """No voice is skipped: other leaders and the admins learn whose is missing, and may knock on that door."""
    revision, now = waiting.revision, desk.now()
    told = _others(desk, tx, waiting)
    new = _unasked(tx, waiting)
    if not (told or new) or _happened(tx, revision, "escalated", waiting.step):
        return 0
    if write:
        outbox.queue(tx, new, "approval", now=now, post=revision.post, revision=revision.number)
        outbox.queue(
            tx,
            told,
            "hangs",
            now=now,
            post=revision.post,
            revision=revision.number,
            key=waiting.step,
            since=waiting.wait.asked_at.isoformat(),
        )
        names = sorted(p.id for p in (*told, *new))
        _write_down(tx, waiting, "escalated", now, told=names, waits=labels.voices(waiting.now.standing.next))
    return 1


def _expire(desk: Desk, tx: Session, waiting: Waiting, one: Due, write: bool) -> int:
    """The hour has passed, or nobody answered for days: its authors are asked, the leaders' cards say so."""
    revision, now = waiting.revision, desk.now()
    moment = one.at.isoformat()
    if _happened(tx, revision, "expired", moment):
        return 0
    if write:
        hands = posts.hands(tx, revision.post)
        authors = [p for p in desk.directory.people.values() if p.id in hands]
        asked = leaders(desk.directory, revision.content.office, hands)
        for concerned, kind in ((authors, "expired"), (asked, "reconsider")):
            outbox.queue(tx, concerned, kind, now=now, post=revision.post, revision=revision.number, key=moment)
        _write_down(tx, waiting, "expired", now, moment=moment)
    return 1


_ACTS: dict[Act, Callable[[Desk, Session, Waiting, Due, bool], int]] = {
    Act.REMIND: _remind,
    Act.ESCALATE: _escalate,
    Act.EXPIRE: _expire,
}


def _unasked(tx: Session, waiting: Waiting) -> list[Person]:
    revision = waiting.revision
    return [p for p in waiting.now.people if not outbox.queued_at(tx, "approval", revision.post, revision.number, p.id)]


def _others(desk: Desk, tx: Session, waiting: Waiting) -> list[Person]:
    """Leaders who are not the ones waited for, nor worked on it, nor spoke already; and the admins."""
    office = waiting.revision.content.office
    silent = posts.hands(tx, waiting.revision.post) | {one.person for one in waiting.now.decisions}
    asked = {p.id for p in waiting.now.people}
    others = {p.id: p for p in desk.directory.holders(office, *LEADERS) if p.id not in silent | asked}
    return list((others | {p.id: p for p in desk.directory.holders(office, Role.ADMIN) if p.id not in asked}).values())


def _happened(tx: Session, revision: Revision, kind: str, moment: str) -> bool:
    events = (record.data_of(row) for row in record.history(tx, revision.post) if row.kind == kind)
    return any((data["revision"], data["moment"]) == (revision.number, moment) for data in events)


def _write_down(
    tx: Session, waiting: Waiting, kind: str, now: datetime, *, moment: str | None = None, **data: Any
) -> None:
    revision = waiting.revision
    record.append(
        tx,
        office=revision.content.office,
        actor=ACTOR,
        kind=kind,
        now=now,
        post=revision.post,
        revision=revision.number,
        moment=moment or waiting.step,
        **data,
    )


# --- Posts that a leader holds ---


def _remind_holder(desk: Desk, tx: Session, post: int, write: bool) -> int:
    """Once a day from its hour on. Where the holder has left, the office's other leaders."""
    row = posts.get(tx, post)
    standing = [d for d in deliveries.of_post(tx, post) if d.held]
    at = held_since(min(d.due_at for d in standing), desk.now()) if standing else None
    if at is None:
        return 0
    holder = open_posts.holder(tx, post)
    concerned = [p for p in desk.directory.holders(row.office, *LEADERS) if p.id == holder]
    concerned = concerned or leaders(desk.directory, row.office, posts.hands(tx, post))
    key, number, now = f"held:{at.isoformat()}", row.revision, desk.now()
    again = [p for p in concerned if not outbox.queued_at(tx, "reminder", post, number, p.id, key)]
    if write:
        outbox.queue(tx, again, "reminder", now=now, post=post, revision=number, key=key, what="held")
    return len(again)
