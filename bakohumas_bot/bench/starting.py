"""Starting with a full queue: how long until the first delivery is on its way, and how much memory that took."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import requests

from bakohumas_bot.bench.burst.contestants import Contestant
from bakohumas_bot.bench.burst.figures import Line, Setting
from bakohumas_bot.bench.burst.planning import plan_one
from bakohumas_bot.bench.burst.run import ROOM, Stage, set_stage
from bakohumas_bot.bench.queue import fill
from bakohumas_bot.domain.delivery import State

PATIENCE = 120.0
TIMES_WANTED, MEGABYTES_WANTED = 1.2, 20.0


def measure(offices: int, pending: int, database: str, *, times: int, tell: Callable[[str], None]) -> list[Line]:
    setting = Setting(offices=offices, senders=64, latency=0, database=database, workers=1)
    with set_stage(setting, tell) as stage:
        empty = [_start(stage, number) for number in range(times)]
        tell("started with nothing else pending")
        began = datetime.now(UTC)
        fill(stage.app.desk.store, "later-", pending, State.SCHEDULED, lambda n: began + timedelta(days=1 + n))
        full = [_start(stage, times + number) for number in range(times)]
        tell(f"started with {pending} pending")
    seconds = [median(took for took, _ in runs) for runs in (empty, full)]
    memory = [median(peak for _, peak in runs) for runs in (empty, full)]
    return [
        Line(name="first delivery on its way, empty queue", value=seconds[0], unit="s"),
        Line(name=f"the same, {pending} pending", value=seconds[1], unit="s"),
        Line(name="ratio", value=seconds[1] / seconds[0], unit="", target=TIMES_WANTED),
        Line(name="peak memory, empty queue", value=memory[0], unit="MB"),
        Line(name=f"more with {pending} pending", value=memory[1] - memory[0], unit="MB", target=MEGABYTES_WANTED),
    ]


def _start(stage: Stage, number: int) -> tuple[float, float]:
    """From the start of the process to the arrival of the one delivery that is due; and the process's peak, in MB."""
    before = _live_calls(stage, -1, 0)
    plan_one(stage.app, number)
    began = time.perf_counter()
    with Contestant(f"{ROOM}.worker", stage.config, stage.setting.senders) as worker:
        if _live_calls(stage, before, PATIENCE) <= before:
            raise TimeoutError("nothing was sent")
        took = time.perf_counter() - began
        worker.hear()
        worker.tell("stop")
        return took, float(worker.hear()["memory"])


def _live_calls(stage: Stage, than: int, seconds: float) -> int:
    address = f"{stage.url}/sandbox/live?than={than}&seconds={seconds}"
    return int(requests.get(address, timeout=PATIENCE + 10).json())
