"""The shared queue of a history: rows, the claim and its conditions, the door, the members and the proof of death.

A model of `store.queue`, `store.door`, `store.workers` and the sweep of `lifecycle.reconcile`, in few lines each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bakohumas_bot.bench.histories.setting import EPOCH
from bakohumas_bot.domain.delivery import Delivery, State, step
from bakohumas_bot.domain.happenings import Happening
from bakohumas_bot.domain.outcomes import Receipt
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.replacing import replace
from bakohumas_bot.lifecycle.worker import PACE

LEASE, MARGIN, BEAT, AHEAD = (each.total_seconds() for each in (PACE.lease, PACE.margin, PACE.beat, PACE.ahead))
NEVER = float("inf")


class LostRace(Exception):  # noqa: N818 - as in store.door
    """Someone else moved the delivery first."""


@dataclass(frozen=True, slots=True)
class Post:
    """Public from `committed_at`, and shown to whoever reads back from `visible_at`."""

    number: int
    content: str
    called_at: float
    committed_at: float
    visible_at: float

    @property
    def receipt(self) -> Receipt:
        return Receipt(remote_id=str(self.number))


@dataclass(slots=True)
class Row:
    """A delivery as it stands, who holds it, and what the world knows of it beyond the database."""

    delivery: Delivery
    spec: PlatformSpec  # by which we decide
    declared: tuple[timedelta, timedelta]  # how long a call lasts at most, and how long after it the post may appear
    holder: str | None = None
    begins_at: float = NEVER  # when the queue has something to do with it, uploads ahead of time included
    posts: list[Post] = field(default_factory=list)
    content: str = "approved"  # what would go out; that it may change is what the digest is for
    asked: bool = False  # a person was asked, of whatever
    denied: bool = False  # a person said "not there" of an attempt whose sender was merely silent
    told: bool = False  # the people learned that an attempt given up is public after all


@dataclass(slots=True)
class Member:
    """One start of a worker. While `beating` its lease does not run out; then it is counted from `last_beat`."""

    id: str
    beating: bool = True
    last_beat: float = 0.0  # by the database's clock
    lock_freed_at: float = NEVER
    ended: bool = False

    def is_silent(self, database_at: float) -> bool:
        return not self.ended and not self.beating and self.last_beat + LEASE < database_at


class Table:
    def __init__(self, rows: list[Row], *, compare: bool) -> None:
        self.rows = rows
        self.members: list[Member] = []
        self.frozen: set[str] = set()
        self.lifted: dict[str, datetime] = {}  # when an office's last freeze was lifted
        self.resting: dict[str, datetime | None] = {}  # account -> until; None: until its access was renewed
        self.moves = 0
        self._compare = compare
        self._of_account: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._of_account[row.delivery.account].append(row)
            self._hand(row, None)

    # --- the door ---

    def move(
        self, row: Row, known: Delivery, happening: Happening, now: datetime, worker: str | None = None
    ) -> Delivery:
        """The compare-and-set, then the real step. Raises `LostRace` or `UnlawfulMove`."""
        if self._compare and self._is_lost(row, known, worker):
            raise LostRace
        after = step(known, happening, now, row.spec)
        return self.put(row, replace(after, version=row.delivery.version + 1), worker)

    def put(self, row: Row, after: Delivery, worker: str | None = None) -> Delivery:
        self.moves += 1
        row.delivery = after
        self._hand(row, worker if after.state is State.SENDING else None)
        return after

    @staticmethod
    def _hand(row: Row, holder: str | None) -> None:
        """To a worker, or back to the queue."""
        row.holder, d = holder, row.delivery
        row.begins_at = NEVER if holder is not None or d.next_at is None else seconds(d.next_at)
        if d.state is State.SCHEDULED and d.prepared_at is None and d.failures == 0 and d.look_since is None:
            row.begins_at -= AHEAD

    def _is_lost(self, row: Row, known: Delivery, worker: str | None) -> bool:
        standing = row.delivery
        moved = standing.version != known.version or standing.state is not known.state
        return moved or (worker is not None and row.holder != worker)

    # --- the claim ---

    def claim(self, worker: str, now: datetime, limit: int, *, sending: bool) -> list[Row]:
        """What is due, oldest first; what was published is looked for when nothing else is to do."""
        at = seconds(now)
        waiting = [row for row in self.rows if row.begins_at <= at]
        due = [row for row in waiting if self._is_due(row.delivery, now, sending=sending)]
        unseen = (row for row in waiting if row.delivery.state is State.PUBLISHED)
        taken = sorted(due or unseen, key=_by_time)[:limit]
        for row in taken:
            self._hand(row, worker)
        return taken

    def _is_due(self, d: Delivery, now: datetime, *, sending: bool) -> bool:
        if d.state is not State.SCHEDULED:
            return d.state is State.UNCONFIRMED
        return d.too_late(now) or (sending and self._is_free(d, now))

    def _is_free(self, d: Delivery, now: datetime) -> bool:
        """Nothing frozen, the account not at rest, and its posts in order, one at a time."""
        if d.office in self.frozen or self.rests(d.account, now):
            return False
        if d.due_at > now:
            return True
        for row in self._of_account[d.account]:
            other = row.delivery
            earlier = other.state is State.SCHEDULED and (other.due_at, other.post) < (d.due_at, d.post)
            busy = row.holder is not None and other.state in {State.SCHEDULED, State.SENDING} and other.due_at <= now
            if earlier or busy:
                return False
        return True

    def rests(self, account: str, now: datetime) -> bool:
        if account not in self.resting:
            return False
        until = self.resting[account]
        return until is None or until > now

    def next_at(self, now: datetime) -> float:
        """When the next work begins by itself: something falls due, or becomes too late while it is held back."""
        at = seconds(now)
        later = [row.begins_at for row in self.rows if row.begins_at > at]
        held_back = [seconds(row.delivery.too_late_at) for row in self.rows if row.begins_at <= at]
        return min([*later, *(moment for moment in held_back if moment > at)], default=NEVER)

    def waits_behind(self, row: Row, now: datetime) -> bool:
        """True when another post of the same account is due and may go now that this one has moved."""
        siblings = self._of_account[row.delivery.account]
        return any(
            other.holder is None and other.delivery.state is State.SCHEDULED and other.delivery.due_at <= now
            for other in siblings
        )

    def release(self, row: Row, worker: str, prepared_at: datetime | None = None) -> bool:
        if row.holder != worker or row.delivery.state is State.SENDING:
            return False
        if prepared_at is not None:
            row.delivery = replace(row.delivery, prepared_at=prepared_at, next_at=row.delivery.due_at)
        self._hand(row, None)
        return True

    # --- whose is it ---

    def recover(
        self, me: str, busy: Container[str], at: float, database_at: float, *, alone: bool
    ) -> list[tuple[Row, bool]]:
        """Frees the claims of the dead and the silent; answers their intents, each with whether its sender is dead."""
        others = [member for member in self.members if not member.ended and member.id != me]
        dead = {member.id for member in others if alone or at >= member.lock_freed_at}
        silent = {member.id for member in others if member.is_silent(database_at)} - dead
        living = {member.id for member in others} - dead - silent
        forsaken = []
        for row in self.rows:
            if row.holder is None or row.holder in living or row.delivery.id in busy:
                continue
            if row.delivery.state is State.SENDING:
                forsaken.append((row, row.holder not in silent))
            else:
                self._hand(row, None)
        for member in others:
            member.ended |= member.id in dead
        return forsaken

    def is_uneasy(self, me: str, busy: Container[str]) -> bool:
        """True while something is held by nobody who works on it: the sweep must come again."""
        unwell = {m.id for m in self.members if m.ended or not m.beating or m.lock_freed_at < NEVER}
        rows = [row for row in self.rows if row.holder is not None]
        return any(row.holder in unwell or (row.holder == me and row.delivery.id not in busy) for row in rows)


def seconds(moment: datetime) -> float:
    return (moment - EPOCH).total_seconds()


def _by_time(row: Row) -> tuple[datetime | None, int]:
    return row.delivery.next_at, row.delivery.post
