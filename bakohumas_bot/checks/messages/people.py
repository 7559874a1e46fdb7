"""What the rules of `checks/people.py` say. No sentence repeats what should not be public."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "P03": Message(
        "Nomor telepon seluler ini tidak tercantum pada daftar kontak resmi kantor. Nomor pribadi tidak untuk umum.",
        (
            "Ganti dengan telepon kantor, nomor layanan, atau pos-el dinas.",
            "Bila ini nomor resmi kantor, mintalah pengelola mencantumkannya dalam rules/contacts.toml.",
        ),
    ),
    "P03.berkas": Message(
        "Pada berkas ini terbaca nomor telepon seluler yang tidak tercantum pada daftar kontak resmi kantor.",
        (
            "Ganti nomor pada gambar dengan telepon kantor atau pos-el dinas.",
            "Bila ini nomor resmi kantor, mintalah pengelola mencantumkannya dalam rules/contacts.toml.",
        ),
    ),
    "P04": Message(
        "Alamat pos-el ini tampaknya milik pribadi: {mail}",
        (
            "Gunakan pos-el dinas.",
            "Bila ini pos-el resmi kantor, mintalah pengelola mencantumkannya dalam rules/contacts.toml.",
        ),
    ),
    "P04.kantor": Message(
        "Pos-el kantor ini memakai layanan gratis dan belum tercantum pada daftar kontak resmi: {mail}",
        (
            "Gunakan pos-el dinas kpu.go.id bila ada.",
            "Bila memang dipakai kantor, mintalah pengelola mencantumkannya dalam rules/contacts.toml.",
        ),
    ),
    "P05": Message(
        "Alamat rumah seseorang tampaknya ikut tertulis. Alamat rumah tidak untuk umum.",
        (
            "Sebut desa atau kecamatannya saja.",
            "Bila ini alamat kantor atau tempat umum, sebut nama tempatnya sebelum alamat.",
        ),
    ),
    "P06": Message(
        "Tanggal lahir seseorang ikut tertulis.",
        (
            "Hapus tempat dan tanggal lahir, atau sebut umurnya saja.",
            "Bila wajib diumumkan, tulis dasarnya sebagai alasan.",
        ),
    ),
    "P06.nip": Message(
        "NIP pegawai ikut tertulis. NIP memuat tanggal lahir.",
        (
            "Hapus NIP; nama dan jabatan sudah cukup.",
            "Bila naskah dinas memang memuatnya, tulis dasarnya sebagai alasan.",
        ),
    ),
    "P06.rekening": Message(
        "Nomor rekening ikut tertulis. Rekening seseorang tidak untuk umum.",
        (
            "Hapus nomor rekening tersebut.",
            "Bila ini rekening resmi, sebut nama lembaga pemiliknya di dekat nomor.",
        ),
    ),
    "P07": Message(
        "Keterangan {what} terhubung dengan nama seseorang. Ini data pribadi yang bersifat spesifik.",
        (
            "Hapus keterangan itu, atau jangan sebut namanya.",
            "Bila yang bersangkutan menyetujui, tulis bahwa keterangan dimuat atas izin yang bersangkutan.",
        ),
    ),
    "P09": Message(
        "Daftar {count} nama ini disertai data pribadi seperti NIK, telepon, pos-el, alamat, atau tanggal lahir.",
        (
            "Sisakan nama dan nomor pendaftarannya saja.",
            "Bila suatu kolom wajib diumumkan, tulis dasarnya sebagai alasan.",
        ),
    ),
    "P09.nama": Message(
        "Naskah memuat {count} nama. Pastikan setiap nama memang perlu diumumkan.",
        ("Ringkas menjadi jumlah orang atau nama lembaganya.", "Biarkan bila pengumuman nama memang kewajiban."),
    ),
    "P09.nilai": Message(
        "Daftar ini memuat nilai atau ketidaklulusan {count} orang yang disebut namanya.",
        (
            "Umumkan nama atau nomor pendaftaran peserta yang lulus saja.",
            "Biarkan bila nilai memang wajib diumumkan, dan tulis dasarnya sebagai sumber.",
        ),
    ),
    "P09.pejabat": Message(
        "Naskah mendaftar {count} orang yang ditemui beserta jabatannya. Nama mereka jarang diperlukan pembaca.",
        ("Sebutkan instansinya saja.", "Biarkan bila para pejabat itu setuju namanya dimuat."),
    ),
    "P10": Message(
        "Naskah menyebut {who} dan memakai foto atau video. Anak yang dikenali memerlukan persetujuan orang tua.",
        (
            "Tulis bahwa foto dimuat dengan persetujuan sekolah atau orang tua.",
            "Gunakan foto dari belakang, atau samarkan wajah anak dan sebutkan pada teks alternatif.",
        ),
    ),
}
