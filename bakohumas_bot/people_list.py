"""Everybody who works here or did, as the command line and its JSON show it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.almanac import long_date
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import invitations, pins
from bakohumas_bot.store import people as store
from bakohumas_bot.store.people_tables import InvitationRow


def everything(desk: Desk) -> dict[str, Any]:
    now = desk.now()
    with desk.store.reading() as tx:
        everybody = people.everyone(desk, tx, now)
        left = [member for member in store.members(tx) if member.left]
        return {
            "people": [_person(tx, one) for one in sorted(everybody.values(), key=lambda p: p.id)]
            + [
                {"id": m.person, "name": m.name, "telegram_id": None, "left": True, "roles": [], "pin": None}
                for m in left
            ],
            "deputies": [_deputy(desk, one) for one in store.deputyships(tx, now)],
            "invitations": [_invitation(desk, row) for row in invitations.open_now(tx, now)],
        }


def _person(tx: Session, person: Person) -> dict[str, Any]:
    pin = pins.get(tx, person.id)
    acting = {(deputy.office, deputy.role): deputy for deputy in person.acting}
    roles = sorted(person.roles)
    return {
        "id": person.id,
        "name": person.name,
        "telegram_id": person.telegram_id,
        "left": False,
        "roles": [{"office": o, "role": r.value, "deputy": (o, r) in acting} for o, r in roles],
        "pin": None if pin is None else "terkunci" if pin.used_up else "ada",
    }


def _deputy(desk: Desk, one: store.Deputyship) -> dict[str, Any]:
    deputy = one.deputy
    zone = desk.office(deputy.office).zone
    first, last = deputy.begins.astimezone(zone).date(), (deputy.ends - timedelta(seconds=1)).astimezone(zone).date()
    name = people.name(desk, deputy.person)
    said = f"{name}, {people.in_place_of(deputy)}, {deputy.office}, {long_date(first)} s.d. {long_date(last)}"
    return {
        "id": one.id,
        "office": deputy.office,
        "role": deputy.role.value,
        "kind": deputy.kind.value,
        "person": deputy.person,
        "for": deputy.principal,
        "number": deputy.number,
        "from": first.isoformat(),
        "until": last.isoformat(),
        "said": said,
    }


def _invitation(desk: Desk, row: InvitationRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "office": row.office,
        "role": row.role,
        "person": row.person,
        "name": row.name,
        "by": row.made_by,
        "expires_at": row.expires_at.isoformat(),
        "said": f"{row.name} ({row.person}), {labels.ROLE[Role(row.role)]} {row.office}, sampai {_hour(desk, row)}",
    }


def _hour(desk: Desk, row: InvitationRow) -> str:
    at: datetime = row.expires_at
    office = desk.directory.offices.get(row.office)
    return long_time(at, office.zone) if office else at.isoformat()
