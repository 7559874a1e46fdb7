"""Posts, revisions and decisions come back as they were written, on either database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bakohumas_bot.domain.approval import Decision, Verdict
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.posts import Content, Kind, Revision, TextFormat
from bakohumas_bot.errors import Refused, Unavailable
from bakohumas_bot.store import posts, tables
from bakohumas_bot.store.database import Store, open_store

NOW = datetime(2026, 11, 26, 1, 0, 0, 123456, tzinfo=UTC)
WIT = timezone(timedelta(hours=9))
TEXT = 'Layanan "buka" — é 🙂 \\ %s :nama\n\u0000akhir'  # what a database might trip over


def written(store: Store) -> Revision:
    content = Content(
        office="64.69",
        kind=Kind.PENGUMUMAN,
        title="Jam layanan",
        body=TEXT,
        format=TextFormat.PLAIN,
        accounts=("x-contoh",),
        variants=(("x-contoh", TEXT),),
        publish_at=NOW,
    )
    finding = Finding(
        code="F01", severity=Severity.SARAN, override=Override.NONE, field="isi", message="Singkat.", start=0, end=3
    )
    with store.writing() as tx:
        post = posts.create(tx, office="64.69", person="sari", now=NOW)
        revision = Revision(
            post=post,
            number=1,
            content=content,
            prepared={"x-contoh": ()},
            digest="d" * 64,
            findings=(finding,),
            author="sari",
            created_at=NOW.astimezone(WIT),
        )
        posts.add_revision(tx, revision)
    return revision


def test_a_revision_comes_back_to_the_letter_and_to_the_microsecond(store: Store) -> None:
    revision = written(store)
    with store.reading() as tx:
        read = posts.latest(tx, revision.post)
    assert read == revision
    assert read.created_at.utcoffset() == timedelta()


def test_a_submission_and_its_decision_are_kept(store: Store) -> None:
    revision = written(store)
    decision = Decision(
        post=revision.post,
        revision=1,
        digest=revision.digest,
        person="dewi",
        verdict=Verdict.APPROVE,
        reason="Baik.",
        decided_at=NOW,
        due_at=NOW + timedelta(hours=1),
        roles=frozenset({Role.KETUA, Role.PEMBINA}),
        deputy="Plh. ketua, menggantikan Ibu Contoh (12/2026)",
        urgent=True,
    )
    with store.writing() as tx:
        posts.mark_submitted(tx, revision, person="rahmat", now=NOW, reason=None, found=())
        posts.decide(tx, decision)
        assert posts.decision_on(tx, revision.post, 1) is None, "one yes is not yet all that is asked"
        posts.mark_approved(tx, revision.post, 1, NOW)
    with store.reading() as tx:
        assert posts.decision_on(tx, revision.post, 1) == decision
        assert posts.approved(tx, {revision.post}) == {(revision.post, 1, revision.digest)}
        assert posts.hands(tx, revision.post) == {"sari", "rahmat"}
        assert [post.title for post in posts.all_posts(tx, "64.69")] == ["Jam layanan"]
        assert posts.all_posts(tx, "99") == []


def test_a_post_that_does_not_exist_is_named_so(store: Store) -> None:
    with store.writing() as tx, pytest.raises(Refused, match="Konten #9 tidak ditemukan"):
        posts.lock(tx, 9)
    with store.reading() as tx, pytest.raises(Refused, match="Konten #9 tidak ditemukan"):
        posts.latest(tx, 9)


def test_two_who_decide_at_once_decide_one_after_the_other(store: Store) -> None:
    """The second sees what the first has decided, never an open post."""
    revision = written(store)
    both, inside = threading.Barrier(2), threading.Barrier(2)

    def decide(person: str) -> str | None:
        both.wait(10)
        with store.writing() as tx:
            posts.lock(tx, revision.post)
            standing = posts.decision_on(tx, revision.post, 1)
            with suppress(threading.BrokenBarrierError):  # both come here at once only where neither holds the post
                inside.wait(0.5)
            if standing is None:
                posts.decide(
                    tx,
                    Decision(
                        post=revision.post,
                        revision=1,
                        digest=revision.digest,
                        person=person,
                        verdict=Verdict.APPROVE,
                        reason=None,
                        decided_at=NOW,
                    ),
                )
                posts.mark_approved(tx, revision.post, 1, NOW)
            return standing and standing.person

    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(decide, person) for person in ("dewi", "budi"))
        assert {first.result(), second.result()} in ({None, "dewi"}, {None, "budi"})


def test_what_is_written_in_vain_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        posts.create(tx, office="64.69", person="sari", now=NOW)
        1 / 0  # noqa: B018 - the act itself fails
    with store.reading() as tx:
        assert posts.all_posts(tx) == []


def test_a_reader_sees_one_moment(store: Store, database_url: str) -> None:
    """What others write meanwhile belongs to the next look."""
    other = open_store(database_url)
    with store.reading() as tx:
        assert posts.all_posts(tx) == []
        written(other)
        assert posts.all_posts(tx) == []
    with store.reading() as tx:
        assert len(posts.all_posts(tx)) == 1
    other.close()


def test_what_a_reader_writes_is_never_kept(store: Store) -> None:
    try:
        with store.reading() as tx:
            tx.add(tables.ChainHeadRow(office="1", number=1, hash="x"))
            tx.flush()
    except Unavailable as refused:
        assert "hanya-baca" in str(refused)  # noqa: PT017 - one database refuses, the other forgets
    with store.reading() as tx:
        assert tx.get(tables.ChainHeadRow, "1") is None


def test_opening_again_keeps_what_is_there(store: Store, database_url: str) -> None:
    revision = written(store)
    store.close()
    again = open_store(database_url)
    with again.reading() as tx:
        assert posts.latest(tx, revision.post) == revision
    again.close()
