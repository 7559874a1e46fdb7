"""What the rules of `checks/hoaxes.py` say."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "H04": Message(
        "Naskah ini menyerupai pesan berantai: {signs}.",
        (
            "Sebutkan tanggal dan sumber resminya, lalu ganti ajakan menyebarkan dengan ajakan memeriksa laman resmi.",
            "Bila naskah ini menjelaskan ciri hoaks, katakan itu pada kalimat pertama.",
        ),
    ),
    "H05": Message(
        "Keterangan tentang {topic} sering keliru. Mohon sebutkan sumbernya.",
        (
            "Isi kolom sumber dengan peraturan atau keputusan yang mendasarinya.",
            "Cocokkan dahulu dengan peraturan terbaru.",
        ),
    ),
    "H06": Message(
        "Klarifikasi ini belum lengkap. Yang belum ada: {missing}.",
        (
            "Susun menjadi KLAIM (yang beredar), FAKTA (yang benar), dan STATUS (misalnya hoaks).",
            "Isi kolom sumber dengan rujukan resmi yang mendukung faktanya.",
        ),
    ),
    "H06.tautan": Message(
        "Bagian klaim memuat tautan aktif ke konten yang dibantah, sehingga ikut menyebarkannya.",
        ("Hapus tautan itu.", "Tampilkan tangkapan layar yang sudah diberi cap HOAKS."),
    ),
    "H06.cap": Message(
        "Gambar ini belum tampak diberi cap seperti HOAKS atau SALAH.",
        (
            "Bubuhkan cap yang jelas pada gambar agar tidak disalahgunakan.",
            "Biarkan bila gambar ini tidak memuat klaimnya.",
        ),
    ),
    "H07": Message(
        "Angka {figure} juga ada pada publikasi satker sendiri: #{post} {title} ({url}). Periksa dahulu.",
        (
            "Buka publikasi itu dan cocokkan angkanya.",
            "Setelah diperiksa, cantumkan #{post} atau alamatnya pada kolom sumber.",
        ),
    ),
}
