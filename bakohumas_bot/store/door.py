"""The one door: every change of a delivery's state passes through `move_all`, with its event, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove, step
from bakohumas_bot.domain.happenings import Happening, Intent
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.store import bulk, freezes, posts, record
from bakohumas_bot.store.deliveries import changes
from bakohumas_bot.store.record import Event
from bakohumas_bot.store.tables import DeliveryRow

Then = Callable[[Session, Delivery], None]
NEVER = datetime.min.replace(tzinfo=UTC)


class LostRace(Exception):  # noqa: N818
    """Someone else moved the delivery first. Nothing was changed; read it again."""


class Hold(StrEnum):
    """Why an intent was refused."""

    FROZEN = "frozen"
    THAWED = "thawed"  # it came due before the last freeze was lifted, and nobody has given it a new time
    UNAPPROVED = "unapproved"  # no approval of this digest stands


class HeldBack(Exception):  # noqa: N818
    """An intent was refused. Nothing was changed."""

    def __init__(self, by: Hold) -> None:
        self.by = by
        super().__init__(by.value)


@dataclass(frozen=True, kw_only=True)
class Move:
    """`worker`: only while that worker still holds the claim. `then` writes what belongs to the same transaction."""

    delivery: Delivery
    happening: Happening
    now: datetime
    spec: PlatformSpec
    actor: str
    worker: str | None = None
    then: Then | None = None


def move(
    tx: Session,
    delivery: Delivery,
    happening: Happening,
    *,
    now: datetime,
    spec: PlatformSpec,
    actor: str,
    worker: str | None = None,
    then: Then | None = None,
) -> Delivery:
    """One move. Raises `LostRace` when the row is no longer as `delivery` knows it, `UnlawfulMove`, `HeldBack`."""
    one = Move(delivery=delivery, happening=happening, now=now, spec=spec, actor=actor, worker=worker, then=then)
    (after,) = move_all(tx, [one])
    if isinstance(after, Exception):
        raise after
    return after


def move_all(tx: Session, moves: Sequence[Move]) -> list[Delivery | Exception]:
    """Moves each delivery as `domain.delivery.step` says, or answers why it was left as it is.

    The rows are locked in one order before they are compared, so that no two transactions wait for each other.
    """
    if not moves:
        return []
    tx.flush()  # what the same transaction has added so far counts; below, the session is not asked
    standing = _locked(tx, moves)
    refused = _refused_intents(tx, moves)
    results: list[Delivery | Exception] = []
    done: list[tuple[Move, Delivery]] = []
    for one in moves:
        result = refused.get(one.delivery.id) or _stepped(one, standing.get(one.delivery.id))
        results.append(result)
        if isinstance(result, Delivery):
            done.append((one, result))
            standing.pop(one.delivery.id)  # a second move of the same row in one transaction has lost the race
    _write(tx, done)
    for one, after in done:
        if one.then is not None:
            one.then(tx, after)
    return results


_ROWS = DeliveryRow.__table__  # type: ignore[attr-defined]
_STANDING = ("id", "version", "state", "leased_by")


def _locked(tx: Session, moves: Sequence[Move]) -> dict[str, tuple[int, str, str | None]]:
    rows = bulk.held(tx, _ROWS, _STANDING, [one.delivery.id for one in moves])
    return {id_: (version, state, leased_by) for id_, version, state, leased_by in rows}


def _refused_intents(tx: Session, moves: Sequence[Move]) -> dict[str, Exception]:
    """An intent is written only while no freeze is in force and an approval of this very digest stands.

    What came due before the last freeze was lifted asks for a new time, whatever way it comes back to the queue.
    """
    intents = [one.delivery for one in moves if isinstance(one.happening, Intent)]
    if not intents:
        return {}
    lifted = freezes.lifted(tx)
    approved = posts.approved(tx, {d.post for d in intents})
    refused: dict[str, Exception] = {}
    for d in intents:
        thawed_at = lifted.get(d.office, NEVER)
        if thawed_at is None:
            refused[d.id] = HeldBack(Hold.FROZEN)
        elif (d.post, d.revision, d.digest) not in approved:
            refused[d.id] = HeldBack(Hold.UNAPPROVED)
        elif d.due_at < thawed_at.replace(second=0, microsecond=0):  # nobody types seconds: a new time may lack them
            refused[d.id] = HeldBack(Hold.THAWED)
    return refused


def _stepped(one: Move, standing: tuple[int, str, str | None] | None) -> Delivery | Exception:
    if standing is None:
        return LostRace(one.delivery.id)
    version, state, leased_by = standing
    known = (one.delivery.version, one.delivery.state.value)
    if (version, state) != known or (one.worker is not None and leased_by != one.worker):
        return LostRace(one.delivery.id)
    try:
        after = step(one.delivery, one.happening, one.now, one.spec)
    except UnlawfulMove as unlawful:
        return unlawful
    return _numbered(after, version + 1)


def _numbered(after: Delivery, version: int) -> Delivery:
    object.__setattr__(after, "version", version)  # `after` is ours alone, and a copy costs as much as the step
    return after


def _write(tx: Session, done: Sequence[tuple[Move, Delivery]]) -> None:
    """Only what changed is written: half of the columns never do after planning."""
    if not done:
        return
    alike: dict[tuple[str, ...], list[list[Any]]] = {}
    for one, after in done:
        changed = changes(one.delivery, after)
        keeps = one.worker if after.state is State.SENDING else None
        alike.setdefault(tuple(changed), []).append([after.id, keeps, *changed.values()])
    for names, rows in alike.items():
        bulk.update(tx, _ROWS, ("id", "leased_by", *names), rows)
    record.append_all(tx, [_event(one, after) for one, after in done])


def _event(one: Move, after: Delivery) -> Event:
    return Event(
        office=after.office,
        actor=one.actor,
        kind=f"delivery.{type(one.happening).__name__.lower()}",
        at=one.now,
        post=after.post,
        delivery=after.id,
        data={
            "account": after.account,
            "before": one.delivery.state.value,
            "after": after.state.value,
            "tries": after.tries,
            "said": _plain(one.happening),
        },
    )


def _plain(value: Any) -> Any:
    """What the happening carries, as JSON for the record."""
    if is_dataclass(value):
        return {name: _plain(item) for name, item in vars(value).items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value
