"""Commands about time: what the desk understands when somebody writes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, Chosen, Now, moment, print_json
from bakohumas_bot.errors import BadInput

if TYPE_CHECKING:
    from bakohumas_bot.domain.offices import Office

OfficeCode = Annotated[
    str | None,
    typer.Option("--office", metavar="KODE", help="Satker yang zona waktunya dipakai; boleh kosong bila satu."),
]


def when(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Waktu, sebagaimana orang menuliskannya.")],
    office: OfficeCode = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Membaca waktu yang ditulis dengan kata-kata: besok jam 9 pagi, Senin depan 09.30, 2 jam lagi."""
    from bakohumas_bot.domain.when import answer

    found = answer(text, now=moment(now), zone=_office(office).zone)
    if as_json:
        options = [option.isoformat() for option in found.options]
        at = found.at.isoformat() if found.at else None
        print_json({"at": at, "ask": found.ask, "options": options, "reason": found.reason})
    else:
        typer.echo(found.reason, err=found.refused)
    if found.refused:
        raise typer.Exit(1 if found.passed else 2)


def _office(code: str | None) -> Office:
    """From the configuration alone: no database is opened for a question about a calendar."""
    from bakohumas_bot.config import load
    from bakohumas_bot.platforms import PLATFORMS

    offices = load(Chosen.folder, PLATFORMS, secrets=False).directory.offices
    if code is None and len(offices) == 1:
        return next(iter(offices.values()))
    if code is None:
        raise BadInput(f"Ada beberapa satker. Tambahkan --office, salah satu dari: {', '.join(offices)}.")
    if code not in offices:
        raise BadInput(f"Satker '{code}' tidak dikenal. Pilihan: {', '.join(offices)}.")
    return offices[code]
