"""Deputies: *Plh.* and *Plt.* hold a leader's role for whole days of the office, by a numbered decision."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bakohumas_bot.domain.almanac import long_date
from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.domain.offices import Deputy, DeputyKind, Person, Role
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import people as store

LONGEST = timedelta(days=366)


def deputize(
    desk: Desk,
    admin: Person,
    *,
    office: str,
    role: Role,
    kind: DeputyKind,
    person: str,
    principal: str,
    number: str,
    first: date,
    last: date,
) -> store.Deputyship:
    """`principal` is the name of whose place it is. The `last` day belongs to it. Raises `Refused` or `BadInput`."""
    now = desk.now()
    if role not in LEADERS:
        raise Refused("Plh. dan Plt. hanya untuk ketua pelaksana, ketua, dan pembina.")
    with desk.store.writing() as tx:
        people.require_admin(desk, tx, admin, office, now)
        zone = desk.office(office).zone
        deputy = Deputy(
            office=office,
            role=role,
            kind=kind,
            person=person,
            principal=_words(principal, "Nama pejabat yang digantikan (--for)"),
            number=_words(number, "Nomor keputusan (--number)"),
            begins=_midnight(first, zone),
            ends=_midnight(last + timedelta(days=1), zone),
        )
        _require_possible(desk, tx, admin, deputy, now)
        id_ = store.put_deputy(tx, deputy, by=admin.id, now=now)
        said = {"deputy": id_, "kind_of": kind.value, "person": person, "principal": deputy.principal}
        said |= {"role": role.value, "number": deputy.number, "first": first.isoformat(), "last": last.isoformat()}
        people.write_down(tx, [office], "people.deputized", by=admin.id, now=now, **said)
        everybody = people.everyone(desk, tx, now)
        text = (
            f"{everybody[person].name} bertugas sebagai {people.in_place_of(deputy)}, "
            f"{long_date(first)} sampai dengan {long_date(last)}."
        )
        told = [p for p in everybody.values() if p.id == person or p.has(office, Role.ADMIN)]
        people.tell(tx, told, text, now)
    people.refresh(desk)
    return store.Deputyship(id=id_, deputy=deputy)


def end(desk: Desk, admin: Person, id_: int) -> Deputy:
    """Before its last day is over."""
    now = desk.now()
    with desk.store.writing() as tx:
        found = store.deputyship(tx, id_)
        if found is None:
            raise Refused(f"Penugasan {id_} tidak ditemukan atau sudah diakhiri. Daftarnya: bakohumas people list.")
        deputy = found.deputy
        people.require_admin(desk, tx, admin, deputy.office, now)
        if deputy.person == admin.id:
            raise Refused(people.OWN_RIGHTS)
        if not store.end_deputy(tx, id_, now):
            raise Refused(f"Penugasan {id_} sudah diakhiri.")
        said = {"deputy": id_, "person": deputy.person, "role": deputy.role.value, "number": deputy.number}
        people.write_down(tx, [deputy.office], "people.deputy_ended", by=admin.id, now=now, **said)
        everybody = people.everyone(desk, tx, now)
        told = [p for p in everybody.values() if p.id == deputy.person or p.has(deputy.office, Role.ADMIN)]
        text = f"Penugasan {people.name(desk, deputy.person)} sebagai {people.in_place_of(deputy)} berakhir."
        people.tell(tx, told, text, now)
    people.refresh(desk)
    return deputy


def _require_possible(desk: Desk, tx: Session, admin: Person, deputy: Deputy, now: datetime) -> None:
    if deputy.person == admin.id:
        raise Refused(people.OWN_RIGHTS)
    known = people.everyone(desk, tx, now).get(deputy.person)
    if known is None:
        raise Refused(people.UNKNOWN.format(id=deputy.person))
    if deputy.begins >= deputy.ends:
        raise BadInput("Hari terakhir (--until) mendahului hari pertama (--from).")
    if deputy.ends - deputy.begins > LONGEST:
        raise BadInput("Masa penugasan paling lama satu tahun. Mohon periksa tanggalnya.")
    if deputy.ends <= now:
        raise Refused("Masa penugasan itu sudah lewat.")
    lasting = known.has(deputy.office, deputy.role) and not any(
        (one.office, one.role) == (deputy.office, deputy.role) for one in known.acting
    )
    if lasting:
        raise Refused(f"{known.name} sudah memegang jabatan itu sendiri.")
    for other in store.deputyships(tx, now):
        same = (other.deputy.office, other.deputy.role, other.deputy.person)
        meets = other.deputy.begins < deputy.ends and deputy.begins < other.deputy.ends
        if meets and same == (deputy.office, deputy.role, deputy.person):
            raise Refused(f"{known.name} sudah ditugaskan untuk jabatan itu pada masa yang sama (nomor {other.id}).")


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _words(said: str, what: str) -> str:
    words = " ".join(said.split())
    if not 0 < len(words) <= 120:
        raise BadInput(f"{what} perlu diisi, paling banyak 120 huruf.")
    return words
