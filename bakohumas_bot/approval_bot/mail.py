"""What handlers put into the outbox: named kinds of message, each queued once for the update that causes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bakohumas_bot.domain.offices import Person
from bakohumas_bot.store import cards, outbox
from bakohumas_bot.store.tables import CardRow, QuestionRow


def say(tx: Session, person: Person, text: str, *, key: str, now: datetime, reply_to: int | None = None) -> None:
    outbox.queue(tx, [person], "say", now=now, key=key, text=text, reply_to=reply_to)


def ask(tx: Session, person: Person, text: str, *, key: str, now: datetime, post: int) -> None:
    """A sentence that opens the phone's answer field."""
    outbox.queue(tx, [person], "say", now=now, key=f"ask:{key}", post=post, text=text, ask=True)


def question(
    tx: Session, person: Person, subject: str, text: str, *, key: str, now: datetime, card: CardRow | None = None
) -> None:
    """Asked once; the person's next message is the answer. `card` is what was pressed, if anything was."""
    cards.ask(
        tx,
        QuestionRow(
            person=person.id,
            chat_id=card.chat_id if card else person.telegram_id or 0,
            message_id=card.message_id if card else 0,
            subject=subject,
            post_id=card.post_id if card else 0,
            revision=card.revision if card else 0,
            digest=card.digest if card else "",
            asked_at=now,
        ),
    )
    ask(tx, person, text, key=key, now=now, post=card.post_id if card else 0)


def page(tx: Session, person: Person, template: str, *, key: str, now: datetime, **values: Any) -> None:
    outbox.queue(tx, [person], "page", now=now, key=key, template=template, values=values)


def draft_card(
    tx: Session, person: Person, post: int, *, key: str, now: datetime, menu: str = "main", fresh: bool = False
) -> None:
    """Edits the person's open card in place, or sends one; `fresh` always sends, as the newest message."""
    outbox.queue(tx, [person], "draft", now=now, key=key, post=post, menu=menu, fresh=fresh)


def approval_card(tx: Session, person: Person, post: int, revision: int, *, key: str, now: datetime) -> None:
    """Because this person asks to see it: at any hour, and never in a list."""
    outbox.queue(tx, [person], "approval", now=now, key=key, post=post, revision=revision, asked=True)


def note(
    tx: Session, person: Person, kind: str, *, key: str, now: datetime, after: timedelta = timedelta(), **data: Any
) -> None:
    """Any other kind that the postman knows."""
    post, revision = data.pop("post", None), data.pop("revision", None)
    outbox.queue(tx, [person], kind, now=now, key=key, post=post, revision=revision, after=after, **data)
