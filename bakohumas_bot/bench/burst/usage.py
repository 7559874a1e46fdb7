"""What a contestant used: processor time, memory, commits and TLS contexts, read from inside its own process."""

from __future__ import annotations

import resource
import ssl
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Engine, event

EVERY = 0.05


@dataclass(frozen=True, kw_only=True)
class Sample:
    """`at` by the wall clock; `cpu` in seconds since the process began."""

    at: float
    cpu: float
    commits: int
    tls: int


class Meter:
    """Samples twenty times a second, so that whoever knows when the burst ended finds what had been used by then."""

    def __init__(self, engine: Engine) -> None:
        self._commits = 0
        self._tls = 0
        self._samples: list[Sample] = []
        self._over = threading.Event()
        event.listen(engine, "commit", self._committed)
        _count_contexts(self._made)
        threading.Thread(target=self._run, name="meter", daemon=True).start()

    def sample(self) -> Sample:
        used = resource.getrusage(resource.RUSAGE_SELF)
        one = Sample(at=time.time(), cpu=used.ru_utime + used.ru_stime, commits=self._commits, tls=self._tls)
        self._samples.append(one)
        return one

    def told(self) -> dict[str, Any]:
        """Everything, as JSON. Memory is the peak, in MB."""
        self._over.set()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"memory": peak, "samples": [asdict(sample) for sample in self._samples]}

    def _run(self) -> None:
        while not self._over.wait(EVERY):
            self.sample()

    def _committed(self, _: Any) -> None:
        self._commits += 1

    def _made(self) -> None:
        self._tls += 1


def _count_contexts(made: Any) -> None:
    """Whatever library makes one: all of them go through this class."""
    plain = ssl.SSLContext.__new__

    def counted(cls: Any, *args: Any, **kwargs: Any) -> Any:
        made()
        return plain(cls, *args, **kwargs)

    ssl.SSLContext.__new__ = counted  # type: ignore[method-assign]
