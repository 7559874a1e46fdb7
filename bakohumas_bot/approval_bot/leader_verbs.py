"""What a leader's buttons do: decide, ask, hold, let go; and the button under a question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.answer import for_the_pin
from bakohumas_bot.approval_bot.bulk import approve_each
from bakohumas_bot.approval_bot.deskmail import LIST
from bakohumas_bot.approval_bot.liftmail import LIFT
from bakohumas_bot.approval_bot.newsmail import APPROVAL, SETTLED
from bakohumas_bot.approval_bot.sentences import DONE, FIELDS, NONE_TICKED, OUTDATED, QUESTIONS
from bakohumas_bot.approval_bot.talkmail import QUESTION
from bakohumas_bot.approval_bot.verbs import Press, open_question
from bakohumas_bot.approval_bot.waitingmail import IN, OUT
from bakohumas_bot.approval_bot.yes import say_yes, unless_frozen
from bakohumas_bot.domain.almanac import zone_label
from bakohumas_bot.domain.approval import LEADERS, Verdict
from bakohumas_bot.errors import PinWanted, Refused
from bakohumas_bot.lifecycle import approve, hold
from bakohumas_bot.lifecycle.approve import Wish
from bakohumas_bot.store import cards


def _approve(press: Press, how: str = "approve") -> str:
    try:
        return say_yes(press.desk, press.person, press.card, how)
    except PinWanted:
        return _ask_for_the_pin(press, f"yes:{how}")


def _ask_for_the_pin(press: Press, subject: str) -> str:
    """What was pressed follows the answer."""
    open_question(press, for_the_pin(subject), QUESTIONS["pin"])
    return ""


def _approve_or_offer_now(press: Press) -> str:
    """Where only the hour stands in the way, the card comes to offer another."""
    try:
        return _approve(press)
    except Refused:
        _reconsider(press)
        raise


def _approve_now(press: Press) -> str:
    return _approve(press, "approve_now")


def _confirm(press: Press) -> str:
    return _approve(press, "confirm")


def _ask_reason(subject: str) -> Callable[[Press], str]:
    def ask(press: Press) -> str:
        approve.require_may_decide(press.desk, press.person, press.post, Wish(verdict=Verdict.REVISE))
        open_question(press, subject, QUESTIONS[subject].format(title=press.revision.content.title))
        return ""

    return ask


def _ask_urgent(press: Press) -> str:
    wish = Wish(verdict=Verdict.APPROVE, urgent=True)
    approve.require_may_decide(press.desk, press.person, press.post, wish)
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


def _lift(press: Press) -> str:
    code = press.argument
    if code not in {finding.code for finding in press.revision.findings}:
        raise Refused(OUTDATED)
    open_question(press, f"lift:{code}", QUESTIONS["lift"].format(code=code, title=press.revision.content.title))
    return ""


def _hold(press: Press) -> str:
    open_question(press, "hold", QUESTIONS["hold"].format(title=press.revision.content.title))
    return ""


def _release(press: Press, at: datetime | None = None) -> str:
    try:
        hold.release(press.desk, press.person, press.post, at)
    except PinWanted:
        return _ask_for_the_pin(press, "go_on:now" if at else "go_on")
    finally:
        show_settled(press)
    return unless_frozen(press.desk, press.office, DONE["release"])


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


def _tick(press: Press) -> str:
    with press.desk.store.writing() as tx:
        card = cards.by_token(tx, press.card.token)
        if card is None or not card.subject:
            raise Refused(OUTDATED)
        card.subject = OUT if card.subject == IN else IN
    _show_list(press)
    return ""


def _approve_all(press: Press) -> str:
    with press.desk.store.reading() as tx:
        same = [c for c in cards.open_in(tx, press.card.chat_id, LIST) if c.message_id == press.card.message_id]
    chosen = sorted((card for card in same if card.subject == IN), key=lambda card: card.post_id)
    if not chosen:
        raise Refused(NONE_TICKED)
    said = approve_each(press.desk, press.person, chosen)
    with press.desk.store.writing() as tx:
        mail.say(tx, press.person, said, key=press.key, now=press.desk.now())
    _show_list(press)
    return unless_frozen(press.desk, press.office, DONE["all"].format(count=len(chosen)))


def _show_list(press: Press) -> None:
    with press.desk.store.writing() as tx:
        now, message = press.desk.now(), press.card.message_id
        mail.note(tx, press.person, "waiting_refresh", key=press.key, now=now, message=message)


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
    (LIFT, "lift"): _lift,
    (LIST, "tick"): _tick,
    (LIST, "all"): _approve_all,
    (SETTLED, "hold"): _hold,
    (SETTLED, "release"): _release,
    (SETTLED, "release_now"): _release_now,
    (SETTLED, "release_at"): _release_at,
}
