"""The tests' own PostgreSQL: on any machine, as any user, and gone with whoever started it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bakohumas_bot.bench.postgres import find_programs, open_postgres, packaged_programs

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that are closed to the server's user")


def serves(programs: Path | None) -> bool:
    with open_postgres(programs=programs) as server:
        first, second = server.fresh(), server.fresh()
        server.run("CREATE TABLE kept (word text)", url=first)
        copy = server.fresh(like=first)
        tables = [server.run("SELECT * FROM pg_tables WHERE tablename = 'kept'", url=url) for url in (first, second)]
        server.drop(first)
        return [len(found) for found in tables] == [1, 0] and server.run("SELECT count(*) FROM kept", url=copy) == [
            (0,)
        ]


def test_the_newest_that_is_installed_is_taken() -> None:
    assert serves(find_programs())


def test_a_machine_without_any_has_the_one_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bakohumas_bot.bench.postgres.PLACES", ())
    monkeypatch.setenv("PATH", "")
    find_programs.cache_clear()
    try:
        assert find_programs() in packaged_programs()
        assert serves(None)
    finally:
        find_programs.cache_clear()


@AS_ROOT
def test_programs_in_a_closed_folder_are_brought_within_reach(tmp_path: Path) -> None:
    """A checkout in root's own home: the server's user could not even start them."""
    programs = packaged_programs()[0]
    package = programs.parents[1]
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    shutil.copytree(programs.parent, closed / package.name / programs.parent.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    assert serves(closed / package.name / programs.parent.name / "bin")


def test_a_crash_loses_nothing_that_was_committed() -> None:
    with open_postgres(fsync=True) as server:
        url = server.fresh()
        server.run("CREATE TABLE kept AS SELECT 1 AS number", url=url)
        server.stop("immediate")
        server.start()
        assert server.run("SELECT number FROM kept", url=url) == [(1,)]


_STARTER = """
import sys
from bakohumas_bot.bench.postgres import open_postgres
with open_postgres() as server:
    print(server.folder, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_tests_are_interrupted(end: signal.Signals) -> None:
    """To the whole group, as a terminal does: the server must neither die too early nor stay."""
    starter = subprocess.Popen(
        [sys.executable, "-c", _STARTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert starter.stdout is not None
    folder = Path(starter.stdout.readline().strip())
    server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    os.killpg(starter.pid, end)
    starter.communicate()
    deadline = time.monotonic() + 30
    while folder.exists() or _lives(server):
        assert time.monotonic() < deadline, f"{folder} or process {server} is still there"
        threading.Event().wait(0.02)


def _lives(process: int) -> bool:
    """A process that has ended and waits for its parent to notice lives no more."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc/self").exists()  # no Linux: it answered, so it lives
