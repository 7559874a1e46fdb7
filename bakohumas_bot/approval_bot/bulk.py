"""Several posts approved at once: which of those that wait may be, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from bakohumas_bot.approval_bot.approval_card import passed
from bakohumas_bot.approval_bot.ballot import Ballot, ballot
from bakohumas_bot.approval_bot.newsmail import APPROVAL
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.errors import DeskError, Unavailable
from bakohumas_bot.lifecycle import pins
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import CardRow

APPROVED = "✅ #{post}: disetujui."
REFUSED = "✗ #{post}: {why}"


def why_not(desk: Desk, tx: Session, person: Person, of: Ballot) -> str:
    """Why it is opened by itself; empty where it may be approved among others.

    Nobody says yes to what was never shown to them: its preview and its card have come to their chat.
    """
    card = cards.newest(tx, of.revision.post, person.id, APPROVAL)
    for applies, reason in (
        (of.confirming, "konfirmasi mendesak"),
        (bool(of.outlook.traits), "isi peka"),
        (of.earlier is not None, "versi perbaikan"),
        (passed(of, desk.now()), "waktunya sudah lewat"),
        (pins.wanted(tx, person, of.outlook), "perlu PIN"),
        (card is None or card.revision != of.revision.number, "belum ditampilkan"),
    ):
        if applies:
            return reason
    return ""


def approve_each(desk: Desk, person: Person, chosen: Sequence[CardRow]) -> str:
    """By the digest and the version that were listed, one by one: what one refuses keeps no other back."""
    return "\n".join(_approve(desk, person, row) for row in chosen)


def _approve(desk: Desk, person: Person, row: CardRow) -> str:
    try:
        with desk.store.reading() as tx:
            of = ballot(desk, tx, row.post_id)
            reason = why_not(desk, tx, person, of) if of.open and of.revision.number == row.revision else ""
        if reason:
            return REFUSED.format(post=row.post_id, why=f"{reason}; mohon dibuka tersendiri.")
        decide(desk, person, row.post_id, Verdict.APPROVE, digest=row.digest, revision=row.revision)
    except Unavailable:
        raise
    except DeskError as error:
        return REFUSED.format(post=row.post_id, why=error)
    return APPROVED.format(post=row.post_id)
