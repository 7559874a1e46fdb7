"""How one attempt to make a delivery public can end, and what reading a platform back can say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The platform's own id and public link. A 2xx without an id is not a receipt."""

    remote_id: str
    url: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Published:
    """`rest` says how long this account may not publish again: its quota is used up, by the platform's own count."""

    receipt: Receipt
    rest: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """No byte of the live call left this machine, or the platform proves it took none: safe to try again.

    `unreachable` True where the platform itself could not be reached: many of these in a row mean that it is down.
    """

    detail: str
    wait: timedelta | None = None
    unreachable: bool = False


@dataclass(frozen=True, kw_only=True)
class RateLimited:
    """The platform asked to wait; nothing was published."""

    detail: str
    wait: timedelta


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """The platform refuses this content for good. `field` is the front-matter key to mend, where known."""

    code: str
    detail: str
    field: str | None = None


@dataclass(frozen=True, kw_only=True)
class AccountBlocked:
    """The account must be re-authorised or unlocked by a person; nothing was published."""

    detail: str


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """It may be public: the platform did not say. Nothing is sent again before it was read back.

    `unreachable` as in `NotSent`: silence, a dropped connection, a proxy's page or a 5xx; not an odd answer.
    """

    detail: str
    unreachable: bool = False


Outcome = Published | NotSent | RateLimited | Rejected | AccountBlocked | Unknown
NotLive = NotSent | RateLimited | Rejected | AccountBlocked


@dataclass(frozen=True, kw_only=True)
class Found:
    """The post as the public sees it. `text` and `media_count` are None where the platform does not show them."""

    receipt: Receipt
    text: str | None = None
    media_count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Absent:
    """Proven: the platform's own list covers the attempt and does not hold the post."""


@dataclass(frozen=True, kw_only=True)
class CannotTell:
    detail: str


Sighting = Found | Absent | CannotTell
