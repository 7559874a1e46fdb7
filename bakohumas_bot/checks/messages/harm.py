"""What the rules of `checks/harm.py` say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "H01": Message(
        "Bagian ini tampaknya menyingkirkan atau merendahkan suatu kelompok: {words}",
        (
            "Tulis ulang tanpa menilai suku, agama, ras, atau golongan.",
            "Bila ini kutipan yang hendak diluruskan, pakai jenis klarifikasi hoaks dan sebut bahwa itu tidak benar.",
        ),
    ),
    "H01.daftar": Message(
        "Bagian ini cocok dengan daftar kata SARA milik satker: {words}",
        (
            "Tulis ulang dengan kata yang netral.",
            "Bila daftar keliru, mintalah pengelola memperbaiki rules/lexicon.toml.",
        ),
    ),
    "H02": Message(
        "Bagian ini tampaknya mengancam atau mengajak berbuat kekerasan: {words}",
        ("Hapus bagian ini.", "Bila melaporkan ancaman yang diterima, ceritakan tanpa mengulang kata-katanya."),
    ),
    "H02.daftar": Message(
        "Bagian ini cocok dengan daftar kata kekerasan milik satker: {words}",
        ("Hapus bagian ini.", "Bila daftar keliru, mintalah pengelola memperbaiki rules/lexicon.toml."),
    ),
    "H03": Message(
        "Kata ini kasar dan ditujukan kepada orang: {words}",
        ("Ganti dengan kata yang sopan.", "Sebutkan peristiwanya tanpa menilai orangnya."),
    ),
    "H03.daftar": Message(
        "Bagian ini cocok dengan daftar kata kasar milik satker: {words}",
        ("Ganti dengan kata yang sopan.", "Bila daftar keliru, mintalah pengelola memperbaiki rules/lexicon.toml."),
    ),
}
