"""PINs: what a leader alone knows confirms the decisions that would do most harm; five wrong tries lock it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from sqlmodel import Session

from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.errors import BadInput, DeskError, PinWanted, Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.policy import Outlook
from bakohumas_bot.store import pins as store

LOCKED = "PIN Bapak/Ibu terkunci karena lima kali salah. Mohon hubungi admin satker untuk membukanya."
WRONG = "PIN belum tepat. Sisa percobaan: {left}."
NOT_SET = "Bapak/Ibu belum menetapkan PIN. PIN ditetapkan dengan /pin."
WANTED = "Tindakan ini perlu dikonfirmasi dengan PIN Bapak/Ibu."
FORM = "PIN terdiri dari 6 sampai 12 angka."
TOO_SIMPLE = "PIN itu terlalu mudah ditebak (angka yang sama atau berurutan). Mohon pilih yang lain."
_DIGITS = re.compile(r"[0-9]{6,12}")
_COST = {"n": 2**15, "r": 8, "p": 1}  # about a tenth of a second and 32 MiB for each guess
_MEMORY = 64 * 2**20


_SEAL = object()


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """This person has just typed the right PIN. Only `verify` makes one."""

    person: str
    seal: object = field(repr=False)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("a PIN is confirmed by verify() alone")


def require(
    tx: Session, person: Person, confirmed: Confirmation | None, about: Outlook | None = None, *, urgent: bool = False
) -> None:
    """Every sensitive verb asks here, last of all: which door it came through makes no difference. Raises `PinWanted`.

    `about` as in `wanted`.
    """
    if wanted(tx, person, about, urgent=urgent) and (confirmed is None or confirmed.person != person.id):
        raise PinWanted(WANTED)


def wanted(tx: Session, person: Person, outlook: Outlook | None, *, urgent: bool = False) -> bool:
    """Is the PIN asked for? By those who set one, where the content is sensitive or the way unusual.

    Without an `outlook` the act itself is sensitive: lifting a freeze or a finding, letting go what was held.
    """
    sensitive = outlook is None or urgent or bool(outlook.traits)
    return sensitive and store.get(tx, person.id) is not None


def has(desk: Desk, person: Person) -> bool:
    with desk.store.reading() as tx:
        return store.get(tx, person.id) is not None


def verify(desk: Desk, person: Person, pin: str) -> Confirmation:
    """The proof, for the right PIN. Raises `BadInput` for a wrong one, to be tried again, `Refused` when locked."""
    with desk.store.writing() as tx:
        person = people.as_of(desk, tx, person, desk.now())
        kept = store.get(tx, person.id)
        if kept is None:
            raise Refused(NOT_SET)
        if not store.take_try(tx, person.id):
            raise Refused(LOCKED)
        mine = store.get(tx, person.id)
    assert mine is not None
    if _matches(kept.hash, pin.strip()):
        with desk.store.writing() as tx:
            store.right(tx, person.id)
        return Confirmation(person=person.id, seal=_SEAL)
    raise _wrong(desk, person, store.MOST_WRONG - mine.wrong)


def set_pin(desk: Desk, person: Person, pin: str, *, old: str | None = None) -> None:
    """Their own, in place of the `old` one where there is one: a phone left lying open is not enough to change it."""
    pin = pin.strip()
    require_good(pin)
    with desk.store.reading() as tx:
        before = store.get(tx, person.id)
    if before is not None:
        verify(desk, person, old or "")
    hashed = _hash(pin)
    now = desk.now()
    with desk.store.writing() as tx:
        person = people.as_of(desk, tx, person, now)
        after = store.get(tx, person.id)
        if (after and after.hash) != (before and before.hash) or (after is not None and after.locked):
            raise Refused("PIN baru saja diubah dari tempat lain. Mohon ulangi.")
        store.put(tx, person.id, hashed, now)
        people.write_down(tx, _offices(desk, person), "pin.set", by=person.id, now=now)


def require_good(pin: str) -> None:
    """Raises `BadInput`, which never repeats what was typed."""
    if not _DIGITS.fullmatch(pin):
        raise BadInput(FORM)
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise BadInput(TOO_SIMPLE)


def unlock(desk: Desk, admin: Person, id_: str) -> str:
    """After five wrong tries. The PIN stays what it was."""
    return _by_admin(desk, admin, id_, "pin.unlocked", store.unlock, "PIN {name} tidak sedang terkunci.")


def reset(desk: Desk, admin: Person, id_: str) -> str:
    """Forgotten: there is none until this person sets a new one."""
    return _by_admin(desk, admin, id_, "pin.reset", store.remove, "{name} tidak mempunyai PIN.")


def _by_admin(desk: Desk, admin: Person, id_: str, kind: str, act: Callable[[Session, str], bool], no: str) -> str:  # noqa: PLR0917
    now = desk.now()
    with desk.store.writing() as tx:
        if id_ == admin.id:
            raise Refused(people.OWN_RIGHTS)
        everybody = people.everyone(desk, tx, now)
        owner = everybody.get(id_)
        if owner is None:
            raise Refused(people.UNKNOWN.format(id=id_))
        admin = people.as_of(desk, tx, admin, now)
        offices = _offices(desk, owner)
        if not any(admin.has(office, Role.ADMIN) for office in offices):
            names = " atau ".join(desk.office(office).name for office in offices) or "satker"
            raise Refused(people.NOT_AN_ADMIN.format(office=names))
        if not act(tx, id_):
            raise Refused(no.format(name=owner.name))
        people.write_down(tx, offices, kind, by=admin.id, now=now, person=id_)
        said = "dibuka kembali" if kind == "pin.unlocked" else "dihapus"
        people.tell(tx, [owner], f"PIN Bapak/Ibu {said} oleh admin {admin.name}.", now)
        return owner.name


def _wrong(desk: Desk, person: Person, left: int) -> DeskError:
    now = desk.now()
    with desk.store.writing() as tx:
        offices = _offices(desk, person)
        people.write_down(tx, offices, "pin.wrong", by=person.id, now=now, left=left)
        if left <= 0:
            store.lock(tx, person.id, now)
            people.write_down(tx, offices, "pin.locked", by=person.id, now=now)
            everybody = people.everyone(desk, tx, now)
            people.tell(tx, [everybody.get(person.id, person)], LOCKED, now)
            text = (
                f"PIN {person.name} terkunci karena lima kali salah. Mohon pastikan dahulu kepada yang bersangkutan, "
                f"lalu: bakohumas people pin unlock {person.id}."
            )
            others = [p for p in everybody.values() if p.id != person.id]
            people.tell_admins(tx, others, offices, text, now)
    return Refused(LOCKED) if left <= 0 else BadInput(WRONG.format(left=left))


def _offices(desk: Desk, person: Person) -> list[str]:
    return [office for office in person.offices if office in desk.directory.offices]


def _hash(pin: str) -> str:
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(pin, salt).hex()}"


def _matches(kept: str, pin: str) -> bool:
    _, salt, hashed = kept.split("$")
    return hmac.compare_digest(_scrypt(pin, bytes.fromhex(salt)), bytes.fromhex(hashed))


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, maxmem=_MEMORY, **_COST)
