"""What the rules of sources, letter numbers and quotations say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

_ADD = "Isi “sumber” dengan dokumen atau laman resmi yang memuatnya."

MESSAGES: dict[str, Message] = {
    "S01": Message(
        "Kalimat ini memuat aturan kepemiluan, tetapi sumbernya belum dicantumkan.",
        (_ADD, "Atau sebutkan dasarnya dalam teks, misalnya “Pasal 348 Undang-Undang Nomor 7 Tahun 2017”."),
    ),
    "S01.angka": Message(
        "Kalimat ini memuat angka kepemiluan, tetapi sumbernya belum dicantumkan.",
        (_ADD, "Atau sebutkan asal angkanya dalam teks, misalnya berita acara rapat pleno."),
    ),
    "S01.jadwal": Message(
        "Kalimat ini memuat jadwal tahapan, tetapi dasarnya belum dicantumkan.",
        (_ADD, "Atau sebutkan keputusan yang menetapkan jadwal itu."),
    ),
    "S05.tanggal": Message(
        "Nomor naskah “{number}” tidak sesuai dengan tanggalnya, {date}.",
        (
            "Cocokkan dengan buku nomor surat, lalu perbaiki nomor atau tanggalnya.",
            "Bila tanggalnya benar, nomornya “{right}”.",
        ),
    ),
    "S05.tahun": Message(
        "Nomor naskah “{number}” memakai tahun {year} yang belum tiba.",
        ("Cocokkan dengan buku nomor surat, lalu perbaiki tahunnya.",),
    ),
    "S05.bulan": Message(
        "Bulan “{month}” pada nomor naskah “{number}” bukan angka Romawi I sampai XII.",
        ("Cocokkan dengan buku nomor surat, lalu perbaiki bulannya.",),
    ),
    "S05.bentuk": Message(
        "Penulisan nomor naskah “{number}” tidak lazim.",
        ("Tulis “{right}”.",),
    ),
    "S05.wilayah": Message(
        "Kode “{unit}” pada nomor naskah “{number}” tidak lazim untuk tingkat {level}.",
        ("Cocokkan dengan buku nomor surat.",),
    ),
    "S06": Message(
        "Kutipan langsung ini belum menyebut siapa yang berbicara.",
        (
            "Tambahkan nama dan jabatan pembicara, serta pastikan yang bersangkutan menyetujuinya.",
            "Bila bukan ucapan seseorang, hapus tanda kutipnya.",
        ),
    ),
    "S06.siapa": Message(
        "Pembicara kutipan ini tidak disebut namanya.",
        (
            "Tambahkan nama pembicara, serta pastikan yang bersangkutan menyetujuinya.",
            "Bila namanya perlu dilindungi, ceritakan isinya tanpa tanda kutip.",
        ),
    ),
    "S06.anak": Message(
        "Pembicara kutipan ini tidak disebut namanya.",
        ("Untuk anak, cukup sebut sekolah atau kelasnya, dan pastikan walinya mengizinkan.",),
    ),
    "S06.jabatan": Message(
        "Kutipan langsung ini belum menyebut jabatan atau kedudukan pembicaranya.",
        ("Tambahkan jabatan atau kedudukan pembicara.",),
    ),
}
