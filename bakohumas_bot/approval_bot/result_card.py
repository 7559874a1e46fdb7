"""The result card: which accounts published and where, which did not and what a person can do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.approval_bot.templating import clock, fill, unbroken_time
from bakohumas_bot.approval_bot.views import Standing, name_of
from bakohumas_bot.domain.almanac import long_date
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.lifecycle.desk import Desk

AGAIN = frozenset({State.FAILED, State.MISSED})


def compose(desk: Desk, post: Standing) -> Composed:
    standing = [d for d in post.deliveries if d.revision == post.revision.number and d.state is not State.CANCELLED]
    when, hours = _times([d.published_at for d in standing], post.office.zone)
    again = any(d.state in AGAIN for d in standing)
    html = fill(
        "result",
        heading=", ".join(filter(None, (_heading(standing), when))),
        title=post.content.title,
        post=post.revision.post,
        digest=post.revision.digest,
        frozen=post.frozen if again or any(d.state is State.SCHEDULED for d in standing) else "",
        rows=[_row(desk, delivery, at) for delivery, at in zip(standing, hours, strict=True)],
    )
    return Composed(html=html, rows=((Button(label=BUTTONS["retry"], verb="retry"),),) if again else ())


def line(desk: Desk, post: Standing) -> dict[str, Any]:
    """The same in a list of results that went well."""
    standing = [d for d in post.deliveries if d.revision == post.revision.number and d.state is not State.CANCELLED]
    when, _ = _times([d.published_at for d in standing], post.office.zone)
    return {
        "post": post.revision.post,
        "title": post.content.title,
        "heading": ", ".join(filter(None, (_heading(standing), when))),
        "links": [(name_of(desk, d.account), d.url) for d in standing if d.url],
    }


def _heading(standing: Sequence[Delivery]) -> str:
    published = sum(d.state is State.PUBLISHED for d in standing)
    if published == len(standing):
        return f"Telah terbit di {published} kanal"
    return f"Terbit di {published} dari {len(standing)} kanal"


def _times(published: Sequence[datetime | None], zone: ZoneInfo) -> tuple[str, list[str]]:
    """What the heading says of the time, and what is left for each row: nobody reads one date four times."""
    full = [unbroken_time(at, zone) if at else "" for at in published]
    moments = {time for time in full if time}
    days = {long_date(at.astimezone(zone).date()) for at in published if at}
    if len(moments) == 1:
        return moments.pop(), [""] * len(full)
    if len(days) == 1:
        return days.pop(), [clock(at, zone) if at else "" for at in published]
    return "", full


def _row(desk: Desk, delivery: Delivery, at: str) -> dict[str, str]:
    return {
        "light": labels.light(delivery),
        "name": name_of(desk, delivery.account),
        "state": labels.state(delivery),
        "at": at,
        "url": delivery.url or "",
        "error": delivery.error or "",
        "advice": labels.advice(delivery),
    }
