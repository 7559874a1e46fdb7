"""Tables of the rulebook: who has lifted which *blok* of which revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel


class LiftRow(SQLModel, table=True):
    """`spots`: field, start and end of every finding that was lifted."""

    __tablename__ = "lift"
    __table_args__ = (Index("lift_of_revision", "post_id", "revision"),)
    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    revision: int
    code: str
    spots: Any = Field(sa_column=Column(JSON, nullable=False))
    person: str
    reason: str
    lifted_at: datetime
    deputy: str | None = None
