"""Blur is told from calm, darkness and poor compression; a drawing from a photograph."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from bakohumas_bot.checks.pictures import BLURRED, SOFT
from bakohumas_bot.media.quality import is_drawn, is_plain, sharpness
from files import drawing, photograph, poster, scene

SAMPLES = sorted((Path(__file__).parents[2] / "content" / "samples").glob("*.jpg"))
SHARP = {
    **{path.name: Image.open(path).convert("L") for path in SAMPLES},
    "scene": scene(1).convert("L"),
    "large": scene(2, (4000, 3000)).convert("L"),
    "photograph": photograph(3).convert("L"),
    "drawing": drawing().convert("L"),
    "evening": scene(4).convert("L").point(lambda grey: grey // 4),
}


def crisp(image: Image.Image) -> float:
    found = sharpness(image)
    assert found is not None
    return found


@pytest.mark.parametrize("name", SHARP)
def test_a_sharp_picture_is_never_called_soft(name: str) -> None:
    assert crisp(SHARP[name]) > SOFT + 0.1


def test_poor_compression_is_not_blur(tmp_path: Path) -> None:
    path = poster(tmp_path / "p.jpg", "Jam layanan informasi publik", size=60, quality=20)
    assert crisp(Image.open(path).convert("L")) > SOFT


@pytest.mark.parametrize("name", [name for name in SHARP if name not in {"photograph", "evening"}])
def test_a_picture_out_of_focus_is_clearly_blurred(name: str) -> None:
    image = SHARP[name]
    blurred = image.filter(ImageFilter.GaussianBlur(4 * max(1, image.width / 1000)))
    assert crisp(blurred) < BLURRED


def test_where_it_is_too_dark_to_judge_nobody_is_warned() -> None:
    """What is left of the steps in a blurred evening are single greys, like grain."""
    blurred = sharpness(SHARP["evening"].filter(ImageFilter.GaussianBlur(4)))
    assert blurred is None or BLURRED <= blurred < SOFT


def test_a_picture_blown_up_from_a_thumbnail_is_blurred() -> None:
    small = scene(5).convert("L").resize((160, 120))
    assert crisp(small.resize((1280, 960), Image.Resampling.BICUBIC)) < SOFT


@pytest.mark.parametrize(
    "image",
    [Image.new("L", (1200, 900), 90), Image.linear_gradient("L"), Image.new("L", (3, 3)), Image.new("L", (1, 1))],
)
def test_where_there_is_no_edge_there_is_no_verdict(image: Image.Image) -> None:
    assert sharpness(image) is None


def test_a_drawing_is_told_from_a_photograph() -> None:
    assert all(is_drawn(Image.open(path).convert("L")) for path in SAMPLES)
    assert not is_drawn(photograph(6).convert("L"))


def test_a_plain_field_holds_no_letters() -> None:
    field = Image.new("L", (400, 400), 250)
    assert is_plain(field)
    ImageDraw.Draw(field).text((20, 20), "Halo", fill=230)
    assert not is_plain(field)
