"""The far ends: Telegram as our desk with its clock, and every account's access."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests

from bakohumas_bot.app import App
from bakohumas_bot.doctor.result import Result
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.platforms.http import Answer, answer_of, session_for, transport_failure
from bakohumas_bot.platforms.redaction import redact

TELEGRAM = "api.telegram.org"
CLOCK_TOLERANCE = timedelta(seconds=30)


def look(app: App) -> Iterator[Result]:
    yield from _telegram(app)
    yield from _accounts(app)


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
