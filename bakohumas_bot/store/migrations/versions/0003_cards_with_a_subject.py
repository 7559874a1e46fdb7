"""Cards that are about a delivery or a freeze, and an outbox that is read person by person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ASKING = sa.text("state = 'unconfirmed' AND next_at IS NULL")
_UNSENT = sa.text("sent_at IS NULL AND next_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("card", sa.Column("subject", sa.String(), nullable=False, server_default=""))
    op.drop_index("outbox_waiting", "outbox")
    op.create_index("outbox_waiting", "outbox", ["person", "id"], sqlite_where=_UNSENT, postgresql_where=_UNSENT)
    op.create_index("delivery_asking", "delivery", ["office"], sqlite_where=_ASKING, postgresql_where=_ASKING)
