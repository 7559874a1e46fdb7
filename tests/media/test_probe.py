"""Whatever a stranger sends is either measured or refused in one polite sentence, and never unpacked unseen."""

from __future__ import annotations

import hashlib
import re
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media.probe import probe, tidy_name
from files import drawing, film, hum, jpeg, picture, png_of, webp_of

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "kiriman"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("suffix", "form", "mime"),
    [
        (".jpg", "JPEG", "image/jpeg"),
        (".png", "PNG", "image/png"),
        (".webp", "WEBP", "image/webp"),
        (".gif", "GIF", "image/gif"),
    ],
)
def test_a_picture_is_measured(tmp_path: Path, suffix: str, form: str, mime: str) -> None:
    path = picture(tmp_path / "kiriman", drawing(), format=form)
    media = probe(path, f"Foto rapat{suffix.upper()}", alt="Peserta rapat")
    assert (media.kind, media.mime, media.width, media.height) == (MediaKind.IMAGE, mime, 640, 480)
    assert (media.size, media.duration, media.alt) == (path.stat().st_size, None, "Peserta rapat")
    assert media.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_portrait_stored_lying_down_is_measured_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    media = probe(picture(tmp_path / "a.jpg", drawing(), exif=exif), "a.jpg")
    assert (media.width, media.height) == (480, 640)


def test_a_film_is_measured_as_it_is_seen(tmp_path: Path) -> None:
    media = probe(film(tmp_path / "a.mp4", rotation=90), "a.mp4")
    assert (media.kind, media.mime, media.width, media.height) == (MediaKind.VIDEO, "video/mp4", 240, 320)
    assert media.duration == pytest.approx(2, abs=0.1)


def test_a_phone_may_call_its_film_mov_or_mp4(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mov", form="mov")
    assert probe(path, "a.mp4").mime == probe(path, "a.mov").mime == "video/quicktime"


def test_a_document_is_known_by_its_ends(tmp_path: Path) -> None:
    media = probe(written(tmp_path, PDF), "surat.pdf")
    assert (media.kind, media.mime, media.width) == (MediaKind.DOCUMENT, "application/pdf", None)


def test_a_telegram_photo_has_no_suffix(tmp_path: Path) -> None:
    assert probe(written(tmp_path, jpeg()), "photo").mime == "image/jpeg"


def moving(tmp_path: Path, form: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 90, 180)]
    path = tmp_path / "gerak"
    frames[0].save(path, form, save_all=True, append_images=frames[1:])
    return path.read_bytes()


def saved(tmp_path: Path, form: str) -> bytes:
    return picture(tmp_path / "utuh", noisy(), format=form).read_bytes()


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def noisy() -> Image.Image:
    return Image.effect_noise((300, 300), 80).convert("RGB")


REFUSED: list[tuple[str, str, Callable[[Path], bytes]]] = [
    ("kosong (0 bita)", "a.jpg", lambda _: b""),
    ("tidak dikenali", "a.jpg", lambda _: b"bukan gambar"),
    ("tidak dikenali", "a.html", lambda _: b"<html><script>alert(1)</script>"),
    ("simpan sebagai PDF", "a.docx", lambda _: b"PK\x03\x04" + bytes(60)),
    ("HEIC", "IMG_1.HEIC", lambda _: b"\0\0\0\x18ftypheic" + bytes(60)),
    ("AVI", "a.avi", lambda _: b"RIFF\0\0\0\0AVI " + bytes(60)),
    ("rusak atau terpotong", "a.jpg", lambda _: cut(jpeg(noisy()), 0.5)),
    ("rusak atau terpotong", "a.jpg", lambda _: cut(jpeg(noisy()), 0.99)),
    ("rusak atau terpotong", "a.jpg", lambda _: b"\xff\xd8\xff"),
    ("rusak atau terpotong", "a.png", lambda _: b"\x89PNG\r\n\x1a\n"),
    ("rusak atau terpotong", "a.png", lambda folder: cut(saved(folder, "PNG"), 0.7)),
    ("rusak atau terpotong", "a.webp", lambda folder: cut(saved(folder, "WEBP"), 0.7)),
    ("rusak atau terpotong", "a.gif", lambda folder: cut(saved(folder, "GIF"), 0.7)),
    ("rusak atau terpotong", "a.webp", lambda _: webp_of(300, 300)),
    ("rusak atau terpotong", "a.webp", lambda _: b"RIFF\0\0\0\0WEBPxxxx"),
    ("rusak atau terpotong", "a.gif", lambda _: b"GIF89a"),
    ("20.000 × 20.000 piksel", "a.png", lambda _: png_of(20_000, 20_000)),
    ("16.000 × 16.000 piksel", "a.webp", lambda _: webp_of(16_000, 16_000)),
    ("2.147.483.647", "a.png", lambda _: png_of(2**31 - 1, 1, rows=0)),
    ("bergerak", "a.gif", lambda folder: moving(folder, "GIF")),
    ("bergerak", "a.webp", lambda folder: moving(folder, "WEBP")),
    ("bergerak", "a.png", lambda folder: moving(folder, "PNG")),
    ("berakhiran .png, tetapi isinya JPEG", "a.png", lambda _: jpeg()),
    ("berakhiran .jpg, tetapi isinya MP4", "a.jpg", lambda folder: film(folder / "f.mp4").read_bytes()),
    ("berakhiran .mp4, tetapi isinya JPEG", "a.mp4", lambda _: jpeg()),
    ("berakhiran .exe, tetapi isinya JPEG", "foto.jpg.exe", lambda _: jpeg()),
    ("berakhiran .jpg, tetapi isinya PDF", "a.jpg", lambda _: PDF),
    ("rusak atau terpotong", "a.mp4", lambda folder: cut(film(folder / "f.mp4").read_bytes(), 0.6)),
    ("rusak atau terpotong", "a.mp4", lambda _: b"\0\0\0\x18ftypisom" + bytes(60)),
    ("rusak atau terpotong", "a.mov", lambda _: b"\0\0\0\x08moov" + bytes(60)),
    ("terpotong", "a.pdf", lambda _: b"%PDF-1.7\n" + bytes(3000)),
    ("tambahan setelah akhir PDF", "a.pdf", lambda _: PDF + b"PK\x03\x04" + bytes(3000)),
]


@pytest.mark.parametrize(("says", "name", "make"), REFUSED)
def test_a_bad_file_is_refused_with_its_reason(
    tmp_path: Path, says: str, name: str, make: Callable[[Path], bytes]
) -> None:
    with pytest.raises(BadMedia) as refusal:
        probe(written(tmp_path, make(tmp_path)), name)
    sentence = str(refusal.value)
    assert says in sentence
    assert name in sentence
    assert re.search(r"Mohon .*\.$", sentence), "it says how to mend it"
    assert "!" not in sentence


def test_a_truncated_film_with_its_index_in_front_is_refused(tmp_path: Path) -> None:
    whole = film(tmp_path / "f.mp4", options={"movflags": "faststart"}).read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat")
    with pytest.raises(BadMedia, match="terpotong"):
        probe(written(tmp_path, cut(whole, 0.9)), "a.mp4")


def test_sound_alone_is_not_a_film(tmp_path: Path) -> None:
    hum(tmp_path / "a.mp4")
    with pytest.raises(BadMedia, match="hanya suara"):
        probe(tmp_path / "a.mp4", "a.mp4")


def test_a_pixel_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path, png_of(20_000, 20_000, rows=2_000))
    tracemalloc.start()
    with pytest.raises(BadMedia, match="juta piksel"):
        probe(path, "a.png")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_picture_with_a_hidden_tail_is_still_a_picture(tmp_path: Path) -> None:
    """What hangs behind the pixels never goes out: a picture is drawn anew for every platform."""
    assert probe(written(tmp_path, jpeg() + b"PK\x03\x04<?php evil"), "a.jpg").mime == "image/jpeg"


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path, bytes(30_000_001))
    with pytest.raises(BadMedia, match=r"30 MB, melebihi batas 20 MB"):
        probe(path, "a.mp4", max_bytes=20_000_000)


def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadMedia, match="bukan berkas"):
        probe(tmp_path / "tidak-ada.jpg", "tidak-ada.jpg")


def test_without_the_video_extra_it_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = film(tmp_path / "a.mp4")
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(BadMedia, match=r"bakohumas-bot\[video\]"):
        probe(path, "a.mp4")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\sari\foto.jpg", "foto.jpg"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("foto\n\x00.jpg", "foto.jpg"),
        ("", "berkas"),
        ("..", "berkas"),
        ("/", "berkas"),
        ("Rapat Koordinasi – 23 Nov.jpg", "Rapat Koordinasi – 23 Nov.jpg"),
        ("a" * 300 + ".jpg", "a" * 96 + ".jpg"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert tidy_name(given) == kept
