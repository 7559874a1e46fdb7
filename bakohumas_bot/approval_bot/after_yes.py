"""What a leader hears after a yes: whether it suffices, and whether a freeze holds what it lets out."""

from __future__ import annotations

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.ballot import ballot
from bakohumas_bot.approval_bot.sentences import DONE, HELD
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import freezes


def said_after_yes(desk: Desk, post: int) -> str:
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
