"""Commands about the record: prove it, compare it with what was witnessed, export it, and prove an export elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bakohumas_bot.cli.shared import AsJson, open_desk, print_json
from bakohumas_bot.errors import BadInput

if TYPE_CHECKING:
    from bakohumas_bot.app import App
    from bakohumas_bot.store.audit import Broken
    from bakohumas_bot.store.witnesses import Head

_WHAT = {"changed": "diubah", "removed": "dihapus", "inserted": "disisipkan", "reordered": "diubah urutannya"}


def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Ekspor yang diperiksa; tanpa ini, basis data.")
    ] = None,
    head: Annotated[
        str | None, typer.Option("--head", metavar="TEKS", help="Isi pesan saksi dari Telegram, atau berkas berisinya.")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="SIDIK", help="Sidik kunci yang disebutkan satker (audit key).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Membuktikan bahwa catatan audit, atau ekspornya, tidak diubah."""
    if file is not None:
        _verify_file(file, key, as_json=as_json)
    else:
        _verify_database(head, as_json=as_json)


def _verify_database(told: str | None, *, as_json: bool) -> None:
    from bakohumas_bot.lifecycle import witness
    from bakohumas_bot.store import audit, witnesses

    heads = _told(told) if told is not None else []
    with open_desk() as opened, opened.desk.store.reading() as tx, _progress() as tell:
        count, broken = audit.verify(tx, tell)
        unguarded = audit.missing_guards(tx)
        gone = [*witnesses.compare(tx, heads), *witness.departures(tx, opened.configuration.data_dir)]
        gone = [one for one in gone if one.head in heads or not witness.explained(tx, one)]
        sentences = [_sentence(opened, one) for one in broken]
        sentences += [f"Tidak cocok dengan saksi: {witness.in_words(opened.desk, one)}" for one in gone]
    if as_json:
        unlike = [{"office": d.head.office, "event": d.head.number, "ends": d.ends} for d in gone]
        facts = {"broken": [_facts(one) for one in broken], "missing_guards": unguarded, "unlike_witness": unlike}
        print_json({"events": count, **facts})
    else:
        _tell(count, sentences, unguarded)
        if heads and not gone:
            typer.echo(f"Cocok dengan {len(heads)} saksi yang disebutkan.")
    raise typer.Exit(1 if broken or unguarded or gone else 0)


def _told(told: str) -> list[Head]:
    """The words themselves, or the file that holds them."""
    from bakohumas_bot.store import witnesses

    with suppress(OSError, ValueError):
        told = Path(told).read_text(encoding="utf-8")
    heads = witnesses.read(told)
    if not heads:
        raise BadInput(
            "--head tidak memuat baris saksi. Mohon tempelkan seluruh isi pesan Saksi catatan audit, atau sebutkan "
            "berkas yang berisi pesan itu."
        )
    return heads


def _verify_file(file: Path, key: str | None, *, as_json: bool) -> None:
    """Reads the file alone: no configuration, no database."""
    from bakohumas_bot.reports.record_check import check

    checked = check(file, key)
    if as_json:
        facts = {"events": checked.events, "key": checked.fingerprint, "wrong": list(checked.wrong)}
        print_json(facts | {"manifest": checked.manifest})
        raise typer.Exit(1 if checked.wrong else 0)
    for sentence in checked.wrong:
        typer.echo(sentence)
    if not checked.wrong:
        typer.echo(f"Ekspor utuh: {checked.events} peristiwa, dibuat {checked.manifest['made_at']}.")
    if key is None:
        typer.echo(
            f"Ditandatangani dengan kunci {checked.fingerprint}. Mohon cocokkan dengan sidik dari satker: bakohumas "
            "audit key di mesin mereka."
        )
    raise typer.Exit(1 if checked.wrong else 0)


def export(  # noqa: PLR0917 - the command line's own order
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas ekspor (zip) yang akan ditulis.")],
    post: Annotated[int | None, typer.Option("--post", metavar="N", help="Hanya konten ini.", min=1)] = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="TANGGAL", help="Sejak hari ini, misalnya 2026-11-01.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TANGGAL", help="Sampai dengan hari ini.")] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="KODE", help="Hanya satker ini.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Ganti berkas yang sudah ada.")] = False,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="ORANG", help="Siapa yang mengekspor; tanpa ini, pengguna mesin ini.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Menulis catatan audit ke satu berkas bertanda tangan, untuk diperiksa di mesin lain."""
    from bakohumas_bot.reports.record_file import Selection
    from bakohumas_bot.reports.record_file import export as write

    if post is not None and (begins or until):
        raise BadInput("Pilih salah satu: --post, atau --from dan --until.")
    with open_desk() as opened:
        directory = opened.desk.directory
        if office is not None and office not in directory.offices:
            raise BadInput(f"Satker '{office}' tidak ada di konfigurasi.")
        zone = directory.offices[office].zone if office else next(iter(directory.offices.values())).zone
        first, last = _day(begins, zone, "--from"), _day(until, zone, "--until")
        selection = Selection(post=post, begins=first, ends=last and last + timedelta(days=1), office=office)
        by = opened.desk.person(as_).id if as_ else f"os:{_user()}"
        done = write(opened.desk, selection, file, opened.configuration.data_dir, by=by, overwrite=overwrite)
    if as_json:
        print_json({"file": str(file), "events": done.events, "key": done.fingerprint})
        return
    typer.echo(f"Catatan tersimpan: {file}, {done.events} peristiwa, kunci {done.fingerprint}.")
    typer.echo(f"Periksa di mesin lain dengan: bakohumas audit verify {file.name} --key '{done.fingerprint}'")


def _user() -> str:
    """The operating system's name of who runs this, or the number where it has none."""
    import getpass
    import os

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def key() -> None:
    """Menampilkan kunci publik penanda tangan ekspor, dan sidiknya."""
    from bakohumas_bot.reports import signing

    with open_desk() as opened:
        public = signing.public_key(opened.configuration.data_dir)
    typer.echo(f"Kunci publik: {public.hex()}\nSidik: {signing.fingerprint(public)}")


def _day(said: str | None, zone: ZoneInfo, option: str) -> datetime | None:
    if said is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(said), time(), tzinfo=zone)
    except ValueError:
        raise BadInput(f"{option} '{said}' bukan tanggal. Contoh: 2026-11-26.") from None


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


COMMANDS: dict[str, Callable[..., None]] = {"verify": verify, "export": export, "key": key}
