"""Is what was found really it? A restored delivery looks far back, where another post with the same words may stand.

An office repeats itself: its hours, its greetings. Taking last week's for next week's would leave one unpublished in
silence, so what is not certain is asked of a person, with the link.
"""

from __future__ import annotations

from datetime import timedelta

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.outcomes import CannotTell, Found
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import posts, restorations

_CLOCKS_DIFFER = timedelta(minutes=1)


def surely_ours(desk: Desk, delivery: Delivery, seen: Found) -> Found | CannotTell:
    """Not before its approved hour, and not known to be another post's."""
    link = seen.receipt.url or seen.receipt.remote_id
    with desk.store.reading() as tx:
        other = restorations.known_as(tx, delivery, seen.receipt.remote_id, seen.receipt.url)
        decision = posts.decision_on(tx, delivery.post, delivery.revision)
    if other is not None:
        return CannotTell(detail=f"Unggahan dengan isi yang sama ({link}) tercatat sebagai konten #{other}.")
    approved = decision.due_at if decision and decision.due_at else delivery.due_at
    shown_at = seen.receipt.published_at
    if shown_at is not None and shown_at < min(approved, delivery.due_at) - _CLOCKS_DIFFER:
        return CannotTell(detail=f"Unggahan dengan isi yang sama ({link}) tayang sebelum waktu konten ini.")
    return seen
