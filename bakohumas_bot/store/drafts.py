"""Reads a content file; the one place where Indonesian front matter becomes the words of the code.

Every key has one reader. A reader that cannot go on raises `BadInput`; all of them are heard before the file is
refused, so that an author mends everything at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bakohumas_bot.domain.offices import Account, Directory, Office
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.times import must_be_future, read_time
from bakohumas_bot.errors import BadInput
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
MAX_ITEMS = 50

T = TypeVar("T")


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
    page = _Page(path=path, matter=matter, directory=directory, specs=specs, now=now)
    page.hear(_known_keys, page)
    title, kind = page.hear(_title, page), page.hear(_kind, page)
    sources, author = page.hear(_sources, page), page.hear(_author_name, page)
    media = page.hear(_media, page)
    if not body:
        page.mistakes.append(f"{path.name}: isi masih kosong. Tuliskan isi di bawah baris --- penutup.")
    office = page.hear(_office, page)
    if office is not None:
        accounts = page.hear(_accounts, page, office) or ()
        variants = page.hear(_variants, page, accounts)
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


@dataclass(frozen=True, kw_only=True)
class _Page:
    """The file being read, what it is read against, and the mistakes so far."""

    path: Path
    matter: dict[str, Any]
    directory: Directory
    specs: Mapping[str, PlatformSpec]
    now: datetime
    mistakes: list[str] = field(default_factory=list)

    def hear(self, reader: Callable[..., T], *given: Any) -> T | None:
        """What a reader makes of its key, or None and one more mistake."""
        try:
            return reader(*given)
        except BadInput as mistake:
            self.mistakes.extend(str(mistake).splitlines())
            return None

    def wrong(self, key: str, sentence: str) -> BadInput:
        return BadInput(f"{self.path.name}, {key}: {sentence}")

    def text(self, key: str) -> str | None:
        """One line of text, or None where the key is left out."""
        if key not in self.matter:
            return None
        value = self.matter[key]
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, f"harus berupa satu teks. Contoh: {key}: {_EXAMPLES[key]}")
        return " ".join(value.split())

    def texts(self, key: str) -> list[str]:
        value = self.matter.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, f"harus berupa daftar. Contoh: {key}: {_EXAMPLES[key]}")
        if len(value) > MAX_ITEMS:
            raise self.wrong(key, f"paling banyak {MAX_ITEMS} butir.")
        return [" ".join(item.split()) for item in value]


_EXAMPLES = {
    "judul": "KPU Kabupaten Contoh Selatan Gelar Rapat Koordinasi",
    "jenis": "pengumuman",
    "satker": '"64.69"',
    "kanal": "[telegram, x, facebook]",
    "tayang": "besok 09.00 WITA",
    "berlaku_sampai": "26 November 2026 17.00 WITA",
    "sumber": "[Keputusan KPU Nomor 542 Tahun 2021]",
    "penyusun": "sari",
}


def _known_keys(page: _Page) -> None:
    unknown = [key for key in page.matter if key not in KEYS]
    page.mistakes.extend(f"{page.path.name}: kunci '{key}' tidak dikenal.{_nearest(key, KEYS)}" for key in unknown)


def _nearest(word: str, known: Iterable[str]) -> str:
    """The closest word, if one is close, and the whole list."""
    choices = list(known)
    close = difflib.get_close_matches(word[:60], choices, n=1)
    guess = f" Mungkin maksud Bapak/Ibu: {close[0]}." if close else ""
    return f"{guess} Pilihan: {', '.join(choices)}."


def _title(page: _Page) -> str:
    title = page.text("judul")
    if title is None:
        raise page.wrong("judul", f"belum ada. Contoh: judul: {_EXAMPLES['judul']}")
    if len(title) > MAX_TITLE:
        raise page.wrong("judul", f"terlalu panjang ({len(title)} karakter, batas {MAX_TITLE}). Mohon diringkas.")
    return title


def _kind(page: _Page) -> Kind:
    word = page.text("jenis")
    if word is None:
        raise page.wrong("jenis", f"belum ada. Pilihan: {', '.join(Kind)}.")
    try:
        return Kind(word.casefold().replace(" ", "_"))
    except ValueError:
        raise page.wrong("jenis", f"'{word[:60]}' tidak dikenal.{_nearest(word, Kind)}") from None


def _sources(page: _Page) -> tuple[str, ...]:
    return tuple(page.texts("sumber"))


def _author_name(page: _Page) -> str | None:
    name = page.text("penyusun")
    if name is not None and name not in page.directory.people:
        raise page.wrong("penyusun", f"'{name[:60]}' tidak terdaftar.{_nearest(name, page.directory.people)}")
    return name


def _author_belongs(page: _Page, office: Office, author: str | None) -> None:
    if author is not None and office.code not in page.directory.people[author].offices:
        raise page.wrong("penyusun", f"'{author}' tidak bertugas di {office.name}. Pilih orang dari satker ini.")


def _office(page: _Page) -> Office:
    code, offices = page.text("satker"), page.directory.offices
    if code is None and len(offices) == 1:
        return next(iter(offices.values()))
    if code is None:
        raise page.wrong("satker", f"belum ada, padahal ada beberapa satker. Pilihan: {', '.join(offices)}.")
    if code not in offices:
        raise page.wrong("satker", f"'{code[:60]}' tidak dikenal.{_nearest(code, offices)}")
    return offices[code]


# --- kanal and varian: words become accounts ---


def _accounts(page: _Page, office: Office) -> tuple[Account, ...]:
    words = page.texts("kanal")
    if not words:
        raise page.wrong("kanal", f"belum ada. Contoh: kanal: {_EXAMPLES['kanal']}")
    found = [page.hear(_accounts_called, page, office, word, "kanal") for word in words]
    chosen = list(dict.fromkeys(account for accounts in found for account in accounts or ()))
    places: dict[str, Account] = {}
    for account in chosen:
        other = places.setdefault(_place(page, account), account)
        if other is not account:
            raise page.wrong("kanal", f"{other.id} dan {account.id} menuju akun yang sama. Pilih salah satu.")
    return tuple(chosen)


def _accounts_called(page: _Page, office: Office, word: str, key: str) -> list[Account]:
    """One account by its id, or by a platform's word every place the office has there."""
    if account := page.directory.accounts.get(word):
        if account.office != office.code:
            raise page.wrong(
                key, f"'{word}' milik satker {account.office}, bukan {office.code}. Pilih kanal {office.name}."
            )
        if not account.enabled:
            raise page.wrong(
                key, f"'{word}' belum diaktifkan. Aktifkan dahulu di konfigurasi, atau keluarkan kanal ini."
            )
        return [account]
    enabled = page.directory.accounts_of(office.code)
    on_platform = [account for account in enabled if _speaks(page, account, word.casefold())]
    if on_platform:
        return _one_per_place(page, on_platform)
    if any(word.casefold() in {spec.name, spec.family} for spec in page.specs.values()):
        raise page.wrong(
            key, f"{office.name} belum mengaktifkan kanal {word}. Keluarkan kanal ini, atau aktifkan dahulu."
        )
    families = dict.fromkeys(page.specs[account.platform].family for account in enabled)
    known = [*families, *(account.id for account in enabled)]
    raise page.wrong(key, f"'{word[:60]}' tidak dikenal.{_nearest(word, known)}")


def _speaks(page: _Page, account: Account, word: str) -> bool:
    spec = page.specs[account.platform]
    return word in {spec.name, spec.family}


def _one_per_place(page: _Page, accounts: list[Account]) -> list[Account]:
    """Two adapters may serve one handle; the official one, whose name lacks `_private`, goes first."""
    places: dict[str, Account] = {}
    for account in sorted(accounts, key=lambda account: account.platform.endswith("_private")):
        places.setdefault(_place(page, account), account)
    kept = set(places.values())
    return [account for account in accounts if account in kept]


def _place(page: _Page, account: Account) -> str:
    return account.place(page.specs[account.platform].family)


def _variants(page: _Page, accounts: tuple[Account, ...]) -> tuple[tuple[str, str], ...]:
    given = page.matter.get("varian", {})
    if not isinstance(given, dict):
        raise page.wrong("varian", "harus berupa pasangan kanal dan teks. Contoh baris: x: Teks ringkas untuk X")
    texts: dict[str, str] = {}
    # An account's own text wins over its platform's, whichever comes first.
    for word, text in sorted(given.items(), key=lambda pair: pair[0] in page.directory.accounts):
        for account in page.hear(_accounts_with_variant, page, accounts, word, text) or ():
            texts[account.id] = text.strip()
    return tuple(sorted(texts.items()))


def _accounts_with_variant(page: _Page, accounts: tuple[Account, ...], word: str, text: Any) -> list[Account]:
    if not isinstance(text, str) or not text.strip():
        raise page.wrong(f"varian.{word[:60]}", "harus berupa teks. Hapus baris ini bila tidak diperlukan.")
    meant = [account for account in accounts if account.id == word or _speaks(page, account, word.casefold())]
    if not meant:
        chosen = ", ".join(account.id for account in accounts) or "belum ada"
        raise page.wrong(f"varian.{word[:60]}", f"bukan kanal yang dipilih ({chosen}). Tambahkan ke kanal, atau hapus.")
    return meant


# --- tayang and berlaku_sampai ---


def _times(page: _Page, office: Office) -> tuple[datetime | None, datetime | None]:
    publish_at = page.hear(_time, page, office, "tayang")
    expires_at = page.hear(_time, page, office, "berlaku_sampai")
    if expires_at is not None and expires_at <= (publish_at or page.now):
        raise page.wrong("berlaku_sampai", "harus setelah waktu tayang. Perbaiki salah satunya.")
    return publish_at, expires_at


def _time(page: _Page, office: Office, key: str) -> datetime | None:
    """None where it is left out; *sekarang* is the same as leaving it out: as soon as it is approved."""
    words = page.text(key)
    if words is None or (key == "tayang" and words.casefold() == "sekarang"):
        return None
    try:
        at = read_time(words, now=page.now, zone=office.zone)
        return must_be_future(at, now=page.now, zone=office.zone).astimezone(UTC)
    except BadInput as mistake:
        raise page.wrong(key, str(mistake)) from None


# --- media: files beside the content file ---


def _media(page: _Page) -> tuple[MediaFile, ...]:
    given = page.matter.get("media", [])
    if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
        raise page.wrong("media", "harus berupa daftar. Contoh butir: - berkas: rakor.jpg")
    if len(given) > MAX_ITEMS:
        raise page.wrong("media", f"paling banyak {MAX_ITEMS} berkas.")
    files = [page.hear(_media_file, page, f"media[{number}]", item) for number, item in enumerate(given)]
    return tuple(file for file in files if file is not None)


def _media_file(page: _Page, key: str, item: dict[str, Any]) -> MediaFile:
    for unknown in (word for word in item if word not in MEDIA_KEYS):
        raise page.wrong(key, f"kunci '{unknown[:60]}' tidak dikenal.{_nearest(unknown, MEDIA_KEYS)}")
    name, alt = item.get("berkas"), item.get("teks_alt", "")
    if not isinstance(name, str) or not name.strip():
        raise page.wrong(key, "berkas belum disebutkan. Contoh butir: - berkas: rakor.jpg")
    if not isinstance(alt, str):
        raise page.wrong(key, "teks_alt harus berupa teks yang menjelaskan gambar.")
    path = _inside_the_folder(page, key, name.strip())
    return MediaFile(path=path, name=Path(name.strip()).name, alt=" ".join(alt.split()))


def _inside_the_folder(page: _Page, key: str, name: str) -> Path:
    """The file itself, links followed: it must not lead out of the folder of the content file."""
    folder = page.path.parent.resolve()
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise page.wrong(key, f"berkas '{name[:120]}' berada di luar folder konten. Salin ke folder {folder.name}.")
        is_file = path.is_file()
    except (OSError, ValueError, RuntimeError):
        is_file = False
    if not is_file:
        raise page.wrong(key, f"berkas '{name[:120]}' tidak ditemukan. Letakkan di samping {page.path.name}.")
    return path
