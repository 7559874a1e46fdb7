"""The table by which what is alike is found: derived from the revisions, written with each, never changed."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class FingerprintRow(SQLModel, table=True):
    """One key of one revision (`domain.fingerprints`). The key of the table is the index: nothing else is read.

    `look` is that of the picture where the key is one of its bands, as a number with a sign; else 0.
    """

    __tablename__ = "fingerprint"
    __table_args__ = {"sqlite_with_rowid": False}
    office: str = Field(primary_key=True)
    key: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    post_id: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    look: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
