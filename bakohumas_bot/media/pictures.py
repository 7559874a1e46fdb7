"""Opening a picture safely: its size is known and accepted before a single pixel is unpacked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media.formats import Format

MAX_PIXELS = 64_000_000  # a quarter of a gigabyte unpacked; phones take pictures of up to 50 million
_ORIENTATION = 0x0112
# How to set a stored picture upright, by the value of its EXIF orientation (EXIF 2.32, 4.6.4).
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {5, 6, 7, 8}

# Named one by one, so that no other decoder of the library ever sees a stranger's file; and not through `Image.open`,
# whose own check of the size only warns.
_READERS: dict[Format, Callable[[IO[bytes]], Any]] = {
    Format.JPEG: JpegImagePlugin.JpegImageFile,
    Format.PNG: PngImagePlugin.PngImageFile,
    Format.WEBP: WebPImagePlugin.WebPImageFile,
    Format.GIF: GifImagePlugin.GifImageFile,
}
# What the library raises for a damaged file, as read in its plugins (Pillow 13).
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@contextmanager
def opened(path: Path, form: Format, name: str) -> Iterator[Image.Image]:
    """The picture, not yet unpacked. What is broken, moving or too large is a `BadMedia`, also while it is read."""
    try:
        with path.open("rb") as file:
            if form is Format.WEBP:  # this decoder makes room for all pixels as soon as it sees the file
                _refuse_bomb(_webp_size(file.read(30)), name)
                file.seek(0)
            image: Image.Image = _READERS[form](file)
            _refuse_bomb(image.size, name)
            _refuse_moving(image, name)
            yield image
    except DAMAGE as error:
        raise BadMedia(
            f"Gambar “{name}” rusak atau terpotong sehingga tidak dapat dibaca. "
            "Mohon kirim ulang berkas aslinya, sebaiknya sebagai dokumen."
        ) from error


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as a viewer shows them: phones store portraits lying down."""
    width, height = image.size
    return (height, width) if _orientation(image) in _SIDEWAYS else (width, height)


def upright(image: Image.Image) -> Image.Image:
    method = _UPRIGHT.get(_orientation(image))
    return image if method is None else image.transpose(method)


def _orientation(image: Image.Image) -> int:
    """1 where there is none, or none that can be read."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except DAMAGE:
        return 1


def _refuse_bomb(size: tuple[int, int], name: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise BadMedia(
            f"Gambar “{name}” berukuran {_dotted(width)} × {_dotted(height)} piksel, "
            f"melebihi batas {MAX_PIXELS // 1_000_000} juta piksel. Mohon perkecil gambar terlebih dahulu."
        )


def _refuse_moving(image: Image.Image, name: str) -> None:
    if getattr(image, "is_animated", False):
        raise BadMedia(
            f"“{name}” adalah gambar bergerak; geraknya akan hilang bila diterbitkan sebagai gambar. "
            "Mohon kirim sebagai video MP4, atau sebagai satu gambar diam."
        )


def _webp_size(head: bytes) -> tuple[int, int]:
    """Width and height from the first chunk (RFC 9649)."""
    match head[12:16]:
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
        case _:
            raise ValueError("no picture in this WebP")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
