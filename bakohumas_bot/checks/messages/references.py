"""What the rules of citations say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

_CHECK_JDIH = "Cocokkan dengan naskah resminya pada jdih.kpu.go.id atau peraturan.go.id."

MESSAGES: dict[str, Message] = {
    "S02": Message(
        "Siaran pers menyebut peraturan dengan singkat: “{cited}”.",
        ("Pada sebutan pertama, tulis “{right}”.",),
    ),
    "S02.bentuk": Message(
        "Penulisan peraturan “{cited}” tidak lazim.",
        ("Tulis “{right}”.",),
    ),
    "S02.tahun": Message(
        "Peraturan disebut tanpa tahun: “{cited}”.",
        ("Lengkapi tahunnya, misalnya “Nomor 9 Tahun 2022”.",),
    ),
    "S03.sebutan": Message(
        "Nomor “{cited}” bukan {name}.{is_about} Yang dikenal sebagai {name} adalah {right}.",
        ("Perbaiki nomor dan tahunnya, atau sebutannya.", _CHECK_JDIH),
    ),
    "S03.judul": Message(
        "Judul tidak sesuai dengan nomornya. “{cited}” berjudul “{title}”.{others}",
        ("Perbaiki judulnya, atau nomor dan tahunnya.", _CHECK_JDIH),
    ),
    "S03.nomor": Message(
        "Nomor tidak sesuai dengan judulnya. Judul “{title}” tercatat untuk {right}, bukan “{cited}”.",
        ("Perbaiki nomor dan tahunnya.", _CHECK_JDIH),
    ),
    "S03.perubahan": Message(
        "Peraturan “{cited}” tidak tercatat sebagai perubahan {base}. Yang tercatat adalah {right}.",
        ("Perbaiki nomor dan tahun perubahannya.", _CHECK_JDIH),
    ),
    "S03.belum_dikenal": Message(
        "Peraturan “{cited}” belum ada dalam daftar peraturan satker, sehingga tidak dapat diperiksa.",
        (_CHECK_JDIH, "Bila benar, tambahkan ke rules/regulations.toml agar dikenal."),
    ),
    "S03.mustahil": Message(
        "Peraturan “{cited}” tidak mungkin ada pada waktu tayang.",
        ("Perbaiki nomor dan tahunnya.", _CHECK_JDIH),
    ),
    "S04.dicabut": Message(
        "Peraturan “{cited}” sudah dicabut pada waktu tayang. Penggantinya {by}.",
        (
            "Rujuk peraturan penggantinya.",
            "Bila teks bercerita tentang masa lalu, sebutkan tahunnya atau tambahkan “saat itu”.",
        ),
    ),
    "S04.diubah": Message(
        "Peraturan “{cited}” sudah diubah dengan {by}, tetapi perubahannya tidak disebut.",
        ("Tambahkan “jo.” atau “sebagaimana telah diubah dengan” beserta perubahannya.",),
    ),
    "S04.perubahan_terakhir": Message(
        "Perubahan terakhir “{cited}” adalah {by}.",
        ("Sebutkan perubahan yang terakhir.",),
    ),
}
