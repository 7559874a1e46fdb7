"""Commands that measure: the nine o'clock burst against the bare library calls, and the cost of the queue."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, print_json
from bakohumas_bot.errors import BadInput

Offices = Annotated[int, typer.Option("--offices", metavar="N", help="Banyaknya satker, masing-masing 7 kanal.", min=1)]
Senders = Annotated[int, typer.Option("--senders", metavar="N", help="Banyaknya pengirim serentak.", min=4)]
Latency = Annotated[int, typer.Option("--latency", metavar="MS", help="Lama jawaban platform (milidetik).", min=0)]
Database = Annotated[str, typer.Option("--database", metavar="NAMA", help="sqlite atau postgresql.")]
Workers = Annotated[int, typer.Option("--workers", metavar="N", help="Banyaknya proses penayang.", min=1)]
Turns = Annotated[int, typer.Option("--repeat", metavar="N", help="Banyaknya putaran; yang dicetak mediannya.", min=1)]
Pending = Annotated[int, typer.Option("--pending", metavar="N", help="Banyaknya penayangan yang menunggu.", min=1)]
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
    setting = Setting(offices=offices, senders=senders, latency=latency, database=database, workers=workers)
    report = play(setting, turns=repeat, tell=lambda said: typer.echo(said, err=True))
    if as_json:
        print_json(report.document())
    else:
        for line in report.lines():
            judged = "" if line.met is None else "reached" if line.met else "MISSED"
            target = "" if line.target is None else f"{'at most' if line.most else 'at least'} {line.target:g} {judged}"
            typer.echo(f"{line.name:38} {line.value:10.3f} {line.unit:3} {target}".rstrip())
        for wrong in report.wrong:
            typer.echo(wrong)
    raise typer.Exit(1 if report.wrong else 0)


def queue(
    pending: Pending = 100_000, past: Past = 1_000_000, database: Database = "sqlite", as_json: AsJson = False
) -> None:
    """Biaya mengambil 100 penayangan dari antrean yang panjang."""
    from dataclasses import asdict

    from bakohumas_bot.bench import queue as bench
    from bakohumas_bot.bench.postgres import open_postgres
    from bakohumas_bot.store.database import open_store

    _require_known(database)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bakohumas-bench-")))
        url = f"sqlite:///{folder / 'meja.db'}"
        if database == "postgresql":
            url = stack.enter_context(open_postgres()).fresh()
        store = open_store(url)
        stack.callback(store.close)
        now = bench.now()
        bench.fill(store, pending=pending, past=past, now=now)
        cost = bench.measure(store, now=now)
    if as_json:
        print_json(asdict(cost))
        return
    typer.echo(f"claim of {cost.claimed}: {cost.claim:.2f} ms (worst {cost.claim_worst:.2f})")
    typer.echo(f"a claim that finds nothing: {cost.idle:.2f} ms; a look at the heads: {cost.heads:.2f} ms")


def _require_known(database: str) -> None:
    if database not in {"sqlite", "postgresql"}:
        raise BadInput(f"--database '{database}' tidak dikenal. Pilihan: sqlite, postgresql.")
