"""Short sentences of the bot that need no template: what it asks, confirms and refuses. Data only."""

from __future__ import annotations

OUTDATED = "Tombol ini sudah tidak berlaku. Silakan buka pesan terbaru."
TROUBLE = "Maaf, terjadi gangguan. Data Bapak/Ibu tetap tersimpan."
TOO_MANY_MESSAGES = (
    "Pesan Bapak/Ibu datang terlalu cepat. {count} pesan tersimpan dan diproses bertahap, paling banyak 30 setiap"
    " menit. Perintah /bekukan tetap dilayani seketika."
)
NOT_KEPT = (
    "Terlalu banyak pesan yang menunggu, sehingga pesan selebihnya tidak disimpan. Mohon kirim kembali setelah yang"
    " tersimpan selesai diproses."
)
TOO_MANY_PRESSES = "Tombol ditekan terlalu sering, sehingga sebagian tidak dilayani. Mohon tekan kembali sebentar lagi."
NO_ROLE = "Maaf, Bapak/Ibu belum memiliki kewenangan untuk tindakan ini."
UNSUPPORTED = (
    "Jenis kiriman ini tidak didukung. Silakan kirim teks, foto, album, video, atau dokumen PDF."
    " Daftar perintah: /bantuan."
)
UNKNOWN_COMMAND = "Perintah itu tidak dikenal. Daftar perintah: /bantuan."
TOO_LARGE = (
    "Berkas “{name}” melebihi 20 MB, batas yang diizinkan Telegram, sehingga belum dapat diambil. Mohon perkecil lalu"
    " kirim kembali, atau serahkan berkasnya kepada admin untuk diajukan dari komputer (folder content/inbox)."
)
EXPIRED = "Berkas “{name}” sudah tidak tersimpan di Telegram, sehingga tidak dapat diambil. Mohon kirim kembali."
NOT_FETCHED = "Berkas “{name}” selalu terputus ketika diambil dari Telegram. Mohon kirim kembali."
NOT_TAKEN = "Jenis berkas pada pesan ini tidak didukung. Mohon kirim foto, video, atau dokumen PDF."
LEFT_OUT = "Konsep tetap disimpan tanpa berkas tersebut. Untuk melengkapinya, tekan “Tambah berkas” pada kartu konsep."
NOTHING_OPEN = "Tidak ada pertanyaan yang sedang menunggu jawaban."
LEFT_QUESTION = "Pertanyaan ditinggalkan. Konsep tidak berubah."
PRESS_FIRST = "Silakan tekan tombol bagian yang ingin diubah pada kartu konsep, lalu kirim isinya."
CHOOSE_OFFICE = "Konten ini untuk satker yang mana?"
TEXT_WANTED = "Mohon jawab dengan teks, atau kirim /batal untuk meninggalkan pertanyaan."
FILE_WANTED = "Mohon kirim berkasnya (foto, album, video, atau PDF), atau kirim /batal untuk meninggalkan pertanyaan."
ANSWER_STAYS = "Jawaban yang sudah dikirim tidak ikut berubah. Silakan tekan kembali tombolnya pada kartu konsep."
PIECE_STAYS = (
    "Teks yang panjang tiba dalam beberapa pesan, sehingga suntingan pada salah satunya tidak ikut berubah."
    " Silakan tekan tombol Isi pada kartu konsep."
)
NO_DRAFTS = "Tidak ada konsep Bapak/Ibu yang masih terbuka."
NONE_WAITING = "Tidak ada konsep yang menunggu persetujuan Bapak/Ibu."
DETAILS_FOLLOW = "Belum dapat dilakukan. Penjelasannya kami kirim sebagai pesan."
STILL_BLOCKED = "Konsep belum dapat diajukan. Mohon perbaiki dahulu temuan bertanda ⛔ pada kartu konsep: {codes}."
TAKES_EFFECT_ANEW = "Setiap perubahan membatalkan pengajuan atau persetujuan sebelumnya dan perlu diajukan kembali."
NONE_TICKED = "Belum ada konten yang dicentang."
PASSED = "Waktu tayang yang direncanakan sudah lewat. Bapak/Ibu dapat menyetujui untuk terbit sekarang."
CHANGED_PICTURES = "Gambar yang berubah pada konten #{post}: kiri sebelum, kanan sesudah."
SURE_TO_CANCEL = "Apakah Bapak/Ibu yakin membatalkan konten ini?"

SURE_NOT_THERE = "Sudah diperiksa di kanal dan belum ada? Bila ternyata sudah ada, akan terbit dua kali."
NOT_FROZEN = "Pembekuan itu sudah tidak berlaku."
HELD = "Pembekuan berlaku, jadi belum ada yang terbit sampai pembekuan dicabut."
NONE_MISSED = "Tidak ada konten yang terlewat."

OTHER_TIME = "Silakan tuliskan waktu yang dimaksud, misalnya: besok jam 9 pagi, atau Senin depan 09.30."
SURE_AT_ONCE = "Apakah yang dimaksud: terbit segera setelah disetujui?"
SURE_NOW = "Apakah yang dimaksud: sekarang juga, {time}?"

ESCAPE = "\n\nUntuk meninggalkan pertanyaan ini, kirim /batal."

QUESTIONS = {
    "title": "Silakan tuliskan judul baru.",
    "body": "Silakan tuliskan isi baru secara lengkap.",
    "variant": "Silakan tuliskan teks khusus untuk {name}. Kirim tanda - untuk kembali ke isi utama.",
    "alt": "Silakan tuliskan teks alternatif untuk gambar {name}: apa yang terlihat, dalam satu atau dua kalimat."
    " Kirim tanda - untuk mengosongkan.",
    "time": "Silakan tuliskan waktu tayang, misalnya: besok jam 9 pagi, Senin depan 09.30, atau 26 November 2026 09.00"
    " {zone}.",
    "source": "Silakan tuliskan sumber, satu per baris. Kirim tanda - untuk mengosongkan.",
    "file": "Silakan kirim berkas yang ingin ditambahkan (foto, album, video, atau PDF).",
    "pin": "Mohon tuliskan PIN Bapak/Ibu. Pesan berisi PIN dihapus dari percakapan.",
    "submit": "Ada hal yang perlu perhatian ({codes}). Mohon tuliskan alasan untuk melanjutkan.",
    "revise": "Mohon tuliskan bagian yang perlu diperbaiki pada “{title}”.",
    "reject": "Mohon tuliskan alasan penolakan “{title}”.",
    "refuse": "Mohon tuliskan alasan tidak mengonfirmasi “{title}”. Yang belum tayang akan dibatalkan.",
    "urgent": "Mohon tuliskan alasan mendesaknya. “{title}” terbit dengan persetujuan Bapak/Ibu saja, lalu"
    " dikonfirmasi oleh pimpinan lain.",
    "ask": "Mohon tuliskan pertanyaan tentang “{title}”.",
    "answer": "Silakan tuliskan jawabannya.",
    "hold": "Mohon tuliskan alasan menunda “{title}”.",
    "release": "Silakan tuliskan waktu tayang yang baru, misalnya: besok jam 9 pagi, Senin depan 09.30, atau"
    " 26 November 2026 09.00 {zone}.",
    "lift": "Mohon tuliskan alasan mengizinkan temuan {code} pada “{title}”. Alasan itu tercatat dan dibaca penyetuju.",
    "seen": "Mohon kirim tautan unggahan di {name}, misalnya {example}. Kirim tanda - bila tautannya tidak dapat"
    " disalin.",
    "freeze": "Mohon tuliskan alasan pembekuan. Penerbitan berhenti segera setelah alasan dikirim.",
    "unfreeze": "Mohon tuliskan alasan mencabut pembekuan. Pencabutan berlaku setelah dikonfirmasi orang kedua.",
}

DONE = {
    "title": "Judul telah diubah.",
    "body": "Isi telah diubah.",
    "variant": "Teks khusus untuk {name} telah diubah.",
    "alt": "Teks alternatif telah disimpan.",
    "time": "Waktu tayang: {time}.",
    "at_once": "Waktu tayang: segera setelah disetujui.",
    "source": "Sumber telah disimpan.",
    "file": "Berkas telah ditambahkan.",
    "submit": "Konsep telah diajukan dan menunggu persetujuan.",
    "revise": "Konsep telah dikembalikan kepada penyusun.",
    "reject": "Konsep telah ditolak.",
    "approve": "Konsep telah disetujui.",
    "approve_partly": "Persetujuan dicatat. Masih menunggu {waits}.",
    "confirm": "Persetujuan mendesak telah dikonfirmasi.",
    "refuse": "Dicatat tidak dikonfirmasi. Yang belum tayang dibatalkan.",
    "urgent": "Konsep disetujui secara mendesak. Pimpinan lain diminta mengonfirmasi.",
    "all": "{count} konten diproses. Hasilnya kami kirim sebagai pesan.",
    "field": "Bagian: {field}. Silakan tuliskan yang perlu diperbaiki.",
    "ask": "Pertanyaan telah disampaikan kepada penyusun.",
    "answer": "Jawaban telah disampaikan.",
    "hold": "Penayangan ditunda.",
    "release": "Penayangan dilanjutkan.",
    "release_at": "Penayangan dilanjutkan: tayang {time}.",
    "cancel": "Konten telah dibatalkan.",
    "unfile": "Semua berkas telah dilepas dari konsep.",
    "retry": "Penayangan yang belum berhasil dicoba lagi.",
    "seen": "Terima kasih. Dicatat sudah terbit; tidak ada yang dikirim ulang.",
    "send_again": "Dicatat belum terbit. Dikirim ulang bila belum terlambat.",
    "now": "Konten yang terlewat ditayangkan sekarang.",
    "later": "Konten dijadwalkan tayang {time}.",
    "frozen": "Penerbitan dibekukan. Semua petugas satker diberi tahu.",
    "unfreeze_asked": "Permintaan dicatat. Pembekuan dicabut setelah dikonfirmasi oleh pimpinan lain.",
    "unfrozen": "Pembekuan dicabut.",
    "mend": "Diperbaiki: {label}.",
    "ask_lift": "Permohonan izin disampaikan kepada {names}.",
    "lift": "Izin dicatat. Penyusun diberi tahu.",
    "edited": "Konsep #{post} telah disesuaikan dengan pesan yang diubah.",
}

BUTTONS = {
    "title": "Judul",
    "kinds": "Jenis",
    "accounts": "Kanal",
    "body": "Isi",
    "variants": "Teks khusus",
    "alts": "Teks alternatif",
    "times": "Waktu",
    "source": "Sumber",
    "file": "Tambah berkas",
    "unfile": "Lepas semua berkas",
    "preview": "Pratinjau",
    "submit": "Ajukan",
    "mending": "Perbaiki temuan",
    "ask_lift": "Mohon izin",
    "withdraw": "Batalkan",
    "cancel": "Ya, batalkan",
    "edit": "Ubah",
    "back": "Kembali",
    "finish": "Selesai",
    "time": "Tulis waktu",
    "at_once": "Segera setelah disetujui",
    "take": "Ya, benar",
    "other": "Tulis waktu lain",
    "approve": "Setujui",
    "revise": "Kembalikan",
    "reject": "Tolak",
    "approve_now": "Setujui, terbitkan sekarang",
    "confirm": "Konfirmasi",
    "refuse": "Tidak dikonfirmasi",
    "urgent": "Setujui mendesak",
    "ask": "Tanya",
    "lift": "Izinkan {code}",
    "keep": "Batal, kembali ke kartu",
    "answer": "Jawab",
    "hold": "Tunda dulu",
    "release": "Lanjutkan",
    "release_now": "Lanjutkan sekarang",
    "release_at": "Pilih waktu baru",
    "fix_title": "Perbaiki judul",
    "fix_body": "Perbaiki isi",
    "fix_source": "Perbaiki sumber",
    "all": "Setujui semua yang dicentang ({count})",
    "retry": "Coba lagi",
    "seen": "Sudah terbit",
    "not_there": "Belum, kirim ulang",
    "send_again": "Ya, belum ada: kirim ulang",
    "now": "Tayangkan sekarang",
    "later": "Pilih waktu baru",
    "ask_unfreeze": "Minta pencabutan",
    "confirm_unfreeze": "Konfirmasi pencabutan",
}

# What "Kembalikan" may point at: the button for the leader, and below what the author's card opens at.
FIELDS = {"isi": "Isi", "judul": "Judul", "media": "Media", "waktu": "Waktu", "kanal": "Kanal", "sumber": "Sumber"}
OPENS_AT = {
    "isi": "fix_body",
    "judul": "fix_title",
    "media": "fix_media",
    "waktu": "times",
    "kanal": "accounts",
    "sumber": "fix_source",
}

MENUS = {
    "fix_body": "Pimpinan meminta perbaikan pada isi.",
    "fix_title": "Pimpinan meminta perbaikan pada judul.",
    "fix_media": "Pimpinan meminta perbaikan pada berkas.",
    "fix_source": "Pimpinan meminta perbaikan pada sumber.",
    "main": "",
    "edit": TAKES_EFFECT_ANEW,
    "mending": "Silakan pilih perbaikannya. Yang ditandai diganti dengan tulisan pada tombol.",
    "kinds": "Silakan pilih jenis konten.",
    "accounts": "Silakan pilih kanal. Tanda ✓ berarti ikut tayang.",
    "variants": "Silakan pilih kanal yang memerlukan teks khusus.",
    "alts": "Silakan pilih gambar.",
    "times": "Silakan pilih waktu tayang.",
    "withdraw": SURE_TO_CANCEL,
}

COMMANDS = (
    ("mulai", "Memulai dan melihat yang dapat dilakukan"),
    ("konsep", "Konsep saya yang masih terbuka"),
    ("persetujuan", "Yang menunggu persetujuan saya"),
    ("terlewat", "Yang terlewat dan menunggu keputusan"),
    ("status", "Yang perlu perhatian sekarang"),
    ("bekukan", "Menghentikan semua penerbitan"),
    ("cairkan", "Mencabut pembekuan (dua orang)"),
    ("pin", "Menetapkan atau mengganti PIN"),
    ("undang", "Mengundang petugas (untuk admin)"),
    ("batal", "Meninggalkan pertanyaan yang sedang terbuka"),
    ("bantuan", "Bantuan"),
)
