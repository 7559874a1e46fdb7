"""Workers with a lease, freezes, pauses of accounts, and a queue that is read platform by platform."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_UNCLAIMED = "next_at IS NOT NULL AND leased_by IS NULL"
_ORDER = ["platform", "next_at", "post_id"]
_INDEXES = (
    ("delivery_waiting", _ORDER, f"state IN ('scheduled', 'unconfirmed') AND {_UNCLAIMED}"),
    ("delivery_unseen", _ORDER, f"state = 'published' AND {_UNCLAIMED}"),
    ("delivery_queued", ["account", "due_at", "post_id"], "state = 'scheduled'"),
    ("delivery_leased", ["account"], "leased_by IS NOT NULL"),
    ("delivery_missed", ["office"], "state = 'missed'"),
)


def upgrade() -> None:
    op.drop_index("delivery_waiting", "delivery")
    op.add_column("delivery", sa.Column("office", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE delivery SET office = (SELECT office FROM post WHERE post.id = delivery.post_id)")
    op.add_column("delivery", sa.Column("unproven", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("delivery", sa.Column("look_since", UTCDateTime(), nullable=True))
    op.drop_column("delivery", "leased_until")
    for name, columns, where in _INDEXES:
        op.create_index(name, "delivery", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))

    unhandled = sa.text("handled_at IS NULL")  # the first version made it partial on SQLite alone
    op.drop_index("update_unhandled", "telegram_update")
    op.create_index(
        "update_unhandled", "telegram_update", ["update_id"], sqlite_where=unhandled, postgresql_where=unhandled
    )

    op.create_table(
        "worker",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("alive_until", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "freeze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.Column("frozen_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=True),
        sa.Column("asked_reason", sa.String(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.Column("lifted_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    in_force = sa.text("lifted_at IS NULL")
    op.create_index(
        "freeze_in_force", "freeze", ["office"], unique=True, sqlite_where=in_force, postgresql_where=in_force
    )
    op.create_table(
        "account_pause",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
