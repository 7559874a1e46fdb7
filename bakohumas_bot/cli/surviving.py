"""Commands for developers: the desk is killed, paused and cut off while it works. The figures are in English."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bakohumas_bot.bench.crash import Crash
    from bakohumas_bot.bench.ending import Ending
    from bakohumas_bot.bench.postgres import Postgres

Seed = Annotated[
    int | None, typer.Option(metavar="N", help="Benih: jadwal yang sama sekali lagi. Tanpa ini, acak.", min=0)
]
Keep = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Simpan data dan catatan di folder ini.", file_okay=False)
]


class Databases(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    BOTH = "both"


def crash(
    kills: Annotated[int, typer.Option(metavar="N", help="Berapa kali penayang dimatikan (SIGKILL).", min=1)] = 500,
    database: Annotated[Databases, typer.Option(help="sqlite: satu penayang; postgresql: tiga.")] = Databases.BOTH,
    seed: Seed = None,
    keep: Keep = None,
) -> None:
    """Penayang dimatikan berkali-kali saat bekerja: tidak ada yang terbit dua kali, tidak ada yang hilang."""
    from bakohumas_bot.bench import crash as bench
    from bakohumas_bot.bench.disasters import on_postgresql, on_sqlite

    seed, sound = _announced(seed), True
    if database is not Databases.POSTGRESQL:
        with _folder(keep, "sqlite") as folder:
            done = bench.crash(folder, seed, kills, disasters=on_sqlite())
        sound &= _told(f"SQLite, 1 worker: {_kills(done)}", done.ending)
    if database is not Databases.SQLITE:
        with _folder(keep, "postgresql") as folder, _postgresql() as (server, url):
            disasters = on_postgresql(server, url)
            done = bench.crash(folder, seed, kills, workers=3, database=url, disasters=disasters)
        sound &= _told(f"PostgreSQL, 3 workers: {_kills(done)}", done.ending)
    raise typer.Exit(0 if sound else 1)


def _kills(done: Crash) -> str:
    return f"{done.kills} kills, {done.aimed} as a call arrived, then {done.disasters} disasters"


def pauses(
    count: Annotated[int, typer.Option("--pauses", metavar="N", help="Berapa kali penayang dijeda.", min=1)] = 100,
    seed: Seed = None,
    keep: Keep = None,
) -> None:
    """Satu dari dua penayang dijeda (SIGSTOP) lebih lama dari hak kerjanya, lalu dilanjutkan (SIGCONT)."""
    from bakohumas_bot.bench import pauses as bench

    seed = _announced(seed)
    with _folder(keep, "pauses") as folder, _postgresql() as (_, url):
        done = bench.pauses(folder, seed, count, database=url)
    events = done.ending.events
    told = (
        f"PostgreSQL, 2 workers: {done.pauses} pauses, {done.aimed} as a call arrived; late answers: "
        f"{events['delivery.lateanswer']} believed, {events['delivery.contradicted']} contradicting"
    )
    raise typer.Exit(0 if _told(told, done.ending) else 1)


def syscalls(keep: Keep = None) -> None:
    """Panggilan sistem ke-N (simpan ke disk, tulis, kirim) digagalkan atau mematikan penayang. Memerlukan strace."""
    from bakohumas_bot.bench import syscalls as bench
    from bakohumas_bot.errors import Unavailable

    try:
        with _folder(keep, "syscalls") as folder:
            done = bench.syscalls(folder)
    except bench.NoStrace as none:
        raise Unavailable(f"strace tidak dapat dipakai di komputer ini ({none}).") from none
    sound = _told(f"SQLite, 1 worker: {len(done.struck)} system calls struck, five deliveries each", done.ending)
    typer.echo(f"{len(done.early):>14}  public without a durable intent")
    for one in done.early:
        typer.echo(f"✗ {one}")
    raise typer.Exit(0 if sound and done.sound else 1)


def readback(keep: Keep = None) -> None:
    """Setelah penayang mati: seberapa cepat yang terbit tanpa jawaban ditemukan dengan membaca kembali."""
    from bakohumas_bot.bench import readback as bench

    with _folder(keep, "readback") as folder:
        done = bench.readback(folder)
    waits = sorted(done.waits)
    figures = {
        "unconfirmed deliveries that had become public": str(len(waits)),
        "seconds until found, median": f"{waits[len(waits) // 2]:.2f}",
        "seconds until the last was found (at most 10)": f"{waits[-1]:.2f}",
        f"seconds until the others were found, {bench.SILENT} answering": _listed(done.alone),
        f"seconds until the others were found, {bench.SILENT} silent": _listed(done.beside),
        "delay of the others by a silent platform (under 5 %)": f"{done.delay:.1%}",
    }
    for name, figure in figures.items():
        typer.echo(f"{figure:>14}  {name}")
    raise typer.Exit(0 if waits[-1] <= 10 and done.delay < 0.05 else 1)


def _listed(seconds: tuple[float, ...]) -> str:
    return " ".join(f"{one:.1f}" for one in seconds)


def _announced(seed: int | None) -> int:
    seed = secrets.randbelow(2**32) if seed is None else seed
    typer.echo(f"seed {seed}")
    return seed


def _told(what: str, ending: Ending) -> bool:
    """The figures, then every single thing that is wrong."""
    first, last = ending.first, ending.last
    figures = {
        "deliveries": first.deliveries,
        "published once": first.once,
        "duplicates": len({*first.duplicates, *last.duplicates}),
        "lost": len({*first.lost, *last.lost}),
        "asked": first.asked,
        "failed, nothing public": first.failed,
        "published once, after every question was answered": last.once,
        "departures from the platforms' descriptions": len(last.violations),
        "broken chains of the record": len(last.broken),
        "seconds until all was at rest": round(ending.seconds),
    }
    typer.echo(f"\n{what}")
    for name, figure in figures.items():
        typer.echo(f"{figure:>14}  {name}")
    wrong = (*first.duplicates, *first.lost, *last.duplicates, *last.lost, *last.violations, *last.broken)
    for one in dict.fromkeys(wrong):
        typer.echo(f"✗ {one}")
    return ending.sound


@contextmanager
def _folder(keep: Path | None, name: str) -> Iterator[Path]:
    from tempfile import TemporaryDirectory

    if keep is not None:
        (keep / name).mkdir(parents=True, exist_ok=True)
        yield keep / name
        return
    with TemporaryDirectory(prefix="bakohumas-") as folder:
        yield Path(folder)


@contextmanager
def _postgresql() -> Iterator[tuple[Postgres, str]]:
    """A server of our own and a database on it; where there is none, a sentence says so."""
    from bakohumas_bot.bench.postgres import NoPostgres, open_postgres
    from bakohumas_bot.errors import Unavailable

    try:
        with open_postgres() as server:
            yield server, server.fresh()
    except NoPostgres as none:
        raise Unavailable(f"PostgreSQL tidak dapat dijalankan di komputer ini ({none}).") from none
