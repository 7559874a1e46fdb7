"""Tables as lines of JSON, one array per row, the same whichever database they come from or go to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import IO, Any

from sqlalchemy import JSON, Column, MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session, SQLModel

from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.store.archive import manifest as form
from bakohumas_bot.store.archive.manifest import Manifest, TablePart
from bakohumas_bot.store.archive.reading import damaged
from bakohumas_bot.store.tables import DeliveryRow, HostedMediaRow, QuestionRow, WorkerRow

# What is true only of the machine that runs: who works there, what it hosts, what it has just asked a person.
LEFT_BEHIND = frozenset(str(row.__tablename__) for row in (WorkerRow, HostedMediaRow, QuestionRow))
_LEASE = DeliveryRow.__table__.c.leased_by  # type: ignore[attr-defined]

LONGEST = 64 << 20  # bytes of one row
_BATCH = 500  # rows
_HEAVY = 4 << 20  # bytes after which a batch is full, however few its rows

_NOT_EMPTY = (
    "Basis data tujuan sudah berisi data ({what}), sehingga tidak ada yang dipulihkan: pemulihan hanya ke basis data "
    "kosong. Mohon pindahkan berkas basis data yang ada ke tempat lain, atau arahkan [database] url ke yang baru."
)


def packed() -> list[Table]:
    """The tables of a backup, each after those it refers to."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_BEHIND]


def dump(tx: Session, table: Table, out: IO[bytes]) -> TablePart:
    """Every row of `table` as it stands in this transaction, in the order of its key. Memory does not grow with it."""
    columns = [column for column in table.columns if column is not _LEASE]
    query = select(*columns).order_by(*table.primary_key.columns)
    size, rows, digest = 0, 0, sha256()
    for row in tx.execute(query.execution_options(yield_per=1000)):
        line = json.dumps([_plain(value) for value in row], separators=(",", ":")).encode() + b"\n"
        out.write(line)
        digest.update(line)
        size, rows = size + len(line), rows + 1
    names = tuple(column.name for column in columns)
    return TablePart(table=table.name, columns=names, rows=rows, size=size, sha256=digest.hexdigest())


def load(tx: Session, part: TablePart, lines: IO[bytes]) -> None:
    """Puts every row of `part` into its table. Raises `BadInput` for rows that do not fit it."""
    table = _destination(tx, part)
    count = 0
    try:
        for batch in _batches(part, table, lines):
            tx.connection().execute(table.insert(), batch)
            count += len(batch)
    except OperationalError:  # the disk or the server says no
        raise
    except (StatementError, ValueError, OverflowError) as error:
        raise damaged(part.name) from error
    if count != part.rows:
        raise damaged(part.name)


def require_empty(tx: Session) -> None:
    """Raises `Refused` where somebody has worked already."""
    for table in packed():
        if rows := tx.execute(select(func.count()).select_from(table)).scalar_one():
            raise Refused(_NOT_EMPTY.format(what=f"{rows} baris pada tabel {table.name}"))


def require_every_table(manifest: Manifest, names: set[str]) -> None:
    if {part.table for part in manifest.tables} != names - LEFT_BEHIND:
        raise BadInput(form.NOT_A_BACKUP)


def count_on(tx: Session) -> None:
    """New rows get numbers after the loaded ones. SQLite sees that by itself; PostgreSQL's sequences must be told."""
    if tx.get_bind().dialect.name != "postgresql":
        return
    for table in packed():
        key = table.autoincrement_column
        if key is not None:
            highest = f'(SELECT max("{key.name}") FROM "{table.name}")'  # noqa: S608 - names of our own schema
            sequence = f"pg_get_serial_sequence('\"{table.name}\"', '{key.name}')"
            tx.execute(text(f"SELECT setval({sequence}, coalesce({highest}, 1), {highest} IS NOT NULL)"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _destination(tx: Session, part: TablePart) -> Table:
    """The table as it is in the database now, which may be of an older schema than ours."""
    there = {column["name"]: column["type"] for column in inspect(tx.connection()).get_columns(part.table)}
    if not set(part.columns) <= set(there) or len(set(part.columns)) < len(part.columns):
        raise damaged(part.name)
    known = SQLModel.metadata.tables.get(part.table)
    ours = {column.name: column.type for column in known.columns} if known is not None else {}
    return Table(part.table, MetaData(), *(Column(name, ours.get(name, there[name])) for name in part.columns))


def _batches(part: TablePart, table: Table, lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    weight = 0
    while line := lines.readline(LONGEST):
        batch.append(_row(part, table, line))
        weight += len(line)
        if len(batch) == _BATCH or weight > _HEAVY:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _row(part: TablePart, table: Table, line: bytes) -> dict[str, Any]:
    try:
        pairs = zip(table.columns, list(json.loads(line)), strict=True)
        return {column.name: _value(column.type, value) for column, value in pairs}
    except (ValueError, TypeError, RecursionError):
        raise damaged(part.name) from None


def _value(kind: TypeEngine[Any], value: Any) -> Any:
    """SQLite would take anything anywhere: what is of another type than its column is no row of ours."""
    if value is None or isinstance(kind, JSON):
        return value
    wanted = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    if wanted is datetime:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError("a time without its offset")
        return at.astimezone(UTC)
    if type(value) is not wanted:
        raise TypeError(f"{type(value)} for {kind}")
    return value
