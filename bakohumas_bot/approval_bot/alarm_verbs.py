"""The buttons of cards that ask for a decision: is it public, and what becomes of what was missed?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.checkmail import UNCONFIRMED
from bakohumas_bot.approval_bot.missedmail import MISSED
from bakohumas_bot.approval_bot.sentences import DONE, QUESTIONS
from bakohumas_bot.approval_bot.verbs import Press, open_question
from bakohumas_bot.approval_bot.views import name_of
from bakohumas_bot.approval_bot.yes import unless_frozen
from bakohumas_bot.domain.almanac import zone_label
from bakohumas_bot.domain.places import example_of
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import resolve, schedule

# --- Is it public? ---


def attempt_of(card_subject: str) -> tuple[str, int]:
    """Which delivery, and which of its attempts, a card or a question is about."""
    delivery, _, version = card_subject.partition(":")
    return delivery, int(version)


def _turn(menu: str) -> Callable[[Press], str]:
    def turn(press: Press) -> str:
        delivery, _ = _still_asked(press)
        _note(press, UNCONFIRMED, delivery=delivery, menu=menu)
        return ""

    return turn


def _seen(press: Press) -> str:
    delivery, version = _still_asked(press)
    asked = resolve.require_may_resolve(press.desk, press.person, delivery, version)
    account = press.desk.directory.accounts.get(asked.account)
    example = example_of(press.desk.specs[asked.platform].family, account.handle if account else "")
    text = QUESTIONS["seen"].format(name=name_of(press.desk, asked.account), example=example)
    open_question(press, f"seen:{press.card.subject}", text)
    return ""


def _send_again(press: Press) -> str:
    delivery, version = _still_asked(press)
    resolve.resolve(press.desk, press.person, delivery, published=False, version=version)
    return unless_frozen(press.desk, press.office, DONE["send_again"])


def _still_asked(press: Press) -> tuple[str, int]:
    """A card that was answered meanwhile catches up."""
    delivery, version = attempt_of(press.card.subject)
    try:
        resolve.require_may_resolve(press.desk, press.person, delivery, version)
    except Refused:
        _note(press, "answered", delivery=delivery)
        raise
    return delivery, version


# --- What was missed ---


def _open(press: Press) -> str:
    _note(press, "missed_one")
    return ""


def _turn_missed(menu: str) -> Callable[[Press], str]:
    def turn(press: Press) -> str:
        _note(press, "missed_one", menu=menu, turned=True)
        return ""

    return turn


def _now(press: Press) -> str:
    schedule.retry(press.desk, press.person, press.post)
    return unless_frozen(press.desk, press.office, DONE["now"])


def _later(press: Press) -> str:
    zone = zone_label(press.desk.now(), press.desk.office(press.revision.content.office).zone)
    open_question(press, "later", QUESTIONS["time"].format(zone=zone))
    return ""


def _cancel(press: Press) -> str:
    schedule.cancel(press.desk, press.person, press.post)
    return DONE["cancel"]


def _note(press: Press, kind: str, **data: Any) -> None:
    with press.desk.store.writing() as tx:
        mail.note(
            tx,
            press.person,
            kind,
            key=press.key,
            now=press.desk.now(),
            post=press.post,
            revision=press.card.revision,
            **data,
        )


VERBS: dict[tuple[str, str], Callable[[Press], str]] = {
    (UNCONFIRMED, "seen"): _seen,
    (UNCONFIRMED, "not_there"): _turn("sure"),
    (UNCONFIRMED, "back"): _turn("main"),
    (UNCONFIRMED, "send_again"): _send_again,
    (MISSED, "open"): _open,
    (MISSED, "now"): _now,
    (MISSED, "later"): _later,
    (MISSED, "withdraw"): _turn_missed("sure"),
    (MISSED, "back"): _turn_missed("main"),
    (MISSED, "cancel"): _cancel,
}
