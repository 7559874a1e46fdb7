"""Commands about the record: prove it, compare it with what was witnessed, export it, and prove an export elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from bakohumas_bot.cli.shared import AsJson, open_desk, print_json

if TYPE_CHECKING:
    from bakohumas_bot.app import App
    from bakohumas_bot.store.audit import Broken

_WHAT = {"changed": "diubah", "removed": "dihapus", "inserted": "disisipkan", "reordered": "diubah urutannya"}


def verify(as_json: AsJson = False) -> None:
    """Membuktikan bahwa catatan audit tidak diubah."""
    from bakohumas_bot.store import audit

    with open_desk() as opened, opened.desk.store.reading() as tx, _progress() as tell:
        count, broken = audit.verify(tx, tell)
        unguarded = audit.missing_guards(tx)
        sentences = [_sentence(opened, one) for one in broken]
    if as_json:
        print_json({"events": count, "broken": [_facts(one) for one in broken], "missing_guards": unguarded})
    else:
        _tell(count, sentences, unguarded)
    raise typer.Exit(1 if broken or unguarded else 0)


def _tell(count: int, sentences: list[str], unguarded: list[str]) -> None:
    for sentence in sentences:
        typer.echo(sentence)
    if unguarded:
        typer.echo(
            f"Pengaman basis data tidak ada atau diubah: {', '.join(unguarded)}. Selama itu catatan audit dapat diubah "
            "diam-diam. Mohon simpan salinan basis data sebagai bukti, lalu hubungi pengelola sistem."
        )
    if not sentences:
        typer.echo(f"Catatan audit utuh: {count} peristiwa diperiksa.")


def _facts(one: Broken) -> dict[str, object]:
    return {"office": one.office, "event": one.number, "last": one.last, "at": one.at, "what": one.what}


def _sentence(opened: App, one: Broken) -> str:
    from datetime import datetime

    from bakohumas_bot.domain.times import long_time

    which = str(one.number) if one.last == one.number else f"{one.number} sampai {one.last}"
    office = opened.desk.directory.offices.get(one.office)
    when = ""
    if one.at and office:
        try:
            when = f" ({long_time(datetime.fromisoformat(one.at), office.zone)})"
        except ValueError:  # the hour itself was overwritten
            when = f" ({one.at})"
    return f"Catatan audit satker {one.office} rusak pada peristiwa {which}{when}: {_WHAT[one.what]}."


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """How far it has come, where somebody sits and waits."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("Memeriksa catatan audit ...") as status:
        yield lambda count: status.update(f"Memeriksa catatan audit: {count:,} peristiwa ...".replace(",", "."))


COMMANDS: dict[str, Callable[..., None]] = {"verify": verify}
