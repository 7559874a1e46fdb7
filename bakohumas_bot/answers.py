"""What the commands answer with --json: plain documents, the same facts that the tables show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.counting import measure
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.posts import Post, Revision
from bakohumas_bot.domain.rendering import Rendered
from bakohumas_bot.domain.status import Status, status
from bakohumas_bot.lifecycle.check import rendering_of
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, freezes, pauses, posts, record


def iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "override": found.override.value,
        "field": found.field,
        "start": found.start,
        "end": found.end,
        "message": found.message,
        "remedies": list(found.remedies),
    }


def delivery(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.id,
        "post": row.post,
        "revision": row.revision,
        "digest": row.digest,
        "account": row.account,
        "platform": row.platform,
        "state": row.state.value,
        "due_at": iso(row.due_at),
        "next_at": iso(row.next_at),
        "sent_at": iso(row.sent_at),
        "published_at": iso(row.published_at),
        "verified_at": iso(row.verified_at),
        "attempts": row.tries,
        "remote_id": row.remote_id,
        "url": row.url,
        "error": row.error,
        "asks": row.asks,
    }


def status_of(tx: Session, post: Post) -> Status:
    revision = posts.latest(tx, post.id)
    decision = posts.decision_on(tx, post.id, revision.number)
    return status(revision, decision, deliveries.of_post(tx, post.id), closed=post.closed_at is not None)


def post(tx: Session, row: Post) -> dict[str, Any]:
    revision = posts.latest(tx, row.id)
    now = status_of(tx, row)
    return {
        "post": row.id,
        "office": row.office,
        "title": row.title,
        "kind": revision.content.kind.value,
        "revision": row.revision,
        "digest": revision.digest,
        "accounts": list(revision.content.accounts),
        "publish_at": iso(revision.content.publish_at),
        "created_by": row.created_by,
        "created_at": iso(row.created_at),
        "stage": now.stage.value,
        "status": labels.status(now),
    }


def whole_post(desk: Desk, tx: Session, row: Post) -> dict[str, Any]:
    """Everything about one post: what goes out, what the rules say, who decided, and its history."""
    revision = posts.latest(tx, row.id)
    decision = posts.decision_on(tx, row.id, revision.number)
    return post(tx, row) | {
        "body": revision.content.body,
        "submitted_by": revision.submitted_by,
        "submitted_at": iso(revision.submitted_at),
        "reason": revision.reason,
        "findings": [finding(f) for f in revision.findings],
        "previews": previews(desk, revision),
        "decision": None
        if decision is None
        else {
            "verdict": decision.verdict.value,
            "person": decision.person,
            "reason": decision.reason,
            "decided_at": iso(decision.decided_at),
            "due_at": iso(decision.due_at),
        },
        "deliveries": [delivery(d) for d in deliveries.of_post(tx, row.id)],
        "events": [
            {"at": iso(e.at), "actor": e.actor, "kind": e.kind, "delivery": e.delivery, "data": record.data_of(e)}
            for e in record.history(tx, row.id)
        ],
    }


def previews(desk: Desk, revision: Revision, only: str | None = None) -> list[dict[str, Any]]:
    """Per account what its readers will get, counted as the platform counts."""
    rendered = rendering_of(desk, revision)
    return [_preview(desk, one) for account, one in rendered.items() if only in {None, account}]


def _preview(desk: Desk, rendered: Rendered) -> dict[str, Any]:
    spec = desk.spec_of(rendered.account)
    counted = measure(rendered.text, spec, with_media=bool(rendered.media))
    return {
        "account": rendered.account,
        "platform": rendered.platform,
        "label": spec.label,
        "title": rendered.title,
        "text": rendered.text,
        "length": counted.length,
        "limit": counted.limit,
        "unit": counted.unit,
        "media": [
            {
                "sha256": m.sha256,
                "kind": m.kind.value,
                "mime": m.mime,
                "size": m.size,
                "width": m.width,
                "height": m.height,
                "alt": m.alt,
                "file": str(desk.blobs.path(m.sha256)),
            }
            for m in rendered.media
        ],
    }


def deliveries_of(rows: Sequence[Delivery]) -> list[dict[str, Any]]:
    return [delivery(row) for row in rows]


def halted(tx: Session, rows: Sequence[Delivery], now: datetime) -> list[dict[str, Any]]:
    """The same, with what holds each up: a freeze of its office, the rest of its account."""
    frozen = freezes.in_force(tx)
    resting = {pause.account: pause for pause in pauses.in_force(tx, now)}
    return [
        delivery(row)
        | {
            "frozen": row.office in frozen,
            "paused_since": iso(resting[row.account].since) if row.account in resting else None,
            "paused_until": iso(resting[row.account].until) if row.account in resting else None,
        }
        for row in rows
    ]
