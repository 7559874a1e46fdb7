"""Saying yes to what a card shows: the decision, whether it suffices, and whether a freeze holds what it lets out."""

from __future__ import annotations

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.ballot import ballot
from bakohumas_bot.approval_bot.sentences import DONE, HELD
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.lifecycle import approve
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store import freezes
from bakohumas_bot.store.tables import CardRow, QuestionRow


def say_yes(
    desk: Desk, person: Person, seen: CardRow | QuestionRow, how: str, confirmed: Confirmation | None = None
) -> str:
    """Bound to what was seen: its digest, and its version with the hour that it names.

    `how`: "approve"; "approve_now" where that hour has passed; "confirm" what one voice has let out.
    """
    approve.decide(
        desk,
        person,
        seen.post_id,
        Verdict.APPROVE,
        digest=seen.digest,
        revision=seen.revision,
        publish_at=desk.now() if how == "approve_now" else None,
        confirmed=confirmed,
    )
    return DONE["confirm"] if how == "confirm" else _said_after(desk, seen.post_id)


def _said_after(desk: Desk, post: int) -> str:
    with desk.store.reading() as tx:
        now = ballot(desk, tx, post)
    if now.outlook.standing.public:
        return unless_frozen(desk, now.revision.content.office, DONE["approve"])
    return DONE["approve_partly"].format(waits=labels.voices(now.outlook.standing.missing))


def unless_frozen(desk: Desk, office: str, said: str) -> str:
    """Nobody may think that it goes out now while a freeze holds it."""
    with desk.store.reading() as tx:
        held = office in freezes.in_force(tx)
    return f"{said} {HELD}" if held else said
