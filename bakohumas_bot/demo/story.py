"""The demo's story: five people-sized scenes, then the question that counts: is every delivery read back, once?"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bakohumas_bot.demo.phones import Phone
from bakohumas_bot.demo.stage import Stage
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle.intake import submit_file
from bakohumas_bot.lifecycle.schedule import reschedule
from bakohumas_bot.store import audit, deliveries
from bakohumas_bot.store.drafts import DraftFile, read_content_file

SAMPLES = Path(__file__).parents[2] / "content" / "samples"
INFOGRAPHIC, PRESS_RELEASE, ALBUM = (
    "01-infografis-layanan-informasi.md",
    "02-siaran-pers-rakor.md",
    "03-album-desa-peduli-pemilih.md",
)
WRONG_DAY = "Rapat koordinasi digelar Senin, 26 November 2026 pukul 09.00 WITA di aula kantor."
UNCLEAR = "#TemanPemilih, kelas Desa Peduli Pemilu dan Pemilihan telah berlangsung. #KPUMelayani"
PATIENCE = 60.0  # seconds for publication and reading back


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One line of the story, told when it has happened."""

    who: str
    what: str


def play(stage: Stage) -> Iterator[Scene]:
    """Raises `NoAnswer` when somebody does not get what the story expects."""
    sari, budi, dewi = (stage.phone(name) for name in ("sari", "budi", "dewi"))
    for phone in (sari, budi, dewi):
        phone.join()
        phone.read("Selamat datang")
    yield Scene(who="Sari, Budi, Dewi", what="menyapa bot dari ponsel masing-masing dan disambut.")
    yield from _a_wrong_weekday(sari)
    yield from _the_infographic(stage, sari, budi)
    yield from _the_press_release(stage, budi, dewi)
    yield from _the_album(stage, sari, dewi)


def _a_wrong_weekday(sari: Phone) -> Iterator[Scene]:
    sari.say(WRONG_DAY)
    sari.card("Ajukan", on="F01")
    yield Scene(who="Sari", what=f"mengirim teks: “{WRONG_DAY}”")
    sari.press("Ajukan", on="F01")
    yield Scene(who="Bot", what="menolak mengajukan. " + _line(sari.read("F01"), "F01"))


def _the_infographic(stage: Stage, sari: Phone, budi: Phone) -> Iterator[Scene]:
    draft = _sample(stage, INFOGRAPHIC)
    words = draft.variants[0][1].strip()
    mark = words.split(",", 1)[1].strip()[:30]
    sari.send_pictures([draft.media[0].path], words)
    sari.press("Jenis", on=mark)
    sari.press("Infografis", on=mark)
    yield Scene(who="Sari", what="mengirim infografis dengan keterangan, lalu memilih jenis Infografis.")
    sari.press("Teks alternatif", on=mark)
    _press_one_of(sari, mark)
    sari.read("Silakan tuliskan teks alternatif")
    sari.say(draft.media[0].alt)
    sari.read("telah disimpan")
    sari.press("Ajukan", on=mark)
    yield Scene(who="Sari", what="melengkapi teks alternatif dan mengajukannya.")
    budi.press("Setujui", on=mark)
    yield Scene(who="Budi", what="melihat pratinjau tiap kanal dan menekan Setujui.")


def _the_press_release(stage: Stage, budi: Phone, dewi: Phone) -> Iterator[Scene]:
    desk = stage.app.desk
    revision = submit_file(desk, desk.person("sari"), SAMPLES / PRESS_RELEASE)
    planned = revision.content.publish_at
    assert planned is not None
    zone = desk.office(revision.content.office).zone
    yield Scene(who="Sari", what=f"mengajukan siaran pers dari berkas, tayang {long_time(planned, zone)}.")
    budi.press("Setujui", on=revision.short_digest)
    yield Scene(who="Budi", what="menyetujuinya lebih dahulu sebagai ketua pelaksana.")
    dewi.press("Setujui", on=revision.short_digest)
    yield Scene(who="Dewi", what="menyetujuinya sebagai ketua; baru sekarang siaran pers itu dijadwalkan.")
    soon = desk.now() + timedelta(seconds=2)
    reschedule(desk, desk.person("dewi"), revision.post, soon)
    yield Scene(who="Dewi", what=f"memajukan waktu tayang: {long_time(soon, zone)}.")


def _the_album(stage: Stage, sari: Phone, dewi: Phone) -> Iterator[Scene]:
    draft = _sample(stage, ALBUM)
    better = draft.variants[0][1].strip()
    message = sari.send_pictures([item.path for item in draft.media], UNCLEAR)
    sari.press("Ajukan", on=UNCLEAR[:30])
    sari.read("Mohon tuliskan alasan")
    sari.say("Teks alternatif menyusul setelah keterangan disetujui.")
    yield Scene(who="Sari", what="mengirim album tiga foto dan mengajukannya dengan alasan tertulis.")
    dewi.press("Kembalikan", on=UNCLEAR[:30])
    dewi.say("Mohon sebutkan tempat dan tanggalnya.")
    sari.read("Mohon sebutkan tempat dan tanggalnya")
    yield Scene(who="Dewi", what="mengembalikan album: “Mohon sebutkan tempat dan tanggalnya.”")
    sari.edit(message, better)
    mark = "Desa Contoh Makmur"
    sari.press("Ajukan", on=mark)
    sari.read("Mohon tuliskan alasan")
    sari.say("Teks alternatif menyusul.")
    yield Scene(who="Sari", what="memperbaiki dengan menyunting pesan aslinya, lalu mengajukan kembali.")
    dewi.press("Setujui", on=mark)
    yield Scene(who="Dewi", what="menyetujui versi yang diperbaiki.")


def wait_for_publication(stage: Stage) -> Iterator[tuple[int, int]]:
    """How many of how many deliveries were published and read back, as it goes on."""
    deadline = time.monotonic() + PATIENCE
    while True:
        rows = standing(stage)
        done = sum(row.verified_at is not None for row in rows)
        yield done, len(rows)
        if done == len(rows) or time.monotonic() > deadline:
            return
        time.sleep(0.2)


def standing(stage: Stage) -> list[Delivery]:
    with stage.app.desk.store.reading() as tx:
        rows = deliveries.everything(tx)
    return sorted((r for r in rows if r.state is not State.CANCELLED), key=lambda r: (r.post, r.account))


def shortcomings(stage: Stage) -> list[str]:
    """What keeps the demo from being a success; empty when every delivery is public once and was read back."""
    rows = standing(stage)
    said = [f"{r.account}: {r.error or r.state}" for r in rows if r.verified_at is None or r.error]
    public = [entry for entry in stage.sandbox.world.ledger if not entry.deleted]
    if len(public) != len(rows):
        said.append(f"{len(public)} unggahan publik untuk {len(rows)} penayangan")
    said += [f"{v['platform']} {v['operation']}: {v['what']}" for v in stage.sandbox.world.violations]
    with stage.app.desk.store.reading() as tx:
        _, broken = audit.verify(tx)
    return said + [f"catatan audit rusak: {b.number}" for b in broken]


def _sample(stage: Stage, name: str) -> DraftFile:
    desk = stage.app.desk
    return read_content_file(SAMPLES / name, desk.directory, desk.specs, desk.now())


def _press_one_of(sari: Phone, mark: str) -> None:
    """The list of pictures has one button for each; the first is meant."""
    card = sari.card("Kembali", on=mark)
    rows = card["reply_markup"]["inline_keyboard"]
    first = next(b["text"] for row in rows for b in row if b["text"] != "Kembali")
    sari.press(first, on=mark)


def _line(text: str, word: str) -> str:
    found = re.search(rf"[^\n]*{word}[^\n]*", text)
    return found.group().strip(" •-") if found else text
