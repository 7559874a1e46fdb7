"""What can happen to a delivery: words for `domain.delivery.step`, besides an outcome of the call and a sighting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bakohumas_bot.domain.outcomes import Outcome, Receipt, Sighting


@dataclass(frozen=True)
class Intent:
    """A worker is about to make the one call."""


@dataclass(frozen=True)
class TooLate:
    """The lateness limit or the end of validity has passed unsent, or a freeze held it past its hour."""


@dataclass(frozen=True)
class Withdrawn:
    """A person, or an edit, cancelled it."""

    reason: str = ""


@dataclass(frozen=True)
class NotTheApproved:
    """What would go out is not what was approved, or a check now blocks it."""

    detail: str


@dataclass(frozen=True)
class Interrupted:
    """The sender died or fell silent after its intent: the call may have been made.

    `sender_is_dead` is True only with proof. A sender that is merely silent may yet wake and send: then not finding
    the post proves nothing, and a person is asked.
    """

    detail: str
    sender_is_dead: bool = True


@dataclass(frozen=True)
class LateAnswer:
    """What the platform told a sender whose delivery was taken over meanwhile: still the truth about that attempt."""

    outcome: Outcome


@dataclass(frozen=True)
class TriedAgain:
    """A person asks for a failed or missed delivery to go out at `due_at`."""

    due_at: datetime
    late_after: datetime


@dataclass(frozen=True)
class Moved:
    """An entitled person chose another time for what is still scheduled."""

    due_at: datetime
    late_after: datetime


@dataclass(frozen=True)
class Restored:
    """The database is a backup of `taken_at`: what happened since then is known to the platforms only."""

    taken_at: datetime


@dataclass(frozen=True)
class Verified:
    """The public post was read back. `difference` says how it departs from what was approved."""

    receipt: Receipt
    difference: str | None = None


@dataclass(frozen=True)
class PutOff:
    """A leader holds it: it stays approved, and goes out at no hour until somebody gives it one again."""

    reason: str


@dataclass(frozen=True)
class PersonSaw:
    """A person answers what reading back could not: the link, or None for *not there*."""

    receipt: Receipt | None


Happening = (
    Intent
    | TooLate
    | Withdrawn
    | NotTheApproved
    | Interrupted
    | LateAnswer
    | TriedAgain
    | Moved
    | PutOff
    | Restored
    | Verified
    | PersonSaw
    | Outcome
    | Sighting
)


def summary(happening: Happening) -> str:
    """What happened, for a log line and the record."""
    detail = getattr(happening, "detail", "")
    return f"{type(happening).__name__}{': ' + detail if detail else ''}"
