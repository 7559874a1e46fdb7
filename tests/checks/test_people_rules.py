"""P03 to P07, P09, P10: what belongs to a person. Every name, number and address is invented."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.people import P03, P04, P05, P06, P07, P09, P10
from bakohumas_bot.checks.rulebook import Rule
from bakohumas_bot.domain.contacts import Contacts
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Seen
from sample_post import checkup, found, media

KNOWN = Knowledge(
    contacts=Contacts(phones=frozenset({"081100001111"}), mails=frozenset({"kpucontohselatan@gmail.com"}))
)


def severities(rule: Rule, body: str, **facts: object) -> list[str]:
    return [str(finding.severity) for finding in rule.check(checkup(body, knowledge=KNOWN, **facts))]  # type: ignore[arg-type]


PHONES = [
    "Informasi lebih lanjut hubungi Budi di 081234567890.",
    "Narahubung: Rina Wati (0812-3456-7890)",
    "Pendaftaran melalui WA 0812 3456 7890 paling lambat Jumat.",
    "CP: +62 812-3456-7890 a.n. Dewi",
    "Konfirmasi kehadiran ke 62 81234567890.",
    "Kirim berkas ke +6281234567890, terima kasih.",
    "Daftar lewat wa.me/6281234567890 sebelum pukul 16.00 WITA.",
    "Hubungi https://api.whatsapp.com/send?phone=6285212345678 untuk bertanya.",
    "Kontak: (0852) 1234 5678",
    "Nomor Pak Joko 0 8 1 2 3 4 5 6 7 8 9 0",
    "HP 0813.4567.8901",
    "Telp/WA: 08 12 34 56 78 90",
    "Bisa lewat WA: 812-3456-7890 ya.",
    "Sdri. Siti Aminah\n0822–1234–5678",
    "Untuk peminjaman aula, hubungi Kasubbag Umum Bapak Ahmad pada 085712345678 di jam kerja.",
    "Laporkan kepada petugas kami, Andi 0895-1234-56789.",
    "Nomornya nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol.",
    "Layanan informasi: Budi Santoso 081234567890",
    "**Narahubung:** Rini **0812-3456-7890**",
    "Helpdesk Bu Rina Sari, 0812-3456-7890",
]
NO_PHONES = [
    "Telepon kantor (0541) 123456.",
    "Hubungi kami di 0541-7654321 pada jam kerja.",
    "Hubungi WhatsApp kami di 0811-0000-1111.",
    "WA: +62 811-0000-1111",
    "Layanan 1500123 siap membantu.",
    "Call center KPU 1500-456.",
    "Hotline KPU Kabupaten Contoh Selatan: 0812-3456-7890",
    "WhatsApp Center 0812 3456 7890 melayani pertanyaan pemilih.",
    "Narahubung kantor: 0812-3456-7890",
    "Nomor resmi KPU hanya 0812-3456-7890.",
    "Laporkan ke layanan pengaduan 0812-3456-7890.",
    "TPS dibuka pukul 08.00–13.00 WITA.",
    "Senin–Kamis 08.15-10.30 11.00-16.00 WITA",
    "Pukul 08.30–16.00 26 November 2026",
    "Jumlah pemilih 812.345 orang, naik dari 801.234.",
    "Nomor 0812/HM.03.2/2026 tanggal 8 Desember 2026",
    "NIP 198108122005011001",
    "Nomor registrasi 081234567890 dapat dilihat pada laman.",
    "Nomor 0812-XXXX-XXXX disamarkan.",
    "https://kab-contohselatan.kpu.go.id/berita?id=081234567890",
    "Surat suara bernomor seri 0812345678 telah dicek.",
    "Anggaran Rp 8.123.456.789 terserap 85,12 persen.",
    "SMS ke 8123 untuk informasi.",
    "Ketinggian 0.8123456789 km.",
    "Daftarkan diri sebelum 08-12-2026 16.00 WITA.",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_private_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert severities(P03, text) == ["blok"]


@pytest.mark.parametrize("text", NO_PHONES)
def test_office_numbers_and_other_figures_are_left_alone(text: str) -> None:
    assert severities(P03, text) == []


def test_a_leader_may_let_a_number_through_and_it_is_marked_exactly() -> None:
    text = "Narahubung: Rina (0812-3456-7890)."
    (finding,) = P03.check(checkup(text))
    assert finding.override is Override.CHAIR
    assert text[finding.start : finding.end] == "0812-3456-7890"
    assert "0812" not in finding.message


def test_two_numbers_side_by_side_are_two_findings() -> None:
    assert severities(P03, "Hubungi Budi 081234567890 / Ani 082345678901") == ["blok", "blok"]


def test_the_number_of_a_swindler_may_be_shown_in_a_clarification() -> None:
    claim = "KLAIM\nBeredar pesan dari 0812-3456-7890 yang meminta uang.\n\nFAKTA\nKPU tidak memungut biaya."
    assert severities(P03, claim, kind=Kind.KLARIFIKASI_HOAKS) == []


def test_a_number_read_on_a_poster_is_a_warning() -> None:
    assert severities(P03, "Isi.", attached=(media(),), seen={"rakor.jpg": Seen(text="CP Budi 0812-3456-7890")}) == [
        "peringatan"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kirim lamaran ke budi.santoso@gmail.com.", ["peringatan"]),
        ("Pos-el: rina_wati88@yahoo.co.id", ["peringatan"]),
        ("Hubungi **andi@hotmail.com** sebelum Jumat.", ["peringatan"]),
        ("Kirim ke dewi.contoh@outlook.com dan joko@icloud.com", ["peringatan", "peringatan"]),
        ("Kontak: budi [at] gmail [dot] com", ["peringatan"]),
        ("Surel Siti Aminah: siti.aminah@ymail.com", ["peringatan"]),
        ("Kirim ke kpu.contohutara@gmail.com.", ["saran"]),
        ("Pos-el PPID: ppid.contoh@yahoo.com", ["saran"]),
        ("Kirim ke kpucontohselatan@gmail.com.", []),
        ("Kirim ke KPUContohSelatan@Gmail.com.", []),
        ("Kirim ke humas@kab-contohselatan.kpu.go.id.", []),
        ("Tulis ke budi@contoh.ac.id.", []),
        ("Gunakan akun Gmail untuk mendaftar SIAKBA.", []),
        ("Ikuti @gmail.kpu di media sosial.", []),
        ("Unduh di https://mail.kpu.go.id.", []),
        ("budi@gmail.contoh.go.id", []),
    ],
)
def test_a_private_mailbox_is_a_warning_and_the_offices_own_a_hint(text: str, expected: list[str]) -> None:
    assert severities(P04, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coklit dilakukan di rumah Bapak Ahmad Fauzi, Jl. Mawar No. 12, Contoh Baru.", ["blok"]),
        ("Ibu Siti Aminah tinggal di RT 03/RW 05 Desa Contoh Makmur.", ["blok"]),
        ("Kediaman H. Rahmat Hidayat di Jalan Melati Nomor 7 didatangi pantarlih.", ["blok"]),
        ("Nama: Budi Santoso\nAlamat: Jl. Kenanga No. 5 RT 002/RW 001", ["blok"]),
        ("Pemilih atas nama Rina Wati beralamat di RT. 04 RW. 02 telah dicoklit.", ["blok"]),
        ("Budi Santoso, warga RT 01/RW 02 Dusun Contoh, terpilih sebagai pantarlih.", ["blok"]),
        ("Sdr. Joko Susilo berdomisili di Perumahan Contoh Indah Blok C12.", ["blok"]),
        ("Budi Santoso, Jl. Mawar No. 5, menerima piagam.", ["peringatan"]),
        ("Pantarlih mendatangi kediaman Dewi Contoh (Jl. Anggrek No. 3).", ["blok"]),
        ("Alamat rumah Sdri. Ani Lestari: Gang Damai No. 9", ["blok"]),
        ("Rapat digelar di Kantor KPU, Jl. Ahmad Yani No. 12, Contoh Baru.", []),
        ("Kantor kami beralamat di Jl. Jenderal Sudirman No. 5.", []),
        ("TPS 05 berada di RT 03/RW 02 Kelurahan Contoh.", []),
        ("TPS 07 di rumah Bapak Ahmad, RT 02/RW 05.", []),
        ("Warga RT 03/RW 05 mengikuti sosialisasi.", []),
        ("Ketua RT 03 Bapak Joko hadir.", []),
        ("Kegiatan di Hotel Contoh, Jl. Diponegoro No. 8, dibuka Budi Santoso.", []),
        ("Budi Santoso membuka rapat di Aula Kecamatan, Jalan Merdeka No. 1.", []),
        ("Jl. Ahmad Yani No. 5 ditutup sementara.", []),
        ("Posko pengaduan ada di Jl. Melati No. 2.", []),
        ("Alamat: Jl. Pahlawan No. 10, Contoh Baru. Telepon (0541) 123456.", []),
        ("Sekretariat PPK Contoh Baru, Jl. Kartini No. 4, menerima berkas.", []),
        ("Pantarlih mencoklit 120 rumah di RT 01 sampai RT 05.", []),
        ("KPU Kabupaten Contoh Selatan pindah ke Jl. Veteran No. 3.", []),
        ("Kunjungan ke rumah dinas Bupati, Jl. Contoh No. 1, oleh Ketua KPU Budi Santoso.", []),
    ],
)
def test_a_home_address_takes_a_person(text: str, expected: list[str]) -> None:
    assert severities(P05, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Budi Santoso lahir di Samarinda, 12 Mei 1990.", ["peringatan"]),
        ("Tempat, tanggal lahir: Contoh Baru, 3 Januari 1985", ["peringatan"]),
        ("TTL: Sambas, 05-08-1992", ["peringatan"]),
        ("Tanggal lahir : 17/08/1999", ["peringatan"]),
        ("Perempuan kelahiran Pontianak, 21 April 1988, itu kini menjadi anggota KPU.", ["peringatan"]),
        ("Ia dilahirkan di Kutai pada 9 Oktober 1979.", ["peringatan"]),
        ("Pria yang lahir pada tanggal 2 Februari 1980 ini dilantik sebagai sekretaris.", ["peringatan"]),
        ("Dewi Contoh, S.H.\nNIP. 19800101 200501 2 001", ["peringatan"]),
        ("Sekretaris, NIP 198001012005011001", ["peringatan"]),
        ("Donasi melalui BRI 1234-01-012345-53-1 a.n. Budi Santoso", ["blok"]),
        ("Transfer ke rekening 1234567890 atas nama Rina Wati.", ["blok"]),
        ("No. Rek. BCA 123 456 7890 (Joko)", ["blok"]),
        ("Honor ditransfer ke Bank Contoh Kaltim nomor 0011223344.", ["blok"]),
        ("Bung Karno lahir di Surabaya, 6 Juni 1901.", []),
        ("R.A. Kartini lahir di Jepara pada 21 April 1879.", []),
        ("Selamat Hari Lahir Pancasila, 1 Juni 2026.", []),
        ("Pemilih yang lahir pada 14 Februari 2009 genap berusia 17 tahun.", []),
        ("WNI yang lahir sebelum 28 November 2007 berhak memilih.", []),
        ("Tempat, tanggal lahir: ....................", []),
        ("Isi nama, NIK, dan tanggal lahir pada laman cekdptonline.kpu.go.id.", []),
        ("Selamat ulang tahun ke-45 Bapak Budi Santoso.", []),
        ("Kelahiran bayi dicatat oleh Dinas Dukcapil.", []),
        ("KPU lahir dari semangat reformasi 1999.", []),
        ("Rekening kas negara 1234567890 atas nama Bendahara Penerimaan KPU.", []),
        ("Peserta wajib membuka rekening khusus dana kampanye (RKDK).", []),
        ("Rekening BRI 0123-01-000456-30-7 a.n. KPU Kabupaten Contoh Selatan", []),
        ("Nomor 19800101/2005 tanggal 1 Januari 2005", []),
        ("Mandiri dalam bekerja, 12 anggota hadir pada 26 November 2026.", []),
        ("Anggaran BRI Peduli sebesar Rp250.000.000.", []),
    ],
)
def test_birthdays_service_numbers_and_accounts(text: str, expected: list[str]) -> None:
    assert severities(P06, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anggota KPPS Budi Santoso mengidap diabetes sejak lama.", ["blok"]),
        ("Bapak Ahmad Fauzi didiagnosis kanker paru.", ["blok"]),
        ("Ketua PPS, Ibu Siti Aminah, sedang dirawat di RSUD Contoh.", ["blok"]),
        ("Sdr. Joko Susilo meninggal dunia karena serangan jantung.", ["blok"]),
        ("Dewi Contoh (45) dinyatakan positif Covid-19.", ["blok"]),
        ("Rina Wati, penyandang disabilitas netra, memberikan suara.", ["blok"]),
        ("Pemilih tunanetra bernama Andi Saputra didampingi keluarga.", ["blok"]),
        ("Penyandang disabilitas rungu, Ani Lestari, mengikuti simulasi.", ["blok"]),
        ("Budi Santoso beragama Kristen dan tinggal di Contoh Baru.", ["blok"]),
        ("Sdri. Maria Contoh pindah agama tahun lalu.", ["blok"]),
        ("Joko Susilo adalah mantan narapidana kasus korupsi.", ["blok"]),
        ("Mantan terpidana korupsi, Andi Saputra, hadir.", ["blok"]),
        ("Rahmat Hidayat ditetapkan sebagai tersangka.", ["peringatan"]),
        ("Budi Santoso terlilit utang sejak tahun lalu.", ["blok"]),
        ("Bapak Budi menerima gaji sebesar Rp5.000.000 per bulan.", ["blok"]),
        ("Nama: Budi Santoso\nAgama: Islam\nJabatan: Anggota", ["peringatan"]),
        ("KPU menyiapkan TPS ramah bagi penyandang disabilitas.", []),
        ("Sebanyak 1.245 pemilih penyandang disabilitas terdaftar dalam DPT.", []),
        ("Ketua KPU Budi Santoso menyampaikan bahwa penyandang disabilitas berhak memilih.", []),
        ("Ketua Perkumpulan Penyandang Disabilitas, Andi Saputra, menyambut baik.", []),
        ("Sosialisasi dihadiri tokoh agama Islam, Kristen, dan Hindu.", []),
        ("Ketua MUI H. Ahmad Fauzi memimpin doa.", []),
        ("Pasangan calon menjalani pemeriksaan kesehatan di RSUD Contoh.", []),
        ("Turut berduka cita atas berpulangnya Bapak Ahmad Fauzi.", []),
        ("Semoga Bapak Budi lekas sembuh.", []),
        ("Mantan terpidana dapat mencalonkan diri sesuai putusan MK.", []),
        ("Sebanyak 12 petugas KPPS dirawat di rumah sakit.", []),
        ("Hari Disabilitas Internasional diperingati setiap 3 Desember.", []),
        ("Partai menderita kerugian, kata Budi Santoso.", []),
        ("Ibu hamil dan lansia didahulukan di TPS.", []),
        (
            "Rina Wati, penyandang disabilitas netra, memberikan suara. Keterangan dimuat atas izin yang bersangkutan.",
            [],
        ),
        ("Laporan harta kekayaan calon diumumkan melalui LHKPN.", []),
        ("Kepala Rumah Sakit Jantung Contoh, dr. Rahmat Hidayat, hadir.", []),
        ("Budi Santoso mengajak warga menjaga kesehatan jiwa dan raga.", []),
        ("Agama: ..........", []),
    ],
)
def test_what_is_specific_takes_a_named_person(text: str, expected: list[str]) -> None:
    assert severities(P07, text) == expected


ROWS = ["Budi Santoso", "Rina Wati", "Joko Susilo", "Ani Lestari", "Andi Saputra", "Siti Aminah", "Rahmat Hidayat"]
ROWS += ["Dewi Contoh", "Ahmad Fauzi", "Maria Contoh", "Hasan Basri"]


def listed(*beside: str) -> str:
    return "\n".join(f"{n}. {name}{beside[n % len(beside)]}" for n, name in enumerate(ROWS, 1))


@pytest.mark.parametrize(
    "beside",
    [
        (" | 081234567890",),
        (", 6469014101900001",),
        (" – budi@gmail.com",),
        (" (lahir 12-05-1990)",),
        (", RT 03 Desa Contoh",),
        (" / 12 Mei 1990",),
        ("", " 0812-3456-7890"),
    ],
)
def test_names_with_private_data_beside_them_are_a_warning(beside: tuple[str, ...]) -> None:
    assert severities(P09, "Hasil seleksi PPS:\n" + listed(*beside), kind=Kind.PENGUMUMAN) == ["peringatan"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Daftar peserta rapat:\n" + listed(""), Kind.BERITA, ["saran"]),
        ("Daftar hadir bimtek\n" + listed(" – PPK Contoh"), Kind.BERITA, ["saran"]),
        ("Daftar nama PPS terpilih:\n" + listed(""), Kind.PENGUMUMAN, []),
        ("Nama peserta yang lulus:\n" + listed(""), Kind.BERITA, []),
        ("Nama peserta yang lulus:\n" + listed(" | 64********0001"), Kind.PENGUMUMAN, []),
        ("Tim kami:\n1. Budi Santoso\n2. Rina Wati\n3. Joko Susilo", Kind.BERITA, []),
        ("Kecamatan:\n" + "\n".join(f"{n}. Kecamatan Contoh {n}" for n in range(1, 15)), Kind.BERITA, []),
        ("Agenda:\n1. Pembukaan pukul 08.00\n2. Sambutan Ketua\n3. Materi\n4. Penutup", Kind.BERITA, []),
    ],
)
def test_names_alone_are_a_hint_or_nothing(text: str, kind: Kind, expected: list[str]) -> None:
    assert severities(P09, text, kind=kind) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Nilai:\nNo | Nama | Nilai\n1 | Ani Lestari | 87\n2 | Budi | 64\n3 | Rina Wati | 59", "", ["saran"]),
        ("Rekap nilai tes wawancara:\n1. Ani Lestari : 80\n2. Budi Santoso : 75,5\n3. Rina Wati : 60", "", ["saran"]),
        ("Hasil seleksi:\n1. Ani – Tidak lulus\n2. Budi – TMS\n3. Rina – gugur", "pengumuman", ["saran"]),
        ("Tim diterima oleh:\n1. Gunawan – Camat\n2. Handi – Lurah\n3. Vika – Kasi Pemerintahan", "", ["saran"]),
        ("Hadir: 1. Bapak Suryadi (Dukcapil), 2. Ibu Ratna (Kesbangpol), 3. Bapak Togar (Polres).", "", ["saran"]),
        ("Narasumber: 1. Bapak Suryadi (Bawaslu), 2. Ibu Ratna (Polres), 3. Bapak Togar (Jaksa).", "", []),
        ("Tahapan seleksi:\n1. Administrasi: 10\n2. Wawancara: 20\n3. Tertulis: 30", "pengumuman", []),
        ("Seleksi\nKecamatan | L | P\n1 | Umpama Hulu | 12 | 13\n2 | Umpama Hilir | 9 | 1\n3 | Contoh | 7 | 8", "", []),
        ("Skor cerdas cermat seleksi kabupaten:\n1. SMA Contoh – 320\n2. SMK Umpama – 300\n3. MAN Misal – 280", "", []),
    ],
)
def test_marks_and_officials_beside_names_are_a_hint(text: str, kind: str, expected: list[str]) -> None:
    assert severities(P09, text, kind=Kind(kind or "berita")) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pak Karno, warga RT 04, yang menderita gangguan jiwa rutin berobat.", True),
        ("Ibu Rukmini yang sudah dua tahun lumpuh akibat stroke memilih di rumah.", True),
        ("Mbak Yuli, warga Desa Umpama, sudah tiga bulan menderita kanker.", True),
        ("Suaminya, Darto, mengidap TBC sehingga tidak dapat ke TPS.", True),
        ("Pelamar atas nama Rendi gugur karena terbukti pernah dipenjara.", True),
        ("Peserta atas nama Lestari gugur karena hasil tes kesehatan menunjukkan positif HIV.", True),
        ("Ibu Rina Teladan selama tiga tahun mendampingi penyandang disabilitas netra.", False),
        ("Bapak Hendra, ketua forum, menyerahkan kursi roda kepada penyandang disabilitas.", False),
        ("Mas Budi adalah calon petugas yang tidak pernah dipidana penjara.", False),
        ("Jaringan listrik lumpuh saat Bapak Camat membuka rapat.", False),
        ("Ibu Ketua KPU yang juga dokter menjelaskan bahaya stroke bagi petugas.", False),
    ],
)
def test_a_single_name_with_words_between_is_still_a_person(text: str, told: bool) -> None:
    assert bool(severities(P07, text)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pemilih tertua, Nenek Ijah, lahir di Umpama, 2 Februari 1925.", True),
        ("Dalam dokumen tertulis Tempat/Tanggal Lahir: Contoh Baru, 21 Maret 1921.", True),
        ("Mohammad Hatta lahir di Bukittinggi, 12 Agustus 1902.", False),
        ("Pemilih yang lahir sebelum 27 November 2007 dapat memilih.", False),
    ],
)
def test_the_oldest_voter_is_no_figure_of_history(text: str, told: bool) -> None:
    assert bool(severities(P06, text)) is told


PHOTO = media("foto.jpg", alt="Peserta duduk di aula sekolah.")


@pytest.mark.parametrize(
    "text",
    [
        "KPU menyapa ratusan siswa SMAN 1 Contoh Baru dalam kelas demokrasi.",
        "Sosialisasi diikuti pelajar dari lima sekolah.",
        "Pemilihan ketua OSIS SMPN 2 berlangsung tertib.",
        "Anak-anak panti asuhan menerima bingkisan dari KPU.",
        "Kunjungan murid TK Pertiwi ke kantor KPU.",
        "Para santri mengikuti simulasi pemungutan suara.",
        "Siswa-siswi antusias bertanya tentang pemilu.",
        "Peserta didik kelas XII mengikuti pendidikan pemilih.",
    ],
)
def test_pupils_in_a_picture_need_their_parents_or_the_school(text: str) -> None:
    assert severities(P10, text, attached=(PHOTO,)) == ["peringatan"]


@pytest.mark.parametrize(
    "text",
    [
        "Foto dimuat dengan persetujuan sekolah. KPU menyapa ratusan siswa SMAN 1.",
        "Siswa SMAN 1 mengikuti kelas demokrasi (wajah disamarkan).",
        "KPU menyapa mahasiswa Universitas Contoh.",
        "Selamat Hari Anak Nasional.",
        "Rapat bersama guru dan kepala sekolah.",
        "KPU menjamin hak anak-anak untuk tidak dilibatkan dalam kampanye.",
        "Pemilih pemula diajak mengecek data.",
        "Perusahaan dan anak perusahaannya ikut mendukung.",
    ],
)
def test_consent_hidden_faces_and_grown_ups_are_left_alone(text: str) -> None:
    assert severities(P10, text, attached=(PHOTO,)) == []


def test_pupils_without_a_picture_or_only_drawn_need_nobody() -> None:
    text = "KPU menyapa ratusan siswa SMAN 1 Contoh Baru."
    assert severities(P10, text) == []
    assert severities(P10, text, attached=(media("a.pdf", MediaKind.DOCUMENT),)) == []
    assert severities(P10, text, attached=(media("a.jpg", alt="Ilustrasi siswa di kelas."),)) == []
    assert severities(P10, text, attached=(media("a.jpg", alt="Siswa tampak dari belakang."),)) == []
    assert severities(P10, text, attached=(PHOTO,), kind=Kind.INFOGRAFIS) == []


@pytest.mark.parametrize(
    ("rule", "severity", "override"),
    [
        (P03, Severity.BLOK, Override.CHAIR),
        (P04, Severity.PERINGATAN, Override.NONE),
        (P05, Severity.BLOK, Override.CHAIR),
        (P06, Severity.BLOK, Override.CHAIR),
        (P07, Severity.BLOK, Override.CHAIR),
        (P09, Severity.PERINGATAN, Override.NONE),
        (P10, Severity.PERINGATAN, Override.NONE),
    ],
)
def test_each_rule_is_as_grave_as_the_rulebook_says(rule: Rule, severity: Severity, override: Override) -> None:
    assert (rule.severity, rule.override) == (severity, override)


def test_one_tap_takes_a_number_away() -> None:
    (finding,) = P03.check(checkup("Hubungi Budi di 081234567890."))
    assert [repair.text for repair in finding.repairs] == [""]
    assert found(P03, "Hubungi Budi di 081234567890.") == ["blok 081234567890"]
