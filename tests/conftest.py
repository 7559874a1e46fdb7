"""What every test may ask for: an office on the sandbox whose pretend platforms noticed no departure; a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import postgres
from office import TestOffice, open_office


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=postgres.DATABASES,
        default="sqlite",
        help="where the office keeps its posts in tests that do not say so themselves",
    )


# Minutes each: begun first, and one at a time to whoever is free, they do not hold up the end of a run.
LONG = ("tests/bench/", "tests/test_demo.py", "tests/lifecycle/test_machine.py", "tests/lifecycle/test_faults.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestOffice]:
    """Fails at the end when an adapter departed from a platform's official description."""
    kind = getattr(request, "param", None) or request.config.getoption("database")
    with _database(kind, tmp_path, postgres.fresh_database) as url, open_office(tmp_path, url) as opened:
        yield opened
        assert opened.sandbox.world.violations == []


@pytest.fixture(params=postgres.DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Each kind of database that an office may choose, with nothing in it."""
    with _database(request.param, tmp_path, postgres.fresh_database) as url:
        yield url


@pytest.fixture(params=postgres.DATABASES)
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same, not even with tables."""
    with _database(request.param, tmp_path, lambda: postgres.server().fresh()) as url:
        yield url


@contextmanager
def _database(kind: str, folder: Path, make: Callable[[], str]) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bakohumas.db"
        return
    url = make()
    try:
        yield url
    finally:
        postgres.server().drop(url)
