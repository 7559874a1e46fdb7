"""What family P says of personal data."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "P01": Message(
        "Ditemukan data pribadi: enam belas angka yang tersusun seperti NIK. Mohon dihapus.",
        (
            "Hapus nomor tersebut dari naskah.",
            "Bila bukan NIK, tulis dengan pemisah ribuan atau sebutkan tanpa angka lengkap.",
        ),
    ),
}
