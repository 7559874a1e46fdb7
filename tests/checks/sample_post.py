"""A post on four accounts, as the rules see it, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bakohumas_bot.checks.rulebook import Checkup
from bakohumas_bot.domain.alike import Alike
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.offices import Account, Office
from bakohumas_bot.domain.own import Own
from bakohumas_bot.domain.platforms import DocumentLimits, ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.posts import Content, Kind, Media, TextFormat
from bakohumas_bot.domain.rendering import MediaKind, Rendered, RenderedMedia
from bakohumas_bot.domain.seen import Seen

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=WITA)
OFFICE = Office(
    code="64.69",
    name="KPU Kabupaten Contoh Selatan",
    zone=WITA,
    city="Contoh Baru",
    hosts=("kab-contohselatan.kpu.go.id",),
)

IMAGE = ImageLimits(max_bytes=5_000_000, max_width=4096, max_height=4096)
VIDEO = VideoLimits(
    max_bytes=512_000_000,
    min_duration=timedelta(seconds=0.5),
    max_duration=timedelta(seconds=140),
    max_width=1920,
    max_height=1920,
    min_ratio=1 / 3,
    max_ratio=3.0,
)
SPECS = {
    "x": PlatformSpec(
        name="x",
        family="x",
        label="X",
        unit=TextUnit.WEIGHTED,
        text_limit=280,
        max_images=4,
        max_videos=1,
        image=IMAGE,
        video=VIDEO,
    ),
    "telegram_channel": PlatformSpec(
        name="telegram_channel",
        family="telegram",
        label="Telegram",
        unit=TextUnit.UTF16,
        text_limit=4096,
        caption_limit=1024,
        max_images=10,
        max_videos=10,
        max_documents=1,
        mixes=True,
        image=IMAGE,
        video=VIDEO,
        document=DocumentLimits(max_bytes=50_000_000),
    ),
    "instagram": PlatformSpec(
        name="instagram",
        family="instagram",
        label="Instagram",
        unit=TextUnit.CODEPOINTS,
        text_limit=2200,
        needs_media=True,
        max_images=10,
        max_videos=1,
        max_alt=1000,
        max_hashtags=30,
        image=ImageLimits(
            max_bytes=8_000_000,
            max_width=1440,
            max_height=1800,
            min_width=320,
            min_ratio=0.8,
            max_ratio=1.91,
            same_ratio=True,
        ),
        video=VIDEO,
    ),
    "facebook_page": PlatformSpec(
        name="facebook_page",
        family="facebook",
        label="Facebook",
        unit=TextUnit.CODEPOINTS,
        text_limit=63_206,
        max_images=10,
        max_videos=1,
        image=IMAGE,
        video=VIDEO,
    ),
}
ACCOUNTS = {
    platform: Account(id=platform, office="64.69", platform=platform, handle=f"@{platform}", enabled=True)
    for platform in SPECS
}

Rule = Callable[[Checkup], Iterator[Finding]]


def media(name: str = "rakor.jpg", kind: MediaKind = MediaKind.IMAGE, **facts: Any) -> RenderedMedia:
    defaults: dict[str, Any] = {
        MediaKind.IMAGE: {"mime": "image/jpeg", "width": 1080, "height": 1080, "size": 300_000},
        MediaKind.VIDEO: {"mime": "video/mp4", "width": 1280, "height": 720, "size": 900_000, "duration": 6.0},
        MediaKind.DOCUMENT: {"mime": "application/pdf", "size": 100_000},
    }[kind]
    return RenderedMedia(**{"sha256": name, "source": name, "kind": kind, "name": name, "alt": ""} | defaults | facts)


def checkup(
    body: str = "Isi.",
    *,
    on: tuple[str, ...] = (),
    attached: tuple[RenderedMedia, ...] = (),
    now: datetime = NOW,
    knowledge: Knowledge | None = None,
    seen: Mapping[str, Seen] | None = None,
    alike: tuple[Alike, ...] = (),
    own: tuple[Own, ...] = (),
    **facts: Any,
) -> Checkup:
    """`seen` is keyed by the name of the attached file; `facts` are those of the content."""
    given = tuple(
        Media(
            sha256=m.source,
            name=m.name,
            kind=m.kind,
            mime=m.mime,
            size=m.size,
            width=m.width,
            height=m.height,
            alt=m.alt,
        )
        for m in attached
    )
    defaults = {"title": "Judul", "kind": Kind.BERITA, "format": TextFormat.PLAIN}
    content = Content(**{"office": "64.69", "body": body, "accounts": on, "media": given} | defaults | facts)
    rendered = {
        account: Rendered(
            account=account,
            platform=account,
            handle=ACCOUNTS[account].handle,
            title="",
            text=content.text_for(account),
            html=None,
            media=attached,
        )
        for account in on
    }
    return Checkup(
        content=content,
        rendered=rendered,
        accounts=ACCOUNTS,
        specs=SPECS,
        office=OFFICE,
        now=now,
        knowledge=knowledge or Knowledge(),
        seen=seen or {},
        alike=alike,
        own=own,
    )


def found(rule: Any, body: str, **facts: Any) -> list[str]:
    """`severity text` of everything one rule finds in the body."""
    return [f"{finding.severity} {body[finding.start : finding.end]}" for finding in rule.check(checkup(body, **facts))]
