"""What F09, N08, N09, T01 and T02 say of the stages of an election."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F09": Message(
        "Tanggal tidak sesuai dengan kalender tahapan. {name}: {should} ({basis}).",
        (
            "Ganti dengan “{should}”.",
            "Bila jadwalnya memang berubah, perbarui calendar/stages.toml dengan dasar hukumnya.",
        ),
    ),
    "N08": Message(
        "Bagian “{printed}” tampaknya hasil suara. Hasil baru boleh diumumkan setelah pukul 15.00 WIB pada hari"
        " pemungutan suara.",
        ("Hapus angka hasil, atau tunda penayangan sampai waktunya.",),
    ),
    "N08.tidak_resmi": Message(
        "Bagian “{printed}” tampaknya hasil yang tidak resmi (hitung cepat, exit poll, atau hasil sementara).",
        ("Gunakan hanya hasil resmi, dan sebutkan tingkat rekapitulasi serta statusnya.",),
    ),
    "N08.tanpa_sumber": Message(
        "Bagian “{printed}” tampaknya perolehan suara tanpa sumber resmi.",
        ("Sebutkan tingkat rekapitulasi, statusnya, dan nomor keputusan atau berita acaranya.",),
    ),
    "N09": Message(
        "Bagian “{printed}” tidak dapat terbit: hasil survei dan elektabilitas dilarang pada masa tenang.",
        ("Hapus bagian itu, atau jadwalkan setelah masa tenang.",),
    ),
    "T01": Message(
        "Bagian “{printed}” tidak dapat terbit pada {stage} (sampai {ends}): dapat menguntungkan atau merugikan"
        " peserta.",
        ("Jadwalkan di luar tahapan itu, atau hapus bagian tersebut.",),
    ),
    "T01.jenis": Message(
        "Jenis konten {kind} tidak boleh tayang pada tahapan {stage}.",
        ("Jadwalkan di luar tahapan itu.",),
    ),
    "T02": Message(
        "Konten ini diembargo sampai {release}, sedangkan waktu tayangnya lebih awal.",
        ("Jadwalkan setelah {release}.",),
    ),
    "T02.tanpa_waktu": Message(
        "Teks menyebut embargo, tetapi batas waktunya belum dapat dipahami.",
        (
            "Tulis batasnya lengkap, misalnya: embargo sampai 26 November 2026 pukul 09.00 WITA.",
            "Hapus catatan embargo.",
        ),
    ),
    "T02.lewat": Message(
        "Batas embargo sudah lewat saat tayang; catatan ini tidak perlu lagi dibaca publik.",
        ("Hapus catatan embargo dari teks.",),
    ),
    "T02.dikecualikan": Message(
        "Tanda “{printed}” menunjukkan informasi yang tidak boleh dibuka kepada publik.",
        ("Jangan terbitkan informasi yang dikecualikan. Bila tandanya keliru, hapus setelah dipastikan PPID.",),
    ),
}
