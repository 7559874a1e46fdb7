"""Proves the record: reads every chain as it lies on the disk and says what was changed, removed, inserted or moved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from json.encoder import encode_basestring as _spelled
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

GENESIS = "0" * 64
MOST = 1000  # faults told in one go: enough to see the extent, and no more memory than that
NEAR = 64  # places up and down a chain where an event that was moved is looked for
EVERY = 10_000  # events between two words of progress
_AT_ONCE = 2000

Tell = Callable[[int], None]


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One fault of a chain, from event `number` to `last`. `at` is when that event says it happened, if it is there."""

    office: str
    number: int
    what: str  # changed, removed, inserted, reordered
    last: int
    at: str | None = None


class Row(NamedTuple):
    """An event as it lies in the table; `at` is spelled as it was hashed."""

    office: str
    number: int
    at: str
    actor: str
    kind: str
    post: int | None
    delivery: str | None
    data: str
    previous: str
    hash: str


def verify(tx: Session, tell: Tell = lambda _: None) -> tuple[int, list[Broken]]:
    """How many events were read, and every place where a chain does not hold. In constant memory."""
    heads = _heads(tx)
    faults = _Faults()
    count = 0
    chain: _Chain | None = None
    for row in rows(tx):
        if chain is None or row.office != chain.office:
            if chain is not None:
                chain.end(heads.pop(chain.office, None))
            chain = _Chain(office=row.office, faults=faults)
        chain.read(row)
        count += 1
        if count % EVERY == 0:
            tell(count)
    if chain is not None:
        chain.end(heads.pop(chain.office, None))
    for office, (number, _) in sorted(heads.items()):
        if number:
            faults.add(Broken(office=office, number=1, last=number, what="removed"))
    return count, faults.found


def rows(tx: Session, where: str = "", values: dict[str, Any] | None = None) -> Iterator[Row]:
    """Events in the order of their chains, as they are written; no objects are made of them."""
    query = text(f"SELECT {', '.join(Row._fields)} FROM event {where} ORDER BY office, number, id")  # noqa: S608 - ours
    options = {"stream_results": True, "yield_per": _AT_ONCE}
    for part in tx.connection().execute(query, values or {}, execution_options=options).partitions():
        for office, number, at, *others in part:
            yield Row(office, number, _moment(at), *others)


def _moment(value: Any) -> str:
    """As `datetime.isoformat` says it in UTC: SQLite keeps text, PostgreSQL gives a datetime."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value).removesuffix(".000000").replace(" ", "T") + "+00:00"


def said(row: Row) -> bytes:
    """What the hash is taken of: everything that the event says, `canonical`, but spelled by hand for a million."""
    delivery = "null" if row.delivery is None else _spelled(row.delivery)
    post = "null" if row.post is None else row.post
    return (
        f'{{"actor":{_spelled(row.actor)},"at":{_spelled(row.at)},"data":{_spelled(row.data)},"delivery":{delivery},'
        f'"kind":{_spelled(row.kind)},"number":{row.number},"office":{_spelled(row.office)},"post":{post},'
        f'"previous":{_spelled(row.previous)}}}'
    ).encode()


def hash_of(row: Row) -> str:
    """Answers nothing that fits when the row holds what no event can hold."""
    try:
        return hashlib.sha256(said(row)).hexdigest()
    except (TypeError, ValueError):
        return ""


def _heads(tx: Session) -> dict[str, tuple[int, str]]:
    found = tx.connection().execute(text("SELECT office, number, hash FROM chain_head"))
    return {office: (number, hash_) for office, number, hash_ in found}


def head(tx: Session, office: str) -> tuple[int, str] | None:
    return _heads(tx).get(office)


def heads(tx: Session) -> dict[str, tuple[int, str]]:
    """The newest link of every chain that has one."""
    return {office: end for office, end in sorted(_heads(tx).items()) if end[0]}


def hash_at(tx: Session, office: str, number: int) -> str | None:
    """The hash of one event; None where the chain does not reach so far."""
    query = text("SELECT hash FROM event WHERE office = :office AND number = :number")
    found: str | None = tx.connection().execute(query, {"office": office, "number": number}).scalar()
    return found


@dataclass
class _Faults:
    """Neighbours with the same fault are one fault, and no more than `MOST` are kept."""

    found: list[Broken] = field(default_factory=list)

    def add(self, one: Broken) -> None:
        last = self.found[-1] if self.found else None
        if last and (last.office, last.what, last.last + 1) == (one.office, one.what, one.number):
            self.found[-1] = replace(last, last=one.last)
        elif last and (last.office, last.what, last.number) == (one.office, "changed", one.number):
            self.found[-1] = one  # what was put in, and its hash does not even fit
        elif len(self.found) < MOST:
            self.found.append(one)


@dataclass
class _Moved:
    """Neighbours that fit their hashes only with another number: where they stand, and how far from their places."""

    first: int
    last: int
    gap: bool
    at: str
    by: set[int]


@dataclass
class _Chain:
    """One office's chain while it is read: where it stands, and which hashes the next event may refer to."""

    office: str
    faults: _Faults
    number: int = 0
    ends: set[str] = field(default_factory=lambda: {GENESIS})
    sure: bool = True  # is the event before as it was written?
    at: str | None = None
    moved: _Moved | None = None
    _shift: int = 0
    _searches: int = 0

    def read(self, row: Row) -> None:
        if not isinstance(row.number, int) or row.number <= self.number:
            self._found("inserted", self.number, at=row.at)
            self.ends.add(row.hash)  # which of the two is the true one, the next event will say
            return
        gap = row.number > self.number + 1
        sound = row.hash == hash_of(row)
        if sound:
            self._as_written(row, gap=gap)
        elif by := self._moved_by(row):
            self._note_move(row, by, gap=gap)
        else:
            self._note_gap(row, gap=gap)
            self._found("changed", row.number, at=row.at)
        self.number, self.ends, self.at, self.sure = row.number, {row.hash}, row.at, sound

    def end(self, head: tuple[int, str] | None) -> None:
        """Compares the end of the chain with the head that stands in a table of its own."""
        self._put_down(in_place_again=False)
        number, hash_ = head or (0, "")
        if hash_ in self.ends and (number == self.number or not self.sure):
            return
        if head is None:
            self._found("removed", self.number, at=self.at)  # the head itself
        elif self.number < number:
            self._found("removed", self.number + 1, number)
        elif self.number > number:
            self._found("inserted", number + 1, self.number, at=self.at)
        elif self.sure:
            self._found("changed", number, at=self.at)

    def _as_written(self, row: Row, *, gap: bool) -> None:
        """Both may fit their own hashes, but not each other: then the earlier was written anew, hash and all."""
        self._put_down(in_place_again=True)
        self._note_gap(row, gap=gap)
        if not gap and self.sure and row.previous not in self.ends:
            self._found("changed", max(self.number, 1), at=self.at or row.at)

    def _note_gap(self, row: Row, *, gap: bool) -> None:
        if gap:
            self._found("removed", self.number + 1, row.number - 1)

    def _moved_by(self, row: Row) -> int:
        """How far from its place an event stands that fits its hash with another number; 0 where none fits."""
        if self._shift and row.hash == hash_of(row._replace(number=row.number - self._shift)):
            return self._shift
        self._searches += 1
        if self._searches > MOST:
            return 0
        for far in range(1, NEAR):
            for by in (far, -far):
                if row.hash == hash_of(row._replace(number=row.number - by)):
                    self._shift = by
                    return by
        return 0

    def _note_move(self, row: Row, by: int, *, gap: bool) -> None:
        if self.moved is None:
            self.moved = _Moved(first=row.number, last=row.number, gap=gap, at=row.at, by={by})
        else:
            self.moved.last = row.number
            self.moved.by.add(by)

    def _put_down(self, *, in_place_again: bool) -> None:
        """What was done to a run of moved events: what was put in or cut out moves all that follow, to the very end."""
        moved, self.moved = self.moved, None
        if moved is None:
            return
        by = min(moved.by)
        if in_place_again or moved.gap or len(moved.by) > 1:
            self._found("reordered", moved.first, moved.last, at=moved.at)
        elif by > 0:
            self._found("inserted", moved.first - by, moved.first - 1, at=self.at)
        else:
            self._found("removed", moved.first, moved.first - by - 1)

    def _found(self, what: str, number: int, last: int | None = None, at: str | None = None) -> None:
        self.faults.add(Broken(office=self.office, number=number, last=last or number, what=what, at=at))


_SQLITE_GUARDS = {
    "event_no_update": "BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT,",
    "event_no_delete": "BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT,",
    "event_no_replace": "BEFORE INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR "
    "(office = NEW.office AND number = NEW.number)) BEGIN SELECT RAISE(ABORT,",
}
_POSTGRESQL_GUARD = """
SELECT t.tgenabled IN ('O', 'A') AND t.tgtype & 1 = 0 AND t.tgtype & 58 = 58 AND t.tgqual IS NULL
  AND p.prosrc LIKE ' BEGIN RAISE EXCEPTION %'
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid = 'event'::regclass AND t.tgname = 'event_append_only'
"""


def missing_guards(tx: Session) -> list[str]:
    """The triggers that refuse changes of the record and are not there, or no longer what they were."""
    connection = tx.connection()
    if connection.dialect.name == "postgresql":
        return [] if connection.execute(text(_POSTGRESQL_GUARD)).scalar() else ["event_append_only"]
    found = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'")
    )
    there = {name: " ".join(sql.split()) for name, sql in found}
    begins = {name: f"CREATE TRIGGER {name} {words}" for name, words in _SQLITE_GUARDS.items()}
    return [name for name, words in begins.items() if not there.get(name, "").startswith(words)]
