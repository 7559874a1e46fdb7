"""Check a text as it would go out: prepare its media for every account, render, count, and run the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bakohumas_bot.checks import Checkup, check
from bakohumas_bot.domain.digest import digest_of
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.domain.render import render_all
from bakohumas_bot.domain.rendering import Rendered, RenderedMedia
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.media.prepare import prepare
from bakohumas_bot.media.reading import see_all


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One content with the very bytes of each account, their digest, and what the rules say."""

    content: Content
    prepared: dict[str, tuple[RenderedMedia, ...]]
    rendered: dict[str, Rendered]
    digest: str
    findings: tuple[Finding, ...]


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


def check_content(desk: Desk, content: Content, now: datetime) -> Checked:
    """Re-encodes and reads media where needed, so it may take seconds; touches no database."""
    gone = [account for account in content.accounts if account not in desk.directory.accounts]
    if gone:
        raise Refused(f"Kanal {', '.join(gone)} tidak ada lagi di konfigurasi. Silakan pilih ulang kanalnya.")
    prepared = {account: prepare(content.media, desk.spec_of(account), desk.blobs) for account in content.accounts}
    rendered = render_all(content, desk.directory.accounts, desk.specs, prepared)
    return Checked(
        content=content,
        prepared=prepared,
        rendered=rendered,
        digest=digest_of(rendered),
        findings=_findings(desk, content, rendered, now),
    )


def recheck(desk: Desk, revision: Revision, now: datetime) -> tuple[Finding, ...]:
    """The same rules over the approved bytes, at a later moment."""
    return _findings(desk, revision.content, rendering_of(desk, revision), now)


def rendering_of(desk: Desk, revision: Revision) -> dict[str, Rendered]:
    """What each account gets from this revision: for the preview and for the sender."""
    return render_all(revision.content, desk.directory.accounts, desk.specs, revision.prepared)


def _findings(desk: Desk, content: Content, rendered: dict[str, Rendered], now: datetime) -> tuple[Finding, ...]:
    return check(
        Checkup(
            content=content,
            rendered=rendered,
            accounts=desk.directory.accounts,
            specs=desk.specs,
            office=desk.office(content.office),
            now=now,
            knowledge=desk.knowledge,
            seen=see_all(content.media, desk.blobs, desk.engine),
        )
    )


def in_short(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """What the record keeps of them for ever: which rule in which version said what of which place."""
    spots = [[f.code, f.version, f.severity.value, f.field, f.start, f.end] for f in findings]
    return {"findings": [f.code for f in findings], "spots": spots}
