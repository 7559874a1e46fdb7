"""The burst itself: stage, turns in alternating order, and what the platforms' ledger says about it."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import func, select
from sqlmodel import col

from bakohumas_bot.app import App, open_app
from bakohumas_bot.bench.burst.contestants import Contestant
from bakohumas_bot.bench.burst.figures import Report, Setting, Turn, spread
from bakohumas_bot.bench.burst.nation import ACCOUNTS, Pictures, accounts_needed, take_pictures, write_nation
from bakohumas_bot.bench.burst.planning import Planned, plan_turn
from bakohumas_bot.bench.postgres import open_postgres
from bakohumas_bot.demo.stage import free_port
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.store.tables import DeliveryRow

ROOM = "bakohumas_bot.bench.burst"
PATIENCE = 300.0
_GLANCE = 0.1
Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Stage:
    setting: Setting
    app: App
    pictures: Pictures
    platforms: Contestant
    url: str

    @property
    def config(self) -> Path:
        return self.app.configuration.folder

    def answers_after(self, seconds: float) -> None:
        requests.post(f"{self.url}/sandbox/latency", json={"seconds": seconds}, timeout=60).raise_for_status()

    def ledger(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = requests.get(f"{self.url}/sandbox/ledger", timeout=60).json()
        return entries

    def violations(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = requests.get(f"{self.url}/sandbox/violations", timeout=60).json()
        return found


def burst(setting: Setting, *, turns: int, tell: Tell) -> Report:
    with set_stage(setting, tell) as stage:
        done = [_turn(stage, number, tell) for number in range(turns)]
        wrong = _wrong(stage.ledger(), turns) + [str(one) for one in stage.violations()]
    return Report(setting=setting, turns=tuple(done), wrong=tuple(wrong))


@contextmanager
def set_stage(setting: Setting, tell: Tell) -> Iterator[Stage]:
    from bakohumas_bot.web.site import WebServer, site

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bakohumas-bench-")))
        database = f"sqlite:///{folder / 'meja.db'}"
        if setting.database == "postgresql":
            database = stack.enter_context(open_postgres(fsync=True)).fresh()
        platforms = stack.enter_context(Contestant(f"{ROOM}.platforms", accounts_needed(setting.offices)))
        heard = platforms.hear()
        web = f"127.0.0.1:{free_port()}"
        write_nation(folder, heard["accounts"], offices=setting.offices, web=web, database=database)
        tell(f"{setting.offices} offices, {len(heard['accounts'])} accounts")
        app = open_app(folder, secrets=False)
        stack.callback(app.close)
        server = WebServer(site(app.desk.store, app.desk.blobs, app.media_key, app.desk.now), web)
        thread = server.in_background()
        stack.callback(thread.join)
        stack.callback(server.stop)
        server.wait_until_ready()
        pictures = take_pictures(app, folder)
        yield Stage(setting=setting, app=app, pictures=pictures, platforms=platforms, url=heard["url"])


def _turn(stage: Stage, number: int, tell: Tell) -> Turn:
    """Both prepare; then one after the other has the machine for itself, in alternating order."""
    setting, bare_first = stage.setting, number % 2 == 0
    with ExitStack() as stack:
        words = (stage.config, setting.senders)
        began = time.monotonic()
        bare = stack.enter_context(Contestant(f"{ROOM}.bare", *words, number))
        bare.hear()
        took = time.monotonic() - began
        workers = [stack.enter_context(Contestant(f"{ROOM}.worker", *words)) for _ in range(setting.workers)]
        for worker in workers:
            worker.hear()
        bare_takes = setting.offices * ACCOUNTS / setting.senders * setting.latency / 1000
        lead = timedelta(seconds=15 + 2 * took + (2 * bare_takes if bare_first else 0))
        due_at = datetime.now(UTC) + lead
        planned = plan_turn(stage.app, stage.pictures, turn=number, due_at=due_at)
        tell(f"turn {number + 1}: {planned.deliveries} deliveries planned in {planned.seconds:.2f} s")
        _wait(lambda: _unprepared(stage.app) == 0, due_at.timestamp() - time.time(), "uploads took too long")
        tell(f"turn {number + 1}: prepared, {due_at.timestamp() - time.time():.0f} s ahead of time")
        stage.answers_after(setting.latency / 1000)
        bare_said = _run_bare(bare) if bare_first else None
        if time.time() > due_at.timestamp():
            raise RuntimeError("the bare loop was still running when the hour came")
        said, sandbox_cpu = _run_workers(stage, workers, due_at, planned)
        bare_said = bare_said or _run_bare(bare)
        stage.answers_after(0)
    played = _Played(number=number, due_at=due_at, planned=planned, said=said, bare=bare_said, sandbox_cpu=sandbox_cpu)
    turn = _figures(stage, played)
    tell(f"turn {number + 1}: bare {turn.bare_rate:.0f}/s, desk {turn.rate:.0f}/s, ratio {turn.speed:.2f}")
    return turn


def _run_bare(bare: Contestant) -> dict[str, Any]:
    bare.tell("go")
    said: dict[str, Any] = bare.hear()
    return said


def _run_workers(
    stage: Stage, workers: list[Contestant], due_at: datetime, planned: Planned
) -> tuple[list[dict[str, Any]], float]:
    time.sleep(max(0.0, due_at.timestamp() - time.time()))
    before = stage.platforms.cpu()
    _wait(lambda: _unsent(stage.app) == 0, PATIENCE, "not everything was sent")
    used = stage.platforms.cpu() - before
    time.sleep(2 * _GLANCE)
    for worker in workers:
        worker.tell("stop")
    return [worker.hear() for worker in workers], 1000 * used / planned.deliveries


def _wait(satisfied: Callable[[], bool], seconds: float, otherwise: str) -> None:
    ends = time.monotonic() + seconds
    while not satisfied():
        if time.monotonic() > ends:
            raise TimeoutError(otherwise)
        time.sleep(_GLANCE)


def _unprepared(app: App) -> int:
    return _count(app, col(DeliveryRow.state) == State.SCHEDULED.value, col(DeliveryRow.prepared_at).is_(None))


def _unsent(app: App) -> int:
    return _count(app, col(DeliveryRow.state).in_([State.SCHEDULED.value, State.SENDING.value]))


def _count(app: App, *conditions: Any) -> int:
    with app.desk.store.reading() as tx:
        return int(tx.execute(select(func.count()).select_from(DeliveryRow).where(*conditions)).scalar_one())


@dataclass(frozen=True, kw_only=True)
class _Played:
    """One turn as it went: what the workers and the bare loop said of themselves."""

    number: int
    due_at: datetime
    planned: Planned
    said: list[dict[str, Any]]
    bare: dict[str, Any]
    sandbox_cpu: float


def _figures(stage: Stage, played: _Played) -> Turn:
    due, bare, n = played.due_at.timestamp(), played.bare, played.planned.deliveries
    arrivals = [datetime.fromisoformat(e["at"]).timestamp() for e in stage.ledger() if _is_of(e, played.number, "meja")]
    ended = max(arrivals) + stage.setting.latency / 1000
    with stage.app.desk.store.reading() as tx:
        query = select(col(DeliveryRow.sent_at)).where(col(DeliveryRow.due_at) == played.due_at)
        sent = [at.timestamp() - due for at in tx.execute(query).scalars() if at is not None]
    windows = [_window(one["samples"], due, ended) for one in played.said]
    return Turn(
        deliveries=n,
        bare_rate=n / bare["seconds"],
        bare_cpu=1000 * bare["cpu"] / n,
        rate=n / (ended - due),
        cpu=1000 * sum(window["cpu"] for window in windows) / n,
        sent_late=spread(sent),
        arrived_late=spread([at - due for at in arrivals]),
        commits=sum(window["commits"] for window in windows) / n,
        new_tls=sum(int(window["tls"]) for window in windows),
        memory=max(one["memory"] for one in played.said),
        bare_memory=bare["memory"],
        planning=played.planned.seconds,
        sandbox_cpu=played.sandbox_cpu,
        alone=min(sent),
    )


def _window(samples: list[dict[str, float]], begins: float, ends: float) -> dict[str, float]:
    """What was used between the two moments, by the nearest samples outside."""
    before = max((s for s in samples if s["at"] <= begins), key=lambda s: s["at"])
    after = min((s for s in samples if s["at"] >= ends), key=lambda s: s["at"])
    return {name: after[name] - before[name] for name in ("cpu", "commits", "tls")}


def _is_of(entry: dict[str, Any], turn: int, who: str) -> bool:
    return f"putaran {turn}:" in entry["text"] and entry["text"].endswith(f"({who})")


def _wrong(ledger: list[dict[str, Any]], turns: int) -> list[str]:
    """Whatever was public more than once."""
    wrong = []
    for turn in range(turns):
        places = Counter((e["platform"], e["place"]) for e in ledger if _is_of(e, turn, "meja"))
        wrong += [f"turn {turn + 1}: {place} has it {count} times" for place, count in places.items() if count > 1]
    return wrong
