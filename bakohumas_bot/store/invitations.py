"""Invitations: one link, one person, one role, once. Of its secret only the hash is here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from bakohumas_bot.store.people_tables import InvitationRow

_OPEN = col(InvitationRow.used_at).is_(None) & col(InvitationRow.withdrawn_at).is_(None)


def put(tx: Session, invitation: InvitationRow) -> int:
    tx.add(invitation)
    tx.flush()
    assert invitation.id is not None
    return invitation.id


def get(tx: Session, id_: int) -> InvitationRow | None:
    return tx.get(InvitationRow, id_)


def open_now(tx: Session, now: datetime) -> list[InvitationRow]:
    """Those that somebody may still use."""
    query = select(InvitationRow).where(_OPEN, col(InvitationRow.expires_at) > now).order_by(col(InvitationRow.id))
    return list(tx.execute(query).scalars())


def use(tx: Session, secret_hash: str, now: datetime) -> InvitationRow | None:
    """Used by this very statement, so by nobody else any more. None for wrong, used, withdrawn or expired."""
    mine = update(InvitationRow).where(
        col(InvitationRow.secret_hash) == secret_hash, _OPEN, col(InvitationRow.expires_at) > now
    )
    found = tx.execute(mine.values(used_at=now).returning(col(InvitationRow.id))).first()
    return tx.get(InvitationRow, found[0]) if found else None


def withdraw(tx: Session, id_: int, now: datetime) -> bool:
    """False where it was used or withdrawn already."""
    gone = update(InvitationRow).where(col(InvitationRow.id) == id_, _OPEN).values(withdrawn_at=now)
    return tx.execute(gone.returning(col(InvitationRow.id))).first() is not None


def withdraw_all_of(tx: Session, person: str, now: datetime) -> None:
    """Those for a person who left, and those that this person made."""
    theirs = or_(col(InvitationRow.person) == person, col(InvitationRow.made_by) == person)
    tx.execute(update(InvitationRow).where(theirs, _OPEN).values(withdrawn_at=now))
