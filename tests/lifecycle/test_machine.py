"""Any order of the people's acts, the worker's rounds, kills and faults: what must never happen never happens.

A failing history is printed as a program of these rules, shrunk to the shortest that still fails. Chance alone seldom
brings together what is dangerous only together, so many rules begin with a post that is due, and every history with one
of the dangers in an office where nothing else has happened yet.

`BAKOHUMAS_HISTORIES=500 pytest tests/lifecycle/test_machine.py --hypothesis-seed=7` plays other and more histories.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, select
from sqlmodel import col

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import LAWFUL, Delivery, State
from bakohumas_bot.domain.pauses import Pause, PauseKind
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.blocked import try_access_again
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.freeze import freeze, lift
from bakohumas_bot.lifecycle.resolve import resolve
from bakohumas_bot.lifecycle.restore import restore
from bakohumas_bot.lifecycle.schedule import cancel, reschedule, retry
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.lifecycle.worker import PACE, work_off
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.sandbox.core import Entry
from bakohumas_bot.store import audit, deliveries, freezes, pauses, posts, record
from bakohumas_bot.store.tables import DecisionRow, EventRow, RevisionRow
from bakohumas_bot.store.workers import membership
from moving import taken
from office import FACEBOOK, OFFICE, TELEGRAM, TEXT, TestOffice, X, on_a_machine, open_office

MINUTE = timedelta(minutes=1)
ACCOUNTS = st.sampled_from([(X,), (TELEGRAM,), (FACEBOOK,), (X, TELEGRAM, FACEBOOK)])
ACCOUNT = st.sampled_from([X, TELEGRAM, FACEBOOK])
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
        "expired_token",
    ]
)
WHICH = st.integers(min_value=0, max_value=7)  # of the posts there are, counted from the newest


class Killed(BaseException):
    """SIGKILL, as far as a thread can have it: nothing behind it is done any more."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A file, and what was known when it was written."""

    file: Path
    posts: list[int]
    texts: dict[str, tuple[int, int]]
    planned: dict[str, set[str]]
    void: set[str]


class Office(RuleBasedStateMachine):
    """An office with its people and a worker; and everything that their platforms really show."""

    def __init__(self) -> None:
        super().__init__()
        self._leaving = ExitStack()
        folder = Path(self._leaving.enter_context(tempfile.TemporaryDirectory()))
        self.office: TestOffice = self._leaving.enter_context(open_office(folder))
        _live_by(self.office)
        self.posts: list[int] = []
        self.texts: dict[str, tuple[int, int]] = {}  # words -> post and revision, as this machine knows them
        self.written = 0
        self.approved: set[str] = set()  # by anybody, on any machine
        self.planned: dict[str, set[str]] = {}  # approved words -> their accounts
        self.void: set[str] = set()  # edited since
        self.backup: Backup | None = None
        self.backups = 0
        self.moved = False
        self.shown = 0  # how much of the ledger was seen before this rule
        self.rests: dict[str, Pause] = {}  # as they were before this rule
        self.proved = False  # access was tried again in this rule
        self.standing: dict[str, State] = {}
        self.read = 0  # how much of the record was read

    def teardown(self) -> None:
        try:
            self._comes_to_rest()
        finally:
            self._leaving.close()

    @initialize(danger=st.sampled_from(range(9)), account=ACCOUNT)
    def begin(self, danger: int, account: str) -> None:
        match danger:
            case 0:
                self.the_worker_is_killed_and_another_takes_over(account, "after the call")
            case 1:
                self.an_answer_is_lost_and_the_lists_lag(account, "drop_after")
            case 2:
                self.something_happens_between_the_claim_and_the_call((account,), "freeze")
            case 3:
                self.something_happens_between_the_claim_and_the_call((account,), "move")
            case 4:
                self.what_may_be_public_is_frozen_and_freed(account)
            case 5:
                self.somebody_changes_the_database_behind_the_desk((account,), "the words")
            case 6:
                self.somebody_changes_the_database_behind_the_desk((account,), "the decision")
            case 7:
                self.an_account_is_told_to_rest_and_has_more_to_say(account, limit=True)
            case _:
                self.a_backup_is_taken_before_something_goes_out((account,), sent=True)
                self.the_machine_is_lost_and_its_backup_restored()

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
            self.void |= {known for known, (of, _) in self.texts.items() if of == post}
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
            resolve(self.office.desk, self.office.person("sari"), delivery.id, published=self._is_public(delivery))

    @rule()
    def say_that_it_is_there_before_being_asked(self) -> None:
        for delivery in self._deliveries():
            if delivery.state is State.UNCONFIRMED and self._is_public(delivery):
                resolve(self.office.desk, self.office.person("rahmat"), delivery.id, published=True)

    # --- what befalls ---

    @rule(minutes=st.sampled_from([1, 2, 6, 31]))
    def time_passes(self, minutes: int) -> None:
        self.office.clock.forward(minutes * MINUTE)

    @rule()
    def the_worker_works(self) -> None:
        self.office.go()

    @rule(minutes=st.sampled_from([1, 2, 9, 11]))
    def the_worker_works_later(self, minutes: int) -> None:
        self._goes_on(minutes * MINUTE)

    @rule(account=ACCOUNT, mode=FAULTS, operation=st.sampled_from(["live", "live", "*"]))
    def a_platform_will_fail(self, account: str, mode: str, operation: str) -> None:
        self.office.fault(_ROOM[account], mode, operation)

    @rule(account=ACCOUNT, mode=FAULTS)
    def a_platform_fails_at_the_call(self, account: str, mode: str) -> None:
        self.draft_submit_and_approve((account,), None)
        self.office.fault(_ROOM[account], mode, seconds=300)
        self.office.go()

    @rule(account=ACCOUNT, mode=st.sampled_from(["drop_after", "garbage_after"]))
    def an_answer_is_lost_and_the_lists_lag(self, account: str, mode: str) -> None:
        """The first look misses it; the next two come in time, or late."""
        self.a_platform_fails_at_the_call(account, mode)
        self._goes_on(2 * MINUTE)

    @rule(account=ACCOUNT, moment=st.sampled_from(["before its intent", "before the call", "after the call"]))
    def the_worker_is_killed(self, account: str, moment: str) -> None:
        self.draft_submit_and_approve((account,), None)
        self._is_killed(account, moment)

    @rule(account=ACCOUNT, moment=st.sampled_from(["before the call", "after the call"]))
    def the_worker_is_killed_and_another_takes_over(self, account: str, moment: str) -> None:
        self.the_worker_is_killed(account, moment)
        self.office.go(MINUTE)

    @rule(accounts=ACCOUNTS, what=st.sampled_from(["freeze", "freeze", "edit", "cancel", "move", "refuse"]))
    def something_happens_between_the_claim_and_the_call(self, accounts: tuple[str, ...], what: str) -> None:
        self.draft_submit_and_approve(accounts, None)
        with membership(self.office.desk.store, self.office.clock, PACE.lease) as member:
            claimed = self.office.claimed(member.id)
            match what:
                case "freeze" if not self.frozen:
                    self.freeze()
                case "edit":
                    self.edit(0)
                case "cancel":
                    self.cancel(0)
                case "move":
                    self.schedule(0, 3)
                case _:
                    self.refuse(0, Verdict.REVISE)
            for delivery in claimed:
                attend(self.office.desk, delivery, member.id)

    @rule(accounts=ACCOUNTS)
    def two_workers_look_at_the_queue(self, accounts: tuple[str, ...]) -> None:
        self.draft_submit_and_approve(accounts, None)
        with membership(self.office.desk.store, self.office.clock, PACE.lease):
            first, second = self.office.claimed("satu"), self.office.claimed("dua")
            for worker, claimed in (("dua", second), ("satu", first)):
                for delivery in claimed:
                    attend(self.office.desk, delivery, worker)
        assert not {d.id for d in first} & {d.id for d in second}, "one claim, one worker"

    @precondition(lambda self: not self.frozen)
    @rule(account=ACCOUNT)
    def what_may_be_public_is_frozen_and_freed(self, account: str) -> None:
        """Nothing was sent, but nobody knows it yet: it comes back to the queue after the freeze."""
        self.a_platform_fails_at_the_call(account, "drop_before")
        self.freeze()
        self.office.clock.forward(MINUTE)
        self.ask_to_lift_the_freeze()
        self.confirm_that_it_is_lifted()

    @rule(accounts=ACCOUNTS, what=st.sampled_from(["the words", "the decision"]))
    def somebody_changes_the_database_behind_the_desk(self, accounts: tuple[str, ...], what: str) -> None:
        """Nobody has said yes to what stands there now. People leave that post alone afterwards."""
        self.draft_submit_and_approve(accounts, 2)
        post = self.posts.pop(0)
        words = next(words for words, (of, _) in self.texts.items() if of == post)
        self.approved.discard(words)
        self.planned.pop(words, None)
        with self.office.desk.store.writing() as tx:
            if what == "the words":
                row = tx.execute(select(RevisionRow).where(col(RevisionRow.post_id) == post)).scalar_one()
                row.content = row.content | {"body": self._new_words()}
            else:
                tx.execute(delete(DecisionRow).where(col(DecisionRow.post_id) == post))
        self._goes_on(2 * MINUTE)

    @rule(account=ACCOUNT, limit=st.booleans())
    def an_account_is_told_to_rest_and_has_more_to_say(self, account: str, limit: bool) -> None:
        self.a_platform_fails_at_the_call(account, "rate_limited" if limit else "expired_token")
        self.draft_submit_and_approve((account,), None)

    @precondition(lambda self: not self.moved)
    @rule()
    def a_backup_is_taken(self) -> None:
        self.backups += 1
        self.backup = Backup(
            file=taken(self.office, f"cadangan-{self.backups}.tar"),
            posts=list(self.posts),
            texts=dict(self.texts),
            planned=dict(self.planned),
            void=set(self.void),
        )

    @precondition(lambda self: not self.moved)
    @rule(accounts=ACCOUNTS, sent=st.booleans())
    def a_backup_is_taken_before_something_goes_out(self, accounts: tuple[str, ...], sent: bool) -> None:
        self.draft_submit_and_approve(accounts, 2)
        self.a_backup_is_taken()
        if sent:
            self._goes_on(2 * MINUTE)

    @precondition(lambda self: self.backup is not None and not self.moved)
    @rule()
    def the_machine_is_lost_and_its_backup_restored(self) -> None:
        """Once in a history. What the old machine did since then, the new one does not know."""
        backup, old = self.backup, self.office
        assert backup is not None
        self.office = self._leaving.enter_context(on_a_machine(old.folder / "baru", old.sandbox, old.clock))
        restore(self.office.desk, backup.file)
        _lag(self.office, 0)  # by the time that a restored office looks, reads lag no more
        self.posts, self.texts, self.planned, self.void = backup.posts, backup.texts, backup.planned, backup.void
        self.moved, self.rests, self.standing, self.read = True, {}, {}, 0

    # --- what must hold after each of them ---

    @invariant()
    def nothing_is_public_without_an_approval_of_these_very_words(self) -> None:
        assert {entry.text for entry in self._public()} <= self.approved

    @invariant()
    def what_appears_was_neither_edited_nor_frozen_nor_at_rest(self) -> None:
        new = self._public()[self.shown :]
        with self.office.desk.store.reading() as tx:
            lifted = freezes.lifted(tx).get(OFFICE, LONG_AGO)
            rests = {rest.account: rest for rest in pauses.in_force(tx, self.office.clock())}
        for entry in new:
            assert entry.text not in self.void
            assert lifted is not None, "frozen"
            (delivery,) = (d for d in self._deliveries() if self._is_of(entry, d))
            assert delivery.due_at <= self.office.clock(), "before its hour"
            assert delivery.due_at >= lifted.replace(second=0, microsecond=0), "held by a freeze, and nobody was asked"
            assert not self._rested(delivery.account)
        self.shown, self.rests, self.proved = len(self._public()), rests, False

    @invariant()
    def what_was_approved_is_planned_on_each_of_its_accounts(self) -> None:
        rows = self._deliveries()
        for words, accounts in self.planned.items():
            assert {d.account for d in rows if (d.post, d.revision) == self.texts[words]} == accounts

    @invariant()
    def nothing_is_public_twice(self) -> None:
        shown = Counter((entry.text, entry.platform) for entry in self._public())
        assert [which for which, times in shown.items() if times > 1] == []

    @invariant()
    def the_books_agree_with_the_platforms(self) -> None:
        for delivery in self._deliveries():
            if delivery.state is State.PUBLISHED:
                assert self._is_public(delivery)
            if delivery.state is State.FAILED:
                assert delivery.error, "people are told why"
            if delivery.state in NOT_PUBLIC and delivery.look_since is None:  # restored: nobody has looked yet
                assert not self._is_public(delivery)

    @invariant()
    def the_chain_holds_and_every_move_is_lawful(self) -> None:
        with self.office.desk.store.reading() as tx:
            _, broken = audit.verify(tx)
            assert broken == []
            query = select(EventRow).where(col(EventRow.delivery).is_not(None), col(EventRow.id) > self.read)
            events = tx.execute(query.order_by(col(EventRow.id))).scalars().all()
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
            self._goes_on(11 * MINUTE)
            self.answer_after_looking()
            if all(delivery.at_rest for delivery in self._deliveries()):
                break
        assert [delivery for delivery in self._deliveries() if not delivery.at_rest] == []
        self.nothing_is_public_without_an_approval_of_these_very_words()
        self.what_appears_was_neither_edited_nor_frozen_nor_at_rest()
        self.nothing_is_public_twice()
        self.the_books_agree_with_the_platforms()
        self.the_chain_holds_and_every_move_is_lawful()

    # --- what the rules and the invariants look at ---

    @property
    def frozen(self) -> bool:
        with self.office.desk.store.reading() as tx:
            return OFFICE in freezes.in_force(tx)

    def _new_words(self) -> str:
        self.written += 1
        return f"{TEXT} Pengumuman ke-{self.written}."

    def _goes_on(self, by: timedelta) -> None:
        """As a worker that was left alone."""
        self.office.clock.forward(by)
        self.proved = True
        try_access_again(self.office.desk)
        self.office.go()

    def _is_killed(self, account: str, moment: str) -> None:
        adapter = self.office.desk.adapters.get(account)
        if adapter is None:  # its access was refused: it is opened anew when it is needed
            return
        act = "prepare" if moment == "before its intent" else "go_live"
        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            patch.setattr(adapter, act, _dying(getattr(adapter, act), before=moment != "after the call"))
            work_off(self.office.desk)

    def _rested(self, account: str) -> bool:
        """It was told to rest before this rule, and rests still."""
        rest = self.rests.get(account)
        if rest is None:
            return False
        return not self.proved if rest.kind is PauseKind.BLOCKED else rest.until > self.office.clock()

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
                self.approved.add(revision.content.body)
                self.planned[revision.content.body] = set(revision.content.accounts)

    def _deliveries(self) -> list[Delivery]:
        with self.office.desk.store.reading() as tx:
            return deliveries.everything(tx)

    def _asking(self) -> list[Delivery]:
        return [d for d in self._deliveries() if d.asks and d.state is State.UNCONFIRMED]

    def _public(self) -> list[Entry]:
        return self.office.sandbox.world.ledger

    def _is_public(self, delivery: Delivery) -> bool:
        return any(self._is_of(entry, delivery) for entry in self._public())

    def _is_of(self, entry: Entry, delivery: Delivery) -> bool:
        known = self.texts.get(entry.text)
        return known == (delivery.post, delivery.revision) and entry.platform == _SHOWN_AS[delivery.account]


NOT_PUBLIC = {State.SCHEDULED, State.MISSED, State.FAILED, State.CANCELLED}
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_ROOM = {X: "x", TELEGRAM: "telegram", FACEBOOK: "graph"}
_SHOWN_AS = {X: "x", TELEGRAM: "telegram", FACEBOOK: "facebook"}


def _live_by(office: TestOffice) -> None:
    """Platforms that go by the office's clock, with lists that lag, and without nets that they do not promise."""
    x = office.sandbox.platforms["x"]
    x._now = x.posts._now = lambda: office.clock().timestamp()
    x.posts.refuses_duplicates = False
    office.sandbox.platforms["graph"].state.clock = office.clock
    _lag(office, 1)


def _lag(office: TestOffice, reads: int) -> None:
    x, graph = office.sandbox.platforms["x"], office.sandbox.platforms["graph"].state
    x.posts.lag = graph.settings.unseen_reads = reads
    for post in x.posts.posts.values():
        post.unseen_reads = min(reads, post.unseen_reads)
    for node in graph.nodes.values():
        if hasattr(node, "unseen"):
            node.unseen = min(reads, node.unseen)


def _dying(go_live: Callable[[Job], Any], *, before: bool) -> Callable[[Job], Any]:
    def call(job: Job) -> Any:
        if not before:
            go_live(job)
        raise Killed

    return call


HISTORIES = os.environ.get("BAKOHUMAS_HISTORIES")
TestMachine = pytest.mark.timeout(3600 if HISTORIES else 600)(Office.TestCase)
TestMachine.settings = settings(
    max_examples=int(HISTORIES or 40),
    stateful_step_count=12,
    deadline=None,
    derandomize=HISTORIES is None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
