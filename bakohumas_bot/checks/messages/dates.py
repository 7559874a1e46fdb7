"""What family F says of dates."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F01": Message(
        "Hari tidak sesuai dengan tanggal. {date} jatuh pada hari {real_day}, bukan {printed_day}.",
        ("Bila tanggalnya benar, tulis “{by_date}”.", "Bila harinya benar, tulis “{by_day}”."),
    ),
    "F01.tanpa_tahun": Message(
        "Hari mungkin tidak sesuai dengan tanggal. Tahun tidak tertulis; {date} jatuh pada hari {real_day}, bukan"
        " {printed_day}.",
        (
            "Lengkapi tahunnya.",
            "Bila tanggalnya benar, tulis “{by_date}”.",
            "Bila harinya benar, tulis “{by_day}”.",
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
}
