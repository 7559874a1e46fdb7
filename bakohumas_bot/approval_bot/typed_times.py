"""A time that was typed is shown in full before it counts; what leaves a choice is shown as a choice."""

from __future__ import annotations

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.answer import Answer, remember_answer
from bakohumas_bot.approval_bot.parcels import Part
from bakohumas_bot.approval_bot.sentences import SURE_AT_ONCE, SURE_NOW
from bakohumas_bot.approval_bot.whenmail import NOW, WHEN
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.domain.when import answer as read
from bakohumas_bot.domain.when import means_at_once

TIMES = frozenset({"time", "later", "release"})  # the questions that a time answers


def confirm_time(answer: Answer, message: Part, key: str) -> bool:
    """False where there is nothing to choose: what was refused is told as any other answer that cannot be."""
    text, options = _offered(answer)
    if not options:
        return False
    with answer.desk.store.writing() as tx:
        remember_answer(tx, answer.question.chat_id, message.message_id, answer.question.post_id)
        mail.note(
            tx,
            answer.person,
            WHEN,
            key=key,
            now=answer.desk.now(),
            post=answer.question.post_id,
            subject=answer.question.subject,
            text=text,
            options=options,
        )
    return True


def _offered(answer: Answer) -> tuple[str, list[str]]:
    now, zone = answer.desk.now(), answer.zone
    if means_at_once(answer.text):
        sure = SURE_AT_ONCE if answer.question.subject == "time" else SURE_NOW.format(time=long_time(now, zone))
        return sure, [NOW]
    found = read(answer.text, now=now, zone=zone)
    moments = found.options or ((found.at,) if found.at else ())
    return found.reason, [moment.isoformat() for moment in moments]
