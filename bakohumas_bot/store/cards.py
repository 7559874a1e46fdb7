"""The desk's messages in Telegram: which card is whose, which message became which post, what was asked."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bakohumas_bot.store.tables import CardRow, QuestionRow, SourceMessageRow

TEXT_ONLY = -1  # `part` of a message whose words, but no file, are in the post
ANSWER = -2  # `part` of a message that answered a question about the post


def new_token() -> str:
    """Goes into the callback data: 72 bits that nobody guesses, short enough for Telegram's 64 bytes."""
    return secrets.token_urlsafe(9)


def put(tx: Session, card: CardRow) -> None:
    tx.merge(card)


def by_token(tx: Session, token: str) -> CardRow | None:
    return tx.get(CardRow, token)


def at(tx: Session, chat_id: int, message_id: int) -> CardRow | None:
    """The newest card that this message is or was."""
    query = (
        select(CardRow)
        .where(col(CardRow.chat_id) == chat_id, col(CardRow.message_id) == message_id)
        .order_by(col(CardRow.created_at).desc())
    )
    return tx.execute(query).scalars().first()


def open_cards(tx: Session, post: int, *kinds: str) -> list[CardRow]:
    query = select(CardRow).where(
        col(CardRow.post_id) == post, col(CardRow.closed_at).is_(None), col(CardRow.kind).in_(kinds)
    )
    return list(tx.execute(query).scalars())


def open_in(tx: Session, chat_id: int, *kinds: str) -> list[CardRow]:
    """A person's open cards of these kinds, newest first, whatever they are about."""
    query = select(CardRow).where(
        col(CardRow.chat_id) == chat_id, col(CardRow.closed_at).is_(None), col(CardRow.kind).in_(kinds)
    )
    return list(tx.execute(query.order_by(col(CardRow.message_id).desc())).scalars())


def shown_since(tx: Session, chat_id: int, kind: str, since: datetime) -> list[datetime]:
    """When each of a person's cards of this kind that are still open was sent, as far back as `since`."""
    query = select(col(CardRow.created_at)).where(
        col(CardRow.chat_id) == chat_id,
        col(CardRow.kind) == kind,
        col(CardRow.closed_at).is_(None),
        col(CardRow.created_at) > since,
    )
    return list(tx.execute(query.order_by(col(CardRow.created_at))).scalars())


def newest(tx: Session, post: int, person: str, kind: str) -> CardRow | None:
    query = (
        select(CardRow)
        .where(
            col(CardRow.post_id) == post,
            col(CardRow.person) == person,
            col(CardRow.kind) == kind,
            col(CardRow.closed_at).is_(None),
        )
        .order_by(col(CardRow.created_at).desc())
    )
    return tx.execute(query).scalars().first()


def close(tx: Session, token: str, now: datetime) -> None:
    tx.execute(update(CardRow).where(col(CardRow.token) == token).values(closed_at=now))


def remember_source(tx: Session, *, chat_id: int, message_id: int, post: int, part: int) -> None:
    tx.merge(SourceMessageRow(chat_id=chat_id, message_id=message_id, post_id=post, part=part))


def forget_files(tx: Session, post: int) -> None:
    """The post's files were taken off: editing its original messages changes the text only."""
    tx.execute(
        update(SourceMessageRow)
        .where(col(SourceMessageRow.post_id) == post, col(SourceMessageRow.part) >= 0)
        .values(part=TEXT_ONLY)
    )


def source(tx: Session, chat_id: int, message_id: int) -> SourceMessageRow | None:
    return tx.get(SourceMessageRow, (chat_id, message_id))


def ask(tx: Session, question: QuestionRow) -> None:
    """One open question per person: a new one replaces it."""
    tx.merge(question)


def question_to(tx: Session, person: str) -> QuestionRow | None:
    return tx.get(QuestionRow, person)


def answered(tx: Session, person: str) -> None:
    row = tx.get(QuestionRow, person)
    if row:
        tx.delete(row)
