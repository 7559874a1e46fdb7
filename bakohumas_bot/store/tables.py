"""The tables. Datetimes are aware UTC; states are text with a CHECK; JSON columns are written whole, never in place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

import bakohumas_bot.store.likeness_tables
import bakohumas_bot.store.people_tables
import bakohumas_bot.store.rule_tables  # noqa: F401 - their tables belong to the same metadata
from bakohumas_bot.domain.delivery import State

# A query uses a partial index only when it says the very same words: these conditions stand in the queries too.
# What is claimed leaves them: whoever looks for the next work does not walk over what others hold.
_CLAIMED_IN_ORDER = ("platform", "next_at", "post_id")  # to the end: thousands are due in the same second
_UNCLAIMED = "next_at IS NOT NULL AND leased_by IS NULL"
WAITING = text(f"state IN ('scheduled', 'unconfirmed') AND {_UNCLAIMED}")
UNSEEN = text(f"state = 'published' AND {_UNCLAIMED}")
QUEUED = text("state = 'scheduled'")
LEASED = text("leased_by IS NOT NULL")
MISSED = text("state = 'missed'")
ASKING = text("state = 'unconfirmed' AND next_at IS NULL")
IN_FORCE = text("lifted_at IS NULL")
SENDING = text("state = 'sending'")
UNSENT = text("sent_at IS NULL AND next_at IS NOT NULL")
UNHANDLED = text("handled_at IS NULL")
UNTIDY = text("state IN ('published', 'cancelled') AND next_at IS NULL AND prepared_at IS NOT NULL")
_ONE_PER_PLACE = text("state <> 'cancelled'")
_STATES = ", ".join(f"'{state}'" for state in State)


class PostRow(SQLModel, table=True):
    __tablename__ = "post"
    id: int | None = Field(default=None, primary_key=True)
    office: str = Field(index=True)
    created_by: str
    created_at: datetime
    closed_at: datetime | None = None
    held_by: str | None = None
    held_at: datetime | None = None
    held_reason: str | None = None


class RevisionRow(SQLModel, table=True):
    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("post_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    number: int
    content: Any = Field(sa_column=Column(JSON, nullable=False))
    prepared: Any = Field(sa_column=Column(JSON, nullable=False))
    findings: Any = Field(sa_column=Column(JSON, nullable=False))
    digest: str
    author: str
    created_at: datetime
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    reason: str | None = None
    approved_at: datetime | None = None  # when every voice that the policy asks for had said yes
    voices: int = 0  # so many of them; a decision that is missing since, or says something else, voids the approval


class DecisionRow(SQLModel, table=True):
    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("post_id", "revision", "person"),)
    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    revision: int
    digest: str
    person: str
    verdict: str
    reason: str | None = None
    decided_at: datetime
    due_at: datetime | None = None
    roles: str = ""  # those the person held there and then, separated by spaces
    deputy: str | None = None  # in whose place, and by which decision
    urgent: bool = False
    ticks: str = ""  # codes of what the approver made sure of, separated by spaces


class DeliveryRow(SQLModel, table=True):
    """`version` is the compare-and-set: every move adds one. `leased_by` is a claim and never a state."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="delivery_state"),
        # Partial indexes: a million past rows must not slow the claim (measured: 2 s against 0.03 ms).
        Index("delivery_waiting", *_CLAIMED_IN_ORDER, sqlite_where=WAITING, postgresql_where=WAITING),
        Index("delivery_unseen", *_CLAIMED_IN_ORDER, sqlite_where=UNSEEN, postgresql_where=UNSEEN),
        Index("delivery_queued", "account", "due_at", "post_id", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index("delivery_leased", "account", sqlite_where=LEASED, postgresql_where=LEASED),
        Index("delivery_missed", "office", sqlite_where=MISSED, postgresql_where=MISSED),
        Index("delivery_asking", "office", sqlite_where=ASKING, postgresql_where=ASKING),
        Index("delivery_sending", "sent_at", sqlite_where=SENDING, postgresql_where=SENDING),
        Index("delivery_untidy", "due_at", sqlite_where=UNTIDY, postgresql_where=UNTIDY),
        Index(
            "delivery_one_per_place",
            "post_id",
            "place",
            unique=True,
            sqlite_where=_ONE_PER_PLACE,
            postgresql_where=_ONE_PER_PLACE,
        ),
    )
    id: str = Field(primary_key=True)
    office: str
    post_id: int = Field(foreign_key="post.id", index=True)
    revision: int
    digest: str
    account: str
    platform: str
    place: str
    state: str
    version: int = 1
    due_at: datetime
    next_at: datetime | None = None
    late_after: datetime
    expires_at: datetime | None = None
    prepared_at: datetime | None = None
    tries: int = 0
    failures: int = 0
    looks: int = 0
    unproven: bool = False
    look_since: datetime | None = None
    sent_at: datetime | None = None
    published_at: datetime | None = None
    verified_at: datetime | None = None
    remote_id: str | None = None
    url: str | None = None
    error: str | None = None
    leased_by: str | None = None


class WorkerRow(SQLModel, table=True):
    """One start of a worker. `number` names its lock; `alive_until` is its lease, renewed by a beat (database's clock).

    Deliveries refer to `id`, so one beat renews the lease of everything the worker holds.
    """

    __tablename__ = "worker"
    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    host: str
    pid: int
    started_at: datetime
    alive_until: datetime
    ended_at: datetime | None = None


class FreezeRow(SQLModel, table=True):
    """Nothing of the office leaves while a row is in force. Lifting it is asked by one person, done by another."""

    __tablename__ = "freeze"
    __table_args__ = (
        Index("freeze_in_force", "office", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
    )
    id: int | None = Field(default=None, primary_key=True)
    office: str
    frozen_by: str
    frozen_at: datetime
    reason: str
    asked_by: str | None = None
    asked_at: datetime | None = None
    asked_reason: str | None = None
    lifted_by: str | None = None
    lifted_at: datetime | None = None


class AccountPauseRow(SQLModel, table=True):
    """`domain.pauses.Pause`: at most one per account."""

    __tablename__ = "account_pause"
    account: str = Field(primary_key=True)
    kind: str
    since: datetime
    until: datetime
    detail: str


class JournalRow(SQLModel, table=True):
    """Ids that servers issued while a delivery was prepared."""

    __tablename__ = "journal"
    delivery_id: str = Field(foreign_key="delivery.id", primary_key=True)
    key: str = Field(primary_key=True)
    value: str


class AccountNoteRow(SQLModel, table=True):
    """What an adapter remembers of an account across deliveries; no secrets."""

    __tablename__ = "account_note"
    account: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str


class EventRow(SQLModel, table=True):
    """The record. Triggers refuse update and delete; `data` is canonical JSON text, hashed as it stands."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("office", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    office: str
    number: int
    at: datetime
    actor: str
    kind: str
    post: int | None = Field(default=None, index=True)
    delivery: str | None = None
    data: str = Field(sa_column=Column(Text, nullable=False))
    previous: str
    hash: str


class ChainHeadRow(SQLModel, table=True):
    """The newest link of an office's chain: one row to lock while the next is written."""

    __tablename__ = "chain_head"
    office: str = Field(primary_key=True)
    number: int
    hash: str


class UpdateRow(SQLModel, table=True):
    """A Telegram update, stored before its offset is confirmed and handled once."""

    __tablename__ = "telegram_update"
    __table_args__ = (
        Index("update_unhandled", "update_id", sqlite_where=UNHANDLED, postgresql_where=UNHANDLED),
        Index("update_album", "album"),
    )
    update_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    payload: str = Field(sa_column=Column(Text, nullable=False))
    album: str | None = None
    received_at: datetime
    handled_at: datetime | None = None
    failures: int = 0


class CardRow(SQLModel, table=True):
    """A message of the desk with buttons: the token in its callback data binds person, message and revision.

    `subject`: which attempt of which delivery, or which freeze, where the card is about less or more than a post.
    """

    __tablename__ = "card"
    token: str = Field(primary_key=True)
    chat_id: int = Field(index=True, sa_type=BigInteger)
    message_id: int
    kind: str
    person: str
    post_id: int = Field(index=True)
    revision: int
    digest: str
    subject: str = ""
    created_at: datetime
    closed_at: datetime | None = None


class SourceMessageRow(SQLModel, table=True):
    """Which message of an operator became which post: editing that message edits the draft."""

    __tablename__ = "source_message"
    chat_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(primary_key=True)
    post_id: int
    part: int = 0


class QuestionRow(SQLModel, table=True):
    """What the bot last asked a person, so that their next message is understood after a restart too."""

    __tablename__ = "question"
    person: str = Field(primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int
    subject: str
    post_id: int
    revision: int
    digest: str
    asked_at: datetime


class OutboxRow(SQLModel, table=True):
    """A message of the desk to a person, waiting for Telegram. `key` keeps one message from being queued twice."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("outbox_waiting", "person", "id", sqlite_where=UNSENT, postgresql_where=UNSENT),
    )
    id: int | None = Field(default=None, primary_key=True)
    person: str
    kind: str
    post_id: int | None = None
    revision: int | None = None
    data: Any = Field(sa_column=Column(JSON, nullable=False))
    key: str
    created_at: datetime
    next_at: datetime | None
    tries: int = 0
    sent_at: datetime | None = None
    error: str | None = None


class HostedMediaRow(SQLModel, table=True):
    """A file that the public web may read for a while, under an unguessable name."""

    __tablename__ = "hosted_media"
    token: str = Field(primary_key=True)
    delivery_id: str = Field(index=True)
    sha256: str
    mime: str
    expires_at: datetime
