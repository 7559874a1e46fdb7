"""Intake of a content file: the same road as a message to the bot, from a folder instead of a phone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.lifting import may_be_lifted, obstacles
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content, Revision, TextFormat
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.check import check_content
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR, create, take_in
from bakohumas_bot.lifecycle.submit import leaders_for, require_clean, require_future, submit
from bakohumas_bot.store import posts
from bakohumas_bot.store.drafts import DraftFile, read_content_file

KEPT = (
    "{refused}\nKonsep disimpan sebagai konten #{post}. Bila temuan {codes} memang harus tayang apa adanya, yang"
    " berwenang dapat mengizinkannya: bakohumas override {post} {code} --as NAMA --reason ALASAN, lalu berkas ini"
    " diajukan kembali."
)


def content_of(desk: Desk, path: Path, now: datetime) -> tuple[Content, DraftFile]:
    """Raises `BadInput` or `BadMedia`, naming the file, the key and the remedy."""
    draft = read_content_file(path, desk.directory, desk.specs, now)
    content = Content(
        office=draft.office,
        kind=draft.kind,
        title=draft.title,
        body=draft.body,
        format=TextFormat.MARKDOWN,
        accounts=draft.accounts,
        media=tuple(take_in(desk, item.path, item.name, item.alt) for item in draft.media),
        variants=draft.variants,
        sources=draft.sources,
        publish_at=draft.publish_at,
        expires_at=draft.expires_at,
    )
    return content, draft


def submit_file(desk: Desk, person: Person, path: Path, *, reason: str | None = None) -> Revision:
    """Creates the post and submits it; the draft of an earlier try goes on where it stopped.

    A file that may not be submitted leaves nothing behind, but for one case: a *blok* that somebody may lift keeps the
    draft, so that there is something to lift it from.
    """
    now = desk.now()
    content, draft = content_of(desk, path, now)
    author = desk.person(draft.author) if draft.author else person
    if not person.has(content.office, *AUTHORS):
        raise Refused(NOT_AN_AUTHOR)
    with desk.store.reading() as tx:
        begun = posts.unsubmitted(tx, content, author.id)
    if begun is None:
        _require_submittable(desk, author, content, name=path.name, reason=reason, now=now)
        require_future(content, desk.now())
        leaders_for(desk, content, frozenset({author.id, person.id}))
        begun = create(desk, author, content).post
    try:
        return submit(desk, person, begun, reason=reason)
    except Refused as refused:
        raise Refused(str(refused), post=begun) from None


def _require_submittable(
    desk: Desk, author: Person, content: Content, *, name: str, reason: str | None, now: datetime
) -> None:
    found = check_content(desk, content, now).findings
    blocks = obstacles(found, ())
    try:
        require_clean(name, found, reason)
    except Refused as refused:
        if not blocks or not all(may_be_lifted(finding) for finding in blocks):
            raise
        post = create(desk, author, content).post
        codes = ", ".join(sorted({finding.code for finding in blocks}))
        raise Refused(KEPT.format(refused=refused, post=post, code=blocks[0].code, codes=codes), post=post) from None
