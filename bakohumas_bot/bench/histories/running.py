"""Many histories, each from its own seed, over several processes; or one of them, told line by line."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from bakohumas_bot.bench.histories.judge import Tally
from bakohumas_bot.bench.histories.setting import ALL_ON, ODDS, Guards, Odds
from bakohumas_bot.bench.histories.table import Row
from bakohumas_bot.bench.histories.world import Say, World

DELIVERIES = 12
_AT_ONCE = 100  # histories per task


def tallies(
    count: int,
    *,
    seed: int = 0,
    deliveries: int = DELIVERIES,
    processes: int = 1,
    guards: Guards = ALL_ON,
    odds: Odds = ODDS,
) -> Iterator[Tally]:
    """The seeds from `seed` on, a task at a time, in their order."""
    tasks = [range(first, min(first + _AT_ONCE, seed + count)) for first in range(seed, seed + count, _AT_ONCE)]
    judged = partial(_judged, deliveries=deliveries, guards=guards, odds=odds)
    if processes == 1:
        yield from map(judged, tasks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(judged, tasks)


def total(parts: Iterator[Tally]) -> Tally:
    whole = Tally()
    for part in parts:
        whole.add(part)
    return whole


def one(seed: int, say: Say, *, deliveries: int = DELIVERIES, guards: Guards = ALL_ON) -> Sequence[Row]:
    """A single history, with everything that happens in it."""
    with _quietly():
        return World(seed, deliveries, guards=guards, say=say).run()


def _judged(seeds: range, *, deliveries: int, guards: Guards, odds: Odds) -> Tally:
    tally = Tally()
    with _quietly():
        for seed in seeds:
            tally.count(seed, World(seed, deliveries, guards=guards, odds=odds).run())
    return tally


@contextmanager
def _quietly() -> Iterator[None]:
    """The real clock watch warns of every jump, and these are pretended."""
    clock = logging.getLogger("bakohumas.clock")
    before = clock.disabled
    clock.disabled = True
    try:
        yield
    finally:
        clock.disabled = before
