"""One process at a time on one machine: a lock beside the database, which the kernel frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from bakohumas_bot.errors import Unavailable


@contextmanager
def file_lock(engine: Engine, role: str) -> Iterator[bool]:
    """True while it is ours, False when another process plays this role for the same embedded database.

    Only for SQLite; an in-memory database has no second process.
    """
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        yield True
        return
    path = (
        Path(database).resolve().with_suffix(f".{role}.lock")
    )  # one database, one lock, by whatever name it is called
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unavailable(f"Berkas kunci {path} tidak dapat dibuat ({error.strerror}).") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = False
        else:
            held = True
        yield held
    finally:
        os.close(descriptor)
