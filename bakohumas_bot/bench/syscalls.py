"""System calls: the kernel says no, or the process dies, at the Nth flush, write or send of a small run."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bakohumas_bot.bench.crew import Crew
from bakohumas_bot.bench.ending import Ending, end, settle
from bakohumas_bot.bench.judging import copies_in
from bakohumas_bot.bench.pace import BRIEF, Tempo
from bakohumas_bot.bench.processes import FORKS, start
from bakohumas_bot.bench.rehearsal import Rehearsal, open_stage, until
from bakohumas_bot.bench.worker import work

# What SQLite and the platforms' libraries really call to flush, to write and to send (seen with strace 6.1).
CALLS = ("fdatasync", "pwrite64", "sendto")
HURTS = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")
_RUN = 20.0  # seconds for one run; a disk that stays full would never let it come to rest
_FULL_FOR = 4.0
_ATTACHED = 10.0
_PR_SET_PTRACER, _ANYONE = 0x59616D61, -1


class NoStrace(RuntimeError):  # noqa: N818
    """strace is not on this machine, or it may not trace here."""


@dataclass(frozen=True, kw_only=True)
class Blow:
    """`hurt` at the `number`th `call` of each thread; with `lasting` at every later one, too."""

    call: str
    hurt: str
    number: int
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.call} {self.number}{'+' if self.lasting else ''} {self.hurt}"


@dataclass(frozen=True, kw_only=True)
class Syscalls:
    """`struck`: the blows that fell. `early`: what was public although no intent was durable."""

    struck: tuple[Blow, ...]
    early: tuple[str, ...]
    ending: Ending

    @property
    def sound(self) -> bool:
        return self.ending.sound and not self.early


def syscalls(folder: Path, blows: Sequence[Blow] | None = None) -> Syscalls:
    """Each blow falls in a run of five deliveries; then a new worker brings everything to rest.

    Without `blows`: every hurt at every call, numbered until no thread makes so many. Raises `NoStrace`.
    """
    strace = find_strace()
    struck: list[Blow] = []
    early: list[str] = []
    with open_stage(folder, BRIEF) as stage:
        crew = Crew(config=stage.config, tempo=BRIEF, size=1)

        def falls(blow: Blow) -> bool:
            stage.approved()
            fell = _run(strace, stage, blow)
            early.extend(f"{blow}: {what}" for what in _public_without_intent(stage))
            settle(stage, crew)
            crew.dismiss()
            if fell:
                struck.append(blow)
            return fell

        if blows is None:
            _strike_all(falls)
        for blow in blows or ():
            falls(blow)
        with crew:
            ending = end(stage, crew)
        return Syscalls(struck=tuple(struck), early=tuple(early), ending=ending)


def _strike_all(falls: Callable[[Blow], bool]) -> None:
    for call in CALLS:
        for hurt in HURTS:
            number = 1
            while falls(Blow(call=call, hurt=hurt, number=number)):
                number += 1
    for number in (1, 5, 20):
        falls(Blow(call="pwrite64", hurt="error=ENOSPC", number=number, lasting=True))


def find_strace() -> str:
    program = shutil.which("strace")
    if program is None:
        raise NoStrace("strace is not installed")
    tried = subprocess.run([program, "-qq", "true"], capture_output=True, text=True, check=False)  # noqa: S603
    if tried.returncode:
        raise NoStrace(f"strace may not trace here: {tried.stderr.strip()}")
    return program


def _run(strace: str, stage: Rehearsal, blow: Blow) -> bool:
    """One worker under strace until everything is at rest, or it is dead. True when the blow has fallen."""
    here, there = FORKS.Pipe()
    process = start(_work_when_told, stage.config, stage.tempo, there)
    assert here.recv() == "ready"
    log = stage.folder / "strace.log"
    inject = f"inject={blow.call}:{blow.hurt}:when={blow.number}{'+' if blow.lasting else ''}"
    tracer = subprocess.Popen(  # noqa: S603
        [strace, "-f", "-qq", "-o", log, "-e", f"trace={blow.call}", "-e", inject, "-p", str(process.pid)],
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: _traced(process.pid) or tracer.poll() is not None, _ATTACHED, look=0.01)
        if not _traced(process.pid):
            raise NoStrace("strace may not attach to a process here")
        here.send("go")
        patience = _FULL_FOR if blow.lasting else _RUN
        until(lambda: not process.is_alive() or stage.unsettled() == 0, patience)
        died = not process.is_alive()
    finally:
        process.kill()
        process.join()
        tracer.wait(_ATTACHED)
    return died or "(INJECTED)" in log.read_text(errors="replace")


def _work_when_told(config: Path, tempo: Tempo, told: Connection) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYONE)  # where only parents may trace, the tracer is not one
    told.send("ready")
    told.recv()
    work(config, tempo)


def _traced(pid: int | None) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    return "TracerPid:\t0\n" not in status


def _public_without_intent(stage: Rehearsal) -> Iterator[str]:
    """More copies than intents: something was sent that no restart could have known of."""
    copies = copies_in(stage.far_end.ledger(), stage.far_end.places)
    for row in stage.deliveries():
        if copies[row.account, stage.numbers[row.post]] > row.tries:
            yield f"{row.account} {stage.numbers[row.post]}"
