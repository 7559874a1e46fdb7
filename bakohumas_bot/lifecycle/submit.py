"""Submit: a checked revision goes to everyone who may approve it."""

from __future__ import annotations

from datetime import datetime

from bakohumas_bot import labels
from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.findings import Finding, Severity
from bakohumas_bot.domain.lifting import Lift, obstacles
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.policy import requirement
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.domain.sensitivity import traits_of
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.check import in_short, recheck, require_destinations
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR
from bakohumas_bot.lifecycle.policy import holders, unreachable
from bakohumas_bot.store import outbox, posts, record

LIFTED_BY_YOU = "Bapak/Ibu sudah mengizinkan temuan pada konsep ini, sehingga pengajuannya dilakukan oleh orang lain."


def submit(desk: Desk, person: Person, post: int, *, reason: str | None = None) -> Revision:
    """Raises `Refused`, naming the rule: a *blok*, a *peringatan* without a reason, nobody who could approve."""
    now = desk.now()
    with desk.store.reading() as tx:
        revision = posts.latest(tx, post)
    _require_author(person, revision.content)
    if any(lift.person == person.id for lift in revision.lifts):
        raise Refused(LIFTED_BY_YOU)
    require_destinations(desk, revision.content.accounts)
    found = recheck(desk, revision, now)
    require_clean(f"Konten #{post}", found, reason, revision.lifts)
    require_future(revision.content, now)
    with desk.store.writing() as tx:
        closed = posts.lock(tx, post).closed_at is not None
        if closed or posts.latest(tx, post).number != revision.number:
            raise Refused("Konsep ini sudah berubah atau dibatalkan. Silakan buka kartu terbaru.")
        if revision.submitted_at is not None:
            raise Refused("Konsep ini sudah diajukan. Ubah isinya dahulu bila perlu diajukan kembali.")
        _require_author(people.as_of(desk, tx, person, now), revision.content)
        leaders = leaders_for(desk, revision.content, posts.hands(tx, post) | {person.id}, found)
        posts.mark_submitted(tx, revision, person=person.id, now=now, reason=reason, found=found)
        record.append(
            tx,
            office=revision.content.office,
            actor=person.id,
            kind="submitted",
            now=now,
            post=post,
            revision=revision.number,
            digest=revision.digest,
            reason=reason,
            **in_short(found),
        )
        outbox.queue(tx, leaders, "approval", now=now, post=post, revision=revision.number)
        return posts.latest(tx, post)


def _require_author(person: Person, content: Content) -> None:
    if not person.has(content.office, *AUTHORS):
        raise Refused(NOT_AN_AUTHOR)


def leaders_for(
    desk: Desk, content: Content, hands: frozenset[str], findings: tuple[Finding, ...] = ()
) -> list[Person]:
    """Everyone who is asked first about what `hands` have touched. Refused where nobody could say all that is asked."""
    traits = traits_of(content, frozenset(finding.code for finding in findings), desk.knowledge.participants)
    asked = requirement(desk.policies, content.office, content.kind, traits)
    nobody = unreachable(desk, content, asked, hands)
    if nobody is not None:
        roles = " atau ".join(role.value for role in nobody.roles)
        raise Refused(
            f"Belum ada penyetuju lain untuk satker ini: {asked.why}. Mohon admin menambahkan {roles} pada "
            "konfigurasi ([[people]])."
        )
    return holders(desk, content.office, asked.steps[:1] if asked.ordered else asked.steps, hands)


def require_clean(what: str, findings: tuple[Finding, ...], reason: str | None, lifts: tuple[Lift, ...] = ()) -> None:
    """A *blok* stops unless it was lifted; a *peringatan* asks for a written reason. `what` opens the sentence."""
    blocks = obstacles(findings, lifts)
    if blocks:
        listed = _listed(blocks)
        raise Refused(f"{what} tidak dapat diajukan sebelum diperbaiki:\n{listed}")
    warned = [f for f in findings if f.severity is Severity.PERINGATAN]
    if warned and not (reason or "").strip():
        listed = _listed(warned)
        raise Refused(f"{what} memiliki hal yang perlu perhatian. Mohon tuliskan alasan untuk melanjutkan.\n{listed}")


def _listed(findings: list[Finding]) -> str:
    return "\n".join(f"- {f.code} ({labels.place(f.field)}): {f.message}" for f in findings)


def require_future(content: Content, now: datetime) -> None:
    if content.publish_at is not None and content.publish_at < now:
        raise Refused("Waktu tayang yang direncanakan sudah lewat. Silakan tentukan waktu baru sebelum mengajukan.")
