"""The steps from one form of the tables to the next. Alembic is imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bakohumas_bot.store import postgresql

if TYPE_CHECKING:
    from alembic.config import Config


def known() -> set[str]:
    """Every version that we can make, or bring up to ours."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(connection: Connection, to: str) -> None:
    """In the transaction of `connection`, one process after the other."""
    from alembic import command

    if connection.dialect.name == "postgresql":
        postgresql.migrate_alone(connection)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
