"""Commands for developers: measure and torment the desk from outside. The figures are in English, as in the docs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, print_json
from bakohumas_bot.errors import BadInput

if TYPE_CHECKING:
    from bakohumas_bot.bench.histories.judge import Tally
    from bakohumas_bot.bench.histories.setting import Guards

Count = Annotated[int, typer.Option("--count", metavar="N", help="Banyaknya riwayat.", min=1)]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Benih pertama; benih yang sama, riwayat yang sama.")]
Processes = Annotated[int, typer.Option("--processes", metavar="N", help="Banyaknya proses.", min=1, max=64)]
Deliveries = Annotated[int, typer.Option("--deliveries", metavar="N", help="Penayangan per riwayat.", min=1, max=1000)]
One = Annotated[int | None, typer.Option("--one", metavar="SEED", help="Ceritakan satu riwayat baris demi baris.")]
Without = Annotated[list[str] | None, typer.Option("--without", metavar="GUARD", help="Matikan satu pengaman.")]


def histories(  # noqa: PLR0917 - the command line's own order
    count: Count = 1_000_000,
    seed: Seed = 0,
    processes: Processes = 2,
    deliveries: Deliveries = 12,
    one: One = None,
    without: Without = None,
    as_json: AsJson = False,
) -> None:
    """Simulasi riwayat penayangan dengan gangguan pada jam maya: terbit tepat sekali, tidak hilang, tidak macet."""
    from bakohumas_bot.bench.histories import running

    guards = _guards(without or [])
    if one is not None:
        raise typer.Exit(_tell(one, deliveries, guards))
    begun = time.perf_counter()
    parts = running.tallies(count, seed=seed, deliveries=deliveries, processes=processes, guards=guards)
    tally = running.total(parts)
    figures = _figures(tally, time.perf_counter() - begun)
    if as_json:
        print_json(figures)
    else:
        for name, figure in figures.items():
            typer.echo(f"{figure!s:>14}  {name}")
        if tally.failing:
            weakened = "".join(f" --without {guard}" for guard in without or [])
            replay = f"--one {tally.failing[0]} --deliveries {deliveries}{weakened}"
            typer.echo(f"\nreplay: bakohumas bench histories {replay}")
    raise typer.Exit(1 if tally.wrong else 0)


def _guards(without: list[str]) -> Guards:
    from dataclasses import replace

    from bakohumas_bot.bench.histories.setting import ALL_ON, NAMES

    for name in without:
        if name not in NAMES:
            raise BadInput(f"Pengaman '{name}' tidak ada. Yang dapat dimatikan: {', '.join(NAMES)}.")
    return replace(ALL_ON, **dict.fromkeys(without, False))


def _figures(tally: Tally, seconds: float) -> dict[str, object]:
    counted: dict[str, object] = {verdict.value: count for verdict, count in tally.verdicts.items()}
    return {
        "histories": tally.histories,
        "deliveries": tally.deliveries,
        **counted,
        "asked": tally.asked,
        "histories per second": round(tally.histories / seconds, 1),
        "failing seeds": tally.failing[:20],
    }


def _tell(seed: int, deliveries: int, guards: Guards) -> int:
    from bakohumas_bot.bench.histories import running
    from bakohumas_bot.bench.histories.judge import WRONG, judge

    rows = running.one(seed, typer.echo, deliveries=deliveries, guards=guards)
    verdicts = [judge(row) for row in rows]
    typer.echo("")
    for row, verdict in zip(rows, verdicts, strict=True):
        d = row.delivery
        typer.echo(f"{'✗' if verdict in WRONG else '✓'} {d.id} {d.account} {d.platform}: {verdict} ({d.state})")
    return 0 if WRONG.isdisjoint(verdicts) else 1
