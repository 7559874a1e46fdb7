"""What befalls a whole history: clocks that jump, a freeze, content that changes, a machine lost and restored."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from bakohumas_bot.bench.histories.plan import OFFICES
from bakohumas_bot.bench.histories.setting import HOUR, MINUTE
from bakohumas_bot.bench.histories.table import BEAT, Row
from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove, step
from bakohumas_bot.domain.happenings import Restored, TooLate
from bakohumas_bot.lifecycle.clockwatch import SETTLE, TOLERANCE

if TYPE_CHECKING:
    from bakohumas_bot.bench.histories.world import World


def set_out(world: World) -> None:
    """Plans them, each with its chance."""
    random, odds = world.random, world.odds
    for row in world.table.rows:
        if random.random() < odds.tampered:
            world.at(random.random() * 25 * MINUTE, partial(setattr, row, "content", "another text"))
    if random.random() < odds.clock_jump:
        for _ in range(random.choice((1, 1, 2, 4))):
            world.at(random.random() * 40 * MINUTE, partial(_jump, world))
    if random.random() < odds.freeze:
        world.at(random.random() * 20 * MINUTE, partial(_freeze, world, random.choice(OFFICES)))
    if random.random() < odds.restore:
        world.at(random.random() * 15 * MINUTE, partial(_back_up, world))


def _jump(world: World) -> None:
    """Of a host, or of the database's. Hosts that share a database go by one time: one that departs is set right."""
    by = world.random.choice((-HOUR, -MINUTE, -5, 5, 50, 5 * MINUTE, HOUR)) * world.random.random()
    worker = world.random.choice(world.workers)
    if world.random.random() < 0.2:
        for each in world.workers:
            each.miss_beats()
            each.beat_by(world.now + world.random.random() * BEAT)
        world.database_offset += by
        world.tell("", f"the database's clock jumps by {by:.3f} s")
    elif worker.alive and world.alone:
        worker.jump(by)
    elif worker.alive and by > TOLERANCE.total_seconds() and worker.offset == 0:
        worker.jump(by)
        world.at(world.now + world.random.random() * SETTLE.total_seconds(), worker.set_right)
    world.alarm()


def _freeze(world: World, office: str) -> None:
    world.table.frozen.add(office)
    world.tell("people", f"freeze {office}")
    world.at(world.soon(10 * MINUTE), partial(_lift, world, office))


def _lift(world: World, office: str) -> None:
    """What was held asks for a new time."""
    world.table.frozen.discard(office)
    world.tell("people", f"lift the freeze of {office}")
    now = world.desk_wall()
    world.table.lifted[office] = now
    for row in world.table.rows:
        d = row.delivery
        if d.state is State.SCHEDULED and d.office == office and d.due_at <= now:
            world.move(row, d, TooLate(), now, "people")
    world.nudge_all()


def _back_up(world: World) -> None:
    taken_at = world.desk_wall()
    backup = [row.delivery for row in world.table.rows]
    world.tell("", "a backup is taken")
    world.at(world.soon(10 * MINUTE), partial(_restore, world, backup, taken_at))


def _restore(world: World, backup: list[Delivery], taken_at: datetime) -> None:
    """The machine is lost, whatever it was doing; another one goes on with the backup, seconds or an hour later."""
    random = world.random
    down = random.uniform(2, 60) if random.random() < 0.5 else random.random() * HOUR
    world.tell("", f"the machine is lost; its backup comes back in {down:.3f} s")
    for worker in world.workers:
        worker.crash(down + 1)
    world.at(world.now + down, partial(_bring_back, world, backup, taken_at))


def _bring_back(world: World, backup: list[Delivery], taken_at: datetime) -> None:
    world.tell("", "the backup is restored")
    for worker in world.workers:
        worker.crash(1)
        worker.offset = 0.0
    for member in world.table.members:
        member.lock_freed_at = world.now
    for row, kept in zip(world.table.rows, backup, strict=True):
        world.table.put(row, _restored(world, kept, taken_at, row))
        world.people.learn(row, row.delivery)


def _restored(world: World, kept: Delivery, taken_at: datetime, row: Row) -> Delivery:
    if not world.guards.restored_looks:
        return kept
    try:
        return step(kept, Restored(taken_at), world.desk_wall(), row.spec)
    except UnlawfulMove:
        return kept
