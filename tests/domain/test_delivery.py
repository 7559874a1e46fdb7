"""The life of a delivery as a table: what may follow what, and what every ending leads to."""

from __future__ import annotations

import contextlib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bakohumas_bot.domain.delivery import (
    LAWFUL,
    MAY_BE_PUBLIC,
    Delivery,
    State,
    UnlawfulMove,
    step,
)
from bakohumas_bot.domain.happenings import (
    Happening,
    Intent,
    Interrupted,
    LateAnswer,
    Moved,
    NotTheApproved,
    PersonSaw,
    Restored,
    TooLate,
    TriedAgain,
    Verified,
    Withdrawn,
)
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    Found,
    NotSent,
    Published,
    RateLimited,
    Receipt,
    Rejected,
    Unknown,
)
from bakohumas_bot.domain.platforms import PlatformSpec, TextUnit

NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SEEN = Receipt(remote_id="7", url="https://x.com/a/status/7")
SPEC = PlatformSpec(name="x", family="x", label="X", unit=TextUnit.WEIGHTED, text_limit=280)
MUTE = replace(SPEC, name="telegram_channel", proves_absence=False)

HAPPENINGS: list[Happening] = [
    Intent(),
    TooLate(),
    Withdrawn("batal"),
    NotTheApproved("lain"),
    Interrupted("mati"),
    Interrupted("hening", sender_is_dead=False),
    LateAnswer(Published(receipt=SEEN)),
    LateAnswer(NotSent(detail="tak terkirim")),
    LateAnswer(Unknown(detail="hening")),
    Restored(NOW),
    TriedAgain(LATER, LATER),
    Moved(LATER, LATER),
    Verified(SEEN),
    PersonSaw(SEEN),
    PersonSaw(None),
    Published(receipt=SEEN),
    NotSent(detail="tak terkirim"),
    RateLimited(detail="tunggu", wait=timedelta(minutes=3)),
    Rejected(code="x", detail="ditolak"),
    AccountBlocked(detail="token"),
    Unknown(detail="hening"),
    Found(receipt=SEEN),
    Absent(),
    CannotTell(detail="tak terbaca"),
]


def delivery(state: State, **more: object) -> Delivery:
    sent = NOW if state in MAY_BE_PUBLIC else None
    base = Delivery(
        id="d",
        office="64.69",
        post=1,
        revision=1,
        digest="0" * 64,
        account="x",
        platform="x",
        state=state,
        due_at=NOW,
        next_at=NOW,
        late_after=NOW + timedelta(minutes=30),
        sent_at=sent,
    )
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "happening", "after"),
    [
        (State.SCHEDULED, Intent(), State.SENDING),
        (State.SCHEDULED, TooLate(), State.MISSED),
        (State.SCHEDULED, NotTheApproved("lain"), State.FAILED),
        (State.SCHEDULED, Withdrawn(), State.CANCELLED),
        (State.SCHEDULED, NotSent(detail="unggahan gagal"), State.SCHEDULED),
        (State.SCHEDULED, Rejected(code="x", detail="unggahan ditolak"), State.FAILED),
        (State.SENDING, Published(receipt=SEEN), State.PUBLISHED),
        (State.SENDING, NotSent(detail="DNS"), State.SCHEDULED),
        (State.SENDING, RateLimited(detail="429", wait=timedelta(minutes=3)), State.SCHEDULED),
        (State.SENDING, AccountBlocked(detail="token"), State.SCHEDULED),
        (State.SENDING, Rejected(code="x", detail="ditolak"), State.FAILED),
        (State.SENDING, Unknown(detail="hening"), State.UNCONFIRMED),
        (State.SENDING, Interrupted("mati"), State.UNCONFIRMED),
        (State.UNCONFIRMED, Found(receipt=SEEN), State.PUBLISHED),
        (State.UNCONFIRMED, PersonSaw(SEEN), State.PUBLISHED),
        (State.UNCONFIRMED, LateAnswer(Published(receipt=SEEN)), State.PUBLISHED),
        (State.UNCONFIRMED, LateAnswer(NotSent(detail="menyerah")), State.SCHEDULED),
        (State.UNCONFIRMED, LateAnswer(Unknown(detail="hening")), State.UNCONFIRMED),
        (State.SCHEDULED, LateAnswer(Published(receipt=SEEN)), State.PUBLISHED),
        (State.FAILED, LateAnswer(Published(receipt=SEEN)), State.PUBLISHED),
        (State.MISSED, LateAnswer(Published(receipt=SEEN)), State.PUBLISHED),
        (State.SENDING, Restored(NOW), State.UNCONFIRMED),
        (State.SCHEDULED, Restored(NOW), State.SCHEDULED),
        (State.UNCONFIRMED, PersonSaw(None), State.SCHEDULED),
        (State.MISSED, TriedAgain(LATER, LATER), State.SCHEDULED),
        (State.MISSED, Withdrawn(), State.CANCELLED),
        (State.FAILED, TriedAgain(LATER, LATER), State.SCHEDULED),
        (State.FAILED, Withdrawn(), State.CANCELLED),
        (State.PUBLISHED, Verified(SEEN), State.PUBLISHED),
    ],
)
def test_what_follows_what(before: State, happening: Happening, after: State) -> None:
    assert step(delivery(before), happening, NOW, SPEC).state is after


@given(st.sampled_from(State), st.sampled_from(HAPPENINGS), st.sampled_from([SPEC, MUTE]))
def test_no_happening_leads_out_of_the_table(before: State, happening: Happening, spec: PlatformSpec) -> None:
    try:
        after = step(delivery(before), happening, NOW, spec).state
    except UnlawfulMove:
        return
    assert after is before or after in LAWFUL[before]


@given(st.sampled_from(sorted(MAY_BE_PUBLIC)), st.lists(st.sampled_from(HAPPENINGS), max_size=12))
def test_what_may_be_public_is_scheduled_again_only_with_proof(before: State, history: list[Happening]) -> None:
    """A second call needs: surely not sent, proven absent, or a person's word. A failure alone is never enough."""
    proofs = {
        State.SENDING: (NotSent, RateLimited, AccountBlocked),
        State.UNCONFIRMED: (Absent, PersonSaw, LateAnswer),
    }
    now = delivery(before)
    for happening in history:
        try:
            after = step(now, happening, LATER, SPEC)
        except UnlawfulMove:
            continue
        if now.state in MAY_BE_PUBLIC and after.state is State.SCHEDULED:
            assert isinstance(happening, proofs[now.state])
        now = after


@pytest.mark.parametrize("end", [State.CANCELLED, State.TAKEN_DOWN])
@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda h: type(h).__name__)
def test_an_end_is_an_end(end: State, happening: Happening) -> None:
    with contextlib.suppress(UnlawfulMove):
        assert step(delivery(end), happening, NOW, SPEC).state is end


def test_a_silent_platform_is_first_read_after_our_deadline_and_its_own_wait() -> None:
    after = step(delivery(State.SENDING), Unknown(detail="hening"), NOW, SPEC)
    assert after.next_at == NOW + SPEC.guard + SPEC.answer_deadline + SPEC.read_back_waits[0]


@pytest.mark.parametrize("happening", [Unknown(detail="hening"), Interrupted("mati")], ids=["unknown", "dead"])
def test_a_sender_heard_of_too_late_has_slept_and_may_have_called_last(happening: Happening) -> None:
    """Its call may have begun a moment ago, whatever its intent says; so the platform's time counts from now."""
    much_later = NOW + SPEC.guard + SPEC.answer_deadline + timedelta(minutes=5)
    after = step(delivery(State.SENDING), happening, much_later, SPEC)
    assert after.next_at == much_later + SPEC.answer_deadline + SPEC.read_back_waits[0]


def test_absence_is_believed_only_after_the_last_look() -> None:
    now = step(delivery(State.SENDING), Unknown(detail="hening"), NOW, SPEC)
    for _ in SPEC.read_back_waits[:-1]:
        now = step(now, Absent(), NOW, SPEC)
        assert now.state is State.UNCONFIRMED
        assert now.next_at is not None
    assert step(now, Absent(), NOW, SPEC).state is State.SCHEDULED


@pytest.mark.parametrize(
    ("spec", "look"), [(MUTE, Absent()), (SPEC, CannotTell(detail="?")), (MUTE, CannotTell(detail="?"))]
)
def test_what_cannot_be_told_goes_to_a_person_in_the_end(spec: PlatformSpec, look: Happening) -> None:
    now = step(delivery(State.SENDING), Unknown(detail="hening"), NOW, spec)
    for _ in spec.read_back_waits:
        now = step(now, look, NOW, spec)
    assert now.state is State.UNCONFIRMED
    assert now.asks


def test_at_once_means_at_its_hour_whatever_a_clock_that_jumped_says() -> None:
    abandoned = step(delivery(State.SENDING), NotSent(detail="jam melompat", wait=timedelta()), LATER, SPEC)
    assert (abandoned.state, abandoned.next_at) == (State.SCHEDULED, abandoned.due_at)


def test_a_rehearsal_keeps_every_wait_in_proportion() -> None:
    fast = SPEC.at_pace(0.1)
    given = {f.name: getattr(SPEC, f.name) for f in fields(SPEC)}
    waits = {name: value for name, value in given.items() if "timedelta" in repr(value)}
    assert len(waits) == 5
    for name, value in waits.items():
        shorter = tuple(wait / 10 for wait in value) if isinstance(value, tuple) else value / 10
        assert getattr(fast, name) == shorter
    assert fast == replace(SPEC, **{name: getattr(fast, name) for name in waits})


def test_waits_grow_and_a_stated_wait_is_obeyed() -> None:
    now, waits = delivery(State.SCHEDULED), []
    for _ in range(6):
        now = step(now, NotSent(detail="DNS"), NOW, SPEC)
        assert now.next_at is not None
        waits.append(now.next_at - NOW)
    assert waits == [*SPEC.retry_waits, SPEC.retry_waits[-1], SPEC.retry_waits[-1]]
    limited = step(now, RateLimited(detail="429", wait=timedelta(minutes=7)), NOW, SPEC)
    assert limited.next_at == NOW + timedelta(minutes=7)


def test_a_wait_never_outlives_the_lateness_limit_unasked() -> None:
    now = step(delivery(State.SCHEDULED), RateLimited(detail="429", wait=timedelta(hours=3)), NOW, SPEC)
    assert now.too_late(NOW + timedelta(hours=3))


def test_a_published_post_is_looked_for_until_it_is_seen() -> None:
    now = step(delivery(State.SENDING), Published(receipt=SEEN), NOW, SPEC)
    assert not now.reportable
    now = step(now, Absent(), NOW, SPEC)
    assert now.reportable
    assert now.next_at is not None
    seen = step(now, Verified(SEEN), LATER, SPEC)
    assert (seen.verified_at, seen.next_at) == (LATER, None)


def test_nothing_is_sent_before_its_approved_time() -> None:
    early = replace(delivery(State.SCHEDULED), due_at=NOW + timedelta(seconds=1))
    with pytest.raises(UnlawfulMove):
        step(early, Intent(), NOW, SPEC)


@pytest.mark.parametrize(
    ("happening", "expires", "next_at"),
    [
        (RateLimited(detail="besok", wait=timedelta(hours=24)), None, timedelta(minutes=30, microseconds=1)),
        (RateLimited(detail="besok", wait=timedelta(hours=24)), timedelta(minutes=9), timedelta(minutes=9)),
        (NotSent(detail="unggahan", wait=timedelta(hours=2)), None, timedelta(minutes=30, microseconds=1)),
        (NotSent(detail="unggahan"), timedelta(seconds=-1), timedelta()),
    ],
)
def test_a_long_wait_never_hides_that_it_is_too_late(
    happening: Happening, expires: timedelta | None, next_at: timedelta
) -> None:
    """A platform that says *tomorrow* must not keep people waiting for the question until tomorrow."""
    expires_at = None if expires is None else NOW + expires
    after = step(delivery(State.SENDING, expires_at=expires_at), happening, NOW, SPEC)
    assert after.next_at == NOW + next_at
    assert after.too_late(after.next_at)


def test_a_sender_that_is_only_silent_leaves_the_answer_to_a_person() -> None:
    """It may wake and send after we looked: not finding the post proves nothing, however often."""
    now = step(delivery(State.SENDING), Interrupted("hening", sender_is_dead=False), NOW, SPEC)
    for _ in SPEC.read_back_waits:
        now = step(now, Absent(), NOW, SPEC)
    assert now.asks
    again = step(now, PersonSaw(None), NOW, SPEC)
    assert (again.state, again.unproven) == (State.SCHEDULED, False)


def test_a_restored_delivery_is_looked_up_before_it_may_be_sent() -> None:
    """Not at once: another machine may have sent it a moment ago, and the platform's reads may lag."""
    restored = step(delivery(State.SCHEDULED, next_at=LATER), Restored(NOW - timedelta(days=1)), NOW, SPEC)
    assert restored.next_at == NOW + SPEC.answer_deadline + SPEC.read_back_waits[-1]
    with pytest.raises(UnlawfulMove):
        step(restored, Intent(), NOW, SPEC)
    assert step(restored, Moved(NOW, LATER), NOW, SPEC).next_at == restored.next_at
    assert step(restored, Found(receipt=SEEN), NOW, SPEC).state is State.PUBLISHED
    absent = step(restored, Absent(), NOW, SPEC)
    assert (absent.state, absent.look_since, absent.next_at) == (State.SCHEDULED, None, NOW)
    assert step(absent, Intent(), NOW, SPEC).state is State.SENDING


@pytest.mark.parametrize(
    ("spec", "look"), [(MUTE, Absent()), (SPEC, CannotTell(detail="?")), (MUTE, CannotTell(detail="?"))]
)
def test_a_restored_delivery_that_cannot_be_looked_up_asks_a_person(spec: PlatformSpec, look: Happening) -> None:
    now = step(delivery(State.SCHEDULED), Restored(NOW), NOW, spec)
    for _ in spec.read_back_waits:
        now = step(now, look, NOW, spec)
    assert now.asks


def test_a_backup_of_a_restored_office_knows_no_more_than_the_first() -> None:
    first, second = NOW - timedelta(days=2), NOW - timedelta(days=1)
    again = step(step(delivery(State.SCHEDULED), Restored(first), NOW, SPEC), Restored(second), NOW, SPEC)
    assert again.look_since == first


def test_a_retry_after_a_restore_is_looked_up_first_too() -> None:
    failed = step(delivery(State.FAILED, next_at=None), Restored(NOW), NOW, SPEC)
    assert failed.next_at is None
    again = step(failed, TriedAgain(NOW, LATER), NOW, SPEC)
    with pytest.raises(UnlawfulMove):
        step(again, Intent(), NOW, SPEC)
