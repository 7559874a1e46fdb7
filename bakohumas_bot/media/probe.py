"""Looks at a file that somebody sent: what it is, how large, and whether it can be opened safely and whole."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path, PurePosixPath

from bakohumas_bot.domain.posts import Media
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media import documents, pictures, videos
from bakohumas_bot.media.formats import FACTS, Format, describe_unknown, read_head, sniff, suffix_of

MAX_BYTES = 2_000_000_000  # what an own Telegram Bot API server hands over
MAX_NAME = 100
_SUPPORTED = "JPEG, PNG, WebP, GIF (diam), MP4, MOV, dan PDF"


def probe(path: Path, name: str, *, max_bytes: int = MAX_BYTES, alt: str = "") -> Media:
    """The facts of a file, or `BadMedia` with the sentence for its sender. `name` as the sender gave it."""
    name = tidy_name(name)
    size = _size(path, name, max_bytes)
    form = _form(path, name)
    facts = FACTS[form]
    width = height = duration = None
    match facts.kind:
        case MediaKind.IMAGE:
            width, height = _look_at_picture(path, form, name)
        case MediaKind.VIDEO:
            film = videos.look(path, name)
            width, height, duration = film.width, film.height, film.duration
        case MediaKind.DOCUMENT:
            documents.look(path, name)
    return Media(
        sha256=_hash(path),
        name=name,
        kind=facts.kind,
        mime=facts.mime,
        size=size,
        width=width,
        height=height,
        duration=duration,
        alt=alt,
    )


def tidy_name(name: str) -> str:
    """The last part of a name, without folders, control characters or direction marks that disguise its suffix."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    stem, suffix = PurePosixPath(shown).stem, PurePosixPath(shown).suffix[:10]
    return stem[: MAX_NAME - len(suffix)] + suffix if shown else "berkas"


def _size(path: Path, name: str, max_bytes: int) -> int:
    if not path.is_file():
        raise BadMedia(f"“{name}” bukan berkas yang dapat dibaca. Mohon periksa kembali nama dan letaknya.")
    size = path.stat().st_size
    if size == 0:
        raise BadMedia(f"Berkas “{name}” kosong (0 bita). Mohon kirim ulang berkas aslinya.")
    if size > max_bytes:
        raise BadMedia(
            f"Ukuran berkas “{name}” {megabytes(size)} MB, melebihi batas {megabytes(max_bytes)} MB. "
            "Mohon perkecil berkas, atau letakkan di folder content/inbox."
        )
    return size


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".replace(".", ",").removesuffix(",0")


def _form(path: Path, name: str) -> Format:
    """By content, never by name; a name that says otherwise is refused, because one of the two is a mistake."""
    try:
        head = read_head(path)
    except OSError as error:
        raise BadMedia(f"Berkas “{name}” tidak dapat dibuka. Mohon periksa hak akses berkas itu.") from error
    form = sniff(head)
    if form is None:
        known = describe_unknown(head)
        what, remedy = known or ("jenis berkas yang tidak dikenali", f"gunakan {_SUPPORTED}")
        raise BadMedia(f"Jenis berkas “{name}” tidak didukung: {what}. Mohon {remedy}, lalu kirim kembali.")
    suffix = suffix_of(name)
    if suffix and suffix not in FACTS[form].suffixes:
        raise BadMedia(
            f"Nama berkas “{name}” berakhiran {suffix}, tetapi isinya {form.value}. "
            f"Mohon pastikan berkasnya benar, lalu beri akhiran {FACTS[form].suffixes[0]}."
        )
    return form


def _look_at_picture(path: Path, form: Format, name: str) -> tuple[int, int]:
    """Unpacks every pixel: a truncated picture is told apart only so."""
    with pictures.opened(path, form, name) as image:
        image.load()
        return pictures.upright_size(image)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
