"""What the desk asks of every connection to PostgreSQL: durable commits, and no waiting for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

if TYPE_CHECKING:
    import psycopg

DRIVERS = ("postgresql", "postgresql+psycopg")

# A host that is gone without a word is noticed within half a minute, not after the kernel's two hours.
_PRUDENT = {
    "application_name": "bakohumas",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

# A process that is paused in the middle of a transaction must not hold an office's record: the server ends it. A host
# that lost its power must not hold its lock as a living worker: the server asks. And whatever the server's habit is, an
# intent is on the disk before the first byte of its call leaves.
_SESSION = """
SELECT set_config('lock_timeout', '5s', false),
       set_config('idle_in_transaction_session_timeout', '15s', false),
       set_config('tcp_keepalives_idle', '10', false),
       set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false),
       set_config('synchronous_commit', CASE current_setting('synchronous_commit')
         WHEN 'off' THEN 'on' WHEN 'local' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""
_MIGRATING = 0x62616B68  # our name among the server's advisory locks


def open_engine(url: URL, **pool: Any) -> Engine:
    """Raises `ImportError` where the driver is not installed. What the address itself says wins."""
    prudent = {name: value for name, value in _PRUDENT.items() if name not in url.query}
    engine = create_engine(url.set(drivername=DRIVERS[1]), pool_pre_ping=True, connect_args=prudent, **pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkin", _forget_reading)
    return engine


def migrate_alone(connection: Connection) -> None:
    """Two processes that open the database at once change it one after the other."""
    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})


def _prepare(connection: psycopg.Connection[Any], _: Any) -> None:
    from psycopg.types.string import StrDumperUnknown

    class Readable(StrDumperUnknown):
        """A platform's words may hold a NUL, which PostgreSQL refuses in text: shown, it is a replacement sign."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "\ufffd"))

    connection.adapters.register_dumper(str, Readable)
    connection.autocommit = True
    connection.execute(_SESSION)
    connection.autocommit = False


def _forget_reading(connection: psycopg.Connection[Any] | None, _: Any) -> None:
    """After a view of one moment, whether the next may write is again the server's to say, not ours."""
    if connection is not None and not connection.closed:
        connection.read_only = None
