"""People: who works here at this very moment, with which roles, in whose place."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.offices import Deputy, Person, Role
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import outbox, record
from bakohumas_bot.store import people as store

NOBODY_HERE = "Maaf, Bapak/Ibu belum memiliki kewenangan untuk tindakan ini."
NOT_AN_ADMIN = "Maaf, hanya admin {office} yang dapat melakukannya."
OWN_RIGHTS = "Hak sendiri tidak dapat diubah sendiri. Mohon minta admin lain melakukannya."
UNKNOWN = "Tidak ada orang dengan id '{id}'. Daftar orang: bakohumas people list."


def everyone(desk: Desk, tx: Session, now: datetime) -> dict[str, Person]:
    """The configuration's people and those who came by invitation, without those who left; deputies as of `now`."""
    found = dict(desk.directory.configured)
    for member in store.members(tx):
        if member.left:
            found.pop(member.person, None)
        else:
            found[member.person] = _known(found, member)
    for id_, given in store.given_roles(tx).items():
        if id_ in found:
            here = {(office, role) for office, role in given if office in desk.directory.offices}
            found[id_] = replace(found[id_], roles=found[id_].roles | here)
    for deputy in store.deputies(tx, now):
        if deputy.person in found and deputy.office in desk.directory.offices:
            standing = found[deputy.person]
            roles = standing.roles | {(deputy.office, deputy.role)}
            found[deputy.person] = replace(standing, roles=roles, acting=(*standing.acting, deputy))
    return found


def _known(found: dict[str, Person], member: store.Member) -> Person:
    """What the configuration says comes first, also where it gives a member's Telegram id to somebody else."""
    known = found.get(member.person)
    taken = {person.telegram_id for person in found.values()}
    telegram_id = None if member.telegram_id in taken else member.telegram_id
    if known is None:
        return Person(id=member.person, name=member.name, telegram_id=telegram_id, roles=frozenset())
    return known if known.telegram_id is not None else replace(known, telegram_id=telegram_id)


def refresh(desk: Desk) -> None:
    """What other processes and the passing of time have changed: before each message of a person, and now and then."""
    with desk.store.reading() as tx:
        desk.directory.know(everyone(desk, tx, desk.now()))


def as_of(desk: Desk, tx: Session, person: Person, now: datetime) -> Person:
    """The same person with the rights of this very moment. Raises `Refused` for one who has left meanwhile."""
    found = everyone(desk, tx, now).get(person.id)
    if found is None:
        raise Refused(NOBODY_HERE)
    return found


def require_admin(desk: Desk, tx: Session, person: Person, office: str, now: datetime) -> Person:
    """Who changes rights in this office. Raises `Refused`."""
    if office not in desk.directory.offices:
        raise Refused(f"Satker '{office}' tidak ada di konfigurasi.")
    person = as_of(desk, tx, person, now)
    if not person.has(office, Role.ADMIN):
        raise Refused(NOT_AN_ADMIN.format(office=desk.office(office).name))
    return person


def tell_admins(tx: Session, everybody: Iterable[Person], offices: Iterable[str], text: str, now: datetime) -> None:
    """Every admin of these offices learns what was changed in who may do what."""
    concerned = frozenset(offices)
    tell(tx, [p for p in everybody if any(p.has(office, Role.ADMIN) for office in concerned)], text, now)


def tell(tx: Session, told: Iterable[Person], text: str, now: datetime) -> None:
    outbox.queue(tx, told, "say", now=now, key=f"people:{secrets.token_hex(8)}", text=text)


def write_down(tx: Session, offices: Iterable[str], kind: str, *, by: str, now: datetime, **data: Any) -> None:
    """The same event in the record of each office that it concerns."""
    events = [record.Event(office=office, actor=by, kind=kind, at=now, data=data) for office in sorted(set(offices))]
    if events:
        record.append_all(tx, events)


def name(desk: Desk, id_: str) -> str:
    """Of somebody who may have left."""
    person = desk.directory.people.get(id_) or desk.directory.configured.get(id_)
    return person.name if person else id_


def in_place_of(deputy: Deputy) -> str:
    """As the record and the cards say it, with both the office held and the decision that gave it."""
    kind = {"plh": "Plh.", "plt": "Plt."}[deputy.kind]
    return f"{kind} {labels.ROLE[deputy.role]}, menggantikan {deputy.principal} ({deputy.number})"
