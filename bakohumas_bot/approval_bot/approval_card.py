"""The leader's card: what is to be decided, and afterwards what was."""

from __future__ import annotations

from datetime import datetime

from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, account_rows, person_name
from bakohumas_bot.domain.approval import Decision
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.lifecycle.desk import Desk

PASSED = "Waktu tayang yang direncanakan sudah lewat. Bapak/Ibu dapat menyetujui untuk terbit sekarang."


def compose(desk: Desk, post: Standing, now: datetime) -> Composed:
    """The card that asks. When the wished time has passed, the leader chooses to publish at once."""
    content = post.content
    passed = content.publish_at is not None and content.publish_at < now
    html = fill(
        "approval",
        revision=post.revision,
        content=content,
        office=post.office,
        several_offices=len(desk.directory.offices) > 1,
        due_at=content.publish_at,
        author=person_name(desk, post.revision.author),
        submitter=person_name(desk, post.revision.submitted_by),
        accounts=account_rows(desk, post.revision),
        findings=post.revision.findings,
        note=PASSED if passed else "",
        frozen=post.frozen,
    )
    first = "approve_now" if passed else "approve"
    return Composed(html=html, rows=(_buttons(first), _buttons("revise", "reject")))


def settled(desk: Desk, revision: Revision, decision: Decision) -> Composed:
    """Who decided, when and why; nothing left to press."""
    zone = desk.office(revision.content.office).zone
    return Composed(
        html=fill(
            "decided",
            title=revision.content.title,
            post=revision.post,
            decision=decision,
            by=person_name(desk, decision.person),
            zone=zone,
        )
    )


def replaced(revision: Revision) -> Composed:
    return Composed(html=fill("replaced", title=revision.content.title, post=revision.post, number=revision.number))


def _buttons(*verbs: str) -> tuple[Button, ...]:
    return tuple(Button(label=BUTTONS[verb], verb=verb) for verb in verbs)
