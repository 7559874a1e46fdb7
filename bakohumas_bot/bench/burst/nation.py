"""552 offices with seven accounts each: their configuration, and the posts they publish in one second."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from bakohumas_bot.app import App
from bakohumas_bot.config import FILE, secret_keys
from bakohumas_bot.demo.training import table
from bakohumas_bot.domain.posts import Content, Kind, Media, TextFormat
from bakohumas_bot.lifecycle.draft import take_in
from bakohumas_bot.platforms import PLATFORMS

ACCOUNTS = 7
# instagram_private is left out: the library sleeps for seconds in every call, and nothing could be measured but that.
SPREAD = ("x", "facebook_page", "instagram", "telegram_channel")
PICTURED = 4  # every so manieth office posts a picture everywhere; the others only where nothing else is taken
PICTURES = 6
_SIDE = 620  # noise of this size makes 300 KB of JPEG

TEXT = (
    "#TemanPemilih, pengumuman {number:04} putaran {turn}: layanan informasi publik buka setiap hari kerja pukul 08.00 "
    "sampai 16.00. Silakan datang membawa kartu identitas, atau kirim pertanyaan lewat kanal resmi kantor. ({who})"
)


def accounts_needed(offices: int) -> int:
    """How many accounts each platform must have."""
    return math.ceil(offices * ACCOUNTS / len(SPREAD))


def write_nation(folder: Path, samples: Sequence[dict[str, Any]], *, offices: int, web: str, database: str) -> None:
    """A configuration in `folder` with two people and seven accounts for every office. `web` serves for Instagram."""
    folder.mkdir(parents=True, exist_ok=True)
    vault = folder / "rahasia"
    tables = [
        table("[web]", {"public_url": f"http://{web}", "listen": web}, set(), vault),
        table("[database]", {"url": database}, {"url"}, vault / "database"),
    ]
    waiting = _round_robin(samples)
    for number in range(offices):
        code = code_of(number)
        tables.append(_office(code, number))
        for settings in (next(waiting) for _ in range(ACCOUNTS)):
            secrets = secret_keys(PLATFORMS[settings["platform"]].settings)
            tables.append(table("[[accounts]]", {"office": code} | settings, secrets, vault / settings["id"]))
    (folder / FILE).write_text("\n".join(tables), encoding="utf-8")


def code_of(number: int) -> str:
    return f"{number // 99 + 10}.{number % 99 + 1:02}"


def _office(code: str, number: int) -> str:
    office = f'[[offices]]\ncode = "{code}"\nname = "KPU Kabupaten Contoh {number}"\n'
    office += 'zone = "Asia/Makassar"\ncity = "Contoh Baru"\n'
    people = ((f"penyusun-{code}", "operator"), (f"ketua-{code}", "ketua"))
    for place, (id_, role) in enumerate(people):
        named = {"id": id_, "name": id_.title(), "telegram_id": 10_000 + 2 * number + place}
        office += "\n[[people]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in named.items())
        office += f'roles = [{{ office = "{code}", role = "{role}" }}]\n'
    return office


def _round_robin(samples: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    each = [[s for s in samples if s["platform"] == platform] for platform in SPREAD]
    for turn in zip(*each, strict=True):
        yield from turn


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """Taken in and kept like any author's."""

    media: tuple[Media, ...]


def take_pictures(app: App, folder: Path) -> Pictures:
    """Noise, so that every one weighs 300 KB whatever an encoder does."""
    taken = []
    for number in range(PICTURES):
        path = folder / f"gambar-{number}.jpg"
        if not path.exists():
            Image.effect_noise((_SIDE, _SIDE), 60).convert("RGB").save(path, quality=92)
        taken.append(take_in(app.desk, path, path.name, "Poster layanan informasi publik"))
    return Pictures(media=tuple(taken))


def contents(app: App, pictures: Pictures, *, turn: int, who: str) -> list[Content]:
    """What every office publishes in this turn: one post, or two where only some of its accounts get the picture."""
    directory = app.desk.directory
    wanted: list[Content] = []
    for number, code in enumerate(directory.offices):
        accounts = [account.id for account in directory.accounts_of(code)]
        needy = [id_ for id_ in accounts if directory.accounts[id_].platform == "instagram"]
        pictured = accounts if number % PICTURED == 0 else needy
        text = TEXT.format(number=number, turn=turn, who=who)
        wanted.append(_content(code, text, pictured, (pictures.media[number % PICTURES],)))
        bare = [id_ for id_ in accounts if id_ not in pictured]
        if bare:
            wanted.append(plain(code, text, bare))
    return wanted


def plain(office: str, text: str, accounts: Sequence[str]) -> Content:
    return _content(office, text, accounts, ())


def _content(office: str, text: str, accounts: Sequence[str], media: tuple[Media, ...]) -> Content:
    return Content(
        office=office,
        kind=Kind.PENGUMUMAN,
        title="Jam layanan informasi publik",
        body=text,
        format=TextFormat.PLAIN,
        accounts=tuple(accounts),
        media=media,
    )
