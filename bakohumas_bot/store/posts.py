"""Posts, their revisions, and the decisions on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlmodel import Session, col

from bakohumas_bot.domain.approval import Decision, Verdict
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.posts import Content, Post, Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.store import codec, lifts, likenesses
from bakohumas_bot.store.tables import DecisionRow, DeliveryRow, PostRow, RevisionRow

_REVISIONS, _DECISIONS = RevisionRow.__table__.c, DecisionRow.__table__.c  # type: ignore[attr-defined]
_POSTS = PostRow.__table__.c  # type: ignore[attr-defined]


def create(tx: Session, *, office: str, person: str, now: datetime) -> int:
    row = PostRow(office=office, created_by=person, created_at=now)
    tx.add(row)
    tx.flush()
    assert row.id is not None
    return row.id


def lock(tx: Session, post: int) -> PostRow:
    """The post's row, held until the transaction ends, so that two decisions cannot pass each other.

    Its deliveries are held with it, in the order in which a worker holds them: nobody waits in a ring.
    """
    row: PostRow | None = tx.execute(
        select(PostRow).where(col(PostRow.id) == post).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise Refused(f"Konten #{post} tidak ditemukan. Daftar konten: bakohumas posts.")
    theirs = select(col(DeliveryRow.id)).where(col(DeliveryRow.post_id) == post).order_by(col(DeliveryRow.id))
    tx.execute(theirs.with_for_update()).all()
    return row


def close(tx: Session, post: int, now: datetime) -> None:
    lock(tx, post).closed_at = now


def add_revision(tx: Session, revision: Revision, looks: Mapping[str, int] | None = None) -> None:
    """`looks` of its pictures by the author's SHA-256: it will be found by them."""
    tx.add(
        RevisionRow(
            post_id=revision.post,
            number=revision.number,
            content=codec.content_to_json(revision.content),
            prepared=codec.prepared_to_json(revision.prepared),
            findings=codec.findings_to_json(revision.findings),
            digest=revision.digest,
            author=revision.author,
            created_at=revision.created_at,
            submitted_by=revision.submitted_by,
            submitted_at=revision.submitted_at,
            reason=revision.reason,
        )
    )
    tx.flush()
    likenesses.note(tx, revision, looks or {})


def mark_submitted(
    tx: Session, revision: Revision, *, person: str, now: datetime, reason: str | None, found: tuple[Finding, ...]
) -> None:
    """`found` is what the rules say now: that is what the leaders are shown, and what the policy goes by."""
    row = _revision_row(tx, revision.post, revision.number)
    row.submitted_by, row.submitted_at, row.reason = person, now, reason
    row.findings = codec.findings_to_json(found)
    tx.flush()


def latest(tx: Session, post: int) -> Revision:
    """The newest revision. Raises `Refused` where the post does not exist."""
    number = tx.execute(select(func.max(RevisionRow.number)).where(col(RevisionRow.post_id) == post)).scalar()
    if number is None:
        raise Refused(f"Konten #{post} tidak ditemukan. Daftar konten: bakohumas posts.")
    return revision(tx, post, number)


def revision(tx: Session, post: int, number: int) -> Revision:
    row = _revision_row(tx, post, number)
    return Revision(
        post=row.post_id,
        number=row.number,
        content=codec.content_from_json(row.content),
        prepared=codec.prepared_from_json(row.prepared),
        findings=codec.findings_from_json(row.findings),
        digest=row.digest,
        author=row.author,
        created_at=row.created_at,
        submitted_by=row.submitted_by,
        submitted_at=row.submitted_at,
        reason=row.reason,
        lifts=lifts.of_revision(tx, post, number),
    )


def unsubmitted(tx: Session, content: Content, author: str) -> int | None:
    """The open draft that this author made of this very content and nobody has submitted; the newest of several."""
    query = select(_POSTS.id).where(_POSTS.office == content.office, _POSTS.created_by == author)
    query = query.where(_POSTS.closed_at.is_(None)).order_by(_POSTS.id.desc()).limit(50)
    for post in tx.execute(query).scalars():
        draft = latest(tx, post)
        if draft.submitted_at is None and draft.author == author and draft.content == content:
            return int(post)
    return None


def submitted_before(tx: Session, post: int, number: int) -> Revision | None:
    """The last earlier version that leaders were shown."""
    query = select(func.max(RevisionRow.number)).where(
        col(RevisionRow.post_id) == post, col(RevisionRow.number) < number, col(RevisionRow.submitted_at).is_not(None)
    )
    found = tx.execute(query).scalar()
    return revision(tx, post, found) if found is not None else None


_HANDS = select(_REVISIONS.author, _REVISIONS.submitted_by).where(_REVISIONS.post_id == bindparam("post"))
_DECIDERS = select(_DECISIONS.person).where(
    _DECISIONS.post_id == bindparam("post"),
    _DECISIONS.revision
    == select(func.max(_REVISIONS.number)).where(_REVISIONS.post_id == bindparam("post")).scalar_subquery(),
)


def hands(tx: Session, post: int) -> frozenset[str]:
    """Everyone who wrote, edited or submitted any revision of the post."""
    rows = tx.execute(_HANDS, {"post": post})
    return frozenset(person for row in rows for person in row if person)


def deciders(tx: Session, post: int) -> frozenset[str]:
    """Who has decided on its newest revision."""
    return frozenset(tx.execute(_DECIDERS, {"post": post}).scalars())


def decide(tx: Session, decision: Decision) -> None:
    tx.add(
        DecisionRow(
            post_id=decision.post,
            revision=decision.revision,
            digest=decision.digest,
            person=decision.person,
            verdict=decision.verdict,
            reason=decision.reason,
            decided_at=decision.decided_at,
            due_at=decision.due_at,
            roles=" ".join(sorted(decision.roles)),
            deputy=decision.deputy,
            urgent=decision.urgent,
            ticks=" ".join(decision.ticks),
        )
    )
    tx.flush()


def mark_approved(tx: Session, post: int, number: int, at: datetime, voices: int = 1) -> None:
    """So many have said yes, and it may go out; `at` is when that was first so."""
    row = _revision_row(tx, post, number)
    row.approved_at, row.voices = row.approved_at or at, voices
    tx.flush()


def take_approval_back(tx: Session, post: int, number: int) -> None:
    """One of those who were asked afterwards will not have it public."""
    row = _revision_row(tx, post, number)
    row.approved_at, row.voices = None, 0
    tx.flush()


def hold(tx: Session, post: int, *, person: str | None, at: datetime | None, reason: str | None) -> None:
    """Who holds an approved post, and why; all None when nobody does any more."""
    row = lock(tx, post)
    row.held_by, row.held_at, row.held_reason = person, at, reason
    tx.flush()


def held_row(tx: Session, post: int) -> PostRow | None:
    """Of a post that a leader holds. Nothing is locked: who only reads may not."""
    row = tx.get(PostRow, post)
    return row if row is not None and row.held_by is not None else None


def held(tx: Session, post: int) -> str | None:
    """Why a leader holds it; None where nobody does."""
    row = held_row(tx, post)
    return (row.held_reason or "") if row is not None else None


def decisions_on(tx: Session, post: int, number: int) -> list[Decision]:
    """Every voice on one revision, oldest first."""
    query = select(DecisionRow).where(col(DecisionRow.post_id) == post, col(DecisionRow.revision) == number)
    return [_decision(row) for row in tx.execute(query.order_by(col(DecisionRow.id))).scalars()]


def decision_on(tx: Session, post: int, number: int) -> Decision | None:
    """The one that settled it: a not yet or a no, or the yes with which it was approved. None while it waits."""
    said = decisions_on(tx, post, number)
    against = next((one for one in said if one.verdict is not Verdict.APPROVE), None)
    if against is not None or _revision_row(tx, post, number).approved_at is None:
        return against
    approved_at = _revision_row(tx, post, number).approved_at
    return next((one for one in said if one.decided_at == approved_at), said[-1] if said else None)


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        post=row.post_id,
        revision=row.revision,
        digest=row.digest,
        person=row.person,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        decided_at=row.decided_at,
        due_at=row.due_at,
        roles=frozenset(Role(role) for role in row.roles.split()),
        deputy=row.deputy,
        urgent=row.urgent,
        ticks=tuple(row.ticks.split()),
    )


def _standing_approvals() -> Select[Any]:
    newest = (
        select(_REVISIONS.post_id, func.max(_REVISIONS.number).label("number"))
        .where(_REVISIONS.post_id.in_(bindparam("posts", expanding=True)))
        .group_by(_REVISIONS.post_id)
        .subquery()
    )
    same = (newest.c.post_id == _REVISIONS.post_id) & (newest.c.number == _REVISIONS.number)
    of_it = (_DECISIONS.post_id == _REVISIONS.post_id) & (_DECISIONS.revision == _REVISIONS.number)
    yes = (_DECISIONS.verdict == Verdict.APPROVE.value) & (_DECISIONS.digest == _REVISIONS.digest)
    query = select(_REVISIONS.post_id, _REVISIONS.number, _REVISIONS.digest).join(newest, same)
    query = query.join(DecisionRow, of_it & yes).where(_REVISIONS.approved_at.is_not(None))
    query = query.join(PostRow, _POSTS.id == _REVISIONS.post_id).where(_POSTS.held_by.is_(None))
    what = (_REVISIONS.post_id, _REVISIONS.number, _REVISIONS.digest, _REVISIONS.voices)
    return query.group_by(*what).having(func.count() >= _REVISIONS.voices, _REVISIONS.voices > 0)


_APPROVED = _standing_approvals()


def approved(tx: Session, posts: Collection[int]) -> set[tuple[int, int, str]]:
    """Of these posts, each (post, revision, digest) that has all its voices, that no leader holds, and none newer.

    The voices themselves are counted, each for this very digest: what says that there are enough is not believed alone.
    """
    rows = tx.connection().execute(_APPROVED, {"posts": list(posts)})
    return {(row[0], row[1], row[2]) for row in rows}


def all_posts(tx: Session, office: str | None = None, limit: int = 200) -> list[Post]:
    """Newest first."""
    query = select(PostRow).order_by(col(PostRow.id).desc()).limit(limit)
    if office:
        query = query.where(col(PostRow.office) == office)
    return [_post(tx, row) for row in tx.execute(query).scalars()]


def _post(tx: Session, row: PostRow) -> Post:
    assert row.id is not None
    newest = latest(tx, row.id)
    return Post(
        id=row.id,
        office=row.office,
        created_by=row.created_by,
        created_at=row.created_at,
        title=newest.content.title,
        revision=newest.number,
        closed_at=row.closed_at,
    )


def get(tx: Session, post: int) -> Post:
    row = tx.get(PostRow, post)
    if row is None:
        raise Refused(f"Konten #{post} tidak ditemukan. Daftar konten: bakohumas posts.")
    return _post(tx, row)


def _revision_row(tx: Session, post: int, number: int) -> RevisionRow:
    query = select(RevisionRow).where(col(RevisionRow.post_id) == post, col(RevisionRow.number) == number)
    row: RevisionRow | None = tx.execute(query).scalar_one_or_none()
    if row is None:
        raise Refused(f"Versi {number} dari konten #{post} tidak ditemukan.")
    return row
