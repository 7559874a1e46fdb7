"""What the rule of hashtags says."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "X03.putus": Message(
        "Tagar “{written}” terputus, sehingga tidak dapat diketuk seluruhnya.",
        ("Tulis {right}.",),
    ),
    "X03.banyak": Message(
        "Terdapat {count} tagar. Lebih dari {most} tagar menyulitkan pembaca.",
        ("Sisakan tagar yang paling perlu.",),
    ),
    "X03.lembaga": Message(
        "Belum ada tagar lembaga di antara tagar ini.",
        ("Tambahkan #{house}.",),
    ),
}
