"""What a leader's buttons do: decide, ask, hold, let go; and the button under a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bakohumas_bot import labels
from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.ballot import ballot
from bakohumas_bot.approval_bot.newsmail import APPROVAL, SETTLED
from bakohumas_bot.approval_bot.sentences import DONE, FIELDS, OUTDATED, QUESTIONS
from bakohumas_bot.approval_bot.talkmail import QUESTION
from bakohumas_bot.approval_bot.verbs import Press, open_question, unless_frozen
from bakohumas_bot.domain.almanac import zone_label
from bakohumas_bot.domain.approval import LEADERS, Verdict
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import approve, hold
from bakohumas_bot.store import cards


def _approve(press: Press, publish_at: datetime | None = None) -> str:
    """Bound to the card: its digest, and its version with the hour that it shows."""
    card = press.card
    approve.decide(
        press.desk,
        press.person,
        press.post,
        Verdict.APPROVE,
        digest=card.digest,
        revision=card.revision,
        publish_at=publish_at,
    )
    return said_after_yes(press)


def said_after_yes(press: Press) -> str:
    with press.desk.store.reading() as tx:
        missing = ballot(press.desk, tx, press.post).outlook.standing
    if missing.public:
        return unless_frozen(press, DONE["approve"])
    return DONE["approve_partly"].format(waits=labels.voices(missing.missing))


def _approve_or_offer_now(press: Press) -> str:
    """Where only the hour stands in the way, the card comes to offer another."""
    try:
        return _approve(press)
    except Refused:
        _reconsider(press)
        raise


def _approve_now(press: Press) -> str:
    return _approve(press, publish_at=press.desk.now())


def _confirm(press: Press) -> str:
    _approve(press)
    return DONE["confirm"]


def _ask_reason(subject: str) -> Callable[[Press], str]:
    def ask(press: Press) -> str:
        approve.require_may_decide(press.desk, press.person, press.post)
        open_question(press, subject, QUESTIONS[subject].format(title=press.revision.content.title))
        return ""

    return ask


def _ask_urgent(press: Press) -> str:
    approve.require_may_decide(press.desk, press.person, press.post, Verdict.APPROVE)
    open_question(press, "urgent", QUESTIONS["urgent"].format(title=press.revision.content.title))
    return ""


def _ask_what_to_mend(press: Press) -> str:
    """The reason may be written at once; the card offers to name the part beside it."""
    said = _ask_reason("revise")(press)
    _reconsider(press, "return")
    return said


def _choose_field(press: Press) -> str:
    """Only the question that is open for this very post takes the part; its text stays what it was."""
    if press.argument not in FIELDS:
        raise Refused(OUTDATED)
    with press.desk.store.writing() as tx:
        question = cards.question_to(tx, press.person.id)
        asks = question is not None and question.subject.partition(":")[0] == "revise"
        if question is None or not asks or question.post_id != press.post or question.revision != press.card.revision:
            raise Refused(OUTDATED)
        question.subject = f"revise:{press.argument}"
    return DONE["field"].format(field=FIELDS[press.argument])


def _keep(press: Press) -> str:
    """Not sent back after all."""
    with press.desk.store.writing() as tx:
        question = cards.question_to(tx, press.person.id)
        if question is not None and question.post_id == press.post and question.subject.startswith("revise"):
            cards.answered(tx, press.person.id)
    _reconsider(press)
    return ""


def _ask(press: Press) -> str:
    if not press.person.has(press.revision.content.office, *LEADERS):
        raise Refused(approve.NO_RIGHT)
    open_question(press, "ask", QUESTIONS["ask"].format(title=press.revision.content.title))
    return ""


def _answer(press: Press) -> str:
    open_question(press, f"answer:{press.card.subject}", QUESTIONS["answer"])
    return ""


def _hold(press: Press) -> str:
    open_question(press, "hold", QUESTIONS["hold"].format(title=press.revision.content.title))
    return ""


def _release(press: Press, at: datetime | None = None) -> str:
    try:
        hold.release(press.desk, press.person, press.post, at)
    finally:
        show_settled(press)
    return unless_frozen(press, DONE["release"])


def _release_now(press: Press) -> str:
    return _release(press, press.desk.now())


def _release_at(press: Press) -> str:
    zone = zone_label(press.desk.now(), press.desk.office(press.revision.content.office).zone)
    open_question(press, "release", QUESTIONS["release"].format(zone=zone))
    return ""


def _reconsider(press: Press, menu: str = "main") -> None:
    with press.desk.store.writing() as tx:
        mail.note(tx, press.person, "reconsider", key=press.key, now=press.desk.now(), post=press.post, menu=menu)


def show_settled(press: Press) -> None:
    with press.desk.store.writing() as tx:
        now, revision = press.desk.now(), press.card.revision
        mail.note(tx, press.person, SETTLED, key=press.key, now=now, post=press.post, revision=revision)


VERBS: dict[tuple[str, str], Callable[[Press], str]] = {
    (APPROVAL, "approve"): _approve_or_offer_now,
    (APPROVAL, "approve_now"): _approve_now,
    (APPROVAL, "confirm"): _confirm,
    (APPROVAL, "urgent"): _ask_urgent,
    (APPROVAL, "revise"): _ask_what_to_mend,
    (APPROVAL, "field"): _choose_field,
    (APPROVAL, "keep"): _keep,
    (APPROVAL, "reject"): _ask_reason("reject"),
    (APPROVAL, "refuse"): _ask_reason("refuse"),
    (APPROVAL, "ask"): _ask,
    (QUESTION, "answer"): _answer,
    (SETTLED, "hold"): _hold,
    (SETTLED, "release"): _release,
    (SETTLED, "release_now"): _release_now,
    (SETTLED, "release_at"): _release_at,
}
