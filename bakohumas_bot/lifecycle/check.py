"""Check a text as it would go out: prepare its media for every account, render, count, and run the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bakohumas_bot.checks.rulebook import Checkup
from bakohumas_bot.domain.digest import digest_of
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.domain.render import render_all
from bakohumas_bot.domain.rendering import Rendered, RenderedMedia
from bakohumas_bot.domain.seen import Seen
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import archive
from bakohumas_bot.lifecycle.archive import Asking
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.media.prepare import prepare
from bakohumas_bot.media.reading import see_all


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One content with the very bytes of each account, their digest, and what the rules say.

    `looks` of its pictures by the author's SHA-256.
    """

    content: Content
    prepared: dict[str, tuple[RenderedMedia, ...]]
    rendered: dict[str, Rendered]
    digest: str
    findings: tuple[Finding, ...]
    looks: Mapping[str, int] = field(default_factory=dict)


def require_destinations(desk: Desk, accounts: tuple[str, ...]) -> None:
    """Somewhere to go, every account known and switched on, no place twice. Raises `Refused`, naming the account."""
    if not accounts:
        raise Refused("Belum ada kanal yang dipilih. Silakan pilih paling sedikit satu kanal.")
    places: dict[str, str] = {}
    for name in accounts:
        account = desk.directory.accounts.get(name)
        if account is None or not account.enabled:
            raise Refused(f"Kanal '{name}' sudah tidak aktif. Silakan kembalikan konsep ini agar kanalnya diganti.")
        place = account.place(desk.spec_of(name).family)
        if place in places:
            raise Refused(f"Kanal {places[place]} dan {name} menuju akun yang sama. Silakan pilih salah satu.")
        places[place] = name


def check_content(desk: Desk, content: Content, now: datetime, *, post: int | None = None) -> Checked:
    """Re-encodes and reads media where needed, so it may take seconds: never inside a transaction.

    `post`: whose new revision it is to become; None for a post that is not stored yet.
    """
    gone = [account for account in content.accounts if account not in desk.directory.accounts]
    if gone:
        raise Refused(f"Kanal {', '.join(gone)} tidak ada lagi di konfigurasi. Silakan pilih ulang kanalnya.")
    prepared = {account: prepare(content.media, desk.spec_of(account), desk.blobs) for account in content.accounts}
    rendered = render_all(content, desk.directory.accounts, desk.specs, prepared)
    seen = see_all(content.media, desk.blobs, desk.engine)
    return Checked(
        content=content,
        prepared=prepared,
        rendered=rendered,
        digest=digest_of(rendered),
        findings=_findings(desk, content, rendered, now, seen, post=post),
        looks=_looks(seen),
    )


def recheck(desk: Desk, revision: Revision, now: datetime) -> tuple[Finding, ...]:
    """The same rules over the approved bytes, at a later moment: for the hour that the draft wishes for, or now."""
    return _checked_again(desk, revision, revision.content, now)


def recheck_for(desk: Desk, revision: Revision, moment: datetime) -> tuple[Finding, ...]:
    """For the very moment at which it goes out: a leader may have moved it ahead of the wished hour."""
    return _checked_again(desk, revision, replace(revision.content, publish_at=None), moment)


def _checked_again(desk: Desk, revision: Revision, content: Content, now: datetime) -> tuple[Finding, ...]:
    seen = see_all(revision.content.media, desk.blobs, desk.engine)
    return _findings(
        desk,
        content,
        rendering_of(desk, revision),
        now,
        seen,
        post=revision.post,
        submitted_at=revision.submitted_at,
    )


def rendering_of(desk: Desk, revision: Revision) -> dict[str, Rendered]:
    """What each account gets from this revision: for the preview and for the sender."""
    return render_all(revision.content, desk.directory.accounts, desk.specs, revision.prepared)


def _findings(
    desk: Desk,
    content: Content,
    rendered: dict[str, Rendered],
    now: datetime,
    seen: Mapping[str, Seen],
    *,
    post: int | None,
    submitted_at: datetime | None = None,
) -> tuple[Finding, ...]:
    from bakohumas_bot.checks.rules import check  # hundreds of patterns: compiled by who checks, at the first time

    asking = Asking(
        moment=max(content.publish_at or now, now), looks=_looks(seen), post=post, submitted_at=submitted_at
    )
    return check(
        Checkup(
            content=content,
            rendered=rendered,
            accounts=desk.directory.accounts,
            specs=desk.specs,
            office=desk.office(content.office),
            now=now,
            knowledge=desk.knowledge,
            seen=seen,
            alike=archive.alike(desk, content, asking),
            own=archive.own(desk, content, post),
        )
    )


def _looks(seen: Mapping[str, Seen]) -> dict[str, int]:
    return {sha256: one.look for sha256, one in seen.items() if one.look is not None}


def in_short(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """What the record keeps of them for ever: which rule in which version said what of which place."""
    spots = [[f.code, f.version, f.severity.value, f.field, f.start, f.end] for f in findings]
    return {"findings": [f.code for f in findings], "spots": spots}
