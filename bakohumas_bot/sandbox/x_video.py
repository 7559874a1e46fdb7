"""Reads what X must know of an MP4 or QuickTime file: is it one, how long, how large."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

CONTAINERS = {b"moov", b"trak", b"mdia"}


@dataclass(frozen=True, kw_only=True)
class Video:
    seconds: float
    width: int
    height: int


def read_video(content: bytes) -> Video | None:
    """None when the bytes are not a whole MP4 with a moving picture in it."""
    if content[4:8] != b"ftyp":
        return None
    seconds, width, height = 0.0, 0, 0
    try:
        for kind, body in _boxes(memoryview(content)):
            if kind == b"mvhd":
                seconds = _duration(body)
            elif kind == b"tkhd" and not width:
                width, height = (side >> 16 for side in struct.unpack(">II", body[-8:]))
    except struct.error:
        return None
    return Video(seconds=seconds, width=width, height=height) if seconds and width else None


def fault_of(video: Video) -> str | None:
    """X's limits for a post's video (platform-apis: 0.5-140 s, 32x32-1280x1024 either way round, 1:3-3:1)."""
    if not 0.5 <= video.seconds <= 140:
        return f"duration {video.seconds:.1f} s is not within 0.5 to 140 s"
    long, short = max(video.width, video.height), min(video.width, video.height)
    if short < 32 or long > 1280 or short > 1024:
        return f"{video.width}x{video.height} is not within 32x32 to 1280x1024"
    if long > 3 * short:
        return "aspect ratio is not within 1:3 to 3:1"
    return None


def _boxes(content: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    position = 0
    while position + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[position : position + 8])
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", content[position + 8 : position + 16])
            head = 16
        end = len(content) if size == 0 else position + size
        if end < position + head or end > len(content):
            raise struct.error("a box does not end where it says")
        body = content[position + head : end]
        if kind in CONTAINERS:
            yield from _boxes(body)
        else:
            yield kind, body
        position = end


def _duration(body: memoryview) -> float:
    if body[0] == 1:
        scale, duration = struct.unpack(">IQ", body[20:32])
    else:
        scale, duration = struct.unpack(">II", body[12:20])
    return float(duration) / scale if scale else 0.0
