"""What a new post starts with when its author only sent a text or a file: title, kind and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Content, Kind, Media
from bakohumas_bot.domain.rendering import MediaKind

TITLE_LENGTH = 80
NO_TITLE = "Tanpa judul"


def title_from(text: str) -> str:
    """The first line that says something, cut at a word."""
    line = next((line for line in map(str.strip, text.splitlines()) if line), NO_TITLE)
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[: TITLE_LENGTH - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut).rstrip(" ,;:-") + "…"


def with_body(content: Content, body: str) -> Content:
    """A title taken from the first line follows it; a title that somebody wrote stays."""
    title = title_from(body) if content.title == title_from(content.body) else content.title
    return replace(content, body=body, title=title)


def kind_for(media: Sequence[Media]) -> Kind:
    kinds = {item.kind for item in media}
    if MediaKind.VIDEO in kinds:
        return Kind.VIDEO
    return Kind.FOTO if MediaKind.IMAGE in kinds else Kind.PENGUMUMAN


def accounts_for(
    accounts: Iterable[Account], specs: Mapping[str, PlatformSpec], media: Sequence[Media]
) -> tuple[str, ...]:
    """Every account that can carry these media; where two adapters serve one handle, the official one."""
    chosen: dict[str, Account] = {}
    for account in accounts:
        spec = specs[account.platform]
        place = account.place(spec.family)
        if carries(spec, media) and (place not in chosen or account.platform == spec.family):
            chosen[place] = account
    return tuple(account.id for account in chosen.values())


def carries(spec: PlatformSpec, media: Sequence[Media]) -> bool:
    images, videos, documents = (
        sum(item.kind is kind for item in media) for kind in (MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.DOCUMENT)
    )
    if spec.needs_media and not media:
        return False
    if images and videos and not spec.mixes:
        return False
    return images <= spec.max_images and videos <= spec.max_videos and documents <= spec.max_documents
