"""People: who works here at this very moment, with which roles, in whose place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.offices import Deputy, Person
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import people as store

NOBODY_HERE = "Maaf, Bapak/Ibu belum memiliki kewenangan untuk tindakan ini."


def everyone(desk: Desk, tx: Session, now: datetime) -> dict[str, Person]:
    """The configuration's people and those who came by invitation, without those who left; deputies as of `now`."""
    found = dict(desk.directory.configured)
    for member in store.members(tx):
        if member.left:
            found.pop(member.person, None)
        elif member.person not in found:
            found[member.person] = Person(
                id=member.person, name=member.name, telegram_id=member.telegram_id, roles=frozenset()
            )
    for id_, given in store.given_roles(tx).items():
        if id_ in found:
            found[id_] = replace(found[id_], roles=found[id_].roles | given)
    for deputy in store.deputies(tx, now):
        if deputy.person in found and deputy.office in desk.directory.offices:
            standing = found[deputy.person]
            roles = standing.roles | {(deputy.office, deputy.role)}
            found[deputy.person] = replace(standing, roles=roles, acting=(*standing.acting, deputy))
    return found


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


def name(desk: Desk, id_: str) -> str:
    """Of somebody who may have left."""
    person = desk.directory.people.get(id_) or desk.directory.configured.get(id_)
    return person.name if person else id_


def in_place_of(deputy: Deputy) -> str:
    """As the record and the cards say it, with both the office held and the decision that gave it."""
    kind = {"plh": "Plh.", "plt": "Plt."}[deputy.kind]
    return f"{kind} {labels.ROLE[deputy.role]}, menggantikan {deputy.principal} ({deputy.number})"
