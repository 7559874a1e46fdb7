"""S01, S05 and S06: what needs a source, numbers of letters against their dates, and who speaks."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.claims import S01
from bakohumas_bot.checks.letter_numbers import S05
from bakohumas_bot.checks.quotations import S06
from bakohumas_bot.domain.posts import Kind
from sample_post import checkup, found


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Pemilih wajib membawa KTP-el ke TPS.", "blok"),
        ("Saat pemungutan suara, pemilih tidak perlu membawa undangan.", "blok"),
        ("Peserta Pemilu dilarang berkampanye pada masa tenang.", "blok"),
        ("ASN dilarang ikut kampanye.", "blok"),
        ("Pemberi uang kepada pemilih diancam pidana penjara paling lama empat tahun.", "blok"),
        ("Syarat menjadi anggota KPPS adalah berusia paling rendah 17 tahun.", "blok"),
        ("Persyaratan calon PPS: WNI, berusia paling rendah 17 tahun, dan sehat.", "blok"),
        ("Surat suara dinyatakan sah apabila dicoblos satu kali.", "blok"),
        ("Warga yang baru pindah tidak boleh memilih di TPS asal.", "blok"),
        ("Menurut aturan, pendaftar tidak perlu melampirkan surat sehat.", "peringatan"),
        ("Pemilih harus terdaftar dalam DPT dan menunjukkan KTP-el.", "peringatan"),
        ("Jumlah pemilih Contoh Selatan 123.456 orang.", "peringatan"),
        ("Tingkat partisipasi pemilih pada Pilkada lalu mencapai 82,5 persen.", "peringatan"),
        ("Pemungutan suara dilaksanakan pada 14 Februari 2029.", "saran"),
    ],
)
def test_rules_figures_and_stages_without_a_source(text: str, severity: str) -> None:
    assert found(S01, text) == [f"{severity} {text}"]


@pytest.mark.parametrize(
    "text",
    [
        "Kantor buka kembali Senin, 23 November 2026, pukul 08.00 WITA.",
        "Selamat Hari Raya Idulfitri. Mohon maaf lahir dan batin.",
        "Layanan ini tidak dipungut biaya. Pemohon membawa KTP-el.",
        "Peserta rapat wajib mengenakan batik dan hadir pukul 08.00 WITA.",
        "Rapat membahas syarat pencalonan dan larangan kampanye bersama partai politik.",
        "Pemilih yang tidak memenuhi syarat sebanyak 12 orang dibahas dalam rapat.",
        "Pemilih tidak perlu khawatir, data sudah dijaga.",
        "“Pemilih wajib cermat memeriksa data,” kata Ketua KPU Contoh Selatan.",
        "Apakah pemilih wajib membawa KTP-el ke TPS?",
        "Gunakan hak pilih pada hari pemungutan suara.",
        "Pemilih wajib membawa KTP-el ke TPS (Pasal 348 UU Pemilu).",
        "Pemilih wajib membawa KTP-el. Selengkapnya di https://kab-contohselatan.kpu.go.id/faq.",
        "KPU Contoh menetapkan DPB triwulan IV sebanyak 123.456 pemilih dalam rapat pleno terbuka.",
        "Netralitas wajib kita jaga dalam setiap Pemilu.",
        "Kelas ini dihadiri 120 pemilih pemula dari tiga sekolah.",
        "Peserta lomba video Pemilu wajib mengunggah karya sebelum 1 Desember 2026.",
        "Honor Panitia Pemungutan Suara dibayarkan paling lambat 30 November 2029.",
        "Simulasi pemungutan suara digelar Sabtu, 28 November 2029.",
        "Sesuai ketentuan panitia, peserta wajib membawa alat tulis.",
        "Sesuai ketentuan, pegawai wajib hadir pada apel pagi.",
        "Masa tenang berlangsung pada 11 sampai dengan 13 Februari 2024.",
    ],
)
def test_what_needs_no_source_or_names_one(text: str) -> None:
    assert found(S01, text) == []


def test_the_host_of_a_dateline_and_a_mail_address_are_no_source() -> None:
    text = "Contoh Baru, kab-contohselatan.kpu.go.id – Pemilih wajib membawa KTP-el ke TPS. Tulis ke a@kpu.go.id."
    assert len(found(S01, text)) == 1


def test_one_source_is_enough_and_light_kinds_are_asked_mildly() -> None:
    text = "Pemilih wajib membawa KTP-el ke TPS. Peserta Pemilu dilarang berkampanye pada masa tenang."
    assert found(S01, text, sources=("UU 7/2017",)) == []
    assert len(found(S01, text)) == 1
    assert found(S01, text, kind=Kind.MEME)[0].startswith("peringatan ")
    assert found(S01, "Pemungutan suara dilaksanakan pada 14 Februari 2029.", kind=Kind.UCAPAN) == []


@pytest.mark.parametrize(
    ("text", "severity", "mended"),
    [
        (
            "Surat Nomor 07/HM.03.2-Kpt/3321/Kab/IV/2021 tanggal 12 Mei 2021.",
            "peringatan",
            "07/HM.03.2-Kpt/3321/Kab/V/2021",
        ),
        ("Nomor: 12/HM.03.5-SP/6469/2025\nTanggal: 17 November 2026", "peringatan", "12/HM.03.5-SP/6469/2026"),
        ("tanggal 24 Agustus 2021 Nomor 36/PK.01-BA/64/Prov/VII/2021", "peringatan", "36/PK.01-BA/64/Prov/VIII/2021"),
        ("Nomor 07/HM.03.2-Kpt/3321/Kab/08/2021", "peringatan", "07/HM.03.2-Kpt/3321/Kab/VIII/2021"),
        ("Nomor 07/HM.03.2-Kpt/3321/Kab/IIX/2021", "peringatan", None),
        ("Nomor 12/HM.03.5-SP/6469/2027", "peringatan", None),
        ("Nomor : 542/HM.03.5-Kpt/06/KPU/ VIII/2021", "saran", "542/HM.03.5-Kpt/06/KPU/VIII/2021"),
        ("Nomor 71/HK.03.1-Kpt/64/PROV/VIII/2021", "saran", "71/HK.03.1-Kpt/64/Prov/VIII/2021"),
        ("Nomor 71/HK.03.1-Kpt/6471/Kab/VIII/2021", "saran", None),
    ],
)
def test_a_letter_number_that_contradicts_itself_or_its_date(text: str, severity: str, mended: str | None) -> None:
    (finding,) = S05.check(checkup(text))
    assert finding.severity == severity
    assert [repair.text for repair in finding.repairs] == ([mended] if mended else [])


@pytest.mark.parametrize(
    "text",
    [
        "Nomor : 542/HM.03.5-Kpt/06/KPU/VIII/2021",
        "Nomor: 12/HM.03.5-SP/6469/2026\nTanggal: 17 November 2026",
        "Berita Acara tanggal 24 Agustus 2021 Nomor 36/PK.01-BA/64/Prov/VIII/2021 tentang Rapat Pleno",
        "244/HM.02-SD/06/KPU/III/2021, tanggal 22 Maret 2021",
        "Surat 507/PL.01.8-SD/05/2024 dan 507/PL.01.8-SD/6402/06/2024",
        "Nomor SP DIPA 076.01.2.654500/2021",
        "Putusan DKPP 10-PKE-DKPP/I/2021 dan Putusan MK Nomor 135/PUU-XXII/2024",
        "Keputusan Nomor 19 Tahun 2023",
        "Tertulis: 07/HM.03.2-Kpt/3321/Kab/IIX/2021",
    ],
)
def test_letter_numbers_that_are_well(text: str) -> None:
    assert found(S05, text) == []


SAID = "“Informasi publik harus benar dan akurat sebelum disebarluaskan,”"


@pytest.mark.parametrize(
    "text",
    [
        f"{SAID} ujarnya.",
        f"{SAID} kata Dewi.",
        "“Kami siap melayani semua pemilih di kabupaten ini dengan sepenuh hati.”",
        '"Kami berharap kerja sama ini berlanjut sampai tahapan berikutnya," katanya.',
    ],
)
def test_a_quotation_needs_a_speaker_with_a_title(text: str) -> None:
    assert [line.split()[0] for line in found(S06, text)] == ["peringatan"]


@pytest.mark.parametrize(
    ("who", "severity"),
    [
        ("ujar salah seorang peserta.", "peringatan"),
        ("kata salah satu warga yang hadir, Sabtu (14/11/2026).", "peringatan"),
        ("tutur seorang pedagang pasar.", "peringatan"),
        ("ungkap sejumlah warga Desa Umpama Hulu.", "peringatan"),
        ("kata salah seorang siswa.", "saran"),
    ],
)
def test_somebody_without_a_name_is_asked_for_and_a_child_mildly(who: str, severity: str) -> None:
    quote = "“Selama ini kami bingung ke mana harus bertanya soal data.”"
    assert found(S06, f"{quote} {who}") == [f"{severity} {quote}"]


@pytest.mark.parametrize(
    "text",
    [
        f"{SAID} kata Dewi Contoh, Sekretaris KPU Kabupaten Contoh Selatan.",
        f"Ketua KPU Contoh Selatan, Budi Contoh, membuka rapat. {SAID} ujarnya.",
        f"Menurut Anggota KPU Divisi Data, Ani Contoh, {SAID}",
        "“Saya senang bisa ikut kelas pemilih ini bersama teman-teman,” kata seorang siswa bernama Doni.",
        "“Saya senang bisa ikut kelas pemilih ini bersama teman-teman,” tutur seorang ibu rumah tangga, Wati.",
        "“Saya senang bisa ikut kelas pemilih ini bersama teman-teman,” kata salah seorang siswa, Doni Misal.",
        "“Kami siap melayani pemilih di kabupaten ini dengan hati.” – Budi Contoh, Ketua KPU",
        "Kegiatan bertema “Bersama kita wujudkan Pemilu yang jujur, adil, dan damai.” digelar di aula.",
        "Kelas “Desa Peduli Pemilu dan Pemilihan yang Bermartabat” dibuka.",
        "“Satu suara Anda menentukan arah bangsa lima tahun ke depan.”",
        "Tertulis: “Kami membuka layanan pada hari Minggu untuk semua pemilih,” ujarnya.",
    ],
)
def test_quotations_that_stand_well_and_marks_that_quote_nobody(text: str) -> None:
    assert found(S06, text) == []


def test_a_picture_with_a_slogan_is_not_asked_who_speaks() -> None:
    assert found(S06, f"{SAID} ujarnya.", kind=Kind.MEME) == []
