"""The workers of a rehearsal as processes: started, killed, paused, and started again as a supervisor would."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bakohumas_bot.bench.pace import Tempo
from bakohumas_bot.bench.processes import FORKS, start
from bakohumas_bot.bench.worker import work

PATIENCE = 60.0


@dataclass(kw_only=True)
class Crew:
    """`size` workers. `skew` shifts their clocks, in seconds. `kills` counts those that were at work."""

    config: Path
    tempo: Tempo
    size: int
    skew: Any = field(default_factory=lambda: FORKS.Value("d", 0.0, lock=False))
    kills: int = 0
    _workers: dict[int, BaseProcess] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.keep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.resume(range(self.size))
        if error is not None:
            self.kill(range(self.size))
        self.dismiss()

    def keep(self) -> None:
        """Every place is filled: whoever ended is followed by a new one."""
        for number in range(self.size):
            worker = self._workers.get(number)
            if worker is None or not worker.is_alive():
                self._workers[number] = start(work, self.config, self.tempo, self.skew)

    def processes(self) -> list[int]:
        """The numbers under which the machine knows them."""
        return [worker.pid for worker in self._workers.values() if worker.is_alive() and worker.pid is not None]

    def kill(self, whom: Iterable[int]) -> None:
        """At one moment, as when the machine loses power: first all the signals, then the burials."""
        killed = [worker for number in whom if (worker := self._workers.get(number)) is not None and worker.is_alive()]
        for worker in killed:
            worker.kill()
        for worker in killed:
            worker.join()
        self.kills += len(killed)

    def pause(self, number: int) -> None:
        self._signal(number, signal.SIGSTOP)

    def resume(self, whom: Iterable[int]) -> None:
        for number in whom:
            self._signal(number, signal.SIGCONT)

    def dismiss(self) -> None:
        """All of them end in order: what is under way is finished first."""
        for worker in self._workers.values():
            worker.terminate()
        for worker in self._workers.values():
            worker.join(PATIENCE)
            if worker.is_alive():
                worker.kill()
                worker.join()
                raise TimeoutError("a worker that was told to stop went on")
        self._workers.clear()

    def _signal(self, number: int, what: signal.Signals) -> None:
        worker = self._workers.get(number)
        if worker is not None and worker.is_alive() and worker.pid is not None:
            os.kill(worker.pid, what)
