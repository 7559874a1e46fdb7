"""Which files the public web may read just now, and for which delivery."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bakohumas_bot.store.tables import HostedMediaRow


def put(tx: Session, row: HostedMediaRow) -> None:
    tx.add(row)


def held_for(tx: Session, delivery: str, sha256: str, now: datetime) -> HostedMediaRow | None:
    query = select(HostedMediaRow).where(
        col(HostedMediaRow.delivery_id) == delivery,
        col(HostedMediaRow.sha256) == sha256,
        col(HostedMediaRow.expires_at) > now,
    )
    return tx.execute(query).scalars().first()


def by_token(tx: Session, token: str) -> HostedMediaRow | None:
    return tx.get(HostedMediaRow, token)


def withdraw(tx: Session, delivery: str) -> None:
    tx.execute(delete(HostedMediaRow).where(col(HostedMediaRow.delivery_id) == delivery))
