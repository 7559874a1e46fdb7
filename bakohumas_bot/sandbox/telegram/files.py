"""The files Telegram keeps: bytes under their SHA-256, the ids it hands out for them, and what it reads from them."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PIL import Image, UnidentifiedImageError

from bakohumas_bot.sandbox.mp4 import read_video

PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
_THUMBNAILS = (90, 320)
_LARGEST_SIDE = 2560
_PREFIX = {"photo": "AgACAgUAAx", "video": "BAACAgUAAx", "document": "BQACAgUAAx"}


@dataclass(frozen=True, kw_only=True)
class File:
    """One file as one kind of media."""

    file_id: str
    unique_id: str
    kind: str
    sha256: str
    size: int
    name: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0

    def shown(self) -> dict[str, Any]:
        """The fields that PhotoSize, Video, Document and File share, and those of its own kind."""
        facts: dict[str, Any] = {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }
        if self.kind != "document":
            facts |= {"width": self.width, "height": self.height}
        if self.kind == "video":
            facts |= {"duration": self.duration}
        if self.kind != "photo":
            facts |= {"file_name": self.name, "mime_type": self.mime}
        return facts


@dataclass(frozen=True, kw_only=True)
class Media:
    """What a message carries: one file, or a photo in its sizes, the largest last."""

    kind: str
    files: tuple[File, ...]

    @property
    def sha256(self) -> str:
        return self.files[-1].sha256

    def shown(self) -> dict[str, Any]:
        sizes = [file.shown() for file in self.files]
        return {self.kind: sizes if self.kind == "photo" else sizes[-1]}


class Shelf:
    """Everything uploaded, by hash, by file_id and by download path."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.media: dict[str, Media] = {}
        self._files: dict[str, File] = {}
        self._paths: dict[str, File] = {}
        self._numbers = itertools.count()

    def file(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def path_of(self, file: File) -> str:
        """Where this file is downloaded. The name is not kept, as the real server warns."""
        for path, known in self._paths.items():
            if known == file:
                return path
        suffix = ".jpg" if file.kind == "photo" else PurePath(file.name).suffix
        path = f"{file.kind}s/file_{len(self._paths)}{suffix}"
        self._paths[path] = file
        return path

    def at(self, path: str) -> bytes | None:
        file = self._paths.get(path)
        return None if file is None else self.blobs[file.sha256]

    def keep_photo(self, data: bytes, size: tuple[int, int]) -> Media:
        """A photo with its smaller sizes; what cannot be decoded has none."""
        smaller = [self._keep("photo", blob, width=w, height=h) for blob, (w, h) in _thumbnails(data)]
        full = self._keep("photo", data, width=size[0], height=size[1])
        return self._remember(Media(kind="photo", files=(*smaller, full)))

    def keep_video(self, data: bytes, name: str, mime: str, shape: tuple[int, int, int]) -> Media:
        width, height, duration = shape
        file = self._keep("video", data, name=name, mime=mime, width=width, height=height, duration=duration)
        return self._remember(Media(kind="video", files=(file,)))

    def keep_document(self, data: bytes, name: str, mime: str) -> Media:
        return self._remember(Media(kind="document", files=(self._keep("document", data, name=name, mime=mime),)))

    def _keep(self, kind: str, data: bytes, **facts: Any) -> File:
        sha256 = hashlib.sha256(data).hexdigest()
        self.blobs[sha256] = data
        own = base64.urlsafe_b64encode(f"{next(self._numbers)}.{sha256[:24]}".encode()).decode().rstrip("=")
        unique = "AQAD" + hashlib.sha256(f"{kind}:{sha256}".encode()).hexdigest()[:12]
        file = File(file_id=_PREFIX[kind] + own, unique_id=unique, kind=kind, sha256=sha256, size=len(data), **facts)
        self._files[file.file_id] = file
        return file

    def _remember(self, media: Media) -> Media:
        for file in media.files:
            self.media[file.file_id] = media
        return media


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the header; None when this is no picture that Telegram reads, (0, 0) when it is a bomb."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as image:
            return image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return (0, 0)
    except (UnidentifiedImageError, OSError, ValueError):
        return None


def decodes(data: bytes) -> bool:
    """Is every pixel there? A truncated file has a good header only."""
    return _decoded(data) is not None


def as_phone_photo(data: bytes) -> bytes:
    """What a phone sends as a photo: a JPEG of at most 2560 pixels without its EXIF block."""
    image = _decoded(data)
    if image is None:
        return data
    image.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    return _jpeg(image)


def _thumbnails(data: bytes) -> list[tuple[bytes, tuple[int, int]]]:
    image = _decoded(data)
    if image is None:
        return []
    sizes = []
    for side in reversed([side for side in _THUMBNAILS if side < max(image.size)]):
        image.thumbnail((side, side))
        sizes.append((_jpeg(image), image.size))
    return sizes[::-1]


def _decoded(data: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            return image.convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=87)
    return buffer.getvalue()


def video_shape(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and whole seconds of an MP4 or MOV; None when it is not a whole one."""
    video = read_video(data)
    return None if video is None else (video.width, video.height, round(video.seconds))
