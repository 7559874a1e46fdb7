"""What N01 to N07 and N10 say of neutrality."""

from __future__ import annotations

from bakohumas_bot.checks.messages.message import Message

MESSAGES: dict[str, Message] = {
    "N01": Message(
        "Kalimat “{printed}” mengajak memilih atau menolak peserta tertentu. KPU wajib netral.",
        ("Hapus ajakan itu, atau ganti dengan ajakan menggunakan hak pilih tanpa menyebut peserta.",),
    ),
    "N01.dikutip": Message(
        "Kalimat “{printed}” adalah ajakan memilih yang dikutip.",
        ("Pastikan jelas bahwa kalimat itu kutipan, dan sebutkan bahwa KPU tidak mengeluarkannya.",),
    ),
    "N02": Message(
        "Teks menyebut peserta: {names}. Konten ini juga perlu disetujui pembina.",
        (
            "Pastikan penyebutan itu perlu dan semua peserta diperlakukan setara.",
            "Bila tidak perlu, hapus nama atau nomornya.",
        ),
    ),
    "N03": Message(
        "Baru {shown} peserta yang ditampilkan. Belum ada: {missing}.",
        ("Lengkapi semua peserta menurut nomor urut, atau hapus semuanya.",),
    ),
    "N03.kanal": Message(
        "Pada kanal {account} baru {shown} peserta yang ditampilkan. Belum ada: {missing}.",
        ("Lengkapi semua peserta pada kanal ini, atau keluarkan kanal {account} dari konten ini.",),
    ),
    "N03.urutan": Message(
        "Nomor urut {number} ditulis setelah nomor urut {before}. Peserta ditulis menurut nomor urut.",
        ("Susun ulang daftar menurut nomor urut.",),
    ),
    "N04": Message(
        "Kata “{word}” menilai {name}. Terdapat bagian yang berpotensi tidak netral.",
        ("Hapus kata penilaian itu dan tuliskan faktanya saja.",),
    ),
    "N04.putusan": Message(
        "Kata “{word}” menilai {name} dan tampaknya berasal dari putusan atau laporan.",
        ("Pastikan kata itu kutipan putusan, dan sebutkan nomor putusannya.",),
    ),
    "N05": Message(
        "Bagian “{printed}” dapat menunjukkan atribut, slogan, atau simbol peserta.",
        ("Hapus bagian itu, atau ganti gambarnya dengan yang tidak memuat atribut peserta.",),
    ),
    "N06": Message(
        "Foto ini diambil {days} hari sebelum tayang. Foto lama dapat menampilkan pose atau orang yang kini peka.",
        ("Beri label “dok.” dan tahunnya pada keterangan foto.", "Ganti dengan foto kegiatan yang baru."),
    ),
    "N06.tanpa_tanggal": Message(
        "Tanggal pengambilan foto ini tidak diketahui.",
        ("Pastikan foto ini baru; bila lama, beri label “dok.” dan tahunnya.",),
    ),
    "N07": Message(
        "Sebutan “{printed}” mengacu pada pejabat yang sedang menjadi calon.",
        (
            "Sebut jabatannya saja bila memang perlu, tanpa nama dan foto.",
            "Hapus bagian itu bila tidak perlu.",
        ),
    ),
    "N10": Message(
        "{printed} tampaknya akun peserta. Menandainya dapat dianggap berpihak.",
        ("Hapus tanda akun itu.",),
    ),
    "N10.tagar": Message(
        "{printed} tampaknya tagar kampanye.",
        ("Hapus tagar itu, atau ganti dengan tagar KPU.",),
    ),
}
