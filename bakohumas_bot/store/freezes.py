"""Freezes: which offices may let nothing out just now, who froze them, and who asked to lift it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bakohumas_bot.store.database import Store
from bakohumas_bot.store.refusals import said_plainly
from bakohumas_bot.store.tables import IN_FORCE, FreezeRow

_ROWS = FreezeRow.__table__  # type: ignore[attr-defined]
_IN_FORCE = select(_ROWS.c.office).where(IN_FORCE)
_EVERY = select(_ROWS.c.office, _ROWS.c.lifted_at).order_by(_ROWS.c.id)
GLANCE = 0.2  # seconds that a sender may rely on what was read
SUNK_IN = 2 * GLANCE  # by then every sender, on every host, has read anew, and begun what it was about to begin


def in_force(tx: Session) -> frozenset[str]:
    """The offices that are frozen now."""
    return frozenset(tx.connection().execute(_IN_FORCE).scalars())


def lifted(tx: Session) -> dict[str, datetime | None]:
    """Every office that was ever frozen, with the moment its last freeze was lifted; None: it is frozen now."""
    return {office: at for office, at in tx.connection().execute(_EVERY)}  # noqa: C416 - a row is no pair to `dict`; the newest stands last


def of(tx: Session, office: str) -> FreezeRow | None:
    """The freeze in force, held until the transaction ends."""
    query = select(FreezeRow).where(IN_FORCE, col(FreezeRow.office) == office).with_for_update()
    row: FreezeRow | None = tx.execute(query).scalar_one_or_none()
    return row


def put(tx: Session, *, office: str, person: str, reason: str, now: datetime) -> None:
    """The database refuses a second one for the same office."""
    tx.add(FreezeRow(office=office, frozen_by=person, frozen_at=now, reason=reason))
    tx.flush()


def all_in_force(tx: Session) -> Sequence[FreezeRow]:
    return tx.execute(select(FreezeRow).where(IN_FORCE).order_by(col(FreezeRow.office))).scalars().all()


def wait_until_seen() -> None:
    """After a freeze was committed: when this returns, nothing more is begun anywhere."""
    time.sleep(SUNK_IN)


class FreezeWatch:
    """What every sender asks last. Reads the database at most five times a second, however many send."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._frozen: frozenset[str] = frozenset()

    def holds(self, office: str, *, anew: bool = False) -> bool:
        """Raises `Unavailable` when nobody can tell: then nothing may be sent either.

        `anew`: by a look that begins after this question; all who ask while one is under way share the next.
        """
        asked_at = time.monotonic()
        with self._lock:
            if self._read_at < (asked_at if anew else asked_at - GLANCE):
                begun = time.monotonic()
                self._frozen = self._now_in_force()
                self._read_at = begun
            return office in self._frozen

    def _now_in_force(self) -> frozenset[str]:
        """One statement is a view of one moment by itself; a session around it would cost more than it does."""
        with said_plainly(), self._store.engine.connect().execution_options(reading=True) as connection:
            return frozenset(connection.execute(_IN_FORCE).scalars())
