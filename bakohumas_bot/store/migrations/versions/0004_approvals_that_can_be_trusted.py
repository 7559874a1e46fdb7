"""Several voices on one revision, people by invitation, deputies, PINs, questions, and the record's witnesses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_PRESENT = sa.text("left_at IS NULL")
_CURRENT = sa.text("ended_at IS NULL")
_UNSOLVED = sa.text("answered_at IS NULL")

# Until now one yes was enough: what was approved stays approved.
_APPROVED = """
UPDATE revision SET approved_at = (
  SELECT min(d.decided_at) FROM decision AS d
  WHERE d.post_id = revision.post_id AND d.revision = revision.number AND d.digest = revision.digest
    AND d.verdict = 'approve')
"""


def upgrade() -> None:
    op.add_column("revision", sa.Column("approved_at", UTCDateTime(), nullable=True))
    op.add_column("revision", sa.Column("voices", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_APPROVED)
    op.execute("UPDATE revision SET voices = 1 WHERE approved_at IS NOT NULL")
    op.add_column("decision", sa.Column("roles", sa.String(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("deputy", sa.String(), nullable=True))
    op.add_column("decision", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("post", sa.Column("held_by", sa.String(), nullable=True))
    op.add_column("post", sa.Column("held_at", UTCDateTime(), nullable=True))
    op.add_column("post", sa.Column("held_reason", sa.String(), nullable=True))
    _people()
    _talk_and_proof()


def _people() -> None:
    op.create_table(
        "member",
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("joined_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime(), nullable=True),
    )
    op.create_index(
        "member_of_telegram", "member", ["telegram_id"], unique=True, sqlite_where=_PRESENT, postgresql_where=_PRESENT
    )
    op.create_table(
        "member_role",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
    )
    columns = ["person", "office", "role"]
    op.create_index(
        "member_role_once", "member_role", columns, unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("secret_hash", sa.String(), nullable=False, unique=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
    )
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("principal", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("begins", UTCDateTime(), nullable=False),
        sa.Column("ends", UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
    )
    op.create_index("ix_deputy_office", "deputy", ["office"])
    op.create_table(
        "pin",
        sa.Column("person", sa.String(), primary_key=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.Column("locked_at", UTCDateTime(), nullable=True),
    )


def _talk_and_proof() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("post_id", sa.Integer(), sa.ForeignKey("post.id"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answerer", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
    )
    op.create_index("ix_remark_post_id", "remark", ["post_id"])
    op.create_index("remark_unsolved", "remark", ["post_id"], sqlite_where=_UNSOLVED, postgresql_where=_UNSOLVED)
    op.create_table(
        "witness",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
    )
    op.create_index("ix_witness_office", "witness", ["office"])
    op.create_table(
        "sealed_note",
        sa.Column("account", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("written_at", UTCDateTime(), nullable=False),
    )
