"""The card that asks whether an attempt became public, and afterwards what was found."""

from __future__ import annotations

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.buttons import Button, Composed, Rows
from bakohumas_bot.approval_bot.lengths import shortened
from bakohumas_bot.approval_bot.sentences import BUTTONS, SURE_NOT_THERE
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import name_of, page_of, person_name
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import record
from bakohumas_bot.store.tables import EventRow

EXCERPT = 160
MENUS: dict[str, tuple[str, tuple[str, ...]]] = {
    "main": ("", ("seen", "not_there")),
    "sure": (SURE_NOT_THERE, ("send_again", "back")),
}


def subject(delivery: Delivery) -> str:
    """One attempt: after another one the same delivery may ask anew."""
    return f"{delivery.id}:{delivery.version}"


def compose(desk: Desk, revision: Revision, delivery: Delivery, *, frozen: str = "", menu: str = "main") -> Composed:
    note, verbs = MENUS[menu]
    html = fill(
        "unconfirmed",
        title=revision.content.title,
        post=revision.post,
        name=name_of(desk, delivery.account),
        page=page_of(desk, delivery.account),
        sent_at=delivery.sent_at,
        zone=desk.office(delivery.office).zone,
        error=delivery.error,
        excerpt=shortened(revision.content.body or revision.content.title, EXCERPT),
        frozen=frozen,
        note=note,
    )
    rows: Rows = (tuple(Button(label=BUTTONS[verb], verb=verb) for verb in verbs),)
    return Composed(html=html, rows=rows)


def answered(desk: Desk, revision: Revision, delivery: Delivery, history: list[EventRow], frozen: str) -> Composed:
    """Nothing left to press: who said what, or what reading back found, and what follows."""
    return Composed(
        html=fill(
            "answered",
            title=revision.content.title,
            post=revision.post,
            name=name_of(desk, delivery.account),
            finding=_finding(desk, delivery, history, frozen),
            url=delivery.url,
        )
    )


def _finding(desk: Desk, delivery: Delivery, history: list[EventRow], frozen: str) -> str:
    said = next((e for e in reversed(history) if e.delivery == delivery.id and e.kind == "delivery.personsaw"), None)
    if said is None or said.at < (delivery.sent_at or said.at):
        return f"Hasil pembacaan ulang: {labels.state(delivery)}."
    who = f"{person_name(desk, said.actor)}, {long_time(said.at, desk.office(delivery.office).zone)}"
    if record.data_of(said)["said"]["receipt"] is not None:
        return f"Dinyatakan sudah terbit oleh {who}. Tidak ada yang dikirim ulang."
    return f"Dinyatakan belum terbit oleh {who}. {_what_follows(delivery, frozen)}"


def _what_follows(delivery: Delivery, frozen: str) -> str:
    if delivery.state is not State.SCHEDULED:
        return f"Keadaan sekarang: {labels.state(delivery)}."
    if delivery.next_at is not None and delivery.too_late(delivery.next_at):
        return "Batas waktunya sudah lewat, sehingga menunggu waktu baru dari pimpinan (/terlewat)."
    return "Akan dikirim setelah pembekuan dicabut." if frozen else "Segera dikirim ulang."
