"""The sentences of every finding and its remedies, as people in an office read them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """Templates for `str.format`; the rule supplies the facts."""

    text: str
    remedies: tuple[str, ...] = ()


_LEAVE_OUT = "Keluarkan kanal {account} dari konten ini."

MESSAGES: dict[str, Message] = {
    "F01": Message(
        "Hari tidak sesuai dengan tanggal. {date} jatuh pada hari {real_day}, bukan {printed_day}.",
        ("Bila tanggalnya benar, tulis “{by_date}”.", "Bila harinya benar, tulis “{by_day}”."),
    ),
    "F01.tanpa_tahun": Message(
        "Hari mungkin tidak sesuai dengan tanggal. Tahun tidak tertulis; {date} jatuh pada hari {real_day}, bukan"
        " {printed_day}.",
        (
            "Lengkapi tahunnya.",
            "Bila tanggalnya benar, tulis “{by_date}”.",
            "Bila harinya benar, tulis “{by_day}”.",
        ),
    ),
    "F02": Message(
        "Tanggal “{printed}” tidak ada. {month} berakhir pada tanggal {last}.",
        ("Periksa kembali tanggalnya pada dokumen sumber, lalu perbaiki.",),
    ),
    "F02.bulan": Message(
        "Tanggal “{printed}” tidak ada. Tidak ada bulan ke-{month}; urutannya tanggal, bulan, tahun.",
        ("Periksa kembali tanggalnya pada dokumen sumber, lalu perbaiki.",),
    ),
    "P01": Message(
        "Ditemukan data pribadi: enam belas angka yang tersusun seperti NIK. Mohon dihapus.",
        (
            "Hapus nomor tersebut dari naskah.",
            "Bila bukan NIK, tulis dengan pemisah ribuan atau sebutkan tanpa angka lengkap.",
        ),
    ),
    "L03": Message(
        "Tautan mengarah ke dokumen awan yang mungkin dapat dibuka umum: {link}",
        (
            "Unggah dokumen ke laman resmi, lalu tautkan laman itu.",
            "Bila tetap diperlukan, dua orang membuka tautan ini tanpa masuk akun dan memastikan isinya.",
        ),
    ),
    "L03.formulir": Message(
        "Tautan mengarah ke formulir isian: {link}. Pastikan ini formulir yang dimaksud, bukan lembar jawabannya.",
        ("Buka tautan tanpa masuk akun, lalu periksa isinya.", "Gunakan formulir pada laman resmi."),
    ),
    "M01": Message(
        "Teks alternatif belum ada.",
        ("Mohon tuliskan apa yang terlihat pada gambar, termasuk tulisan yang penting.",),
    ),
    "M01.nama_berkas": Message(
        "Teks alternatif hanya berupa nama berkas: “{alt}”.",
        ("Mohon tuliskan apa yang terlihat pada gambar, termasuk tulisan yang penting.",),
    ),
    "M06.perlu_media": Message(
        "{label} ({account}) tidak dapat memuat teks saja.", ("Tambahkan gambar atau video.", _LEAVE_OUT)
    ),
    "M06.jenis": Message(
        "{label} ({account}) tidak dapat memuat {kind}: {name}.",
        ("Ganti berkas itu dengan jenis yang dapat dimuat.", _LEAVE_OUT),
    ),
    "M06.jumlah": Message(
        "{label} ({account}) memuat paling banyak {limit} {kind}; konten ini berisi {count}.",
        ("Pisahkan menjadi beberapa konten.", "Kurangi jumlah {kind}.", _LEAVE_OUT),
    ),
    "M06.campuran": Message(
        "{label} ({account}) tidak dapat memuat {kinds} dalam satu unggahan.",
        ("Pisahkan menjadi beberapa konten.", _LEAVE_OUT),
    ),
    "M06.ukuran": Message(
        "Ukuran {name} melebihi batas {label} ({account}): {size}, paling besar {limit}.",
        ("Perkecil berkas itu.", _LEAVE_OUT),
    ),
    "M06.format": Message(
        "Format {name} ({mime}) tidak didukung {label} ({account}).",
        ("Simpan ulang berkas itu sebagai {accepted}.", _LEAVE_OUT),
    ),
    "M06.dimensi": Message(
        "Ukuran {name} adalah {size} piksel; {label} ({account}) menerima {limit}.",
        ("Ubah ukuran gambar atau video itu.", _LEAVE_OUT),
    ),
    "M06.rasio": Message(
        "Perbandingan lebar dan tinggi {name} adalah {ratio}; {label} ({account}) menerima {limit}.",
        ("Sesuaikan perbandingan lebar dan tingginya.", _LEAVE_OUT),
    ),
    "M06.rasio_sama": Message(
        "Gambar dalam satu album {label} ({account}) harus berukuran sebanding; {name} berbeda dari gambar pertama.",
        ("Samakan perbandingan lebar dan tinggi semua gambar.", "Pisahkan menjadi beberapa konten.", _LEAVE_OUT),
    ),
    "M06.durasi": Message(
        "Durasi {name} adalah {duration}; {label} ({account}) menerima {limit}.",
        ("Sunting video hingga sesuai batas; platform tidak boleh memotongnya sendiri.", _LEAVE_OUT),
    ),
    "M06.tak_terukur": Message(
        "Durasi atau ukuran {name} tidak terbaca, sehingga batas {label} ({account}) tidak dapat dipastikan.",
        ("Simpan ulang berkas itu, lalu kirim kembali.", _LEAVE_OUT),
    ),
    "M06.teks_alt": Message(
        "Teks alternatif {name} terlalu panjang untuk {label} ({account}): {count} karakter, batas {limit}.",
        ("Ringkas teks alternatifnya.", _LEAVE_OUT),
    ),
    "M06.tagar": Message(
        "{label} ({account}) memuat paling banyak {limit} tagar; konten ini berisi {count}.",
        ("Kurangi tagar.", "Buat versi ringkas untuk {label} (varian.{family}).", _LEAVE_OUT),
    ),
    "B07": Message(
        "Masih ada sisa templat: “{printed}”.",
        ("Lengkapi atau hapus bagian tersebut.",),
    ),
    "X01": Message(
        "Teks melebihi batas {label} ({account}): {length} dari {limit} karakter.",
        ("Buat versi ringkas untuk {label} (varian.{family}).", "Ringkas teksnya.", _LEAVE_OUT),
    ),
    "X01.kosong": Message(
        "Tidak ada teks yang dapat dibaca di {label} ({account}).",
        ("Tuliskan isinya, atau tambahkan gambar.", _LEAVE_OUT),
    ),
    "X01.varian": Message(
        "Teks melebihi batas {label} ({account}): {length} dari {limit} karakter.",
        ("Ringkas varian untuk kanal ini.", _LEAVE_OUT),
    ),
}
