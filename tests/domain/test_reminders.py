"""When those who are waited for are reminded, when others learn of it, and when its authors are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bakohumas_bot.domain.reminders import DEFAULT, Act, Terms, Wait, due, held_since, terms_for

WITA = ZoneInfo("Asia/Makassar")
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=WITA)


def after(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def wait(hour: float | None, **more: object) -> Wait:
    at = None if hour is None else after(hour)
    given = Wait(submitted_at=NINE, asked_at=NINE, hour=at, ends=None, zone=WITA)
    return replace(given, **more)  # type: ignore[arg-type]


def acts(waiting: Wait, hours: float, terms: Terms = DEFAULT) -> dict[str, datetime]:
    return {one.act.value: one.at for one in due(terms, waiting, after(hours))}


@pytest.mark.parametrize(
    ("hour", "now", "expected"),
    [
        (6, 0, {}),
        (6, 3.99, {}),
        (6, 4, {"remind": 4, "escalate": 4}),  # two hours left, and four hours waited
        (6, 5.49, {"remind": 4, "escalate": 4}),
        (6, 5.5, {"remind": 5.5, "escalate": 4}),
        (6, 6, {"expire": 6}),
        (6, 9, {"expire": 6}),
        (3, 1, {"remind": 1}),
        (3, 2.5, {"remind": 2.5, "escalate": 2.5}),  # half an hour left is no time for patience
        (2, 0.05, {}),  # its first reminder would have come with the request itself
        (2, 1.5, {"remind": 1.5, "escalate": 1.5}),
        (0.25, 0.17, {"escalate": 1 / 6}),  # a quarter of an hour: after ten minutes the others know
        (0.1, 0.09, {}),
        (0.1, 0.1, {"expire": 0.1}),
    ],
)
def test_a_post_with_an_hour(hour: float, now: float, expected: dict[str, float]) -> None:
    assert acts(wait(hour), now) == {act: after(at) for act, at in expected.items()}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (3.9, {}),
        (4, {"remind": 4, "escalate": 4}),
        (9, {"remind": 8, "escalate": 4}),
        (13, {"remind": 8, "escalate": 4}),  # 22.00: the third comes when people wake
        (21, {"remind": 21, "escalate": 4}),
        (47.9, {"remind": 46, "escalate": 4}),
        (48, {"expire": 48}),
    ],
)
def test_a_post_that_goes_out_at_once_counts_the_hours_people_were_awake(
    now: float, expected: dict[str, float]
) -> None:
    assert acts(wait(None), now) == {act: after(at) for act, at in expected.items()}


def test_a_clarification_of_a_hoax_is_reminded_of_at_night_too() -> None:
    assert acts(wait(None, urgent=True), 17)["remind"] == after(16)


def test_what_may_no_longer_go_out_ends_with_its_validity() -> None:
    assert acts(wait(None, ends=after(10)), 10) == {"expire": after(10)}


def test_the_second_of_a_chain_has_the_whole_patience_from_when_the_first_said_yes() -> None:
    assert acts(wait(None, asked_at=after(3)), 6.9) == {}
    assert acts(wait(None, asked_at=after(3)), 7) == {"remind": after(7), "escalate": after(7)}


def test_an_urgent_approval_is_reminded_of_until_it_is_confirmed_and_never_expires() -> None:
    waiting = wait(1, public=True)
    assert acts(waiting, 3.9) == {}
    assert acts(waiting, 4) == {"remind": after(4)}
    assert set(acts(waiting, 24 * 9)) == {"remind"}


def test_an_office_may_want_it_otherwise() -> None:
    terms = Terms(before=(timedelta(minutes=45),), escalate_after=timedelta(hours=1))
    assert acts(wait(6), 1, terms) == {"escalate": after(1)}
    assert acts(wait(6), 5.25, terms)["remind"] == after(5.25)
    assert acts(wait(6), 5.9, Terms(before=())) == {"escalate": after(4)}


@pytest.mark.parametrize(("now", "expected"), [(0.9, None), (1, 1), (24.9, 1), (25, 25), (80, 73)])
def test_whoever_holds_a_post_is_reminded_once_a_day_from_its_hour_on(now: float, expected: float | None) -> None:
    assert held_since(after(1), after(now)) == (None if expected is None else after(expected))


def test_an_offices_own_terms_come_before_those_of_all() -> None:
    own, others = Terms(office="64.69", digest_above=1), Terms(digest_above=2)
    assert terms_for((own, others), "64.69") is own
    assert terms_for((own, others), "64.01") is others
    assert terms_for((own,), "64.01") is DEFAULT


def test_every_act_is_somewhere_in_the_tables() -> None:
    assert {*acts(wait(6), 4), *acts(wait(6), 6)} == set(Act)
