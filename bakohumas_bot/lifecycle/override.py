"""Override: who is entitled lifts a *blok* of a draft, with a reason; some are never lifted."""

from __future__ import annotations

from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.findings import Finding, Override
from bakohumas_bot.domain.lifting import Lift, may_be_lifted, obstacles, spot_of
from bakohumas_bot.domain.offices import Deputy, Person, Role
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people, pins
from bakohumas_bot.lifecycle.approve import NO_RIGHT
from bakohumas_bot.lifecycle.check import recheck
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store import lifts, outbox, posts, record

OWN = "Temuan pada konsep sendiri tidak dapat diizinkan oleh penyusun atau penyuntingnya."
NEVER = "Temuan {code} tidak dapat diizinkan oleh siapa pun. Mohon perbaiki bagian yang ditandai."
NONE = "Tidak ada temuan {code} yang menghalangi konsep ini."
SUBMITTED = "Konsep ini sudah diajukan, sehingga izin tidak diperlukan lagi."
WANTS_A_REASON = "Mohon tuliskan alasan mengizinkannya. Alasan itu tercatat dan dibaca oleh penyetuju."
NOTHING_TO_ASK = "Tidak ada temuan yang dapat dimintakan izin pada konsep ini."
NOBODY = "Belum ada yang dapat mengizinkan temuan ini di satker ini. Mohon perbaiki bagian yang ditandai."


def override(
    desk: Desk, person: Person, post: int, code: str, reason: str, *, confirmed: Confirmation | None = None
) -> Lift:
    """What rule `code` finds in the newest version may go out as it is. Raises `Refused`, changing nothing."""
    now, why = desk.now(), reason.strip()
    with desk.store.reading() as tx:
        revision = posts.latest(tx, post)
    found = recheck(desk, revision, now)
    with desk.store.writing() as tx:
        _require_open(tx, post, revision)
        person = people.as_of(desk, tx, person, now)
        spots = [f for f in obstacles(found, revision.lifts) if f.code == code]
        if not spots:
            raise Refused(NONE.format(code=code))
        _require_right(desk, tx, person, revision, spots)
        if not why:
            raise Refused(WANTS_A_REASON)
        pins.require(tx, person, confirmed)
        acting = _acting(desk, person, revision, spots)
        lift = Lift(
            code=code,
            spots=frozenset(spot_of(finding) for finding in spots),
            person=person.id,
            reason=why,
            at=now,
            deputy=people.in_place_of(acting) if acting else None,
        )
        lifts.add(tx, post, revision.number, lift)
        _write_down(tx, revision, lift, spots)
        _tell(desk, tx, revision, lift)
        return lift


def ask(desk: Desk, person: Person, post: int) -> list[Person]:
    """Everyone who may lift what stands in the way gets the draft to look at. Returns who was asked."""
    now = desk.now()
    with desk.store.reading() as tx:
        revision = posts.latest(tx, post)
    wanted = [f for f in obstacles(recheck(desk, revision, now), revision.lifts) if may_be_lifted(f)]
    with desk.store.writing() as tx:
        _require_open(tx, post, revision)
        if not people.as_of(desk, tx, person, now).has(revision.content.office, *AUTHORS):
            raise Refused(NO_RIGHT)
        if not wanted:
            raise Refused(NOTHING_TO_ASK)
        hands = posts.hands(tx, post)
        asked = {p.id: p for finding in wanted for p in entitled(desk, revision, finding) if p.id not in hands}
        if not asked:
            raise Refused(NOBODY)
        able = list(asked.values())
        record.append(
            tx,
            office=revision.content.office,
            actor=person.id,
            kind="override.asked",
            now=now,
            post=post,
            revision=revision.number,
            digest=revision.digest,
            codes=sorted({finding.code for finding in wanted}),
        )
        outbox.queue(tx, able, "lift", now=now, post=post, revision=revision.number)
        return able


def entitled(desk: Desk, revision: Revision, finding: Finding) -> list[Person]:
    """By their role. A second person is anybody who may write here; that they are not the author is asked apart."""
    roles: tuple[Role, ...] = AUTHORS if finding.override is Override.SECOND else desk.knowledge.changes.may_lift
    return desk.directory.holders(revision.content.office, *roles) if may_be_lifted(finding) else []


def _require_open(tx: Session, post: int, revision: Revision) -> None:
    closed = posts.lock(tx, post).closed_at is not None
    if closed or posts.latest(tx, post).number != revision.number:
        raise Refused("Konsep ini sudah berubah atau dibatalkan. Silakan buka kartu terbaru.")
    if revision.submitted_at is not None:
        raise Refused(SUBMITTED)


def _require_right(desk: Desk, tx: Session, person: Person, revision: Revision, spots: list[Finding]) -> None:
    """The sterner of several wins: one that is never lifted keeps its code standing."""
    for finding in spots:
        if not may_be_lifted(finding):
            raise Refused(NEVER.format(code=finding.code))
        if person.id not in {p.id for p in entitled(desk, revision, finding)}:
            raise Refused(NO_RIGHT)
    if person.id in posts.hands(tx, revision.post):
        raise Refused(OWN)


def _acting(desk: Desk, person: Person, revision: Revision, spots: list[Finding]) -> Deputy | None:
    """In whose place: only where it is the deputyship that entitles."""
    if any(finding.override is Override.SECOND for finding in spots):
        return None
    roles = desk.knowledge.changes.may_lift
    return next((d for d in person.acting if d.office == revision.content.office and d.role in roles), None)


def _write_down(tx: Session, revision: Revision, lift: Lift, spots: list[Finding]) -> None:
    record.append(
        tx,
        office=revision.content.office,
        actor=lift.person,
        kind="overridden",
        now=lift.at,
        post=revision.post,
        revision=revision.number,
        digest=revision.digest,
        code=lift.code,
        spots=[[f.field, f.start, f.end] for f in spots],
        reason=lift.reason,
        deputy=lift.deputy,
    )


def _tell(desk: Desk, tx: Session, revision: Revision, lift: Lift) -> None:
    """The authors' cards show it, the newest message; the cards of the others who were asked catch up."""
    known, post, key = desk.directory.people, revision.post, f"{revision.number}:{lift.code}"
    authors = [known[id_] for id_ in sorted(posts.hands(tx, post)) if id_ in known]
    outbox.queue(tx, authors, "draft", now=lift.at, post=post, key=f"lifted:{key}", menu="main", fresh=True)
    others = desk.directory.holders(revision.content.office, *AUTHORS)
    outbox.queue(tx, [p for p in others if p.id != lift.person], "lift_again", now=lift.at, post=post, key=key)
