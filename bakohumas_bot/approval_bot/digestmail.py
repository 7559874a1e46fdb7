"""Many requests at once are one list; so are the reminders of one moment. What hangs, and what has expired, is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.approval_bot import mail, newsmail
from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.deskmail import LIST, leading_to
from bakohumas_bot.approval_bot.patience import rings_at
from bakohumas_bot.approval_bot.sending import Effect, Letter, send_card, send_html
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.domain.quiet import URGENT_KINDS
from bakohumas_bot.lifecycle.policy import Outlook, outlook
from bakohumas_bot.lifecycle.reminding import hour_of
from bakohumas_bot.store import cards, open_posts, outbox, posts
from bakohumas_bot.store.cards import new_token
from bakohumas_bot.store.outbox import Message

MOST = 20


@dataclass(frozen=True, kw_only=True)
class Row:
    """One post on a list; `what` is asked of the person: to decide, to confirm, or to think of what they hold."""

    post: Standing
    what: str
    before: datetime | None

    @property
    def urgent(self) -> bool:
        return self.post.content.kind in URGENT_KINDS


async def approval(letter: Letter) -> Effect | None:
    """A card with its previews; one list where more than a few would come at once."""
    if letter.message.data.get("asked"):
        return await newsmail.approval(letter)
    gathered = [letter.message, *await asyncio.to_thread(_beside, letter)]
    rows = await asyncio.to_thread(_rows, letter, gathered)
    if len(rows) <= await asyncio.to_thread(_most, letter):
        return await newsmail.approval(letter)
    return await _together(letter, gathered, rows, "Menunggu persetujuan Bapak/Ibu")


async def reminder(letter: Letter) -> Effect | None:
    """Whatever the person is reminded of now is one message. What was decided meanwhile is not in it."""
    gathered = [letter.message, *await asyncio.to_thread(_beside, letter)]
    rows = await asyncio.to_thread(_rows, letter, gathered)
    return await _together(letter, gathered, rows, "Pengingat")


async def hangs(letter: Letter) -> None:
    """To those whose voice is not the missing one: they can only knock on the door."""
    post, now, _ = await asyncio.to_thread(_read, letter, letter.message)
    if not now.people or post.revision.number != letter.message.revision:
        return
    html = fill(
        "hangs",
        post=post.revision.post,
        title=post.content.title,
        zone=post.office.zone,
        since=datetime.fromisoformat(letter.message.data["since"]),
        hour=hour_of(post.revision, now),
        waits=labels.voices(now.standing.next),
        names=[person.name for person in now.people],
    )
    await send_html(letter, html)


async def expired(letter: Letter) -> Effect | None:
    """To the authors, with their card below it: a new hour, or to withdraw it."""
    post, now, _ = await asyncio.to_thread(_read, letter, letter.message)
    if not now.people or post.revision.number != letter.message.revision:
        return None
    html = fill(
        "expired",
        post=post.revision.post,
        title=post.content.title,
        zone=post.office.zone,
        hour=hour_of(post.revision, now),
        ends=post.content.expires_at,
        now=letter.desk.now(),
        waits=labels.voices(now.standing.next),
    )
    await send_html(letter, html)
    at, key, menu = letter.desk.now(), f"expired:{letter.message.id}", "times" if post.content.publish_at else "main"
    return lambda tx: mail.draft_card(tx, letter.person, letter.post, key=key, now=at, menu=menu, fresh=True)


def _most(letter: Letter) -> int:
    """How many come as cards of their own."""
    with letter.desk.store.reading() as tx:
        return letter.desk.terms(posts.latest(tx, letter.post).content.office).digest_above


def _beside(letter: Letter) -> list[Message]:
    """The person's other messages of the same kind that may ring now too."""
    now = letter.desk.now()
    with letter.desk.store.reading() as tx:
        beside = outbox.due_beside(tx, letter.message, now)
        return [m for m in beside if not m.data.get("asked") and rings_at(letter.desk, tx, m, now) == now]


async def _together(letter: Letter, messages: Sequence[Message], rows: Sequence[Row], heading: str) -> Effect:
    if not rows:
        return lambda tx: _all_sent(tx, messages, letter.desk.now())
    shown = rows[:MOST]
    tokens = {new_token(): row for row in shown if row.what != "held"}
    buttons = tuple(
        (Button(label=f"#{row.post.revision.post} {row.post.content.title}", verb="review", token=token),)
        for token, row in tokens.items()
    )
    html = fill(
        "digest",
        heading=heading,
        rows=shown,
        more=len(rows) - len(shown),
        buttons=bool(buttons),
        now=letter.desk.now(),
    )
    card = await send_card(letter, Composed(html=html, rows=buttons), LIST, shown[0].post.revision)

    def store(tx: Session) -> None:
        _all_sent(tx, messages, letter.desk.now())
        for token, row in tokens.items():
            cards.put(tx, leading_to(card, token, row.post))

    return store


def _all_sent(tx: Session, messages: Sequence[Message], now: datetime) -> None:
    for message in messages:
        outbox.sent(tx, message.id, now)


def _rows(letter: Letter, messages: Sequence[Message]) -> list[Row]:
    """What this person is still asked, the nearest hour first."""
    found: dict[int, Row] = {}
    for message in messages:
        post, now, held = _read(letter, message)
        what = message.data.get("what", "decide")
        leads = letter.person.has(post.content.office, *LEADERS) and post.revision.number == message.revision
        if held if what == "held" else letter.person.id in {p.id for p in now.people} and leads:
            found[post.revision.post] = Row(post=post, what=what, before=hour_of(post.revision, now))
    return sorted(found.values(), key=lambda row: (row.before is None, row.before or row.post.revision.submitted_at))


def _read(letter: Letter, message: Message) -> tuple[Standing, Outlook, bool]:
    assert message.post is not None
    with letter.desk.store.reading() as tx:
        post = standing(letter.desk, tx, message.post)
        return post, outlook(letter.desk, tx, post.revision), open_posts.holder(tx, message.post) is not None


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    newsmail.APPROVAL: approval,
    "reminder": reminder,
    "hangs": hangs,
    "expired": expired,
}
