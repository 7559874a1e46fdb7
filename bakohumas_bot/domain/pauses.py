"""When an account rests: its token must be renewed by a person, or the platform asked it to wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bakohumas_bot.domain.outcomes import AccountBlocked, Outcome, Published, RateLimited


class PauseKind(StrEnum):
    BLOCKED = "blocked"  # until its access works again, which is tried now and then
    LIMITED = "limited"  # until the platform's own moment
    ON_TRIAL = "on_trial"  # was blocked; its access works, and whether it may publish too is being seen: holds nothing


PROBE = timedelta(minutes=2)
RAREST_TRIAL = timedelta(minutes=30)
TRIAL = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """`until`: for LIMITED the moment it ends by itself, for BLOCKED when its access is tried again.

    For ON_TRIAL when it is believed to work again: many a key still reads when it may no longer publish.
    """

    account: str
    kind: PauseKind
    since: datetime
    until: datetime
    detail: str


def after_a_failed_trial(since: datetime, now: datetime) -> datetime:
    """When publishing is tried again that was refused though reading works: ever rarer, some platforms punish it."""
    return now + min(max(PROBE, now - since), RAREST_TRIAL)


def pause_after(account: str, outcome: Outcome, now: datetime) -> Pause | None:
    """How an answer of the platform holds back everything else of the same account; None where it does not."""
    match outcome:
        case AccountBlocked(detail=detail):
            return Pause(account=account, kind=PauseKind.BLOCKED, since=now, until=now + PROBE, detail=detail)
        case RateLimited(detail=detail, wait=wait):
            return Pause(account=account, kind=PauseKind.LIMITED, since=now, until=now + wait, detail=detail)
        case Published(rest=timedelta() as rest):
            detail = "Kuota platform habis menurut hitungannya sendiri."
            return Pause(account=account, kind=PauseKind.LIMITED, since=now, until=now + rest, detail=detail)
        case _:
            return None
