"""Witness: once a day the heads of all chains are told outside the database, so that an older one is recognised."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from html import escape
from pathlib import Path

from sqlmodel import Session

from bakohumas_bot.domain.times import long_time
from bakohumas_bot.domain.witness import Plan
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import witnesses
from bakohumas_bot.store.witnesses import Departure, Head

FILE = "saksi.txt"  # in the data folder: outside the database, and dumps of it do not carry it
ON_A_PAGE = 20  # a message holds 4096 characters
_TITLE = "🔏 <b>Saksi catatan audit</b>\n{when}"
_WHY = (
    "Setiap baris: kode satker, nomor peristiwa terakhir, sidiknya. Mohon jangan menghapus pesan ini. Bila kelak basis "
    "data diragukan, tempelkan isi pesan ini pada: bakohumas audit verify --head"
)


@dataclass(frozen=True, kw_only=True)
class Page:
    html: str
    heads: tuple[Head, ...]


def due(desk: Desk, at: time) -> datetime:
    """The last time that this hour struck: whoever was off at that hour catches up."""
    zone = next(iter(desk.directory.offices.values())).zone
    local = desk.now().astimezone(zone)
    today = datetime.combine(local.date(), at, tzinfo=zone)
    return today if today <= local else datetime.combine(local.date() - timedelta(days=1), at, tzinfo=zone)


def pages(desk: Desk, plan: Plan) -> list[Page]:
    """What the chat must still hear of this day: what it has heard before a restart is not told again."""
    with desk.store.reading() as tx:
        heard = witnesses.told_since(tx, plan.chat, due(desk, plan.at))
        heads = [head for head in witnesses.heads(tx) if head.office not in heard]
    parts = [heads[first : first + ON_A_PAGE] for first in range(0, len(heads), ON_A_PAGE)]
    return [_page(desk, part) for part in parts]


def told(desk: Desk, plan: Plan, page: Page, message: int, folder: Path) -> None:
    """The chat has it: noted in the database and, for the day when that is an older one, beside it."""
    now = desk.now()
    with desk.store.writing() as tx:
        witnesses.note(tx, page.heads, at=now, chat=plan.chat, message=message)
    keep(folder, page.heads, now)


def keep(folder: Path, heads: Sequence[Head], now: datetime) -> None:
    """Appends to the file beside the database; readable for the service alone."""
    lines = [Head(office=h.office, number=h.number, hash=h.hash, at=now).line() for h in heads]
    descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))


def kept(folder: Path) -> list[Head]:
    try:
        return witnesses.read((folder / FILE).read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        return []


def departures(tx: Session, folder: Path) -> list[Departure]:
    """What was witnessed and is no more in the chains, each head once."""
    found = [*witnesses.departures(tx), *witnesses.compare(tx, kept(folder))]
    once = {(d.head.office, d.head.number, d.head.hash): d for d in found}
    return list(once.values())


def explained(tx: Session, one: Departure) -> bool:
    """The record itself tells of a restoration after that head, and a later head of the office was told and holds."""
    later = [r for r in witnesses.restored(tx) if r.office == one.head.office and _after(r.at, one.head.at)]
    return bool(later) and witnesses.holds_since(tx, one.head.office, later[-1].at)


def _after(at: datetime, told_at: datetime | None) -> bool:
    return told_at is not None and at > told_at


def in_words(desk: Desk, one: Departure) -> str:
    """What is wrong with one witnessed head, and what it means."""
    head = one.head
    office = desk.directory.offices.get(head.office)
    when = f" ({long_time(head.at, office.zone)})" if head.at and office else ""
    if one.is_shorter:
        return (
            f"satker {head.office}: saksi{when} menyebut peristiwa {head.number}, tetapi catatan ini berakhir pada "
            f"peristiwa {one.ends}. Basis data ini lebih lama daripada saksinya, atau ujung catatannya dihapus."
        )
    return (
        f"satker {head.office}: peristiwa {head.number} tidak sama dengan saksi{when}. Catatan ini ditulis ulang, atau "
        "berlanjut dari cadangan yang lebih lama."
    )


def _page(desk: Desk, heads: Sequence[Head]) -> Page:
    first = next(iter(desk.directory.offices.values()))
    offices = desk.directory.offices
    lines = [
        f"{escape(offices[h.office].name if h.office in offices else h.office)}\n<code>{escape(h.line())}</code>"
        for h in heads
    ]
    title = _TITLE.format(when=long_time(desk.now(), first.zone))
    return Page(html="\n\n".join([title, *lines, _WHY]), heads=tuple(heads))
