"""The worker: claims what is due, hands it to each platform's senders, and sleeps until the next hour.

The database is the queue; APScheduler only wakes the worker. One platform that hangs delays no other, and the posts
of one account go out in order.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.errors import DeskError, Unavailable
from bakohumas_bot.lifecycle import people, reporting
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.blocked import try_access_again
from bakohumas_bot.lifecycle.clerk import Clerk
from bakohumas_bot.lifecycle.clockwatch import SKEW, ClockWatch
from bakohumas_bot.lifecycle.deliver import Answer, How
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.reconcile import recover
from bakohumas_bot.lifecycle.senders import Senders
from bakohumas_bot.lifecycle.tidy import tidy_up
from bakohumas_bot.store import door, journal, queue
from bakohumas_bot.store.only_worker import AlreadyRunning
from bakohumas_bot.store.workers import Expelled, Membership, membership

log = logging.getLogger("bakohumas.worker")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """`ahead`: uploads begin this long before the hour. `margin`: given up before the lease is. `senders` per platform.

    `poll` is short, so that another process can say "now". `skew`: nothing is begun by a clock that differs more from
    the one all hosts share.
    """

    ahead: timedelta = timedelta(minutes=10)
    lease: timedelta = timedelta(seconds=60)
    margin: timedelta = timedelta(seconds=10)
    beat: timedelta = timedelta(seconds=15)
    poll: timedelta = timedelta(milliseconds=250)
    sweep: timedelta = timedelta(seconds=15)
    senders: int = 16
    skew: timedelta = SKEW


PACE = Pace()


def work_off(desk: Desk) -> int:
    """Attends to everything that is due now, one after the other, in this thread. Answers how many."""
    with membership(desk.store, desk.now, PACE.lease) as member:
        recover(desk, member, at_work=frozenset)
        count = 0
        while claimed := _claimed_once(desk, member.id):
            for delivery in claimed:
                attend(desk, delivery, member.id)
            count += len(claimed)
        return count


def _claimed_once(desk: Desk, worker: str) -> list[Delivery]:
    now, ahead = desk.now(), timedelta()
    with desk.store.writing() as tx:
        wanted = [queue.Wanted(platform=platform, limit=100) for platform in desk.specs]
        return [d for one in wanted for d in queue.claim(tx, one, worker=worker, now=now, ahead=ahead)]


class Worker:
    """Runs until `stop` is called. One per process."""

    def __init__(self, desk: Desk, pace: Pace = PACE) -> None:
        self._desk, self._pace = desk, pace
        desk.closing.clear()
        self._clock = ClockWatch(desk.now, desk.steady, pace.skew)
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._at_work: dict[int, Delivery] = {}  # by claim: one delivery may be claimed again before its thread is done
        self._load: Counter[str] = Counter()  # how many of them each platform has
        self._hungry: set[str] = set()  # platforms whose senders will soon have nothing to do
        self._looked_at = float("-inf")
        self._alarm_at: datetime | None = None
        platforms = {account.platform for account in desk.directory.accounts.values()}
        self._senders = Senders(own=pace.senders, together=pace.senders * max(1, len(platforms)))
        self._clerk = Clerk(desk, self._done, slow=pace.senders)
        self._member: Membership | None = None
        self._fit_until = float("-inf")

    def stop(self) -> None:
        """What is under way is finished; nothing new is begun."""
        self._desk.closing.set()
        self._wake.set()

    def run(self) -> None:
        """Raises `AlreadyRunning` when another worker of an embedded database lives; other trouble is waited out."""
        try:
            while not self._desk.closing.is_set():
                try:
                    self._serve_as_member()
                except AlreadyRunning:
                    raise
                except Unavailable as error:
                    log.error("no work for now: %s", error)  # noqa: TRY400 - one line, no traceback
                    self._desk.closing.wait(1)
        finally:
            self._finish_what_is_under_way()

    def _serve_as_member(self) -> None:
        begun = self._desk.steady()  # before the others count from
        with membership(self._desk.store, self._desk.now, self._pace.lease) as member:
            self._is_fit_from(begun)
            self._member = member
            self._beat()  # before anything is begun, our clock is compared with the one that all hosts share
            found = recover(self._desk, member, at_work=self._busy)
            if found:
                log.warning("%s deliveries were interrupted and will be looked up", found)
            alarm, self._alarm_at = self._alarm_clock(), None
            try:
                while not self._desk.closing.is_set() and self._member is member:
                    self._look_after_the_queue(alarm)
                    self._wake.wait(self._pace.poll.total_seconds())
                    self._wake.clear()
            finally:
                alarm.shutdown(wait=False)
                if self._desk.closing.is_set():
                    self._finish_what_is_under_way()

    def _finish_what_is_under_way(self) -> None:
        """The membership, and with it the proof that we live, ends only after the last answer is stored."""
        self._senders.close()
        self._clerk.close()

    def _is_fit_from(self, begun: float) -> None:
        self._fit_until = begun + (self._pace.lease - self._pace.margin).total_seconds()

    def _may_send(self, worker: str) -> bool:
        """Our own doubt comes before the others': past our lease they may act on what is ours.

        What was claimed under a membership that has ended since is no longer ours either.
        """
        member = self._member
        if member is None or member.id != worker:
            return False
        return (member.alone or self._desk.steady() < self._fit_until) and self._clock.may_send()

    def _look_after_the_queue(self, alarm: Any) -> None:
        now = self._desk.now()
        sure = self._clock.may_send()
        self._tell_of_the_clock(now)
        if not sure:  # nor is anything called late, or believed to be absent, by a clock that may be wrong
            return
        with self._lock:
            hungry, self._hungry = self._hungry, set()
        try:
            if not hungry or self._desk.steady() - self._looked_at >= self._pace.poll.total_seconds():
                hungry |= self._due(alarm, now)
            if hungry:
                self._start_due(sorted(hungry), now)
        except DeskError as error:  # the database is locked or full: nothing is sent, and we look again
            log.error("the queue cannot be read: %s", error)  # noqa: TRY400 - one line, no traceback

    def _due(self, alarm: Any, now: datetime) -> set[str]:
        """Platforms with work. In a burst the senders say where there is more, and this need not be asked."""
        with self._desk.store.reading() as tx:
            heads = queue.heads(tx, list(self._desk.specs), self._pace.ahead)
        self._looked_at = self._desk.steady()
        next_at = min((begins for begins in heads.values() if begins > now), default=None)
        if next_at is not None and next_at != self._alarm_at:
            alarm.add_job(self._wake.set, "date", run_date=next_at, id="next", replace_existing=True)
            self._alarm_at = next_at
        return {platform for platform, begins in heads.items() if begins <= now}

    def _tell_of_the_clock(self, now: datetime) -> None:
        while self._clock.news:
            try:
                with self._desk.store.writing() as tx:
                    reporting.clock_jumped(self._desk, tx, self._clock.news[0], now)
            except DeskError as error:
                log.error("nobody could be told of the clock yet: %s", error)  # noqa: TRY400
                return
            self._clock.news.popleft()

    def _start_due(self, platforms: Sequence[str], now: datetime) -> None:
        """Claims a good handful at once, so that no sender waits for the database and nobody hoards."""
        member = self._member
        if member is None:
            return
        wanted = [one for platform in platforms for one in self._wanted(platform, member.id, now)]
        if not wanted:
            return
        claimed, noted = self._claim(wanted, member.id, now)
        for delivery in claimed:
            ahead = delivery.due_at > now
            how = How(
                may_send=lambda: self._may_send(member.id),
                clock_is_sure=self._clock.may_send,
                noted=noted[delivery.id],
                ahead=ahead,
                call=self._senders.call,
            )
            self._senders.submit(delivery.platform, partial(self._attend, delivery, member.id, how))

    def _wanted(self, platform: str, worker: str, now: datetime) -> list[queue.Wanted]:
        """A platform that is down is read back all the same; what tries whether it is up again is something sent."""
        room = self._senders.room(platform)
        with self._lock:
            at_work = self._load[platform]
        if at_work >= 2 * room:
            return []
        all_of_it = 4 * room - at_work
        limit, sending = self._desk.circuits.limit(platform, now, all_of_it), self._may_send(worker)
        if limit == all_of_it:
            return [queue.Wanted(platform=platform, limit=limit, sending=sending, unseen=at_work < room)]
        read_back = queue.Wanted(platform=platform, limit=room, sending=False, unseen=at_work < room)
        if limit == 0 or not sending or self._tries(platform):
            return [read_back]
        return [read_back, queue.Wanted(platform=platform, limit=limit, unseen=False)]

    def _tries(self, platform: str) -> bool:
        """Whether something is on its way there, and not only back."""
        with self._lock:
            at_work = list(self._at_work.values())
        return any(one.platform == platform and one.state is State.SCHEDULED for one in at_work)

    def _claim(
        self, wanted: Sequence[queue.Wanted], worker: str, now: datetime
    ) -> tuple[list[Delivery], dict[str, dict[str, str]]]:
        """A database that says no may have done it all the same: then nobody is at work, and the sweep frees it."""
        claimed: list[Delivery] = []
        try:
            with self._desk.store.writing() as tx:
                for one in wanted:
                    claimed += queue.claim(tx, one, worker=worker, now=now, ahead=self._pace.ahead)
                noted = journal.noted(tx, claimed)
                self._begin(claimed)  # before the claim can be seen: the sweep frees what nobody is at work on
        except BaseException:
            for delivery in claimed:
                self._end(delivery)
            raise
        return claimed, noted

    def _attend(self, delivery: Delivery, worker: str, how: How) -> None:
        answers: list[Answer] = []
        try:
            if not self._desk.closing.is_set():
                attend(self._desk, delivery, worker, replace(how, hand_over=answers.append))
        except DeskError as error:
            log.error("delivery %s waits: %s", delivery.id, error)  # noqa: TRY400
        except Exception:
            log.exception("attending to delivery %s failed", delivery.id)
        if answers:
            self._clerk.write(delivery, worker, answers.pop())
        else:
            self._done(delivery)

    def _begin(self, claimed: Sequence[Delivery]) -> None:
        with self._lock:
            self._at_work |= {id(delivery): delivery for delivery in claimed}
            self._load.update(delivery.platform for delivery in claimed)

    def _end(self, delivery: Delivery) -> int:
        """How many are left on its platform."""
        with self._lock:
            if self._at_work.pop(id(delivery), None) is not None:
                self._load[delivery.platform] -= 1
            return self._load[delivery.platform]

    def _done(self, delivery: Delivery) -> None:
        left = self._end(delivery)
        if left == 0 or ((left + 1) % self._pace.senders == 0 and left < 2 * self._senders.room(delivery.platform)):
            with self._lock:
                self._hungry.add(delivery.platform)
            self._wake.set()

    def _busy(self) -> frozenset[str]:
        with self._lock:
            return frozenset(delivery.id for delivery in self._at_work.values())

    def _alarm_clock(self) -> Any:
        """APScheduler, with its defaults that lose late jobs turned off; it holds nothing the database does not."""
        from apscheduler.schedulers.background import BackgroundScheduler

        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        alarm = BackgroundScheduler(job_defaults=defaults, timezone="UTC")
        for act, every in (
            (self._beat, self._pace.beat),
            (self._sweep, self._pace.sweep),
            (self._tidy, self._pace.sweep),
            (self._try_access_again, self._pace.sweep),
        ):
            alarm.add_job(act, "interval", seconds=every.total_seconds(), id=act.__name__)
        alarm.start()
        return alarm

    def _beat(self) -> None:
        member = self._member
        if member is None:
            return
        begun, before = self._desk.steady(), self._desk.now()
        try:
            theirs = member.beat(before, self._pace.lease)
        except Expelled as error:
            log.error("starting anew: %s", error)  # noqa: TRY400
            self._member = None
            self._wake.set()
        except Unavailable as error:
            log.error("no sign of life could be given: %s", error)  # noqa: TRY400
        else:
            self._is_fit_from(begun)
            self._clock.compare(theirs, before, self._desk.now())

    def _sweep(self) -> None:
        """The net: intents and claims of workers that are gone, or of threads of ours that are."""
        member = self._member
        if member is None or not self._clock.may_send():
            return
        try:
            people.refresh(self._desk)  # whom to tell, and whom no longer
            member.end_what_stalls()
            recover(self._desk, member, at_work=self._busy)
        except (DeskError, door.LostRace) as error:
            log.error("the sweep could not run: %s", error)  # noqa: TRY400
        self._wake.set()

    def _tidy(self) -> None:
        with suppress(DeskError):
            tidy_up(self._desk)

    def _try_access_again(self) -> None:
        if not self._clock.may_send():
            return
        with suppress(DeskError):
            if try_access_again(self._desk):
                self._wake.set()
