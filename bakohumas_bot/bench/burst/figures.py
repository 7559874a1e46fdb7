"""What the burst came to: figures of one turn, and the medians of several against their targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Rates per second; times in seconds; processor time in ms per delivery; memory in MB, of one worker."""

    deliveries: int
    bare_rate: float
    bare_cpu: float
    rate: float
    cpu: float
    sent_late: tuple[float, float, float]  # p50, p99, max of sent_at minus due_at
    arrived_late: tuple[float, float, float]
    commits: float
    new_tls: int
    memory: float
    bare_memory: float
    planning: float
    sandbox_cpu: float
    alone: float  # seconds from its time to the arrival of a delivery that comes alone

    @property
    def speed(self) -> float:
        return self.rate / self.bare_rate

    @property
    def effort(self) -> float:
        return self.cpu / self.bare_cpu

    @property
    def lateness(self) -> float:
        """Lateness at p99 over the time that the bare loop needs for all of them."""
        return self.sent_late[1] / (self.deliveries / self.bare_rate)


@dataclass(frozen=True, kw_only=True)
class Setting:
    offices: int
    senders: int
    latency: int
    database: str
    workers: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """`target` is None where the issue names none; `most` says on which side of it the figure should be."""

    name: str
    value: float
    unit: str
    target: float | None = None
    most: bool = True

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value <= self.target if self.most else self.value >= self.target


@dataclass(frozen=True, kw_only=True)
class Report:
    setting: Setting
    turns: tuple[Turn, ...]
    wrong: tuple[str, ...]

    def lines(self) -> list[Line]:
        return [
            Line(name="deliveries per second, bare loop", value=self._of(lambda t: t.bare_rate), unit="/s"),
            Line(name="deliveries per second", value=self._of(lambda t: t.rate), unit="/s"),
            Line(
                name="ratio to the bare loop",
                value=self._of(lambda t: t.speed),
                unit="",
                target=_speed_wanted(self.setting),
                most=False,
            ),
            Line(name="sent late, p50", value=self._of(lambda t: t.sent_late[0]), unit="s"),
            Line(name="sent late, p99", value=self._of(lambda t: t.sent_late[1]), unit="s"),
            Line(name="sent late, max", value=self._of(lambda t: t.sent_late[2]), unit="s"),
            Line(name="p99 over the bare loop's whole time", value=self._of(lambda t: t.lateness), unit="", target=1.1),
            Line(name="arrived late, p99", value=self._of(lambda t: t.arrived_late[1]), unit="s"),
            Line(name="a delivery alone starts after", value=self._of(lambda t: t.alone * 1000), unit="ms", target=100),
            Line(name="processor time per delivery, bare", value=self._of(lambda t: t.bare_cpu), unit="ms"),
            Line(name="processor time per delivery", value=self._of(lambda t: t.cpu), unit="ms"),
            Line(name="ratio to the bare loop's", value=self._of(lambda t: t.effort), unit="", target=1.8),
            Line(name="durable commits per delivery", value=self._of(lambda t: t.commits), unit="", target=0.2),
            Line(name="new TLS contexts", value=self._of(lambda t: t.new_tls), unit="", target=0),
            Line(name="peak memory of a worker", value=self._of(lambda t: t.memory), unit="MB", target=250),
            Line(name="peak memory of the bare loop", value=self._of(lambda t: t.bare_memory), unit="MB"),
            Line(name="planning them all", value=self._of(lambda t: t.planning), unit="s", target=1.0),
            Line(name="processor time of the sandbox", value=self._of(lambda t: t.sandbox_cpu), unit="ms"),
        ]

    def document(self) -> dict[str, Any]:
        return {
            "setting": asdict(self.setting),
            "figures": [asdict(line) | {"met": line.met} for line in self.lines()],
            "turns": [asdict(turn) for turn in self.turns],
            "wrong": list(self.wrong),
        }

    def _of(self, what: Callable[[Turn], float]) -> float:
        return median(what(turn) for turn in self.turns)


def _speed_wanted(setting: Setting) -> float:
    if setting.workers > 1:
        return 1.6
    return 0.9 if setting.senders <= 64 else 0.85


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """p50, p99 and max."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)], ordered[-1]
