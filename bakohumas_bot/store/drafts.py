"""Reads a content file; the one place where Indonesian front matter becomes the words of the code.

Every key has one reader. A reader that cannot go on raises `BadInput`; all of them are heard before the file is
refused, so that an author mends everything at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bakohumas_bot.domain.offices import Directory, Office
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.when import means_at_once, read_time
from bakohumas_bot.errors import BadInput
from bakohumas_bot.store.draft_accounts import chosen_accounts, variants_of
from bakohumas_bot.store.draft_page import EXAMPLES, MAX_ITEMS, Page, nearest
from bakohumas_bot.store.front_matter import open_content_file

KEYS = (
    "judul",
    "jenis",
    "satker",
    "kanal",
    "tayang",
    "berlaku_sampai",
    "sumber",
    "media",
    "varian",
    "penyusun",
)
MEDIA_KEYS = ("berkas", "teks_alt")
MAX_TITLE = 300


@dataclass(frozen=True, kw_only=True)
class MediaFile:
    """A file beside the content file; `path` is resolved and lies in the same folder or below it."""

    path: Path
    name: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class DraftFile:
    """What the author decided, in the words of the code. `accounts` and the keys of `variants` are account ids."""

    office: str
    kind: Kind
    title: str
    body: str
    accounts: tuple[str, ...]
    media: tuple[MediaFile, ...]
    variants: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    publish_at: datetime | None
    expires_at: datetime | None
    author: str | None


def read_content_file(path: Path, directory: Directory, specs: Mapping[str, PlatformSpec], now: datetime) -> DraftFile:
    """Raises `BadInput` with one sentence per mistake, each naming the file, the key and the remedy."""
    matter, body = open_content_file(path)
    page = Page(path=path, matter=matter, directory=directory, specs=specs, now=now)
    page.hear(_known_keys, page)
    title, kind = page.hear(_title, page), page.hear(_kind, page)
    sources, author = page.hear(_sources, page), page.hear(_author_name, page)
    media = page.hear(_media, page)
    if not body:
        page.mistakes.append(f"{path.name}: isi masih kosong. Tuliskan isi di bawah baris --- penutup.")
    office = page.hear(_office, page)
    if office is not None:
        accounts = page.hear(chosen_accounts, page, office) or ()
        variants = page.hear(variants_of, page, accounts) if accounts else None
        publish_at, expires_at = page.hear(_times, page, office) or (None, None)
        page.hear(_author_belongs, page, office, author)
    if page.mistakes or office is None or title is None or kind is None:
        raise BadInput("\n".join(page.mistakes))
    return DraftFile(
        office=office.code,
        kind=kind,
        title=title,
        body=body,
        accounts=tuple(account.id for account in accounts),
        media=media or (),
        variants=variants or (),
        sources=sources or (),
        publish_at=publish_at,
        expires_at=expires_at,
        author=author,
    )


def _known_keys(page: Page) -> None:
    unknown = [key for key in page.matter if key not in KEYS]
    page.mistakes.extend(f"{page.path.name}: kunci '{key}' tidak dikenal.{nearest(key, KEYS)}" for key in unknown)


def _title(page: Page) -> str:
    title = page.text("judul")
    if title is None:
        raise page.wrong("judul", f"belum ada. Contoh: judul: {EXAMPLES['judul']}")
    if len(title) > MAX_TITLE:
        raise page.wrong("judul", f"terlalu panjang ({len(title)} karakter, batas {MAX_TITLE}). Mohon diringkas.")
    return title


def _kind(page: Page) -> Kind:
    word = page.text("jenis")
    if word is None:
        raise page.wrong("jenis", f"belum ada. Pilihan: {', '.join(Kind)}.")
    try:
        return Kind(word.casefold().replace(" ", "_"))
    except ValueError:
        raise page.wrong("jenis", f"'{word[:60]}' tidak dikenal.{nearest(word, Kind)}") from None


def _sources(page: Page) -> tuple[str, ...]:
    return tuple(page.texts("sumber"))


def _author_name(page: Page) -> str | None:
    name = page.text("penyusun")
    if name is not None and name not in page.directory.people:
        raise page.wrong("penyusun", f"'{name[:60]}' tidak terdaftar.{nearest(name, page.directory.people)}")
    return name


def _author_belongs(page: Page, office: Office, author: str | None) -> None:
    if author is not None and office.code not in page.directory.people[author].offices:
        raise page.wrong("penyusun", f"'{author}' tidak bertugas di {office.name}. Pilih orang dari satker ini.")


def _office(page: Page) -> Office:
    code, offices = page.text("satker"), page.directory.offices
    if code is None and len(offices) == 1:
        return next(iter(offices.values()))
    if code is None:
        raise page.wrong("satker", f"belum ada, padahal ada beberapa satker. Pilihan: {', '.join(offices)}.")
    if code not in offices:
        raise page.wrong("satker", f"'{code[:60]}' tidak dikenal.{nearest(code, offices)}")
    return offices[code]


# --- tayang and berlaku_sampai ---


def _times(page: Page, office: Office) -> tuple[datetime | None, datetime | None]:
    publish_at = page.hear(_time, page, office, "tayang")
    expires_at = page.hear(_time, page, office, "berlaku_sampai")
    if expires_at is not None and expires_at <= (publish_at or page.now):
        raise page.wrong("berlaku_sampai", "harus setelah waktu tayang. Perbaiki salah satunya.")
    return publish_at, expires_at


def _time(page: Page, office: Office, key: str) -> datetime | None:
    """None where it is left out; *sekarang* or *segera* is the same as leaving it out: as soon as it is approved."""
    words = page.text(key)
    if words is None or (key == "tayang" and means_at_once(words)):
        return None
    try:
        return read_time(words, now=page.now, zone=office.zone).astimezone(UTC)
    except BadInput as mistake:
        raise page.wrong(key, str(mistake)) from None


# --- media: files beside the content file ---


def _media(page: Page) -> tuple[MediaFile, ...]:
    given = page.matter.get("media", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise page.wrong("media", "harus berupa daftar. Contoh butir: - berkas: rakor.jpg")
    if len(given) > MAX_ITEMS:
        raise page.wrong("media", f"paling banyak {MAX_ITEMS} berkas.")
    files = [page.hear(_media_file, page, f"media[{number}]", item) for number, item in enumerate(given)]
    return tuple(file for file in files if file is not None)


def _media_file(page: Page, key: str, item: dict[str, Any]) -> MediaFile:
    for unknown in (word for word in item if word not in MEDIA_KEYS):
        raise page.wrong(key, f"kunci '{unknown[:60]}' tidak dikenal.{nearest(unknown, MEDIA_KEYS)}")
    name, alt = item.get("berkas"), item.get("teks_alt", "")
    if not isinstance(name, str) or not name.strip():
        raise page.wrong(key, "berkas belum disebutkan. Contoh butir: - berkas: rakor.jpg")
    if not isinstance(alt, str):
        raise page.wrong(key, "teks_alt harus berupa teks yang menjelaskan gambar.")
    path = _inside_the_folder(page, key, name.strip())
    return MediaFile(path=path, name=Path(name.strip()).name, alt=" ".join(alt.split()))


def _inside_the_folder(page: Page, key: str, name: str) -> Path:
    """The file itself, links followed: it must not lead out of the folder of the content file."""
    folder = page.path.parent.resolve()
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise page.wrong(key, f"berkas '{name[:120]}' berada di luar folder konten. Salin ke folder {folder.name}.")
        exists, is_file = path.exists(), path.is_file()
    except (OSError, ValueError, RuntimeError):
        exists = is_file = False
    if exists and not is_file:
        raise page.wrong(key, f"'{name[:120]}' bukan berkas. Tunjuk satu gambar, video, atau PDF.")
    if not is_file:
        raise page.wrong(key, f"berkas '{name[:120]}' tidak ditemukan. Letakkan di samping {page.path.name}.")
    return path
