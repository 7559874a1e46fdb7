"""What Telegram sends us and what we send: kept, handled once, in order."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from bakohumas_bot.domain.offices import Person
from bakohumas_bot.store import inbox, outbox
from bakohumas_bot.store.database import Store

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SARI, DEWI = (Person(id=id_, name=id_, telegram_id=None, roles=frozenset()) for id_ in ("sari", "dewi"))


def waiting(store: Store, now: datetime = NOW) -> list[tuple[str, str]]:
    with store.reading() as tx:
        return [(message.person, message.kind) for message in outbox.waiting(tx, now)]


def test_a_message_is_queued_once_ever(store: Store) -> None:
    for _ in range(2):
        with store.writing() as tx:
            outbox.queue(tx, [SARI, DEWI], "result", now=NOW, post=1, revision=1)
    assert waiting(store) == [("sari", "result"), ("dewi", "result")]


def test_two_processes_that_queue_the_same_message_queue_one(store: Store) -> None:
    """Neither may fail: the message belongs to the transaction of an act that must not be lost."""
    both = threading.Barrier(2)

    def queue() -> None:
        with store.writing() as tx:
            if store.engine.dialect.name == "postgresql":  # the other database lets one in at a time
                both.wait(10)
            outbox.queue(tx, [SARI], "result", now=NOW, post=1, revision=1)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(queue), pool.submit(queue)]:
            done.result()
    assert waiting(store) == [("sari", "result")]


def test_a_persons_later_messages_wait_behind_one_that_failed(store: Store) -> None:
    with store.writing() as tx:
        for number in (1, 2):
            outbox.queue(tx, [SARI, DEWI], "result", now=NOW, post=number, revision=1, isi="é 🙂")
    with store.writing() as tx:
        first, _ = outbox.waiting(tx, NOW)
        assert (first.person, first.data) == ("sari", {"isi": "é 🙂"})
        outbox.failed(tx, first.id, NOW, "Telegram sedang sibuk")
    assert [person for person, _ in waiting(store)] == ["dewi"]
    assert [person for person, _ in waiting(store, NOW + outbox.WAITS[0])] == ["sari", "dewi"]


def test_one_who_has_a_thousand_messages_waiting_hides_nobody(store: Store) -> None:
    with store.writing() as tx:
        for number in range(1000):
            outbox.queue(tx, [SARI], "result", now=NOW, post=number, revision=1)
        outbox.queue(tx, [DEWI], "result", now=NOW, post=1, revision=1)
    assert waiting(store) == [("sari", "result"), ("dewi", "result")]
    with store.reading() as tx:
        assert len(outbox.waiting(tx, NOW, limit=1)) == 1


def test_a_message_for_later_holds_nothing_up_and_goes_first_when_its_time_has_come(store: Store) -> None:
    with store.writing() as tx:
        outbox.queue(tx, [SARI], "missed", now=NOW, after=SECOND * 10)
        outbox.queue(tx, [SARI], "result", now=NOW, post=1, revision=1)
    assert waiting(store) == [("sari", "result")]
    assert waiting(store, NOW + SECOND * 10) == [("sari", "missed")]


def test_the_outbox_is_read_by_its_index(store: Store) -> None:
    """A year of sent messages costs nothing."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    with store.reading() as tx:
        outbox.waiting(tx, NOW)
    event.remove(store.engine, "before_cursor_execute", note)
    assert seen[-1].count("sent_at IS NULL AND next_at IS NOT NULL") == 2, "the very words of the partial index"


def test_what_can_never_arrive_holds_nothing_up(store: Store) -> None:
    with store.writing() as tx:
        for number in (1, 2):
            outbox.queue(tx, [SARI], "result", now=NOW, post=number, revision=1)
        outbox.given_up(tx, outbox.waiting(tx, NOW)[0].id, "bot diblokir")
    with store.writing() as tx:
        (second,) = outbox.waiting(tx, NOW)
        outbox.sent(tx, second.id, NOW)
    assert waiting(store) == []
    with store.reading() as tx:
        assert [row.error for row in outbox.unsent(tx)] == ["bot diblokir"]


def keep(store: Store, update_id: int, now: datetime = NOW, album: str | None = None) -> bool:
    with store.writing() as tx:
        return inbox.keep(tx, update_id, f'{{"update_id": {update_id}}}', album, now)


def test_an_update_that_comes_twice_is_kept_once(store: Store) -> None:
    newest = 2**40  # more than 32 bits
    assert [keep(store, newest), keep(store, newest)] == [True, False]
    with store.reading() as tx:
        assert inbox.offset(tx) == newest + 1
        assert [[row.update_id for row in rows] for rows in inbox.ready(tx, NOW)] == [[newest]]


def test_an_album_is_complete_two_seconds_after_its_last_part(store: Store) -> None:
    keep(store, 1, NOW, "album")
    keep(store, 2, NOW + SECOND, "album")
    keep(store, 3, NOW + SECOND)
    with store.writing() as tx:
        assert [[row.update_id for row in rows] for rows in inbox.ready(tx, NOW + SECOND * 2)] == [[3]]
        whole, single = inbox.ready(tx, NOW + SECOND * 3)
        assert [row.update_id for row in whole] == [1, 2]
        inbox.handled(tx, whole, NOW)
        inbox.handled(tx, single, NOW)
    with store.reading() as tx:
        assert inbox.ready(tx, NOW + SECOND * 9) == []
        assert len(inbox.album(tx, "album")) == 2


def test_an_update_that_we_stumble_over_is_set_aside_after_three_times(store: Store) -> None:
    keep(store, 1)
    said = []
    for _ in range(inbox.MAX_FAILURES):
        with store.reading() as tx:
            (rows,) = inbox.ready(tx, NOW)
        with store.writing() as tx:
            said.append(inbox.stumbled(tx, rows, NOW))
    assert said == [False, False, True]
    with store.reading() as tx:
        assert inbox.ready(tx, NOW) == []
