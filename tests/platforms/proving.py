"""What every adapter promises, as checks: one post carried through prepare, go_live and find against a sandbox."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    Found,
    Outcome,
    Published,
    RateLimited,
    Rejected,
    Unknown,
)
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.rendering import Rendered, RenderedMedia
from bakohumas_bot.platforms.base import Adapter, Job, MediaHost, Memory, Platform, Stopped, Surroundings
from bakohumas_bot.platforms.deadlines import set_pace
from bakohumas_bot.platforms.sighting import same_words
from bakohumas_bot.sandbox.core import AFTER, BEFORE, Entry, Fault, SampleAccount, Sandbox
from far_end import Notebook

NOT_DONE: dict[str, type[Outcome]] = {
    "rate_limited": RateLimited,
    "expired_token": AccountBlocked,
    "rejected": Rejected,
}
FAULTS = (*BEFORE, *AFTER, *NOT_DONE)
TEXT = "Rapat & koordinasi <Bakohumas> – 09.00 WIB 🗳️\n\nBaca kpu.go.id atau https://kpu.go.id/berita?a=1&b=2 #KPU"
OF_THE_ACCOUNT = {"id", "office", "platform", "handle", "enabled", "lateness_minutes", "shows_sources"}


@dataclass
class Bench:
    """One platform on its sandbox: everything an adapter is lent, and what the public saw of it."""

    platform: Platform
    sandbox: Sandbox
    files: dict[str, list[RenderedMedia]]
    blob: Callable[[str], Path]
    host: MediaHost
    state_dir: Path
    slept: list[timedelta] = field(default_factory=list)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    vault: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.room, self.sample = self._account()
        self.adapter = self.opened()

    @property
    def spec(self) -> PlatformSpec:
        return self.platform.spec

    def _account(self) -> tuple[str, SampleAccount]:
        for room, pretend in self.sandbox.platforms.items():
            for sample in pretend.sample_accounts(f"{self.sandbox.url}/{room}"):
                if sample.settings["platform"] == self.spec.name:
                    return room, sample
        raise AssertionError(f"no sandbox has an account of {self.spec.name}")

    def opened(self) -> Adapter:
        """The account opened anew, as after a restart."""
        table = self.sample.settings
        account = Account(
            id=table["id"], office="64.69", platform=table["platform"], handle=table["handle"], enabled=True
        )
        own = {key: value for key, value in table.items() if key not in OF_THE_ACCOUNT}
        around = Surroundings(
            now=self.now,
            sleep=self.slept.append,
            media_host=self.host,
            state_dir=self.state_dir,
            vault=self.vault,
        )
        return self.platform.open(account, self.platform.settings(**own), around)

    def job(self, shape: str, text: str = TEXT) -> Job:
        rendered = Rendered(
            account=self.sample.settings["id"],
            platform=self.spec.name,
            handle=self.sample.settings["handle"],
            title="Rapat",
            text=text,
            html=html.escape(text, quote=False) if self.spec.formats_text else None,
            media=tuple(self.files[shape]),
        )
        return Job(delivery="d-1", rendered=rendered, journal=Notebook(), blob=self.blob)

    def fails(self, mode: str, operation: str = "live", *, seconds: float = 30, **more: Any) -> None:
        fault = Fault(platform=self.room, operation=operation, mode=mode, seconds=seconds, **more)
        self.sandbox.world.faults.append(fault)

    @property
    def public(self) -> list[Entry]:
        place = self.sample.ledger
        return [e for e in self.sandbox.world.ledger if (e.platform, e.place) == place and not e.deleted]

    def calls(self) -> dict[str, int]:
        mark = f"{self.room} "
        return {key.removeprefix(mark): n for key, n in self.sandbox.world.calls.items() if key.startswith(mark)}

    def live_calls(self) -> int:
        is_live = self.sandbox.platforms[self.room].is_live
        return sum(n for operation, n in self.calls().items() if is_live(operation))


def shapes(spec: PlatformSpec) -> Iterator[str]:
    """The kinds of content that this platform can carry."""
    if not spec.needs_media:
        yield "text"
    if spec.max_images:
        yield "image"
    if spec.max_images > 1:
        yield "album"
    if spec.max_videos:
        yield "video"
    if spec.max_documents:
        yield "document"


def simplest(spec: PlatformSpec) -> str:
    return next(shapes(spec))


# --- the promises ---


def publishes_once_and_finds_it(bench: Bench, shape: str) -> None:
    job = bench.job(shape)
    since = datetime.now(UTC)
    bench.adapter.prepare(job)
    assert bench.public == [], "prepare made something public"
    outcome = bench.adapter.go_live(job)
    assert isinstance(outcome, Published), outcome
    assert bench.live_calls() == 1
    _is_public_once(bench, job)
    job.journal.put("remote_id", outcome.receipt.remote_id)  # as the store does with every receipt
    sightings = [bench.opened().find(job, since), bench.opened().find(_forgetting_the_answer(job), since)]
    for sighting in sightings:
        _is_found(bench, job, sighting)
        if isinstance(sighting, Found):
            assert sighting.receipt.remote_id == outcome.receipt.remote_id
    bench.adapter.withdraw(job)
    _nothing_off_the_record(bench)


def survives(bench: Bench, mode: str) -> None:
    """One fault on the live call: one call, the right name for it, and never two posts afterwards."""
    job = bench.job(simplest(bench.spec))
    since = datetime.now(UTC)
    bench.adapter.prepare(job)
    bench.fails(mode)
    with hurrying():
        outcome = bench.adapter.go_live(job)
    assert bench.live_calls() == 1, "a live call was repeated"
    assert isinstance(outcome, NOT_DONE.get(mode, Unknown)), outcome
    if isinstance(outcome, RateLimited):
        assert outcome.wait > timedelta()
    if isinstance(outcome, Unknown) and mode in AFTER:
        _is_public_once(bench, job)
        _is_found(bench, job, bench.opened().find(job, since))
    else:
        assert bench.public == []
        _goes_out_at_the_second_try(bench, job, since)
    _nothing_off_the_record(bench)


def arrives_once(bench: Bench, shape: str, mode: str) -> Outcome:
    """One post that fails in this way. Every attempt has words of its own: none is refused as a repetition."""
    job = bench.job(shape, f"Rapat koordinasi {shape} {mode}")
    bench.adapter.prepare(job)
    calls, public = bench.live_calls(), len(bench.public)
    bench.fails(mode)
    with hurrying():
        outcome = bench.adapter.go_live(job)
    bench.sandbox.world.faults.clear()
    assert bench.live_calls() - calls == 1, f"{mode}: {bench.live_calls() - calls} arrivals"
    done = mode == "slow" or mode.endswith("_after")
    assert len(bench.public) - public <= done, f"{mode}: public {len(bench.public) - public} times"
    assert not isinstance(outcome, Published), f"{mode}: taken for published"
    return outcome


def uploads_once(bench: Bench, shape: str) -> None:
    """A restart between uploading and the hour goes on with what the journal holds."""
    job = bench.job(shape)
    bench.adapter.prepare(job)
    before = bench.calls()
    bench.opened().prepare(job)
    again = {operation: n - before.get(operation, 0) for operation, n in bench.calls().items()}
    writes = [operation for operation, n in again.items() if n and not operation.lower().startswith("get")]
    assert writes == [], "prepared twice"


def stops_before_anything_is_public(bench: Bench, mode: str, shape: str) -> None:
    """Whatever fails while preparing is told as an outcome, and the next try goes through."""
    job = bench.job(shape)
    bench.fails(mode, "*")
    with pytest.raises(Stopped) as stop:
        bench.adapter.prepare(job)
    assert isinstance(stop.value.outcome, NOT_DONE.get(mode, object)), stop.value.outcome
    assert not isinstance(stop.value.outcome, Unknown | Published)
    bench.adapter.prepare(job)
    assert isinstance(bench.adapter.go_live(job), Published)
    _is_public_once(bench, job)
    _nothing_off_the_record(bench)


def cannot_tell_when_reading_fails(bench: Bench, mode: str) -> None:
    job = bench.job(simplest(bench.spec))
    since = datetime.now(UTC)
    bench.adapter.prepare(job)
    assert isinstance(bench.adapter.go_live(job), Published)
    bench.fails(mode, "*")
    assert isinstance(bench.opened().find(_forgetting_the_answer(job), since), CannotTell)


def knows_whether_it_may_in(bench: Bench) -> None:
    assert bench.adapter.check_access()
    bench.fails("expired_token", "*")
    with pytest.raises(Stopped) as stop:
        bench.opened().check_access()
    assert isinstance(stop.value.outcome, AccountBlocked)


# --- what they are made of ---


@contextmanager
def hurrying() -> Iterator[None]:
    """Nobody waits longer than 0.6 s for a platform."""
    set_pace(1 / 50)
    try:
        yield
    finally:
        set_pace(1)


def _goes_out_at_the_second_try(bench: Bench, job: Job, since: datetime) -> None:
    adapter = bench.opened()
    sighting = adapter.find(job, since)
    if bench.spec.proves_absence:
        assert isinstance(sighting, Absent), sighting
    else:
        assert isinstance(sighting, CannotTell), sighting
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)
    _is_public_once(bench, job)


def _is_public_once(bench: Bench, job: Job) -> None:
    assert len(bench.public) == 1, bench.public
    entry = bench.public[0]
    assert same_words(entry.text, job.rendered.text), entry.text
    assert len(entry.media) == len(job.rendered.media)


def _is_found(bench: Bench, job: Job, sighting: object) -> None:
    if isinstance(sighting, CannotTell) and not bench.spec.proves_absence:
        return
    assert isinstance(sighting, Found), sighting
    assert sighting.receipt.remote_id in bench.public[0].id  # Instagram: the post's own number, or it with the owner's
    assert sighting.text is None or same_words(sighting.text, job.rendered.text), sighting.text
    assert sighting.media_count in {None, len(job.rendered.media)}


def _forgetting_the_answer(job: Job) -> Job:
    """As when the process died between the platform's answer and our note of it."""
    journal = Notebook({k: v for k, v in job.journal.delivery.items() if k != "remote_id"})  # type: ignore[attr-defined]
    return Job(delivery=job.delivery, rendered=job.rendered, journal=journal, blob=job.blob)


def _nothing_off_the_record(bench: Bench) -> None:
    assert bench.sandbox.world.violations == []
