"""Commands that measure: the nine o'clock burst against the bare calls, the cost of the queue, and of a start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, print_json
from bakohumas_bot.errors import BadInput

if TYPE_CHECKING:
    from bakohumas_bot.bench.burst.figures import Line

Offices = Annotated[int, typer.Option("--offices", metavar="N", help="Banyaknya satker, masing-masing 7 kanal.", min=1)]
Senders = Annotated[int, typer.Option("--senders", metavar="N", help="Banyaknya pengirim serentak.", min=4)]
Latency = Annotated[int, typer.Option("--latency", metavar="MS", help="Lama jawaban platform (milidetik).", min=0)]
Database = Annotated[str, typer.Option("--database", metavar="NAMA", help="sqlite atau postgresql.")]
Workers = Annotated[int, typer.Option("--workers", metavar="N", help="Banyaknya proses penayang.", min=1)]
Turns = Annotated[int, typer.Option("--repeat", metavar="N", help="Banyaknya putaran; yang dicetak mediannya.", min=1)]
Pending = Annotated[int, typer.Option("--pending", metavar="N", help="Banyaknya penayangan yang menunggu.", min=1)]
Pictures = Annotated[int, typer.Option("--pictures", metavar="N", help="Banyaknya gambar yang tercatat.", min=300)]
Texts = Annotated[int, typer.Option("--texts", metavar="N", help="Banyaknya teks yang tercatat.", min=0)]
Events = Annotated[int, typer.Option("--events", metavar="N", help="Banyaknya peristiwa yang tercatat.", min=1)]
Past = Annotated[int, typer.Option("--past", metavar="N", help="Banyaknya penayangan yang sudah selesai.", min=0)]


def burst(  # noqa: PLR0917 - the command line's own order
    offices: Offices = 552,
    senders: Senders = 64,
    latency: Latency = 150,
    database: Database = "sqlite",
    workers: Workers = 1,
    repeat: Turns = 3,
    as_json: AsJson = False,
) -> None:
    """Ribuan penayangan pada detik yang sama, dibandingkan dengan panggilan pustaka tanpa pencatatan."""
    from bakohumas_bot.bench.burst.figures import Setting
    from bakohumas_bot.bench.burst.run import burst as play

    _require_known(database)
    if workers > 1 and database == "sqlite":
        raise BadInput("SQLite melayani satu proses penayang. Tambahkan: --database postgresql")
    setting = Setting(offices=offices, senders=senders, latency=latency, database=database, workers=workers)
    report = play(setting, turns=repeat, tell=_tell)
    if as_json:
        print_json(report.document())
    else:
        _print(report.lines())
        for wrong in report.wrong:
            typer.echo(wrong)
    raise typer.Exit(1 if report.wrong else 0)


def queue(
    pending: Pending = 100_000, past: Past = 1_000_000, database: Database = "sqlite", as_json: AsJson = False
) -> None:
    """Biaya mengambil 100 penayangan dari antrean yang panjang, dan merencanakan ribuan."""
    from bakohumas_bot.bench.queue import Sizes, measure

    _require_known(database)
    _show(measure(database, Sizes(pending=pending, past=past), _tell), as_json=as_json)


def start(
    offices: Offices = 552,
    pending: Pending = 100_000,
    database: Database = "sqlite",
    repeat: Turns = 3,
    as_json: AsJson = False,
) -> None:
    """Penayang dinyalakan dengan antrean kosong dan dengan antrean panjang: lamanya dan memorinya."""
    from bakohumas_bot.bench.starting import measure

    _require_known(database)
    _show(measure(offices, pending, database, times=repeat, tell=_tell), as_json=as_json)


def likeness(
    pictures: Pictures = 1_000_000, texts: Texts = 100_000, database: Database = "sqlite", as_json: AsJson = False
) -> None:
    """Biaya menemukan gambar atau teks yang pernah dimuat di antara sejuta lainnya."""
    from bakohumas_bot.bench.likeness import Sizes, measure

    _require_known(database)
    _show(measure(database, Sizes(pictures=pictures, texts=texts), _tell), as_json=as_json)


def audit(events: Events = 1_000_000, database: Database = "sqlite", as_json: AsJson = False) -> None:
    """Lamanya membuktikan catatan audit yang memuat sejuta peristiwa."""
    from bakohumas_bot.bench.audit import measure

    _require_known(database)
    _show(measure(database, events, _tell), as_json=as_json)


def rulebook(as_json: AsJson = False) -> None:
    """Biaya memeriksa satu konten panjang bergambar, dan setiap aturan pada teks yang sengaja menyulitkan."""
    from bakohumas_bot.bench.rulebook import measure

    _show(measure(_tell), as_json=as_json)


def _tell(what: str) -> None:
    """Beside the figures, which stand alone on standard output."""
    typer.echo(what, err=True)


def _show(lines: Sequence[Line], *, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        print_json({"figures": [asdict(line) | {"met": line.met} for line in lines]})
    else:
        _print(lines)


def _print(lines: Sequence[Line]) -> None:
    for line in lines:
        judged = "" if line.met is None else "reached" if line.met else "MISSED"
        target = "" if line.target is None else f"{'at most' if line.most else 'at least'} {line.target:g} {judged}"
        typer.echo(f"{line.name:42} {line.value:10.3f} {line.unit:3} {target}".rstrip())


def _require_known(database: str) -> None:
    if database not in {"sqlite", "postgresql"}:
        raise BadInput(f"--database '{database}' tidak dikenal. Pilihan: sqlite, postgresql.")
