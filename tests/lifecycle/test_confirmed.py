"""A sensitive act wants the PIN whichever door it comes through: the verb itself asks, so that no door can forget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.errors import PinWanted, Refused
from bakohumas_bot.lifecycle import pins
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.freeze import freeze, lift
from bakohumas_bot.lifecycle.hold import hold, release
from bakohumas_bot.lifecycle.override import override
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.lifecycle.schedule import reschedule
from joining import events
from leaders import PATRON, add_patron
from office import OFFICE, TestOffice, X, clarification

PIN = "481920"
HOUR = timedelta(hours=1)
WRONG_DAY = "#TemanPemilih, rapat digelar Senin, 6 April 2021 di aula kantor KPU."
Act = Callable[[Confirmation | None], Any]


def _decide(office: TestOffice, verdict: Verdict = Verdict.APPROVE, *, urgent: bool = False, **content: Any) -> Act:
    seen = office.submitted(accounts=(X,), **content)

    def act(yes: Confirmation | None) -> Any:
        reason = None if verdict is Verdict.APPROVE and not urgent else "Ditunggu warga."
        dewi, digest = office.person("dewi"), seen.digest
        return decide(office.desk, dewi, seen.post, verdict, digest=digest, reason=reason, urgent=urgent, confirmed=yes)

    return act


def a_sensitive_yes(office: TestOffice) -> Act:
    return _decide(office, **clarification())


def an_urgent_yes(office: TestOffice) -> Act:
    return _decide(office, urgent=True)


def going_on(office: TestOffice) -> Act:
    post = _held(office)
    return lambda yes: release(office.desk, office.person("dewi"), post, confirmed=yes)


def another_hour_for_what_is_held(office: TestOffice) -> Act:
    post, at = _held(office), office.clock() + 2 * HOUR
    return lambda yes: reschedule(office.desk, office.person("dewi"), post, at, confirmed=yes)


def confirming_the_end_of_a_freeze(office: TestOffice) -> Act:
    freeze(office.desk, office.person("sari"), OFFICE, "Ada yang keliru.")
    lift(office.desk, office.person("sari"), OFFICE, "Beres.")
    return lambda yes: lift(office.desk, office.person("dewi"), OFFICE, "Benar.", confirmed=yes)


def lifting_a_finding(office: TestOffice) -> Act:
    post = office.draft(WRONG_DAY, accounts=(X,)).post
    return lambda yes: override(office.desk, office.person(PATRON), post, "F01", "Dikutip apa adanya.", confirmed=yes)


def an_ordinary_yes(office: TestOffice) -> Act:
    return _decide(office)


def sending_something_sensitive_back(office: TestOffice) -> Act:
    return _decide(office, Verdict.REVISE, **clarification())


def stopping_everything(office: TestOffice) -> Act:
    return lambda _: freeze(office.desk, office.person("dewi"), OFFICE, "Ada yang keliru.")


def asking_for_the_end_of_a_freeze(office: TestOffice) -> Act:
    freeze(office.desk, office.person("sari"), OFFICE, "Ada yang keliru.")
    return lambda yes: lift(office.desk, office.person("dewi"), OFFICE, "Benar.", confirmed=yes)


def another_hour(office: TestOffice) -> Act:
    post, at = office.approved(accounts=(X,), publish_at=office.clock() + HOUR).post, office.clock() + 2 * HOUR
    return lambda yes: reschedule(office.desk, office.person("dewi"), post, at, confirmed=yes)


def _held(office: TestOffice) -> int:
    post = office.approved(accounts=(X,), publish_at=office.clock() + HOUR).post
    hold(office.desk, office.person("budi"), post, "Menunggu data.")
    return post


SENSITIVE = [
    a_sensitive_yes,
    an_urgent_yes,
    going_on,
    another_hour_for_what_is_held,
    confirming_the_end_of_a_freeze,
    lifting_a_finding,
]
ORDINARY = [
    an_ordinary_yes,
    sending_something_sensitive_back,
    stopping_everything,
    asking_for_the_end_of_a_freeze,
    another_hour,
]


def prepared(office: TestOffice, prepare: Callable[[TestOffice], Act]) -> tuple[Act, str]:
    """With a PIN set last, so that whatever led here needed none. Also: whose act it is."""
    add_patron(office)
    act = prepare(office)
    who = PATRON if prepare is lifting_a_finding else "dewi"
    pins.set_pin(office.desk, office.person(who), PIN)
    return act, who


def acts(office: TestOffice) -> int:
    kinds = ("decision.approve", "released", "delivery.moved", "unfrozen", "overridden")
    return sum(len(events(office, kind)) for kind in kinds)


@pytest.mark.parametrize("prepare", SENSITIVE, ids=lambda one: one.__name__)
def test_without_the_pin_a_sensitive_act_changes_nothing_and_with_it_it_is_done(
    office: TestOffice, prepare: Callable[[TestOffice], Act]
) -> None:
    act, who = prepared(office, prepare)
    before = acts(office)
    with pytest.raises(PinWanted, match="PIN"):
        act(None)
    assert acts(office) == before
    act(pins.verify(office.desk, office.person(who), PIN))
    assert acts(office) > before


@pytest.mark.parametrize("prepare", SENSITIVE, ids=lambda one: one.__name__)
def test_the_pin_of_somebody_else_confirms_nothing(office: TestOffice, prepare: Callable[[TestOffice], Act]) -> None:
    act, _ = prepared(office, prepare)
    pins.set_pin(office.desk, office.person("sari"), "730145")
    with pytest.raises(PinWanted):
        act(pins.verify(office.desk, office.person("sari"), "730145"))


@pytest.mark.parametrize("prepare", SENSITIVE, ids=lambda one: one.__name__)
def test_who_set_no_pin_is_asked_for_none(office: TestOffice, prepare: Callable[[TestOffice], Act]) -> None:
    add_patron(office)
    prepare(office)(None)


@pytest.mark.parametrize("prepare", ORDINARY, ids=lambda one: one.__name__)
def test_what_is_not_sensitive_wants_no_pin(office: TestOffice, prepare: Callable[[TestOffice], Act]) -> None:
    act, _ = prepared(office, prepare)
    act(None)


def test_a_refusal_comes_before_the_question_for_the_pin(office: TestOffice) -> None:
    act, _ = prepared(office, going_on)
    act(pins.verify(office.desk, office.person("dewi"), PIN))
    with pytest.raises(Refused, match="tidak sedang ditunda"):
        act(None)


def test_nobody_else_can_make_a_confirmation() -> None:
    with pytest.raises(TypeError):
        Confirmation(person="dewi", seal=object())
