"""Somebody who is admin of the test office, and whoever else a test needs there."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.invitations import accept, invite
from bakohumas_bot.store import outbox
from bakohumas_bot.store.tables import EventRow
from office import OFFICE, TestOffice


def admin(office: TestOffice, id_: str = "ani", telegram_id: int = 1101, where: str = OFFICE) -> Person:
    """As if the configuration named them."""
    name = f"{id_.capitalize()} Contoh"
    known = office.desk.directory.configured.get(id_)
    roles = (known.roles if known else frozenset()) | {(where, Role.ADMIN)}
    office.desk.directory.configured[id_] = Person(id=id_, name=name, telegram_id=telegram_id, roles=roles)
    people.refresh(office.desk)
    return office.person(id_)


def newcomer(office: TestOffice, id_: str = "rina", telegram_id: int = 2001, role: Role = Role.KETUA) -> Person:
    """Invited by Ani, and come."""
    by = office.desk.directory.people.get("ani") or admin(office)
    link = invite(office.desk, by, office=OFFICE, role=role, person=id_, name=f"{id_.capitalize()} Contoh")
    joined = accept(office.desk, link.secret, telegram_id)
    assert joined is not None
    return joined


def told(office: TestOffice, person: str) -> list[str]:
    """What waits for this person in the outbox."""
    with office.desk.store.reading() as tx:
        return [row.data["text"] for row in outbox.unsent(tx) if row.person == person and "text" in row.data]


def events(office: TestOffice, kind: str) -> list[tuple[str, str]]:
    """Office and actor of each event of this kind."""
    with office.desk.store.reading() as tx:
        query = select(EventRow).where(col(EventRow.kind) == kind).order_by(col(EventRow.id))
        return [(row.office, row.actor) for row in tx.execute(query).scalars()]
