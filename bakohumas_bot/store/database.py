"""Opens the database, brings it to the newest form, and hands out transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, false, inspect, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store import migrating, postgresql
from bakohumas_bot.store.refusals import said_plainly
from bakohumas_bot.store.tables import ChainHeadRow
from bakohumas_bot.store.together import Act, Together

T = TypeVar("T")
R = TypeVar("R")

NEWEST = "0006"  # the head of store/migrations; a test keeps the two together
BUSY = 5.0  # seconds to wait for another process's write
_UNKNOWN = (
    'Alamat basis data pada [database] url tidak dikenal. Contoh: "sqlite:///var/bakohumas.db", atau '
    "postgresql+psycopg://nama@server/basisdata."
)
POOL = 16  # connections kept open, and as many more in a burst


class Store:
    """One database. `writing()` is one transaction, begun immediately on SQLite so that no two writers race."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        # One writer at a time within this process: SQLite would make the others wait by sleeping.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._group = Together(self.writing)
        self._one_moment: dict[str, Any] = (
            {"reading": True}
            if engine.dialect.name == "sqlite"
            else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Commits on the way out, rolls back on any exception. Raises `Unavailable` when the machine says no."""
        with (
            said_plainly(),
            self._turn,
            Session(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # begins now, not at the first statement
            yield session

    def together(self, act: Act[T, R], item: T) -> R:
        """`act` in a transaction shared with whatever other threads write just now. Raises as `writing` does."""
        return self._group.soon(act, item).result()

    def soon(self, act: Act[T, R], item: T) -> Future[R]:
        """The same for who has other things to do meanwhile. Whoever is called back must not wait for anything."""
        return self._group.soon(act, item)

    def prove_writable(self) -> None:
        """Changes nothing. Raises `Unavailable` where a write would be refused: a standby begins, but never writes."""
        with self.writing() as tx:
            tx.execute(update(ChainHeadRow).where(false()).values(number=ChainHeadRow.number))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A view of one moment; nothing written in it is kept."""
        with (
            said_plainly(),
            self.engine.connect().execution_options(**self._one_moment) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            yield session

    def close(self) -> None:
        self._group.close()
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Opens `url`, creating or migrating the schema.

    Raises `Unavailable` for a read-only or full disk, a locked or damaged file, or a database of a newer version.
    """
    engine = _engine(url)
    try:
        with said_plainly():
            found = _version(engine)
            if found != NEWEST:
                _migrate(engine, found)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.drivername in postgresql.DRIVERS:
            return postgresql.open_engine(parsed, pool_size=POOL, max_overflow=POOL)
    except ImportError as error:
        raise Unavailable(
            "Pustaka PostgreSQL belum terpasang. Mohon pasang dengan: pip install 'bakohumas-bot[postgres]', atau "
            "gunakan sqlite:/// pada [database] url."
        ) from error
    except (ArgumentError, ValueError):
        raise Unavailable(_UNKNOWN) from None  # says nothing of the address: it may hold a password
    if parsed.drivername != "sqlite":
        raise Unavailable(_UNKNOWN)
    if parsed.database:
        with said_plainly():
            _make_private(Path(parsed.database))
    engine = create_engine(
        parsed, pool_size=POOL, max_overflow=POOL, connect_args={"timeout": BUSY, "isolation_level": None}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(database: Path) -> None:
    """Drafts and the desk's messages are nobody else's to read; SQLite gives its side files the same mode."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if str(database) != ":memory:" and not database.exists():
        database.touch(mode=0o600)


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """Every commit is durable: an intent must be on the disk before the first byte of its call leaves."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _version(engine: Engine) -> str | None:
    with engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return version


def _migrate(engine: Engine, found: str | None) -> None:
    if found is not None and found not in migrating.known():
        raise Unavailable(
            f"Basis data ini dibuat oleh versi aplikasi yang lebih baru (skema {found}). "
            "Mohon perbarui bakohumas-bot, atau pulihkan cadangan dari versi ini."
        )
    with engine.begin() as connection:
        migrating.upgrade(connection, NEWEST)
