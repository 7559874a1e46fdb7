"""What F10 and F11 say of the names of regions and officials."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F10": Message(
        "Nama “{printed}” tidak sesuai dengan daftar wilayah. Yang dikenal: {right}.",
        ("Ganti dengan “{right}”.", "Bila memang ada, tambahkan pada rules/regions.toml."),
    ),
    "F10.provinsi": Message(
        "Nama provinsi “{printed}” tidak dikenal. Mungkin maksudnya {right}.",
        ("Ganti dengan “{right}”.",),
    ),
    "F10.letak": Message(
        "{district} terletak di {right}, bukan {said}.",
        ("Ganti dengan “{right}”.",),
    ),
    "F11": Message(
        "Jabatan {name} menurut daftar pejabat adalah {should}, bukan {printed}.",
        ("Ganti dengan “{should}”.", "Bila jabatannya sudah berubah, perbarui rules/officials.toml."),
    ),
    "F11.pelaksana": Message(
        "{name} saat ini bertugas sebagai {should}.",
        ("Tulis “{should}”.", "Bila masa tugasnya sudah berakhir, perbarui rules/officials.toml."),
    ),
    "F11.ejaan": Message(
        "Ejaan nama “{printed}” berbeda dari daftar pejabat: {should}.",
        ("Ganti dengan “{should}”.",),
    ),
    "F11.nama": Message(
        "{title} satker menurut daftar pejabat adalah {should}, bukan {printed}.",
        ("Periksa nama dan jabatannya.", "Bila pejabatnya sudah berganti, perbarui rules/officials.toml."),
    ),
}
