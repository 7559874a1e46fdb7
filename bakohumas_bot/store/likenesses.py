"""What an office has published or queued, found by its likeness: through the keys of `domain.fingerprints` alone."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, func, select, text
from sqlmodel import Session

from bakohumas_bot.domain import fingerprints
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import MAY_BE_PUBLIC, State
from bakohumas_bot.domain.likeness import is_near
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.store import bulk, codec
from bakohumas_bot.store.likeness_tables import FingerprintRow
from bakohumas_bot.store.tables import DecisionRow, DeliveryRow, PostRow, RevisionRow

MOST = 20  # others that are looked at more closely: those with the most in common, the newest first
_LOOKED_AT = 100  # the newest that hold a figure; a claim is about what is talked of now

_PRINTS = FingerprintRow.__table__  # type: ignore[attr-defined]
_POSTS, _REVISIONS = PostRow.__table__.c, RevisionRow.__table__.c  # type: ignore[attr-defined]
_DECISIONS, _DELIVERIES = DecisionRow.__table__.c, DeliveryRow.__table__.c  # type: ignore[attr-defined]
_UNSIGNED = 1 << 64
_COUNTING = (*MAY_BE_PUBLIC, State.SCHEDULED)


class Print(NamedTuple):
    """One row: `key` finds this revision; `look` is the picture's where the key is one of its bands, else 0."""

    office: str
    key: int
    post_id: int
    revision: int
    look: int


class Showing(NamedTuple):
    """One account that shows a post, or will; `at` None: as soon as it is approved."""

    account: str
    at: datetime | None
    public: bool


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Another post as it stands: in approval, queued or public. `looks` are those of its pictures that are alike."""

    post: int
    content: Content
    submitted_at: datetime
    showings: tuple[Showing, ...]
    looks: frozenset[int]


def note(tx: Session, revision: Revision, looks: Mapping[str, int]) -> None:
    """Writes down under which keys this revision is found. `looks` by the author's SHA-256."""
    keys = sorted(fingerprints.kept(revision.content, looks))
    write(tx, [Print(revision.content.office, key, revision.post, revision.number, look) for key, look in keys])


def write(tx: Session, prints: Iterable[Print]) -> None:
    """A database's whole numbers have a sign."""
    rows = [(*one[:4], one.look - _UNSIGNED if one.look >> 63 else one.look) for one in prints]
    bulk.insert(tx, _PRINTS, Print._fields, rows)


# The keys travel as one value: eighty of them as eighty would cost more to read than to look up.
_AMONG = {
    "sqlite": "key IN (SELECT value FROM json_each(:keys))",
    "postgresql": "key = ANY(CAST(:keys AS bigint[]))",
}
_UNDER = {
    dialect: text(f"SELECT post_id, revision, look FROM fingerprint WHERE office = :office AND {among}")  # noqa: S608
    for dialect, among in _AMONG.items()
}


def alike(tx: Session, content: Content, looks: Mapping[str, int], *, but: int | None) -> list[Standing]:
    """Every other post of the office that may be this one again, and neither withdrawn, rejected nor taken down."""
    ours = {looks[media.sha256] for media in content.media if media.sha256 in looks}
    common: Counter[tuple[int, int]] = Counter()
    close: dict[tuple[int, int], set[int]] = defaultdict(set)
    for post, number, signed in _under(tx, content.office, fingerprints.sought(content, looks)):
        if post == but or (signed and not is_near(signed % _UNSIGNED, ours)):
            continue
        common[post, number] += 1
        if signed:
            close[post, number].add(signed % _UNSIGNED)
    return _standing(tx, _likeliest(common), close)


_LINKED = (
    select(_DELIVERIES.post_id, _DELIVERIES.revision, _REVISIONS.content, func.max(_DELIVERIES.url).label("url"))
    .join(RevisionRow, (_REVISIONS.post_id == _DELIVERIES.post_id) & (_REVISIONS.number == _DELIVERIES.revision))
    .where(_DELIVERIES.post_id.in_(bindparam("posts", expanding=True)), _DELIVERIES.state == State.PUBLISHED.value)
    .group_by(_DELIVERIES.post_id, _DELIVERIES.revision, _REVISIONS.id)
    .order_by(_DELIVERIES.post_id.desc())
)


def published_with(
    tx: Session, office: str, keys: Collection[int], *, but: int | None, most: int
) -> list[tuple[int, Content, str]]:
    """What the office has public under one of these keys, the newest first: post, content, and a link to it."""
    holding = {(post, number) for post, number, _ in _under(tx, office, keys) if post != but}
    newest = sorted(holding, reverse=True)[:_LOOKED_AT]
    rows = tx.execute(_LINKED, {"posts": [post for post, _ in newest]}) if newest else ()
    linked = [row for row in rows if (row.post_id, row.revision) in holding][:most]
    return [(row.post_id, codec.content_from_json(row.content), row.url or "") for row in linked]


def _under(tx: Session, office: str, keys: Collection[int]) -> Iterable[tuple[int, int, int]]:
    if not keys:
        return ()
    connection = tx.connection()
    dialect = connection.dialect.name
    given = json.dumps(list(keys)) if dialect == "sqlite" else list(keys)
    rows: Iterable[Any] = connection.execute(_UNDER[dialect], {"office": office, "keys": given})
    return rows


def _likeliest(common: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of each post only the last version that is alike: the earlier ones would take the place of other posts."""
    last = {post: (post, number) for post, number in sorted(common)}
    return sorted(last.values(), key=lambda which: (common[which], which), reverse=True)[:MOST]


_NEWER = RevisionRow.__table__.alias()  # type: ignore[attr-defined]
_NEWEST = ~exists(select(1).where(_NEWER.c.post_id == _REVISIONS.post_id, _NEWER.c.number > _REVISIONS.number))
_REFUSED = exists(
    select(1).where(
        _DECISIONS.post_id == _REVISIONS.post_id,
        _DECISIONS.revision == _REVISIONS.number,
        _DECISIONS.verdict != Verdict.APPROVE.value,
    )
)


def _among(column: ColumnElement[int]) -> ColumnElement[bool]:
    return column.in_(bindparam("posts", expanding=True))


_SUBMITTED = (
    select(_REVISIONS.post_id, _REVISIONS.number, _REVISIONS.content, _REVISIONS.submitted_at)
    .join(PostRow, _POSTS.id == _REVISIONS.post_id)
    .where(_among(_REVISIONS.post_id), _POSTS.closed_at.is_(None), _REVISIONS.submitted_at.is_not(None))
    .where(_NEWEST, ~_REFUSED)
)
_PLANNED = select(
    _DELIVERIES.post_id,
    _DELIVERIES.revision,
    _DELIVERIES.account,
    _DELIVERIES.state,
    func.coalesce(_DELIVERIES.published_at, _DELIVERIES.sent_at, _DELIVERIES.due_at).label("at"),
).where(_among(_DELIVERIES.post_id))


def _standing(
    tx: Session, which: Collection[tuple[int, int]], close: Mapping[tuple[int, int], set[int]]
) -> list[Standing]:
    if not which:
        return []
    posts = {"posts": [post for post, _ in which]}
    submitted = [row for row in tx.execute(_SUBMITTED, posts) if (row.post_id, row.number) in which]
    planned: dict[tuple[int, int], list[Showing | None]] = defaultdict(list)
    for row in tx.execute(_PLANNED, posts) if submitted else ():
        counts = row.state in _COUNTING
        showing = Showing(row.account, row.at, row.state in MAY_BE_PUBLIC) if counts else None
        planned[row.post_id, row.revision].append(showing)
    found = []
    for row in submitted:
        content = codec.content_from_json(row.content)
        waiting: list[Showing | None] = [Showing(name, content.publish_at, public=False) for name in content.accounts]
        showings = tuple(one for one in planned.get((row.post_id, row.number), waiting) if one is not None)
        looks = frozenset(close.get((row.post_id, row.number), ()))
        if showings:
            found.append(
                Standing(
                    post=row.post_id,
                    content=content,
                    submitted_at=row.submitted_at,
                    showings=showings,
                    looks=looks,
                )
            )
    return found
