"""The picture before and the picture after, at one look and small enough for a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from bakohumas_bot.media.side_by_side import CELL, GAP, HEAD, MOST, Pair, side_by_side
from files import jpeg

RED, BLUE, GREY = (200, 30, 30), (30, 30, 200), (226, 229, 232)


def saved(folder: Path, name: str, colour: tuple[int, int, int], size: tuple[int, int] = (1200, 900)) -> Path:
    path = folder / name
    Image.new("RGB", size, colour).save(path, "PNG")
    return path


def shown(*pairs: Pair) -> Image.Image:
    data = side_by_side(pairs)
    assert len(data) < 300_000
    return Image.open(io.BytesIO(data))


def colours(sheet: Image.Image, row: int = 0, height: int = CELL * 3 // 4) -> list[str]:
    """What stands left and right, near the top of the fields."""
    y = GAP + HEAD + 30 + row * (HEAD + height + GAP)
    found = []
    for x in (GAP + 30, CELL + 2 * GAP + 30):
        pixel = sheet.getpixel((x, y))
        assert isinstance(pixel, tuple)
        near = [
            name
            for name, colour in {"red": RED, "blue": BLUE, "empty": GREY}.items()
            if all(abs(a - b) < 14 for a, b in zip(pixel, colour, strict=True))
        ]
        found.append(near[0] if near else str(pixel))
    return found


def test_before_stands_left_and_after_right(tmp_path: Path) -> None:
    pair = Pair(name="gambar 1", before=saved(tmp_path, "a", RED), after=saved(tmp_path, "b", BLUE))
    assert colours(shown(pair)) == ["red", "blue"]


def test_each_pair_has_its_row_and_only_the_first_are_shown(tmp_path: Path) -> None:
    red, blue = saved(tmp_path, "a", RED), saved(tmp_path, "b", BLUE)
    pairs = [Pair(name=f"gambar {n}", before=red, after=blue) for n in range(MOST + 3)]
    sheet = shown(*pairs)
    assert colours(sheet, row=MOST - 1) == ["red", "blue"]
    assert sheet.height < MOST * (CELL + HEAD + 2 * GAP)


@pytest.mark.parametrize("size", [(1, 4000), (4000, 1), (1, 1), (3000, 3000)], ids=str)
def test_any_shape_fits_its_field(tmp_path: Path, size: tuple[int, int]) -> None:
    pair = Pair(name="gambar 1", before=saved(tmp_path, "a", RED, size), after=saved(tmp_path, "b", BLUE))
    assert shown(pair).width == 2 * CELL + 3 * GAP


def test_what_was_not_there_or_cannot_be_opened_is_an_empty_field(tmp_path: Path) -> None:
    broken, video = tmp_path / "broken", tmp_path / "video"
    broken.write_bytes(jpeg()[:300])
    video.write_bytes(b"\0\0\0\x18ftypisom" + b"\0" * 100)
    red = saved(tmp_path, "a", RED)
    assert colours(shown(Pair(name="gambar 1", before=None, after=red))) == ["empty", "red"]
    for bad in (broken, video, tmp_path / "gone"):
        assert colours(shown(Pair(name="gambar 1", before=red, after=bad))) == ["red", "empty"]
