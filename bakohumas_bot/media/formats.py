"""What a file is by its first bytes, whatever its name says, and what its suffix claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from bakohumas_bot.domain.rendering import MediaKind

HEAD = 64


class Format(StrEnum):
    """Every form we open. The value is how an operator knows it."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WebP"
    GIF = "GIF"
    MP4 = "MP4"
    MOV = "MOV"
    PDF = "PDF"


@dataclass(frozen=True, kw_only=True)
class Facts:
    kind: MediaKind
    mime: str
    suffixes: tuple[str, ...]


FACTS: dict[Format, Facts] = {
    Format.JPEG: Facts(kind=MediaKind.IMAGE, mime="image/jpeg", suffixes=(".jpg", ".jpeg", ".jpe", ".jfif")),
    Format.PNG: Facts(kind=MediaKind.IMAGE, mime="image/png", suffixes=(".png",)),
    Format.WEBP: Facts(kind=MediaKind.IMAGE, mime="image/webp", suffixes=(".webp",)),
    Format.GIF: Facts(kind=MediaKind.IMAGE, mime="image/gif", suffixes=(".gif",)),
    # Phones and editors write either brand under either suffix; the two differ only in details that a remux evens out.
    Format.MP4: Facts(kind=MediaKind.VIDEO, mime="video/mp4", suffixes=(".mp4", ".m4v", ".mov")),
    Format.MOV: Facts(kind=MediaKind.VIDEO, mime="video/quicktime", suffixes=(".mov", ".mp4", ".m4v", ".qt")),
    Format.PDF: Facts(kind=MediaKind.DOCUMENT, mime="application/pdf", suffixes=(".pdf",)),
}

# What people send besides, so that the answer can name it and say what to do.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "dokumen Office atau berkas ZIP", "simpan sebagai PDF"),
    (b"\xd0\xcf\x11\xe0", "dokumen Office lama", "simpan sebagai PDF"),
    (b"\x1a\x45\xdf\xa3", "video MKV atau WebM", "simpan sebagai MP4"),
    (b"II*\x00", "gambar TIFF", "simpan sebagai JPEG"),
    (b"MM\x00*", "gambar TIFF", "simpan sebagai JPEG"),
    (b"<svg", "gambar SVG", "simpan sebagai PNG"),
    (b"<?xml", "gambar SVG atau berkas XML", "simpan sebagai PNG atau PDF"),
    (b"\x1f\x8b", "berkas termampatkan (GZIP)", "kirim isinya sebagai gambar, video, atau PDF"),
    (b"7z\xbc\xaf\x27\x1c", "berkas termampatkan (7z)", "kirim isinya sebagai gambar, video, atau PDF"),
    (b"Rar!", "berkas termampatkan (RAR)", "kirim isinya sebagai gambar, video, atau PDF"),
    (b"BM", "gambar BMP", "simpan sebagai JPEG atau PNG"),
    (b"MZ", "program Windows", "kirim gambar, video, atau PDF"),
    (b"\x7fELF", "program Linux", "kirim gambar, video, atau PDF"),
)
_HEIF = (b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis", b"avif", b"avis")


def sniff(head: bytes) -> Format | None:
    """The form of a file from its first `HEAD` bytes."""
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Format.GIF
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Format.WEBP
    if head.startswith(b"%PDF-"):
        return Format.PDF
    return _film(head)


def _film(head: bytes) -> Format | None:
    box, brand = head[4:8], head[8:12]
    if box == b"ftyp" and brand not in _HEIF:
        return Format.MOV if brand == b"qt  " else Format.MP4
    # QuickTime files from before `ftyp` open with one of these boxes.
    return Format.MOV if box in {b"moov", b"mdat", b"wide"} else None


def describe_unknown(head: bytes) -> tuple[str, str] | None:
    """Name and remedy of a form that we know by sight but do not open."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return "foto HEIC/AVIF", "simpan sebagai JPEG (pada iPhone: Pengaturan, Kamera, Format, Paling Kompatibel)"
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return "video AVI", "simpan sebagai MP4"
    return next(((name, remedy) for magic, name, remedy in _OTHERS if head.startswith(magic)), None)


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def read_head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)
