"""Commands that stop everything, set it going again, or answer what only eyes can tell."""

from __future__ import annotations

from typing import Annotated

import typer

from bakohumas_bot.cli.people import with_pin
from bakohumas_bot.cli.shared import AsPerson, Reason, open_desk
from bakohumas_bot.errors import BadInput

Office = Annotated[
    str | None, typer.Option("--office", metavar="KODE", help="Satker; tidak perlu bila hanya bertugas di satu satker.")
]
ANSWERS = {"published": True, "absent": False}


def freeze(as_: AsPerson, reason: Reason = None, office: Office = None) -> None:
    """Menghentikan semua penerbitan satker, seketika."""
    from bakohumas_bot.lifecycle import freeze as verbs

    with open_desk() as opened:
        person = opened.desk.person(as_)
        code = verbs.office_of(opened.desk, person, office)
        verbs.freeze(opened.desk, person, code, reason or "")
        name = opened.desk.office(code).name
    typer.echo(f"Penerbitan {name} dibekukan. Tidak ada yang terbit sampai dua orang mencabutnya (unfreeze).")


def unfreeze(as_: AsPerson, reason: Reason = None, office: Office = None) -> None:
    """Meminta pencabutan pembekuan, atau mengonfirmasi permintaan orang lain."""
    from bakohumas_bot.lifecycle import freeze as verbs

    with open_desk() as opened:
        person = opened.desk.person(as_)
        code = verbs.office_of(opened.desk, person, office)
        lifting = with_pin(
            opened, person, lambda yes: verbs.lift(opened.desk, person, code, reason or "", confirmed=yes)
        )
        name = opened.desk.office(code).name
    if not lifting.done:
        typer.echo(f"Permintaan mencabut pembekuan {name} dicatat. Masih berlaku sampai pimpinan lain mengonfirmasi.")
        return
    typer.echo(f"Pembekuan {name} dicabut.")
    if lifting.held:
        typer.echo(
            f"{len(lifting.held)} penayangan terlewat selama pembekuan dan tidak terbit sendiri: pimpinan menentukan "
            "waktu barunya (schedule atau retry)."
        )


def resolve(
    delivery: Annotated[str, typer.Argument(metavar="DELIVERY", help="Id penayangan dari: bakohumas deliveries.")],
    answer: Annotated[str, typer.Argument(metavar="published|absent", help="Sudah terbit, atau belum.")],
    as_: AsPerson,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Tautan unggahan yang sudah terbit.")] = None,
) -> None:
    """Menjawab penayangan yang perlu dicek: sudah terbit, atau belum sehingga dikirim ulang."""
    from bakohumas_bot.lifecycle.resolve import resolve as settle

    if answer not in ANSWERS:
        raise BadInput(f"Jawaban '{answer}' tidak dikenal. Pilihan: published, absent.")
    if url is not None and not ANSWERS[answer]:
        raise BadInput("--url hanya dipakai bersama published.")
    with open_desk() as opened:
        person = opened.desk.person(as_)
        after = settle(opened.desk, person, delivery, published=ANSWERS[answer], url=url)
        too_late = after.too_late(opened.desk.now())
    if ANSWERS[answer]:
        typer.echo("Dicatat sudah terbit. Tidak ada yang dikirim ulang.")
    elif too_late:
        typer.echo("Dicatat belum terbit. Batas waktunya sudah lewat: menunggu waktu baru dari pimpinan.")
    else:
        typer.echo("Dicatat belum terbit. Segera dikirim ulang.")
