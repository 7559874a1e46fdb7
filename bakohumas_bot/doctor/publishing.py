"""What holds publishing up or waits for a person: freezes, accounts at rest, questions, messages, workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from bakohumas_bot import halts
from bakohumas_bot.app import App
from bakohumas_bot.doctor.result import Result
from bakohumas_bot.domain.pauses import PauseKind
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle import people
from bakohumas_bot.platforms.redaction import redact
from bakohumas_bot.store import deliveries, freezes, health, open_posts, pauses

LATE = timedelta(minutes=1)  # a worker that lives has taken up by then what is due
MOST = 5
UNSENT = timedelta(minutes=10)


def look(app: App) -> Iterator[Result]:
    with app.desk.store.reading() as tx:
        yield from _freezes(app, tx)
        yield from _pauses(app, tx)
        yield from _questions(app, tx)
        yield _workers(app, tx)
        yield _outbox(app, tx)


def _freezes(app: App, tx: Session) -> Iterator[Result]:
    rows = freezes.all_in_force(tx)
    for row in rows:
        office = app.desk.office(row.office)
        asked = " Pencabutan sudah diminta: orang kedua mengonfirmasi" if row.asked_by else " Cabut"
        detail = f"{halts.freeze(app.desk, row)}{asked} dengan: bakohumas unfreeze --office {row.office}."
        yield Result(name=f"Pembekuan {office.name}", ok=False, detail=detail)
    if not rows:
        yield Result(name="Pembekuan", ok=True, detail="tidak ada yang berlaku.")


def _pauses(app: App, tx: Session) -> Iterator[Result]:
    """A platform's own wait ends by itself; a refused access does not."""
    for pause in pauses.in_force(tx, app.desk.now()):
        if pause.account in app.desk.directory.accounts:
            detail = f"menunggu {halts.until(app.desk, pause)}: {redact(pause.detail)}"
            yield Result(name=f"Jeda {pause.account}", ok=pause.kind is PauseKind.LIMITED, detail=detail)


def _questions(app: App, tx: Session) -> Iterator[Result]:
    offices = list(app.desk.directory.offices)
    asking, missed = deliveries.asking(tx, offices), deliveries.missed(tx, offices)
    said = f"{len(asking)} menunggu petugas: lihat kartu di bot, atau bakohumas deliveries." if asking else "tidak ada."
    yield Result(name="Perlu dicek", ok=not asking, detail=said)
    said = (
        f"{len(missed)} menunggu pimpinan: /terlewat di bot, atau schedule, retry, cancel." if missed else "tidak ada."
    )
    yield Result(name="Terlewat", ok=not missed, detail=said)
    yield _held(app, tx, offices)


def _held(app: App, tx: Session, offices: list[str]) -> Result:
    """On purpose, so nothing is wrong; but nobody may forget it."""
    rows = open_posts.held_in(tx, offices)
    each = [
        f"#{row.id} oleh {people.name(app.desk, row.held_by or '')}"
        + (f" sejak {long_time(row.held_at, app.desk.office(row.office).zone)}" if row.held_at else "")
        for row in rows[:MOST]
    ]
    more = f"; dan {len(rows) - MOST} lagi" if len(rows) > MOST else ""
    said = f"{'; '.join(each)}{more}. Lanjutkan dari kartunya, atau: bakohumas release POST." if rows else "tidak ada."
    return Result(name="Ditunda", ok=True, detail=said)


def _workers(app: App, tx: Session) -> Result:
    now = app.desk.now()
    alive = health.living_workers(tx, now)
    if alive:
        zone = next(iter(app.desk.directory.offices.values())).zone
        each = [f"{row.host} (pid {row.pid}, sejak {long_time(row.started_at, zone)})" for row in alive]
        return Result(name="Penayang", ok=True, detail=f"{len(alive)} berjalan: {'; '.join(each)}.")
    waiting = health.overdue(tx, now - LATE)
    if waiting:
        detail = f"tidak ada yang berjalan, {waiting} penayangan tertahan. Mohon jalankan: bakohumas run"
        return Result(name="Penayang", ok=False, detail=detail)
    return Result(name="Penayang", ok=True, detail="tidak ada yang berjalan; tidak ada yang menunggu.")


def _outbox(app: App, tx: Session) -> Result:
    """What waits long, and what was given up lately: somebody did not learn something."""
    mail = health.outbox(tx, app.desk.now(), UNSENT)
    if mail.stuck:
        reason = f": {redact(mail.reason)}" if mail.reason else ". Apakah bot berjalan?"
        return Result(name="Pesan ke Telegram", ok=False, detail=f"{mail.stuck} pesan belum terkirim{reason}")
    detail = f"{mail.waiting} menunggu giliran." if mail.waiting else "tidak ada yang tertahan."
    return Result(name="Pesan ke Telegram", ok=True, detail=detail)
