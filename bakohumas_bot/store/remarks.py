"""What was asked about a post and answered: it stays with the post, whichever revision it was asked of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bakohumas_bot.store.people_tables import RemarkRow


@dataclass(frozen=True, kw_only=True)
class Remark:
    id: int
    post: int
    revision: int
    asker: str
    question: str
    asked_at: datetime
    answerer: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None


def ask(tx: Session, *, post: int, revision: int, asker: str, question: str, now: datetime) -> Remark:
    row = RemarkRow(post_id=post, revision=revision, asker=asker, question=question, asked_at=now)
    tx.add(row)
    tx.flush()
    return _remark(row)


def answer(tx: Session, remark: int, *, answerer: str, answer: str, now: datetime) -> bool:
    """False where somebody else has answered it meanwhile: the first answer stands."""
    unanswered = (col(RemarkRow.id) == remark) & col(RemarkRow.answered_at).is_(None)
    values = {"answerer": answerer, "answer": answer, "answered_at": now}
    done = tx.connection().execute(update(RemarkRow).where(unanswered).values(**values))
    tx.expire_all()
    return bool(done.rowcount)


def get(tx: Session, remark: int) -> Remark | None:
    row = tx.get(RemarkRow, remark)
    return _remark(row) if row else None


def of_post(tx: Session, post: int) -> list[Remark]:
    """Oldest first."""
    query = select(RemarkRow).where(col(RemarkRow.post_id) == post).order_by(col(RemarkRow.id))
    return [_remark(row) for row in tx.execute(query).scalars()]


def _remark(row: RemarkRow) -> Remark:
    assert row.id is not None
    return Remark(
        id=row.id,
        post=row.post_id,
        revision=row.revision,
        asker=row.asker,
        question=row.question,
        asked_at=row.asked_at,
        answerer=row.answerer,
        answer=row.answer,
        answered_at=row.answered_at,
    )
