"""What holds publishing up just now, in words: a freeze, an account at rest."""

from __future__ import annotations

from sqlmodel import Session

from bakohumas_bot.domain.pauses import Pause, PauseKind
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import freezes, pauses
from bakohumas_bot.store.tables import FreezeRow


def frozen(desk: Desk, tx: Session, office: str) -> str:
    """One sentence, empty where nothing is frozen."""
    row = next((row for row in freezes.all_in_force(tx) if row.office == office), None)
    return "" if row is None else freeze(desk, row)


def freeze(desk: Desk, row: FreezeRow) -> str:
    since = long_time(row.frozen_at, desk.office(row.office).zone, pukul=True)
    return (
        f"❄️ Penerbitan satker ini dibekukan oleh {_name(desk, row.frozen_by)} sejak {since}."
        " Tidak ada yang terbit sampai pembekuan dicabut."
    )


def _name(desk: Desk, id_: str) -> str:
    person = desk.directory.people.get(id_)
    return person.name if person else id_


def resting(desk: Desk, tx: Session, office: str) -> list[Pause]:
    """The office's accounts that wait: for a person, or for the platform's own moment."""
    accounts = desk.directory.accounts
    paused = pauses.in_force(tx, desk.now())
    return [p for p in paused if p.account in accounts and accounts[p.account].office == office]


def until(desk: Desk, pause: Pause) -> str:
    """Since when, and what ends it."""
    zone = desk.office(desk.account(pause.account).office).zone
    since = f"sejak {long_time(pause.since, zone)}"
    if pause.kind is PauseKind.BLOCKED:
        return f"{since}, menunggu aksesnya diperbarui"
    return f"{since}, sampai {long_time(pause.until, zone)}"


def briefly(pause: Pause) -> str:
    """Why, without the steps that mend it: those are on the card and in `doctor`."""
    return pause.detail.partition("\n")[0]


def everything(desk: Desk) -> list[str]:
    """All of it, office by office, one line each: for the tables of the commands."""
    lines = []
    with desk.store.reading() as tx:
        for office in desk.directory.offices.values():
            if said := frozen(desk, tx, office.code):
                lines.append(said.replace("satker ini", office.name))
            lines += [
                f"⏸ Kanal {pause.account} menunggu, {until(desk, pause)}: {briefly(pause)}"
                for pause in resting(desk, tx, office.code)
            ]
    return lines
