"""Looks at a PDF: it goes out as it is, so it must be nothing else besides, and hold nothing that acts by itself.

A look, not a virus scanner: what a writer hides with skill (encryption, objects that only some readers follow) passes.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from bakohumas_bot.errors import BadMedia

MOST_UNPACKED = 64_000_000  # bytes of all object streams together
_ENDING = 1024
_ZIP_ENDING = 65_536 + 22  # where a ZIP's own end may lie (APPNOTE.TXT 6.3.10, 4.3.16)
_STREAM = re.compile(rb"\bstream\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# ISO 32000-2, 12.6.4 (actions) and 7.11.4 (embedded files): scripts, programs, files, films, forms of another kind.
_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])")

_TAIL = "Dokumen “{name}” terpotong atau berisi tambahan setelah akhir PDF. {again}"
_ACTIVE = "Dokumen “{name}” memuat program, formulir kirim, atau berkas lain di dalamnya ({what}). {again}"
_AGAIN = "Mohon simpan ulang sebagai PDF biasa (misalnya dengan Cetak ke PDF), lalu kirim kembali."


def look(path: Path, name: str) -> None:
    """Raises `BadMedia` for a document that ends as something else, or acts."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if not _ends_as_pdf(data) or data.find(b"PK\x05\x06", max(0, len(data) - _ZIP_ENDING)) >= 0:
            raise BadMedia(_TAIL.format(name=name, again=_AGAIN))
        acts = _acts(data)
    if acts is not None:
        raise BadMedia(_ACTIVE.format(name=name, what=acts, again=_AGAIN))


def _ends_as_pdf(data: mmap.mmap) -> bool:
    """Nothing but white space behind its last mark."""
    end = data.rfind(b"%%EOF", max(0, len(data) - _ENDING))
    return end >= 0 and not data[end + 5 :].strip(b"\0\t\n\f\r ")


def _acts(data: mmap.mmap) -> str | None:
    for part in _objects(data):
        found = _ACTS.search(_ESCAPE.sub(lambda two: bytes.fromhex(two[1].decode()), part))
        if found:
            return found[0].decode("ascii")
    return None


def _objects(data: mmap.mmap) -> Iterator[bytes]:
    """Everything between the streams, and the streams that hold objects; pictures and fonts act not."""
    at, left = 0, MOST_UNPACKED
    for begin in _STREAM.finditer(data):
        if begin.start() < at:  # within a stream
            continue
        words = data[at : begin.start()]
        yield words
        end = data.find(b"endstream", begin.end())
        at = len(data) if end < 0 else end
        if b"/ObjStm" in words[-2000:]:
            unpacked = _unpacked(data[begin.end() : at], left)
            left -= len(unpacked)
            yield unpacked
    yield data[at:]


def _unpacked(stream: bytes, most: int) -> bytes:
    if most <= 0:
        raise BadMedia(f"Dokumen ini terlalu besar setelah dibuka. {_AGAIN}")
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return stream
