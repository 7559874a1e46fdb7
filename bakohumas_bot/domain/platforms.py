"""What is known about a platform, as data: its limits, how it counts text, how it can be read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum


class TextUnit(StrEnum):
    WEIGHTED = "weighted"  # X: a link is 23, most of the world's letters 1 or 2
    UTF16 = "utf16"  # Telegram: the safe reading of "characters after entities parsing"
    CODEPOINTS = "codepoints"


@dataclass(frozen=True, kw_only=True)
class ImageLimits:
    """`min_ratio` and `max_ratio` are width / height; pixels per side; `max_bytes` of the encoded file."""

    max_bytes: int
    max_width: int
    max_height: int
    min_width: int = 1
    min_ratio: float = 0.0
    max_ratio: float = 1000.0
    same_ratio: bool = False  # an album takes the ratio of its first picture (Instagram)


@dataclass(frozen=True, kw_only=True)
class VideoLimits:
    max_bytes: int
    min_duration: timedelta
    max_duration: timedelta
    max_width: int
    max_height: int
    min_ratio: float = 0.0
    max_ratio: float = 1000.0
    mimes: tuple[str, ...] = ("video/mp4",)


@dataclass(frozen=True, kw_only=True)
class DocumentLimits:
    max_bytes: int
    mimes: tuple[str, ...] = ("application/pdf",)


@dataclass(frozen=True, kw_only=True)
class PlatformSpec:
    """Facts about one platform. Times: how long after the HTTP deadline its reads may be believed.

    `family` is the word in `kanal` and the namespace of handles: instagram and instagram_private share one, so a post
    reaches one handle once. `caption_limit` holds when media goes along. `max_images`, `max_videos` and
    `max_documents` count per post, `max_media` all kinds together; `mixes` says whether pictures and videos may share
    one. `proves_absence` is False where a failed search means nothing (Telegram): then only a person may say "not
    there". `answer_deadline` is how long one live call may take; `read_back_waits` are counted from its end; absence is
    believed only after the last. `guard` is the age at which an intent is abandoned unsent; `retry_waits` lie between
    tries that certainly sent nothing (the account's lateness limit ends them, not a count); `verify_waits` between
    looks at what is public.
    """

    name: str
    family: str
    label: str
    unit: TextUnit
    text_limit: int
    caption_limit: int | None = None
    has_title: bool = False
    formats_text: bool = False
    needs_media: bool = False
    max_images: int = 0
    max_videos: int = 0
    max_documents: int = 0
    max_media: int | None = None
    mixes: bool = False
    max_alt: int = 1000
    image: ImageLimits | None = None
    video: VideoLimits | None = None
    document: DocumentLimits | None = None
    proves_absence: bool = True
    answer_deadline: timedelta = timedelta(seconds=30)
    read_back_waits: tuple[timedelta, ...] = (
        timedelta(seconds=20),
        timedelta(minutes=2),
        timedelta(minutes=10),
    )
    guard: timedelta = timedelta(seconds=5)
    retry_waits: tuple[timedelta, ...] = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=5),
    )
    verify_waits: tuple[timedelta, ...] = (
        timedelta(seconds=1),
        timedelta(seconds=15),
        timedelta(minutes=2),
        timedelta(minutes=10),
    )
    max_hashtags: int | None = None

    def limit(self, *, with_media: bool) -> int:
        if with_media and self.caption_limit is not None:
            return self.caption_limit
        return self.text_limit

    def at_pace(self, factor: float) -> PlatformSpec:
        """The same platform with every wait `factor` times as long, for rehearsals that cannot take an hour."""
        return replace(
            self,
            answer_deadline=self.answer_deadline * factor,
            guard=self.guard * factor,
            read_back_waits=tuple(wait * factor for wait in self.read_back_waits),
            retry_waits=tuple(wait * factor for wait in self.retry_waits),
            verify_waits=tuple(wait * factor for wait in self.verify_waits),
        )
