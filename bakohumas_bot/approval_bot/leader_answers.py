"""What a leader writes when asked: reasons, questions, a PIN, another hour."""

from __future__ import annotations

from collections.abc import Callable

from bakohumas_bot.approval_bot.answer import Answer, require_current, wanted, wanted_time
from bakohumas_bot.approval_bot.sentences import DONE
from bakohumas_bot.approval_bot.yes import say_yes, unless_frozen
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle import approve, hold, override, talk
from bakohumas_bot.store import posts


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
    """Out on this voice alone, with the reason that the others will read. An hour that has passed becomes now."""
    require_current(answer)
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
        reason=wanted(answer),
        publish_at=now if wished is not None and wished < now else None,
        urgent=True,
        confirmed=answer.confirmed,
    )
    return unless_frozen(answer.desk, answer.office, DONE["urgent"])


def _yes(answer: Answer) -> str:
    """The PIN after a press on *Setujui*."""
    require_current(answer)
    return say_yes(answer.desk, answer.person, answer.question, answer.which, answer.confirmed)


def _go_on(answer: Answer) -> str:
    """The PIN after a press on *Lanjutkan*."""
    require_current(answer)
    at = answer.desk.now() if answer.which == "now" else None
    hold.release(answer.desk, answer.person, answer.question.post_id, at, confirmed=answer.confirmed)
    return unless_frozen(answer.desk, answer.office, DONE["release"])


def _ask(answer: Answer) -> str:
    talk.ask(answer.desk, answer.person, answer.question.post_id, wanted(answer))
    return DONE["ask"]


def _answer(answer: Answer) -> str:
    talk.answer(answer.desk, answer.person, int(answer.which), wanted(answer))
    return DONE["answer"]


def _lift(answer: Answer) -> str:
    """What was found may go out as it is, and why."""
    require_current(answer)
    post, code = answer.question.post_id, answer.which
    override.override(answer.desk, answer.person, post, code, wanted(answer), confirmed=answer.confirmed)
    return DONE["lift"]


def _hold(answer: Answer) -> str:
    require_current(answer)
    hold.hold(answer.desk, answer.person, answer.question.post_id, wanted(answer))
    return DONE["hold"]


def _release(answer: Answer) -> str:
    require_current(answer)
    at = wanted_time(answer)
    hold.release(answer.desk, answer.person, answer.question.post_id, at, confirmed=answer.confirmed)
    return unless_frozen(answer.desk, answer.office, DONE["release_at"].format(time=long_time(at, answer.zone)))


SUBJECTS: dict[str, Callable[[Answer], str]] = {
    "revise": _decide(Verdict.REVISE, "revise"),
    "reject": _decide(Verdict.REJECT, "reject"),
    "refuse": _decide(Verdict.REJECT, "refuse"),
    "urgent": _urgent,
    "yes": _yes,
    "go_on": _go_on,
    "ask": _ask,
    "answer": _answer,
    "lift": _lift,
    "hold": _hold,
    "release": _release,
}
