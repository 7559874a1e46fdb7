"""The schema grows step by step, and what an office has written stays as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store import audit, database, deliveries, outbox, posts, record, tables
from bakohumas_bot.store.database import NEWEST, open_store

MIGRATIONS = Path(database.__file__).parent / "migrations"
AT = datetime(2026, 11, 26, 1, 0, 0, 123456, tzinfo=UTC)


def test_the_newest_version_is_the_head_of_the_migrations() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST


def test_the_migrations_build_exactly_the_tables(bare_database_url: str) -> None:
    store = open_store(bare_database_url)
    assert tables.PostRow.metadata is SQLModel.metadata
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    store = open_store(database_url)
    with store.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(Unavailable, match="lebih baru"):
        open_store(database_url)


def test_a_database_of_the_first_version_is_brought_up_with_all_that_is_in_it(bare_database_url: str) -> None:
    as_it_was(bare_database_url)
    store = open_store(bare_database_url)
    with store.reading() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEWEST
        (post,) = posts.all_posts(tx)
        assert (post.id, post.office, post.created_at) == (1, "64.69", AT)
        (delivery,) = deliveries.of_post(tx, 1)
        assert (delivery.state.value, delivery.due_at, delivery.account) == ("scheduled", AT, "x-contoh")
        assert audit.verify(tx) == (1, [])
        assert [message.data for message in outbox.waiting(tx, AT)] == [{"isi": "é"}]
    with pytest.raises(DBAPIError, match="append-only"), store.writing() as tx:
        tx.execute(text("UPDATE event SET actor = 'lain'"))
    with store.writing() as tx:  # the chain goes on
        record.append(tx, office="64.69", actor="sari", kind="draft.created", now=AT, post=1)
    with store.reading() as tx:
        assert audit.verify(tx) == (2, [])
    store.close()


def as_it_was(url: str) -> None:
    """A database as the first version left it, in that version's own words."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, rows in FIRST.items():
            for row in rows:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), _plain(row, engine.name))
    engine.dispose()


def _plain(row: dict[str, Any], dialect: str) -> dict[str, Any]:
    """SQLite keeps a time as text without its offset."""
    if dialect == "postgresql":
        return row
    return {
        name: value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
        for name, value in row.items()
    }


_EVENT = {
    "office": "64.69",
    "number": 1,
    "at": AT,
    "actor": "sari",
    "kind": "draft.created",
    "post": 1,
    "delivery": None,
    "data": "{}",
    "previous": record.GENESIS,
}
# What the first version made of this event. A later one must find the same, or old records would seem forged.
_HASH = "e99e44bffbce11c1e0db29da0357a1452422e06d200c1d0fc064dc1ddb15bb68"
_DELIVERY = {
    "id": "5b1f6c1e-0000-5000-8000-000000000001",
    "post_id": 1,
    "revision": 1,
    "digest": "d" * 64,
    "account": "x-contoh",
    "platform": "x",
    "place": "x:@contoh",
    "state": "scheduled",
    "version": 1,
    "due_at": AT,
    "next_at": AT,
    "late_after": AT,
    "tries": 0,
    "failures": 0,
    "looks": 0,
    "leased_by": "worker-gone",
    "leased_until": AT,
}
_CONTENT = {
    "office": "64.69",
    "kind": "pengumuman",
    "title": "Jam layanan",
    "body": "Layanan buka.",
    "format": "plain",
    "accounts": ["x-contoh"],
}
_REVISION = {
    "post_id": 1,
    "number": 1,
    "content": json.dumps(_CONTENT),
    "prepared": "{}",
    "findings": "[]",
    "digest": "d" * 64,
    "author": "sari",
    "created_at": AT,
}
_MESSAGE = {"person": "dewi", "kind": "approval", "data": json.dumps({"isi": "é"}), "key": "k", "created_at": AT}
FIRST: dict[str, list[dict[str, Any]]] = {
    "post": [{"office": "64.69", "created_by": "sari", "created_at": AT}],
    "revision": [_REVISION],
    "delivery": [_DELIVERY],
    "chain_head": [{"office": "64.69", "number": 1, "hash": _HASH}],
    "event": [_EVENT | {"hash": _HASH}],
    "outbox": [_MESSAGE | {"next_at": AT, "tries": 0}],
}
