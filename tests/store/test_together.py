"""Group commit: many threads, one flush; each hears what became of its own wish, and no wish spoils another's."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.event import listen
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.tables import AccountNoteRow

PATIENCE = 30.0


class Unwilling(Exception):  # noqa: N818
    """What an act answers for one wish, or stumbles over."""


def note(tx: Session, words: Sequence[str]) -> list[str | Exception]:
    """`no` is refused for itself; `oops` makes the whole act stumble."""
    if "oops" in words:
        raise Unwilling("oops")
    for word in words:
        if word != "no":
            tx.add(AccountNoteRow(account="x", key=word, value=threading.current_thread().name))
    return [Unwilling(word) if word == "no" else word for word in words]


def forgetful(tx: Session, words: Sequence[str]) -> list[str | Exception]:
    tx.add(AccountNoteRow(account="x", key=words[0], value=""))
    return []


def noted(store: Store) -> set[str]:
    with store.reading() as tx:
        return set(tx.execute(select(AccountNoteRow.key)).scalars())  # type: ignore[call-overload]


@contextmanager
def one_group(store: Store) -> Iterator[None]:
    """Whatever is wished for inside waits together: the writer is kept busy until the block ends."""
    begun, go_on = threading.Event(), threading.Event()

    def dawdle(_: Session, items: Sequence[str]) -> list[str | Exception]:
        begun.set()
        assert go_on.wait(PATIENCE)
        return list(items)

    with ThreadPoolExecutor(1) as busy:
        first = busy.submit(store.together, dawdle, "busy")
        assert begun.wait(PATIENCE)
        yield
        go_on.set()
        first.result(PATIENCE)


def wished(store: Store, *words: str) -> dict[str, Future[str]]:
    """By a thread each; returns when every one of them waits."""
    pool = ThreadPoolExecutor(len(words))
    with one_group(store):
        wishes = {word: pool.submit(store.together, note, word) for word in words}
        while len(store._group._waiting) < len(words):
            threading.Event().wait(0.005)
    pool.shutdown()
    return wishes


def commits(store: Store) -> list[str]:
    seen: list[str] = []
    listen(store.engine, "commit", lambda _: seen.append("commit"))
    return seen


def test_what_waits_while_one_commit_runs_shares_the_next(store: Store) -> None:
    seen = commits(store)
    words = [f"word {n}" for n in range(32)]
    wishes = wished(store, *words)
    assert {word: wish.result() for word, wish in wishes.items()} == dict(zip(words, words, strict=True))
    assert len(seen) == 2, "the one that kept it busy, and one for all the others"
    assert noted(store) == set(words)


def test_one_that_comes_alone_waits_for_nobody(store: Store) -> None:
    seen = commits(store)
    for n in range(3):
        assert store.together(note, f"word {n}") == f"word {n}"
        assert f"word {n}" in noted(store), "durable when it returns"
    assert len(seen) == 3


def test_a_wish_that_is_refused_hears_so_and_the_others_are_granted(store: Store) -> None:
    wishes = wished(store, "one", "no", "two")
    with pytest.raises(Unwilling):
        wishes["no"].result()
    assert wishes["one"].result() == "one"
    assert noted(store) == {"one", "two"}


def test_a_wish_that_makes_the_act_stumble_spoils_no_other(store: Store) -> None:
    wishes = wished(store, "one", "oops", "two")
    with pytest.raises(Unwilling):
        wishes["oops"].result()
    assert [wishes[word].result() for word in ("one", "two")] == ["one", "two"]
    assert noted(store) == {"one", "two"}


def test_when_the_commit_fails_everybody_hears_it_at_once(store: Store) -> None:
    """Each alone would only meet the same full disk, one after the other."""
    begun = []

    def fail(_: object) -> None:
        begun.append("commit")
        if len(begun) == 2:
            raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    listen(store.engine, "commit", fail)
    wishes = wished(store, "one", "two", "three")
    for wish in wishes.values():
        with pytest.raises(Unavailable):
            wish.result()
    assert len(begun) == 2
    assert noted(store) == set()
    assert store.together(note, "again") == "again", "and it goes on"


def test_wishes_of_different_kinds_are_kept_apart_and_in_their_order(store: Store) -> None:
    order: list[str] = []

    def first(_: Session, items: Sequence[str]) -> list[str | Exception]:
        order.extend(items)
        return list(items)

    def second(_: Session, items: Sequence[str]) -> list[str | Exception]:
        order.extend(items)
        return list(items)

    with ThreadPoolExecutor(6) as pool, one_group(store):
        for n in range(3):
            for act in (first, second):
                waiting = len(store._group._waiting)
                pool.submit(store.together, act, f"{act.__name__} {n}")
                while len(store._group._waiting) == waiting:
                    threading.Event().wait(0.005)
    assert [word for word in order if "first" in word] == ["first 0", "first 1", "first 2"]
    assert [word for word in order if "second" in word] == ["second 0", "second 1", "second 2"]


def test_an_act_that_forgets_an_answer_writes_nothing_and_leaves_nobody_waiting(store: Store) -> None:
    with pytest.raises(ValueError, match="0 answers for 1 wishes"):
        store.together(forgetful, "one")
    assert noted(store) == set()
    assert store.together(note, "two") == "two"


def test_what_waits_when_the_store_closes_is_still_written(store: Store) -> None:
    with ThreadPoolExecutor(2) as pool:
        with one_group(store):
            wish = pool.submit(store.together, note, "last")
            while not store._group._waiting:
                threading.Event().wait(0.005)
            closing = pool.submit(store._group.close)
            while not store._group._closed:
                threading.Event().wait(0.005)
        assert wish.result(PATIENCE) == "last"
        closing.result(PATIENCE)
    assert noted(store) == {"last"}
    with pytest.raises(RuntimeError, match="closed"):
        store.together(note, "too late")
