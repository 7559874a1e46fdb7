"""What F01 and F02 say of dates."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F01": Message(
        "Hari tidak sesuai dengan tanggal. {facts}.",
        ("Bila tanggalnya benar, tulis “{by_date}”.", "Bila harinya benar, tulis “{by_day}”."),
    ),
    "F01.tanpa_tahun": Message(
        "Hari mungkin tidak sesuai dengan tanggal. Tahun tidak tertulis; {facts}.",
        (
            "Lengkapi tahunnya.",
            "Bila tanggalnya benar, tulis “{by_date}”.",
            "Bila harinya benar, tulis “{by_day}”.",
        ),
    ),
    "F01.berkas": Message(
        "Pada berkas terbaca “{printed}”. Hari tidak sesuai dengan tanggal: {facts}.",
        (
            "Perbaiki berkasnya, lalu unggah kembali: “{by_date}” atau “{by_day}”.",
            "Abaikan bila tulisan pada berkas terbaca keliru.",
        ),
    ),
    "F02": Message(
        "Tanggal “{printed}” tidak ada. {month} berakhir pada tanggal {last}.",
        ("Periksa kembali tanggalnya pada dokumen sumber, lalu perbaiki.",),
    ),
    "F02.bulan": Message(
        "Tanggal “{printed}” tidak ada. Tidak ada bulan ke-{month}; urutannya tanggal, bulan, tahun.",
        ("Periksa kembali tanggalnya pada dokumen sumber, lalu perbaiki.",),
    ),
    "F02.berkas": Message(
        "Pada berkas terbaca tanggal “{printed}”, yang tidak ada dalam kalender.",
        (
            "Perbaiki berkasnya, lalu unggah kembali.",
            "Abaikan bila tulisan pada berkas terbaca keliru.",
        ),
    ),
}
