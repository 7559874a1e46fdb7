"""What cards have in common: a post as it stands in the database, and its accounts with their counters."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from bakohumas_bot import halts
from bakohumas_bot.domain import places
from bakohumas_bot.domain.approval import Decision
from bakohumas_bot.domain.counting import measure
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.lifting import Lift, lift_of
from bakohumas_bot.domain.offices import Office
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.domain.rendering import Rendered
from bakohumas_bot.domain.status import Status, status
from bakohumas_bot.lifecycle.check import rendering_of
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, posts


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The newest revision of a post with all that was decided and delivered."""

    revision: Revision
    decision: Decision | None
    deliveries: tuple[Delivery, ...]
    status: Status
    office: Office
    frozen: str = ""  # what holds all of it up, said in one sentence

    @property
    def content(self) -> Content:
        return self.revision.content


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    """One account on a card, e.g. `X @kpu_contoh` `214/280`."""

    id: str
    name: str
    counter: str
    fits: bool
    varies: bool


def standing(desk: Desk, tx: Session, post: int) -> Standing:
    """Raises `Refused` where the post does not exist."""
    revision = posts.latest(tx, post)
    decision = posts.decision_on(tx, post, revision.number)
    planned = deliveries.of_post(tx, post)
    closed = posts.get(tx, post).closed_at is not None
    return Standing(
        revision=revision,
        decision=decision,
        deliveries=tuple(planned),
        status=status(revision, decision, planned, closed=closed),
        office=desk.office(revision.content.office),
        frozen=halts.frozen(desk, tx, revision.content.office),
    )


@dataclass(frozen=True, kw_only=True)
class Found:
    """One finding on a card. `lifted` says who let it pass and why."""

    finding: Finding
    lifted: str = ""


def found(desk: Desk, revision: Revision) -> list[Found]:
    lifts = [(finding, lift_of(finding, revision.lifts)) for finding in revision.findings]
    return [Found(finding=finding, lifted=_lifted(desk, lift) if lift else "") for finding, lift in lifts]


def _lifted(desk: Desk, lift: Lift) -> str:
    deputy = f" ({lift.deputy})" if lift.deputy else ""
    return f"diizinkan {person_name(desk, lift.person)}{deputy}: {lift.reason}"


def account_rows(desk: Desk, revision: Revision) -> list[AccountRow]:
    rendered = rendering_of(desk, revision)
    return [
        account_row(desk, revision.content, rendered[id_]) if id_ in rendered else _gone(id_)
        for id_ in revision.content.accounts
    ]


def _gone(account: str) -> AccountRow:
    name = f"{account} (tidak ada lagi di konfigurasi)"
    return AccountRow(id=account, name=name, counter="", fits=False, varies=False)


def account_row(desk: Desk, content: Content, rendered: Rendered) -> AccountRow:
    spec = desk.specs[rendered.platform]
    length = measure(rendered.text, spec, with_media=bool(rendered.media))
    return AccountRow(
        id=rendered.account,
        name=name_of(desk, rendered.account),
        counter=f"{_counted(length.length)}/{_counted(length.limit)}",
        fits=length.fits,
        varies=rendered.account in dict(content.variants),
    )


def _counted(number: int) -> str:
    """Four figures are read at a glance; more of them need the dot."""
    return f"{number:,}".replace(",", ".") if number > 9999 else str(number)


def name_of(desk: Desk, account: str) -> str:
    known = desk.directory.accounts.get(account)
    return f"{desk.specs[known.platform].label} {known.handle}" if known else account


def page_of(desk: Desk, account: str) -> str | None:
    """Where people see the account, if that is known."""
    known = desk.directory.accounts.get(account)
    return places.page_of(desk.specs[known.platform].family, known.handle) if known else None


def person_name(desk: Desk, id_: str | None) -> str:
    person = desk.directory.people.get(id_ or "")
    return person.name if person else (id_ or "–")
