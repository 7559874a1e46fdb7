"""Reads what the platforms must know of an MP4 or QuickTime file: is it one, how long, how large."""

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
