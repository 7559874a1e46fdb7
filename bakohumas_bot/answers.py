"""What the commands answer with --json: plain documents, the same facts that the tables show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.domain.approval import LEADERS, Decision, Verdict
from bakohumas_bot.domain.counting import measure
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.lifting import Lift
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.policy import Rule
from bakohumas_bot.domain.posts import Post, Revision
from bakohumas_bot.domain.rendering import Rendered
from bakohumas_bot.domain.status import Status, status
from bakohumas_bot.lifecycle import hold, people
from bakohumas_bot.lifecycle.check import rendering_of
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.policy import Outlook, holders, outlook
from bakohumas_bot.store import deliveries, freezes, pauses, posts, record, remarks
from bakohumas_bot.store.remarks import Remark


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
        "repairs": [
            {"label": repair.label, "text": repair.text} | ({"account": repair.account} if repair.account else {})
            for repair in found.repairs
        ],
    }


def lifted(desk: Desk, lift: Lift) -> dict[str, Any]:
    return {
        "code": lift.code,
        "person": lift.person,
        "name": people.name(desk, lift.person),
        "deputy": lift.deputy,
        "reason": lift.reason,
        "at": iso(lift.at),
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
        "held": row.held,
    }


def decision(desk: Desk, one: Decision) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "person": one.person,
        "name": people.name(desk, one.person),
        "roles": sorted(role.value for role in one.roles),
        "deputy": one.deputy,
        "urgent": one.urgent,
        "reason": one.reason,
        "ticks": list(one.ticks),
        "revision": one.revision,
        "digest": one.digest,
        "decided_at": iso(one.decided_at),
        "due_at": iso(one.due_at),
    }


def voice_in_words(one: dict[str, Any]) -> str:
    """A decision as `decision` gives it, e.g. "disetujui (mendesak) Dewi Contoh, ketua: alasan"."""
    roles = ", ".join(labels.ROLE[Role(role)] for role in one["roles"] if Role(role) in LEADERS)
    as_what = one["deputy"] or roles
    hurry = " (mendesak)" if one["urgent"] else ""
    named = f"{one['name']}, {as_what}" if as_what else one["name"]
    reason = f": {one['reason']}" if one["reason"] else ""
    return f"{labels.VERDICT[Verdict(one['verdict'])]}{hurry} oleh {named}{reason}"


def waiting_for(desk: Desk, tx: Session, row: Post, of: Outlook) -> list[dict[str, Any]]:
    """The voices still wanted, in the order in which they are asked; nobody where the post waits for none."""
    against = any(one.verdict is not Verdict.APPROVE for one in of.decisions)
    if against or row.closed_at is not None:
        return []
    silent = posts.hands(tx, row.id) | {one.person for one in of.decisions}
    return [
        {
            "roles": [role.value for role in step.roles],
            "roles_in_words": labels.voices((step,)),
            "people": [person.id for person in able],
            "names": [person.name for person in able],
            "now": number < len(of.standing.next),
        }
        for number, step in enumerate(of.standing.missing)
        for able in [holders(desk, row.office, (step,), silent)]
    ]


def policy(desk: Desk, tx: Session, row: Post) -> dict[str, Any]:
    """Who must still decide on the newest revision, and why."""
    revision = posts.latest(tx, row.id)
    of = outlook(desk, tx, revision)
    return {
        "post": row.id,
        "office": row.office,
        "title": row.title,
        "revision": revision.number,
        "digest": revision.digest,
        "status": labels.status(status_of(tx, row)),
        "why": of.requirement.why,
        "traits": [labels.TRAIT[trait] for trait in sorted(of.traits)],
        "ordered": of.requirement.ordered,
        "decisions": [decision(desk, one) for one in of.decisions],
        "waiting_for": waiting_for(desk, tx, row, of),
        "complete": of.standing.complete,
        "public": of.standing.public,
        "may_be_urgent": of.requirement.urgent and len(of.standing.missing) > 1 and not of.standing.public,
        "hands": [people.name(desk, id_) for id_ in sorted(posts.hands(tx, row.id))],
    }


def rule(one: Rule, *, default: bool) -> dict[str, Any]:
    asked = one.requirement
    kinds, traits = sorted(one.kinds), sorted(one.traits)
    between = ", lalu " if asked.ordered else ", dan "
    return {
        "office": one.office,
        "kinds": [kind.value for kind in kinds],
        "traits": [trait.value for trait in traits],
        "steps": [[role.value for role in step.roles] for step in asked.steps],
        "ordered": asked.ordered,
        "urgent": asked.urgent and len(asked.steps) > 1,
        "why": asked.why,
        "default": default,
        "for_in_words": ", ".join([*(labels.KIND[k] for k in kinds), *(labels.TRAIT[t] for t in traits)])
        or "selebihnya",
        "steps_in_words": between.join(labels.voices((step,)) for step in asked.steps),
    }


def remark(desk: Desk, one: Remark) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "asker": one.asker,
        "asker_name": people.name(desk, one.asker),
        "question": one.question,
        "asked_at": iso(one.asked_at),
        "answerer": one.answerer,
        "answerer_name": people.name(desk, one.answerer) if one.answerer else None,
        "answer": one.answer,
        "answered_at": iso(one.answered_at),
    }


def held_by(tx: Session, post: int) -> dict[str, Any] | None:
    now = hold.held(tx, post)
    return {"by": now.by, "at": iso(now.at), "reason": now.reason} if now else None


def status_of(tx: Session, post: Post) -> Status:
    revision = posts.latest(tx, post.id)
    settled = posts.decision_on(tx, post.id, revision.number)
    return status(revision, settled, deliveries.of_post(tx, post.id), closed=post.closed_at is not None)


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
    settled = posts.decision_on(tx, row.id, revision.number)
    of = outlook(desk, tx, revision)
    return post(tx, row) | {
        "body": revision.content.body,
        "submitted_by": revision.submitted_by,
        "submitted_at": iso(revision.submitted_at),
        "reason": revision.reason,
        "findings": [finding(f) for f in revision.findings],
        "lifts": [lifted(desk, one) for one in revision.lifts],
        "previews": previews(desk, revision),
        "decision": None if settled is None else decision(desk, settled),
        "decisions": [decision(desk, one) for one in of.decisions],
        "waiting_for": waiting_for(desk, tx, row, of) if revision.submitted_at else [],
        "talk": [remark(desk, one) for one in remarks.of_post(tx, row.id)],
        "held": held_by(tx, row.id),
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
