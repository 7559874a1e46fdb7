"""The far end of a rehearsal: the sandbox in a process of its own, with faults on demand and a ledger that decides."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import requests

from bakohumas_bot.bench.processes import FORKS, start
from bakohumas_bot.demo.training import write_configuration
from bakohumas_bot.sandbox.core import Fault
from bakohumas_bot.sandbox.x.rates import APP_LIMITS, LIMITS

PLENTY = 10**6  # calls; a rehearsal makes more of them in a minute than an office in a year
_PATIENCE = 60.0


@dataclass(frozen=True, kw_only=True)
class FarEnd:
    """`places` says where the posts of each account stand in the ledger: (Entry.platform, Entry.place)."""

    url: str
    config: Path
    places: dict[str, tuple[str, str]]
    _http: requests.Session = field(default_factory=requests.Session)

    def play(self, fault: Fault) -> None:
        self._tell("POST", "faults", asdict(fault))

    def play_no_more(self) -> None:
        self._tell("DELETE", "faults")

    def ledger(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ask("ledger")
        return found

    def violations(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self._ask("violations")
        return found

    def live_calls(self, than: int = -1, seconds: float = 0) -> int:
        """How many calls that publish have arrived; waits up to `seconds` until they are more than `than`."""
        count: int = self._ask(f"live?than={than}&seconds={seconds}")
        return count

    def control(self, path: str, body: dict[str, Any]) -> None:
        self._tell("POST", path, body)

    def _ask(self, what: str) -> Any:
        answer = self._http.get(f"{self.url}/sandbox/{what}", timeout=_PATIENCE)
        answer.raise_for_status()
        return answer.json()

    def _tell(self, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        self._http.request(method, f"{self.url}/sandbox/{path}", json=body, timeout=_PATIENCE).raise_for_status()


@contextmanager
def open_far_end(folder: Path, *, web: str, database: str | None) -> Iterator[FarEnd]:
    """With a configuration in `folder` whose office has an account on every platform there is."""
    here, there = FORKS.Pipe()
    process = start(_serve, folder, web, database, there)
    try:
        url, config, places = here.recv()
        with requests.Session() as session:
            session.trust_env = False
            far_end = FarEnd(url=url, config=config, places=places, _http=session)
            _make_ready(far_end)
            yield far_end
    finally:
        process.kill()
        process.join()


def _make_ready(far_end: FarEnd) -> None:
    """Limits are other tests' matter. X's net against duplicates is taken away: a second sending must show.

    Every list lags: it misses a new post once, so that a first look proves nothing.
    """
    far_end.control("x/limits", dict.fromkeys(LIMITS, PLENTY))
    far_end.control("x/app_limits", dict.fromkeys(APP_LIMITS, PLENTY))
    far_end.control("x/duplicates", {"refused": False})
    far_end.control("x/lag", {"reads": 1})
    far_end.control("instagram/lag", {"reads": 1})
    far_end.control("graph/settings", {"quota": PLENTY, "unseen_reads": 1})


def _serve(folder: Path, web: str, database: str | None, said: Connection) -> None:
    from bakohumas_bot.sandbox import open_sandbox

    with open_sandbox() as sandbox:
        config = write_configuration(folder, sandbox, web=web, disabled=frozenset(), database=database)
        samples = [
            sample
            for name, platform in sandbox.platforms.items()
            for sample in platform.sample_accounts(f"{sandbox.url}/{name}")
        ]
        said.send((sandbox.url, config.parent, {sample.settings["id"]: sample.ledger for sample in samples}))
        threading.Event().wait()
