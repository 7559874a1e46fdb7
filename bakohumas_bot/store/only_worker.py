"""Proof that this is the only worker on an embedded database: a lock that the kernel frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from bakohumas_bot.errors import Unavailable


class AlreadyRunning(Unavailable):
    """Another worker of the same embedded database lives."""


@contextmanager
def only_worker(engine: Engine) -> Iterator[None]:
    """Held for life. Raises `AlreadyRunning` when another worker of this database lives.

    Only for SQLite; an in-memory database has no second process.
    """
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        yield
        return
    path = Path(database).resolve().with_suffix(".worker.lock")  # one database, one lock, by whatever name it is called
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unavailable(f"Kunci penayang {path} tidak dapat dibuat ({error.strerror}).") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                "Sudah ada proses penayang (worker) lain yang memakai basis data ini. Hentikan proses itu dahulu, "
                "atau gunakan PostgreSQL bila memerlukan lebih dari satu."
            ) from None
        yield
    finally:
        os.close(descriptor)
