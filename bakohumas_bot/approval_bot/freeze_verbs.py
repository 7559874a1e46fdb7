"""Freezing and lifting from the desk: two commands, and the buttons of the cards about a freeze."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.answer import for_the_pin
from bakohumas_bot.approval_bot.haltmail import FROZEN, UNFREEZE, in_force, subject
from bakohumas_bot.approval_bot.sentences import DONE, ESCAPE, NOT_FROZEN, OUTDATED, QUESTIONS
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.errors import DeskError, PinWanted, Refused, Unavailable
from bakohumas_bot.lifecycle import freeze
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store.tables import CardRow, FreezeRow


@dataclass(frozen=True, kw_only=True)
class OfficePress:
    """A press on a card about an office: that person's, on this message, while that very freeze is in force."""

    desk: Desk
    person: Person
    card: CardRow
    freeze: FreezeRow
    key: str


def press_for_office(desk: Desk, person: Person, card: CardRow, verb: str, key: str) -> str:
    """What to answer. Raises `Refused`."""
    act = VERBS.get((card.kind, verb))
    if act is None:
        raise Refused(OUTDATED)
    row = in_force(desk, card.subject.partition(":")[0])
    if row is None or subject(row) != card.subject:
        raise Refused(NOT_FROZEN)
    return act(OfficePress(desk=desk, person=person, card=card, freeze=row, key=key))


def _ask_unfreeze(press: OfficePress) -> str:
    if press.freeze.asked_by is not None:
        raise Refused(freeze.ASKED_ALREADY)
    freeze.require_may_lift(press.desk, press.person, press.freeze.office)
    with press.desk.store.writing() as tx:
        mail.question(
            tx,
            press.person,
            f"unfreeze:{press.freeze.office}",
            QUESTIONS["unfreeze"] + ESCAPE,
            key=press.key,
            now=press.desk.now(),
            card=press.card,
        )
    return ""


def _confirm_unfreeze(press: OfficePress) -> str:
    """For the reason that the first person gave."""
    reason = press.freeze.asked_reason or ""
    try:
        return done(press.desk, press.person, "confirm_unfreeze", press.card.subject, reason)
    except PinWanted:
        asked = for_the_pin(f"confirm_unfreeze:{press.card.subject}", reason)
    with press.desk.store.writing() as tx:
        now = press.desk.now()
        mail.question(tx, press.person, asked, QUESTIONS["pin"] + ESCAPE, key=press.key, now=now, card=press.card)
    return ""


VERBS: dict[tuple[str, str], Callable[[OfficePress], str]] = {
    (FROZEN, "ask_unfreeze"): _ask_unfreeze,
    (UNFREEZE, "confirm_unfreeze"): _confirm_unfreeze,
}


_REQUIRE = {"freeze": freeze.require_may_freeze, "unfreeze": freeze.require_may_lift}


def command(subject_: str) -> Callable[[Desk, Person, str, str], None]:
    """`/bekukan [SATKER] ALASAN` and `/cairkan ...`: done at once, or the reason is asked for."""

    def act(desk: Desk, person: Person, words: str, key: str) -> None:
        said, asked, text = None, "", QUESTIONS[subject_]
        try:
            office, reason = freeze.office_and_reason(desk, person, words)
            asked = f"{subject_}:{office}"
            said = done(desk, person, subject_, office, reason) if reason else None
            if said is None:
                _REQUIRE[subject_](desk, person, office)
        except Unavailable:
            raise
        except PinWanted:
            asked, text = for_the_pin(asked, reason), QUESTIONS["pin"]
        except DeskError as error:
            said = str(error)
        with desk.store.writing() as tx:
            if said is not None:
                mail.say(tx, person, said, key=key, now=desk.now())
            else:
                mail.question(tx, person, asked, text + ESCAPE, key=key, now=desk.now())

    return act


def done(  # noqa: PLR0917 - one act, all of it
    desk: Desk, person: Person, subject_: str, office: str, reason: str, confirmed: Confirmation | None = None
) -> str:
    """What to say after it. Raises `Refused`. To confirm, `office` names the very freeze whose card was pressed."""
    if subject_ == "confirm_unfreeze":
        row = in_force(desk, office.partition(":")[0])
        if row is None or subject(row) != office:
            raise Refused(NOT_FROZEN)
        office = row.office
    if subject_ == "freeze":
        freeze.freeze(desk, person, office, reason)
        return DONE["frozen"]
    return DONE["unfrozen" if freeze.lift(desk, person, office, reason, confirmed=confirmed).done else "unfreeze_asked"]
