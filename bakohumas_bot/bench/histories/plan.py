"""The deliveries of one history: several accounts on the platforms that exist, many due in the same second."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random

from bakohumas_bot.bench.histories.setting import EPOCH, MINUTE, Guards
from bakohumas_bot.bench.histories.table import Row
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.replacing import replace

OFFICES = ("64.69", "64.70")
BURST = 8 * MINUTE
LATENESS = timedelta(minutes=30)


@cache
def specs(guards: Guards) -> tuple[PlatformSpec, ...]:
    """The real ones, with the waits they declare."""
    from bakohumas_bot.platforms import PLATFORMS

    return tuple(_weakened(platform.spec, guards) for platform in PLATFORMS.values())


def _weakened(spec: PlatformSpec, guards: Guards) -> PlatformSpec:
    waits = spec.read_back_waits
    if not guards.waiting:
        return replace(spec, answer_deadline=timedelta(), read_back_waits=(timedelta(),))
    return spec if guards.later_looks else replace(spec, read_back_waits=waits[:1])


def plan(random: Random, count: int, guards: Guards) -> list[Row]:
    """Posts go to a few accounts each; half of all is due in one second, the rest before and after it."""
    platforms = specs(guards)
    accounts = [(f"account-{n}", platforms[n % len(platforms)]) for n in range(max(3, count // 5))]
    rows = []
    for number in range(count):
        account, spec = accounts[number % len(accounts)]
        due_at = EPOCH + timedelta(seconds=BURST if random.random() < 0.5 else random.random() * 20 * MINUTE)
        delivery = Delivery(
            id=f"d{number:02}",
            office=OFFICES[number % 2],
            post=number // len(accounts),
            revision=1,
            digest="approved",
            account=account,
            platform=spec.name,
            state=State.SCHEDULED,
            due_at=due_at,
            next_at=due_at,
            late_after=due_at + LATENESS,
            expires_at=due_at + timedelta(minutes=random.uniform(5, 90)) if random.random() < 0.1 else None,
        )
        rows.append(Row(delivery, spec))
    return rows
