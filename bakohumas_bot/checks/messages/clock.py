"""What F05 and F06 say of clock times, zones and the form of numbers."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F05.tanpa": Message(
        "Zona waktu belum ditulis pada “{printed}”.",
        ("Tulis “{by_zone}”.", "Bila berlaku di semua daerah menurut jamnya masing-masing, tulis “waktu setempat”."),
    ),
    "F05.lain": Message(
        "Jam “{printed}” memakai {zone}, sedangkan satker berada di {own}.",
        (
            "Bila jamnya menurut waktu di sini, tulis “{renamed}”.",
            "Bila zonanya benar, tulis “{moved}”.",
            "Bila kegiatannya di daerah lain, sebutkan tempatnya.",
        ),
    ),
    "F05.beda": Message(
        "Jam pada “{printed}” tidak menunjuk saat yang sama. WITA satu jam dan WIT dua jam lebih dahulu daripada WIB.",
        ("Samakan saatnya, misalnya “{right}”.",),
    ),
    "F05.sama": Message(
        "Tulisan “{printed}” menyebut jam yang sama di zona yang berbeda, padahal saatnya tidak sama.",
        (
            "Bila berlaku menurut jam masing-masing daerah, tulis “waktu setempat”.",
            "Bila saatnya sama, tulis “{right}”.",
        ),
    ),
    "F06.jam": Message("Jam ditulis dengan titik: “{right}”, bukan “{printed}”.", ("Tulis “{right}”.",)),
    "F06.angka": Message(
        "Angka ditulis dengan titik untuk ribuan dan koma untuk desimal: “{right}”, bukan “{printed}”.",
        ("Tulis “{right}”.",),
    ),
}
