"""Whose turn it is to speak with Telegram: one process of all that run the bot; the others take over when it dies."""

from __future__ import annotations

import threading
from contextlib import ExitStack, suppress

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.file_lock import file_lock
from bakohumas_bot.store.refusals import said_plainly

_LOCK = 0x62616B69  # our name among PostgreSQL's advisory locks

# A host that lost its power says no goodbye: the server itself must notice within half a minute, or nobody takes over.
_PRUDENT = """
SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false)
"""
_HELD = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = :key AND pid = pg_backend_pid()
"""


class BotsTurn:
    """On PostgreSQL a session of its own holds the turn, and its end gives it back."""

    def __init__(self, store: Store) -> None:
        self._engine = store.engine
        self._file = ExitStack()
        self._session: Connection | None = None
        self._one_at_a_time = threading.Lock()

    def take(self) -> bool:
        """True when it is our turn from now on. Raises `Unavailable` when nobody can tell."""
        with self._one_at_a_time:
            return self._take()

    def held(self) -> bool:
        """Is it still ours? Without an answer of the database it is not."""
        with self._one_at_a_time:
            if self._session is None:
                return True
            try:
                return bool(self._session.execute(text(_HELD), {"key": _LOCK}).scalar())
            except SQLAlchemyError:
                return False

    def release(self) -> None:
        with self._one_at_a_time:
            self._give_back()

    def _take(self) -> bool:
        if self._engine.dialect.name != "postgresql":
            if self._file.enter_context(file_lock(self._engine, "bot")):
                return True
            self._file.close()
            return False
        try:
            with said_plainly():
                return self._take_in_the_database()
        except Unavailable:
            self._give_back()
            raise

    def _give_back(self) -> None:
        self._file.close()
        session, self._session = self._session, None
        if session is not None:
            with suppress(SQLAlchemyError):  # said, because the server needs a moment to notice that a session is gone
                session.execute(text("SELECT pg_advisory_unlock_all()"))
            with suppress(SQLAlchemyError):
                session.invalidate()  # closed for good: the next user of the pool must not find it prepared like this
                session.close()

    def _take_in_the_database(self) -> bool:
        if self._session is None:
            self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._session.execute(text(_PRUDENT))
        return bool(self._session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _LOCK}).scalar())
