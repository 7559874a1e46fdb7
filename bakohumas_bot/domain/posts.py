"""One message of an office: what an author wrote (`Content`), frozen as numbered revisions of a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.lifting import Lift, obstacles
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia


class Kind(StrEnum):
    """The content forms of the juknis (BAB II B.1), and those that offices count besides."""

    BERITA = "berita"
    FOTO = "foto"
    MEME = "meme"
    INFOGRAFIS = "infografis"
    VIDEO = "video"
    PODCAST = "podcast"
    IKLAN = "iklan"
    FILM = "film"
    SLIDE = "slide"
    SIARAN_PERS = "siaran_pers"
    PENGUMUMAN = "pengumuman"
    KLARIFIKASI_HOAKS = "klarifikasi_hoaks"
    RALAT = "ralat"
    INFORMASI_LAYANAN = "informasi_layanan"
    UCAPAN = "ucapan"
    PERINGATAN_HARI_BESAR = "peringatan_hari_besar"
    REPOST = "repost"
    PROMOSI_LIVE = "promosi_live"


class TextFormat(StrEnum):
    """Telegram messages are plain text and stay to the letter; content files are Markdown."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file as the author gave it, kept under its SHA-256. `duration` in seconds."""

    sha256: str
    name: str
    kind: MediaKind
    mime: str
    size: int
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything an author decides. `publish_at` None means: as soon as it is approved."""

    office: str
    kind: Kind
    title: str
    body: str
    format: TextFormat
    accounts: tuple[str, ...]
    media: tuple[Media, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    publish_at: datetime | None = None
    expires_at: datetime | None = None

    def text_for(self, account: str) -> str:
        return dict(self.variants).get(account, self.body)


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One immutable version of a post. `prepared` are the very bytes each account will get.

    `lifts` are the only thing that is added to it: the *blok* that somebody entitled has lifted.
    """

    post: int
    number: int
    content: Content
    prepared: dict[str, tuple[RenderedMedia, ...]]
    digest: str
    findings: tuple[Finding, ...]
    author: str
    created_at: datetime
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    reason: str | None = None
    lifts: tuple[Lift, ...] = ()

    @property
    def blocked(self) -> bool:
        return bool(obstacles(self.findings, self.lifts))

    @property
    def short_digest(self) -> str:
        return self.digest[:8]


@dataclass(frozen=True, kw_only=True)
class Post:
    """A post holds no status: it is derived from its revisions, decisions and deliveries."""

    id: int
    office: str
    created_by: str
    created_at: datetime
    title: str
    revision: int
    closed_at: datetime | None = None
