"""Inserts that say what happens when another process was quicker; SQLite and PostgreSQL word it alike."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert(tx: Session, table: type[SQLModel]) -> sqlite.Insert:
    """With `on_conflict_do_nothing` and `on_conflict_do_update`. Give every column: the model's defaults are asleep."""
    columns: Table = table.__table__  # type: ignore[attr-defined]
    if tx.get_bind().dialect.name == "postgresql":
        return cast("sqlite.Insert", postgresql.insert(columns))
    return sqlite.insert(columns)
