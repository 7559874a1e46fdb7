"""Posts that somebody has yet to speak on: those that wait for a voice, and those that are held."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlmodel import Session, col

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.store.tables import DecisionRow, PostRow, RevisionRow


def unanswered(tx: Session) -> list[int]:
    """Submitted, not withdrawn, neither returned nor rejected; approved only where it was by an urgent voice."""
    newer = RevisionRow.__table__.alias()  # type: ignore[attr-defined]
    same = (col(DecisionRow.post_id) == col(RevisionRow.post_id), col(DecisionRow.revision) == col(RevisionRow.number))
    query = (
        select(col(RevisionRow.post_id))
        .join(PostRow, col(PostRow.id) == col(RevisionRow.post_id))
        .where(
            col(PostRow.closed_at).is_(None),
            col(RevisionRow.submitted_at).is_not(None),
            ~exists(select(1).where(newer.c.post_id == RevisionRow.post_id, newer.c.number > RevisionRow.number)),
            ~exists(select(1).where(*same, col(DecisionRow.verdict) != Verdict.APPROVE)),
            col(RevisionRow.approved_at).is_(None) | exists(select(1).where(*same, col(DecisionRow.urgent).is_(True))),
        )
    )
    return list(tx.execute(query.order_by(col(RevisionRow.post_id))).scalars())


def held(tx: Session) -> list[int]:
    query = select(col(PostRow.id)).where(col(PostRow.held_by).is_not(None), col(PostRow.closed_at).is_(None))
    return list(tx.execute(query.order_by(col(PostRow.id))).scalars())


def holder(tx: Session, post: int) -> str | None:
    row = tx.get(PostRow, post)
    return row.held_by if row else None
