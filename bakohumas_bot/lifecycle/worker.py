"""The worker: claims what is due, gives each platform its own pool, and sleeps until the next hour.

The database is the queue; APScheduler only wakes the worker. One platform that hangs delays no other, and the posts
of one account go out in order.
"""

from __future__ import annotations

import logging
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove
from bakohumas_bot.errors import DeskError
from bakohumas_bot.lifecycle.deliver import deliver, prepare_ahead, take_up
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.reconcile import own_up_to_interrupted, reconcile
from bakohumas_bot.lifecycle.tidy import tidy_up
from bakohumas_bot.lifecycle.verify import verify
from bakohumas_bot.store import deliveries
from bakohumas_bot.store.only_worker import only_worker

log = logging.getLogger("bakohumas.worker")

AHEAD = timedelta(minutes=10)  # uploads begin this long before the hour
LEASE = timedelta(minutes=15)  # longer than the slowest upload may take
POLL = timedelta(milliseconds=250)  # so that another process can say "now"
SWEEP = timedelta(seconds=15)
THREADS = 8  # per platform
BATCH = 100


def attend(desk: Desk, delivery: Delivery, worker: str) -> None:
    """What a claimed delivery needs now. Losing a race or the database is no harm: the claim is given back."""
    try:
        claimed = take_up(desk, delivery, worker)
        if delivery.state is State.UNCONFIRMED:
            reconcile(desk, claimed)
        elif delivery.state is State.PUBLISHED:
            verify(desk, claimed)
        elif delivery.due_at > desk.now():
            prepare_ahead(desk, claimed)
        else:
            deliver(desk, claimed)
    except (deliveries.LostRace, UnlawfulMove) as race:
        log.info("delivery %s was moved by someone else: %r", delivery.id, race)
        with desk.store.writing() as tx:
            deliveries.left_uploads(tx, delivery, now=desk.now())
    finally:
        with desk.store.writing() as tx:
            deliveries.release(tx, delivery, worker=worker)


def work_off(desk: Desk, worker: str = "once") -> int:
    """Attends to everything that is due now, one after the other, in this thread. Answers how many."""
    own_up_to_interrupted(desk, alive=frozenset)
    count = 0
    while True:
        with desk.store.writing() as tx:
            claimed = deliveries.claim(
                tx, worker=worker, now=desk.now(), ahead=timedelta(), lease=LEASE, limit=BATCH, busy=frozenset()
            )
        if not claimed:
            return count
        for delivery in claimed:
            attend(desk, delivery, worker)
            count += 1


class Worker:
    """Runs until `stop` is set. One per process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.id = f"worker-{uuid.uuid4()}"
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._at_work: dict[str, str] = {}  # delivery -> account
        self._pools: dict[str, ThreadPoolExecutor] = {}

    def stop(self) -> None:
        """What is under way is finished; nothing new is begun."""
        self._stopping.set()
        self._wake.set()

    def run(self) -> None:
        """Raises `Unavailable` when another worker of an embedded database lives."""
        with only_worker(self._desk.store.engine):
            self._recover()
            alarm = self._alarm_clock()
            try:
                while not self._stopping.is_set():
                    self._look_after_the_queue(alarm)
                    self._wake.wait(POLL.total_seconds())
                    self._wake.clear()
            finally:
                alarm.shutdown(wait=False)
                for pool in self._pools.values():
                    pool.shutdown(wait=True, cancel_futures=True)

    def _recover(self) -> None:
        """The lock proves that every earlier worker is dead: its claims are void, its intents may be public."""
        with self._desk.store.writing() as tx:
            deliveries.free_leases(tx, keep=self.id)
        found = own_up_to_interrupted(self._desk, alive=frozenset)
        if found:
            log.warning("%s deliveries were interrupted and will be looked up", found)

    def _look_after_the_queue(self, alarm: Any) -> None:
        try:
            self._start_due()
            self._set_alarm(alarm)
        except DeskError as error:  # the database is locked or full: nothing is sent, and we look again
            log.error("the queue cannot be read: %s", error)  # noqa: TRY400 - one line, no traceback

    def _start_due(self) -> None:
        with self._lock:
            busy = frozenset(self._at_work.values())
        with self._desk.store.reading() as tx:
            due = deliveries.next_due(tx, AHEAD, self._desk.now())
        if due is None or due > self._desk.now():
            return
        with self._desk.store.writing() as tx:
            claimed = deliveries.claim(
                tx, worker=self.id, now=self._desk.now(), ahead=AHEAD, lease=LEASE, limit=BATCH, busy=busy
            )
        for delivery in claimed:
            with self._lock:
                self._at_work[delivery.id] = delivery.account
            self._pool(delivery.platform).submit(self._attend, delivery)

    def _attend(self, delivery: Delivery) -> None:
        try:
            attend(self._desk, delivery, self.id)
        except Exception:
            log.exception("attending to delivery %s failed", delivery.id)
        finally:
            with self._lock:
                self._at_work.pop(delivery.id, None)
            self._wake.set()

    def _alive(self) -> frozenset[str]:
        with self._lock:
            return frozenset(self._at_work)

    def _pool(self, platform: str) -> ThreadPoolExecutor:
        if platform not in self._pools:
            self._pools[platform] = ThreadPoolExecutor(THREADS, thread_name_prefix=platform)
        return self._pools[platform]

    def _alarm_clock(self) -> Any:
        """APScheduler, with its defaults that lose late jobs turned off; it holds nothing the database does not."""
        from apscheduler.schedulers.background import BackgroundScheduler

        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        alarm = BackgroundScheduler(job_defaults=defaults, timezone="UTC")
        alarm.add_job(self._sweep, "interval", seconds=SWEEP.total_seconds(), id="sweep")
        alarm.start()
        return alarm

    def _set_alarm(self, alarm: Any) -> None:
        with self._desk.store.reading() as tx:
            due = deliveries.next_due(tx, AHEAD, self._desk.now())
        if due is not None and due > self._desk.now():
            alarm.add_job(self._wake.set, "date", run_date=due, id="next", replace_existing=True)

    def _sweep(self) -> None:
        """The net: an intent that no thread of ours is behind (its result could not be stored) is looked up."""
        try:
            own_up_to_interrupted(self._desk, alive=self._alive)
            tidy_up(self._desk)
        except DeskError as error:
            log.error("the sweep could not run: %s", error)  # noqa: TRY400
        self._wake.set()
