"""What a leader writes when asked: reasons, questions, a PIN, another hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bakohumas_bot.approval_bot.answer import Answer, require_current, wanted, wanted_time
from bakohumas_bot.approval_bot.sentences import DONE, QUESTIONS
from bakohumas_bot.approval_bot.yes import say_yes, unless_frozen
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.errors import BadInput
from bakohumas_bot.lifecycle import approve, hold, override, pins, talk
from bakohumas_bot.lifecycle.policy import outlook
from bakohumas_bot.store import cards, posts


def _decide(verdict: Verdict, subject: str) -> Callable[[Answer], str]:
    def decide(answer: Answer) -> str:
        require_current(answer)
        question = answer.question
        approve.decide(
            answer.desk,
            answer.person,
            question.post_id,
            verdict,
            digest=question.digest,
            revision=question.revision,
            reason=wanted(answer),
            field=answer.which or None,
        )
        return DONE[subject]

    return decide


def _urgent(answer: Answer) -> str:
    """Out on this voice alone, with the reason that the others will read."""
    require_current(answer)
    _ask_for_the_pin(answer, f"pin:urgent:{wanted(answer)}", urgent=True)
    return _in_a_hurry(answer, wanted(answer))


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
    return unless_frozen(answer.desk, answer.office, DONE["urgent"])


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
    require_current(answer)
    pins.verify(answer.desk, answer.person, wanted(answer))
    what, _, rest = answer.which.partition(":")
    question, now = answer.question, answer.desk.now()
    if what == "urgent":
        return _in_a_hurry(answer, rest)
    if what.startswith("release"):
        at = datetime.fromisoformat(rest) if rest else now if what == "release_now" else None
        hold.release(answer.desk, answer.person, question.post_id, at)
        return unless_frozen(answer.desk, answer.office, DONE["release"])
    return say_yes(answer.desk, answer.person, question, what)


def _ask(answer: Answer) -> str:
    talk.ask(answer.desk, answer.person, answer.question.post_id, wanted(answer))
    return DONE["ask"]


def _answer(answer: Answer) -> str:
    talk.answer(answer.desk, answer.person, int(answer.which), wanted(answer))
    return DONE["answer"]


def _lift(answer: Answer) -> str:
    """What was found may go out as it is, and why."""
    require_current(answer)
    override.override(answer.desk, answer.person, answer.question.post_id, answer.which, wanted(answer))
    return DONE["lift"]


def _hold(answer: Answer) -> str:
    require_current(answer)
    hold.hold(answer.desk, answer.person, answer.question.post_id, wanted(answer))
    return DONE["hold"]


def _release(answer: Answer) -> str:
    require_current(answer)
    at = wanted_time(answer)
    _ask_for_the_pin(answer, f"pin:release:{at.isoformat()}", sensitive=True)
    hold.release(answer.desk, answer.person, answer.question.post_id, at)
    return unless_frozen(answer.desk, answer.office, DONE["release_at"].format(time=long_time(at, answer.zone)))


SUBJECTS: dict[str, Callable[[Answer], str]] = {
    "revise": _decide(Verdict.REVISE, "revise"),
    "reject": _decide(Verdict.REJECT, "reject"),
    "refuse": _decide(Verdict.REJECT, "refuse"),
    "urgent": _urgent,
    "pin": _pin,
    "ask": _ask,
    "answer": _answer,
    "lift": _lift,
    "hold": _hold,
    "release": _release,
}
