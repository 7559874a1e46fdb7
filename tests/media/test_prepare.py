"""What an account will get is made once, kept, and made from nothing but the author's own file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import av
import pytest
from PIL import Image

from bakohumas_bot.domain.platforms import DocumentLimits, ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.posts import Media
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.media import images, videos
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.prepare import prepare
from bakohumas_bot.media.probe import probe
from files import drawing, film, picture

SPEC = PlatformSpec(
    name="p",
    family="p",
    label="P",
    unit=TextUnit.CODEPOINTS,
    text_limit=100,
    max_images=10,
    max_videos=1,
    max_documents=1,
    image=ImageLimits(
        max_bytes=8_000_000,
        max_width=1440,
        max_height=1800,
        min_width=320,
        min_ratio=0.8,
        max_ratio=1.91,
        same_ratio=True,
    ),
    video=VideoLimits(
        max_bytes=1_000_000,
        min_duration=timedelta(seconds=1),
        max_duration=timedelta(seconds=60),
        max_width=1920,
        max_height=1920,
    ),
    document=DocumentLimits(max_bytes=1_000_000),
)


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "media")


def taken_in(blobs: BlobStore, path: Path, alt: str = "") -> Media:
    blobs.put_file(path)
    return probe(path, path.name, alt=alt)


def photo(blobs: BlobStore, folder: Path, name: str, width: int, height: int) -> Media:
    return taken_in(blobs, picture(folder / name, drawing(width, height)), alt=f"Teks untuk {name}")


def test_a_picture_is_made_for_the_platform(blobs: BlobStore, tmp_path: Path) -> None:
    source = photo(blobs, tmp_path, "rapat.png", 1000, 2000)
    [made] = prepare((source,), SPEC, blobs)
    assert (made.source, made.kind, made.mime, made.name) == (source.sha256, MediaKind.IMAGE, "image/jpeg", "rapat.jpg")
    assert (made.width, made.height, made.alt) == (1440, 1800, "Teks untuk rapat.png")
    assert made.size == blobs.verify(made.sha256).stat().st_size


def test_an_album_keeps_its_order_and_shares_one_shape(blobs: BlobStore, tmp_path: Path) -> None:
    sources = tuple(
        photo(blobs, tmp_path, f"{n}.png", w, h) for n, (w, h) in enumerate([(400, 500), (500, 400), (300, 300)])
    )
    made = prepare(sources, SPEC, blobs)
    assert [item.source for item in made] == [source.sha256 for source in sources]
    assert [(item.width or 0) / (item.height or 1) for item in made] == pytest.approx([0.8] * 3, abs=0.005)


def test_pictures_take_the_shape_of_a_film_that_comes_first(blobs: BlobStore, tmp_path: Path) -> None:
    sources = (taken_in(blobs, film(tmp_path / "a.mp4")), photo(blobs, tmp_path, "b.png", 300, 300))
    assert (prepare(sources, SPEC, blobs)[1].width or 0) / 320 == pytest.approx(4 / 3 * 0.9, abs=0.2)


def test_without_a_common_shape_each_picture_keeps_its_own(blobs: BlobStore, tmp_path: Path) -> None:
    assert SPEC.image
    spec = replace(SPEC, image=replace(SPEC.image, same_ratio=False))
    sources = (photo(blobs, tmp_path, "a.png", 400, 500), photo(blobs, tmp_path, "b.png", 500, 400))
    assert [(item.width, item.height) for item in prepare(sources, spec, blobs)] == [(400, 500), (500, 400)]


def test_a_film_is_rewrapped(blobs: BlobStore, tmp_path: Path) -> None:
    source = taken_in(blobs, film(tmp_path / "a.mov", form="mov", metadata={"comment": "RAHASIA"}))
    [made] = prepare((source,), SPEC, blobs)
    assert (made.mime, made.name, made.width, made.height) == ("video/mp4", "a.mp4", 320, 240)
    assert made.sha256 != source.sha256
    assert b"RAHASIA" not in blobs.verify(made.sha256).read_bytes()


def test_a_film_that_no_mp4_can_hold_is_passed_along_for_the_checks_to_refuse(blobs: BlobStore, tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("prores_ks", rate=5, width=320, height=240, pix_fmt="yuv422p10le")
        frame = av.VideoFrame.from_image(Image.new("RGB", (320, 240)))  # type: ignore[no-untyped-call]
        for packet in [*stream.encode(frame.reformat(format="yuv422p10le")), *stream.encode()]:
            out.mux(packet)
    source = taken_in(blobs, path)
    [made] = prepare((source,), SPEC, blobs)
    assert (made.sha256, made.mime, made.name) == (source.sha256, "video/quicktime", "a.mov")


def test_a_document_goes_out_as_it_is(blobs: BlobStore, tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    source = taken_in(blobs, path)
    [made] = prepare((source,), SPEC, blobs)
    assert (made.sha256, made.size, made.mime) == (source.sha256, 15, "application/pdf")


def test_what_a_platform_does_not_take_is_passed_along_untouched(blobs: BlobStore, tmp_path: Path) -> None:
    source = photo(blobs, tmp_path, "a.png", 400, 500)
    [made] = prepare((source,), replace(SPEC, image=None), blobs)
    assert made.sha256 == source.sha256


def test_preparing_again_costs_nothing(blobs: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = (photo(blobs, tmp_path, "a.png", 400, 500), taken_in(blobs, film(tmp_path / "b.mp4")))
    first = prepare(sources, SPEC, blobs)
    monkeypatch.setattr(images, "fit", None)
    monkeypatch.setattr(videos, "clean", None)
    assert prepare(sources, SPEC, BlobStore(blobs.root)) == first


def test_another_text_or_name_is_not_lost_in_what_is_remembered(blobs: BlobStore, tmp_path: Path) -> None:
    source = photo(blobs, tmp_path, "a.png", 400, 500)
    prepare((source,), SPEC, blobs)
    [made] = prepare((replace(source, alt="Teks baru", name="b.png"),), SPEC, blobs)
    assert (made.alt, made.name) == ("Teks baru", "b.jpg")


def test_other_limits_make_another_picture(blobs: BlobStore, tmp_path: Path) -> None:
    source = photo(blobs, tmp_path, "a.png", 400, 500)
    assert SPEC.image
    narrower = replace(SPEC, image=replace(SPEC.image, max_width=350))
    assert prepare((source,), SPEC, blobs)[0].width == 400
    assert prepare((source,), narrower, blobs)[0].width == 350


def test_what_was_remembered_and_lost_is_made_again(blobs: BlobStore, tmp_path: Path) -> None:
    source = photo(blobs, tmp_path, "a.png", 400, 500)
    [made] = prepare((source,), SPEC, blobs)
    blobs.path(made.sha256).unlink()
    assert prepare((source,), SPEC, blobs) == (made,)
    assert blobs.verify(made.sha256)


def test_nothing_is_made_from_a_file_that_changed(blobs: BlobStore, tmp_path: Path) -> None:
    source = photo(blobs, tmp_path, "a.png", 400, 500)
    blobs.path(source.sha256).write_bytes(b"lain")
    with pytest.raises(Unavailable):
        prepare((source,), SPEC, blobs)


def test_no_scratch_file_is_left(blobs: BlobStore, tmp_path: Path) -> None:
    prepare((taken_in(blobs, film(tmp_path / "b.mp4")),), SPEC, blobs)
    assert [path.name for path in blobs.root.iterdir() if path.name.startswith(".")] == []
