"""The result card: green, amber or red for every account, with every link."""

from __future__ import annotations

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, name_of
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.lifecycle.desk import Desk

AGAIN = frozenset({State.FAILED, State.MISSED})
ASKS = "Ada penayangan yang memerlukan keputusan petugas. Mohon periksa langsung di kanal yang bersangkutan."


def compose(desk: Desk, post: Standing) -> Composed:
    standing = [d for d in post.deliveries if d.revision == post.revision.number and d.state is not State.CANCELLED]
    html = fill(
        "result",
        heading=_heading(standing),
        title=post.content.title,
        post=post.revision.post,
        digest=post.revision.digest,
        zone=post.office.zone,
        rows=[_row(desk, delivery) for delivery in standing],
        asks=ASKS if any(d.asks for d in standing) else "",
    )
    again = any(d.state in AGAIN for d in standing)
    return Composed(html=html, rows=((Button(label=BUTTONS["retry"], verb="retry"),),) if again else ())


def _heading(standing: list[Delivery]) -> str:
    published = sum(d.state is State.PUBLISHED for d in standing)
    if published == len(standing):
        return f"Telah terbit di {published} kanal"
    return f"Terbit di {published} dari {len(standing)} kanal"


def _row(desk: Desk, delivery: Delivery) -> dict[str, object]:
    return {
        "light": labels.light(delivery),
        "name": name_of(desk, delivery.account),
        "state": labels.STATE[delivery.state],
        "at": delivery.published_at,
        "url": delivery.url,
        "error": delivery.error,
    }
