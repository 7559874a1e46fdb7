"""One history: a virtual clock, a queue of deliveries, the workers, the people, and the faults that befall them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from bakohumas_bot.bench.histories import misfortunes
from bakohumas_bot.bench.histories.people import People
from bakohumas_bot.bench.histories.plan import plan
from bakohumas_bot.bench.histories.setting import ALL_ON, AT_REST, CALM, EPOCH, MINUTE, ODDS, Guards, Odds
from bakohumas_bot.bench.histories.table import BEAT, Row, Table, seconds
from bakohumas_bot.bench.histories.worker import Worker
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.happenings import Happening, Interrupted
from bakohumas_bot.domain.outcomes import NotSent, Outcome, Unknown
from bakohumas_bot.domain.pauses import PauseKind, pause_after

Say = Callable[[str], None]
TROUBLE = 45 * MINUTE  # faults strike until then; the rest of the time is for coming to rest
_BLINDLY = NotSent(detail="sent again blindly", wait=timedelta())


class World:
    """`now` counts seconds and never jumps. The clocks on the hosts' walls depart from it by their `offset`."""

    def __init__(
        self, seed: int, deliveries: int, *, guards: Guards = ALL_ON, odds: Odds = ODDS, say: Say | None = None
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - a history must be replayed, not be unguessable
        self.now = 0.0
        self.guards, self.odds, self._say = guards, odds, say
        self._coming: list[tuple[float, int, Callable[[], None]]] = []
        self._number = 0
        self.table = Table(plan(self.random, deliveries, guards), compare=guards.compare_and_set)
        self.database_offset = 0.0
        self.alone = self.random.random() < odds.alone
        self.workers = [Worker(self, f"w{n}") for n in range(1 if self.alone else self.random.choice((2, 2, 3)))]
        for worker in self.workers:
            self.at(self.random.random() * 20, worker.start)
        self.people = People(self)
        misfortunes.set_out(self)

    # --- time ---

    def run(self) -> list[Row]:
        """Until nothing can happen any more. Workers look four times a second; a last look of each stands for that."""
        while True:
            self._let_happen()
            moves = self.table.moves
            for worker in self.workers:
                worker.wake(self.now)
            self._let_happen()
            if self.table.moves == moves or self.now > AT_REST:
                return self.table.rows

    def _let_happen(self) -> None:
        while self._coming and self.now <= AT_REST:
            self.now, _, act = heappop(self._coming)
            act()

    def at(self, moment: float, act: Callable[[], None]) -> None:
        self._number += 1
        heappush(self._coming, (moment, self._number, act))

    def soon(self, mean: float) -> float:
        return self.now + self.random.expovariate(1 / mean)

    @property
    def troubled(self) -> bool:
        return self.now < TROUBLE

    @property
    def calls(self) -> Odds:
        return self.odds if self.troubled else CALM

    def wall(self, offset: float = 0.0) -> datetime:
        return EPOCH + timedelta(seconds=self.now + offset)

    def desk_wall(self) -> datetime:
        """What the bot and the commands go by: they run on the first host."""
        return self.wall(self.workers[0].offset)

    def has_a_sleeper(self) -> bool:
        """A worker past its lease that nobody has proved dead: it may wake in the middle of its call."""
        return any(member.is_silent(self.now) for member in self.table.members)

    def tell(self, who: str, what: str) -> None:
        if self._say is not None:
            self._say(f"{_clock(self.now)}  {who:7} {what}")

    # --- what moves a delivery ---

    def move(  # noqa: PLR0917 - as the door's Move
        self, row: Row, known: Delivery, happening: Happening, now: datetime, who: str, worker: str | None = None
    ) -> Delivery:
        """Through the door, with the account's rest, the people's news, and a nudge to whoever may go on."""
        if not self.guards.read_back and isinstance(happening, Unknown | Interrupted):
            happening = _BLINDLY
        before = row.delivery.state
        after = self.table.move(row, known, happening, now, worker)
        self.tell(who, f"{after.id} {type(happening).__name__}: {before} -> {after.state}{_until(after)}")
        if isinstance(happening, Outcome):
            self._rest(after.account, happening, now)
        self.people.learn(row, after)
        self.nudge(row)
        return after

    def _rest(self, account: str, outcome: Outcome, now: datetime) -> None:
        rest = pause_after(account, outcome, now)
        if rest is None:
            return
        blocked = rest.kind is PauseKind.BLOCKED
        self.table.resting[account] = None if blocked else rest.until
        self.tell(
            "", f"{account} rests{' until a person has renewed its access' if blocked else f' until {rest.until}'}"
        )
        if blocked:
            self.people.renew(account)
        else:
            self.at(seconds(rest.until), self.nudge_all)

    def nudge(self, row: Row) -> None:
        """One of the workers is the first to see what this row, or its account's next, needs."""
        if row.delivery.next_at is None and not self.table.waits_behind(row, self.wall()):
            return
        awake = [worker for worker in self.workers if worker.listens]
        if not awake:
            return
        worker = awake[int(self.random.random() * len(awake))]
        worker.wake(self.now + self.random.random() * 0.25)

    def alarm(self) -> None:
        """Something has gone wrong: the sweeps to come are not idle."""
        for worker in self.workers:
            worker.sweep_by(self.now + self.random.random() * BEAT)
            worker.wake(self.now + self.random.random() * BEAT)

    def nudge_all(self) -> None:
        for worker in self.workers:
            worker.wake(self.now + self.random.random() * 0.25)


def _clock(now: float) -> str:
    return f"{int(now // 3600):02}:{int(now // 60) % 60:02}:{now % 60:06.3f}"


def _until(d: Delivery) -> str:
    if d.asks:
        return ", asks a person"
    return (
        f", again at {_clock((d.next_at - EPOCH).total_seconds())}"
        if d.next_at and d.state is not State.SENDING
        else ""
    )
