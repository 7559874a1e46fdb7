"""What families B and X say of the form of the text."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import LEAVE_OUT, Message

MESSAGES: dict[str, Message] = {
    "B07": Message(
        "Masih ada sisa templat: “{printed}”.",
        ("Lengkapi atau hapus bagian tersebut.",),
    ),
    "X01": Message(
        "Teks melebihi batas {label} ({account}): {length} dari {limit} karakter.",
        ("Buat versi ringkas untuk {label} (varian.{family}).", "Ringkas teksnya.", LEAVE_OUT),
    ),
    "X01.kosong": Message(
        "Tidak ada teks yang dapat dibaca di {label} ({account}).",
        ("Tuliskan isinya, atau tambahkan gambar.", LEAVE_OUT),
    ),
    "X01.varian": Message(
        "Teks melebihi batas {label} ({account}): {length} dari {limit} karakter.",
        ("Ringkas varian untuk kanal ini.", LEAVE_OUT),
    ),
}
