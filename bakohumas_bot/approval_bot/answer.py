"""What a person writes when asked: the words, the version they were asked about, and the time they may hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bakohumas_bot.approval_bot.sentences import TEXT_WANTED
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.when import read_time
from bakohumas_bot.errors import BadInput, Refused
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import QuestionRow

PIN = "pin"
NOTHING = {"-", "–", "—"}
CHANGED = "Konsep ini sudah berubah sejak pertanyaan diajukan. Silakan buka kartu terbaru."


@dataclass(frozen=True, kw_only=True)
class Answer:
    desk: Desk
    person: Person
    question: QuestionRow
    text: str
    confirmed: Confirmation | None = None

    @property
    def which(self) -> str:
        """What follows the colon in `variant:<account>` and `alt:<number>`."""
        return self.question.subject.partition(":")[2]

    @property
    def office(self) -> str:
        with self.desk.store.reading() as tx:
            return posts.latest(tx, self.question.post_id).content.office

    @property
    def zone(self) -> ZoneInfo:
        return self.desk.office(self.office).zone


def for_the_pin(subject: str, text: str = "") -> str:
    """The question that stands before another: the PIN is its answer, and then `text` answers `subject`."""
    return f"{PIN}:{subject}\n{text}"


def beneath(answer: Answer) -> Answer:
    """What a PIN was asked for; anything else as it is."""
    if answer.question.subject.partition(":")[0] != PIN:
        return answer
    subject, _, text = answer.which.partition("\n")
    question = QuestionRow(**(answer.question.model_dump() | {"subject": subject}))
    return replace(answer, question=question, text=text)


def wanted_time(answer: Answer) -> datetime:
    now, zone = answer.desk.now(), answer.zone
    return read_time(wanted(answer), now=now, zone=zone)


def require_current(answer: Answer) -> None:
    """Another hour or kind makes another revision, though what goes public, and so the digest, is the same."""
    with answer.desk.store.reading() as tx:
        current = posts.latest(tx, answer.question.post_id)
    if current.number != answer.question.revision:
        raise Refused(CHANGED)


def wanted(answer: Answer) -> str:
    if not answer.text:
        raise BadInput(TEXT_WANTED)
    return answer.text


def remember_answer(tx: Session, chat_id: int, message_id: int, post: int) -> None:
    """In the transaction that answers it, so that it is neither lost nor taken twice."""
    cards.remember_source(tx, chat_id=chat_id, message_id=message_id, post=post, part=cards.ANSWER)
