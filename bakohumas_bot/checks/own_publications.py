"""H07: a clarification that disputes a figure which the office has published itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind


def own_publications(checkup: Checkup) -> Iterator[Finding]:
    """Whether the office is about to call false what it has published itself, as happened in November 2024."""
    content = checkup.content
    if content.kind is not Kind.KLARIFIKASI_HOAKS:
        return
    written = "\n".join(content.sources)
    asked = [own for own in checkup.own if not _looked_up(own.post, own.url, written)]
    for own in asked:
        place = next((Place(field=f, start=s, end=s + len(own.figure)) for f, s in _where(checkup, own.figure)), None)
        yield H07.finding(
            place or Place(field="isi"),
            figure=own.figure,
            post=own.post,
            title=own.title,
            url=own.url or "(tanpa tautan)",
        )


def _looked_up(post: int, url: str, written: str) -> bool:
    address = url.partition("://")[2].rstrip("/") or url
    return bool(re.search(rf"#{post}(?![0-9])", written)) or bool(
        address and re.search(re.escape(address) + r"(?![\w\-])", written)
    )


def _where(checkup: Checkup, figure: str) -> Iterator[tuple[str, int]]:
    for field, text in texts(checkup.content):
        match = re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,][0-9])", text)
        if match:
            yield field, match.start()


H07 = Rule(
    code="H07",
    name="CEK_SENDIRI",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Pengalaman KPU Provinsi DKI Jakarta, 29 November 2024",
    version=1,
    check=own_publications,
    about="Mencocokkan angka yang dibantah dengan publikasi satker sendiri sebelum disebut hoaks.",
)
