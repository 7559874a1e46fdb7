"""What a restoration was, in the words of the people whom it concerns: on the command line and on one card each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import outbox
from bakohumas_bot.store.archive.manifest import Manifest


@dataclass(frozen=True, kw_only=True)
class Share:
    """One office's part. `to_look_up` goes on by itself, `to_decide` (failed, missed) waits for a person."""

    posts: int = 0
    deliveries: int = 0
    to_look_up: int = 0
    to_decide: int = 0


@dataclass(frozen=True, kw_only=True)
class Restoration:
    """`unsent` messages of the desk and `unhandled` ones to it are void; `unserved` accounts are not switched on.

    `serving`: who has rights now, as it was when the backup was taken.
    """

    manifest: Manifest
    offices: dict[str, Share]
    unsent: int
    unhandled: int
    unserved: tuple[str, ...]
    serving: tuple[Person, ...] = ()


OLD_MACHINE = (
    "Mesin lama harus tetap mati dan tidak boleh dinyalakan lagi: bila keduanya berjalan, konten dapat terbit dua kali."
)


_MESSAGES = (
    "Pesan kepada bot dan dari bot sesudah waktu itu tidak dikenal di sini. Ketik /konsep atau /persetujuan untuk "
    "melihat keadaan sekarang."
)
_GOING_ON = (
    "{look} penayangan yang belum selesai akan dicari dahulu di kanalnya, mulai sekitar {minutes} menit setelah "
    "pemulihan. Yang ternyata sudah terbit dicatat dengan tautannya dan tidak diterbitkan lagi; yang belum terbit "
    "berjalan sesuai jadwal; yang tidak dapat dipastikan ditanyakan kepada petugas."
)
_DECIDE = (
    "{decide} penayangan yang gagal atau terlewat tetap menunggu keputusan, dan dicari dahulu juga bila dicoba lagi."
)
_UNKNOWN_HERE = (
    "Persetujuan, pembatalan, perubahan, dan pembekuan sesudah waktu cadangan tidak tercatat di sini. Mohon periksa "
    "penayangan yang masih terjadwal, lalu batalkan yang tidak boleh terbit. Sebelum membatalkan atau mengajukan ulang "
    "suatu konten, mohon lihat dahulu apakah sudah tampil di kanalnya."
)


_BACK_AGAIN = (
    "Hak setiap orang kembali seperti pada waktu cadangan; yang sejak itu berhenti bertugas berhak lagi. Sekarang "
    "berhak: {names}. Mohon periksa, lalu catat lagi yang sudah berhenti: bakohumas people leave ID --as ADMIN."
)
_MOST_NAMES = 40


def tell(desk: Desk, tx: Session, result: Restoration, now: datetime) -> None:
    """One card for each person who answers for one of these offices, however many they are."""
    key = f"{result.manifest.taken_at.isoformat()}:{now.isoformat()}"
    for person in desk.directory.people.values():
        theirs = [office for office in result.offices if person.has(office, *LEADERS, Role.ADMIN)]
        if theirs:
            outbox.queue(tx, [person], "restored", now=now, key=key, text=_card(desk, result, theirs))


def _card(desk: Desk, result: Restoration, offices: list[str]) -> str:
    when = long_time(result.manifest.taken_at, desk.office(offices[0]).zone)
    whose = desk.office(offices[0]).name if len(offices) == 1 else f"{len(offices)} satker"
    opening = f"Meja penerbitan {whose} dipulihkan dari cadangan {when}."
    return "\n\n".join([opening, *sentences(desk, result, offices), _MESSAGES, OLD_MACHINE])


def sentences(desk: Desk, result: Restoration, offices: Iterable[str]) -> list[str]:
    """What was restored of these offices, and what will happen."""
    shares = [result.offices[office] for office in offices]
    posts, planned = sum(share.posts for share in shares), sum(share.deliveries for share in shares)
    look, decide = sum(share.to_look_up for share in shares), sum(share.to_decide for share in shares)
    said = [f"Dipulihkan: {posts} konten dan {planned} penayangan."]
    if look:
        said.append(_GOING_ON.format(look=look, minutes=_minutes(desk)))
    if decide:
        said.append(_DECIDE.format(decide=decide))
    return [*said, _UNKNOWN_HERE, *_serving(result, frozenset(result.offices).intersection(offices))]


def _serving(result: Restoration, offices: frozenset[str]) -> list[str]:
    """By name: nothing here knows who left after the backup, but a colleague does."""
    here = [f"{p.name} ({p.id})" for p in result.serving if any(p.has(office, *Role) for office in offices)]
    more = f", dan {len(here) - _MOST_NAMES} lagi (bakohumas people list)" if len(here) > _MOST_NAMES else ""
    return [_BACK_AGAIN.format(names=", ".join(here[:_MOST_NAMES]) + more)] if here else []


def _minutes(desk: Desk) -> int:
    waits = [spec.answer_deadline + spec.read_back_waits[-1] for spec in desk.specs.values()]
    return round(max(waits).total_seconds() / 60 + 0.5)
