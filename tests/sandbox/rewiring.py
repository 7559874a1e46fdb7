"""Leads libraries with built-in host names to the loopback server, and makes the small files they send."""

from __future__ import annotations

import io
import random
import struct
from typing import Any
from urllib.parse import urlsplit

import requests
from PIL import Image
from requests.adapters import HTTPAdapter


class Rewiring(HTTPAdapter):
    """Every host becomes `base`. Proves nothing leaves loopback: there is no other way out of this adapter."""

    def __init__(self, base: str) -> None:
        self._base = base
        super().__init__(max_retries=0)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        if not (request.url or "").startswith(self._base):
            request.url = self._base + parts.path + (f"?{parts.query}" if parts.query else "")
        kwargs["timeout"] = kwargs.get("timeout") or 20
        return super().send(request, *args, **kwargs)


def rewired(session: requests.Session, base: str) -> requests.Session:
    session.trust_env = False
    session.mount("https://", Rewiring(base))
    session.mount("http://", Rewiring(base))
    return session


def picture(width: int = 64, height: int = 64, form: str = "JPEG", colour: str = "navy") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, form)
    return buffer.getvalue()


def heavy_picture(side: int) -> bytes:
    """Noise does not compress: a real PNG of about 3 * side * side bytes."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(7).randbytes(3 * side * side)).save(buffer, "PNG")
    return buffer.getvalue()


def video(seconds: float = 2.0, width: int = 640, height: int = 360, brand: bytes = b"isom") -> bytes:
    """The boxes that tell what an MP4 is; its picture data is a few bytes."""
    mvhd = struct.pack(">4xIIII", 0, 0, 1000, int(seconds * 1000)) + bytes(80)
    tkhd = bytes(76) + struct.pack(">II", width << 16, height << 16)
    moov = _box(b"moov", _box(b"mvhd", mvhd) + _box(b"trak", _box(b"tkhd", tkhd)))
    return _box(b"ftyp", brand + bytes(4) + b"isommp42") + moov + _box(b"mdat", b"frames" * 10)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body
