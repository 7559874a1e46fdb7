"""Many rows in one statement: they travel to the database, and on SQLite back, as one JSON document.

Given row after row, a driver lets other threads in at each of them: among busy senders the one writer would wait for
its turn a hundred times per commit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, TextClause, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

Row = Sequence[Any]
_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}  # type: ignore[no-untyped-call]


def insert(tx: Session, table: Table, names: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Every row holds its values in the order of `names`; they are written in the order of the rows."""
    connection = tx.connection()
    connection.execute(_insertion(connection.dialect.name, table, names), _document(connection, table, names, rows))


def update(tx: Session, table: Table, names: tuple[str, ...], rows: Iterable[Row]) -> None:
    """The first of `names` is the key: where it is a row's first value, the others are written."""
    connection = tx.connection()
    connection.execute(_change(connection.dialect.name, table, names), _document(connection, table, names, rows))


def held(tx: Session, table: Table, names: tuple[str, ...], keys: Sequence[str]) -> list[Row]:
    """What stands under these keys, the first of `names`: texts and numbers only.

    Locked until the transaction ends, in one order, so that no two transactions wait for each other.
    """
    connection = tx.connection()
    if connection.dialect.name == "sqlite":  # who writes there is alone
        rows: list[Row] = json.loads(connection.execute(_gathered(table, names), {"keys": _spelled(keys)}).scalar_one())
        return rows
    return list(connection.execute(_locked(table, names), {"keys": list(keys)}))


@cache
def _gathered(table: Table, names: tuple[str, ...]) -> TextClause:
    among = f"{names[0]} IN (SELECT value FROM json_each(:keys))"  # noqa: S608 - our own words only
    return text(f"SELECT json_group_array(json_array({', '.join(names)})) FROM {table.name} WHERE {among}")  # noqa: S608


@cache
def _locked(table: Table, names: tuple[str, ...]) -> TextClause:
    among = f"{names[0]} = ANY(CAST(:keys AS varchar[]))"
    return text(f"SELECT {', '.join(names)} FROM {table.name} WHERE {among} ORDER BY {names[0]} FOR UPDATE")  # noqa: S608


@cache
def _insertion(dialect: str, table: Table, names: tuple[str, ...]) -> TextClause:
    listed = ", ".join(names)
    return text(f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM {_source(dialect, table, names)}")  # noqa: S608


@cache
def _change(dialect: str, table: Table, names: tuple[str, ...]) -> TextClause:
    key, *others = names
    values = ", ".join(f"{name} = given.{name}" for name in others)
    source = _source(dialect, table, names)
    return text(f"UPDATE {table.name} SET {values} FROM {source} WHERE {table.name}.{key} = given.{key}")  # noqa: S608


def _source(dialect: str, table: Table, names: tuple[str, ...]) -> str:
    """The document, read as a table of the columns' own types."""
    if dialect == "sqlite":
        values = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(names))
        return f"(SELECT {values} FROM json_each(:rows)) AS given"  # noqa: S608
    values = ", ".join(
        f"CAST(item ->> {place} AS {table.c[name].type.compile(dialect=_DIALECTS[dialect])}) AS {name}"
        for place, name in enumerate(names)
    )
    return f"(SELECT {values} FROM json_array_elements(CAST(:rows AS json)) AS item) AS given"  # noqa: S608


def _document(connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Row]) -> dict[str, str]:
    stored = _conversions(connection.dialect.name, table, names)
    values = [list(row) for row in rows]
    for place, convert in stored:
        for row in values:
            row[place] = convert(row[place])
    document = _spelled(values)
    if "\\u0000" in document:  # JSON in a database cannot carry it: shown, it is a replacement sign
        document = _spelled([[v.replace("\x00", "\ufffd") if isinstance(v, str) else v for v in row] for row in values])
    return {"rows": document}


@cache
def _conversions(dialect: str, table: Table, names: tuple[str, ...]) -> list[tuple[int, Callable[[Any], Any]]]:
    """What the columns' own types do to a value before it is stored."""
    of = _DIALECTS[dialect]
    processors = [table.c[name].type.dialect_impl(of).bind_processor(of) for name in names]
    return [(place, convert) for place, convert in enumerate(processors) if convert is not None]


_spelled = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, default=datetime.isoformat).encode
