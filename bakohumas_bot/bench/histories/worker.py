"""A worker of a history: the loop, the lease and the sweep of `lifecycle.worker`, and all that can befall a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bakohumas_bot.bench.histories.sender import Sender
from bakohumas_bot.bench.histories.setting import HOUR, MINUTE
from bakohumas_bot.bench.histories.table import BEAT, LEASE, MARGIN, NEVER, Member, Row
from bakohumas_bot.domain.happenings import Interrupted
from bakohumas_bot.lifecycle.clockwatch import TOLERANCE, ClockWatch

if TYPE_CHECKING:
    from bakohumas_bot.bench.histories.world import World

SENDERS = 8


@dataclass(slots=True)
class Job:
    """One thread, attending to one delivery for as long as its process lives."""

    row: Row
    process: int
    steps: Iterator[float]


class Worker:
    """One host with its own wall clock, on which the process is started again whenever it died."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.name = world, name
        self.offset = 0.0  # of its wall clock
        self.alive = False
        self.asleep_until = 0.0
        self.cut_off_until = 0.0
        self.at_work: list[str] = []  # one may be claimed again before its first thread is done
        self._process = 0
        self._member = Member("")
        self._beaten_at = 0.0
        self._crept = 0.0
        self._looks_at = NEVER
        self._sweeps_at = NEVER

    # --- the loop ---

    def start(self) -> None:
        """A new process. Where hosts share a database, one that starts goes by the time of the others."""
        if self.alive:
            return
        self.alive = True
        self.offset = self.offset if self.world.alone else 0.0
        self._process += 1
        self.at_work = []
        self._looks_at = self._sweeps_at = NEVER
        self._clock = ClockWatch(self.wall, lambda: self.world.now)
        self._join()

    def _join(self) -> None:
        """A membership; then what the dead have left is owned up to at once."""
        if self.is_cut_off:
            self._later(self.cut_off_until, self._join)
            return
        self._member = Member(f"{self.name}.{len(self.world.table.members) + 1}")
        self.world.table.members.append(self._member)
        self.world.tell(self.name, f"starts as {self._member.id}")
        self._beaten_at = self.world.now
        self._sweep()
        self.wake(self.world.now)

    def wake(self, moment: float) -> None:
        """A look at the queue, not later than then."""
        if self.alive and moment < self._looks_at:
            self._looks_at = moment
            self._later(moment, partial(self._look, moment))

    def _look(self, planned: float) -> None:
        if planned != self._looks_at:
            return  # an earlier look has replaced it
        self._looks_at = NEVER
        if self.is_cut_off:
            self.wake(self.cut_off_until)
            return
        if not self._clock.may_send():  # nothing is begun, called late, or believed absent by a doubtful clock
            self.wake(self.world.now + BEAT)
            return
        now, sending = self.wall(), self._is_fit()
        for row in self.world.table.claim(self._member.id, now, SENDERS - len(self.at_work), sending=sending):
            self._begin(row)
        self.wake(self.world.table.next_at(now) - self.offset + 0.001)
        if not sending:
            self.wake(self.world.now + BEAT)

    def _begin(self, row: Row) -> None:
        self.at_work.append(row.delivery.id)
        job = Job(row, self._process, Sender(self, row, self._member.id).attend())
        queued = self.world.random.random()
        self.world.at(self.world.now + (queued / 20 if queued < 0.9 else 20 * queued), partial(self._step, job))

    def _step(self, job: Job) -> None:
        """One thread goes on to where the next thing can befall it."""
        if job.process != self._process or not self.alive:
            return
        if self.world.troubled and not self.is_asleep:
            self._suffer()
        if self.is_asleep:
            self.world.at(self.asleep_until, partial(self._step, job))
        elif self.alive:
            wait = next(job.steps, None)
            if wait is None:
                self._finished(job.row)
            else:
                self.world.at(self.world.now + wait, partial(self._step, job))

    def _finished(self, row: Row) -> None:
        self.at_work.remove(row.delivery.id)
        if row.holder == self._member.id:
            self.sweep_by(self.world.now + BEAT)
        self.world.nudge(row)

    def _later(self, moment: float, act: Callable[[], None]) -> None:
        self.world.at(moment, partial(self._if_alive, self._process, act))

    def _if_alive(self, process: int, act: Callable[[], None]) -> None:
        if process == self._process and self.alive:
            if self.is_asleep:
                self._later(self.asleep_until, act)
            else:
                act()

    # --- what it knows of itself ---

    def wall(self) -> datetime:
        return self.world.wall(self.offset)

    @property
    def is_asleep(self) -> bool:
        return self.world.now < self.asleep_until

    @property
    def is_cut_off(self) -> bool:
        return self.world.now < self.cut_off_until

    @property
    def listens(self) -> bool:
        return self.alive and not self.is_asleep and len(self.at_work) < SENDERS

    def may_send(self, holder: str) -> bool:
        """Past its lease, or under a membership that has ended, nothing is begun; nor by a doubtful clock."""
        return holder == self._member.id and self._is_fit() and self._clock.may_send()

    def _is_fit(self) -> bool:
        fit = self._member.beating or self.world.now < self._beaten_at + LEASE - MARGIN
        return fit or self.world.alone or not self.world.guards.own_doubt

    # --- the lease, and the sweep of what others have left ---

    def miss_beats(self) -> None:
        """From now on its lease runs; the last beat was some seconds ago."""
        if self._member.beating:
            self._member.beating = False
            self._beaten_at = max(self._beaten_at, self.world.now - self.world.random.random() * BEAT)
            self._member.last_beat = self._beaten_at + self.world.database_offset

    def beat_by(self, moment: float) -> None:
        self._later(moment, self._beat)

    def _beat(self) -> None:
        if self.is_cut_off:
            self.beat_by(self.cut_off_until)
        elif self.world.now >= self._member.lock_freed_at or self._member.ended:
            self.world.tell(self.name, "is taken for dead by the others, starts anew")
            self._join()
        else:
            self._member.beating = True

    def sweep_by(self, moment: float) -> None:
        if self.alive and moment < self._sweeps_at:
            self._sweeps_at = moment
            self._later(moment, self._sweep)

    def _sweep(self) -> None:
        self._sweeps_at = NEVER
        if self.is_cut_off or not self._clock.may_send():
            self.sweep_by(max(self.cut_off_until, self.world.now + BEAT))
            return
        world, table = self.world, self.world.table
        clock = world.now + world.database_offset
        for row, dead in table.recover(self._member.id, self.at_work, world.now, clock, alone=world.alone):
            happening = Interrupted("its sender is gone", dead or not world.guards.proof_of_death)
            world.move(row, row.delivery, happening, self.wall(), self.name)
        self.wake(world.now)
        if table.is_uneasy(self._member.id, self.at_work):
            self.sweep_by(world.now + BEAT)

    # --- what befalls it ---

    def _suffer(self) -> None:
        odds, chance = self.world.odds, self.world.random.random()
        for likelihood, fault in (
            (odds.crash, self.crash),
            (odds.sleep, self._sleep),
            (odds.cut_off, self._lose_the_database),
            (0 if self.world.alone else odds.lost_session, self._lose_the_session),
        ):
            if chance < likelihood:
                fault()
                self.world.alarm()
                return
            chance -= likelihood

    def crash(self, down: float | None = None) -> None:
        """SIGKILL, or the end of the machine: then the database learns of it later."""
        world = self.world
        if not self.alive:
            return
        self.miss_beats()
        self.alive, self.asleep_until = False, 0.0
        lingers = 0.0 if world.alone or world.random.random() < 0.8 else world.random.random() * 3 * MINUTE
        self._member.lock_freed_at = min(self._member.lock_freed_at, world.now + lingers)
        world.tell(self.name, "is killed")
        if down is None:
            down = world.random.expovariate(1 / 20) if world.random.random() < 0.9 else world.random.random() * HOUR / 2
        world.at(world.now + lingers + down, self.start)

    def _sleep(self) -> None:
        """SIGSTOP, or a machine that stood still. Who has lost its session is not stopped besides: see the docs."""
        if self._member.lock_freed_at < NEVER:
            return
        chance, random = self.world.random.random(), self.world.random
        length = random.expovariate(1 / 25)
        if chance > 0.6:
            length = random.uniform(1, 5) * MINUTE if chance < 0.95 else random.random() * HOUR
        self.miss_beats()
        self.asleep_until = self.world.now + length
        self.world.tell(self.name, f"is stopped for {length:.3f} s")
        self.beat_by(self.asleep_until + random.random())

    def jump(self, by: float) -> None:
        """Of its wall clock. Forward by so little that nobody notices, it jumps only so far in all."""
        if 0 < by <= TOLERANCE.total_seconds():
            by = min(by, TOLERANCE.total_seconds() - self._crept)
            self._crept += by
        self.offset = max(-HOUR, min(self.offset + by, HOUR))
        self.world.tell(self.name, f"its clock jumps by {by:.3f} s")

    def set_right(self) -> None:
        self.offset = 0.0
        self.world.tell(self.name, "its clock is set right")

    def _lose_the_database(self) -> None:
        length = self.world.random.expovariate(1 / 40)
        self.miss_beats()
        self.cut_off_until = max(self.cut_off_until, self.world.now + length)
        self.world.tell(self.name, f"does not reach the database for {length:.3f} s")
        self.beat_by(self.cut_off_until)

    def _lose_the_session(self) -> None:
        self._member.lock_freed_at = min(self._member.lock_freed_at, self.world.now)
        self.world.tell(self.name, "lives, but the database has let go of its lock")
        self.beat_by(self.world.now + self.world.random.random() * BEAT)
