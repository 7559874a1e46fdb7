"""What family L says of links."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "L03": Message(
        "Tautan mengarah ke dokumen awan yang mungkin dapat dibuka umum: {link}",
        (
            "Unggah dokumen ke laman resmi, lalu tautkan laman itu.",
            "Bila tetap diperlukan, dua orang membuka tautan ini tanpa masuk akun dan memastikan isinya.",
        ),
    ),
    "L03.formulir": Message(
        "Tautan mengarah ke formulir isian: {link}. Pastikan ini formulir yang dimaksud, bukan lembar jawabannya.",
        ("Buka tautan tanpa masuk akun, lalu periksa isinya.", "Gunakan formulir pada laman resmi."),
    ),
}
