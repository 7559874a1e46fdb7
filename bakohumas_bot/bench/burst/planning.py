"""One turn of the burst in the database: posts, revisions, approvals and deliveries, as the verbs would leave them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bakohumas_bot.app import App
from bakohumas_bot.bench.burst.nation import Pictures, contents, plain
from bakohumas_bot.domain.approval import Decision, Verdict
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.lifecycle.check import Checked, check_content
from bakohumas_bot.store import deliveries, posts


@dataclass(frozen=True, kw_only=True)
class Planned:
    """`seconds` is what putting the deliveries into the queue took, commit included."""

    deliveries: int
    seconds: float


def plan_turn(app: App, pictures: Pictures, *, turn: int, due_at: datetime) -> Planned:
    """Bulk, but through the store's own functions; the deliveries are planned in one transaction of their own."""
    now = app.desk.now()
    checked = [check_content(app.desk, content, now) for content in contents(app, pictures, turn=turn, who="meja")]
    with app.desk.store.writing() as tx:
        planned = [_approved(tx, app, one, now, due_at) for one in checked]
    rows = [row for row_ in planned for row in row_]
    began = time.perf_counter()
    with app.desk.store.writing() as tx:
        deliveries.plan(tx, rows, actor="meja", now=now)
    return Planned(deliveries=len(rows), seconds=time.perf_counter() - began)


def plan_one(app: App, number: int) -> None:
    """One short text on one account, due now."""
    now = app.desk.now()
    account = next(a for a in app.desk.directory.accounts.values() if a.platform == "x")
    content = plain(account.office, f"#TemanPemilih, pengumuman ke-{number}: layanan informasi buka.", (account.id,))
    checked = check_content(app.desk, content, now)
    with app.desk.store.writing() as tx:
        deliveries.plan(tx, _approved(tx, app, checked, now, now), actor="meja", now=now)


def _approved(tx: Session, app: App, one: Checked, now: datetime, due_at: datetime) -> list[tuple[Delivery, str]]:
    blocked = [finding for finding in one.findings if finding.severity is Severity.BLOK]
    if blocked:
        raise AssertionError(f"the rehearsal's own post is refused: {blocked[0].message}")
    office = one.content.office
    author, leader = f"penyusun-{office}", f"ketua-{office}"
    post = posts.create(tx, office=office, person=author, now=now)
    revision = Revision(
        post=post,
        number=1,
        content=one.content,
        prepared=one.prepared,
        digest=one.digest,
        findings=one.findings,
        author=author,
        created_at=now,
        submitted_by=author,
        submitted_at=now,
    )
    posts.add_revision(tx, revision, one.looks)
    decision = Decision(
        post=post,
        revision=1,
        digest=one.digest,
        person=leader,
        verdict=Verdict.APPROVE,
        reason=None,
        decided_at=now,
        due_at=due_at,
    )
    posts.decide(tx, decision)
    posts.mark_approved(tx, post, 1, now)
    return [_delivery(app, one.content, revision, account, due_at) for account in one.content.accounts]


def _delivery(app: App, content: Content, revision: Revision, name: str, due_at: datetime) -> tuple[Delivery, str]:
    account = app.desk.account(name)
    delivery = Delivery(
        id=deliveries.delivery_id(revision.post, revision.number, name),
        office=content.office,
        post=revision.post,
        revision=revision.number,
        digest=revision.digest,
        account=name,
        platform=account.platform,
        state=State.SCHEDULED,
        due_at=due_at,
        next_at=due_at,
        late_after=due_at + timedelta(minutes=30),
    )
    return delivery, account.place(app.desk.spec_of(name).family)
