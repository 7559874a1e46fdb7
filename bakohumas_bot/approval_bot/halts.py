"""What holds publishing up just now, in one sentence for whatever card it concerns: a freeze, an account at rest."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.approval_bot.views import person_name
from bakohumas_bot.domain.pauses import Pause, PauseKind
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import freezes, pauses
from bakohumas_bot.store.tables import FreezeRow


def frozen(desk: Desk, tx: Session, office: str) -> str:
    """Empty where nothing is frozen."""
    row = next((row for row in freezes.all_in_force(tx) if row.office == office), None)
    return "" if row is None else said_of(desk, row)


def said_of(desk: Desk, row: FreezeRow) -> str:
    since = long_time(row.frozen_at, desk.office(row.office).zone, pukul=True)
    return (
        f"❄️ Penerbitan satker ini dibekukan oleh {person_name(desk, row.frozen_by)} sejak {since}."
        " Tidak ada yang terbit sampai pembekuan dicabut."
    )


def resting(desk: Desk, tx: Session, office: str, now: datetime) -> list[Pause]:
    """The office's accounts that wait: for a person, or for the platform's own moment."""
    accounts = desk.directory.accounts
    return [p for p in pauses.in_force(tx, now) if p.account in accounts and accounts[p.account].office == office]


def until(desk: Desk, pause: Pause) -> str:
    """Since when, and what ends it."""
    zone = desk.office(desk.account(pause.account).office).zone
    since = f"sejak {long_time(pause.since, zone)}"
    if pause.kind is PauseKind.BLOCKED:
        return f"{since}, menunggu aksesnya diperbarui"
    return f"{since}, sampai {long_time(pause.until, zone)}"
