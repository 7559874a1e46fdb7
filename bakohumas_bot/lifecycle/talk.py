"""Talk: a leader asks about a post, those who worked on it answer; both stay with the post."""

from __future__ import annotations

from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS, LEADERS, leaders
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.approve import NO_RIGHT, OUTDATED
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import outbox, posts, record, remarks
from bakohumas_bot.store.remarks import Remark

EMPTY = "Mohon tuliskan pertanyaan atau jawabannya."
ANSWERED_ALREADY = "Pertanyaan ini sudah dijawab oleh {name}."
CLOSED = "Konten ini sudah dibatalkan."
NOT_SUBMITTED = "Konsep ini belum diajukan, sehingga belum ada yang dapat ditanyakan."


def ask(desk: Desk, person: Person, post: int, question: str) -> Remark:
    """Any leader of the office may ask, once it was submitted. Whoever worked on it gets the question."""
    now = desk.now()
    words = _words(question)
    with desk.store.writing() as tx:
        row = posts.lock(tx, post)
        person = people.as_of(desk, tx, person, now)
        if not person.has(row.office, *LEADERS):
            raise Refused(NO_RIGHT)
        revision = posts.latest(tx, post)
        if row.closed_at is not None or revision.submitted_at is None:
            raise Refused(CLOSED if row.closed_at else NOT_SUBMITTED)
        remark = remarks.ask(tx, post=post, revision=revision.number, asker=person.id, question=words, now=now)
        record.append(
            tx,
            office=row.office,
            actor=person.id,
            kind="asked",
            now=now,
            post=post,
            revision=revision.number,
            remark=remark.id,
            question=words,
        )
        asked = [p for p in answerers(desk, tx, post) if p.id != person.id]
        outbox.queue(tx, asked, "question", now=now, post=post, key=str(remark.id), remark=remark.id)
        _bring_up_to_date(desk, tx, post, f"asked:{remark.id}")
        return remark


def answer(desk: Desk, person: Person, remark: int, words: str) -> Remark:
    """The first answer stands. It goes to the asker, and stands on every card of the post from then on."""
    now = desk.now()
    said = _words(words)
    with desk.store.writing() as tx:
        asked = remarks.get(tx, remark)
        if asked is None:
            raise Refused(OUTDATED)
        row = posts.lock(tx, asked.post)
        person = people.as_of(desk, tx, person, now)
        if person.id not in {p.id for p in answerers(desk, tx, asked.post)}:
            raise Refused(NO_RIGHT)
        if not remarks.answer(tx, remark, answerer=person.id, answer=said, now=now):
            settled = remarks.get(tx, remark)
            raise Refused(ANSWERED_ALREADY.format(name=people.name(desk, (settled and settled.answerer) or "–")))
        record.append(
            tx,
            office=row.office,
            actor=person.id,
            kind="answered",
            now=now,
            post=asked.post,
            remark=remark,
            answer=said,
        )
        known = desk.directory.people
        told = [known[asked.asker]] if asked.asker in known else []
        told += [p for p in answerers(desk, tx, asked.post) if p.id not in {asked.asker, person.id}]
        outbox.queue(tx, told, "answer", now=now, post=asked.post, key=str(remark), remark=remark)
        _bring_up_to_date(desk, tx, asked.post, f"answered:{remark}")
        found = remarks.get(tx, remark)
        assert found is not None
        return found


def answerers(desk: Desk, tx: Session, post: int) -> list[Person]:
    """Whoever worked on it and may still write here; where none of them is left, the office's operators."""
    office = posts.get(tx, post).office
    known = desk.directory.people
    theirs = [known[id_] for id_ in sorted(posts.hands(tx, post)) if id_ in known and known[id_].has(office, *AUTHORS)]
    return theirs or desk.directory.holders(office, Role.OPERATOR)


def _bring_up_to_date(desk: Desk, tx: Session, post: int, key: str) -> None:
    """Every leader's open card of the post shows the conversation as it is now."""
    asked = leaders(desk.directory, posts.get(tx, post).office, posts.hands(tx, post))
    outbox.queue(tx, asked, "reconsider", now=desk.now(), post=post, key=key)


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Refused(EMPTY)
    return words
