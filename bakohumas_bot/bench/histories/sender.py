"""One thread of a worker: the way of one claimed delivery, as `lifecycle.deliver` goes it.

Every `yield` is a time that passes, and a place where the process can die, sleep, or lose its database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from bakohumas_bot.bench.histories import platform
from bakohumas_bot.bench.histories.table import LostRace, Row, seconds
from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove
from bakohumas_bot.domain.happenings import Happening, Intent, LateAnswer, NotTheApproved, TooLate, Verified
from bakohumas_bot.domain.outcomes import CannotTell, Found, NotSent, Outcome, Published, Sighting
from bakohumas_bot.domain.replacing import replace

if TYPE_CHECKING:
    from bakohumas_bot.bench.histories.worker import Worker

_PATIENCE = (0.5, 1, 2, 4, 8, 15, 30)  # while an answer cannot be written down
_CHANGED = NotTheApproved("what would go out is not what was approved")
_ABANDONED = NotSent(detail="abandoned before the call", wait=timedelta())
_NOT_SEEN = CannotTell(detail="not seen")


class Unavailable(Exception):  # noqa: N818 - as in errors
    """The database gave no answer: whether it has written, nobody knows."""


class Sender:
    """What the thread holds: the delivery as it was when it was claimed, and under whose name."""

    def __init__(self, worker: Worker, row: Row, holder: str) -> None:
        self.worker, self.row, self.holder = worker, row, holder
        self.known = row.delivery
        self.world, self.random = worker.world, worker.world.random

    def attend(self) -> Iterator[float]:
        """What it needs now. Whatever goes wrong, the claim is given back."""
        try:
            yield from self._act()
        except (LostRace, UnlawfulMove, Unavailable):
            self._give_back()

    def _act(self) -> Iterator[float]:
        if self.known.state is not State.SCHEDULED or self.known.look_since is not None:
            return self._look()
        return self._prepare_ahead() if self.known.due_at > self.worker.wall() else self._deliver()

    # --- reading back ---

    def _look(self) -> Iterator[float]:
        yield self._some(2)
        seen = self._sighting()
        yield self._some(2)
        if self.known.state is not State.PUBLISHED:
            self._conclude(self.known, seen)
        elif isinstance(seen, Found):
            self._conclude(self.known, Verified(seen.receipt))
        else:
            self._conclude(self.known, _NOT_SEEN)

    def _sighting(self) -> Sighting:
        d, world = self.known, self.world
        since = min(at for at in (d.due_at, d.sent_at, d.look_since) if at is not None)
        fails = world.troubled and self.random.random() < world.odds.read_fails
        return platform.find(self.row, world.now, seconds(since), fails=fails)

    # --- sending ---

    def _prepare_ahead(self) -> Iterator[float]:
        yield self._some(20)
        if self._departs():
            self._conclude(self.known, _CHANGED)
            return
        self._reach_the_database()
        if not self.world.table.release(self.row, self.holder, prepared_at=self.worker.wall()):
            raise LostRace

    def _deliver(self) -> Iterator[float]:
        yield self._some(0.2) if self.known.prepared_at else self._some(20)
        if self.known.too_late(self.worker.wall()):
            if self.worker.may_send(self.holder):  # else its clock has jumped since the claim, and calls nothing late
                self._conclude(self.known, TooLate())
            else:
                self._give_back()
            return
        if self._departs():
            self._conclude(self.known, _CHANGED)
            return
        content = self.row.content  # rendered once: what was compared goes out
        begun = self.world.now
        yield self._some(0.1)
        office, lifted = self.known.office, self.world.table.lifted
        if office in self.world.table.frozen:
            self._give_back()
            return
        if office in lifted and self.known.due_at < lifted[office]:
            self._conclude(self.known, TooLate())
            return
        sending = self._intend()
        yield self._some(0.1)
        if self._may_go(sending, begun):
            yield self._some(0.01)  # between the last look and the first byte
            took, outcome = platform.call(self.row, content, self.world.now, self.random, self.world.calls)
            self.world.tell(self.worker.name, f"{sending.id} is called ...")
            yield took
        else:
            outcome = _ABANDONED
        yield from self._write_down(sending, outcome)

    def _departs(self) -> bool:
        return self.world.guards.digest and self.row.content != self.known.digest

    def _intend(self) -> Delivery:
        if self.world.guards.intent:
            return self._conclude(self.known, Intent())
        return replace(self.known, sent_at=self.worker.wall())

    def _may_go(self, sending: Delivery, begun: float) -> bool:
        """The last look: neither slept, nor past the own lease, nor frozen."""
        assert sending.sent_at is not None
        guard = self.row.spec.guard
        slept = self.world.now - begun >= guard.total_seconds() or abs(self.worker.wall() - sending.sent_at) >= guard
        if slept and self.world.guards.send_guard:
            return False
        return self.worker.may_send(self.holder) and sending.office not in self.world.table.frozen

    def _write_down(self, sending: Delivery, outcome: Outcome) -> Iterator[float]:
        if not self.world.guards.intent:
            sending = self._conclude(self.known, Intent(), keep=True)
        for wait in _PATIENCE:
            try:
                self._conclude(sending, outcome)
            except Unavailable:
                yield wait
            except LostRace:
                self._testify(sending, outcome)
                return
            else:
                return

    def _testify(self, sending: Delivery, outcome: Outcome) -> None:
        """Taken over meanwhile: what the platform said is the truth about this attempt, or people are told."""
        self._reach_the_database()
        standing = self.row.delivery
        if isinstance(outcome, Published) and standing.remote_id == outcome.receipt.remote_id:
            return  # it was stored after all
        if standing.tries == sending.tries:
            try:
                self.world.move(self.row, standing, LateAnswer(outcome), self.worker.wall(), self.worker.name)
            except UnlawfulMove:
                pass
            else:
                return
        if isinstance(outcome, Published):
            self.row.told = True
            self.world.tell(self.worker.name, f"{standing.id}: people learn that an attempt given up is public")

    # --- through the door ---

    def _conclude(self, known: Delivery, happening: Happening, *, keep: bool = False) -> Delivery:
        """Raises `LostRace`, `UnlawfulMove`, or `Unavailable`: before it was written, or after."""
        chance = self._reach_the_database()
        after = self.world.move(self.row, known, happening, self.worker.wall(), self.worker.name, self.holder)
        if chance > 1 - self.world.odds.error_after_commit and not keep:
            self.world.tell(self.worker.name, f"{after.id}: written, but the database did not say so")
            raise Unavailable
        return after

    def _reach_the_database(self) -> float:
        chance = self.random.random() if self.world.troubled else 0.5
        if self.worker.is_cut_off or chance < self.world.odds.commit_fails:
            self.world.tell(self.worker.name, f"{self.known.id}: the database did not answer")
            raise Unavailable
        return chance

    def _give_back(self) -> None:
        if not self.worker.is_cut_off:
            self.world.table.release(self.row, self.holder)

    def _some(self, seconds: float) -> float:
        return self.random.random() * seconds
