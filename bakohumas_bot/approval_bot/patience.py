"""What need not leave this minute waits in the outbox: for the office's morning, or for others to come with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.quiet import cannot_wait, quiet_until
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, deliveries, outbox, posts
from bakohumas_bot.store.outbox import Message

# Everything else rings at any hour: answers to the person, alarms, what was missed or needs a look at once.
CAN_WAIT = frozenset({"approval", "reminder", "hangs", "expired", "result"})


LISTED = "results"  # the card kind of a post whose result stands on a list
WINDOW = timedelta(minutes=5)  # requests within it come together, once there are more than a few


def leaves_at(desk: Desk, tx: Session, message: Message, now: datetime) -> datetime:
    """`now`, or the later moment until which it waits."""
    return max(rings_at(desk, tx, message, now), _gathers_until(desk, tx, message, now))


def _gathers_until(desk: Desk, tx: Session, message: Message, now: datetime) -> datetime:
    """After a few cards in a row the next ones gather, unless their hour does not allow it."""
    if message.kind != "approval" or message.post is None or message.data.get("asked"):
        return now
    content = posts.latest(tx, message.post).content
    office = desk.directory.offices.get(content.office)
    if office is None or cannot_wait(content.kind, content.publish_at, now, None, office.zone):
        return now
    most = desk.terms(office.code).digest_above
    chat = desk.person(message.person).telegram_id or 0
    lately = [at for at in cards.shown_since(tx, chat, "approval", now - WINDOW) if at <= now]
    together = len(outbox.due_beside(tx, message, now)) + 1
    return min(lately) + WINDOW if lately and together <= most < together + len(lately) else now


def rings_at(desk: Desk, tx: Session, message: Message, now: datetime) -> datetime:
    """`now`, or the end of the office's quiet hours. What only changes a message in the chat makes no sound."""
    if message.kind not in CAN_WAIT or message.post is None or message.data.get("asked"):
        return now
    content = posts.latest(tx, message.post).content
    office = desk.directory.offices.get(content.office)
    if office is None:
        return now
    quiet = desk.terms(office.code).quiet
    morning = quiet_until(quiet, now, office.zone)
    if morning == now or cannot_wait(content.kind, content.publish_at, now, quiet, office.zone):
        return now
    if message.kind == "result" and (_only_edits(tx, message) or _is_an_alarm(tx, message.post)):
        return now
    return morning


def _only_edits(tx: Session, message: Message) -> bool:
    assert message.post is not None
    return any(cards.newest(tx, message.post, message.person, kind) is not None for kind in ("result", LISTED))


def just_woke(desk: Desk, tx: Session, message: Message, now: datetime) -> bool:
    """Whatever waited for the morning comes now."""
    assert message.post is not None
    office = desk.directory.offices.get(posts.latest(tx, message.post).content.office)
    before = now - WINDOW
    return office is not None and quiet_until(desk.terms(office.code).quiet, before, office.zone) != before


def _is_an_alarm(tx: Session, post: int) -> bool:
    """Approved, and not public: somebody has to act."""
    return any(d.state is State.FAILED for d in deliveries.of_post(tx, post))
