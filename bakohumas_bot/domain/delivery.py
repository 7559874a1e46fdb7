"""The life of one delivery: its states, the table of lawful moves, and the pure step from one to the next.

Everything that decides about sending again is in this file. `step` takes what happened and answers what follows;
it knows no database and no clock, so whole histories can be simulated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bakohumas_bot.domain.happenings import (
    Happening,
    Intent,
    Interrupted,
    LateAnswer,
    Moved,
    NotTheApproved,
    PersonSaw,
    PutOff,
    Restored,
    TooLate,
    TriedAgain,
    Verified,
    Withdrawn,
)
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    Found,
    NotSent,
    Outcome,
    Published,
    RateLimited,
    Receipt,
    Rejected,
    Unknown,
)
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.replacing import replace


class State(StrEnum):
    SCHEDULED = "scheduled"
    SENDING = "sending"
    UNCONFIRMED = "unconfirmed"
    PUBLISHED = "published"
    MISSED = "missed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TAKEN_DOWN = "taken_down"


LAWFUL: dict[State, frozenset[State]] = {
    # Straight to PUBLISHED or UNCONFIRMED only on evidence of an earlier attempt: a late answer, a restored backup.
    State.SCHEDULED: frozenset(
        {State.SENDING, State.MISSED, State.CANCELLED, State.FAILED, State.PUBLISHED, State.UNCONFIRMED}
    ),
    State.SENDING: frozenset({State.PUBLISHED, State.SCHEDULED, State.FAILED, State.UNCONFIRMED}),
    State.UNCONFIRMED: frozenset({State.PUBLISHED, State.SCHEDULED, State.FAILED}),
    State.MISSED: frozenset({State.SCHEDULED, State.CANCELLED, State.PUBLISHED}),
    State.FAILED: frozenset({State.SCHEDULED, State.CANCELLED, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.TAKEN_DOWN}),
    State.CANCELLED: frozenset(),
    State.TAKEN_DOWN: frozenset(),
}

SETTLED = frozenset({State.PUBLISHED, State.FAILED, State.MISSED, State.CANCELLED, State.TAKEN_DOWN})
MAY_BE_PUBLIC = frozenset({State.SENDING, State.UNCONFIRMED, State.PUBLISHED})


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One revision on one account.

    `version` grows with every move (compare-and-set). `tries` counts intents written; `failures` tries that certainly
    sent nothing; `looks` read-backs since the last intent. `next_at` is when the worker looks at the row again; None
    means that it waits for a person, or is at rest. `unproven`: the last sender may still be alive, so not finding the
    post proves nothing. `look_since`: restored from a backup of then, so the platform is asked before anything is sent.
    """

    id: str
    office: str
    post: int
    revision: int
    digest: str
    account: str
    platform: str
    state: State
    due_at: datetime
    next_at: datetime | None
    late_after: datetime
    expires_at: datetime | None = None
    version: int = 1
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

    @property
    def asks(self) -> bool:
        """True while only a person can go on."""
        return self.next_at is None and self.state in {State.UNCONFIRMED, State.MISSED}

    @property
    def held(self) -> bool:
        """True while a leader holds it back: approved, and due at no hour."""
        return self.next_at is None and self.state is State.SCHEDULED

    @property
    def at_rest(self) -> bool:
        return self.state in SETTLED or self.asks

    @property
    def reportable(self) -> bool:
        """True when people may be told the end of it: at rest and, if public, read back or at least looked for."""
        return self.at_rest and (self.state is not State.PUBLISHED or self.verified_at is not None or self.looks > 0)

    def too_late(self, now: datetime) -> bool:
        return now >= self.too_late_at

    @property
    def too_late_at(self) -> datetime:
        """The first moment at which it may no longer go out unasked."""
        after_the_limit = self.late_after + timedelta(microseconds=1)
        return min(after_the_limit, self.expires_at) if self.expires_at else after_the_limit


class UnlawfulMove(Exception):  # noqa: N818
    """A bug or a race: the table does not allow this move. Nothing is changed."""


def step(delivery: Delivery, happening: Happening, now: datetime, spec: PlatformSpec) -> Delivery:
    """What becomes of `delivery` after `happening`. Pure. Raises `UnlawfulMove` where the table forbids it."""
    after = _after(delivery, happening, now, spec)
    if after.state is not delivery.state and after.state not in LAWFUL[delivery.state]:
        raise UnlawfulMove(f"{delivery.state} -> {after.state} ({type(happening).__name__})")
    return after


def _after(d: Delivery, happening: Happening, now: datetime, spec: PlatformSpec) -> Delivery:  # noqa: C901, PLR0911, PLR0912 - one arm per happening
    match happening:
        case Intent():
            return _intended(d, now)
        case TooLate():
            _require(d, State.SCHEDULED)
            return replace(d, state=State.MISSED, next_at=None)
        case Withdrawn(reason):
            return replace(d, state=State.CANCELLED, next_at=None, error=reason or None)
        case NotTheApproved(detail):
            _require(d, State.SCHEDULED)
            return replace(d, state=State.FAILED, next_at=None, error=detail)
        case Interrupted(detail, sender_is_dead):
            _require(d, State.SENDING)
            return replace(_unconfirmed(d, detail, now, spec), unproven=not sender_is_dead)
        case Unknown(detail=detail):
            _require(d, State.SENDING)
            return _unconfirmed(d, detail, now, spec)
        case LateAnswer(outcome):
            return _testified(d, outcome, now, spec)
        case TriedAgain(due_at, late_after):
            _require(d, State.FAILED, State.MISSED)
            again = replace(d, due_at=due_at, late_after=late_after, failures=0, error=None)
            next_at = max(due_at, _settled(now, spec)) if d.look_since else due_at
            return replace(again, state=State.SCHEDULED, next_at=next_at)
        case Moved(due_at, late_after):
            _require(d, State.SCHEDULED)
            next_at = due_at
            if d.look_since:
                next_at = max(due_at, _settled(now, spec)) if d.held else d.next_at or due_at
            return replace(d, due_at=due_at, late_after=late_after, next_at=next_at)
        case PutOff():
            _require(d, State.SCHEDULED)
            return replace(d, next_at=None)
        case Restored(taken_at):
            return _restored(d, taken_at, now, spec)
        case Verified(receipt, difference):
            _require(d, State.PUBLISHED)
            return replace(d, verified_at=now, next_at=None, url=receipt.url or d.url, error=difference)
        case Published(receipt=receipt):
            _require(d, State.SENDING)
            return _published(d, receipt, now, spec)
        case Found(receipt=receipt):
            _require(d, State.UNCONFIRMED, *_waits_for_a_look(d))
            return _published(d, receipt, now, spec)
        case PersonSaw(receipt):
            _require(d, State.UNCONFIRMED)
            answered = replace(d, look_since=None, unproven=False)
            if receipt is None:  # a sender that was silent a moment ago may be in the middle of its call
                wait = max(spec.retry_waits[0], spec.answer_deadline) if d.unproven else spec.retry_waits[0]
                return _again(answered, now, wait, None)
            return replace(_published(answered, receipt, now, spec), next_at=None, looks=1)  # a person is the evidence
        case Rejected(detail=detail):
            _require(d, State.SENDING, State.SCHEDULED)
            return replace(d, state=State.FAILED, next_at=None, error=detail)
        case RateLimited(detail=detail, wait=wait):
            _require(d, State.SENDING, State.SCHEDULED)
            return _again(d, now, wait, detail)
        case AccountBlocked(detail=detail):  # the pause of the account holds it back, not a wait of its own
            _require(d, State.SENDING, State.SCHEDULED)
            return _again(d, now, timedelta(), detail)
        case NotSent(detail=detail, wait=wait):
            _require(d, State.SENDING, State.SCHEDULED)
            return _again(d, now, _retry_wait(d, spec) if wait is None else wait, detail)
        case Absent():
            return _not_seen(d, now, spec, proven=spec.proves_absence and not d.unproven)
        case CannotTell(detail=detail):
            return replace(_not_seen(d, now, spec, proven=False), error=detail)


def _require(d: Delivery, *states: State) -> None:
    if d.state not in states:
        raise UnlawfulMove(f"{d.state} is not {', '.join(states)}")


def _waits_for_a_look(d: Delivery) -> tuple[State, ...]:
    return (State.SCHEDULED,) if d.look_since else ()


def _intended(d: Delivery, now: datetime) -> Delivery:
    _require(d, State.SCHEDULED)
    if now < d.due_at:
        raise UnlawfulMove(f"due at {d.due_at}, not yet")
    if d.look_since is not None:
        raise UnlawfulMove("restored from a backup, and not looked up yet")
    again = replace(d, tries=d.tries + 1, looks=0, unproven=False, sent_at=now, next_at=None, error=None)
    return replace(again, state=State.SENDING, prepared_at=d.prepared_at or now, remote_id=None, url=None)


def _testified(d: Delivery, outcome: Outcome, now: datetime, spec: PlatformSpec) -> Delivery:
    """The sender itself says how its attempt ended: better than any reading back, however late it comes."""
    if isinstance(outcome, Published):
        _require(d, State.UNCONFIRMED, State.SCHEDULED, State.MISSED, State.FAILED)
        return _published(d, outcome.receipt, now, spec)
    _require(d, State.UNCONFIRMED)
    return _after(replace(d, state=State.SENDING, unproven=False), outcome, now, spec)


def _restored(d: Delivery, taken_at: datetime, now: datetime, spec: PlatformSpec) -> Delivery:
    if d.state is State.SENDING:
        d = _unconfirmed(d, "Dipulihkan dari cadangan saat sedang dikirim.", now, spec)
    _require(d, State.SCHEDULED, State.UNCONFIRMED, State.MISSED, State.FAILED)
    waits = d.state is State.UNCONFIRMED or (d.state is State.SCHEDULED and not d.held)
    next_at = _settled(now, spec) if waits else None
    since = min(taken_at, d.look_since or taken_at)  # a backup of what was restored and not yet looked up
    return replace(d, look_since=since, looks=0, next_at=next_at, prepared_at=None)


def _settled(now: datetime, spec: PlatformSpec) -> datetime:
    """Until now another machine may have sent it: not finding it is a proof only when reads lag no more."""
    return now + spec.answer_deadline + spec.read_back_waits[-1]


def _published(d: Delivery, receipt: Receipt, now: datetime, spec: PlatformSpec) -> Delivery:
    return replace(
        d,
        state=State.PUBLISHED,
        next_at=now + spec.verify_waits[0],
        looks=0,
        look_since=None,
        remote_id=receipt.remote_id,
        url=receipt.url or d.url,
        published_at=d.published_at or receipt.published_at or now,
        error=None,
    )


def _again(d: Delivery, now: datetime, wait: timedelta, detail: str | None) -> Delivery:
    """However long the platform wants us to wait: once it is too late, a person is asked, not later.

    At once is its own hour: what was abandoned because the clock jumped must not wait for that clock's idea of now.
    What was restored is looked up no sooner for it: its look proves something only when reads lag no more.
    """
    next_at = min(now + wait, max(now, d.too_late_at)) if wait else d.due_at
    if d.look_since is not None and d.next_at is not None:
        next_at = max(next_at, d.next_at)
    return replace(d, state=State.SCHEDULED, failures=d.failures + 1, next_at=next_at, error=detail)


def _retry_wait(d: Delivery, spec: PlatformSpec) -> timedelta:
    return spec.retry_waits[min(d.failures, len(spec.retry_waits) - 1)]


def _unconfirmed(d: Delivery, detail: str, now: datetime, spec: PlatformSpec) -> Delivery:
    """The platform may still commit until our call is over, and its reads may lag after that."""
    next_at = _over(d, now, spec) + spec.read_back_waits[0]
    return replace(d, state=State.UNCONFIRMED, looks=0, next_at=next_at, error=detail)


def _over(d: Delivery, now: datetime, spec: PlatformSpec) -> datetime:
    """When the call is surely over. Whoever is heard of later than it may last has slept, and may have called last."""
    planned = (d.sent_at or now) + spec.guard + spec.answer_deadline
    return planned if now <= planned else now + spec.answer_deadline


def _not_seen(d: Delivery, now: datetime, spec: PlatformSpec, *, proven: bool) -> Delivery:
    """One look did not find it: look again while reads may lag, then believe a proof, or ask a person."""
    looks = d.looks + 1
    if d.state is State.PUBLISHED:
        wait = spec.verify_waits[looks] if looks < len(spec.verify_waits) else None
        return replace(d, looks=looks, next_at=now + wait if wait else None)
    _require(d, State.UNCONFIRMED, *_waits_for_a_look(d))
    if d.state is State.SCHEDULED and proven:  # a restored one is looked up only when reads lag no more
        return replace(d, look_since=None, looks=0, next_at=max(now, d.due_at), error=None)
    if looks < len(spec.read_back_waits):
        over = (d.sent_at or now) + spec.answer_deadline
        apart = spec.read_back_waits[looks] - spec.read_back_waits[looks - 1]  # however wrong a clock was in between
        return replace(d, looks=looks, next_at=max(now + apart, over + spec.read_back_waits[looks]))
    if proven:
        return replace(_again(d, now, spec.retry_waits[0], None), looks=looks, look_since=None)
    return replace(d, state=State.UNCONFIRMED, looks=looks, next_at=None)
