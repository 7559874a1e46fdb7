"""Invitations: an admin lets one person in, in one role of one office, by a link that works once and not for long."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import category

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import invitations as store
from bakohumas_bot.store import people as members
from bakohumas_bot.store.people_tables import InvitationRow

HOURS = 24
MOST_HOURS = 7 * 24
# "up to 64 characters ... A-Z, a-z, 0-9, _ and -" (core.telegram.org/bots/features#deep-linking, 2026-11-22)
_SECRET_BYTES = 24  # 192 bits in 32 characters
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
_NOT_ANYBODY = "undangan tidak berlaku"  # nobody reads it: every refused link gets the words that a stranger gets


@dataclass(frozen=True, kw_only=True)
class Invited:
    """`secret` is told once, to the admin who hands it on. The desk itself keeps only its hash."""

    id: int
    secret: str
    expires_at: datetime
    person: str
    name: str


def invite(
    desk: Desk, admin: Person, *, office: str, role: Role, person: str, name: str | None = None, hours: int = HOURS
) -> Invited:
    """A link for a newcomer, or for somebody known who gets one more role. Raises `Refused` or `BadInput`."""
    if not 1 <= hours <= MOST_HOURS:
        raise BadInput(f"Masa berlaku undangan adalah 1 sampai {MOST_HOURS} jam.")
    now = desk.now()
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    expires_at = now + timedelta(hours=hours)
    with desk.store.writing() as tx:
        people.require_admin(desk, tx, admin, office, now)
        called = _invitable(desk, tx, admin, office, role, person, name, now)
        row = InvitationRow(
            secret_hash=_hash(secret),
            office=office,
            role=role.value,
            person=person,
            name=called,
            made_by=admin.id,
            made_at=now,
            expires_at=expires_at,
        )
        id_ = store.put(tx, row)
        until = expires_at.isoformat()
        said = {"person": person, "name": called, "role": role.value, "invitation": id_, "until": until}
        people.write_down(tx, [office], "people.invited", by=admin.id, now=now, **said)
    return Invited(id=id_, secret=secret, expires_at=expires_at, person=person, name=called)


def withdraw(desk: Desk, admin: Person, id_: int) -> str:
    """The link opens nothing any more. Gives the name of whom it was for."""
    now = desk.now()
    with desk.store.writing() as tx:
        row = store.get(tx, id_)
        if row is None:
            raise Refused(f"Undangan {id_} tidak ditemukan.")
        people.require_admin(desk, tx, admin, row.office, now)
        if not store.withdraw(tx, id_, now):
            raise Refused(f"Undangan {id_} sudah dipakai atau sudah ditarik.")
        people.write_down(
            tx, [row.office], "people.uninvited", by=admin.id, now=now, person=row.person, role=row.role, invitation=id_
        )
        return row.name


def accept(desk: Desk, secret: str, telegram_id: int) -> Person | None:
    """Whoever writes from this Telegram id is that person from now on. None for every link that opens nothing."""
    now = desk.now()
    try:
        with desk.store.writing() as tx:
            row = _used(desk, tx, secret, telegram_id, now)
            members.give(tx, row.person, row.office, Role(row.role), by=row.made_by, now=now)
            said = {"role": row.role, "invitation": row.id, "invited_by": row.made_by, "telegram_id": telegram_id}
            people.write_down(tx, [row.office], "people.joined", by=row.person, now=now, name=row.name, **said)
            everybody = people.everyone(desk, tx, now)
            _tell(desk, tx, row, everybody, now)
    except (Refused, IntegrityError):
        return None
    people.refresh(desk)
    return everybody[row.person]


def _used(desk: Desk, tx: Session, secret: str, telegram_id: int, now: datetime) -> InvitationRow:
    row = store.use(tx, _hash(secret), now)
    if row is None:
        raise Refused(_NOT_ANYBODY)
    everybody = people.everyone(desk, tx, now)
    maker, known = everybody.get(row.made_by), everybody.get(row.person)
    if row.office not in desk.directory.offices or maker is None or not maker.has(row.office, Role.ADMIN):
        raise Refused(_NOT_ANYBODY)
    if _somebody_elses(desk, tx, everybody, row.person, telegram_id):
        raise Refused(_NOT_ANYBODY)
    if known is not None and known.telegram_id is not None:
        if known.telegram_id != telegram_id:
            raise Refused(_NOT_ANYBODY)
    elif not members.bind(tx, row.person, row.name, telegram_id, now):
        raise Refused(_NOT_ANYBODY)
    return row


def _somebody_elses(desk: Desk, tx: Session, everybody: dict[str, Person], person: str, telegram_id: int) -> bool:
    """Also that of one who left: nobody comes back under another name."""
    theirs = [(p.id, p.telegram_id) for p in (*everybody.values(), *desk.directory.configured.values())]
    theirs += [(member.person, member.telegram_id) for member in members.members(tx)]
    return any(id_ != person and known == telegram_id for id_, known in theirs)


def _invitable(  # noqa: PLR0917 - everything that an invitation says
    desk: Desk, tx: Session, admin: Person, office: str, role: Role, person: str, name: str | None, now: datetime
) -> str:
    """The name that goes with the id, which is never another person's."""
    if person == admin.id:
        raise Refused(people.OWN_RIGHTS)
    known = people.everyone(desk, tx, now).get(person)
    wanted = " ".join((name or "").split())
    if known is None:
        member = members.member(tx, person)
        if member is not None and member.left:
            raise Refused(
                f"{member.name} tercatat sudah tidak bertugas. Catat dahulu bahwa ia kembali (people return {person})."
            )
        return _new(person, wanted)
    if wanted and wanted != known.name:
        raise Refused(f"Id '{person}' sudah dipakai oleh {known.name}. Mohon pilih id lain, atau samakan namanya.")
    if known.has(office, role) and not _only_acting(known, office, role) and known.telegram_id is not None:
        raise Refused(f"{known.name} sudah menjadi {labels.ROLE[role]} di satker itu.")
    return known.name


def _only_acting(person: Person, office: str, role: Role) -> bool:
    return any((deputy.office, deputy.role) == (office, role) for deputy in person.acting)


def _new(person: str, name: str) -> str:
    if not _ID.fullmatch(person):
        raise BadInput(
            f"Id '{person}' tidak dapat dipakai. Id terdiri dari huruf kecil, angka, titik, - atau _, misalnya: rina."
        )
    if not 1 < len(name) <= 80 or any(category(letter).startswith("C") for letter in name):
        raise BadInput("Nama belum dapat dipakai: tuliskan nama lengkap, paling banyak 80 huruf.")
    return name


def _tell(desk: Desk, tx: Session, row: InvitationRow, everybody: dict[str, Person], now: datetime) -> None:
    office = desk.office(row.office)
    text = (
        f"{row.name} menerima undangan sebagai {labels.ROLE[Role(row.role)]} {office.name}, "
        f"{long_time(now, office.zone)}. Bila bukan orangnya, mohon segera catat berhenti: "
        f"bakohumas people leave {row.person}."
    )
    others = [person for person in everybody.values() if person.id != row.person]
    people.tell_admins(tx, others, [row.office], text, now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
