"""Commands that carry the desk to another machine, or back to an earlier day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bakohumas_bot.cli.shared import AsJson, open_desk, print_json

if TYPE_CHECKING:
    from bakohumas_bot.app import App
    from bakohumas_bot.lifecycle.restore_news import Restoration
    from bakohumas_bot.store.archive.manifest import Manifest


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas cadangan yang akan ditulis.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Ganti berkas yang sudah ada.")] = False,
    as_json: AsJson = False,
) -> None:
    """Mencadangkan basis data dan media ke satu berkas, tanpa menghentikan sistem."""
    from bakohumas_bot.lifecycle.backup import backup as take

    with open_desk() as opened:
        taken = take(opened.desk, file, overwrite=overwrite)
        manifest, when = taken.manifest, _when(opened, taken.manifest)
    if as_json:
        print_json(_facts(manifest) | {"file": str(file), "absent": list(taken.absent)})
    else:
        typer.echo(f"Cadangan tersimpan: {file} ({_size(file.stat().st_size)}), keadaan {when}.")
        typer.echo(f"Isi: {_contents(manifest)}.")
        typer.echo(
            "Tidak termasuk: konfigurasi, rahasia (token, kata sandi), media.key, dan kunci catatan rahasia "
            "(secrets.key); token yang diperbarui sendiri ikut hanya dalam keadaan tersandi. Mohon simpan konfigurasi, "
            "rahasia, dan kunci itu di tempat terpisah. Berkas cadangan memuat konsep dan pesan internal: mohon jaga "
            "kerahasiaannya."
        )
    if taken.absent:
        names = ", ".join(sha256[:8] for sha256 in taken.absent[:10])
        typer.echo(
            f"{len(taken.absent)} berkas media hilang atau rusak di penyimpanan sehingga tidak ikut ({names}). Yang "
            "lain tersimpan lengkap.",
            err=True,
        )
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Berkas cadangan yang dipulihkan.")],
    as_json: AsJson = False,
) -> None:
    """Memulihkan cadangan ke basis data kosong; yang sudah terbit tidak diterbitkan lagi."""
    from bakohumas_bot.lifecycle.restore import restore as bring_back

    with open_desk() as opened:
        result = bring_back(opened.desk, file)
        if as_json:
            print_json(_outcome(result))
        else:
            _tell(opened, result)


def _tell(opened: App, result: Restoration) -> None:
    from bakohumas_bot.lifecycle.restore_news import OLD_MACHINE, sentences

    manifest = result.manifest
    typer.echo(f"Cadangan {_when(opened, manifest)} telah dipulihkan: {_contents(manifest)}. Semua sidik cocok.")
    for sentence in sentences(opened.desk, result, result.offices):
        typer.echo(f"\n• {sentence}")
    typer.echo(
        f"\n• {result.unsent} pesan bot yang belum terkirim dan {result.unhandled} pesan yang belum ditangani saat itu "
        "tidak dilanjutkan. Pembekuan dan jeda kanal tetap seperti saat cadangan dibuat."
    )
    if manifest.media.absent:
        typer.echo(f"\n• {manifest.media.absent} berkas media sudah hilang atau rusak ketika dicadangkan.")
    if result.unserved:
        typer.echo(
            f"\n• Kanal berikut tidak ada atau tidak aktif di konfigurasi: {', '.join(result.unserved)}. Mohon "
            "aktifkan sebelum menjalankan sistem, supaya penayangannya dapat diperiksa."
        )
    shut = _shut(opened)
    if shut:
        typer.echo(
            f"\n• Token tersandi milik {', '.join(shut)} belum dapat dibuka di sini. Mohon salin kunci dari mesin lama "
            f"({opened.configuration.keyring.where}); tanpa kunci itu, jalankan bakohumas secrets forget AKUN dan "
            "perbarui tokennya."
        )
    typer.echo(f"\n{OLD_MACHINE}")
    typer.echo(
        "\nBelum ada yang diterbitkan. Langkah berikutnya: bakohumas doctor, bakohumas deliveries, bakohumas cancel "
        "POST untuk yang tidak boleh terbit, lalu bakohumas run."
    )


def _shut(opened: App) -> list[str]:
    """Accounts whose sealed notes came along without their key."""
    from bakohumas_bot.store import sealed

    with opened.desk.store.reading() as tx:
        notes = sealed.notes(tx, opened.configuration.keyring)
    return sorted({note.account for note in notes if not note.opens})


def _outcome(result: Restoration) -> dict[str, object]:
    from dataclasses import asdict

    return _facts(result.manifest) | {
        "offices": {office: asdict(share) for office, share in result.offices.items()},
        "unsent": result.unsent,
        "unhandled": result.unhandled,
        "unserved": list(result.unserved),
    }


def _facts(manifest: Manifest) -> dict[str, object]:
    return {
        "taken_at": manifest.taken_at.isoformat(),
        "app": manifest.app,
        "schema": manifest.schema,
        "offices": manifest.offices,
        "rows": {part.table: part.rows for part in manifest.tables},
        "media": manifest.media.files,
        "media_absent": manifest.media.absent,
    }


def _contents(manifest: Manifest) -> str:
    tables = {"konten": "post", "penayangan": "delivery", "peristiwa": "event"}
    rows = [f"{manifest.rows(table)} {word}" for word, table in tables.items()]
    return ", ".join([*rows, f"{manifest.media.files} berkas media"])


def _when(opened: App, manifest: Manifest) -> str:
    from datetime import UTC

    from bakohumas_bot.domain.times import long_time

    known = [opened.desk.directory.offices[code] for code in manifest.offices if code in opened.desk.directory.offices]
    if known:
        return long_time(manifest.taken_at, known[0].zone)
    return f"{manifest.taken_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _size(number: int) -> str:
    return f"{number / 1_000_000:,.1f} MB".replace(",", " ").replace(".", ",")
