"""Resolve: a person answers what reading back could not, whether an unconfirmed delivery is public."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.happenings import PersonSaw
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.outcomes import Receipt
from bakohumas_bot.domain.places import example_of, link_in
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle import people, reporting
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR
from bakohumas_bot.store import deliveries, door, posts, workers

NOTHING_ASKED = "Penayangan ini tidak sedang menunggu pemeriksaan. Kemungkinan sudah terjawab."
STILL_READING = "Penayangan ini masih dibaca ulang secara otomatis. Mohon tunggu sampai bot menanyakannya."
SENDER_MAY_WAKE = (
    "Proses penayang di mesin {host} yang mungkin sedang mengirimnya tidak memberi kabar sejak {since}, dan belum "
    "terbukti berhenti: sewaktu-waktu ia masih dapat menerbitkannya. Mohon minta petugas teknis menghentikan proses "
    "itu atau mematikan mesinnya, lalu jawab lagi. Bila unggahannya sudah terlihat, Bapak/Ibu dapat memilih "
    "Sudah terbit sekarang."
)
NO_LINK = "Itu belum tautan unggahan di {label}. Mohon kirim tautan lengkapnya, misalnya {example}."
SEEN_WITHOUT_LINK = ""  # the platform's own id of a post that a person saw, but did not link


def resolve(
    desk: Desk, person: Person, delivery: str, *, published: bool, url: str | None = None, version: int | None = None
) -> Delivery:
    """A person has looked: it is public, best with the link of the post; or it is not there, so it goes out again.

    With `version`, only the attempt that was asked about. Raises `Refused` for a stranger to the office, for a delivery
    that asks nothing, and for "not there" while its sender sleeps and may wake; `BadInput` for words that are no link
    to a post of that platform.
    """
    now = desk.now()
    receipt = None
    with desk.store.reading() as tx:
        asked = _found(tx, delivery)
    _require_right(person, asked)
    if published:
        link = None if url is None else read_link(desk, asked, url)
        receipt = Receipt(remote_id=link or SEEN_WITHOUT_LINK, url=link)
    with desk.store.writing() as tx:
        posts.lock(tx, asked.post)
        _require_right(people.as_of(desk, tx, person, now), asked)
        standing = deliveries.get(tx, delivery)
        _require_asking(standing, version)
        if not published and not standing.asks:
            raise Refused(STILL_READING)
        if not published and standing.unproven:
            _require_no_sleeper(desk, tx, standing, now)
        spec = desk.specs[standing.platform]
        after = door.move(tx, standing, PersonSaw(receipt), now=now, spec=spec, actor=person.id)
        reporting.answered(desk, tx, after, now)
        reporting.came_to_rest(desk, tx, after, now)
    return after


def _require_no_sleeper(desk: Desk, tx: Session, delivery: Delivery, now: datetime) -> None:
    """Nobody's eyes can see what a sender that sleeps, and is not proved dead, does when it wakes up."""
    sleeper = workers.silent(tx, now)
    if sleeper is not None:
        since = long_time(sleeper.since, desk.office(delivery.office).zone, pukul=True)
        raise Refused(SENDER_MAY_WAKE.format(host=sleeper.host, since=since))


def require_may_resolve(desk: Desk, person: Person, delivery: str, version: int | None = None) -> Delivery:
    """For a question before the answer itself: raises the same `Refused` that the answer would."""
    with desk.store.reading() as tx:
        asked = _found(tx, delivery)
    _require_right(person, asked)
    _require_asking(asked, version)
    return asked


def read_link(desk: Desk, delivery: Delivery, words: str) -> str:
    """The link in what a person wrote. Raises `BadInput` that shows the form of one."""
    spec = desk.specs[delivery.platform]
    link = link_in(spec.family, words)
    if link is None:
        account = desk.directory.accounts.get(delivery.account)
        example = example_of(spec.family, account.handle if account else "")
        raise BadInput(NO_LINK.format(label=spec.label, example=example))
    return link


def _found(tx: Session, delivery: str) -> Delivery:
    try:
        return deliveries.get(tx, delivery)
    except LookupError:
        raise Refused(f"Penayangan {delivery} tidak ditemukan. Daftar penayangan: bakohumas deliveries.") from None


def _require_right(person: Person, delivery: Delivery) -> None:
    if not person.has(delivery.office, *AUTHORS):
        raise Refused(NOT_AN_AUTHOR)


def _require_asking(delivery: Delivery, version: int | None) -> None:
    if delivery.state is not State.UNCONFIRMED or version not in {None, delivery.version}:
        raise Refused(NOTHING_ASKED)
