"""What the rule of press releases says."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "X02": Message(
        "Siaran pers ini belum memuat {missing}.",
        (
            (
                "Lengkapi sesuai susunan: SIARAN PERS, Nomor, Tanggal, judul, “Kota, laman – ” di awal teras, "
                "dan narahubung di akhir."
            ),
            "Bila bukan siaran pers, ubah jenisnya menjadi berita.",
        ),
    ),
    "X02.tanggal": Message(
        "Tanggal siaran pers hanya terbaca dari isinya.",
        ("Tambahkan baris “Tanggal:” di bawah nomor.",),
    ),
    "X02.narahubung": Message(
        "Narahubung disebut tanpa cara menghubunginya.",
        ("Tambahkan telepon kantor atau pos-el dinas.",),
    ),
}
