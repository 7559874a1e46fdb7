"""`python -m bakohumas_bot.bench.burst.bare CONFIG SENDERS TURN`: the same library calls, and nothing around them.

The same adapters over the same shared sessions, from the same number of threads; the journal is a dictionary.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from bakohumas_bot.app import App, open_app, set_up_logging
from bakohumas_bot.bench.burst.contestants import heard, say
from bakohumas_bot.bench.burst.nation import contents, take_pictures
from bakohumas_bot.bench.burst.usage import Meter
from bakohumas_bot.domain.outcomes import Published
from bakohumas_bot.lifecycle.check import check_content
from bakohumas_bot.platforms.base import Adapter, Job


@dataclass
class Memory:
    """A journal that forgets with the process. `notes` are the account's."""

    notes: dict[str, str]
    entries: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str | None:
        return self.entries.get(key)

    def put(self, key: str, value: str) -> None:
        self.entries[key] = value

    def forget(self, key: str) -> None:
        self.entries.pop(key, None)

    def account_get(self, key: str) -> str | None:
        return self.notes.get(key)

    def account_put(self, key: str, value: str) -> None:
        self.notes[key] = value


Work = tuple[Adapter, Job]


def jobs(app: App, folder: Path, turn: int) -> list[Work]:
    """Office by office, as the queue has them."""
    notes: dict[str, dict[str, str]] = {}
    found: list[Work] = []
    for content in contents(app, take_pictures(app, folder), turn=turn, who="telanjang"):
        for account, rendered in check_content(app.desk, content, app.desk.now()).rendered.items():
            journal = Memory(notes.setdefault(account, {}))
            id_ = f"bare-{turn}-{account}"
            job = Job(delivery=id_, rendered=rendered, journal=journal, blob=app.desk.blobs.verify)
            found.append((app.desk.adapters[account], job))
    return found


def run(work: list[Work], threads: int, act: Callable[[Work], object]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(act, work):
            pass
    return time.perf_counter() - began


def publish(work: Work) -> None:
    adapter, job = work
    outcome = adapter.go_live(job)
    if not isinstance(outcome, Published):
        raise RuntimeError(f"{job.delivery}: {outcome}")  # noqa: TRY004 - an outcome, not a mistake in types


def main() -> None:
    config, threads, turn = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    set_up_logging(file=config / "bare.log")
    app = open_app(config, secrets=True)
    meter = Meter(app.desk.store.engine)
    work = jobs(app, config, turn)
    run(work, 16, lambda one: one[0].prepare(one[1]))
    say("prepared")
    heard()
    before, began = meter.sample(), time.time()
    seconds = run(work, threads, publish)
    say({"began": began, "seconds": seconds, "cpu": meter.sample().cpu - before.cpu, **meter.told()})


if __name__ == "__main__":
    main()
