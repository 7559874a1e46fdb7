"""Posts that somebody has yet to speak on: those that wait for a voice, and those that are held."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, select
from sqlmodel import Session, col

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.store.tables import DecisionRow, PostRow, RevisionRow


def unanswered(tx: Session) -> list[int]:
    """Submitted, not withdrawn, neither returned nor rejected; approved only where it was by an urgent voice."""
    candidates = {*tx.execute(_WITHOUT_APPROVAL).scalars(), *tx.execute(_URGENTLY_APPROVED).scalars()}
    return sorted(candidates)


_NEWER = RevisionRow.__table__.alias()  # type: ignore[attr-defined]
_OF_IT = (col(DecisionRow.post_id) == col(RevisionRow.post_id), col(DecisionRow.revision) == col(RevisionRow.number))
_NEWEST = ~exists(select(1).where(_NEWER.c.post_id == RevisionRow.post_id, _NEWER.c.number > RevisionRow.number))
_OPEN = (
    select(col(RevisionRow.post_id))
    .join(PostRow, col(PostRow.id) == col(RevisionRow.post_id))
    .where(col(PostRow.closed_at).is_(None), _NEWEST)
)
# Two questions, because one with OR would walk through every decision ever made.
_WITHOUT_APPROVAL = _OPEN.where(
    col(RevisionRow.submitted_at).is_not(None),
    col(RevisionRow.approved_at).is_(None),
    ~exists(select(1).where(*_OF_IT, col(DecisionRow.verdict) != Verdict.APPROVE)),
)
_URGENTLY_APPROVED = _OPEN.join(DecisionRow, and_(*_OF_IT)).where(col(DecisionRow.urgent).is_(True))


def held(tx: Session) -> list[int]:
    query = select(col(PostRow.id)).where(col(PostRow.held_by).is_not(None), col(PostRow.closed_at).is_(None))
    return list(tx.execute(query.order_by(col(PostRow.id))).scalars())


def held_in(tx: Session, offices: Sequence[str]) -> list[PostRow]:
    """Those of these offices, the one that has waited longest first."""
    query = select(PostRow).where(col(PostRow.held_by).is_not(None), col(PostRow.closed_at).is_(None))
    query = query.where(col(PostRow.office).in_(offices)).order_by(col(PostRow.held_at), col(PostRow.id))
    return list(tx.execute(query).scalars())


def holder(tx: Session, post: int) -> str | None:
    row = tx.get(PostRow, post)
    return row.held_by if row else None
