"""A picture is made to fit by scaling and padding; nothing of it is cut away and nothing it carried goes along."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from bakohumas_bot.domain.platforms import ImageLimits
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media.images import album_ratio, fit, lay_out
from files import MAROON, drawing, jpeg, picture

# Instagram's: ratio 4:5 to 1.91:1, 320 to 1440 pixels wide.
NARROW = ImageLimits(
    max_bytes=8_000_000, max_width=1440, max_height=1800, min_width=320, min_ratio=0.8, max_ratio=1.91, same_ratio=True
)
WIDE = ImageLimits(max_bytes=5_000_000, max_width=4096, max_height=4096)


def fitted(path: Path, limits: ImageLimits = NARROW, ratio: float | None = None) -> Image.Image:
    prepared = fit(path, limits, ratio=ratio)
    image = Image.open(io.BytesIO(prepared.data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (prepared.width, prepared.height))
    assert prepared.mime == "image/jpeg"
    assert len(prepared.data) <= limits.max_bytes
    return image


def near(pixel: object, colour: tuple[int, ...], slack: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= slack for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(
    ("size", "canvas"),
    [
        ((1080, 1080), (1080, 1080)),
        ((1080, 1350), (1080, 1350)),
        ((4000, 3000), (1440, 1080)),
        ((100, 100), (320, 320)),
        ((1000, 2000), (1440, 1800)),  # too tall: padded to 4:5
        ((3000, 1000), (1440, 754)),  # too wide: padded to 1.91:1
        ((10_000, 10), (1440, 754)),
        ((10, 2_000), (1440, 1800)),
        ((1, 1), (320, 320)),
    ],
)
def test_the_canvas_is_as_large_as_needed_and_allowed(size: tuple[int, int], canvas: tuple[int, int]) -> None:
    assert lay_out(size, NARROW).canvas == canvas


@pytest.mark.parametrize("width", range(320, 340))
def test_rounding_breaks_neither_the_width_nor_the_ratio(width: int) -> None:
    exact = replace(NARROW, min_width=width, max_width=width)
    for size in ((10_000, 10), (10, 10_000), (300, 300)):
        across, down = lay_out(size, exact).canvas
        assert across == width
        assert 0.8 <= across / down <= 1.91


SIDES = st.integers(min_value=1, max_value=12_000)


@given(SIDES, SIDES, st.floats(0.8, 1.91) | st.none())
def test_every_shape_fits_and_nothing_is_cut(width: int, height: int, ratio: float | None) -> None:
    layout = lay_out((width, height), NARROW, ratio)
    across, down = layout.canvas
    assert NARROW.min_width <= across <= NARROW.max_width
    assert 1 <= down <= NARROW.max_height
    assert NARROW.min_ratio <= across / down <= NARROW.max_ratio
    assert layout.picture[0] <= across
    assert layout.picture[1] <= down
    if ratio is not None:
        assert across / down == pytest.approx(ratio, abs=0.008)


@given(SIDES, SIDES)
def test_a_picture_is_never_stretched(width: int, height: int) -> None:
    across, down = lay_out((width, height), NARROW).picture
    # Within the pixel that rounding costs on either side.
    assert (across - 1.5) * height <= (down + 1.5) * width
    assert (down - 1.5) * width <= (across + 1.5) * height


def test_a_tall_picture_keeps_its_ends_on_a_ground_of_its_own_colour(tmp_path: Path) -> None:
    poster = Image.new("RGB", (400, 1000), MAROON)
    poster.paste((255, 200, 0), (150, 0, 250, 30))
    poster.paste((0, 90, 200), (150, 970, 250, 1000))
    image = fitted(picture(tmp_path / "a.png", poster))
    assert image.size == (800, 1000)
    assert near(image.getpixel((400, 10)), (255, 200, 0), 30)
    assert near(image.getpixel((400, 990)), (0, 90, 200), 30)
    assert near(image.getpixel((5, 500)), MAROON)


def test_a_picture_with_restless_edges_is_padded_in_white(tmp_path: Path) -> None:
    image = fitted(picture(tmp_path / "a.png", Image.effect_noise((400, 1000), 90).convert("RGB")))
    assert near(image.getpixel((5, 500)), (255, 255, 255))


def test_two_different_edges_are_padded_in_white(tmp_path: Path) -> None:
    halves = Image.new("RGB", (400, 1000), MAROON)
    halves.paste((0, 90, 200), (200, 0, 400, 1000))
    assert near(fitted(picture(tmp_path / "a.png", halves)).getpixel((5, 500)), (255, 255, 255))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_set_upright(tmp_path: Path, orientation: int) -> None:
    """Each of the eight ways a camera may store one scene comes out as that scene."""
    scene = Image.new("RGB", (600, 400), (255, 255, 255))
    scene.paste(MAROON, (0, 0, 200, 130))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = scene.transpose(undo[orientation]) if orientation in undo else scene
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = fitted(picture(tmp_path / "a.jpg", stored, exif=exif, quality=95))
    assert image.size == (600, 400)
    assert near(image.getpixel((100, 60)), MAROON)
    assert near(image.getpixel((500, 300)), (255, 255, 255))


def test_nothing_but_pixels_goes_out(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "MerekKamera"
    exif.get_ifd(0x8825)[1] = "S-LINTANG"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = picture(
        tmp_path / "a.jpg", exif=exif, icc_profile=profile, comment=b"RAHASIA", dpi=(300, 300), xmp=b"<x>XMP</x>"
    )
    path.write_bytes(path.read_bytes() + b"<?php TAIL")
    data = fit(path, NARROW).data
    for trace in (b"MerekKamera", b"LINTANG", b"RAHASIA", b"XMP", b"TAIL", b"Exif", b"ICC_PROFILE"):
        assert trace in path.read_bytes(), "the source carries it"
        assert trace not in data
    assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_transparent_becomes_white(tmp_path: Path, mode: str) -> None:
    sheet = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    sheet.paste((*MAROON, 255), (100, 100, 300, 300))
    path = picture(tmp_path / "a.png", sheet if mode == "RGBA" else sheet.convert("LA"))
    if mode == "PA":
        picture(path, sheet.quantize(8))
    image = fitted(path)
    assert near(image.getpixel((10, 10)), (255, 255, 255))
    assert not near(image.getpixel((200, 200)), (255, 255, 255), 60)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_plain_colour(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        source = picture(tmp_path / "a.png", Image.new("I;16", (400, 400), 32768))
        assert near(fitted(source).getpixel((200, 200)), (128, 128, 128), 4)
        return
    suffix = ".jpg" if mode == "CMYK" else ".png"
    image = fitted(picture(tmp_path / f"a{suffix}", drawing().quantize(16) if mode == "P" else drawing(mode=mode)))
    assert near(image.getpixel((5, 5)), (250, 246, 240), 16)


def test_colours_of_another_profile_are_translated(tmp_path: Path) -> None:
    """A profile in which red and blue have changed places shows that it is obeyed."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    flat = Image.new("RGB", (400, 400), (200, 60, 60))
    seen = {
        name: fitted(picture(tmp_path / f"{name}.png", flat, icc_profile=profile)).getpixel((200, 200))
        for name, profile in {"srgb": srgb, "swapped": swapped, "broken": b"not a profile", "none": None}.items()
    }
    assert near(seen["srgb"], (200, 60, 60))
    assert near(seen["swapped"], (60, 60, 200))
    assert near(seen["broken"], (200, 60, 60))
    assert near(seen["none"], (200, 60, 60))


def test_quality_gives_way_before_size_does(tmp_path: Path) -> None:
    noise = picture(tmp_path / "a.png", Image.effect_noise((1200, 1200), 90).convert("RGB"))
    free = fit(noise, NARROW)
    tight = fit(noise, replace(NARROW, max_bytes=len(free.data) // 2))
    assert (tight.width, tight.height) == (free.width, free.height)
    assert len(tight.data) <= len(free.data) // 2
    tiny = fit(noise, replace(NARROW, max_bytes=60_000))
    assert 320 <= tiny.width < free.width
    assert len(tiny.data) <= 60_000


def test_what_cannot_be_made_small_enough_says_so_by_its_size(tmp_path: Path) -> None:
    noise = picture(tmp_path / "a.png", Image.effect_noise((1200, 1200), 90).convert("RGB"))
    stubborn = fit(noise, replace(NARROW, max_bytes=1_000))
    assert len(stubborn.data) > 1_000
    assert stubborn.width >= 320


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", drawing(3000, 1000, "RGBA"))
    assert fit(path, NARROW).data == fit(path, NARROW).data


def test_an_album_shares_the_shape_of_its_first_picture(tmp_path: Path) -> None:
    ratio = album_ratio((1000, 1250), NARROW)
    square = fitted(picture(tmp_path / "a.png", drawing(1000, 1000)), ratio=ratio)
    assert square.width / square.height == pytest.approx(0.8, abs=0.001)
    assert album_ratio((100, 1000), NARROW) == 0.8
    assert album_ratio((1000, 100), NARROW) == 1.91


def test_a_large_photograph_keeps_its_shape_when_unpacked_small(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(drawing(6000, 4001)))
    assert fitted(path, replace(NARROW, max_width=700)).size == (700, 467)


def test_without_limits_in_the_way_nothing_is_scaled(tmp_path: Path) -> None:
    assert fitted(picture(tmp_path / "a.png", drawing(123, 77)), WIDE).size == (123, 77)


@pytest.mark.parametrize("data", [b"", b"bukan gambar", b"%PDF-1.7", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with pytest.raises(BadMedia):
        fit(path, NARROW)
