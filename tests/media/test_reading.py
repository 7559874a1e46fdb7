"""The author's files are looked into once: words, codes, traces and quality, and remembered under their bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from bakohumas_bot.domain.posts import Media
from bakohumas_bot.domain.seen import Reading, Seen
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.ocr import Engine
from bakohumas_bot.media.probe import probe
from bakohumas_bot.media.reading import see, see_all
from files import code, drawing, film, needs_ocr, paper, photograph, picture, png_of, poster, scene

NIK = "6469014101900001"
NOBODY = Engine(program="")


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "media")


def given(path: Path, blobs: BlobStore) -> Media:
    blobs.put_file(path)
    return probe(path, path.name)


def counting(folder: Path) -> Engine:
    """A reader that notes each time it is asked to read."""
    path = folder / "pembaca"
    asked = folder / "asked"
    path.write_text(f'#!/bin/sh\n[ "$1" = --list-langs ] && echo ind && exit\necho x >> {asked}\n', encoding="utf-8")
    path.chmod(0o700)
    return Engine(program=str(path))


def times_asked(folder: Path) -> int:
    asked = folder / "asked"
    return len(asked.read_text(encoding="utf-8").splitlines()) if asked.exists() else 0


@needs_ocr
def test_everything_about_a_poster_is_seen_at_once(tmp_path: Path, blobs: BlobStore) -> None:
    words = ("Pengumuman hasil seleksi", f"NIK {NIK}", "Informasi lebih lanjut di kantor")
    with Image.open(poster(tmp_path / "p.png", *words)) as page:
        page.paste(code("https://s.id/formulir"), (400, 800))
        seen = see(given(picture(tmp_path / "poster.jpg", page, quality=85), blobs), blobs, Engine())
    assert seen.reading is Reading.READ
    assert seen.text.splitlines()[:3] == list(words)
    assert seen.codes == ("https://s.id/formulir",)
    assert seen.smallest_text == pytest.approx(40 / 1080, rel=0.12)
    assert seen.contrast is not None
    assert seen.contrast > 10
    assert seen.sharpness is not None
    assert seen.sharpness > 0.5
    assert seen.look is not None


@needs_ocr
def test_letters_in_a_photograph_are_read_but_not_measured(tmp_path: Path, blobs: BlobStore) -> None:
    words = Image.open(poster(tmp_path / "p.png", "SELAMAT DATANG", "PESERTA RAPAT", size=80, canvas=(1000, 400)))
    shot = photograph(1)
    shot.paste(Image.blend(words, photograph(2, words.size), 0.1), (100, 200))
    seen = see(given(picture(tmp_path / "foto.jpg", shot, quality=90), blobs), blobs, Engine())
    assert "SELAMAT DATANG" in seen.text
    assert (seen.smallest_text, seen.contrast) == (None, None)


@needs_ocr
def test_a_picture_lying_down_is_read_upright(tmp_path: Path, blobs: BlobStore) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.open(poster(tmp_path / "p.png", "Jam layanan informasi publik")).rotate(90, expand=True)
    path = picture(tmp_path / "foto.jpg", lying, exif=exif.tobytes())
    assert see(given(path, blobs), blobs, Engine()).text == "Jam layanan informasi publik"


@needs_ocr
def test_words_on_a_transparent_ground_are_read(tmp_path: Path, blobs: BlobStore) -> None:
    page = Image.open(poster(tmp_path / "p.png", "Jam layanan informasi publik", ground=(255, 255, 255)))
    clear = Image.new("RGBA", page.size, (0, 0, 0, 0))
    clear.paste((40, 44, 48, 255), mask=page.convert("L").point(lambda grey: 255 - grey))
    seen = see(given(picture(tmp_path / "jernih.png", clear), blobs), blobs, Engine())
    assert seen.text == "Jam layanan informasi publik"


@needs_ocr
def test_scanned_pages_are_read_and_written_ones_are_taken_as_they_are(tmp_path: Path, blobs: BlobStore) -> None:
    scan = Image.open(poster(tmp_path / "s.png", f"NIK {NIK}", size=60, canvas=(1240, 1754)))
    scan.paste(code("https://s.id/formulir", scale=8), (500, 900))
    path = paper(tmp_path / "surat.pdf", "Daftar hadir rapat koordinasi kehumasan", scan, author="Sari Contoh")
    seen = see(given(path, blobs), blobs, Engine())
    assert seen == Seen(
        text=f"Daftar hadir rapat koordinasi kehumasan\nNIK {NIK}",
        codes=("https://s.id/formulir",),
        metadata=("nama pembuat",),
    )


def test_without_an_engine_everything_else_is_seen(tmp_path: Path, blobs: BlobStore) -> None:
    page = drawing(1200, 900)
    page.paste(code("https://s.id/formulir"), (20, 20))
    seen = see(given(picture(tmp_path / "p.png", page), blobs), blobs, NOBODY)
    assert (seen.reading, seen.text, seen.codes) == (Reading.NO_ENGINE, "", ("https://s.id/formulir",))
    assert seen.sharpness is not None
    assert seen.look is not None


def test_a_document_with_a_text_layer_needs_no_engine(tmp_path: Path, blobs: BlobStore) -> None:
    letter = paper(tmp_path / "surat.pdf", f"Nomor induk: {NIK}, atas nama pemohon")
    seen = see(given(letter, blobs), blobs, NOBODY)
    assert (seen.reading, seen.text) == (Reading.READ, f"Nomor induk: {NIK}, atas nama pemohon")
    scan = paper(tmp_path / "scan.pdf", scene(1))
    assert see(given(scan, blobs), blobs, NOBODY).reading is Reading.NO_ENGINE


def test_a_plain_picture_needs_no_engine(tmp_path: Path, blobs: BlobStore) -> None:
    path = picture(tmp_path / "polos.jpg", Image.new("RGB", (1200, 1200), "maroon"))
    assert see(given(path, blobs), blobs, NOBODY) == Seen()


def test_a_file_is_read_once_and_remembered_by_its_bytes(tmp_path: Path, blobs: BlobStore) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 09:15:00"
    path = picture(tmp_path / "a.jpg", scene(1), exif=exif.tobytes())
    engine = counting(tmp_path)
    first = see(given(path, blobs), blobs, engine)
    assert first.taken_at == datetime(2026, 11, 20, 9, 15)  # noqa: DTZ001 - a camera names no zone
    asked = times_asked(tmp_path)
    assert asked > 0
    again = given(path.rename(tmp_path / "nama-lain.jpg"), blobs)
    assert see(again, BlobStore(blobs.root), engine) == first
    assert times_asked(tmp_path) == asked


def test_what_an_engine_missed_is_read_when_it_comes(tmp_path: Path, blobs: BlobStore) -> None:
    media = given(picture(tmp_path / "a.png", scene(1)), blobs)
    assert see(media, blobs, NOBODY).reading is Reading.NO_ENGINE
    assert see(media, blobs, counting(tmp_path)).reading is Reading.READ
    assert see(media, blobs, NOBODY).reading is Reading.READ


def test_the_same_file_twice_is_one(tmp_path: Path, blobs: BlobStore) -> None:
    media = given(picture(tmp_path / "a.png", scene(1)), blobs)
    other = given(picture(tmp_path / "b.png", scene(2)), blobs)
    assert set(see_all((media, other, media), blobs, NOBODY)) == {media.sha256, other.sha256}
    assert see_all((), blobs, NOBODY) == {}


def test_a_file_that_is_gone_is_unreadable_until_it_comes_back(tmp_path: Path, blobs: BlobStore) -> None:
    path = picture(tmp_path / "a.png", Image.new("RGB", (50, 50), "white"))
    media = probe(path, path.name)
    assert see(media, blobs, NOBODY) == Seen(reading=Reading.UNREADABLE)
    blobs.put_file(path)
    assert see(media, blobs, NOBODY).reading is Reading.READ


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bukan gambar",
        png_of(60_000, 60_000),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0" + b"\0" * 500,
        b"%PDF-1.7 %%EOF",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBP",
        b"\0\0\0\x18ftypisom" + b"\0" * 400,
    ],
)
@pytest.mark.parametrize("kind", ["image", "video", "document"])
def test_a_hostile_file_is_unreadable_and_no_error(data: bytes, kind: Any, tmp_path: Path, blobs: BlobStore) -> None:
    from bakohumas_bot.domain.rendering import MediaKind

    sha256 = blobs.put_bytes(data)
    media = Media(sha256=sha256, name="kiriman", kind=MediaKind(kind), mime="", size=len(data))
    assert see(media, blobs, counting(tmp_path)) == Seen(reading=Reading.UNREADABLE)
    assert times_asked(tmp_path) == 0


def test_a_slim_and_a_tiny_picture_are_no_error(tmp_path: Path, blobs: BlobStore) -> None:
    for size in ((1, 1), (1, 4000), (9000, 2), (3, 3)):
        image = Image.effect_noise(size, 90)
        assert see(given(picture(tmp_path / "a.png", image), blobs), blobs, NOBODY).reading in Reading


def captioned(path: Path, *words: str, sound: bool = True) -> Path:
    """A film of one second per line of words, each below a scene."""
    with av.open(str(path), "w") as out:
        pictures: Any = out.add_stream("libx264", rate=5)
        pictures.width, pictures.height, pictures.gop_size, pictures.pix_fmt = 640, 360, 5, "yuv420p"
        tone = out.add_stream("aac", rate=44100, layout="mono") if sound else None
        for number, line in enumerate(words):
            still = Image.new("RGB", (640, 360), (60, 90, 30 * number))
            still.paste(Image.open(poster(path.with_suffix(".png"), line, size=36, canvas=(640, 200))), (0, 160))
            for _ in range(5):
                for packet in pictures.encode(av.VideoFrame.from_image(still)):  # type: ignore[no-untyped-call]
                    out.mux(packet)
        for packet in pictures.encode():
            out.mux(packet)
        if tone is not None:
            wave = av.AudioFrame(format="fltp", layout="mono", samples=1024)
            wave.planes[0].update(bytes(4096))
            wave.sample_rate, wave.pts = 44100, 0
            for packet in [*tone.encode(wave), *tone.encode()]:
                out.mux(packet)
    return path


SPOKEN = ("Selamat pagi semua", "Periksa data pemilih", "Kantor kami buka", "Terima kasih banyak")


@needs_ocr
@pytest.mark.parametrize(
    ("words", "sound", "captions"),
    [(SPOKEN, True, True), (("KPU Contoh Selatan",) * 4, True, False), (SPOKEN, False, None)],
)
def test_captions_change_while_a_name_in_the_picture_stays(
    words: tuple[str, ...], sound: bool, captions: bool | None, tmp_path: Path, blobs: BlobStore
) -> None:
    seen = see(given(captioned(tmp_path / "v.mp4", *words, sound=sound), blobs), blobs, Engine())
    assert seen.captions is captions
    assert seen.text.splitlines() == list(dict.fromkeys(words))


def test_a_video_tells_when_and_where_it_was_made(tmp_path: Path, blobs: BlobStore) -> None:
    told = {"creation_time": "2026-11-20T01:02:03.000000Z", "location": "-1.2+116.8/", "artist": "Sari"}
    seen = see(given(film(tmp_path / "v.mp4", metadata=told), blobs), blobs, NOBODY)
    assert seen.taken_at == datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
    assert "lokasi GPS" in seen.metadata
    assert seen.captions is False or seen.reading is Reading.READ


def test_a_noted_look_survives_its_64_bits(tmp_path: Path, blobs: BlobStore) -> None:
    media = given(picture(tmp_path / "a.jpg", scene(3)), blobs)
    first = see(media, blobs, NOBODY)
    assert see(media, BlobStore(blobs.root), NOBODY) == first
    out = io.BytesIO()
    scene(3).resize((600, 450)).save(out, "JPEG", quality=50)
    (tmp_path / "b.jpg").write_bytes(out.getvalue())
    other = see(given(tmp_path / "b.jpg", blobs), blobs, NOBODY)
    assert first.look is not None
    assert other.look is not None
    assert (first.look ^ other.look).bit_count() <= 6
