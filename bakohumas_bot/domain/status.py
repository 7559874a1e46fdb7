"""The status of a post: never stored, always derived from its revision, decision and deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bakohumas_bot.domain.approval import Decision, Verdict
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.posts import Revision


class Stage(StrEnum):
    DRAFT = "draft"
    BLOCKED = "blocked"
    WAITING = "waiting"
    RETURNED = "returned"
    REJECTED = "rejected"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    PARTLY = "partly"
    FAILED = "failed"
    HELD = "held"
    ASKS = "asks"
    CANCELLED = "cancelled"


# It was approved; what an urgent voice let out still waits for the others to confirm it.
LET_OUT = frozenset(
    {Stage.SCHEDULED, Stage.HELD, Stage.PUBLISHING, Stage.PUBLISHED, Stage.PARTLY, Stage.FAILED, Stage.ASKS}
)


@dataclass(frozen=True, kw_only=True)
class Status:
    """`published` of `total` counts the deliveries that still stand."""

    stage: Stage
    published: int = 0
    total: int = 0


def status(revision: Revision, decision: Decision | None, deliveries: Sequence[Delivery], *, closed: bool) -> Status:
    """What a person asks first: where is it?"""
    standing = [d for d in deliveries if d.revision == revision.number and d.state is not State.CANCELLED]
    if standing:
        return _of_deliveries(standing)
    if closed or any(d.revision == revision.number for d in deliveries):
        return Status(stage=Stage.CANCELLED)
    if decision is not None:
        ended = {Verdict.REVISE: Stage.RETURNED, Verdict.REJECT: Stage.REJECTED, Verdict.APPROVE: Stage.SCHEDULED}
        return Status(stage=ended[decision.verdict])
    if revision.submitted_at is not None:
        return Status(stage=Stage.WAITING)
    return Status(stage=Stage.BLOCKED if revision.blocked else Stage.DRAFT)


def _of_deliveries(standing: Sequence[Delivery]) -> Status:
    published = sum(d.state is State.PUBLISHED for d in standing)
    return Status(stage=_stage(standing, published), published=published, total=len(standing))


def _stage(standing: Sequence[Delivery], published: int) -> Stage:
    states = {d.state for d in standing}
    if published == len(standing):
        return Stage.PUBLISHED
    if any(d.asks for d in standing):
        return Stage.ASKS
    if any(d.held for d in standing):
        return Stage.HELD
    if states & {State.SENDING, State.UNCONFIRMED} or (published and State.SCHEDULED in states):
        return Stage.PUBLISHING
    if State.SCHEDULED in states:
        return Stage.SCHEDULED
    return Stage.PARTLY if published else Stage.FAILED
