"""Makes files as strangers send them: good ones drawn or filmed, bad ones put together byte by byte."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bakohumas_bot.media.ocr import Engine

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


def poster(
    path: Path,
    *words: str,
    size: int = 40,
    ink: tuple[int, int, int] = (40, 44, 48),
    ground: tuple[int, int, int] = (250, 246, 240),
    canvas: tuple[int, int] = (1080, 1350),
    **options: Any,
) -> Path:
    """Lines of words on an even field, as offices draw them."""
    image = Image.new("RGB", canvas, ground)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(words):
        draw.text((60, 80 + number * size * 3 // 2), line, fill=ink, font=ImageFont.load_default(size))
    image.save(path, **options)
    return path


def scene(number: int, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A busy picture like no other number's: forms, colours and the grain of a camera."""
    chance = random.Random(number)
    image = Image.new("RGB", size, tuple(chance.randint(60, 255) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        left, top = chance.randint(0, size[0]), chance.randint(0, size[1])
        box = (left, top, left + chance.randint(30, 300), top + chance.randint(30, 300))
        colour = tuple(chance.randint(0, 255) for _ in range(3))
        draw.ellipse(box, fill=colour) if chance.random() < 0.5 else draw.rectangle(box, fill=colour)
    return image


def photograph(number: int, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """The same with grain: no two neighbours are equal."""
    grain = Image.effect_noise(size, 24).convert("RGB")
    return ImageChops.add(scene(number, size), grain, offset=-128)


def code(words: str, scale: int = 6) -> Image.Image:
    """A QR code with its quiet border."""
    import zxingcpp

    drawn = memoryview(zxingcpp.create_barcode(words, zxingcpp.BarcodeFormat.QRCode).to_image(scale=scale))
    return Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), bytes(drawn))


def paper(path: Path, *pages: str | Image.Image, author: str = "") -> Path:
    """A PDF whose pages are words, or scans."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=True)
    canvas.setAuthor(author)
    for page in pages:
        if isinstance(page, str):
            for number, line in enumerate(page.splitlines()):
                canvas.drawString(72, 770 - 16 * number, line)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, width=595, height=842)
        canvas.showPage()
    canvas.save()
    return path


needs_ocr = pytest.mark.skipif(
    not Engine().ready, reason="needs Tesseract with Indonesian: apt install tesseract-ocr tesseract-ocr-ind"
)
