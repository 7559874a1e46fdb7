"""Sealed notes: can we still open them, and may nobody else read their key?"""

from __future__ import annotations

from collections.abc import Iterator

from bakohumas_bot.app import App
from bakohumas_bot.doctor.result import Result
from bakohumas_bot.errors import DeskError
from bakohumas_bot.store import sealed

_SHUT = (
    "tidak dapat dibuka: {names}. Mohon kembalikan kunci lama ({where}); atau, untuk setiap kanal, bakohumas secrets "
    "forget AKUN, lalu perbarui tokennya."
)


def look(app: App) -> Iterator[Result]:
    name, ring = "Catatan rahasia", app.configuration.keyring
    try:
        with app.desk.store.reading() as tx:
            notes = sealed.notes(tx, ring)
    except DeskError as error:
        yield Result(name=name, ok=False, detail=str(error))
        return
    shut = [f"{note.account}/{note.key}" for note in notes if not note.opens]
    if shut:
        yield Result(name=name, ok=False, detail=_SHUT.format(names=", ".join(shut), where=ring.where))
    elif ring.open_to_others():
        detail = f"kunci {ring.where} dapat dibaca pengguna lain. Mohon jalankan: chmod 600 {ring.where}"
        yield Result(name=name, ok=False, detail=detail)
    elif not all(note.newest for note in notes):
        yield Result(name=name, ok=False, detail="penggantian kunci belum selesai. Ulangi: bakohumas secrets rekey")
    else:
        yield Result(name=name, ok=True, detail=f"{len(notes)} tersimpan tersandi." if notes else "tidak ada.")
