"""What the commands share: their options, an open desk, and how results are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import category
from zoneinfo import ZoneInfo

import typer

from bakohumas_bot.errors import BadInput

if TYPE_CHECKING:
    from bakohumas_bot.app import App
    from bakohumas_bot.domain.delivery import Delivery


def written(words: str | None) -> str | None:
    """Words that are kept in the record: letters, not the codes of a terminal or halves of letters."""
    if words is not None and any(category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in words):
        raise BadInput("--reason memuat karakter yang bukan huruf. Mohon tulis ulang alasannya.")
    return words


AsPerson = Annotated[
    str, typer.Option("--as", metavar="ORANG", help="Id orang yang bertindak ([[people]] di konfigurasi).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON, tanpa yang lain.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEKS", help="Alasan tertulis.", callback=written)]
# The database counts in 64 bits.
PostId = Annotated[int, typer.Argument(metavar="POST", help="Nomor konten.", min=1, max=2**63 - 1)]
Now = Annotated[str | None, typer.Option("--now", metavar="ISO", help="Anggap sekarang pukul ini (ISO 8601).")]


class Chosen:
    """Where the configuration lies: one process runs one command."""

    folder = Path("config")


@contextmanager
def open_desk(*, secrets: bool = False) -> Iterator[App]:
    """The desk for one command, closed after it."""
    from bakohumas_bot.app import open_app

    opened = open_app(Chosen.folder, secrets=secrets)
    try:
        yield opened
    finally:
        opened.close()


def moment(now: str | None) -> datetime:
    if now is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(now)
    except ValueError:
        raise BadInput(f"--now '{now}' bukan waktu ISO 8601. Contoh: 2026-11-26T09:00:00+08:00.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def time_for(opened: App, post: int, words: str) -> datetime:
    from bakohumas_bot.domain.when import read_time

    return read_time(words, now=opened.desk.now(), zone=zone_of(opened, post))


def zone_of(opened: App, post: int) -> ZoneInfo:
    from bakohumas_bot.store import posts as stored

    with opened.desk.store.reading() as tx:
        return opened.desk.office(stored.get(tx, post).office).zone


def print_json(document: Any) -> None:
    """One document; in letters where the reader's encoding has all of them, else in escapes."""
    every_letter = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(document, ensure_ascii=not every_letter, indent=2))


def print_table(head: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in head:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def print_halts(opened: App) -> None:
    """What holds publishing up: whoever plans or waits must know."""
    from bakohumas_bot import halts

    for line in halts.everything(opened.desk):
        typer.echo(line)


def _state(row: Delivery) -> str:
    from bakohumas_bot import labels
    from bakohumas_bot.domain.status import Stage

    return labels.STAGE[Stage.HELD] if row.held else labels.STATE[row.state]


def print_deliveries(opened: App, rows: list[Delivery]) -> None:
    """Post by post; a link stands whole on its line, however narrow the terminal."""
    from itertools import groupby

    from bakohumas_bot import labels
    from bakohumas_bot.domain.delivery import State
    from bakohumas_bot.domain.times import long_time
    from bakohumas_bot.store import posts as stored

    for (number, due_at), same in groupby(rows, key=lambda row: (row.post, row.due_at)):
        with opened.desk.store.reading() as tx:
            post = stored.get(tx, number)
        typer.echo(f"\n#{number} {post.title}\n   {long_time(due_at, opened.desk.office(post.office).zone)}")
        for row in same:
            said = row.error or row.url or ""
            typer.echo(f"   {labels.light(row)} {row.account:26} {_state(row):18} {said}".rstrip())
            if row.asks and row.state is State.UNCONFIRMED:
                typer.echo(f"      Mohon dicek di kanal, lalu: bakohumas resolve {row.id} published|absent --as ORANG")
