"""Resolve: a person answers what reading back could not, whether an unconfirmed delivery is public."""

from __future__ import annotations

from urllib.parse import urlsplit

from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.happenings import PersonSaw
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.outcomes import Receipt
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR
from bakohumas_bot.store import deliveries, door, posts

LINK = "Mohon kirim tautan lengkap unggahan itu, misalnya https://x.com/kpu_contoh/status/1234567890."


def resolve(desk: Desk, person: Person, delivery: str, url: str | None) -> Delivery:
    """With the link of the public post, or None: a person has looked and it is not there, so it goes out again.

    Raises `Refused` for a stranger to the office, a delivery that asks nothing, or words that are no link.
    """
    now = desk.now()
    try:
        with desk.store.reading() as tx:
            asked = deliveries.get(tx, delivery)
    except LookupError:
        raise Refused(f"Penayangan {delivery} tidak ditemukan. Daftar penayangan: bakohumas deliveries.") from None
    if not person.has(asked.office, *AUTHORS):
        raise Refused(NOT_AN_AUTHOR)
    receipt = None if url is None else Receipt(remote_id=_link(url), url=_link(url))
    with desk.store.writing() as tx:
        posts.lock(tx, asked.post)
        standing = deliveries.get(tx, delivery)
        if standing.state is not State.UNCONFIRMED:
            raise Refused("Penayangan ini tidak sedang menunggu pemeriksaan. Kemungkinan sudah terjawab.")
        spec = desk.specs[standing.platform]
        after = door.move(tx, standing, PersonSaw(receipt), now=now, spec=spec, actor=person.id)
        reporting.came_to_rest(desk, tx, after, now)
    return after


def _link(words: str) -> str:
    parts = urlsplit(words.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or "." not in parts.hostname:
        raise Refused(LINK)
    return parts.geturl()
