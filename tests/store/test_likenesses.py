"""What an office has published or queued is found again by its likeness, and nothing else is read for it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.event import listen

from bakohumas_bot.domain.approval import Decision, Verdict
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.likeness import FARTHEST, figure_key
from bakohumas_bot.domain.posts import Content, Kind, Media, Revision, TextFormat
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.store import deliveries, likenesses, posts
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.likenesses import Print

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
TEXT = "Layanan informasi publik buka setiap hari kerja pukul 08.00 sampai 15.00 WITA di kantor kami."
LOOK = 0xA5C3_19F0_77E2_4B8D  # its highest bit is set: a database's numbers have a sign there


def content(body: str = TEXT, *pictures: str, **facts: Any) -> Content:
    media = tuple(
        Media(sha256=sha256, name="foto.jpg", kind=MediaKind.IMAGE, mime="image/jpeg", size=1) for sha256 in pictures
    )
    given: dict[str, Any] = {"office": "64.69", "title": "Jam layanan", "body": body, "accounts": ("x-contoh",)}
    return Content(kind=Kind.PENGUMUMAN, format=TextFormat.PLAIN, media=media, **(given | facts))


def written(
    store: Store,
    what: Content | None = None,
    *,
    looks: dict[str, int] | None = None,
    submitted: bool = True,
    post: int | None = None,
    number: int = 1,
) -> int:
    what = what or content()
    with store.writing() as tx:
        post = post or posts.create(tx, office=what.office, person="sari", now=NOW)
        revision = Revision(
            post=post,
            number=number,
            content=what,
            prepared={},
            digest="d" * 64,
            findings=(),
            author="sari",
            created_at=NOW,
            submitted_by="sari" if submitted else None,
            submitted_at=NOW if submitted else None,
        )
        posts.add_revision(tx, revision, looks)
    return post


def planned(store: Store, post: int, state: State, *, published_at: datetime | None = None) -> None:
    delivery = Delivery(
        id=deliveries.delivery_id(post, 1, "x-contoh"),
        office="64.69",
        post=post,
        revision=1,
        digest="d" * 64,
        account="x-contoh",
        platform="x",
        state=state,
        due_at=NOW,
        next_at=None,
        late_after=NOW,
        published_at=published_at,
    )
    with store.writing() as tx:
        deliveries.plan(tx, [(delivery, "x:@contoh")], actor="dewi", now=NOW)


def found(store: Store, what: Content, looks: dict[str, int] | None = None, but: int | None = None) -> list[int]:
    with store.reading() as tx:
        return [one.post for one in likenesses.alike(tx, what, looks or {}, but=but)]


def test_a_text_is_found_in_another_wording_and_not_among_strangers(store: Store) -> None:
    post = written(store)
    written(store, content("Rapat koordinasi pemutakhiran data pemilih digelar bersama Bawaslu di aula kantor kami."))
    assert found(store, content(TEXT.replace("buka", "dibuka"))) == [post]
    assert found(store, content(TEXT), but=post) == []


def test_another_office_is_another_office(store: Store) -> None:
    written(store, content(office="64.70"))
    assert found(store, content()) == []


def test_a_picture_is_found_by_its_bytes_and_by_its_looks(store: Store) -> None:
    post = written(store, content("", "a" * 64), looks={"a" * 64: LOOK})
    near, far = LOOK ^ sum(1 << 9 * bit for bit in range(FARTHEST)), LOOK ^ 0xFFFF
    assert found(store, content("", "a" * 64)) == [post]
    assert found(store, content("", "b" * 64), {"b" * 64: near}) == [post]
    assert found(store, content("", "b" * 64), {"b" * 64: far}) == []
    with store.reading() as tx:
        (other,) = likenesses.alike(tx, content("", "b" * 64), {"b" * 64: near}, but=None)
    assert other.looks == {LOOK}


def test_what_was_never_submitted_withdrawn_or_refused_does_not_count(store: Store) -> None:
    written(store, submitted=False)
    closed, refused = written(store), written(store)
    with store.writing() as tx:
        posts.close(tx, closed, NOW)
        said = Decision(
            post=refused,
            revision=1,
            digest="d" * 64,
            person="dewi",
            verdict=Verdict.REJECT,
            reason="Tidak perlu.",
            decided_at=NOW,
            due_at=None,
        )
        posts.decide(tx, said)
    assert found(store, content()) == []


def test_a_draft_of_many_versions_takes_the_place_of_no_other_post(store: Store) -> None:
    published, draft = written(store), written(store, submitted=False)
    for number in range(2, likenesses.MOST + 2):
        written(store, post=draft, number=number, submitted=False)
    assert found(store, content()) == [published]


def test_only_the_newest_version_of_a_post_counts(store: Store) -> None:
    post = written(store)
    written(store, content("Kantor tutup sementara karena pemadaman listrik, mohon maklum."), post=post, number=2)
    assert found(store, content()) == []


@pytest.mark.parametrize(
    ("state", "counts", "public"),
    [
        (State.SCHEDULED, True, False),
        (State.SENDING, True, True),
        (State.UNCONFIRMED, True, True),
        (State.PUBLISHED, True, True),
        (State.CANCELLED, False, False),
        (State.FAILED, False, False),
        (State.MISSED, False, False),
        (State.TAKEN_DOWN, False, False),
    ],
)
def test_a_post_counts_where_it_is_public_or_will_be(store: Store, state: State, counts: bool, public: bool) -> None:
    post = written(store)
    shown_at = NOW + timedelta(minutes=1) if state is State.PUBLISHED else None
    planned(store, post, state, published_at=shown_at)
    with store.reading() as tx:
        others = likenesses.alike(tx, content(), {}, but=None)
    assert [one.post for one in others] == ([post] if counts else [])
    if counts:
        ((account, at, shown),) = others[0].showings
        assert (account, at, shown) == ("x-contoh", shown_at or NOW, public)


def test_while_it_waits_for_approval_its_own_wish_is_its_hour(store: Store) -> None:
    written(store, content(publish_at=NOW + timedelta(days=1)))
    with store.reading() as tx:
        (other,) = likenesses.alike(tx, content(), {}, but=None)
    assert other.showings == (("x-contoh", NOW + timedelta(days=1), False),)


def test_of_very_many_only_the_likeliest_and_newest_are_looked_at(store: Store) -> None:
    every = [written(store, content("", "a" * 64)) for _ in range(likenesses.MOST + 5)]
    twin = written(store, content(TEXT, "a" * 64))
    written(store, content("", "a" * 64))
    near = found(store, content(TEXT, "a" * 64))
    assert len(near) == likenesses.MOST
    assert twin in near
    assert every[0] not in near


def test_a_figure_is_found_in_what_is_public_however_it_is_spelled(store: Store) -> None:
    public, waiting = (written(store, content("Jumlah pemilih 103.006.478 orang.")) for _ in range(2))
    planned(store, public, State.PUBLISHED, published_at=NOW)
    with store.reading() as tx:
        ((post, shown, url),) = likenesses.published_with(tx, "64.69", [figure_key("103006478")], but=None, most=5)
        nothing = likenesses.published_with(tx, "64.69", [figure_key("103006479")], but=None, most=5)
    assert (post, shown.title, url) == (public, "Jam layanan", "")
    assert nothing == []
    assert waiting


def test_the_question_reads_the_index_alone_among_20_000_pictures(store: Store) -> None:
    """Never by time: the plan of the very statement that runs."""
    chance = random.Random(1)
    looks = [chance.getrandbits(64) for _ in range(20_000)]
    band = (1 << 16) - 1
    prints = [
        Print("64.69", place << 16 | look >> 16 * place & band, number, 1, look)
        for number, look in enumerate(looks, start=1000)
        for place in range(4)
    ]
    with store.writing() as tx:
        likenesses.write(tx, prints)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE fingerprint")
    said: list[tuple[str, Any]] = []
    listen(store.engine, "before_cursor_execute", lambda *about: said.append(about[2:4]))
    with store.reading() as tx:
        likenesses.alike(tx, content("", "b" * 64), {"b" * 64: looks[7]}, but=None)
        asked, values = next((sql, values) for sql, values in said if "fingerprint" in sql)
        explain = "EXPLAIN" if store.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = " ".join(str(step) for step in tx.connection().exec_driver_sql(f"{explain} {asked}", values))
        rows = tx.execute(text("SELECT count(*) FROM fingerprint")).scalar()
    assert rows == 80_000
    assert "fingerprint_pkey" in plan or "USING PRIMARY KEY (office=? AND key=?)" in plan, plan
    assert "SCAN fingerprint" not in plan
    assert "Seq Scan" not in plan
