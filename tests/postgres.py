"""PostgreSQL for tests: one server per test process, and a database with the newest schema in a few milliseconds."""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import cache

import pytest

from bakohumas_bot.bench.postgres import Postgres, open_postgres
from bakohumas_bot.store.database import open_store

DATABASES = ("sqlite", "postgresql")
on_both_databases = pytest.mark.parametrize("office", DATABASES, indirect=True)
on_sqlite = pytest.mark.parametrize("office", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("office", ["postgresql"], indirect=True)


@cache
def server() -> Postgres:
    """Starts at the first question and ends with the process."""
    ending = ExitStack()
    atexit.register(ending.close)
    return ending.enter_context(open_postgres())


def fresh_database() -> str:
    """The address of a new database that has the newest schema and nothing in it."""
    return server().fresh(like=_newest_schema())


@cache
def _newest_schema() -> str:
    url = server().fresh()
    open_store(url).close()
    return url
