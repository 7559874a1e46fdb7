"""The people of a history: they answer what they are asked, truthfully and late, and some change their minds."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bakohumas_bot.bench.histories.plan import LATENESS
from bakohumas_bot.bench.histories.setting import MINUTE
from bakohumas_bot.bench.histories.table import Row
from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove
from bakohumas_bot.domain.happenings import Happening, Moved, PersonSaw, TriedAgain, Withdrawn

if TYPE_CHECKING:
    from bakohumas_bot.bench.histories.world import World

SAYS = "people"


class People:
    def __init__(self, world: World) -> None:
        self._world = world
        for row in world.table.rows:
            if world.random.random() < world.odds.meddling:
                world.at(world.random.random() * 25 * MINUTE, partial(self._meddle, row))

    def learn(self, row: Row, after: Delivery) -> None:
        """A card arrives; somebody gets to it minutes later."""
        if after.asks or after.state is State.FAILED:
            row.asked = True
            self._world.at(self._world.soon(6 * MINUTE), partial(self._attend_to, row, after.version))

    def renew(self, account: str) -> None:
        self._world.at(self._world.soon(5 * MINUTE), partial(self._has_renewed, account))

    def _has_renewed(self, account: str) -> None:
        self._world.table.resting.pop(account, None)
        self._world.tell(SAYS, f"{account} has its access again")
        self._world.nudge_all()

    def _attend_to(self, row: Row, version: int) -> None:
        d = row.delivery
        if d.version != version:
            return  # it went on by itself
        if d.state is State.UNCONFIRMED:
            self._look(row)
        elif d.state is State.MISSED or d.look_since is not None or self._world.random.random() < 0.5:
            again = self._world.random.random() < 0.85 or d.look_since is not None  # it is looked up first
            self._act(row, self._now(row) if again else Withdrawn("too late now"))

    def _look(self, row: Row) -> None:
        """With their own eyes: whatever is public by now, they see."""
        public = [post for post in row.posts if post.committed_at <= self._world.now]
        heeded = self._world.guards.sleepers_heed and self._world.has_a_sleeper()
        if row.delivery.unproven and not public and heeded:  # `resolve` refuses that answer
            self._world.at(self._world.soon(6 * MINUTE), partial(self._attend_to, row, row.delivery.version))
            return
        row.denied |= row.delivery.unproven and not public
        self._act(row, PersonSaw(public[0].receipt if public else None))

    def _now(self, row: Row) -> TriedAgain:
        at = self._world.desk_wall()
        if row.delivery.expires_at is not None and at >= row.delivery.expires_at:
            return TriedAgain(at, row.delivery.late_after)
        return TriedAgain(at, at + LATENESS)

    def _meddle(self, row: Row) -> None:
        if row.delivery.state is not State.SCHEDULED or row.delivery.look_since is not None:
            return
        if self._world.random.random() < 0.3:
            self._act(row, Withdrawn("not this one"))
            return
        at = self._world.desk_wall() + timedelta(seconds=self._world.random.random() * 20 * MINUTE)
        self._act(row, Moved(at, at + LATENESS))

    def _act(self, row: Row, happening: Happening) -> None:
        try:
            self._world.move(row, row.delivery, happening, self._world.desk_wall(), SAYS)
        except UnlawfulMove:
            self._world.tell(SAYS, f"{row.delivery.id}: may not do that now")
