"""Moving an office to another machine in tests: the same people and platforms, another folder and database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import postgres
from bakohumas_bot.lifecycle.backup import backup
from bakohumas_bot.lifecycle.restore import restore
from office import TestOffice, on_a_machine


@contextmanager
def new_machine(office: TestOffice, database: str = "sqlite", name: str = "baru") -> Iterator[TestOffice]:
    """With nothing on it yet."""
    url = None if database == "sqlite" else postgres.fresh_database()
    try:
        with on_a_machine(office.folder / name, office.sandbox, office.clock, url) as there:
            yield there
    finally:
        if url is not None:
            postgres.server().drop(url)


def taken(office: TestOffice, name: str = "cadangan.tar") -> Path:
    """A backup of it as it is now."""
    file = office.folder / name
    backup(office.desk, file)
    return file


@contextmanager
def restored(office: TestOffice, file: Path, database: str = "sqlite", name: str = "baru") -> Iterator[TestOffice]:
    with new_machine(office, database, name) as there:
        restore(there.desk, file)
        yield there
