"""The next message after a question is its answer: one small function for each thing that can be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bakohumas_bot.approval_bot import freeze_verbs, mail
from bakohumas_bot.approval_bot.alarm_verbs import attempt_of
from bakohumas_bot.approval_bot.parcels import Part
from bakohumas_bot.approval_bot.sentences import DONE, FILE_WANTED, QUESTIONS, TEXT_WANTED
from bakohumas_bot.approval_bot.views import name_of
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content
from bakohumas_bot.domain.times import long_time, must_be_future, read_time
from bakohumas_bot.errors import BadInput, DeskError, Refused, Unavailable
from bakohumas_bot.lifecycle import approve, draft, hold, pins, resolve, schedule, submit, talk
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.policy import outlook
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import CardRow, QuestionRow

OF_AN_OFFICE = ("freeze", "unfreeze")
ON_A_LEADERS_CARD = frozenset({"revise", "reject", "refuse", "urgent", "ask", "answer", "hold", "release", "pin"})
NOTHING = {"-", "–", "—"}
CHANGED = "Konsep ini sudah berubah sejak pertanyaan diajukan. Silakan buka kartu terbaru."


@dataclass(frozen=True, kw_only=True)
class Answer:
    desk: Desk
    person: Person
    question: QuestionRow
    text: str

    @property
    def which(self) -> str:
        """What follows the colon in `variant:<account>` and `alt:<number>`."""
        return self.question.subject.partition(":")[2]

    @property
    def zone(self) -> ZoneInfo:
        with self.desk.store.reading() as tx:
            return self.desk.office(posts.latest(tx, self.question.post_id).content.office).zone


def take(desk: Desk, person: Person, question: QuestionRow, message: Part, key: str) -> None:
    """What is unreadable is asked again; a refusal or success closes the question."""
    subject = question.subject.partition(":")[0]
    answer = Answer(desk=desk, person=person, question=question, text=message.text.strip())
    try:
        said, open_ = SUBJECTS[subject](answer), False
    except Unavailable:
        raise
    except BadInput as error:
        said, open_ = str(error), True
    except DeskError as error:
        said, open_ = str(error), False
    now = desk.now()
    with desk.store.writing() as tx:
        remember_answer(tx, question.chat_id, message.message_id, question.post_id)
        if not open_:
            cards.answered(tx, person.id)
        mail.say(tx, person, said, key=key, now=now, reply_to=message.message_id if open_ else None)
        if not open_:
            _show_again(tx, answer, key)


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


def remember_answer(tx: Session, chat_id: int, message_id: int, post: int) -> None:
    cards.remember_source(tx, chat_id=chat_id, message_id=message_id, post=post, part=cards.ANSWER)


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
    if subject in {"hold", "release"} or (subject == "pin" and answer.which.startswith("release")):
        post, revision = question.post_id, question.revision
        mail.note(tx, answer.person, "settled", key=key, now=now, post=post, revision=revision)
    elif subject in {"revise", "urgent", "pin"}:
        mail.note(tx, answer.person, "reconsider", key=key, now=now, post=question.post_id)


def _revise(answer: Answer, change: Callable[[Content], Content]) -> None:
    draft.revise(answer.desk, answer.person, answer.question.post_id, change)


def _title(answer: Answer) -> str:
    title = " ".join(_wanted(answer).split())
    _revise(answer, lambda c: replace(c, title=title))
    return DONE["title"]


def _body(answer: Answer) -> str:
    _revise(answer, lambda c: replace(c, body=_wanted(answer)))
    return DONE["body"]


def _variant(answer: Answer) -> str:
    account, text = answer.which, _wanted(answer)

    def change(content: Content) -> Content:
        others = tuple((a, t) for a, t in content.variants if a != account)
        return replace(content, variants=others if text in NOTHING else (*others, (account, text)))

    _revise(answer, change)
    return DONE["variant"].format(name=name_of(answer.desk, account))


def _alt(answer: Answer) -> str:
    number, text = int(answer.which) - 1, _wanted(answer)
    alt = "" if text in NOTHING else text

    def change(content: Content) -> Content:
        if number >= len(content.media):
            raise Refused(CHANGED)
        media = tuple(replace(m, alt=alt) if i == number else m for i, m in enumerate(content.media))
        return replace(content, media=media)

    _revise(answer, change)
    return DONE["alt"]


def _time(answer: Answer) -> str:
    at = _wanted_time(answer)
    _revise(answer, lambda c: replace(c, publish_at=at))
    return DONE["time"].format(time=long_time(at, answer.zone))


def _wanted_time(answer: Answer) -> datetime:
    now, zone = answer.desk.now(), answer.zone
    return must_be_future(read_time(_wanted(answer), now=now, zone=zone), now=now, zone=zone)


def _later(answer: Answer) -> str:
    """A new time for what was missed; the version that was seen must still be the newest."""
    _require_current(answer)
    at = _wanted_time(answer)
    schedule.reschedule(answer.desk, answer.person, answer.question.post_id, at)
    return DONE["later"].format(time=long_time(at, answer.zone))


def _seen(answer: Answer) -> str:
    delivery, version = attempt_of(answer.which)
    words = _wanted(answer)
    url = None if words in NOTHING else words
    resolve.resolve(answer.desk, answer.person, delivery, published=True, url=url, version=version)
    return DONE["seen"]


def _of_an_office(subject: str) -> Callable[[Answer], str]:
    return lambda answer: freeze_verbs.done(answer.desk, answer.person, subject, answer.which, _wanted(answer))


def _source(answer: Answer) -> str:
    lines = [line.strip(" -•") for line in _wanted(answer).splitlines()]
    _revise(answer, lambda c: replace(c, sources=tuple(line for line in lines if line not in {*NOTHING, ""})))
    return DONE["source"]


def _file(_: Answer) -> str:
    raise BadInput(FILE_WANTED)


def _submit(answer: Answer) -> str:
    """The reason belongs to the warnings that the person saw."""
    _require_current(answer)
    submit.submit(answer.desk, answer.person, answer.question.post_id, reason=_wanted(answer))
    return DONE["submit"]


def _decide(verdict: Verdict, subject: str) -> Callable[[Answer], str]:
    def decide(answer: Answer) -> str:
        _require_current(answer)
        question = answer.question
        approve.decide(
            answer.desk,
            answer.person,
            question.post_id,
            verdict,
            digest=question.digest,
            revision=question.revision,
            reason=_wanted(answer),
            field=answer.which or None,
        )
        return DONE[subject]

    return decide


def _urgent(answer: Answer) -> str:
    """Out on this voice alone, with the reason that the others will read."""
    _require_current(answer)
    _ask_for_the_pin(answer, f"pin:urgent:{_wanted(answer)}", urgent=True)
    return _in_a_hurry(answer, _wanted(answer))


def _in_a_hurry(answer: Answer, reason: str) -> str:
    """An hour that has passed becomes now."""
    question, now = answer.question, answer.desk.now()
    with answer.desk.store.reading() as tx:
        wished = posts.latest(tx, question.post_id).content.publish_at
    approve.decide(
        answer.desk,
        answer.person,
        question.post_id,
        Verdict.APPROVE,
        digest=question.digest,
        revision=question.revision,
        reason=reason,
        publish_at=now if wished is not None and wished < now else None,
        urgent=True,
    )
    return DONE["urgent"]


def _ask_for_the_pin(answer: Answer, subject: str, *, urgent: bool = False, sensitive: bool = False) -> None:
    """Where it is wanted, the same question goes on with it: raises `BadInput`, which leaves it open."""
    question = answer.question
    with answer.desk.store.writing() as tx:
        of = None if sensitive else outlook(answer.desk, tx, posts.latest(tx, question.post_id))
        if not pins.wanted(answer.desk, tx, answer.person, of, urgent):
            return
        asked = cards.question_to(tx, answer.person.id)
        if asked is not None:
            asked.subject = subject
    raise BadInput(QUESTIONS["pin"])


def _pin(answer: Answer) -> str:
    """Right: what was asked for is done. Wrong: it is asked again, until it is locked."""
    _require_current(answer)
    pins.verify(answer.desk, answer.person, _wanted(answer))
    what, _, rest = answer.which.partition(":")
    question, now = answer.question, answer.desk.now()
    if what == "urgent":
        return _in_a_hurry(answer, rest)
    if what.startswith("release"):
        at = datetime.fromisoformat(rest) if rest else now if what == "release_now" else None
        hold.release(answer.desk, answer.person, question.post_id, at)
        return DONE["release"]
    approve.decide(
        answer.desk,
        answer.person,
        question.post_id,
        Verdict.APPROVE,
        digest=question.digest,
        revision=question.revision,
        publish_at=now if what == "approve_now" else None,
    )
    return DONE["confirm" if what == "confirm" else "approve"]


def _ask(answer: Answer) -> str:
    talk.ask(answer.desk, answer.person, answer.question.post_id, _wanted(answer))
    return DONE["ask"]


def _answer(answer: Answer) -> str:
    talk.answer(answer.desk, answer.person, int(answer.which), _wanted(answer))
    return DONE["answer"]


def _hold(answer: Answer) -> str:
    _require_current(answer)
    hold.hold(answer.desk, answer.person, answer.question.post_id, _wanted(answer))
    return DONE["hold"]


def _release(answer: Answer) -> str:
    _require_current(answer)
    at = _wanted_time(answer)
    _ask_for_the_pin(answer, f"pin:release:{at.isoformat()}", sensitive=True)
    hold.release(answer.desk, answer.person, answer.question.post_id, at)
    return DONE["release_at"].format(time=long_time(at, answer.zone))


def _require_current(answer: Answer) -> None:
    """Another hour or kind makes another revision, though what goes public, and so the digest, is the same."""
    with answer.desk.store.reading() as tx:
        current = posts.latest(tx, answer.question.post_id)
    if current.number != answer.question.revision:
        raise Refused(CHANGED)


def _wanted(answer: Answer) -> str:
    if not answer.text:
        raise BadInput(TEXT_WANTED)
    return answer.text


SUBJECTS: dict[str, Callable[[Answer], str]] = {
    "title": _title,
    "body": _body,
    "variant": _variant,
    "alt": _alt,
    "time": _time,
    "source": _source,
    "file": _file,
    "submit": _submit,
    "revise": _decide(Verdict.REVISE, "revise"),
    "reject": _decide(Verdict.REJECT, "reject"),
    "refuse": _decide(Verdict.REJECT, "refuse"),
    "urgent": _urgent,
    "pin": _pin,
    "ask": _ask,
    "answer": _answer,
    "hold": _hold,
    "release": _release,
    "seen": _seen,
    "later": _later,
    **{subject: _of_an_office(subject) for subject in OF_AN_OFFICE},
}
