"""The form of the tables while a backup is loaded: that of the version which took it, then ours."""

from __future__ import annotations

from sqlalchemy import inspect, text
from sqlmodel import Session, SQLModel

from bakohumas_bot.store import migrating
from bakohumas_bot.store.archive import manifest as form
from bakohumas_bot.store.archive.manifest import Manifest
from bakohumas_bot.store.database import NEWEST

_FUNCTION = "event_is_append_only"


def require_known(manifest: Manifest) -> None:
    """Raises `BadInput` for tables of a version that we do not know yet."""
    if manifest.schema != NEWEST and manifest.schema not in migrating.known():
        raise form.newer(manifest.app)


def become(tx: Session, schema: str) -> set[str]:
    """Empty tables as version `schema` had them; answers their names. In the running transaction, like all else."""
    if schema != NEWEST:
        _take_down(tx)
        migrating.upgrade(tx.connection(), schema)
    return {name for name in inspect(tx.connection()).get_table_names() if name != "alembic_version"}


def become_newest(tx: Session, schema: str) -> None:
    """What was loaded is brought up by the migrations that an office of that time would have gone through."""
    if schema != NEWEST:
        migrating.upgrade(tx.connection(), NEWEST)


def _take_down(tx: Session) -> None:
    """They are empty: nobody has worked here yet."""
    SQLModel.metadata.drop_all(tx.connection())
    tx.execute(text("DROP TABLE alembic_version"))
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(text(f"DROP FUNCTION IF EXISTS {_FUNCTION}()"))
