"""What a history is made of: how often which fault strikes, and which guards of the house are on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime

EPOCH = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
MINUTE, HOUR = 60.0, 3600.0
AT_REST = 48 * HOUR  # whatever has not come to rest by then never will


@dataclass(frozen=True, kw_only=True)
class Guards:
    """Each can be switched off, to show that the judge sees what it prevents. The house has them all on."""

    intent: bool = True  # the durable intent before the call
    compare_and_set: bool = True  # version, state and holder, at the door
    send_guard: bool = True  # the last look at the clocks between intent and call
    own_doubt: bool = True  # a worker past its own lease begins no call
    read_back: bool = True  # what may be public is looked up before it is sent again
    waiting: bool = True  # for the platform's declared wait, before a look is believed
    later_looks: bool = True  # more than one look
    proof_of_death: bool = True  # silence is not death
    restored_looks: bool = True  # after a backup was restored, the platform is asked first
    digest: bool = True  # what goes out is compared with what was approved
    sleepers_heed: bool = True  # "not there" is refused while a silent sender may wake


ALL_ON = Guards()
NAMES = tuple(field.name for field in fields(Guards))


@dataclass(frozen=True, kw_only=True)
class Odds:
    """Chances. Of a worker at each of its steps; of one call to a platform; of one whole history."""

    crash: float = 0.004
    sleep: float = 0.005
    cut_off: float = 0.002  # no way to the database for a while
    lost_session: float = 0.001  # the database lets go of the lock of a worker that lives
    commit_fails: float = 0.003
    error_after_commit: float = 0.003

    lost_answer: float = 0.03  # accepted, and the answer never comes
    late_commit: float = 0.02  # the same, and it is public only later, up to the platform's declared wait
    never_arrived: float = 0.02
    not_sent: float = 0.02
    limited: float = 0.01
    rejected: float = 0.01
    blocked: float = 0.003
    lagging_read: float = 0.1
    read_fails: float = 0.03

    alone: float = 0.25  # an embedded database: one worker, and nobody takes over
    clock_jump: float = 0.15
    freeze: float = 0.1
    restore: float = 0.1
    tampered: float = 0.01  # of one delivery: its content changes behind the approval
    meddling: float = 0.06  # of one delivery: a person cancels or moves it


ODDS = Odds()
CALM = Odds(**dict.fromkeys((field.name for field in fields(Odds)), 0.0))
