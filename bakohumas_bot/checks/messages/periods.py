"""What F03 and F04 say of periods and of what has passed."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F03.terbalik": Message(
        "Rentang “{printed}” tampak terbalik: akhirnya mendahului awalnya.",
        ("Periksa kedua ujung rentang itu, lalu tulis yang lebih dahulu di depan.",),
    ),
    "F03.lama": Message(
        "Lama kegiatan tidak sesuai dengan rentangnya: tertulis “{printed}”, sedangkan {period} adalah {real}.",
        ("Bila rentangnya benar, tulis “{real}”.", "Bila lamanya benar, perbaiki rentangnya."),
    ),
    "F04": Message(
        "Disebutkan sebagai hal yang akan datang, tetapi {date} sudah lewat pada saat tayang ({today}).",
        (
            "Periksa tanggal dan tahunnya.",
            "Bila kegiatan sudah berlangsung, ubah kalimatnya menjadi laporan.",
            "Bila ini unggahan arsip, beri keterangan “Arsip” atau “Dok.”.",
        ),
    ),
    "F04.batas": Message(
        "Batas waktu {date} sudah lewat pada saat tayang ({today}).",
        ("Periksa tanggal dan tahunnya.", "Bila batas waktunya diperpanjang, tulis tanggal yang baru."),
    ),
    "F04.jam": Message(
        "Kegiatan pada {date} sudah lewat pada saat tayang ({today}, {hour}).",
        ("Majukan waktu tayang.", "Ubah kalimatnya menjadi laporan."),
    ),
}
