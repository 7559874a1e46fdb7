"""The machine: its database, disk and clock, and what is installed on it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from bakohumas_bot.app import App
from bakohumas_bot.doctor.result import Result
from bakohumas_bot.errors import DeskError
from bakohumas_bot.media.ocr import Engine
from bakohumas_bot.store import audit, health

FREE_SPACE = 500 * 1024 * 1024
SKEW = timedelta(seconds=2)  # a worker's guards count in seconds


def look(app: App) -> Iterator[Result]:
    yield _writable(app)
    yield _record(app)
    yield from _skew(app)
    yield _disk(app)
    yield _video()
    yield _words(app)


def _record(app: App) -> Result:
    with app.desk.store.reading() as tx:
        count, broken = audit.verify(tx)
        unguarded = audit.missing_guards(tx)
    if broken:
        said = f"rusak pada {len(broken)} tempat: bakohumas audit verify"
    elif unguarded:
        said = f"{count} peristiwa utuh, tetapi pengamannya hilang ({', '.join(unguarded)}): bakohumas audit verify"
    else:
        said = f"{count} peristiwa utuh."
    return Result(name="Catatan audit", ok=not broken and not unguarded, detail=said)


def _skew(app: App) -> Iterator[Result]:
    """Several hosts share the database's clock for their leases; our own decides when a post is due."""
    before = datetime.now(UTC)
    with app.desk.store.reading() as tx:
        theirs = health.clock(tx)
    if theirs is None:
        return
    after = datetime.now(UTC)
    off = max(before - theirs, theirs - after, timedelta())
    detail = "selaras." if off < SKEW else f"selisih {off.total_seconds():.0f} detik. Aktifkan NTP di kedua mesin."
    yield Result(name="Jam basis data", ok=off < SKEW, detail=detail)


def _writable(app: App) -> Result:
    try:
        app.desk.store.prove_writable()
    except DeskError as error:
        return Result(name="Basis data", ok=False, detail=str(error))
    if not os.access(app.configuration.data_dir, os.W_OK):
        folder = app.configuration.data_dir
        return Result(name="Basis data", ok=False, detail=f"Folder {folder} hanya-baca. Mohon periksa hak aksesnya.")
    return Result(name="Basis data", ok=True, detail="dapat dibaca dan ditulis.")


def _disk(app: App) -> Result:
    free = shutil.disk_usage(app.configuration.data_dir).free
    detail = f"{free // 1024**2:,} MB bebas.".replace(",", ".")
    return Result(name="Disk", ok=free > FREE_SPACE, detail=detail if free > FREE_SPACE else f"Hampir penuh: {detail}")


def _video() -> Result:
    if find_spec("av") is not None:
        return Result(name="Video", ok=True, detail="dapat diperiksa (PyAV terpasang).")
    detail = f"PyAV belum terpasang: {Path(sys.executable).name} -m pip install 'bakohumas-bot[video]'"
    return Result(name="Video", ok=False, detail=detail)


def _words(app: App) -> Result:
    """Not well only where the office named a program of its own: without one the approvers read for themselves."""
    program, standard = app.desk.engine.program, Engine().program
    if app.desk.engine.ready:
        return Result(name="Tulisan pada gambar", ok=True, detail=f"dibaca oleh {program}.")
    if program not in {"", standard}:
        detail = f"[ocr] program = {program!r} tidak dapat dijalankan, atau tidak memiliki data bahasa 'ind'."
        return Result(name="Tulisan pada gambar", ok=False, detail=detail)
    detail = "tidak ikut diperiksa. Untuk mengaktifkannya: apt install tesseract-ocr tesseract-ocr-ind"
    return Result(name="Tulisan pada gambar", ok=True, detail=detail)
