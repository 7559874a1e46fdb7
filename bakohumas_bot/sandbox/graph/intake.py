"""Bytes that reach Graph: fetched by address as Meta's servers do, looked at, and known by their SHA-256."""

from __future__ import annotations

import hashlib
import io
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from PIL import Image

from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.mp4 import read_video
from bakohumas_bot.sandbox.pixels import require_no_bomb

MIB = 1024 * 1024
PHOTO_BYTES = 10 * MIB
PHOTO_FORMATS = {"JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP", "HEIF"}
IMAGE_BYTES = 8 * MIB
REEL_BYTES = 300 * MIB
REEL_SECONDS = (3, 15 * 60)
REEL_WIDTH = 1920
RATIOS = (4 / 5, 1.91)
WIDTHS = (320, 1440)


@dataclass(frozen=True, kw_only=True)
class File:
    sha256: str
    size: int
    format: str
    width: int = 0
    height: int = 0
    mode: str = ""
    seconds: float = 0.0


def fetch(url: str, content_type: str, *, most: int) -> bytes:
    """What stands at `url`, read as Meta reads it: ASCII address, no redirects, the right type. Else 9004/2207052."""
    if not url.isascii() or any(letter <= " " for letter in url):
        raise GraphError("media_unfetchable", departure="a media address must be ASCII")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not _is_loopback(parts.hostname or ""):
        raise GraphError("media_unfetchable", departure=f"nothing but loopback is fetched here, not {parts.hostname}")
    try:
        with requests.Session() as session:
            session.trust_env = False
            return _body(session, url, content_type, most)
    except requests.RequestException as error:
        raise GraphError(
            "media_unfetchable", message=f"The media could not be fetched: {type(error).__name__}"
        ) from error


def _body(session: requests.Session, url: str, content_type: str, most: int) -> bytes:
    with session.get(url, allow_redirects=False, timeout=(5, 20), stream=True) as answer:
        given = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if answer.status_code != 200 or given != content_type:
            raise GraphError(
                "media_unfetchable",
                message=f"The media could not be fetched: {answer.status_code} {given or 'untyped'}",
            )
        body = bytearray()
        for piece in answer.iter_content(MIB):
            body += piece
            if len(body) > most:
                break  # one piece too many is enough to refuse it
        return bytes(body)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def picture(body: bytes) -> File | None:
    """The picture in `body`, wholly decoded; None when it is none."""
    try:
        with Image.open(io.BytesIO(body)) as image:
            require_no_bomb(image)
            image.load()
            width, height, kind, mode = image.width, image.height, image.format or "", image.mode
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return File(sha256=_sum(body), size=len(body), format=kind, width=width, height=height, mode=mode)


def film(body: bytes) -> File | None:
    """The MP4 or MOV in `body`, by its boxes; None when it is none. What the frames show is not judged here."""
    video = read_video(body)
    if video is None or b"mdat" not in body:
        return None
    kind = "MP4" if body.find(b"moov") < body.find(b"mdat") else "MP4 with moov last"
    return File(
        sha256=_sum(body),
        size=len(body),
        format=kind,
        width=video.width,
        height=video.height,
        seconds=video.seconds,
    )


def facebook_photo(body: bytes) -> File:
    """A photo as a Page takes it: a real picture of a usual kind, at most 10 MB."""
    file = picture(body) if len(body) <= PHOTO_BYTES else None
    if file is None or file.format not in PHOTO_FORMATS:
        raise GraphError("photo_unreadable", departure=f"not a photo that a Page takes ({len(body)} bytes)")
    return file


def instagram_image(body: bytes, *, story: bool) -> File:
    """An image as Instagram takes it: JPEG, at most 8 MiB, ratio 4:5 to 1.91:1 unless it is a story."""
    if len(body) > IMAGE_BYTES:
        raise GraphError("image_size", departure="the image is over 8 MiB")
    file = picture(body)
    if file is None or file.format not in {"JPEG", "MPO"}:
        raise GraphError("image_format", departure="the image is no whole JPEG")
    # Half a pixel of grace: 4:5 of an odd width cannot be met exactly.
    if not story and not RATIOS[0] - 0.5 / file.height <= file.width / file.height <= RATIOS[1] + 0.5 / file.height:
        raise GraphError("image_ratio", departure=f"the ratio of {file.width} x {file.height} is not 4:5 to 1.91:1")
    return file


def instagram_reel(body: bytes) -> File:
    """A reel's file: MP4 with its index first, at most 300 MB, 3 s to 15 min, 1920 wide at most."""
    file = film(body) if len(body) <= REEL_BYTES else None
    if file is None or file.format != "MP4":
        raise GraphError("reel_format", departure="the video is no MP4 with its index first")
    if not REEL_SECONDS[0] <= file.seconds <= REEL_SECONDS[1] or file.width > REEL_WIDTH:
        raise GraphError("reel_format", departure=f"a reel of {file.seconds} s, {file.width} wide")
    return file


def _sum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
