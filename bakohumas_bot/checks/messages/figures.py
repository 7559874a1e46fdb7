"""What F07, F08 and F13 say of sums, differing figures and periods."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "F07": Message(
        "Jumlah laki-laki dan perempuan ({parts}) adalah {right}, bukan {printed}; selisihnya {missing}.",
        ("Cocokkan ketiga angka dengan dokumen sumber.", "Bila rinciannya benar, tulis {right}."),
    ),
    "F07.rincian": Message(
        "Rincian ({parts}) berjumlah {right}, sedangkan tertulis {printed}; selisihnya {missing}.",
        ("Cocokkan angka-angkanya dengan dokumen sumber.", "Bila rinciannya benar, tulis {right}."),
    ),
    "F07.tabel": Message(
        "Jumlah dari {parts} angka di dalam tabel atau daftar adalah {right}, bukan {printed}; selisihnya {missing}.",
        ("Cocokkan angka-angkanya dengan dokumen sumber.", "Bila rinciannya benar, tulis {right}."),
    ),
    "F07.persen": Message(
        "Persentase {parts} berjumlah {sum} persen, bukan 100 persen.",
        ("Cocokkan persentasenya dengan dokumen sumber.",),
    ),
    "F07.pembulatan": Message(
        "Persentase {parts} berjumlah {sum} persen. Selisih dari 100 mungkin karena pembulatan.",
        ("Cocokkan persentasenya.", "Bila karena pembulatan, dapat diberi catatan “karena pembulatan”."),
    ),
    "F08": Message(
        "Pada teks tertulis {told}, sedangkan pada berkas {name} terbaca {read}.",
        ("Samakan angkanya sesuai dokumen sumber.", "Abaikan bila berkas terbaca keliru atau angkanya berbeda hal."),
    ),
    "F08.tanggal": Message(
        "Pada teks tertulis “{told}”, sedangkan pada berkas {name} terbaca “{read}”.",
        ("Samakan tanggalnya.", "Abaikan bila kedua tanggal memang berbeda hal."),
    ),
    "F08.jam": Message(
        "Pada teks tertulis “{told}”, sedangkan pada berkas {name} terbaca “{read}”.",
        ("Samakan jamnya.", "Abaikan bila kedua jam memang berbeda hal."),
    ),
    "F13": Message(
        "Periode “{printed}” berbeda dari periode yang lebih dahulu disebut dalam laporan ini: {first}.",
        ("Samakan periode pada judul, isi, dan lampiran.",),
    ),
    "F13.bulan": Message(
        "{part} adalah {right}, sedangkan tertulis “{printed}”.",
        ("Bila sebutannya benar, tulis “{right}”.", "Bila bulannya benar, perbaiki sebutan triwulan atau semesternya."),
    ),
}
