"""The form of the tables while a backup is loaded: that of the version which took it, then ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlmodel import Session, SQLModel

from bakohumas_bot.store import database
from bakohumas_bot.store.archive import manifest as form
from bakohumas_bot.store.archive.manifest import Manifest

if TYPE_CHECKING:
    from alembic.config import Config

_FUNCTION = "event_is_append_only"


def require_known(manifest: Manifest) -> None:
    """Raises `BadInput` for tables of a version that we do not know yet."""
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}
    if manifest.schema not in known:
        raise form.newer(manifest.app)


def become(tx: Session, schema: str) -> set[str]:
    """Empty tables as version `schema` had them; answers their names. In the running transaction, like all else."""
    if schema != database.NEWEST:
        _take_down(tx)
        _upgrade(tx, schema)
    return {name for name in inspect(tx.connection()).get_table_names() if name != "alembic_version"}


def become_newest(tx: Session) -> None:
    """What was loaded is brought up by the migrations that an office of that time would have gone through."""
    _upgrade(tx, database.NEWEST)


def _take_down(tx: Session) -> None:
    """They are empty: nobody has worked here yet."""
    SQLModel.metadata.drop_all(tx.connection())
    tx.execute(text("DROP TABLE alembic_version"))
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(text(f"DROP FUNCTION IF EXISTS {_FUNCTION}()"))


def _upgrade(tx: Session, schema: str) -> None:
    from alembic import command

    config = _alembic()
    config.attributes["connection"] = tx.connection()
    command.upgrade(config, schema)


def _alembic() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    return config
