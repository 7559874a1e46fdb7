"""Proof that this is the only worker on an embedded database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.file_lock import file_lock


class AlreadyRunning(Unavailable):
    """Another worker of the same embedded database lives."""


@contextmanager
def only_worker(engine: Engine) -> Iterator[None]:
    """Held for life. Raises `AlreadyRunning` when another worker of this database lives."""
    with file_lock(engine, "worker") as held:
        if not held:
            raise AlreadyRunning(
                "Sudah ada proses penayang (worker) lain yang memakai basis data ini. Hentikan proses itu dahulu, "
                "atau gunakan PostgreSQL bila memerlukan lebih dari satu."
            )
        yield
