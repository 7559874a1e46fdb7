"""Draws what each person sees in Telegram: one infographic from its draft card to its result, on the sandbox.

    .venv/bin/python docs/pictures/draw_chats.py

The bot, the texts and the buttons are the real ones; only the frame of the phone is drawn around them. Nothing but
Pillow and the font that comes with it is needed, and the clock is set, so that running it again gives the same hours.
Running it again gives the same pictures but for the numbers inside the links of kartu-hasil.png: the accounts publish
side by side, so which of them is numbered first is chance, and X writes the millisecond into a post's number.
"""
# ruff: noqa: INP001, T201 - a script that runs from its own folder

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bubbles import Bubble, height_for, phone
from hour import CLOCK, MORNING, PUBLICATION
from ink import AMBER, GREEN, LINK, RED, WHITE
from PIL import Image

from bakohumas_bot.demo.phones import Phone
from bakohumas_bot.demo.stage import Stage, set_stage
from bakohumas_bot.sandbox.core import Fault

HERE = Path(__file__).parent
INFOGRAPHIC = HERE.parents[1] / "content" / "samples" / "infografis-layanan.jpg"
MARK = "Tiga cara meminta informasi publik"
CAPTION = f"""{MARK}

#TemanPemilih, silakan datang ke kantor, kirim pos-el, atau buka https://kab-contohselatan.kpu.go.id/ppid.

#KPUMelayani"""
ALT = (
    "Infografis tiga cara meminta informasi publik di PPID: datang ke kantor pada jam layanan, kirim pos-el, atau "
    "buka laman PPID. Dasar: Undang-Undang Nomor 14 Tahun 2008."
)
BRIGHT = (RED, AMBER, GREEN, LINK, WHITE)


def main() -> None:
    CLOCK.tell_the_sandbox()
    with tempfile.TemporaryDirectory() as folder, set_stage(Path(folder), now=CLOCK.now, steady=CLOCK.seconds) as stage:
        sari, budi, dewi = (stage.phone(name) for name in ("sari", "budi", "dewi"))
        for one in (sari, budi, dewi):
            one.join()
            one.read("Selamat datang")
        draft(sari)
        save("kartu-konsep.png", stage, sari, lambda m: MARK in m["text"])
        complete_and_submit(sari)
        CLOCK.move_to(MORNING + timedelta(minutes=4))
        budi.card("Setujui", on=MARK)
        save("kartu-persetujuan.png", stage, budi, lambda m: m["from_bot"] and "Selamat datang" not in m["text"])
        budi.press("Setujui", on=MARK)
        sari.read("Telah disetujui")
        CLOCK.move_to(PUBLICATION - timedelta(seconds=3))
        sari.read("Telah terbit")
        save("kartu-hasil.png", stage, sari, from_the("Telah disetujui"))
        not_answered(stage, sari, budi)
        save("kartu-perlu-dicek.png", stage, sari, lambda m: "Perlu dicek: " in m["text"])
        after_an_outage(sari, dewi)
        save("kartu-terlewat.png", stage, dewi, lambda m: "konten terlewat" in m["text"])
        frozen(sari, budi)
        save("kartu-pembekuan.png", stage, budi, from_the("Penerbitan dibekukan"))


def draft(sari: Phone) -> None:
    sari.send_pictures([INFOGRAPHIC], CAPTION)
    sari.press("Jenis", on=MARK)
    sari.press("Infografis", on=MARK)
    sari.card("Ajukan", on="Jenis: Infografis")


def complete_and_submit(sari: Phone) -> None:
    sari.press("Teks alternatif", on=MARK)
    rows = sari.card("Kembali", on=MARK)["reply_markup"]["inline_keyboard"]
    sari.press(rows[0][0]["text"], on=MARK)
    sari.read("Silakan tuliskan teks alternatif")
    sari.say(ALT)
    sari.read("Teks alternatif telah disimpan")
    sari.press("Waktu", on=MARK)
    sari.press("Tulis waktu", on=MARK)
    sari.read("Silakan tuliskan waktu tayang")
    sari.say("besok 09.00")
    sari.press("Ya, benar", on="Selasa, 24 November 2026 09.00 WITA")
    sari.read("Waktu tayang: Selasa, 24 November 2026")
    sari.press("Ajukan", on="Selasa, 24 November 2026")


def not_answered(stage: Stage, sari: Phone, budi: Phone) -> None:
    """The channel's platform drops the connection, and its bots cannot read a channel's history."""
    CLOCK.move_to(PUBLICATION + timedelta(hours=1))
    stage.sandbox.world.faults.append(Fault(platform="telegram", operation="live", mode="drop_before"))
    approved_at_once(sari, budi, "Layanan PPID hari ini tutup pukul 15.00 WITA karena pemeliharaan jaringan.")
    for minutes in (1, 4, 14, 30):
        CLOCK.move_to(PUBLICATION + timedelta(hours=1, minutes=minutes))
        time.sleep(1)
    sari.card("Sudah terbit", on="Perlu dicek: ")


def after_an_outage(sari: Phone, dewi: Phone) -> None:
    """Two posts were approved for the afternoon; the machine was off until the evening."""
    planned = {
        13: "Jadwal kunjungan sekolah ke Rumah Pintar Pemilu bulan Desember.",
        14: "Pojok baca kantor dibuka untuk umum.",
    }
    for hour, text in planned.items():
        sari.say(text)
        sari.press("Waktu", on=text)
        sari.press("Tulis waktu", on=text)
        sari.read("Silakan tuliskan waktu tayang")
        sari.say(f"hari ini {hour}.00")
        sari.press("Ya, benar", on=f"{hour}.00 WITA")
        sari.press("Ajukan", on=f"{hour}.00")
        dewi.press("Setujui", on=text)
        sari.read("Dijadwalkan tayang Selasa, 24 November 2026")
    CLOCK.move_to(PUBLICATION + timedelta(hours=9))
    dewi.read("konten terlewat")


def frozen(sari: Phone, budi: Phone) -> None:
    sari.say("/bekukan Ada data pribadi pada unggahan pagi ini")
    budi.card("Minta pencabutan", on="Penerbitan dibekukan")
    CLOCK.move_to(PUBLICATION + timedelta(hours=9, minutes=25))
    sari.say("/cairkan Unggahan sudah diturunkan dan diperiksa")
    budi.card("Konfirmasi pencabutan", on="Permintaan mencabut pembekuan")


def approved_at_once(sari: Phone, budi: Phone, text: str) -> None:
    sari.say(text)
    sari.press("Ajukan", on=text)
    budi.press("Setujui", on=text)
    sari.read("Segera diterbitkan")


Wanted = Callable[[dict[str, Any]], bool]


def from_the(words: str) -> Wanted:
    """That message and everything after it."""
    seen = False

    def wanted(message: dict[str, Any]) -> bool:
        nonlocal seen
        seen = seen or words in message["text"]
        return seen

    return wanted


def save(name: str, stage: Stage, owner: Phone, wanted: Wanted) -> None:
    zone = next(iter(stage.app.desk.directory.offices.values())).zone
    messages = [m for m in chat_of(owner) if wanted(m)]
    bubbles = [Bubble(message, photo_of(owner, message), zone) for message in messages]
    screen = min(max(height_for(bubbles), 700.0), 1100.0)
    picture = phone(bubbles, clock=CLOCK.now(zone).strftime("%H.%M"), screen_height=screen)
    economical(picture).save(HERE / name, optimize=True)
    print(f"{name}: {(HERE / name).stat().st_size // 1024} KB")


def economical(picture: Image.Image) -> Image.Image:
    """256 colours; the small bright symbols are weighed heavily enough to keep theirs."""
    weighed = Image.new("RGB", (picture.width, picture.height + 40 * len(BRIGHT)))
    weighed.paste(picture)
    for number, colour in enumerate(BRIGHT):
        weighed.paste(colour, (0, picture.height + 40 * number, picture.width, picture.height + 40 * (number + 1)))
    return picture.quantize(palette=weighed.quantize(256), dither=Image.Dither.NONE)


def chat_of(owner: Phone) -> Sequence[dict[str, Any]]:
    answer = owner.http.get(f"{owner.url}/sandbox/telegram/users/{owner.telegram_id}/chat")
    messages: list[dict[str, Any]] = answer.raise_for_status().json()["messages"]
    return messages


def photo_of(owner: Phone, message: dict[str, Any]) -> Image.Image | None:
    for item in message["media"]:
        answer = owner.http.get(f"{owner.url}/sandbox/telegram/media/{item['sha256']}").raise_for_status()
        return Image.open(io.BytesIO(answer.content))
    return None


if __name__ == "__main__":
    main()
