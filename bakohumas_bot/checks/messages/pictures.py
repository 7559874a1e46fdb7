"""What the rules of `checks/pictures.py` say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

_LOOK = "Mohon periksa sendiri tulisan pada berkas itu, terutama data pribadi, tanggal, dan angka."

MESSAGES: dict[str, Message] = {
    "M02.padat": Message(
        "Tulisan pada {name} sekitar {count} kata; di layar ponsel, lebih dari 60 kata jarang terbaca.",
        ("Ringkas tulisan pada gambar dan pindahkan rinciannya ke teks.", "Lampirkan naskah lengkapnya sebagai PDF."),
    ),
    "M02.kecil": Message(
        "Banyak tulisan pada {name} yang kecil: {share} persen dari lebar gambar; anjurannya 2,5 persen.",
        ("Perbesar hurufnya, atau bagi menjadi beberapa gambar.",),
    ),
    "M02.kontras": Message(
        "Ada tulisan pada {name} yang kurang kontras dengan latarnya ({ratio} banding 1); anjurannya 4,5 banding 1.",
        ("Gelapkan atau terangkan huruf atau latarnya.",),
    ),
    "M02.tanpa_ocr": Message(
        "Tulisan pada {names} tidak ikut diperiksa karena pembaca tulisan (OCR) belum terpasang.",
        (_LOOK, "Admin dapat memasang paket tesseract-ocr dan tesseract-ocr-ind; lihat bakohumas doctor."),
    ),
    "M02.sebagian": Message(
        "Hanya sebagian isi {names} yang dapat dibaca mesin karena halamannya banyak atau sulit dibaca.", (_LOOK,)
    ),
    "M02.tak_terbaca": Message(
        "Isi {names} tidak dapat dibaca mesin, sehingga tidak ikut diperiksa.",
        (_LOOK, "Simpan ulang berkas itu, lalu kirim kembali."),
    ),
    "M03.kabur": Message(
        "Gambar tampak kabur: {name}.", ("Gunakan berkas aslinya, atau foto lain dari kegiatan yang sama.",)
    ),
    "M03.ukuran": Message(
        "Ukuran {name} hanya {size} piksel; anjurannya paling sedikit 1080 piksel pada sisi panjang.",
        ("Kirim berkas aslinya sebagai dokumen agar tidak diperkecil aplikasi.",),
    ),
    "M03.bentuk": Message(
        "Bentuk {name} sangat memanjang, sehingga tampil kecil di ponsel.",
        ("Potong atau bagi menjadi beberapa gambar.",),
    ),
    "M03.tepi": Message(
        "Bentuk {name} tidak sesuai untuk {labels}, sehingga ditambahkan tepi polos di sekelilingnya.",
        ("Sesuaikan bentuknya, misalnya 4:5 atau 1:1, bila tepi itu mengganggu.",),
    ),
    "M04": Message(
        "Nama satker pada {name} terbaca “{found}”, sedangkan konten ini milik {office}.",
        ("Mohon pastikan nama satker dan logo pada gambar sudah benar.",),
    ),
    "M05": Message(
        "Belum ada takarir pada {name}, sehingga isinya tidak sampai kepada yang menonton tanpa suara.",
        ("Tambahkan takarir pada gambarnya.", "Tuliskan ringkasan isi video pada teks."),
    ),
    "M05.lapisan": Message(
        "Takarir {name} tersimpan sebagai lapisan terpisah; yang tayang hanya gambar dan suaranya.",
        ("Simpan ulang video dengan takarir menyatu pada gambarnya.",),
    ),
    "M09": Message(
        "Keterangan foto belum menyebut kegiatan dan tanggalnya.",
        ("Tuliskan, misalnya: Ket. Foto: Rapat koordinasi Bakohumas (Selasa, 4 Mei 2021).",),
    ),
    "M09.tanggal": Message(
        "Keterangan foto belum menyebut tanggal kegiatannya.",
        ("Tambahkan hari dan tanggal, misalnya: Selasa (4/5/2021).",),
    ),
    "M09.kegiatan": Message(
        "Keterangan foto belum menyebut kegiatannya.", ("Tuliskan kegiatan apa yang tampak pada foto.",)
    ),
}
