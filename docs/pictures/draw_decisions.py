"""Draws what asks for a decision: a typed time, one-tap mending, and two voices with a lifted finding.

    .venv/bin/python docs/pictures/draw_decisions.py

As `draw_chats.py`, whose phone frame it uses. Beside the example's people there is a pembina, Citra.
"""
# ruff: noqa: INP001 - a script that runs from its own folder

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from draw_chats import from_the, save
from hour import CLOCK

from bakohumas_bot.demo.phones import Phone
from bakohumas_bot.demo.stage import Stage, set_stage
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.lifecycle import people

WRONG_DAY = (
    "#TemanPemilih, rapat pleno rutin digelar Senin, 24 November 2026 di aula kantor KPU Kabupaten Contoh Selatan."
)
HOAX = (
    "Klaim: pendaftaran pemilih dipungut biaya.\n\nStatus: HOAKS.\n\nFakta: pendaftaran pemilih tidak dipungut biaya. "
    "Penjelasan lengkap disampaikan Senin, 24 November 2026. #TemanPemilih"
)
SOURCE = "Keputusan KPU Kabupaten Contoh Selatan Nomor 12 Tahun 2026"
CHOICE = "Jam itu dapat berarti pagi atau malam"
MARK = "pendaftaran pemilih dipungut biaya"


def main() -> None:
    CLOCK.tell_the_sandbox()
    with tempfile.TemporaryDirectory() as folder, set_stage(Path(folder), now=CLOCK.now, steady=CLOCK.seconds) as stage:
        sari, dewi, citra = stage.phone("sari"), stage.phone("dewi"), pembina(stage)
        for one in (sari, dewi, citra):
            one.join()
            one.read("Selamat datang")
        mending(sari)
        save("kartu-perbaiki.png", stage, sari, lambda m: "rapat pleno" in m["text"])
        typed_time(sari)
        save("kartu-waktu.png", stage, sari, from_the("Silakan tuliskan waktu tayang"))
        sari.press("Selasa, 24 November 2026 09.00 WITA", on=CHOICE)
        lifted(sari, citra)
        dewi.card("Setujui", on=MARK)
        save("kartu-dua-suara.png", stage, dewi, lambda m: m["from_bot"] and "Mohon persetujuan" in m["text"])


def pembina(stage: Stage) -> Phone:
    desk = stage.app.desk
    (office,) = desk.directory.offices
    roles = frozenset({(office, Role.PEMBINA)})
    desk.directory.configured["citra"] = Person(id="citra", name="Citra Contoh", telegram_id=1009, roles=roles)
    people.refresh(desk)
    return replace(stage.phone("dewi"), telegram_id=1009, name="Citra")


def mending(sari: Phone) -> None:
    sari.say(WRONG_DAY)
    sari.press("Perbaiki temuan", on="rapat pleno")
    sari.card("Kembali", on="rapat pleno")


def typed_time(sari: Phone) -> None:
    sari.say("#TemanPemilih, pojok baca kantor dibuka untuk umum.")
    sari.press("Waktu", on="pojok baca")
    sari.press("Tulis waktu", on="pojok baca")
    sari.read("Silakan tuliskan waktu tayang")
    sari.say("besok jam 9")
    sari.card("Tulis waktu lain", on=CHOICE)


def lifted(sari: Phone, citra: Phone) -> None:
    sari.say(HOAX)
    sari.press("Jenis", on=MARK)
    sari.press("Klarifikasi hoaks", on=MARK)
    sari.press("Sumber", on=MARK)
    sari.read("sumber")
    sari.say(SOURCE)
    sari.press("Mohon izin", on=MARK)
    citra.press("Izinkan F01", on=MARK)
    citra.say("Hari ditulis menurut undangan yang sudah beredar; tanggalnya benar.")
    sari.read("diizinkan Citra Contoh")
    sari.press("Ajukan", on=MARK)


if __name__ == "__main__":
    main()
