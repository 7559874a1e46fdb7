"""Intake of a content file: the same road as a message to the bot, from a folder instead of a phone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content, Revision, TextFormat
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.check import check_content
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR, create, take_in
from bakohumas_bot.lifecycle.submit import leaders_for, require_clean, require_future, submit
from bakohumas_bot.store.drafts import DraftFile, read_content_file


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
    """Creates the post and submits it; a file that may not be submitted leaves nothing behind."""
    now = desk.now()
    content, draft = content_of(desk, path, now)
    author = desk.person(draft.author) if draft.author else person
    if not person.has(content.office, *AUTHORS):
        raise Refused(NOT_AN_AUTHOR)
    require_clean(path.name, check_content(desk, content, now).findings, reason)
    require_future(content, desk.now())
    leaders_for(desk, content, frozenset({author.id, person.id}))
    revision = create(desk, author, content)
    return submit(desk, person, revision.post, reason=reason)
