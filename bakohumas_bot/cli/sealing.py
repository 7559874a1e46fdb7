"""Commands about what the desk keeps sealed: its names and ages, another key, and forgetting. Never a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, open_desk, print_json, print_table

if TYPE_CHECKING:
    from bakohumas_bot.store.sealed import Note

ACTOR = "komputer"  # whoever may run commands here
AccountId = Annotated[str, typer.Argument(metavar="AKUN", help="Id kanal ([[accounts]] di konfigurasi).")]


def list_(as_json: AsJson = False) -> None:
    """Catatan rahasia yang tersimpan tersandi: nama dan umurnya, tanpa isinya."""
    from bakohumas_bot.store import sealed

    with open_desk() as opened:
        now = opened.desk.now()
        with opened.desk.store.reading() as tx:
            notes = sealed.notes(tx, opened.configuration.keyring)
    if as_json:
        print_json(
            [{"account": n.account, "key": n.key, "at": n.written_at.isoformat(), "opens": n.opens} for n in notes]
        )
    elif not notes:
        typer.echo("Tidak ada catatan rahasia yang tersimpan.")
    else:
        rows = [[n.account, n.key, _age((now - n.written_at).total_seconds()), _state(n)] for n in notes]
        print_table(["Kanal", "Catatan", "Umur", "Keadaan"], rows)
    raise typer.Exit(0 if all(note.opens for note in notes) else 1)


def rekey(as_json: AsJson = False) -> None:
    """Mengganti kunci catatan rahasia, tanpa menghentikan sistem; bila terputus, ulangi perintah ini."""
    from bakohumas_bot.store import record, sealed

    with open_desk() as opened:
        ring, desk = opened.configuration.keyring, opened.desk
        done = sealed.rekey(desk.store, ring)
        with desk.store.writing() as tx:
            for office in desk.directory.offices:
                record.append(tx, office=office, actor=ACTOR, kind="secrets.rekeyed", now=desk.now())
    if as_json:
        print_json({"rewritten": done.rewritten, "unopened": list(done.unopened)})
    else:
        typer.echo(f"{done.rewritten} catatan rahasia kini tersandi dengan kunci baru.")
        if ring.own:
            typer.echo("Kunci lama telah dihapus. Mohon salin kunci baru ke tempat penyimpanan rahasia satker.")
        else:
            typer.echo("Kunci lama tidak diperlukan lagi dan boleh dihapus dari tempat rahasia.")
    if done.unopened:
        typer.echo(
            f"Tidak dapat dibuka dengan kunci mana pun: {', '.join(done.unopened)}. Mohon lupakan catatan itu "
            "(bakohumas secrets forget AKUN), lalu perbarui tokennya.",
            err=True,
        )
        raise typer.Exit(1)


def forget(account: AccountId, as_json: AsJson = False) -> None:
    """Menghapus catatan rahasia satu kanal: token dari konfigurasi dipakai lagi, atau sistem masuk kembali."""
    from bakohumas_bot.store import record, sealed

    with open_desk() as opened, opened.desk.store.writing() as tx:
        gone, known = sealed.forget(tx, account), opened.desk.directory.accounts.get(account)
        if gone and known is not None:
            now = opened.desk.now()
            record.append(tx, office=known.office, actor=ACTOR, kind="secrets.forgotten", now=now, account=account)
    if as_json:
        print_json({"forgotten": gone})
    elif gone:
        typer.echo(f"{gone} catatan rahasia kanal {account} telah dihapus.")
    else:
        typer.echo(f"Kanal {account} tidak memiliki catatan rahasia.")


COMMANDS: dict[str, Callable[..., None]] = {"list": list_, "rekey": rekey, "forget": forget}


def _age(seconds: float) -> str:
    for unit, name in ((86_400, "hari"), (3600, "jam"), (60, "menit")):
        if seconds >= unit:
            return f"{seconds // unit:.0f} {name}"
    return "baru saja"


def _state(note: Note) -> str:
    if not note.opens:
        return "tidak dapat dibuka"
    return "dapat dibuka" if note.newest else "masih dengan kunci lama: bakohumas secrets rekey"
