"""Every fault, on every platform: how it ends, what the public saw, how often the call was made, who was asked.

Read `FAULTS` as a specification: what befalls one approved delivery, and how it ends. Where a platform cannot prove
that a post is absent (Telegram), what may have gone out is asked of a person instead of being sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, event, select
from sqlmodel import Session

from bakohumas_bot.demo.stage import free_port
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.blocked import try_access_again
from bakohumas_bot.lifecycle.freeze import freeze
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.platforms.deadlines import set_pace
from bakohumas_bot.store import outbox
from bakohumas_bot.store.tables import AccountPauseRow
from fault_columns import EVERY, At, Column
from office import OFFICE, TestOffice

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """After all waits. `calls`: how often the publishing call was made. `asked`: what people were asked to do."""

    state: str
    posts: int
    calls: int
    asked: str | None = None


ONCE = Ending(state="published", posts=1, calls=1)
AT_THE_SECOND_TRY = Ending(state="published", posts=1, calls=2)
REFUSED = Ending(state="failed", posts=0, calls=1)
NEVER = Ending(state="missed", posts=0, calls=0, asked="missed")
A_PERSON_LOOKS = Ending(state="unconfirmed", posts=0, calls=1, asked="unconfirmed")
A_PERSON_LOOKS_UNSENT = Ending(state="unconfirmed", posts=0, calls=0, asked="unconfirmed")
A_PERSON_RENEWS = Ending(state="published", posts=1, calls=2, asked="account")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`mute` is the ending where absence cannot be proven; `only` the platforms that are known to do this."""

    befalls: Callable[[At], None]
    ends: Ending
    mute: Ending | None = None
    only: frozenset[str] = field(default_factory=lambda: frozenset(EVERY))

    def ending(self, column: Column) -> Ending:
        return self.mute if self.mute is not None and not column.proves_absence else self.ends


# --- what befalls it ---


class Killed(BaseException):
    """Stands for SIGKILL: no handler of ours may catch it."""


def platform_says(mode: str, **more: float) -> Callable[[At], None]:
    def befall(at: At) -> None:
        at.office.fault(at.column.room, mode, **more)
        at.approve()
        at.office.go()

    return befall


def silence_after_accepting(at: At) -> None:
    """Only the live call is impatient: nobody waits half a minute here, and a busy machine may take its time."""
    at.office.fault(at.column.room, "timeout_after")
    at.approve()
    with _wrapped(at, "go_live", before=lambda: set_pace(1 / 50)):
        at.office.go()
    assert at.state == "unconfirmed"


def killed(*, call: str, before: bool = False, answered: bool = True) -> Callable[[At], None]:
    """The process dies just `before` or after the adapter's `call`; not `answered`: while it waited for the answer."""

    def befall(at: At) -> None:
        if not answered:
            at.office.fault(at.column.room, "drop_after")
        with _wrapped(at, call, before=_die if before else _nothing, after=_nothing if before else _die):
            at.approve()
            with pytest.raises(Killed):
                at.office.go()

    return befall


def refuses_connections(at: At) -> None:
    """Nobody listens at the platform's address, until somebody does again."""
    url, nobody = at.office.sandbox.url, f"http://127.0.0.1:{free_port()}"
    at.approve()
    at.rewrite(lambda table: table.replace(url, nobody))
    at.open_anew()
    at.office.go()
    assert at.state == "scheduled"
    at.rewrite(lambda table: table.replace(nobody, url))
    at.open_anew()


def token_is_refused_until_renewed(at: At) -> None:
    at.office.fault(at.column.room, "expired_token")
    at.approve()
    at.office.go()
    assert at.state == "scheduled"


def lost_answer_and_a_list_that_lags(at: At) -> None:
    """Absent at every look, so it is sent again; the platform itself knows better."""
    at.office.sandbox.platforms["x"].posts.lag = 3
    platform_says("drop_after")(at)


def sleeps_between_intent_and_call(at: At) -> None:
    """The process is paused for two minutes, twice its lease, with the intent on the disk and no byte sent."""
    at.approve()
    slept: list[datetime] = []

    def pause(_: Session) -> None:
        if not slept and at.state == "sending":
            slept.append(at.office.clock())
            at.office.clock.forward(2 * MINUTE)

    event.listen(Session, "after_commit", pause)
    at.office.go()
    event.remove(Session, "after_commit", pause)
    assert slept


def an_hour_passes(**more: timedelta) -> Callable[[At], None]:
    def befall(at: At) -> None:
        now = at.office.clock()
        at.approve(publish_at=now + MINUTE, **{name: now + after for name, after in more.items()})
        at.office.clock.forward(HOUR if not more else 3 * MINUTE)

    return befall


def frozen_past_its_hour(at: At) -> None:
    at.approve(publish_at=at.office.clock() + MINUTE)
    freeze(at.office.desk, at.office.person("sari"), OFFICE, "Ada kekeliruan.")
    at.office.go(5 * MINUTE)
    assert at.state == "scheduled"


def database_away(*, after: str) -> Callable[[At], None]:
    """From the end of the adapter's `after` on nothing can be written, and then the process ends."""

    def befall(at: At) -> None:
        desk = at.office.desk
        at.approve()
        desk.closing.set()  # it is told to stop, so it does not wait for the database
        with _read_only(at.office) as away, _wrapped(at, after, after=away.begin), suppress(Unavailable):
            at.office.go()
        assert away.met
        desk.closing.clear()

    return befall


def database_away_for_a_moment(at: At) -> None:
    """When the answer is to be stored, the first try fails."""
    at.approve()
    with _read_only(at.office, times=1) as away, _wrapped(at, "go_live", after=away.begin):
        at.office.go()
    assert away.met
    assert at.state == "published"


FAULTS = {
    "killed before the intent": Fault(befalls=killed(call="prepare"), ends=ONCE),
    "killed between the intent and the call": Fault(
        befalls=killed(call="go_live", before=True), ends=ONCE, mute=A_PERSON_LOOKS_UNSENT
    ),
    "killed after the call, before its answer": Fault(befalls=killed(call="go_live", answered=False), ends=ONCE),
    "killed after the answer, before it was stored": Fault(befalls=killed(call="go_live"), ends=ONCE),
    "accepted, then silence": Fault(befalls=silence_after_accepting, ends=ONCE),
    "500 after accepting": Fault(befalls=platform_says("error_after"), ends=ONCE),
    "dropped after the last byte": Fault(befalls=platform_says("drop_after"), ends=ONCE),
    "200 with garbage": Fault(befalls=platform_says("garbage_after"), ends=ONCE),
    "the page of a proxy": Fault(befalls=platform_says("html_after"), ends=ONCE),
    "dropped without being done": Fault(
        befalls=platform_says("drop_before"), ends=AT_THE_SECOND_TRY, mute=A_PERSON_LOOKS
    ),
    "500 without being done": Fault(befalls=platform_says("error_before"), ends=AT_THE_SECOND_TRY, mute=A_PERSON_LOOKS),
    "connection refused": Fault(befalls=refuses_connections, ends=ONCE),
    "rejected for good": Fault(befalls=platform_says("rejected"), ends=REFUSED),
    "expired token": Fault(befalls=token_is_refused_until_renewed, ends=A_PERSON_RENEWS),
    "rate limited": Fault(befalls=platform_says("rate_limited", seconds=60), ends=AT_THE_SECOND_TRY),
    "rate limited though it is live (4/2207051)": Fault(
        befalls=platform_says("spam_after"), ends=ONCE, only=frozenset({"instagram"})
    ),
    "refused as a duplicate after a lost answer": Fault(
        befalls=lost_answer_and_a_list_that_lags, ends=AT_THE_SECOND_TRY, only=frozenset({"x"})
    ),
    "paused for longer than the lease": Fault(befalls=sleeps_between_intent_and_call, ends=ONCE),
    "too late": Fault(befalls=an_hour_passes(), ends=NEVER),
    "past its validity": Fault(befalls=an_hour_passes(expires_at=2 * MINUTE), ends=NEVER),
    "frozen past its hour": Fault(befalls=frozen_past_its_hour, ends=NEVER),
    "the database away at the intent": Fault(befalls=database_away(after="prepare"), ends=ONCE),
    "the database away at the answer": Fault(befalls=database_away(after="go_live"), ends=ONCE),
    "the database away at the answer, for a moment": Fault(befalls=database_away_for_a_moment, ends=ONCE),
}
CELLS = [
    pytest.param(fault, column, id=f"{name}-{column.platform}")
    for name, fault in FAULTS.items()
    for column in EVERY.values()
    if column.platform in fault.only
]


@pytest.mark.parametrize(("fault", "column"), CELLS)
def test_it_ends_public_once_or_not_at_all_or_a_person_is_asked(
    fault: Fault, column: Column, office: TestOffice
) -> None:
    at = At(office, column)
    fault.befalls(at)
    _let_all_waits_pass(at)
    ending = Ending(state=at.state, posts=at.public(), calls=at.live_calls(), asked=_asked(office))
    assert ending == fault.ending(column)
    office.go(3 * HOUR)
    assert at.public() == ending.posts


# --- how it is done ---


def _nothing() -> None:
    """Nothing happens here."""


def _die() -> None:
    raise Killed


@contextmanager
def _wrapped(
    at: At, call: str, *, before: Callable[[], object] = _nothing, after: Callable[[], object] = _nothing
) -> Iterator[None]:
    """Something happens just before or after the adapter's `call`; usual patience afterwards."""
    adapter = at.office.desk.adapters[at.column.account]
    real = getattr(adapter, call)

    def wrapped(job: Job) -> object:
        before()
        answer = real(job)
        after()
        return answer

    setattr(adapter, call, wrapped)
    try:
        yield
    finally:
        delattr(adapter, call)
        set_pace(1)


@dataclass
class Away:
    """A database that reads but does not write, for so many transactions once it has begun."""

    times: float
    left: float = 0
    met: int = 0

    def begin(self) -> None:
        self.left = self.times

    def at_begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get("reading") or self.left <= 0:
            return
        self.left -= 1
        self.met += 1
        postgresql = connection.dialect.name == "postgresql"
        connection.exec_driver_sql("SET TRANSACTION READ ONLY" if postgresql else "PRAGMA query_only=ON")


@contextmanager
def _read_only(office: TestOffice, times: float = float("inf")) -> Iterator[Away]:
    engine, away = office.desk.store.engine, Away(times)

    def at_end(connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only=OFF")

    event.listen(engine, "begin", away.at_begin)
    event.listen(engine, "rollback", at_end)
    yield away
    event.remove(engine, "begin", away.at_begin)
    event.remove(engine, "rollback", at_end)


def _let_all_waits_pass(at: At) -> None:
    """Moment by moment, as a worker would wake, until nothing is planned any more."""
    for _ in range(30):
        at.office.go()
        moments = [moment for moment in _planned(at) if moment > at.office.clock()]
        if not moments:
            return
        at.office.clock.at = min(moments)
        try_access_again(at.office.desk)
    raise AssertionError(f"{at.state} never comes to rest")


def _planned(at: At) -> list[datetime]:
    delivery = at.office.deliveries(at.post)[at.column.account]
    if delivery.next_at is None:
        return []
    with at.office.desk.store.reading() as tx:
        rests = [row.until for row in tx.execute(select(AccountPauseRow)).scalars()]
    return [delivery.next_at, delivery.too_late_at, *rests]


def _asked(office: TestOffice) -> str | None:
    with office.desk.store.reading() as tx:
        kinds = {row.kind for row in outbox.unsent(tx)} & {"unconfirmed", "missed", "account"}
    assert len(kinds) <= 1, kinds
    return kinds.pop() if kinds else None
