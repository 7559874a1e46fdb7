"""A worker meets a disk that says no, or dies, amid a run of five: a sample of `bakohumas bench syscalls`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bakohumas_bot.bench.syscalls import Blow, NoStrace, find_strace, syscalls

pytestmark = pytest.mark.timeout(300)

SAMPLE = (
    Blow(call="fdatasync", hurt="signal=SIGKILL", number=3),  # as the first intents are flushed
    Blow(call="fdatasync", hurt="error=EIO", number=2),
    Blow(call="pwrite64", hurt="signal=SIGKILL", number=6),  # in the middle of a transaction
    Blow(call="pwrite64", hurt="error=ENOSPC", number=4),
    Blow(call="sendto", hurt="signal=SIGKILL", number=1),  # before the first byte of a call
    Blow(call="sendto", hurt="error=EIO", number=2),
)


def test_a_disk_that_fails_and_a_death_in_a_system_call_leave_no_doubt(tmp_path: Path) -> None:
    try:
        find_strace()
    except NoStrace as none:
        pytest.skip(str(none))
    done = syscalls(tmp_path, SAMPLE)
    assert done.early == ()
    assert done.ending.first.duplicates == ()
    assert done.ending.first.lost == ()
    assert done.sound, done.ending
    assert len(done.struck) >= len(SAMPLE) - 1  # a run may be shorter than the sample expects
