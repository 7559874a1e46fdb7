"""What family M says of pictures, videos and documents."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import LEAVE_OUT, Message

MESSAGES: dict[str, Message] = {
    "M01": Message(
        "Teks alternatif belum ada.",
        ("Mohon tuliskan apa yang terlihat pada gambar, termasuk tulisan yang penting.",),
    ),
    "M01.nama_berkas": Message(
        "Teks alternatif hanya berupa nama berkas: “{alt}”.",
        ("Mohon tuliskan apa yang terlihat pada gambar, termasuk tulisan yang penting.",),
    ),
    "M06.perlu_media": Message(
        "{label} ({account}) tidak dapat memuat teks saja.", ("Tambahkan gambar atau video.", LEAVE_OUT)
    ),
    "M06.jenis": Message(
        "{label} ({account}) tidak dapat memuat {kind}: {name}.",
        ("Ganti berkas itu dengan jenis yang dapat dimuat.", LEAVE_OUT),
    ),
    "M06.jumlah": Message(
        "{label} ({account}) memuat paling banyak {limit} {kind}; konten ini berisi {count}.",
        ("Pisahkan menjadi beberapa konten.", "Kurangi jumlah {kind}.", LEAVE_OUT),
    ),
    "M06.campuran": Message(
        "{label} ({account}) tidak dapat memuat {kinds} dalam satu unggahan.",
        ("Pisahkan menjadi beberapa konten.", LEAVE_OUT),
    ),
    "M06.ukuran": Message(
        "Ukuran {name} melebihi batas {label} ({account}): {size}, paling besar {limit}.",
        ("Perkecil berkas itu.", LEAVE_OUT),
    ),
    "M06.format": Message(
        "Format {name} ({mime}) tidak didukung {label} ({account}).",
        ("Simpan ulang berkas itu sebagai {accepted}.", LEAVE_OUT),
    ),
    "M06.dimensi": Message(
        "Ukuran {name} adalah {size} piksel; {label} ({account}) menerima {limit}.",
        ("Ubah ukuran gambar atau video itu.", LEAVE_OUT),
    ),
    "M06.rasio": Message(
        "Perbandingan lebar dan tinggi {name} adalah {ratio}; {label} ({account}) menerima {limit}.",
        ("Sesuaikan perbandingan lebar dan tingginya.", LEAVE_OUT),
    ),
    "M06.rasio_sama": Message(
        "Gambar dalam satu album {label} ({account}) harus berukuran sebanding; {name} berbeda dari gambar pertama.",
        ("Samakan perbandingan lebar dan tinggi semua gambar.", "Pisahkan menjadi beberapa konten.", LEAVE_OUT),
    ),
    "M06.durasi": Message(
        "Durasi {name} adalah {duration}; {label} ({account}) menerima {limit}.",
        ("Sunting video hingga sesuai batas; platform tidak boleh memotongnya sendiri.", LEAVE_OUT),
    ),
    "M06.tak_terukur": Message(
        "Durasi atau ukuran {name} tidak terbaca, sehingga batas {label} ({account}) tidak dapat dipastikan.",
        ("Simpan ulang berkas itu, lalu kirim kembali.", LEAVE_OUT),
    ),
    "M06.teks_alt": Message(
        "Teks alternatif {name} terlalu panjang untuk {label} ({account}): {count} karakter, batas {limit}.",
        ("Ringkas teks alternatifnya.", LEAVE_OUT),
    ),
    "M06.tagar": Message(
        "{label} ({account}) memuat paling banyak {limit} tagar; konten ini berisi {count}.",
        ("Kurangi tagar.", "Buat versi ringkas untuk {label} (varian.{family}).", LEAVE_OUT),
    ),
    "M07": Message(
        "Yang tampil di {label} ({account}) berbeda dari versi yang disetujui.",
        ("Mohon buka tautannya, lalu terbitkan ralat atau turunkan unggahan itu.",),
    ),
}
