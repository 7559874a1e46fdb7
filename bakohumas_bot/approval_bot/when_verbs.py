"""The buttons under an understood time: this one, or another that is still to be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bakohumas_bot.approval_bot import answers, mail
from bakohumas_bot.approval_bot.sentences import OTHER_TIME, OUTDATED
from bakohumas_bot.approval_bot.verbs import Press
from bakohumas_bot.approval_bot.whenmail import NOW, WHEN
from bakohumas_bot.errors import Refused
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import QuestionRow


def _take(press: Press) -> str:
    answers.choose(press.desk, press.person, _still_open(press), _words(press), press.key)
    return ""


def _other(press: Press) -> str:
    _still_open(press)
    with press.desk.store.writing() as tx:
        mail.ask(tx, press.person, OTHER_TIME, key=press.key, now=press.desk.now(), post=press.post)
    return ""


def _words(press: Press) -> str:
    """As if it had been typed: read, checked and refused by the same rules."""
    if press.argument == NOW:
        return "sekarang"
    if not press.argument.isdigit() or len(press.argument) > 11:
        raise Refused(OUTDATED)
    return datetime.fromtimestamp(int(press.argument), press.desk.office(press.office).zone).isoformat()


def _still_open(press: Press) -> QuestionRow:
    """The question that was answered with words; another one may have been asked since."""
    with press.desk.store.reading() as tx:
        question = cards.question_to(tx, press.person.id)
    if question is None or question.post_id != press.post or question.subject != press.card.subject:
        raise Refused(OUTDATED)
    return question


VERBS: dict[tuple[str, str], Callable[[Press], str]] = {(WHEN, "take"): _take, (WHEN, "other"): _other}
