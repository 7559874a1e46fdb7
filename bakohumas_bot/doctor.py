"""What `bakohumas doctor` looks at: each finding says what is wrong and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from pathlib import Path

import requests

from bakohumas_bot.app import App, open_app
from bakohumas_bot.domain.approval import APPROVERS
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.errors import BadConfiguration, DeskError
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.platforms.http import Answer, answer_of, redact, session_for, transport_failure
from bakohumas_bot.store import deliveries, outbox, record

FREE_SPACE = 500 * 1024 * 1024
TELEGRAM = "api.telegram.org"
CLOCK_TOLERANCE = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Result:
    name: str
    ok: bool
    detail: str


def examine(folder: Path) -> list[Result]:
    """Everything that can be looked at from here; a broken configuration ends the examination early."""
    try:
        app = open_app(folder, secrets=True)
    except BadConfiguration as error:
        return [Result(name="Konfigurasi", ok=False, detail=mistake) for mistake in error.mistakes]
    except DeskError as error:
        return [Result(name="Basis data", ok=False, detail=str(error))]
    try:
        return list(_all(app))
    finally:
        app.close()


def _all(app: App) -> Iterator[Result]:
    yield Result(name="Konfigurasi", ok=True, detail=f"{app.configuration.folder} terbaca.")
    yield from _people(app)
    yield from _database(app)
    yield _disk(app)
    yield _video()
    yield from _telegram(app)
    yield from _accounts(app)


def _people(app: App) -> Iterator[Result]:
    directory = app.desk.directory
    for office in directory.offices.values():
        leaders = directory.holders(office.code, *APPROVERS)
        operators = directory.holders(office.code, Role.OPERATOR)
        if leaders and operators:
            detail = f"{len(operators)} operator, {len(leaders)} penyetuju."
        else:
            detail = "Perlu paling sedikit satu operator dan satu ketua_pelaksana atau ketua di [[people]]."
        yield Result(name=f"Petugas {office.name}", ok=bool(leaders and operators), detail=detail)


def _database(app: App) -> Iterator[Result]:
    with app.desk.store.reading() as tx:
        count, broken = record.verify(tx)
        waiting = outbox.unsent(tx)
        asking = [d for d in deliveries.everything(tx) if d.asks]
    yield _writable(app)
    said = f"{count} peristiwa utuh." if not broken else f"rusak pada {len(broken)} tempat: bakohumas audit verify"
    yield Result(name="Catatan audit", ok=not broken, detail=said)
    stuck = [row for row in waiting if row.error]
    detail = (
        f"{len(stuck)} pesan belum terkirim: {redact(stuck[0].error or '')}" if stuck else "tidak ada yang tertahan."
    )
    yield Result(name="Pesan ke Telegram", ok=not stuck, detail=detail)
    asked = f"{len(asking)} penayangan menunggu keputusan petugas." if asking else "tidak ada yang menunggu petugas."
    yield Result(name="Penayangan", ok=not asking, detail=asked)


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


def _telegram(app: App) -> Iterator[Result]:
    """The bot's token, and the machine's clock against Telegram's."""
    telegram = app.configuration.telegram
    if telegram is None:
        yield Result(name="Bot Telegram", ok=False, detail="[telegram] belum diisi. Minta token kepada @BotFather.")
        return
    address = f"https://{TELEGRAM}/bot{telegram.token.get_secret_value()}/getMe"
    try:
        answer = answer_of(session_for({TELEGRAM: telegram.api_url}).get(address))
    except requests.RequestException as error:
        yield Result(name="Bot Telegram", ok=False, detail=transport_failure(error).detail)
        return
    me = (answer.body or {}).get("result")
    if answer.ok and isinstance(me, dict):
        yield Result(name="Bot Telegram", ok=True, detail=f"@{me.get('username')} siap.")
        yield from _clock(answer.headers.get("date"))
        return
    yield Result(name="Bot Telegram", ok=False, detail=_refused(answer))


def _refused(answer: Answer) -> str:
    """Telegram answers 401 to a revoked token and 404 to one that never was; other answers say nothing of the token."""
    body = answer.body or {}
    if body.get("ok") is False and answer.status in {401, 404}:
        return "token ditolak Telegram. Periksa token dari @BotFather."
    said = redact(str(body.get("description", "tanpa keterangan")))
    return f"[telegram] api_url menjawab dengan cara yang tidak dikenal: {said}, HTTP {answer.status}."


def _clock(said: str | None) -> Iterator[Result]:
    try:
        theirs = parsedate_to_datetime(said or "")
    except ValueError:  # a server in between that keeps no clock
        return
    off = abs(datetime.now(UTC) - theirs)
    detail = "selaras." if off < CLOCK_TOLERANCE else f"selisih {off.total_seconds():.0f} detik. Aktifkan NTP."
    yield Result(name="Jam", ok=off < CLOCK_TOLERANCE, detail=detail)


def _accounts(app: App) -> Iterator[Result]:
    for id_, account in app.desk.directory.accounts.items():
        label = PLATFORMS[account.platform].spec.label
        if not account.enabled:
            yield Result(name=f"Kanal {id_}", ok=True, detail=f"{label}, tidak aktif (enabled = false).")
            continue
        try:
            known_as = app.desk.adapters[id_].check_access()
        except Stopped as stopped:
            yield Result(name=f"Kanal {id_}", ok=False, detail=f"{label}: {stopped.outcome.detail}")
            continue
        yield Result(name=f"Kanal {id_}", ok=True, detail=f"{label}, dikenal sebagai {known_as}.")
