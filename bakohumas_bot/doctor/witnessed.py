"""The record against what was told outside the database: is this the database it was?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bakohumas_bot.app import App
from bakohumas_bot.doctor.result import Result
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle import witness
from bakohumas_bot.store import witnesses

PATIENCE = timedelta(hours=1)
NAME = "Saksi catatan"
_REMEDY = (
    "Mohon jangan menerbitkan dahulu. Simpan salinan basis data ini, cari basis data yang terbaru, dan cocokkan dengan "
    'pesan saksi di Telegram: bakohumas audit verify --head "ISI PESAN".'
)


def look(app: App) -> Iterator[Result]:
    with app.desk.store.reading() as tx:
        gone = [d for d in witness.departures(tx, app.configuration.data_dir) if not witness.explained(tx, d)]
        restored = [r for r in witnesses.restored(tx) if not witnesses.holds_since(tx, r.office, r.at)]
        plan = app.configuration.witness
        last = witnesses.last_told(tx, plan.chat) if plan else None
    zone = next(iter(app.desk.directory.offices.values())).zone
    if gone:
        newest = max(gone, key=lambda d: d.head.number)
        more = f" Demikian pula {len(gone) - 1} saksi lain." if len(gone) > 1 else ""
        yield Result(name=NAME, ok=False, detail=f"{witness.in_words(app.desk, newest)}{more} {_REMEDY}")
    elif plan is None:
        yield Result(name=NAME, ok=True, detail="belum diatur. Sebaiknya isi [record] chat, lihat docs/operations.md.")
    elif restored:
        taken = long_time(restored[-1].taken_at, zone)
        detail = f"basis data dipulihkan dari cadangan {taken}, dan sejak itu belum ada saksi baru. {_REMEDY}"
        yield Result(name=NAME, ok=False, detail=detail)
    elif last is None:
        yield Result(name=NAME, ok=True, detail="belum ada; yang pertama dikirim setelah bot berjalan.")
    elif last < (due := witness.due(app.desk, plan.at)) and app.desk.now() - due > PATIENCE:
        detail = f"terakhir {long_time(last, zone)}. Apakah bot berjalan dan menjadi anggota obrolan [record] chat?"
        yield Result(name=NAME, ok=False, detail=detail)
    else:
        yield Result(name=NAME, ok=True, detail=f"cocok; terakhir {long_time(last, zone)}.")
