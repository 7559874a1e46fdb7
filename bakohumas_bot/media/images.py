"""Makes a picture fit a platform: upright, sRGB, without metadata, padded but never cropped, small enough, JPEG.

The same picture and limits give the same bytes, so that what was previewed is what goes out.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageCms, ImageStat

from bakohumas_bot.domain.platforms import ImageLimits
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media.formats import read_head, sniff
from bakohumas_bot.media.pictures import opened, upright

WHITE = (255, 255, 255)
# Best first; full colour resolution keeps maroon letters on white sharp, and is given up before quality is.
_QUALITIES = ((92, 0), (88, 0), (85, 2), (80, 2), (75, 2), (70, 2), (60, 2), (50, 2), (40, 2))
_SHRINK = 0.85
_CALM = 10.0  # how far an edge may stray from its mean (of 255) and still count as one colour

Size = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class PreparedImage:
    data: bytes
    width: int
    height: int
    mime: str = "image/jpeg"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The picture's size after scaling, and the canvas it is centred on."""

    picture: Size
    canvas: Size


def fit(path: Path, limits: ImageLimits, *, ratio: float | None = None, name: str = "") -> PreparedImage:
    """The picture within `limits` as far as it can be; `ratio` asks for an album's common shape.

    What cannot be made to fit comes out as near as possible, for the checks to judge by its numbers.
    """
    picture = flatten(path, limits, name or path.name)
    room = limits
    while True:
        canvas = _place(picture, lay_out(picture.size, room, ratio))
        data = _smallest_needed(canvas, limits.max_bytes)
        width, height = canvas.size
        room = replace(limits, max_width=int(width * _SHRINK), max_height=int(height * _SHRINK))
        if (
            len(data) <= limits.max_bytes
            or room.max_width < limits.min_width
            or min(room.max_width, room.max_height) < 1
        ):
            return PreparedImage(data=data, width=width, height=height)


def album_ratio(size: Size, limits: ImageLimits) -> float:
    """The shape an album takes from its first part: its own, as near as the platform allows."""
    return min(max(size[0] / size[1], limits.min_ratio), limits.max_ratio)


def lay_out(size: Size, limits: ImageLimits, ratio: float | None = None) -> Layout:
    """Where a picture of `size` goes: scaled down to the maximum, up only below the minimum, padded into the ratio."""
    width, height = size
    shape = album_ratio(size, limits) if ratio is None else min(max(ratio, limits.min_ratio), limits.max_ratio)
    full_width, full_height = max(width, height * shape), max(height, width / shape)
    most = min(limits.max_width / full_width, limits.max_height / full_height)
    scale = min(most, max(1.0, limits.min_width / full_width))
    canvas = _whole(full_width * scale, full_height * scale, limits)
    return Layout(
        picture=(min(max(1, round(width * scale)), canvas[0]), min(max(1, round(height * scale)), canvas[1])),
        canvas=canvas,
    )


def _whole(width: float, height: float, limits: ImageLimits) -> Size:
    """In whole pixels, and still inside the limits: rounding may not push 4:5 below 4:5."""
    across, down = min(max(1, round(width)), limits.max_width), min(max(1, round(height)), limits.max_height)
    if across < down * limits.min_ratio:
        down = max(1, math.floor(across / limits.min_ratio))
    if across > down * limits.max_ratio:
        down = min(math.ceil(across / limits.max_ratio), limits.max_height)
        across = min(across, max(1, math.floor(down * limits.max_ratio)))
    return across, down


def flatten(path: Path, limits: ImageLimits, name: str) -> Image.Image:
    """Upright sRGB pixels on white."""
    form = sniff(read_head(path))
    if form is None:
        raise BadMedia(f"“{name}” bukan gambar yang dapat dibuka. Mohon kirim ulang sebagai JPEG atau PNG.")
    enough = 2 * max(limits.max_width, limits.max_height)
    with opened(path, form, name) as image:
        image.draft(None, (enough, enough))  # a JPEG can be unpacked at a half, a quarter or an eighth
        image.load()
        return _to_srgb(on_white(eight_bits(upright(image))), image.info.get("icc_profile"))


def eight_bits(image: Image.Image) -> Image.Image:
    """Scientific and print files keep 16 bits of grey; the library would clip them to white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, (*WHITE, 255))
    return Image.alpha_composite(ground, layer).convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the picture's own colour profile, if it has a usable one: cameras and printers see other colours."""
    if image.mode not in {"RGB", "L", "CMYK"}:
        image = image.convert("RGB")
    if profile:
        try:
            return _converted(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return image.convert("RGB")  # a damaged profile, or one for other colours than the picture's
    return image.convert("RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    converted = ImageCms.profileToProfile(image, own, target, outputMode="RGB")
    return image.convert("RGB") if converted is None else converted


def _place(picture: Image.Image, layout: Layout) -> Image.Image:
    """A fresh canvas, so that nothing the file carried beside its pixels comes along."""
    scaled = picture if picture.size == layout.picture else picture.resize(layout.picture, Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", layout.canvas, _ground(scaled, layout.canvas))
    canvas.paste(scaled, ((layout.canvas[0] - scaled.width) // 2, (layout.canvas[1] - scaled.height) // 2))
    return canvas


def _ground(picture: Image.Image, canvas: Size) -> tuple[int, int, int]:
    """The colour to pad with: that of the two edges the padding touches if they share one, else white."""
    width, height = picture.size
    if canvas[0] > width:
        edges = [(0, 0, 1, height), (width - 1, 0, width, height)]
    else:
        edges = [(0, 0, width, 1), (0, height - 1, width, height)]
    first, second = (ImageStat.Stat(picture.crop(edge)) for edge in edges)
    apart = max(abs(one - other) for one, other in zip(first.mean, second.mean, strict=True))
    if max(*first.stddev, *second.stddev, apart) > _CALM:
        return WHITE
    red, green, blue = (round((one + other) / 2) for one, other in zip(first.mean, second.mean, strict=True))
    return red, green, blue


def _smallest_needed(canvas: Image.Image, max_bytes: int) -> bytes:
    """As good as `max_bytes` allows; the smallest there is if none fits."""
    data = b""
    for quality, subsampling in _QUALITIES:
        out = io.BytesIO()
        canvas.save(out, "JPEG", quality=quality, subsampling=subsampling, optimize=True, progressive=True)
        data = out.getvalue()
        if len(data) <= max_bytes:
            break
    return data
