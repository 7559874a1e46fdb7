"""Turns an author's media into the very bytes one platform will get, once, and remembers the result.

Nothing is cropped, cut or encoded anew in silence. What cannot be made to fit is passed along with its real numbers,
and the checks refuse it.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import Any

from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec
from bakohumas_bot.domain.posts import Media
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media import images, videos
from bakohumas_bot.media.blobs import BlobStore

# Part of what a remembered result is found by: raise it when the way of preparing changes.
_EDITION = 1

Made = dict[str, Any]  # the fields of `RenderedMedia` that differ from the source


def prepare(media: tuple[Media, ...], spec: PlatformSpec, blobs: BlobStore) -> tuple[RenderedMedia, ...]:
    """What `spec` will get for each of `media`, in order, kept in `blobs`. Every source must already be there."""
    ratio = _common_ratio(media, spec)
    return tuple(_one(item, spec, ratio, blobs) for item in media)


def _common_ratio(media: tuple[Media, ...], spec: PlatformSpec) -> float | None:
    limits = spec.image
    if limits is None or not limits.same_ratio or len(media) < 2:
        return None
    first = media[0]
    return images.album_ratio((first.width, first.height), limits) if first.width and first.height else None


def _one(item: Media, spec: PlatformSpec, ratio: float | None, blobs: BlobStore) -> RenderedMedia:
    match item.kind:
        case MediaKind.IMAGE if spec.image is not None:
            return _picture(item, spec.image, ratio, blobs)
        case MediaKind.VIDEO if spec.video is not None:
            return _film(item, blobs)
        case _:
            return _as_is(item)


def _as_is(item: Media) -> RenderedMedia:
    return RenderedMedia(
        sha256=item.sha256,
        source=item.sha256,
        kind=item.kind,
        mime=item.mime,
        name=item.name,
        size=item.size,
        width=item.width,
        height=item.height,
        duration=item.duration,
        alt=item.alt,
    )


def _picture(item: Media, limits: ImageLimits, ratio: float | None, blobs: BlobStore) -> RenderedMedia:
    def make() -> Made:
        fitted = images.fit(blobs.verify(item.sha256), limits, ratio=ratio, name=item.name)
        return {
            "sha256": blobs.put_bytes(fitted.data),
            "mime": fitted.mime,
            "size": len(fitted.data),
            "width": fitted.width,
            "height": fitted.height,
        }

    return _remembered(item, ["image", asdict(limits), ratio], ".jpg", make, blobs)


def _film(item: Media, blobs: BlobStore) -> RenderedMedia:
    def make() -> Made:
        source = blobs.verify(item.sha256)
        with tempfile.TemporaryDirectory(dir=blobs.root, prefix=".video-") as folder:
            target = Path(folder) / "video.mp4"
            try:
                film = videos.clean(source, target, item.name)
            except BadMedia:
                return {"sha256": item.sha256}  # it plays, but has no place in an MP4: for the checks to refuse
            return {
                "sha256": blobs.put_file(target),
                "mime": "video/mp4",
                "size": target.stat().st_size,
                "width": film.width,
                "height": film.height,
                "duration": film.duration,
            }

    return _remembered(item, ["video"], ".mp4", make, blobs)


def _remembered(
    item: Media, request: list[Any], suffix: str, make: Callable[[], Made], blobs: BlobStore
) -> RenderedMedia:
    """What was made before from the same bytes for the same limits, if it is still there; else made now."""
    key = hashlib.sha256(json.dumps([_EDITION, item.sha256, *request], sort_keys=True).encode()).hexdigest()
    made = blobs.noted(key)
    if made is None or not blobs.has(made["sha256"], made.get("size", item.size)):
        made = make()
        blobs.note(key, made)
    name = item.name if made["sha256"] == item.sha256 else PurePosixPath(item.name).stem + suffix
    return replace(_as_is(item), name=name, **made)
