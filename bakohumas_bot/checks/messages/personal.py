"""What the rules of `checks/personal.py` say. No sentence repeats a number."""

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
    "P01.disebut": Message(
        "Enam belas angka ini disebut sebagai NIK, walaupun susunannya tidak lazim. NIK tidak boleh tampil ke publik.",
        (
            "Hapus nomor tersebut, atau samarkan sebagian angkanya.",
            "Bila hanya contoh, gunakan 1234567890123456.",
        ),
    ),
    "P02": Message(
        "Ditemukan data pribadi: enam belas angka yang disebut sebagai nomor kartu keluarga. Mohon dihapus.",
        ("Hapus nomor tersebut dari naskah.", "Cukup sebut Kartu Keluarga tanpa nomornya."),
    ),
    "P08": Message(
        "Pada berkas ini terbaca NIK. Gambar atau dokumen yang memuat NIK tidak boleh tampil ke publik.",
        (
            "Tutup atau hapus NIK pada berkas aslinya, lalu unggah kembali.",
            "Gunakan berkas lain yang tidak memuat data pribadi.",
        ),
    ),
    "P08.dokumen": Message(
        "Berkas ini tampaknya memperlihatkan {paper} milik seseorang.",
        (
            "Tutup nama, nomor, dan data lain yang bukan untuk umum, lalu unggah kembali.",
            "Bila hanya spesimen, bubuhkan tulisan SPESIMEN pada gambar.",
        ),
    ),
    "P08.surat_suara": Message(
        "Berkas ini tampaknya memperlihatkan surat suara dengan nama calon, tanpa tulisan CONTOH atau SPESIMEN.",
        (
            "Gunakan spesimen tanpa nama dan gambar calon.",
            "Bila ini spesimen resmi yang memuat semua calon, jelaskan sumbernya sebagai alasan.",
        ),
    ),
    "P11": Message(
        "Berkas asli membawa keterangan tersembunyi: {what}. Keterangan ini dihapus dari salinan yang tayang.",
        (
            "Tidak perlu tindakan untuk salinan yang tayang.",
            "Sebelum membagikan berkas aslinya di tempat lain, hapus dahulu keterangan itu.",
        ),
    ),
}
