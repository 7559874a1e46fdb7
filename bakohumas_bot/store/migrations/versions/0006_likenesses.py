"""What an office has published is found by its likeness: the fingerprints of every text, file and figure on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from bakohumas_bot.domain import fingerprints
from bakohumas_bot.store import codec

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_AT_ONCE = 200  # revisions
_NEWEST = sa.text("""
SELECT post_id, number, content FROM revision AS r
WHERE number = (SELECT max(number) FROM revision WHERE post_id = r.post_id) AND post_id > :after
ORDER BY post_id LIMIT :most
""").columns(post_id=sa.Integer(), number=sa.Integer(), content=sa.JSON())


def upgrade() -> None:
    table = op.create_table(
        "fingerprint",
        sa.Column("office", sa.String(), primary_key=True),
        sa.Column("key", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("post_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("revision", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("look", sa.BigInteger(), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for rows in _of_what_is_there(connection):
        connection.execute(table.insert(), rows)


def _of_what_is_there(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    """What a picture looks like was not kept then: those are found by their bytes, and by their texts."""
    after = 0
    while found := connection.execute(_NEWEST, {"after": after, "most": _AT_ONCE}).all():
        after = found[-1].post_id
        rows = []
        for row in found:
            content = codec.content_from_json(row.content)
            which = {"office": content.office, "post_id": row.post_id, "revision": row.number, "look": 0}
            rows += [which | {"key": key} for key, _ in sorted(fingerprints.kept(content, {}))]
        if rows:
            yield rows
