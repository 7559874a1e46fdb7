"""Whatever happens to a delivery, in whatever order: nothing is called again on a guess, and nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove, step
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

MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
SPEC = PlatformSpec(name="x", family="x", label="X", unit=TextUnit.WEIGHTED, text_limit=280)
MUTE = replace(SPEC, name="telegram_channel", proves_absence=False)
SEEN = Receipt(remote_id="7")
BORN = Delivery(
    id="d",
    office="64.69",
    post=1,
    revision=1,
    digest="0" * 64,
    account="x",
    platform="x",
    state=State.SCHEDULED,
    due_at=BEGIN,
    next_at=BEGIN,
    late_after=BEGIN + 30 * MINUTE,
)

NOT_LIVE = (
    NotSent(detail="tak terkirim"),
    RateLimited(detail="tunggu", wait=3 * MINUTE),
    Rejected(code="x", detail="ditolak"),
    AccountBlocked(detail="token"),
)
ANSWERS = (*NOT_LIVE, Published(receipt=SEEN), Unknown(detail="hening"))
LOOKS = (Found(receipt=SEEN), Absent(), CannotTell(detail="tak terbaca"))


@dataclass(frozen=True)
class Moment:
    """One happening, `after` some minutes. People say times relative to their own."""

    after: int
    what: Happening | str

    def happening(self, now: datetime) -> Happening:
        match self.what:
            case "tried again":
                return TriedAgain(now, now + 30 * MINUTE)
            case "moved":
                return Moved(now + 5 * MINUTE, now + 35 * MINUTE)
            case "restored":
                return Restored(now - 7 * MINUTE)
        assert not isinstance(self.what, str)
        return self.what


_ANYTHING = st.sampled_from(
    [
        *["tried again", "moved", "restored", Intent(), TooLate(), Withdrawn("batal"), NotTheApproved("lain")],
        *[Verified(SEEN), PersonSaw(SEEN), PersonSaw(None), Interrupted("mati"), *ANSWERS, *map(LateAnswer, ANSWERS)],
        *LOOKS,
    ]
)
_UNANSWERED = (Unknown(detail="hening"), Interrupted("mati"), Interrupted("hening", sender_is_dead=False))
_PAUSE = st.sampled_from([0, 0, 1, 15])


def _told(*whats: object) -> st.SearchStrategy[list[Moment]]:
    """These, one after the other, each after its pause."""
    return st.tuples(*(st.builds(Moment, _PAUSE, st.sampled_from(what)) for what in whats)).map(list)  # type: ignore[arg-type]


_MOSTLY_ABSENT = (Absent(), Absent(), Absent(), *LOOKS)
_CHAPTERS = st.one_of(
    st.lists(st.builds(Moment, _PAUSE, _ANYTHING), min_size=1, max_size=3),
    _told(("moved", Intent()), (Intent(),), ANSWERS),
    _told((Intent(),), _UNANSWERED, *[_MOSTLY_ABSENT] * 3),
    _told((Intent(),), _UNANSWERED, _MOSTLY_ABSENT, [LateAnswer(answer) for answer in ANSWERS], *[_MOSTLY_ABSENT] * 3),
    _told(("restored",), _MOSTLY_ABSENT, ("restored", Intent(), Absent()), (Intent(),)),
)
HISTORIES = st.lists(_CHAPTERS, min_size=1, max_size=6).map(lambda chapters: [m for each in chapters for m in each])
SPECS = st.sampled_from([SPEC, MUTE])


@dataclass(frozen=True)
class Step:
    before: Delivery
    happening: Happening
    now: datetime
    after: Delivery


def played(history: list[Moment], spec: PlatformSpec) -> Iterator[Step]:
    """As the worker plays it: it looks at a platform only when the delivery says so; the unlawful does not happen."""
    now, delivery = BEGIN, BORN
    for moment in history:
        now += moment.after * MINUTE
        happening = moment.happening(now)
        if isinstance(happening, Found | Absent | CannotTell):
            if delivery.next_at is None:
                continue
            now = max(now, delivery.next_at)
        try:
            after = step(delivery, happening, now, spec)
        except UnlawfulMove:
            continue
        yield Step(delivery, happening, now, after)
        delivery = after


@settings(max_examples=300, deadline=None)
@given(HISTORIES, SPECS)
def test_a_second_call_needs_the_end_of_the_first(history: list[Moment], spec: PlatformSpec) -> None:
    """Surely not sent; or looked for until reads lag no more, with its sender dead; or a person has spoken."""
    called_at: datetime | None = None
    over = BEGIN  # when the call is over at the latest
    silent = False
    for one in played(history, spec):
        heard = one.happening.outcome if isinstance(one.happening, LateAnswer) else one.happening
        match heard:
            case Intent():
                assert called_at is None
                called_at, silent = one.now, False
                over = one.now + spec.guard + spec.answer_deadline
            case Interrupted(sender_is_dead=dead):
                silent = not dead
                over = over if one.now <= over else one.now + spec.answer_deadline
            case NotSent() | RateLimited() | AccountBlocked() | Rejected() if called_at:
                called_at = None
            case PersonSaw(None):
                called_at = None
            case Absent() if one.after.state is State.SCHEDULED and one.after.look_since is None and called_at:
                assert spec.proves_absence
                assert not silent
                assert one.now >= over + spec.read_back_waits[-1]
                called_at = None
            case Unknown():
                silent = False
                over = over if one.now <= over else one.now + spec.answer_deadline


_RESTORED_AND_NOT_PREPARED = [
    *[Moment(0, what) for what in ("restored", NotSent(detail="tak terkirim"), Absent())],
    *[Moment(0, what) for what in (Intent(), Unknown(detail="hening"), Absent(), Absent())],
]


@settings(max_examples=300, deadline=None)
@example(_RESTORED_AND_NOT_PREPARED, SPEC)
@given(HISTORIES, SPECS)
def test_after_a_restore_the_platform_or_a_person_speaks_before_anything_is_called(
    history: list[Moment], spec: PlatformSpec
) -> None:
    restored_at: datetime | None = None
    for one in played(history, spec):
        if isinstance(one.happening, Restored):
            restored_at = one.now
            assert one.after.look_since is not None
            assert one.after.look_since <= one.happening.taken_at
        elif isinstance(one.happening, Absent) and restored_at and one.after.look_since is None:
            assert one.now >= restored_at + spec.answer_deadline + spec.read_back_waits[-1]
        if one.after.look_since is None:
            restored_at = None
        assert not (isinstance(one.happening, Intent) and restored_at)


@settings(max_examples=300, deadline=None)
@given(HISTORIES, SPECS)
def test_nothing_is_forgotten(history: list[Moment], spec: PlatformSpec) -> None:
    """At every moment it is at rest and told, or a worker will look at it again, or its sender is at work."""
    for one in played(history, spec):
        assert one.after.at_rest or one.after.next_at is not None or one.after.state is State.SENDING


@settings(max_examples=300, deadline=None)
@given(HISTORIES, SPECS)
def test_it_stays_what_was_approved_and_never_goes_out_early(history: list[Moment], spec: PlatformSpec) -> None:
    for one in played(history, spec):
        for name in ("id", "office", "post", "revision", "digest", "account", "platform", "expires_at"):
            assert getattr(one.after, name) == getattr(BORN, name)
        if isinstance(one.happening, Intent):
            assert one.now >= one.before.due_at


@settings(max_examples=300, deadline=None)
@given(HISTORIES, SPECS)
def test_only_what_cannot_be_decided_is_asked(history: list[Moment], spec: PlatformSpec) -> None:
    """Of an attempt a person is asked only where absence proves nothing, or where the last look could not read."""
    for one in played(history, spec):
        if one.after.asks and one.after.state is State.UNCONFIRMED and not one.before.asks:
            blind = isinstance(one.happening, CannotTell) or not spec.proves_absence
            assert blind or one.before.unproven


@given(HISTORIES, SPECS)
def test_what_the_sender_brings_home_late_is_believed(history: list[Moment], spec: PlatformSpec) -> None:
    """Published is published, unless people have closed it or another attempt has ended; then it is no lawful move."""
    for one in played(history, spec):
        if one.after.state in {State.UNCONFIRMED, State.SCHEDULED, State.MISSED, State.FAILED}:
            believed = step(one.after, LateAnswer(Published(receipt=SEEN)), one.now, spec)
            assert (believed.state, believed.remote_id) == (State.PUBLISHED, SEEN.remote_id)
        elif one.after.state is not State.SENDING:
            with pytest.raises(UnlawfulMove):
                step(one.after, LateAnswer(Published(receipt=SEEN)), one.now, spec)
