"""The shelf of uploaded media: one-shot and chunked, with their checks, processing and alternative texts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from bakohumas_bot.sandbox.mp4 import Video, read_video
from bakohumas_bot.sandbox.pixels import require_no_bomb
from bakohumas_bot.sandbox.x.problems import Refused, invalid, not_found

LIFE = 86400
MIB = 1024 * 1024
MAX_BYTES = {"image": 5 * MIB, "gif": 15 * MIB, "video": 512 * MIB}
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
VIDEO_TYPES = ("video/mp4", "video/quicktime")
KEY_PREFIX = {"image": "3", "gif": "16", "video": "13"}
GIF_SIDES, GIF_FRAMES = (1280, 1080), 350


@dataclass(frozen=True, kw_only=True)
class Processing:
    """How the next video is processed: `polls` answers of in_progress, then succeeded, or failed with `error`."""

    polls: int = 1
    check_after_secs: int = 1
    error: str | None = None


@dataclass(kw_only=True)
class Media:
    id: str
    owner: str
    category: str
    declared_type: str | None
    total_bytes: int | None
    expires: float
    chunks: dict[int, bytes] = field(default_factory=dict)
    size: int = 0
    sha256: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    alt: str = ""
    finished: bool = False
    processing: Processing | None = None
    polled: int = -1  # -1: pending, not asked about yet

    @property
    def kind(self) -> str:
        if self.category.endswith("_gif"):
            return "gif"
        return "video" if self.category.endswith("_video") else "image"

    @property
    def key(self) -> str:
        return f"{KEY_PREFIX[self.kind]}_{self.id}"

    @property
    def state(self) -> str:
        if self.processing is None:
            return "succeeded"
        if self.polled < 0:
            return "pending"
        if self.polled < self.processing.polls:
            return "in_progress"
        return "failed" if self.processing.error else "succeeded"

    def shown(self, now: float) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": self.id,
            "media_key": self.key,
            "size": self.size,
            "expires_after_secs": max(0, int(self.expires - now)),
        }
        if self.kind == "image":
            data["image"] = {"image_type": self.mime, "w": self.width, "h": self.height}
        elif self.state == "succeeded":
            data["video"] = {"video_type": "video/mp4"}
        if self.processing is not None:
            data["processing_info"] = self._progress(self.processing)
        return data

    def _progress(self, processing: Processing) -> dict[str, Any]:
        if self.state == "succeeded":
            return {"state": "succeeded", "progress_percent": 100}
        if self.state == "failed":
            return {"state": "failed", "progress_percent": 100}
        percent = 0 if self.polled < 0 else 100 * (self.polled + 1) // (processing.polls + 1)
        return {"state": self.state, "check_after_secs": processing.check_after_secs, "progress_percent": percent}


class Shelf:
    """`new_id` issues ids; `next_processing` says how the next video or GIF will be processed."""

    def __init__(
        self, now: Callable[[], float], new_id: Callable[[], str], next_processing: Callable[[], Processing]
    ) -> None:
        self._now = now
        self._new_id = new_id
        self._next_processing = next_processing
        self.media: dict[str, Media] = {}

    def begin(self, owner: str, *, category: str, media_type: str | None, total_bytes: int | None) -> Media:
        kind = category.partition("_")[2]
        limit = MAX_BYTES.get(kind)
        if limit is None or category.startswith("dm_"):
            raise Refused(invalid([f"$.media_category: {category} cannot be attached to a Post"]), "no post category")
        if total_bytes is not None and total_bytes > limit:
            raise Refused(invalid([f"File size exceeds {limit} bytes."]), f"{category} of {total_bytes} bytes")
        media = Media(
            id=self._new_id(),
            owner=owner,
            category=category,
            declared_type=media_type,
            total_bytes=total_bytes,
            expires=self._now() + LIFE,
        )
        self.media[media.id] = media
        return media

    def own(self, media_id: str, owner: str) -> Media:
        media = self.media.get(media_id)
        if media is None or media.owner != owner or media.expires <= self._now():
            raise Refused(not_found("media", "media_id", media_id))
        return media

    def append(self, media: Media, index: int, chunk: bytes) -> None:
        if media.finished:
            raise Refused(invalid(["The upload session is already finalized."]), "append after finalize")
        if not chunk:
            raise Refused(invalid(["$.media: is empty"]), "an empty segment")
        media.chunks[index] = chunk

    def finish(self, media: Media) -> None:
        """Finalize: the segments are whole and are what they were said to be; asking again changes nothing."""
        if media.finished:
            return
        if sorted(media.chunks) != list(range(len(media.chunks))) or not media.chunks:
            raise Refused(invalid(["Segments are missing."]), "finalize without every segment")
        content = b"".join(media.chunks[index] for index in range(len(media.chunks)))
        if media.total_bytes is not None and len(content) != media.total_bytes:
            message = "Segments do not add up to provided total file size."
            raise Refused(invalid([message]), message)
        self.take(media, content)

    def take(self, media: Media, content: bytes) -> None:
        """The bytes are there: look at them, not at their name."""
        if len(content) > MAX_BYTES[media.kind]:
            raise Refused(invalid([f"File size exceeds {MAX_BYTES[media.kind]} bytes."]), f"{len(content)} bytes")
        media.size, media.sha256 = len(content), hashlib.sha256(content).hexdigest()
        if media.kind == "video":
            self._take_video(media, content)
        else:
            _take_image(media, content)
            if media.kind == "gif":
                media.processing = self._next_processing()
        if media.declared_type not in {None, media.mime, media.mime.replace("jpeg", "pjpeg")}:
            raise Refused(
                invalid(["The media type does not match the content."]), f"{media.declared_type} is {media.mime}"
            )
        media.finished = True
        media.chunks.clear()
        media.expires = self._now() + LIFE

    def _take_video(self, media: Media, content: bytes) -> None:
        if content[4:8] != b"ftyp":
            raise Refused(invalid(["The media file is not a supported video."]), "a video that is no MP4 or MOV")
        media.mime = "video/quicktime" if content[8:12] == b"qt  " else "video/mp4"
        media.processing = self._next_processing()
        video = read_video(content)
        fault = "InvalidMedia" if video is None else _fault_of(video)
        if fault is not None:
            media.processing = Processing(polls=media.processing.polls, error=fault)
        if video is not None:
            media.width, media.height, media.seconds = video.width, video.height, video.seconds

    def poll(self, media: Media) -> None:
        if media.processing is not None and media.polled < media.processing.polls:
            media.polled += 1

    def expire_all(self) -> None:
        for media in self.media.values():
            media.expires = self._now()

    def attachable(self, media_ids: list[str], owner: str) -> list[Media]:
        """The media for a post; X says no more than that the ids are invalid."""
        found = [self.media.get(media_id) for media_id in media_ids]
        usable = [m for m in found if m and m.owner == owner and m.finished and m.state == "succeeded"]
        message = "Your media IDs are invalid."
        if len(usable) < len(media_ids) or any(media.expires <= self._now() for media in usable):
            raise Refused(invalid([message], {"media.media_ids": [f"[{','.join(media_ids)}]"]}))
        kinds = {media.kind for media in usable}
        if len(set(media_ids)) < len(media_ids) or (kinds != {"image"} and len(usable) > 1):
            departure = "a post carries 4 pictures, or one video, or one GIF"
            raise Refused(invalid([message], {"media.media_ids": [f"[{','.join(media_ids)}]"]}), departure)
        return usable


def _take_image(media: Media, content: bytes) -> None:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            require_no_bomb(picture)
            picture.load()
            media.mime = IMAGE_TYPES.get(picture.format or "", "")
            media.width, media.height = picture.size
            frames = getattr(picture, "n_frames", 1)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise Refused(invalid(["The media file could not be read."]), f"no whole picture: {error}") from error
    if not media.mime or (media.mime == "image/gif") != (media.kind == "gif"):
        raise Refused(invalid(["The media type is not supported."]), f"{media.category} with {media.mime or 'other'}")
    fits = media.width <= GIF_SIDES[0] and media.height <= GIF_SIDES[1] and frames <= GIF_FRAMES
    if media.kind == "gif" and not fits:
        raise Refused(invalid(["The GIF is too large."]), f"GIF of {media.width}x{media.height}, {frames} frames")


def _fault_of(video: Video) -> str | None:
    """X's limits for a post's video (platform-apis: 0.5-140 s, 32x32-1280x1024 either way round, 1:3-3:1)."""
    if not 0.5 <= video.seconds <= 140:
        return f"duration {video.seconds:.1f} s is not within 0.5 to 140 s"
    long, short = max(video.width, video.height), min(video.width, video.height)
    if short < 32 or long > 1280 or short > 1024:
        return f"{video.width}x{video.height} is not within 32x32 to 1280x1024"
    if long > 3 * short:
        return "aspect ratio is not within 1:3 to 3:1"
    return None
