"""A PDF is read in a process of its own: whatever it holds, ours goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from bakohumas_bot.media import pages
from bakohumas_bot.media.pages import MOST_PAGES, MOST_PICTURES, Pages, UnreadableError, read
from files import paper, poster

LETTER = "Kepada Yth. Ketua KPU Provinsi\nPerihal: undangan rapat koordinasi kehumasan"


def test_words_are_read_page_by_page(tmp_path: Path) -> None:
    found = read(paper(tmp_path / "surat.pdf", LETTER, "Lampiran: daftar acara dan tempatnya"), tmp_path)
    assert [text.splitlines()[0] for text in found.texts] == [
        "Kepada Yth. Ketua KPU Provinsi",
        "Lampiran: daftar acara dan tempatnya",
    ]
    assert found.whole
    assert not found.scanned(0)
    with Image.open(found.pictures[1]) as drawn:
        assert max(drawn.size) == pytest.approx(pages.LONGER_SIDE, abs=2)


def test_a_scan_has_no_words(tmp_path: Path) -> None:
    scan = Image.open(poster(tmp_path / "scan.png", "Pengumuman"))
    found = read(paper(tmp_path / "scan.pdf", LETTER, scan), tmp_path)
    assert [found.scanned(number) for number in range(2)] == [False, True]


@pytest.mark.parametrize(("name", "told"), [("Sari Contoh", True), ("", False)])
def test_its_author_is_told(name: str, told: bool, tmp_path: Path) -> None:
    assert read(paper(tmp_path / "surat.pdf", LETTER, author=name), tmp_path).author is told


def test_of_a_very_long_document_only_the_beginning_is_read(tmp_path: Path) -> None:
    found = read(paper(tmp_path / "buku.pdf", *["Halaman naskah yang panjang"] * (MOST_PAGES + 1)), tmp_path)
    assert (len(found.texts), len(found.pictures), found.whole) == (MOST_PAGES, MOST_PICTURES, False)


def test_very_many_letters_are_cut(tmp_path: Path) -> None:
    sheet = "\n".join(["Nama pemilih pada daftar ini" * 60] * 45)
    found = read(paper(tmp_path / "daftar.pdf", sheet, sheet), tmp_path)
    assert not found.whole
    assert sum(map(len, found.texts)) <= pages.MOST_LETTERS + 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"\0" * 5000 + b"%%EOF", b"MZ" * 100])
def test_a_broken_document_is_unreadable(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rusak.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableError):
        read(path, tmp_path)


def hostile(folder: Path, page: str, content: str = "") -> Path:
    """A hand-made PDF of one page with these entries."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R >>",
        f"<< /Length {len(content)} >> stream\n{content}\nendstream",
    ]
    body, at = "%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        at.append(len(body))
        body += f"{number} 0 obj {part} endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in at)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    path = folder / "aneh.pdf"
    path.write_text(body + end, encoding="ascii")
    return path


@pytest.mark.parametrize(
    "box", ["[0 0 900000000 900000000]", "[0 0 0 0]", "[0 0 1 900000]", "[0 0 -5 -5]", "[0 0 1e30 1e30]", "[]"]
)
def test_a_page_of_absurd_size_is_bounded(box: str, tmp_path: Path) -> None:
    try:
        found = read(hostile(tmp_path, f"/MediaBox {box}"), tmp_path)
    except UnreadableError:
        return
    for path in found.pictures:
        assert path.stat().st_size < 1_000_000


def test_endless_drawing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SECONDS", 0.1)
    busy = "q 1 0 0 1 1 1 cm 0 0 m " + "500 500 m 0 9 900 3 7 800 c 3 800 900 4 5 6 c b* " * 400_000
    with pytest.raises(UnreadableError):
        read(hostile(tmp_path, "/MediaBox [0 0 600 800]", busy), tmp_path)


def test_the_reader_of_documents_inherits_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKOHUMAS_X_CONSUMER_KEY", "rahasia")
    seen = tmp_path / "seen"
    shell = tmp_path / "python"
    shell.write_text(f"#!/bin/sh\nenv > {seen}\n", encoding="utf-8")
    shell.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(shell))
    with pytest.raises(UnreadableError):
        read(paper(tmp_path / "surat.pdf", LETTER), tmp_path)
    assert "rahasia" not in seen.read_text(encoding="utf-8")


def test_a_page_is_scanned_when_it_has_next_to_no_letters() -> None:
    found = Pages(texts=("- 3 -", "Pengumuman hasil seleksi administrasi"), pictures=(), whole=True, author=False)
    assert [found.scanned(0), found.scanned(1)] == [True, False]
