"""A picture is known again after what apps and people do to it, and not taken for another one."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from bakohumas_bot.media.looks import look_of
from files import scene

SAMPLES = sorted((Path(__file__).parents[2] / "content" / "samples").glob("*.jpg"))
PICTURES = [*(Image.open(path).convert("RGB") for path in SAMPLES), *(scene(number) for number in range(12))]


def look(image: Image.Image) -> int:
    seen = look_of(image.convert("L"))
    assert seen is not None
    assert 0 <= seen < 2**64
    return seen


def apart(one: Image.Image, other: Image.Image) -> int:
    return (look(one) ^ look(other)).bit_count()


def saved(quality: int) -> Callable[[Image.Image], Image.Image]:
    def again(image: Image.Image) -> Image.Image:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        return Image.open(io.BytesIO(out.getvalue())).convert("RGB")

    return again


def scaled(width: int) -> Callable[[Image.Image], Image.Image]:
    return lambda image: image.resize((width, image.height * width // image.width))


def brighter(by: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: ImageEnhance.Brightness(image).enhance(by)


def trimmed(share: float) -> Callable[[Image.Image], Image.Image]:
    def trim(image: Image.Image) -> Image.Image:
        across, down = int(image.width * share), int(image.height * share)
        return image.crop((across, down, image.width - across, image.height - down))

    return trim


def signed(image: Image.Image) -> Image.Image:
    image = image.copy()
    corner = (image.width * 3 // 5, image.height * 9 // 10)
    ImageDraw.Draw(image).text(corner, "KPU CONTOH", fill="white", font=ImageFont.load_default(image.width // 24))
    return image


@pytest.mark.parametrize(
    ("change", "most"),
    [
        (saved(40), 4),
        (saved(20), 6),
        (scaled(540), 4),
        (scaled(320), 6),
        (brighter(1.15), 6),
        (brighter(0.85), 6),
        (trimmed(0.01), 8),
        (trimmed(0.02), 10),
        (signed, 10),
    ],
)
def test_a_picture_stays_itself(change: Callable[[Image.Image], Image.Image], most: int) -> None:
    assert max(apart(image, change(image)) for image in PICTURES) <= most


def test_two_pictures_are_two() -> None:
    assert min(apart(one, other) for one, other in combinations(PICTURES, 2)) >= 16


def test_a_plain_field_is_like_nothing() -> None:
    assert look_of(Image.new("L", (800, 600), 120)) is None
    assert look_of(Image.new("L", (1, 1), 120)) is None
