"""Files are opened as hostile: bombs are not unpacked, disguises are refused, and of a picture only pixels go out."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bakohumas_bot.domain.platforms import ImageLimits
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media import images
from bakohumas_bot.media.probe import probe
from files import drawing, film, jpeg, png_of

EVIL = b"<script>alert('jahat')</script>"
LIMITS = ImageLimits(max_bytes=5_000_000, max_width=4096, max_height=4096)


def archive(comment: bytes = b"") -> bytes:
    """A ZIP whose one file unpacks to a thousand times its size."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("bom.txt", bytes(2_000_000))
        zipped.comment = comment
    return out.getvalue()


def document(*objects: bytes, tail: bytes = b"") -> bytes:
    body = b"".join(b"%d 0 obj%bendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n" + tail


def packed(objects: bytes) -> bytes:
    return b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n" + zlib.compress(objects) + b"\nendstream "


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """A whole PNG with more chunks behind its header."""
    out = io.BytesIO()
    drawing().save(out, "PNG")
    extra = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return out.getvalue()[:33] + extra + out.getvalue()[33:]


def longer(data: bytes) -> bytes:
    """The same film, whose header promises a hundred and thirty years."""
    for box in (b"mvhd", b"mdhd"):
        at = data.index(box) + 4 + 16
        data = data[:at] + b"\xff\xff\xff\xf0" + data[at + 4 :]
    return data


REFUSED: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "pixel bomb": ("a.png", lambda _: png_of(30_000, 30_000, rows=1_000)),
    "text bomb in a picture": (
        "a.png",
        lambda _: png_with((b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))),
    ),
    "zip bomb": ("a.zip", lambda _: archive()),
    "zip bomb as a document": ("a.docx", lambda _: archive()),
    "zip bomb named a picture": ("a.jpg", lambda _: archive()),
    "gzip": ("a.svgz", lambda _: b"\x1f\x8b\x08" + bytes(60)),
    "vector picture with a script": ("a.svg", lambda _: b"<svg xmlns='x'>" + EVIL + b"</svg>"),
    "vector picture behind a heading": ("a.svg", lambda _: b"<?xml version='1.0'?><svg>" + EVIL + b"</svg>"),
    "vector picture named a picture": ("a.png", lambda _: b"<svg>" + EVIL + b"</svg>"),
    "telephone picture of another kind": ("a.heic", lambda _: b"\0\0\0\x18ftypheic" + bytes(60)),
    "page": ("a.html", lambda _: b"<!doctype html>" + EVIL),
    "page named a picture": ("a.jpg", lambda _: b"<!doctype html>" + EVIL),
    "program named a film": ("a.mp4", lambda _: b"MZ" + bytes(60)),
    "document with a script": ("a.pdf", lambda _: document(b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>")),
    "document with a script spelt otherwise": ("a.pdf", lambda _: document(b"<</S/J#61vaScript/J#53 (x)>>")),
    "document with a packed script": ("a.pdf", lambda _: document(packed(b"1 0 <</S/JavaScript/JS(x)>>"))),
    "document that starts a program": ("a.pdf", lambda _: document(b"<</S/Launch/F(cmd.exe)>>")),
    "document with a file inside": ("a.pdf", lambda _: document(b"<</Names<</EmbeddedFiles 2 0 R>>>>")),
    "document that unpacks to gigabytes": (
        "a.pdf",
        lambda _: document(*[packed(bytes(40_000_000)) for _ in range(3)]),
    ),
    "document and archive in one": ("a.pdf", lambda _: document(b"<<>>", tail=archive(b"\n%%EOF\n"))),
    "document and page in one": ("a.pdf", lambda _: document(b"<<>>", tail=EVIL)),
    "film and page in one": ("a.mp4", lambda folder: film(folder / "f.mp4").read_bytes() + EVIL),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_in_one_sentence_and_costs_little(tmp_path: Path, what: str) -> None:
    name, make = REFUSED[what]
    path = tmp_path / "kiriman"
    path.write_bytes(make(tmp_path))
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(BadMedia) as refusal:
        probe(path, name)
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "Mohon" in str(refusal.value)
    assert EVIL.decode() not in str(refusal.value)
    assert spent < 5
    assert peak < 150_000_000


def text_chunk() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", EVIL.decode())
    return info


def saved(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    drawing().save(out, form, **options)
    return out.getvalue()


POLYGLOTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "archive behind a photo": ("a.jpg", lambda: jpeg() + archive() + EVIL),
    "document inside a photo": ("a.jpg", lambda: jpeg(comment=document(b"<<>>") + EVIL)),
    "page inside a picture": ("a.png", lambda: saved("PNG", pnginfo=text_chunk())),
    "page behind a picture": ("a.png", lambda: saved("PNG") + EVIL),
    "page behind a WebP": ("a.webp", lambda: saved("WEBP", xmp=EVIL)),
    "place in a photo": ("a.jpg", lambda: jpeg(exif=_place_of(EVIL))),
}


def _place_of(words: bytes) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = words.decode()
    exif[0x8825] = {1: "S", 2: (0.0, 30.0, 0.0)}
    return exif


@pytest.mark.parametrize("what", POLYGLOTS)
def test_nothing_but_pixels_of_a_picture_goes_out(tmp_path: Path, what: str) -> None:
    name, make = POLYGLOTS[what]
    path = tmp_path / name
    path.write_bytes(make())
    assert b"PK" in path.read_bytes() or EVIL in path.read_bytes()
    probe(path, name)
    out = images.fit(path, LIMITS, name=name).data
    assert out.startswith(b"\xff\xd8\xff")
    assert out.endswith(b"\xff\xd9")
    for trace in (EVIL, b"script", b"PK\x03\x04", b"%PDF", b"Exif", b"xmp"):
        assert trace not in out
    with Image.open(io.BytesIO(out)) as image:
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_film_that_promises_a_century_takes_no_longer_than_its_bytes(tmp_path: Path) -> None:
    """What it promises is judged by the checks (a platform's longest film); only what is there costs time."""
    path = tmp_path / "a.mp4"
    path.write_bytes(longer(film(path).read_bytes()))
    began = time.process_time()
    with suppress(BadMedia):
        assert (probe(path, "a.mp4").duration or 0) > 0
    assert time.process_time() - began < 5


@pytest.mark.parametrize("object_", [b"<</Type/Catalog>>", b"<</Title(Tentang JavaScript)>>", packed(b"1 0 <</A 1>>")])
def test_an_ordinary_document_passes(tmp_path: Path, object_: bytes) -> None:
    path = tmp_path / "surat.pdf"
    noise = b"<</Length 40>>stream\n/JavaScript /Launch only looks so\nendstream "
    path.write_bytes(document(object_, noise))
    assert probe(path, "surat.pdf").mime == "application/pdf"
