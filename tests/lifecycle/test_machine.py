"""Any order of the people's acts, the worker's rounds, kills and faults: what must never happen never happens.

A failing history is printed as a program of these rules, shrunk to the shortest that still fails.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import LAWFUL, Delivery, State
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.freeze import freeze, lift
from bakohumas_bot.lifecycle.resolve import resolve
from bakohumas_bot.lifecycle.schedule import cancel, reschedule, retry
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.lifecycle.worker import work_off
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.sandbox.core import Entry
from bakohumas_bot.store import deliveries, freezes, posts, record
from bakohumas_bot.store.tables import EventRow
from office import FACEBOOK, OFFICE, TELEGRAM, TEXT, TestOffice, X, open_office

MINUTE = timedelta(minutes=1)
ACCOUNTS = st.sampled_from([(X,), (TELEGRAM,), (FACEBOOK,), (X, TELEGRAM, FACEBOOK)])
ROOMS = st.sampled_from(["x", "telegram", "graph"])
FAULTS = st.sampled_from(
    [
        "drop_before",
        "error_before",
        "drop_after",
        "error_after",
        "garbage_after",
        "html_after",
        "rate_limited",
        "rejected",
    ]
)
WHICH = st.integers(min_value=0, max_value=7)  # of the posts there are, counted from the newest


class Killed(BaseException):
    """SIGKILL, as far as a thread can have it: nothing behind it is done any more."""


class Office(RuleBasedStateMachine):
    """An office with one operator, one leader and a worker; and everything that their platforms really show."""

    def __init__(self) -> None:
        super().__init__()
        self._leaving = ExitStack()
        folder = self._leaving.enter_context(tempfile.TemporaryDirectory())
        self.office: TestOffice = self._leaving.enter_context(open_office(Path(folder)))
        self.posts: list[int] = []
        self.texts: dict[str, tuple[int, int]] = {}  # words -> post and revision
        self.approved: set[tuple[int, int]] = set()
        self.void: set[tuple[int, int]] = set()
        self.shown = 0  # how much of the ledger was seen before this rule
        self.standing: dict[str, State] = {}
        self.read = 0  # how much of the record was read

    def teardown(self) -> None:
        try:
            self._comes_to_rest()
        finally:
            self._leaving.close()

    # --- what people do ---

    @rule(accounts=ACCOUNTS, minutes=st.sampled_from([None, 2, 20]))
    def draft(self, accounts: tuple[str, ...], minutes: int | None) -> None:
        at = self.office.clock() + minutes * MINUTE if minutes else None
        revision = self.office.draft(self._new_words(), accounts=accounts, publish_at=at)
        self.posts.insert(0, revision.post)
        self._keep(revision)

    @rule(accounts=ACCOUNTS, minutes=st.sampled_from([None, 2, 20]))
    def draft_submit_and_approve(self, accounts: tuple[str, ...], minutes: int | None) -> None:
        self.draft(accounts, minutes)
        self.submit(0)
        self.approve(0)

    @precondition(lambda self: self.posts)
    @rule(which=WHICH)
    def edit(self, which: int) -> None:
        post, words = self._post(which), self._new_words()
        with suppress(Refused):
            revision = revise(self.office.desk, self.office.person("sari"), post, lambda c: replace(c, body=words))
            self.void |= {known for known in self.texts.values() if known[0] == post}
            self._keep(revision)

    @precondition(lambda self: self.posts)
    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        with suppress(Refused):
            submit(self.office.desk, self.office.person("sari"), self._post(which))

    @precondition(lambda self: self.posts)
    @rule(which=WHICH)
    def approve(self, which: int) -> None:
        self._decide(which, Verdict.APPROVE)

    @precondition(lambda self: self.posts)
    @rule(which=WHICH, verdict=st.sampled_from([Verdict.REJECT, Verdict.REVISE]))
    def refuse(self, which: int, verdict: Verdict) -> None:
        self._decide(which, verdict)

    @precondition(lambda self: self.posts)
    @rule(which=WHICH, minutes=st.sampled_from([0, 3, 60]))
    def schedule(self, which: int, minutes: int) -> None:
        with suppress(Refused):
            at = self.office.clock() + minutes * MINUTE
            reschedule(self.office.desk, self.office.person("dewi"), self._post(which), at)

    @precondition(lambda self: self.posts)
    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        with suppress(Refused):
            cancel(self.office.desk, self.office.person("sari"), self._post(which), "batal")

    @precondition(lambda self: self.posts)
    @rule(which=WHICH)
    def retry(self, which: int) -> None:
        with suppress(Refused):
            retry(self.office.desk, self.office.person("dewi"), self._post(which), "coba lagi")

    @precondition(lambda self: not self.frozen)
    @rule()
    def freeze(self) -> None:
        freeze(self.office.desk, self.office.person("sari"), OFFICE, "salah unggah")

    @precondition(lambda self: self.frozen)
    @rule()
    def ask_to_lift_the_freeze(self) -> None:
        with suppress(Refused):
            lift(self.office.desk, self.office.person("rahmat"), OFFICE, "sudah beres")

    @precondition(lambda self: self.frozen)
    @rule()
    def confirm_that_it_is_lifted(self) -> None:
        with suppress(Refused):
            lift(self.office.desk, self.office.person("dewi"), OFFICE, "sudah beres")

    @precondition(lambda self: self._asking())
    @rule()
    def answer_after_looking(self) -> None:
        """Truthfully: what the platform shows."""
        for delivery in self._asking():
            public = any(self._is_of(entry, delivery) for entry in self._public())
            resolve(self.office.desk, self.office.person("sari"), delivery.id, published=public)

    # --- what befalls ---

    @rule(minutes=st.sampled_from([1, 2, 6, 31]))
    def time_passes(self, minutes: int) -> None:
        self.office.clock.forward(minutes * MINUTE)

    @rule()
    def the_worker_works(self) -> None:
        self.office.go()

    @rule(minutes=st.sampled_from([1, 2, 9]))
    def the_worker_works_later(self, minutes: int) -> None:
        self.office.go(minutes * MINUTE)

    @rule(room=ROOMS, mode=FAULTS, operation=st.sampled_from(["live", "live", "*"]))
    def a_platform_will_fail(self, room: str, mode: str, operation: str) -> None:
        self.office.fault(room, mode, operation)

    @rule(account=st.sampled_from([X, TELEGRAM, FACEBOOK]), before=st.booleans())
    def the_worker_is_killed_at_the_call(self, account: str, before: bool) -> None:
        """After its intent: just before the call, or with the answer in its hand."""
        adapter = self.office.desk.adapters.get(account)
        if adapter is None:
            return
        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            patch.setattr(adapter, "go_live", _dying(adapter.go_live, before=before))
            work_off(self.office.desk)

    # --- what must hold after each of them ---

    @invariant()
    def nothing_is_public_without_an_approval_of_these_very_words(self) -> None:
        for entry in self._public():
            assert self.texts[entry.text] in self.approved

    @invariant()
    def nothing_that_was_withdrawn_by_an_edit_appears_later(self) -> None:
        public = self._public()
        for entry in public[self.shown :]:
            assert self.texts[entry.text] not in self.void
            assert not self.frozen
        self.shown = len(public)

    @invariant()
    def nothing_is_public_twice(self) -> None:
        shown = Counter((entry.text, entry.platform) for entry in self._public())
        assert [which for which, times in shown.items() if times > 1] == []

    @invariant()
    def the_books_agree_with_the_platforms(self) -> None:
        for delivery in self._deliveries():
            public = any(self._is_of(entry, delivery) for entry in self._public())
            if delivery.state is State.PUBLISHED:
                assert public
            if delivery.state in {State.SCHEDULED, State.MISSED, State.FAILED, State.CANCELLED}:
                assert not public

    @invariant()
    def the_chain_holds_and_every_move_is_lawful(self) -> None:
        with self.office.desk.store.reading() as tx:
            _, broken = record.verify(tx)
            assert broken == []
            query = select(EventRow).where(EventRow.delivery.is_not(None), EventRow.id > self.read)  # type: ignore[union-attr, operator]
            events = tx.execute(query.order_by(EventRow.id)).scalars().all()  # type: ignore[arg-type]
        for event in events:
            said, id_ = record.data_of(event), str(event.delivery)
            self.read = event.id or 0
            if "after" in said:
                before, after = State(said["before"]), State(said["after"])
                assert self.standing.get(id_, State.SCHEDULED) is before
                assert after is before or after in LAWFUL[before]
                self.standing[id_] = after

    @invariant()
    def the_platforms_noticed_no_departure(self) -> None:
        assert self.office.sandbox.world.violations == []

    def _comes_to_rest(self) -> None:
        """In the end, with platforms that work and people who answer, nothing is left hanging."""
        self.office.sandbox.world.faults.clear()
        for name in ("rahmat", "dewi"):
            with suppress(Refused):
                lift(self.office.desk, self.office.person(name), OFFICE, "selesai")
        for _ in range(12):
            self.office.go(11 * MINUTE)
            self.answer_after_looking()
            if all(delivery.at_rest for delivery in self._deliveries()):
                break
        assert [delivery for delivery in self._deliveries() if not delivery.at_rest] == []
        self.nothing_is_public_twice()
        self.the_books_agree_with_the_platforms()
        self.the_chain_holds_and_every_move_is_lawful()

    # --- what the rules and the invariants look at ---

    @property
    def frozen(self) -> bool:
        with self.office.desk.store.reading() as tx:
            return OFFICE in freezes.in_force(tx)

    def _new_words(self) -> str:
        return f"{TEXT} Pengumuman ke-{len(self.texts) + 1}."

    def _keep(self, revision: Revision) -> None:
        self.texts[revision.content.body] = (revision.post, revision.number)

    def _post(self, which: int) -> int:
        return self.posts[min(which, len(self.posts) - 1)]

    def _decide(self, which: int, verdict: Verdict) -> None:
        desk, post = self.office.desk, self._post(which)
        with desk.store.reading() as tx:
            revision = posts.latest(tx, post)
        with suppress(Refused):
            decide(desk, self.office.person("dewi"), post, verdict, digest=revision.digest, reason="karena")
            if verdict is Verdict.APPROVE:
                self.approved.add((post, revision.number))

    def _deliveries(self) -> list[Delivery]:
        with self.office.desk.store.reading() as tx:
            return deliveries.everything(tx)

    def _asking(self) -> list[Delivery]:
        return [d for d in self._deliveries() if d.asks and d.state is State.UNCONFIRMED]

    def _public(self) -> list[Entry]:
        return self.office.sandbox.world.ledger

    def _is_of(self, entry: Entry, delivery: Delivery) -> bool:
        return (
            self.texts[entry.text] == (delivery.post, delivery.revision)
            and entry.platform == _SHOWN_AS[delivery.account]
        )


_SHOWN_AS = {X: "x", TELEGRAM: "telegram", FACEBOOK: "facebook"}


def _dying(go_live: Callable[[Job], Any], *, before: bool) -> Callable[[Job], Any]:
    def call(job: Job) -> Any:
        if not before:
            go_live(job)
        raise Killed

    return call


TestMachine = Office.TestCase
TestMachine.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
