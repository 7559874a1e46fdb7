"""The sample pictures are what the script in the project draws, and small enough to be sent by any phone."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.prepare import prepare
from bakohumas_bot.media.probe import probe

SAMPLES = Path(__file__).parents[2] / "content" / "samples"
PICTURES = sorted(path.name for path in SAMPLES.glob("*.jpg"))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(SAMPLES)
    before = set(sys.modules)
    yield importlib.import_module("make_samples")
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_the_script_draws_it(script: Any, name: str) -> None:
    draw: Callable[[], Image.Image] = script.PICTURES[name]
    with Image.open(SAMPLES / name) as committed:
        # JPEG, and another edition of its library, may round differently; a changed drawing differs by far more.
        assert max(ImageStat.Stat(ImageChops.difference(committed, draw())).mean) < 2


def test_the_script_draws_every_picture_there_is(script: Any) -> None:
    assert sorted(script.PICTURES) == PICTURES


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_small_and_readable_on_a_phone(name: str) -> None:
    found = probe(SAMPLES / name, name)
    assert found.size < 300_000
    assert (found.width or 0) >= 1080
    assert 0.8 <= (found.width or 0) / (found.height or 1) <= 1.91


def test_the_film_fits_every_platform_as_it_is(tmp_path: Path) -> None:
    found = probe(SAMPLES / "video-pdpb.mp4", "video-pdpb.mp4")
    assert found.size < 1_000_000
    assert timedelta(seconds=5) < timedelta(seconds=found.duration or 0) < timedelta(seconds=10)
    assert ((found.width or 0) <= 1280, (found.height or 0) <= 1024) == (True, True), "X takes no more"
    limits = VideoLimits(
        max_bytes=1_000_000,
        min_duration=timedelta(seconds=3),
        max_duration=timedelta(seconds=60),
        max_width=1280,
        max_height=1024,
    )
    spec = PlatformSpec(
        name="p", family="p", label="P", unit=TextUnit.UTF16, text_limit=1, max_videos=1, video=limits,
        image=ImageLimits(max_bytes=1, max_width=1, max_height=1),
    )  # fmt: skip
    blobs = BlobStore(tmp_path)
    blobs.put_file(SAMPLES / "video-pdpb.mp4")
    [made] = prepare((found,), spec, blobs)
    assert (made.mime, made.width, made.height) == ("video/mp4", 720, 900)
