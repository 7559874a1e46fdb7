"""Who has lifted which *blok*, and what an approver has made sure of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lift",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("spots", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lifted_at", UTCDateTime(), nullable=False),
        sa.Column("deputy", sa.String(), nullable=True),
    )
    op.create_index("lift_of_revision", "lift", ["post_id", "revision"])
    op.add_column("decision", sa.Column("ticks", sa.String(), nullable=False, server_default=""))
