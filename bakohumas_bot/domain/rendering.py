"""What one account will get, as data: the same value feeds the preview, the digest and the sender."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True)
class RenderedMedia:
    """Bytes that will go public, already re-encoded for the account and kept under their SHA-256.

    `duration` in seconds; `source` is the SHA-256 of the author's file.
    """

    sha256: str
    source: str
    kind: MediaKind
    mime: str
    name: str
    size: int
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """`text` is what a reader sees; `html` is the same text in Telegram's HTML where a platform shows formatting."""

    account: str
    platform: str
    handle: str
    title: str
    text: str
    html: str | None
    media: tuple[RenderedMedia, ...] = ()
