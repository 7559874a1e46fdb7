"""Membership: who leaves loses every right at once, who comes back gets none by that alone, and roles end singly."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import invitations
from bakohumas_bot.store import people as store

LAST_ADMIN = "{name} adalah satu-satunya admin {office}. Mohon undang admin lain dahulu."


def leave(desk: Desk, admin: Person, id_: str, reason: str) -> str:
    """At once and everywhere, by an admin of any office that this person serves. Gives the name."""
    now = desk.now()
    _require_reason(reason)
    with desk.store.writing() as tx:
        leaver = _other(desk, tx, admin, id_, now)
        offices = _offices(desk, tx, id_)
        # Written first: it holds the ends of these records, so that two admins who remove each other come in turn.
        people.write_down(tx, offices, "people.left", by=admin.id, now=now, person=id_, name=leaver.name, reason=reason)
        _require_admin_of_any(desk, tx, admin, offices, now)
        if not store.leave(tx, id_, leaver.name, now):
            raise Refused(f"{leaver.name} sudah tercatat tidak bertugas.")
        store.end_roles(tx, id_, now)
        store.put_away(tx, id_, now)
        invitations.withdraw_all_of(tx, id_, now)
        for office in leaver.offices:
            if leaver.has(office, Role.ADMIN):
                _require_an_admin(desk, tx, office, leaver, now)
        text = f"{leaver.name} tidak lagi bertugas. Semua haknya berakhir saat ini. Alasan: {reason}"
        people.tell_admins(tx, people.everyone(desk, tx, now).values(), offices, text, now)
    people.refresh(desk)
    return leaver.name


def come_back(desk: Desk, admin: Person, id_: str, reason: str = "") -> str:
    """Only what the configuration says holds again; everything else is given anew, by invitation."""
    now = desk.now()
    with desk.store.writing() as tx:
        member = store.member(tx, id_)
        if member is None or not member.left:
            raise Refused(f"Tidak ada orang dengan id '{id_}' yang tercatat sudah tidak bertugas.")
        offices = _offices(desk, tx, id_)
        if id_ == admin.id:
            raise Refused(people.OWN_RIGHTS)
        people.write_down(
            tx, offices, "people.returned", by=admin.id, now=now, person=id_, name=member.name, reason=reason
        )
        _require_admin_of_any(desk, tx, admin, offices, now)
        store.come_back(tx, id_)
        text = f"{member.name} tercatat bertugas kembali."
        people.tell_admins(tx, people.everyone(desk, tx, now).values(), offices, text, now)
    people.refresh(desk)
    return member.name


def end_role(desk: Desk, admin: Person, id_: str, *, office: str, role: Role, reason: str = "") -> str:
    """One role that was given by invitation. Those of the configuration end there, or with leaving."""
    now = desk.now()
    with desk.store.writing() as tx:
        holder = _other(desk, tx, admin, id_, now)
        people.write_down(
            tx, [office], "people.role_ended", by=admin.id, now=now, person=id_, role=role.value, reason=reason
        )
        people.require_admin(desk, tx, admin, office, now)
        configured = desk.directory.configured.get(id_)
        if configured is not None and configured.has(office, role):
            raise Refused(
                f"Peran {labels.ROLE[role]} itu ditetapkan dalam konfigurasi ([[people]]). Mohon ubah di sana, atau "
                f"catat berhenti: bakohumas people leave {id_}."
            )
        if not store.end_role(tx, id_, office, role, now):
            raise Refused(f"{holder.name} tidak memegang peran {labels.ROLE[role]} di satker itu.")
        if role is Role.ADMIN:
            _require_an_admin(desk, tx, office, holder, now)
        text = f"Peran {labels.ROLE[role]} {holder.name} di {desk.office(office).name} berakhir."
        people.tell_admins(tx, people.everyone(desk, tx, now).values(), [office], text, now)
    people.refresh(desk)
    return holder.name


def _other(desk: Desk, tx: Session, admin: Person, id_: str, now: datetime) -> Person:
    """Somebody who works here and is not the one who asks."""
    if id_ == admin.id:
        raise Refused(people.OWN_RIGHTS)
    found = people.everyone(desk, tx, now).get(id_)
    if found is None:
        raise Refused(people.UNKNOWN.format(id=id_))
    return found


def _offices(desk: Desk, tx: Session, id_: str) -> list[str]:
    """All that this person serves or ever served."""
    configured = desk.directory.configured.get(id_)
    ever = store.offices_ever(tx, id_) | set(configured.offices if configured else ())
    return sorted(ever & set(desk.directory.offices))


def _require_admin_of_any(desk: Desk, tx: Session, admin: Person, offices: list[str], now: datetime) -> None:
    """One office is enough: who must go quickly must not stay for the sake of another office's signature."""
    admin = people.as_of(desk, tx, admin, now)
    if not any(admin.has(office, Role.ADMIN) for office in offices):
        names = " atau ".join(desk.office(office).name for office in offices) or "satker"
        raise Refused(people.NOT_AN_ADMIN.format(office=names))


def _require_an_admin(desk: Desk, tx: Session, office: str, before: Person, now: datetime) -> None:
    if not any(person.has(office, Role.ADMIN) for person in people.everyone(desk, tx, now).values()):
        raise Refused(LAST_ADMIN.format(name=before.name, office=desk.office(office).name))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput("Mohon tuliskan alasannya (--reason).")
