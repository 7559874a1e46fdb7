"""The next message after a question is its answer: one small function for each thing that can be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from bakohumas_bot.approval_bot import author_answers, freeze_verbs, leader_answers, mail
from bakohumas_bot.approval_bot.alarm_verbs import attempt_of
from bakohumas_bot.approval_bot.answer import (
    NOTHING,
    Answer,
    beneath,
    for_the_pin,
    remember_answer,
    require_current,
    wanted,
    wanted_time,
)
from bakohumas_bot.approval_bot.parcels import Part
from bakohumas_bot.approval_bot.sentences import DONE, QUESTIONS
from bakohumas_bot.approval_bot.typed_times import TIMES, confirm_time
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.errors import BadInput, DeskError, PinWanted, Unavailable
from bakohumas_bot.lifecycle import pins, resolve, schedule, talk
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import CardRow, QuestionRow

OF_AN_OFFICE = ("freeze", "unfreeze", "confirm_unfreeze")
ON_A_LEADERS_CARD = frozenset(
    {"revise", "reject", "refuse", "urgent", "ask", "answer", "hold", "release", "lift", "yes", "go_on"}
)


def take(desk: Desk, person: Person, question: QuestionRow, message: Part, key: str) -> None:
    """What is unreadable is asked again; a refusal or success closes the question."""
    answer = Answer(desk=desk, person=person, question=question, text=message.text.strip())
    if not (question.subject in TIMES and answer.text and confirm_time(answer, message, key)):
        _settle(answer, key, message)


def choose(desk: Desk, person: Person, question: QuestionRow, words: str, key: str) -> None:
    """A time that was offered as a button: answered with it, as if it had been typed in full."""
    _settle(Answer(desk=desk, person=person, question=question, text=words), key)


def _settle(answer: Answer, key: str, message: Part | None = None) -> None:
    desk, person, asked = answer.desk, answer.person, beneath(answer)
    subject = asked.question.subject.partition(":")[0]
    said, then = _act(answer, asked)
    open_, now = then is not None, desk.now()
    reply_to = message.message_id if message and open_ else None
    with desk.store.writing() as tx:
        if message:
            remember_answer(tx, answer.question.chat_id, message.message_id, answer.question.post_id)
        if not open_:
            cards.answered(tx, person.id)
        elif (question := cards.question_to(tx, person.id)) is not None:
            question.subject = then or question.subject
        if subject in TIMES:
            mail.note(tx, person, "when_chosen", key=key, now=now, post=answer.question.post_id)
        mail.say(tx, person, said, key=key, now=now, reply_to=reply_to)
        if not open_:
            _show_again(tx, asked, key)


def _act(answer: Answer, asked: Answer) -> tuple[str, str | None]:
    """What to say, and which question stays open after it: the same, that for the PIN, or none."""
    try:
        if asked is not answer:
            asked = replace(asked, confirmed=pins.verify(answer.desk, answer.person, wanted(answer)))
        return SUBJECTS[asked.question.subject.partition(":")[0]](asked), None
    except Unavailable:
        raise
    except PinWanted:
        return QUESTIONS["pin"], for_the_pin(asked.question.subject, asked.text)
    except BadInput as error:
        return str(error), answer.question.subject
    except DeskError as error:
        return str(error), None


def reply(desk: Desk, person: Person, card: CardRow, message: Part, key: str) -> None:
    """To the card of a leader's question itself; whatever else the person was asked stays open."""
    try:
        talk.answer(desk, person, int(card.subject), message.text)
        said = DONE["answer"]
    except Unavailable:
        raise
    except DeskError as error:
        said = str(error)
    with desk.store.writing() as tx:
        remember_answer(tx, card.chat_id, message.message_id, card.post_id)
        mail.say(tx, person, said, key=key, now=desk.now())


def _show_again(tx: Session, answer: Answer, key: str) -> None:
    """The author's card comes to the bottom, with the change in it; another card says what was decided."""
    now, question = answer.desk.now(), answer.question
    post, revision = question.post_id, question.revision
    subject = question.subject.partition(":")[0]
    if subject in ON_A_LEADERS_CARD:
        _show_leaders_card(tx, answer, subject, key)
    elif subject == "seen":
        delivery, _ = attempt_of(answer.which)
        mail.note(tx, answer.person, "answered", key=key, now=now, post=post, revision=revision, delivery=delivery)
    elif subject == "later":
        mail.note(tx, answer.person, "missed_refresh", key=key, now=now, post=post)
    elif subject not in OF_AN_OFFICE:
        mail.draft_card(tx, answer.person, question.post_id, key=key, now=now, fresh=True)


def _show_leaders_card(tx: Session, answer: Answer, subject: str, key: str) -> None:
    """A decision brings every leader's card up to date by itself; what was refused leaves the card as it was."""
    now, question = answer.desk.now(), answer.question
    if subject == "lift":
        mail.note(tx, answer.person, "lift_again", key=key, now=now, post=question.post_id)
    elif subject in {"hold", "release", "go_on"}:
        post, revision = question.post_id, question.revision
        mail.note(tx, answer.person, "settled", key=key, now=now, post=post, revision=revision)
    elif subject in {"revise", "urgent", "yes"}:
        mail.note(tx, answer.person, "reconsider", key=key, now=now, post=question.post_id)


def _later(answer: Answer) -> str:
    """A new time for what was missed; the version that was seen must still be the newest."""
    require_current(answer)
    at = wanted_time(answer)
    schedule.reschedule(answer.desk, answer.person, answer.question.post_id, at, confirmed=answer.confirmed)
    return DONE["later"].format(time=long_time(at, answer.zone))


def _seen(answer: Answer) -> str:
    delivery, version = attempt_of(answer.which)
    words = wanted(answer)
    url = None if words in NOTHING else words
    resolve.resolve(answer.desk, answer.person, delivery, published=True, url=url, version=version)
    return DONE["seen"]


def _of_an_office(subject: str) -> Callable[[Answer], str]:
    def act(answer: Answer) -> str:
        reason = wanted(answer)
        return freeze_verbs.done(answer.desk, answer.person, subject, answer.which, reason, answer.confirmed)

    return act


SUBJECTS: dict[str, Callable[[Answer], str]] = {
    **author_answers.SUBJECTS,
    **leader_answers.SUBJECTS,
    "seen": _seen,
    "later": _later,
    **{subject: _of_an_office(subject) for subject in OF_AN_OFFICE},
}
