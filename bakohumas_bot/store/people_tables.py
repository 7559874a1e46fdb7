"""The tables of who belongs to the desk: members, invitations, deputies, PINs; and what people said about a post."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

CURRENT = text("ended_at IS NULL")
UNSOLVED = text("answered_at IS NULL")


class MemberRow(SQLModel, table=True):
    """Somebody who came by invitation, or left: `left_at` ends every right at once, the configuration's too."""

    __tablename__ = "member"
    __table_args__ = (
        Index(
            "member_of_telegram",
            "telegram_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )
    person: str = Field(primary_key=True)
    name: str
    telegram_id: int | None = Field(default=None, sa_type=BigInteger)
    joined_at: datetime
    left_at: datetime | None = None


class MemberRoleRow(SQLModel, table=True):
    """One role in one office, given by an admin and taken away at `ended_at`."""

    __tablename__ = "member_role"
    __table_args__ = (
        Index(
            "member_role_once",
            "person",
            "office",
            "role",
            unique=True,
            sqlite_where=CURRENT,
            postgresql_where=CURRENT,
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    person: str
    office: str
    role: str
    given_by: str
    given_at: datetime
    ended_at: datetime | None = None


class InvitationRow(SQLModel, table=True):
    """A link for one person and one role. Only the hash of its secret is kept; it is used once."""

    __tablename__ = "invitation"
    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(unique=True)
    office: str
    role: str
    person: str
    name: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None


class DeputyRow(SQLModel, table=True):
    """*Plh.* or *Plt.*: `person` holds the role of `principal` from `begins` until `ends`, by a numbered decision."""

    __tablename__ = "deputy"
    id: int | None = Field(default=None, primary_key=True)
    office: str = Field(index=True)
    role: str
    kind: str
    person: str
    principal: str
    number: str
    begins: datetime
    ends: datetime
    made_by: str
    made_at: datetime
    ended_at: datetime | None = None


class PinRow(SQLModel, table=True):
    """A leader's PIN, as a salted slow hash. `wrong` tries in a row; at five it is locked."""

    __tablename__ = "pin"
    person: str = Field(primary_key=True)
    hash: str
    wrong: int = 0
    set_at: datetime
    locked_at: datetime | None = None


class RemarkRow(SQLModel, table=True):
    """What was asked about a post and answered; it stays with the post, whichever revision it was."""

    __tablename__ = "remark"
    __table_args__ = (Index("remark_unsolved", "post_id", sqlite_where=UNSOLVED, postgresql_where=UNSOLVED),)
    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    revision: int
    asker: str
    question: str
    asked_at: datetime
    answerer: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None


class WitnessRow(SQLModel, table=True):
    """The head of a chain as it was sent to a chat outside the database, or put into an export."""

    __tablename__ = "witness"
    id: int | None = Field(default=None, primary_key=True)
    office: str = Field(index=True)
    number: int
    hash: str
    at: datetime
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    message_id: int | None = None


class SealedNoteRow(SQLModel, table=True):
    """What an account's adapter must remember and nobody may read: encrypted with a key outside the database."""

    __tablename__ = "sealed_note"
    account: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
    written_at: datetime
