"""Draft: a message, a file or a form becomes a post, and every change of it a new revision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.delivery import MAY_BE_PUBLIC, SETTLED, Delivery, State
from bakohumas_bot.domain.happenings import Withdrawn
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content, Media, Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people, reporting
from bakohumas_bot.lifecycle.check import Checked, check_content, in_short
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.media.probe import probe
from bakohumas_bot.store import deliveries, door, hosted, posts, record

NOT_AN_AUTHOR = "Maaf, Bapak/Ibu belum memiliki kewenangan untuk tindakan ini di satker tersebut."
ALREADY_OUT = (
    "Konten #{post} sudah atau mungkin sudah terbit, sehingga tidak dapat diubah lagi. "
    "Silakan buat konten baru (misalnya ralat)."
)


def take_in(desk: Desk, path: Path, name: str, alt: str = "") -> Media:
    """Keeps a file under its hash. Raises `BadMedia` with a sentence for the person who sent it."""
    media = probe(path, name)
    desk.blobs.put_file(path)
    return replace(media, alt=alt)


def create(desk: Desk, person: Person, content: Content) -> Revision:
    """A new post with its first revision."""
    _require_author(person, content.office)
    now = desk.now()
    checked = check_content(desk, content, now)
    with desk.store.writing() as tx:
        _require_author(people.as_of(desk, tx, person, now), content.office)
        post = posts.create(tx, office=content.office, person=person.id, now=now)
        return _add(tx, checked, post=post, number=1, person=person, now=now)


def revise(desk: Desk, person: Person, post: int, change: Callable[[Content], Content]) -> Revision:
    """A new revision; approvals and unsent deliveries of the earlier one are void.

    Raises `Refused` where anything of the post may already be public. A change that changes nothing adds nothing.
    """
    with desk.store.reading() as tx:
        before = posts.latest(tx, post)
    _require_author(person, before.content.office)
    content = change(before.content)
    if content == before.content:
        return before
    now = desk.now()
    checked = check_content(desk, content, now, post=post)
    with desk.store.writing() as tx:
        if posts.lock(tx, post).closed_at is not None:
            raise Refused("Konten ini sudah dibatalkan. Silakan buat konten baru.")
        _require_author(people.as_of(desk, tx, person, now), content.office)
        current = posts.latest(tx, post)
        if current.number != before.number:
            raise Refused("Konsep ini baru saja diubah dari tempat lain. Silakan buka kartu terbaru lalu ulangi.")
        if before.submitted_at is not None:
            reporting.changed(desk, tx, post, "edited", by=person, now=now)
        _withdraw_unsent(desk, tx, post, person, now)
        let_go(tx, post, by=person, now=now)
        return _add(tx, checked, post=post, number=before.number + 1, person=person, now=now)


def _add(tx: Session, checked: Checked, *, post: int, number: int, person: Person, now: datetime) -> Revision:
    revision = Revision(
        post=post,
        number=number,
        content=checked.content,
        prepared=checked.prepared,
        digest=checked.digest,
        findings=checked.findings,
        author=person.id,
        created_at=now,
    )
    posts.add_revision(tx, revision, checked.looks)
    record.append(
        tx,
        office=checked.content.office,
        actor=person.id,
        kind="draft.created" if number == 1 else "draft.revised",
        now=now,
        post=post,
        revision=number,
        digest=checked.digest,
        **in_short(checked.findings),
    )
    return revision


def _withdraw_unsent(desk: Desk, tx: Session, post: int, person: Person, now: datetime) -> None:
    for delivery in deliveries.of_post(tx, post):
        if delivery.state in MAY_BE_PUBLIC or delivery.state is State.TAKEN_DOWN:
            raise Refused(ALREADY_OUT.format(post=post))
        if delivery.state is State.CANCELLED:
            continue
        assert delivery.state in SETTLED or delivery.state is State.SCHEDULED
        withdraw(desk, tx, delivery, "Konten diubah; persetujuan sebelumnya tidak berlaku.", by=person, now=now)


def withdraw(desk: Desk, tx: Session, delivery: Delivery, reason: str, *, by: Person, now: datetime) -> None:
    """What was planned will not be sent, and what is hosted for it closes at once."""
    spec = desk.specs[delivery.platform]
    door.move(tx, delivery, Withdrawn(reason), now=now, spec=spec, actor=by.id)
    hosted.withdraw(tx, delivery.id)


def let_go(tx: Session, post: int, *, by: Person, now: datetime) -> None:
    """No longer held: it was released, moved, changed or withdrawn."""
    row = posts.lock(tx, post)
    if row.held_by is not None:
        posts.hold(tx, post, person=None, at=None, reason=None)
        record.append(tx, office=row.office, actor=by.id, kind="released", now=now, post=post)


def _require_author(person: Person, office: str) -> None:
    if not person.has(office, *AUTHORS):
        raise Refused(NOT_AN_AUTHOR)
