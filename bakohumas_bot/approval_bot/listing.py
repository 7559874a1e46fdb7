"""Lists with a button for each post: my open drafts, and what waits for my decision."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.draft_card import OPEN
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.status import LET_OUT, Stage
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.policy import outlook
from bakohumas_bot.store import posts
from bakohumas_bot.store.cards import new_token

MOST = 20


def open_drafts(desk: Desk, tx: Session, person: Person) -> list[Standing]:
    """Newest first."""
    found = [standing(desk, tx, id_) for id_ in _posts(tx, person) if person.id in posts.hands(tx, id_)]
    return [post for post in found if post.status.stage in OPEN][:MOST]


def waiting(desk: Desk, tx: Session, person: Person) -> list[Standing]:
    """What this leader may decide, the nearest hour first, then what has waited longest."""
    found = [
        post
        for post in (standing(desk, tx, id_) for id_ in _posts(tx, person))
        if post.revision.submitted_at is not None
        and person.id in {one.id for one in outlook(desk, tx, post.revision).people}
        and (post.status.stage is Stage.WAITING or _let_out_in_a_hurry(desk, tx, post))
    ]
    return sorted(found, key=_deadline)[:MOST]


def _let_out_in_a_hurry(desk: Desk, tx: Session, post: Standing) -> bool:
    """It waits for the others to confirm it. What went out by an older policy does not."""
    urgent = any(one.urgent for one in outlook(desk, tx, post.revision).approvals)
    return urgent and post.status.stage in LET_OUT


def compose(heading: str, verb: str, rows: Sequence[Standing]) -> tuple[Composed, dict[str, Standing]]:
    """The list, and the token of each button: every one leads to another post."""
    tokens = {new_token(): post for post in rows}
    html = fill("list", heading=heading, rows=[_row(post) for post in rows])
    buttons = tuple(
        (Button(label=f"#{post.revision.post} {post.content.title}", verb=verb, token=token),)
        for token, post in tokens.items()
    )
    return Composed(html=html, rows=buttons), tokens


def _posts(tx: Session, person: Person) -> list[int]:
    return [post.id for office in person.offices for post in posts.all_posts(tx, office) if post.closed_at is None]


def _deadline(post: Standing) -> tuple[bool, object, int]:
    at = post.content.publish_at
    return (at is None, at or post.revision.submitted_at, post.revision.post)


def _row(post: Standing) -> dict[str, object]:
    at = post.content.publish_at
    status = labels.status(post.status)
    return {
        "post": post.revision.post,
        "title": post.content.title,
        "status": f"{status}, {long_time(at, post.office.zone)}" if at else status,
    }
