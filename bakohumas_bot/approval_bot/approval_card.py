"""The leader's card: what is to be decided and by whom, and afterwards what was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bakohumas_bot.approval_bot.ballot import Ballot, conversation, said, voices
from bakohumas_bot.approval_bot.buttons import Button, Composed, Rows
from bakohumas_bot.approval_bot.changes import Change, changes, fit_a_card
from bakohumas_bot.approval_bot.lengths import fits
from bakohumas_bot.approval_bot.sentences import BUTTONS, FIELDS, PASSED
from bakohumas_bot.approval_bot.templating import fill, written
from bakohumas_bot.approval_bot.views import account_rows, person_name
from bakohumas_bot.approval_bot.views import found as shown_findings
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import MAY_BE_PUBLIC
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.status import LET_OUT
from bakohumas_bot.lifecycle.approve import asked_to_tick
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.hold import Held
from bakohumas_bot.lifecycle.people import name

TALK = 3  # questions on a card; all of them stand in `bakohumas show`
PUBLIC = "⚠️ Konten ini sudah atau sedang terbit dengan satu persetujuan mendesak."
PLANNED = "⚠️ Konten ini sudah dijadwalkan dengan satu persetujuan mendesak, dan terbit meskipun belum dikonfirmasi."


def compose(desk: Desk, ballot: Ballot, person: Person, now: datetime, menu: str = "main") -> Composed:
    """The card that asks. When the wished time has passed, the leader chooses to publish at once."""
    found = changed_since(desk, ballot)
    inside = fit_a_card(found) and _fits(desk, ballot, now, found)
    mine = ballot.may_approve(person) or ballot.may_refuse(person)
    html = fill("approval", **_values(desk, ballot, now, found, inside=inside), mine=mine)
    rows = _return_menu() if menu == "return" else _decisions(ballot, person, now)
    return Composed(html=html, rows=rows)


def changed_since(desk: Desk, ballot: Ballot) -> list[Change]:
    return changes(desk, ballot.earlier, ballot.revision) if ballot.earlier else []


def stands_above(desk: Desk, ballot: Ballot, now: datetime) -> bool:
    """What changed is too long for the card, and comes in messages before it."""
    found = changed_since(desk, ballot)
    return bool(found) and not (fit_a_card(found) and _fits(desk, ballot, now, found))


def passed(ballot: Ballot, now: datetime) -> bool:
    """The hour that would be approved lies behind; what is let out already needs none."""
    at = ballot.revision.content.publish_at
    return at is not None and at < now and not ballot.confirming


def _fits(desk: Desk, ballot: Ballot, now: datetime, found: list[Change]) -> bool:
    html = written("approval", **_values(desk, ballot, now, found, inside=True), mine=True)
    return fits(html)


def _values(desk: Desk, ballot: Ballot, now: datetime, found: list[Change], *, inside: bool) -> dict[str, Any]:
    revision, content = ballot.revision, ballot.revision.content
    may_be_public = any(delivery.state in MAY_BE_PUBLIC for delivery in ballot.post.deliveries)
    return {
        "revision": revision,
        "content": content,
        "office": ballot.post.office,
        "several_offices": len(desk.directory.offices) > 1,
        "due_at": (ballot.due_at if ballot.confirming else None) or content.publish_at,
        "author": person_name(desk, revision.author),
        "submitter": person_name(desk, revision.submitted_by),
        "accounts": account_rows(desk, revision),
        "findings": shown_findings(desk, revision),
        "ticks": [tick.statement for tick in asked_to_tick(revision)],
        "voices": voices(desk, ballot),
        "confirming": ballot.confirming,
        "already": PUBLIC if may_be_public else PLANNED,
        "changes": found if inside else [],
        "changes_above": bool(found) and not inside,
        "earlier": ballot.earlier.number if ballot.earlier else 0,
        "talk": conversation(desk, ballot.talk, TALK),
        "note": PASSED if passed(ballot, now) else "",
        "frozen": ballot.post.frozen,
    }


def _decisions(ballot: Ballot, person: Person, now: datetime) -> Rows:
    """Only what this person may do now."""
    rows = []
    if ballot.may_approve(person):
        first = "confirm" if ballot.confirming else "approve_now" if passed(ballot, now) else "approve"
        rows.append(_buttons(first))
    if ballot.may_refuse(person):
        rows.append(_buttons("refuse") if ballot.confirming else _buttons("revise", "reject"))
    if rows:
        rows.append(_buttons(*(["urgent"] if may_hurry(ballot, person) else []), "ask"))
    return tuple(rows)


def may_hurry(ballot: Ballot, person: Person) -> bool:
    """One voice lets it out, and others are left to confirm it."""
    of = ballot.outlook
    return (
        ballot.may_approve(person) and of.requirement.urgent and len(of.standing.missing) > 1 and not ballot.confirming
    )


def _return_menu() -> Rows:
    """Which part is to be mended: the question for the reason is open already."""
    fields = [Button(label=label, verb="field", argument=field) for field, label in FIELDS.items()]
    return (tuple(fields[:3]), tuple(fields[3:]), _buttons("keep"))


def settled(desk: Desk, ballot: Ballot, person: Person, now: datetime) -> Composed:
    """Who decided, when and why; what is approved and not yet public may be held, and what is held goes on."""
    against, waits = ballot.against, ballot.outlook.standing.missing
    decisions = [one for one in ballot.outlook.decisions if against is None or one is against]
    return _outcome(
        desk,
        ballot,
        [said(desk, ballot, one) for one in decisions],
        waits=bool(waits and not against),
        rows=hold_rows(ballot, person, now),
    )


def one_voice(desk: Desk, ballot: Ballot, by: str | None) -> Composed:
    """For the authors: one decision as it came, and what is still missing. Without a name: all of them."""
    decisions = [one for one in ballot.outlook.decisions if by in {None, one.person}]
    final = any(one.verdict is not Verdict.APPROVE for one in decisions)
    missing = not final and bool(ballot.outlook.standing.missing)
    return _outcome(desk, ballot, [said(desk, ballot, one) for one in decisions], waits=missing)


def hold_rows(ballot: Ballot, person: Person, now: datetime) -> Rows:
    if not ballot.may_lead(person) or not ballot.current:
        return ()
    if ballot.held is not None:
        if person.id in ballot.hands:
            return ()
        ahead = ballot.due_at is not None and ballot.due_at > now
        return (_buttons("release"), _buttons("release_at")) if ahead else (_buttons("release_now", "release_at"),)
    due = ballot.due_at
    return (_buttons("hold"),) if ballot.can_be_held and due is not None and due > now else ()


def replaced(revision: Revision) -> Composed:
    return Composed(html=fill("replaced", title=revision.content.title, post=revision.post, number=revision.number))


def _outcome(desk: Desk, ballot: Ballot, decisions: list[dict[str, Any]], *, waits: bool, rows: Rows = ()) -> Composed:
    approved = ballot.against is None and ballot.outlook.standing.public
    due = ballot.due_at
    latest = max((one["at"] for one in decisions), default=None)
    later = due if due and latest and due > latest else None
    lists = voices(desk, ballot)
    standing = ballot.current and ballot.post.status.stage in LET_OUT
    html = fill(
        "decided",
        title=ballot.revision.content.title,
        post=ballot.revision.post,
        number=ballot.revision.number,
        digest=ballot.revision.digest,
        said=decisions,
        with_roles=len(ballot.outlook.requirement.steps) > 1 or any(" " in one["as_what"] for one in decisions),
        waits=", dan ".join([*lists["next"], *lists["later"]]) if waits else "",
        approved=approved,
        cancelled=approved and not standing,
        due_at=later,
        held=_held(desk, ballot.held) if ballot.held and standing else None,
        zone=ballot.post.office.zone,
    )
    return Composed(html=html, rows=rows)


def _held(desk: Desk, held: Held) -> dict[str, Any]:
    return {"by": name(desk, held.by), "at": held.at, "reason": held.reason}


def _buttons(*verbs: str) -> tuple[Button, ...]:
    return tuple(Button(label=BUTTONS[verb], verb=verb) for verb in verbs)
