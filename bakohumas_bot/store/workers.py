"""Who works: each start of a worker, the lease that its beat renews, and the proof that another one is dead."""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.only_worker import only_worker
from bakohumas_bot.store.refusals import said_plainly
from bakohumas_bot.store.tables import WorkerRow

_LOCKS = 0x62616B6F  # our name space among PostgreSQL's advisory locks
_CUT_OFF = "Sambungan penjaga ke basis data terputus."


STALLED = timedelta(seconds=15)
_END_STALLED = text("""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
  AND state = 'active' AND wait_event = 'ClientRead' AND state_change <= clock_timestamp() - :seconds * interval '1 s'
""")


class Expelled(Unavailable):
    """The others take us for dead: our lock or our row is gone. A new start is needed."""


@dataclass(frozen=True, kw_only=True)
class Other:
    """Another worker that has not said goodbye. `dead` is proved; `silent` is only past its lease."""

    id: str
    number: int
    dead: bool
    silent: bool


class Membership:
    """One start of a worker, for as long as its lock is held."""

    def __init__(self, store: Store, id_: str, number: int, session: Connection | None) -> None:
        self._store, self.id, self.number, self._session = store, id_, number, session
        self._one_at_a_time = threading.Lock()  # a beat and a sweep come from two threads

    @property
    def alone(self) -> bool:
        """True on an embedded database: the lock on its file is ours, so nobody may take anything over from us."""
        return self._session is None

    def beat(self, now: datetime, lease: timedelta) -> datetime:
        """Renews the lease, and answers by which moment it is counted: on several hosts, the database's own.

        Raises `Expelled` when the lock that proves our life is gone, else `Unavailable`.
        """
        self._prove_life()
        with self._store.writing() as tx:
            at = moment(tx, now)
            mine = (col(WorkerRow.id) == self.id) & col(WorkerRow.ended_at).is_(None)
            done = tx.execute(update(WorkerRow).where(mine).values(alive_until=at + lease))
        if not getattr(done, "rowcount", 0):
            raise Expelled("Proses penayang ini sudah dianggap berhenti oleh yang lain.")
        return at

    def others(self, tx: Session, now: datetime) -> list[Other]:
        """Everyone else who has not ended."""
        at = moment(tx, now)
        query = select(WorkerRow).where(col(WorkerRow.ended_at).is_(None), col(WorkerRow.id) != self.id)
        rows = tx.execute(query.order_by(col(WorkerRow.number))).scalars().all()
        return [
            Other(id=row.id, number=row.number or 0, dead=self._is_dead(row), silent=row.alive_until < at)
            for row in rows
        ]

    def _is_dead(self, row: WorkerRow) -> bool:
        """Its lock is free: the kernel, or the database, has let go of it."""
        if self._session is None:
            return True
        with self._guardian(self._session) as session:
            keys = {"space": _LOCKS, "number": row.number}
            got = session.execute(text("SELECT pg_try_advisory_lock(:space, :number)"), keys).scalar()
            if got:
                session.execute(text("SELECT pg_advisory_unlock(:space, :number)"), keys)
        return bool(got)

    def _prove_life(self) -> None:
        if self._session is None:
            return
        with self._guardian(self._session) as session:
            held = session.execute(
                text(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :space "
                    "AND objid = :number AND pid = pg_backend_pid() AND granted"
                ),
                {"space": _LOCKS, "number": self.number},
            ).scalar()
        if not held:
            raise Expelled(_CUT_OFF)

    def end_what_stalls(self, older_than: timedelta = STALLED) -> int:
        """Ends every transaction of the desk whose process stopped in the middle of a batch. Answers how many.

        The server's own `idle_in_transaction_session_timeout` does not see them: until the batch is whole, such a
        session counts as active, and it would hold its locks for as long as its process sleeps.
        """
        if self._session is None:
            return 0
        with self._guardian(self._session) as session:
            return len(session.execute(_END_STALLED, {"seconds": older_than.total_seconds()}).all())

    @contextmanager
    def _guardian(self, session: Connection) -> Iterator[Connection]:
        """The session that proves our life. Once it is cut off, it answers with the library's own errors only."""
        try:
            with self._one_at_a_time:
                yield session
        except SQLAlchemyError as error:
            raise Expelled(_CUT_OFF) from error


@contextmanager
def membership(store: Store, now: Callable[[], datetime], lease: timedelta) -> Iterator[Membership]:
    """A new start. Raises `Unavailable` when another worker of an embedded database lives."""
    with only_worker(store.engine), _session(store) as session:
        id_ = f"worker-{uuid.uuid4()}"
        with store.writing() as tx:
            at = moment(tx, now())
            row = WorkerRow(id=id_, host=socket.gethostname(), pid=os.getpid(), started_at=at, alive_until=at + lease)
            tx.add(row)
            tx.flush()
            number = row.number or 0
            if session is not None:  # before the row can be seen: a row without its lock would look dead
                session.execute(text("SELECT pg_advisory_lock(:space, :number)"), {"space": _LOCKS, "number": number})
        member = Membership(store, id_, number, session)
        try:
            yield member
        finally:
            with suppress(Unavailable), store.writing() as tx:
                ended(tx, id_, now())


@dataclass(frozen=True, kw_only=True)
class Silent:
    """A worker that is past its lease, and may yet wake up: nobody has proved it dead."""

    host: str
    since: datetime


def silent(tx: Session, now: datetime) -> Silent | None:
    """One such worker, or None."""
    query = select(WorkerRow).where(col(WorkerRow.ended_at).is_(None), col(WorkerRow.alive_until) < moment(tx, now))
    row = tx.execute(query.order_by(col(WorkerRow.number)).limit(1)).scalar_one_or_none()
    return None if row is None else Silent(host=row.host, since=row.alive_until)


def ended(tx: Session, id_: str, now: datetime) -> None:
    """In order, or with proof. What it still held is taken over by whoever recovers."""
    tx.execute(update(WorkerRow).where(col(WorkerRow.id) == id_).values(ended_at=moment(tx, now)))


def moment(tx: Session, now: datetime) -> datetime:
    """For leases: the database's own clock, which all hosts share; on an embedded database ours."""
    if tx.get_bind().dialect.name == "postgresql":
        at: datetime = tx.execute(text("SELECT clock_timestamp()")).scalar_one()
        return at
    return now


@contextmanager
def _session(store: Store) -> Iterator[Connection | None]:
    """A connection of its own that lives as long as the worker: its end is the proof of death."""
    if store.engine.dialect.name != "postgresql":
        yield None
        return
    with said_plainly(), store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield connection
        finally:
            connection.invalidate()  # closed for good, not handed to the pool with the lock still held
