"""What finding a picture or a text again costs among a million on record, all of one office: the worst there is."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import bindparam, text
from sqlmodel.sql.sqltypes import UTCDateTime

from bakohumas_bot.bench.burst.figures import Line
from bakohumas_bot.bench.postgres import open_postgres
from bakohumas_bot.bench.queue import settle
from bakohumas_bot.domain import fingerprints
from bakohumas_bot.domain.likeness import FARTHEST
from bakohumas_bot.domain.posts import Content, Kind, Media, TextFormat
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.store import codec, likenesses
from bakohumas_bot.store.database import Store, open_store

OFFICE = "10.01"
_AT_ONCE = 20_000  # posts in a transaction
_LOOKS = 300
_WORDS, _LONG = 3000, 25

# One statement for both databases; through the verbs it would take an hour.
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT CAST(:first AS integer) UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
_MOMENT = bindparam("now", type_=UTCDateTime())
_POSTS = text(
    f"INSERT INTO post (id, office, created_by, created_at) {_NUMBERS} SELECT i, :office, 'sari', :now FROM n"  # noqa: S608
).bindparams(_MOMENT)
_REVISIONS = text(
    "INSERT INTO revision (post_id, number, content, prepared, findings, digest, author, created_at, submitted_by, "  # noqa: S608
    f"submitted_at, voices) {_NUMBERS} "
    "SELECT i, 1, :content, '{}', '[]', 'digest', 'sari', :now, 'sari', :now, 0 FROM n"
).bindparams(_MOMENT)


@dataclass(frozen=True, kw_only=True)
class Sizes:
    pictures: int
    texts: int


def measure(database: str, sizes: Sizes, tell: Callable[[str], None]) -> list[Line]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bakohumas-bench-")))
        url = f"sqlite:///{folder / 'meja.db'}"
        if database == "postgresql":
            url = stack.enter_context(open_postgres(fsync=True)).fresh()
        store = open_store(url)
        stack.callback(store.close)
        chance = random.Random(1)  # noqa: S311 - pretend pictures
        began = time.perf_counter()
        looks = fill(store, chance, sizes)
        tell(f"{sizes.pictures} pictures and {sizes.texts} texts are on record ({time.perf_counter() - began:.0f} s)")
        settle(store)
        again = [_changed(chance, chance.choice(looks)) for _ in range(_LOOKS)]
        found = _times(store, again, expected=True)
        strange = _times(store, [chance.getrandbits(64) for _ in range(_LOOKS)], expected=False)
        four = _times(store, again, expected=True, at_once=4)
    return [
        *_lines(f"a picture {FARTHEST} bits away is found", found, target=10.0),
        *_lines("a new picture is not", strange, target=10.0),
        *_lines("a post with four pictures", four, target=None),
    ]


def fill(store: Store, chance: random.Random, sizes: Sizes) -> list[int]:
    """One submitted post for each picture, the first of them with a text of its own; answers the pictures' looks."""
    now = datetime.now(UTC)
    empty = json.dumps(codec.content_to_json(_content(chance, (), words=0)))
    looks: list[int] = []
    for first in range(0, sizes.pictures, _AT_ONCE):
        fresh = [chance.getrandbits(64) for _ in range(min(_AT_ONCE, sizes.pictures - first))]
        rows = [row for at, look in enumerate(fresh, start=first) for row in _rows(chance, at, look, sizes)]
        rows.sort(key=itemgetter(1))
        values = {"first": first + 1, "last": first + len(fresh), "now": now, "content": empty, "office": OFFICE}
        with store.writing() as tx:
            for statement in (_POSTS, _REVISIONS):
                tx.connection().execute(statement, values)
            likenesses.write(tx, rows)
        looks += fresh
    return looks


def _rows(chance: random.Random, at: int, look: int, sizes: Sizes) -> Iterator[likenesses.Print]:
    content = _content(chance, (at,), words=_LONG if at < sizes.texts else 0)
    for key, look_ in fingerprints.kept(content, {_sha256(at): look}):
        yield likenesses.Print(OFFICE, key, at + 1, 1, look_)


def _content(chance: random.Random, numbers: tuple[int, ...], *, words: int) -> Content:
    pictures = tuple(
        Media(sha256=_sha256(number), name="foto.jpg", kind=MediaKind.IMAGE, mime="image/jpeg", size=1)
        for number in numbers
    )
    return Content(
        office=OFFICE,
        kind=Kind.FOTO,
        title="Foto",
        body=" ".join(f"kata{chance.randrange(_WORDS)}" for _ in range(words)),
        format=TextFormat.PLAIN,
        accounts=("x-contoh",),
        media=pictures,
    )


def _sha256(number: int) -> str:
    return f"{number:064x}"


def _changed(chance: random.Random, look: int) -> int:
    """The same picture at the farthest that is found for certain."""
    for bit in chance.sample(range(64), FARTHEST):
        look ^= 1 << bit
    return look


def _times(store: Store, looks: list[int], *, expected: bool, at_once: int = 1) -> list[float]:
    """Milliseconds of each question, as `lifecycle.archive` asks it."""
    chance = random.Random(2)  # noqa: S311
    took = []
    for some in _by(looks, at_once):
        names = tuple(-1 - number for number in range(len(some)))
        content = _content(chance, names, words=_LONG)
        mine = {_sha256(name): look for name, look in zip(names, some, strict=True)}
        began = time.perf_counter()
        with store.reading() as tx:
            others = likenesses.alike(tx, content, mine, but=None)
        took.append(1000 * (time.perf_counter() - began))
        if expected and len(others) < len(some):
            raise RuntimeError(f"{len(others)} found instead of {len(some)}")
    return took


def _by(looks: list[int], size: int) -> Iterator[list[int]]:
    return (looks[at : at + size] for at in range(0, len(looks), size))


def _lines(name: str, took: list[float], *, target: float | None) -> Iterator[Line]:
    yield Line(name=f"{name}, median", value=median(took), unit="ms", target=target)
    yield Line(name=f"{name}, p99", value=sorted(took)[int(len(took) * 0.99)], unit="ms")
