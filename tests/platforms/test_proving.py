"""The conformance checks have teeth: an adapter that breaks one promise fails them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import noticeboard
import proving
from bakohumas_bot.domain.outcomes import Absent, NotSent, Outcome, Published, Receipt, Sighting, Unknown
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.sandbox.core import Sandbox
from proving import Bench
from provisions import FileServer, Shelf


class TriesTwice(noticeboard.Adapter):
    def go_live(self, job: Job) -> Outcome:
        outcome = super().go_live(job)
        return super().go_live(job) if isinstance(outcome, Unknown) else outcome


class BelievesInSilence(noticeboard.Adapter):
    def go_live(self, job: Job) -> Outcome:
        outcome = super().go_live(job)
        return Published(receipt=Receipt(remote_id="n1")) if isinstance(outcome, Unknown) else outcome


class CallsItUnsent(noticeboard.Adapter):
    def go_live(self, job: Job) -> Outcome:
        outcome = super().go_live(job)
        return NotSent(detail="gagal") if isinstance(outcome, Unknown) else outcome


class NeverFinds(noticeboard.Adapter):
    def find(self, job: Job, since: datetime) -> Sighting:
        return Absent()


class ForgetsUploads(noticeboard.Adapter):
    def prepare(self, job: Job) -> None:
        for medium in job.rendered.media:
            job.journal.forget(medium.sha256)
        super().prepare(job)


class PublishesWhilePreparing(noticeboard.Adapter):
    def prepare(self, job: Job) -> None:
        super().prepare(job)
        super().go_live(job)


class LosesAPicture(noticeboard.Adapter):
    def go_live(self, job: Job) -> Outcome:
        return super().go_live(replace(job, rendered=replace(job.rendered, media=job.rendered.media[:-1])))


class TakesFailureForAbsence(noticeboard.Adapter):
    def find(self, job: Job, since: datetime) -> Sighting:
        sighting = super().find(job, since)
        return sighting if hasattr(sighting, "receipt") else Absent()


BROKEN: list[tuple[type[Any], Callable[[Bench], None]]] = [
    (TriesTwice, lambda bench: proving.survives(bench, "error_after")),
    (TriesTwice, lambda bench: proving.arrives_once(bench, "image", "html_after")),
    (BelievesInSilence, lambda bench: proving.arrives_once(bench, "text", "garbage_after")),
    (BelievesInSilence, lambda bench: proving.survives(bench, "drop_before")),
    (CallsItUnsent, lambda bench: proving.survives(bench, "html_after")),
    (NeverFinds, lambda bench: proving.survives(bench, "drop_after")),
    (NeverFinds, lambda bench: proving.publishes_once_and_finds_it(bench, "text")),
    (ForgetsUploads, lambda bench: proving.uploads_once(bench, "album")),
    (PublishesWhilePreparing, lambda bench: proving.publishes_once_and_finds_it(bench, "image")),
    (LosesAPicture, lambda bench: proving.publishes_once_and_finds_it(bench, "album")),
    (TakesFailureForAbsence, lambda bench: proving.cannot_tell_when_reading_fails(bench, "error_before")),
]


@pytest.fixture
def lent(pretend: Sandbox, shelf: Shelf, file_server: FileServer, tmp_path: Path) -> Callable[[type[Any]], Bench]:
    """The pretend platform with another adapter."""

    def opened(adapter: type[Any]) -> Bench:
        platform = replace(noticeboard.PLATFORM, open=adapter)
        return Bench(platform, pretend, shelf.files, shelf.blob, file_server, tmp_path)

    return opened


@pytest.mark.parametrize(("broken", "check"), BROKEN)
def test_an_adapter_that_breaks_a_promise_fails_its_check(
    broken: type[Any],
    check: Callable[[Bench], None],
    lent: Callable[[type[Any]], Bench],
) -> None:
    bench = lent(broken)
    with pytest.raises(AssertionError):
        check(bench)


def test_a_violation_that_the_sandbox_noted_fails_the_check(lent: Callable[[type[Any]], Bench]) -> None:
    bench = lent(noticeboard.Adapter)
    bench.sandbox.world.violation("papan", "POST /notices", "an unknown field")
    with pytest.raises(AssertionError):
        proving.publishes_once_and_finds_it(bench, "text")
