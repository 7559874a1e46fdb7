"""What the rules of `checks/duplicates.py` say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

_ANOTHER_DAY = "Bila memang perlu diulang, pilih hari lain atau sampaikan hal yang baru."
_REASON = "Bila memang sengaja diulang, tuliskan alasannya saat mengajukan."
_CANCEL = "Batalkan konsep ini bila terkirim dua kali."

MESSAGES: dict[str, Message] = {
    "F12": Message(
        "Konten yang sama persis, yaitu #{post} “{title}”, {when} {where}.",
        (
            _CANCEL,
            "Keluarkan kanal yang sudah memuatnya, atau pilih waktu yang berselang lebih dari 24 jam.",
            "Bila hari ini memang harus diulang, mintalah izin pimpinan dengan alasannya.",
        ),
    ),
    "F12.sama": Message(
        "Teks ini sama dengan konten #{post} “{title}” yang {when} {where}.", (_CANCEL, _ANOTHER_DAY, _REASON)
    ),
    "F12.mirip": Message(
        "Teks ini hampir sama dengan konten #{post} “{title}” yang {when} {where}.",
        ("Bandingkan keduanya, lalu batalkan salah satu bila isinya sama.", _REASON),
    ),
    "F12.pola": Message(
        "Teks ini mirip konten #{post} “{title}” yang {when} {where}, tetapi tanggal, angka, atau namanya berbeda.",
        ("Pastikan semua tanggal, angka, dan nama sudah diganti.",),
    ),
    "F12.berkas": Message(
        "Berkas ini sudah dipakai pada konten #{post} “{title}” yang {when} {where}.",
        ("Pastikan berkasnya memang untuk konten ini, atau ganti dengan yang baru.", _REASON),
    ),
    "F12.gambar": Message(
        "Gambar ini tampak serupa dengan gambar pada konten #{post} “{title}” yang {when} {where}.",
        ("Pastikan gambarnya sudah yang terbaru untuk konten ini.",),
    ),
}
