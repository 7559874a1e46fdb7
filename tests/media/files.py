"""Makes files as strangers send them: good ones drawn or filmed, bad ones put together byte by byte."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw

MAROON, ORANGE, GREY = (123, 17, 19), (240, 130, 30), (128, 128, 128)


def drawing(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """A picture with something in every quarter, so that turning or cutting it would show."""
    image = Image.new("RGB", (width, height), (250, 246, 240))
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 10, height // 10, width // 3, height // 3), fill=MAROON)
    draw.ellipse((width // 2, height // 2, width * 9 // 10, height * 9 // 10), fill=ORANGE)
    return image.convert(mode)


def picture(path: Path, image: Image.Image | None = None, **options: Any) -> Path:
    (image or drawing()).save(path, **options)
    return path


def png_of(width: int, height: int, rows: int = 1) -> bytes:
    """A PNG whose header promises more than anyone wants to unpack; only its first rows are there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(rows * (1 + 3 * width))))
        + chunk(b"IEND", b"")
    )


def webp_of(width: int, height: int) -> bytes:
    """An extended WebP that promises a canvas (RFC 9649) and holds none."""
    header = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", len(header)) + header
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    (image or drawing()).save(out, "JPEG", **options)
    return out.getvalue()


def film(
    path: Path,
    *,
    seconds: int = 2,
    size: tuple[int, int] = (320, 240),
    rotation: int = 0,
    codec: str = "libx264",
    sound: bool = True,
    form: str | None = None,
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
    coding: dict[str, str] | None = None,
) -> Path:
    """A short film: one key frame and five pictures a second, a colour per second, a low hum."""
    with av.open(str(path), "w", format=form, options=options or {}) as out:
        out.metadata.update(metadata or {})
        pictures: Any = out.add_stream(codec, rate=5, options=coding or {})
        pictures.width, pictures.height, pictures.gop_size = *size, 5
        pictures.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        pictures.set_display_rotation(rotation)
        tone = out.add_stream("aac", rate=44100, layout="mono") if sound else None
        for number in range(5 * seconds):
            frame = av.VideoFrame.from_image(  # type: ignore[no-untyped-call]
                Image.new("RGB", size, (40 * (number // 5), 90, 120))
            )
            for packet in pictures.encode(frame):
                out.mux(packet)
        for packet in pictures.encode():
            out.mux(packet)
        if tone is not None:
            _play(out, tone, seconds)
    return path


def hum(path: Path) -> Path:
    with av.open(str(path), "w") as out:
        _play(out, out.add_stream("aac", rate=44100, layout="mono"), 1)
    return path


def _play(out: Any, stream: Any, seconds: int) -> None:
    for number in range(seconds * 44100 // 1024):
        wave = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        wave.planes[0].update(b"".join(struct.pack("<f", 0.1 * (i % 100 < 50)) for i in range(1024)))
        wave.sample_rate, wave.pts = 44100, number * 1024
        for packet in stream.encode(wave):
            out.mux(packet)
    for packet in stream.encode():
        out.mux(packet)
