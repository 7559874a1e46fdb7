"""B01, B02, B03, B05: spelling, register, terms and abbreviations, on sentences as offices write them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bakohumas_bot.checks.abbreviations import B05
from bakohumas_bot.checks.language import B02
from bakohumas_bot.checks.rulebook import Rule
from bakohumas_bot.checks.spelling import B01
from bakohumas_bot.checks.terms import B03
from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.posts import Kind
from sample_post import checkup, media


@cache
def shipped() -> Knowledge:
    mistakes: list[str] = []
    known = read_knowledge(Path("/tidak-ada"), mistakes)
    assert not mistakes
    return known


def findings(rule: Rule, body: str, kind: Kind = Kind.BERITA, **facts: object) -> list[Finding]:
    return list(rule.check(checkup(body, kind=kind, knowledge=shipped(), **facts)))


def marked(rule: Rule, body: str, kind: Kind = Kind.BERITA) -> list[str]:
    return [body[f.start : f.end] for f in findings(rule, body, kind)]


def mended(rule: Rule, body: str, kind: Kind = Kind.BERITA) -> str:
    """The text after one tap on every repair."""
    for finding in reversed(findings(rule, body, kind)):
        assert finding.start is not None
        assert finding.end is not None
        body = body[: finding.start] + finding.repairs[0].text + body[finding.end :]
    return body


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Masyarakat dihimbau tidak percaya calo.", "Masyarakat diimbau tidak percaya calo."),
        ("KPU menghimbau dan mensosialisasikan.", "KPU mengimbau dan menyosialisasikan."),
        ("Silahkan datang.", "Silakan datang."),
        ("SILAHKAN DATANG KE AULA", "SILAKAN DATANG KE AULA"),
        ("Peserta dipersilahkan masuk.", "Peserta dipersilakan masuk."),
        ("Jadual dan antrian diatur ulang.", "Jadwal dan antrean diatur ulang."),
        ("Atas ijin pimpinan, tanpa resiko.", "Atas izin pimpinan, tanpa risiko."),
        ("Hari Jum’at, 4 Nopember", "Hari Jumat, 4 November"),
        ("hari Jum'at yang berkah", "hari Jumat yang berkah"),
        ("Prakteknya tidak mudah.", "Praktiknya tidak mudah."),
        ("Kegiatan dilaksanakan dikantor dan diaula.", "Kegiatan dilaksanakan di kantor dan di aula."),
        ("Rapat di laksanakan\npagi hari.", "Rapat dilaksanakan\npagi hari."),
        ("KPU Kabupaten se Indonesia", "KPU Kabupaten se-Indonesia"),
        ("Kerjasama antar lembaga", "Kerja sama antarlembaga"),
        ("Didalam ruang", "Di dalam ruang"),
        ("Undang Undang Nomor 7", "Undang-Undang Nomor 7"),
        ("Hasilnya ditindak lanjuti.", "Hasilnya ditindaklanjuti."),
        ("**Silahkan** cek.", "**Silakan** cek."),
        ("Kegiatan masing masing desa", "Kegiatan masing-masing desa"),
        ("Pimpinan mengkoordinir dan mempublikasikan.", "Pimpinan mengoordinasi dan memublikasikan."),
        ("Prosentase kehadiran", "Persentase kehadiran"),
        ("Calon Walikota dan Nota Kerjasama", "Calon Wali Kota dan Nota Kerja Sama"),
        ("Kerjasama itu dimulai.", "Kerja sama itu dimulai."),
        ("**LAPORAN**\nKOOORDINASI", "**LAPORAN**\nKOORDINASI"),
        ("Sekolah sekolah antar Kecamatan", "Sekolah-sekolah antarkecamatan"),
    ],
)
def test_a_misspelt_word_is_mended_by_one_tap(wrong: str, right: str) -> None:
    assert mended(B01, wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "Kami mengimbau warga mengubah jadwal dan mengantre di kantor.",
        "Lulusan Sekolah Tinggi Ilmu Administrasi Praktek Nusantara magang di sini.",
        "Salat Jumat di Mesjid Raya Al-Falah.",
        "Tempat: Apotik Sehat, Jalan Mesjid Nomor 3, dan Jalan Praktek.",
        "UU Nomor 1 Tahun 2015 tentang Pemilihan Gubernur, Bupati, dan Walikota.",
        "Ejaan yang benar adalah izin, bukan ijin.",
        "Silahkan ❌ Silakan ✅",
        "Buka https://contoh.go.id/silahkan/jadual atau @praktek_humas, #SilahkanHadir.",
        "Tertulis: Silahkan hadir. Seharusnya: Silakan hadir.",
        "Tertulis: Silahkan hadir bersama seluruh keluarga besar di balai desa. Seharusnya: Silakan hadir.",
        "Di antara kita, di rumah, ke depan, dan di mana pun.",
        "Ia dibawahi langsung oleh Sekretaris dan dibelakangi gedung.",
        "Hal itu dapat dipertanggungjawabkan dan ditindaklanjuti.",
        "Proyek dan subjek penelitian, keluar dari ruang.",
        "Al-Jadual adalah nama sebuah naskah.",
        "Pengumuman Kantor Walikota Contoh",
        "Ia menyaksikan dan menaati tata tertib.",
        "Aspek risiko, aktivitas, praktik, dan analisis.",
    ],
)
def test_right_words_names_and_lessons_stay(text: str) -> None:
    assert marked(B01, text) == []


def test_a_name_that_the_office_keeps_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "spelling.toml").write_text(
        'nama = ["Komunitas Ijin Bertanya"]\nkata = [{ keliru = "sharing", benar = "berbagi" }]\n', encoding="utf-8"
    )
    mistakes: list[str] = []
    known = read_knowledge(tmp_path, mistakes)
    assert mistakes == []
    body = "komunitas ijin bertanya minta ijin sharing."
    assert [body[f.start : f.end] for f in B01.check(checkup(body, knowledge=known))] == ["ijin", "sharing"]


def test_a_useless_line_of_the_office_is_named(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for line, said in (("satu dua tiga", "paling banyak dua kata"), ("sama", "sama")):
        (tmp_path / "rules" / "spelling.toml").write_text(f'kata = [{{ keliru = "{line}", benar = "sama" }}]\n')
        mistakes: list[str] = []
        read_knowledge(tmp_path, mistakes)
        assert len(mistakes) == 1
        assert said in mistakes[0]


def test_the_shipped_list_never_corrects_its_own_corrections() -> None:
    style = shipped().style
    assert len(style.spelling) > 300
    for wrong, right in style.spelling.items():
        assert marked(B01, right + ".") == [], (wrong, right)


@pytest.mark.parametrize(
    ("text", "casual"),
    [
        ("Gaes, jangan lupa cek data.", ["Gaes"]),
        ("Acaranya keren bgt, gak nyesel.", ["bgt", "gak"]),
        ("Ayooo ikut", ["Ayooo"]),
        ("SERUUUUU SEKALI acaranya", ["SERUUUUU"]),
        ("Datang yg tepat waktu, krn kuota terbatas", ["yg", "krn"]),
        ("Kuy daftar", ["Kuy"]),
        ("Ayo!!!! daftar", ["!!!!"]),
        ("Hore! Menang! Asyik! Keren!", ["! Menang! Asyik! Keren!"]),
        ("WARGA DIMINTA SEGERA MEMERIKSA DATA PEMILIH DI KANTOR KPU SEKARANG JUGA", None),
        ("Pengumuman: SELURUH WARGA WAJIB DATANG KE KANTOR KPU BESOK PAGI JANGAN SAMPAI TERLAMBAT", None),
    ],
)
def test_loud_or_casual_writing_is_told(text: str, casual: list[str] | None) -> None:
    assert marked(B02, text) == (casual or [text])


@pytest.mark.parametrize(
    "text",
    [
        "Semangat pagi! Sudah cek data? Yuk!",
        "PENGUMUMAN\nRuang laktasi pindah ke lantai satu, di samping ruang pelayanan.",
        "KPU dan DPRD Kabupaten Contoh Selatan",
        "www.kpu.go.id dan XXXI, MCMXCIX, PPPK",
        "Tema lomba: “Gercep Cek Fakta, Jangan Mager Baca”.",
        "“Seru banget, gak nyangka!” kata Nadia, pelajar.",
        "Bapak Bro Santoso hadir.",
        "Hubungi DPT Online atau KPU RI.",
        "Taman Sisi dan Gang Gawangan",
        "#KuyNyoblos adalah tagar lama.",
        "Saaat",
        "SIARAN PERS\nNomor: 1/HM/2026\n\nKPU menggelar rapat koordinasi bersama pemangku kepentingan.",
    ],
)
def test_a_friendly_office_is_not_scolded(text: str) -> None:
    assert [found for found in marked(B02, text) if found != "Saaat"] == []


def test_memes_and_greetings_may_be_lighter() -> None:
    assert marked(B02, "Gaes, udah cek data?", Kind.MEME) == []
    assert marked(B02, "SELAMAT HARI PAHLAWAN\n10 NOVEMBER 2026\nSemangat juang tak pernah padam.", Kind.UCAPAN) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Kantor KPUD Contoh Selatan", "Kantor KPU Contoh Selatan"),
        ("Pemilu Bupati 2024 berjalan aman.", "Pemilihan Bupati 2024 berjalan aman."),
        ("Pada Pemilu Gubernur dan Wakil Gubernur", "Pada Pemilihan Gubernur dan Wakil Gubernur"),
        ("Pemilihan Umum Kepala Daerah serentak 2024", "Pemilihan Kepala Daerah serentak 2024"),
        ("Pemilukada 2024 usai.", "Pemilihan 2024 usai."),
        ("Pemilu serentak 27 November 2024", "Pemilihan serentak 27 November 2024"),
        ("Pemilu pada Rabu, 27 November 2024", "Pemilihan pada Rabu, 27 November 2024"),
        ("Pilkada 14 Februari 2024", "Pemilu 14 Februari 2024"),
        ("Pilkada Presiden", "Pemilu Presiden"),
        (
            "Evaluasi Pilkada 2024. Pada pemilu tersebut, petugas sigap.",
            "Evaluasi Pilkada 2024. Pada Pilkada tersebut, petugas sigap.",
        ),
        (
            "Evaluasi Pemilu 2024. Pada Pilkada itu, petugas sigap.",
            "Evaluasi Pemilu 2024. Pada Pemilu itu, petugas sigap.",
        ),
    ],
)
def test_a_confused_term_is_mended_by_one_tap(text: str, right: str) -> None:
    assert [finding.severity for finding in findings(B03, text)] == ["peringatan"]
    assert mended(B03, text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Pemilu dan Pemilihan Serentak Tahun 2024",
        "Pemilu 14 Februari 2024 dan Pilkada 27 November 2024",
        "Pemilu memilih Presiden; Pilkada memilih Gubernur, Bupati, dan Wali Kota.",
        "Pemilihan Bupati dan Wakil Bupati Contoh Selatan Tahun 2024",
        "Pemilihan Umum Presiden dan Wakil Presiden",
        "Pada tahun 2010 digelar Pemilukada pertama di sini.",
        "Dahulu lembaga ini disebut KPUD.",
        "KPUD dulu berkantor di sini.",
        "Laman lama kpud-sukoharjokab.go.id dan akun @kpud_lama, #KPUD",
        "Ralat. Tertulis: KPUD Contoh. Seharusnya: KPU Contoh.",
        "Desa Peduli Pemilu dan Pemilihan",
        "Partisipasi pada Pemilu 2024 lebih tinggi daripada Pilkada 2024. Pemilu tersebut digelar Februari.",
        "Tahapan Pemilu. Bupati hadir.",
        "Mitra Pemilu, Bupati, dan Kapolres hadir.",
        "Warga mencoblos surat suara dalam simulasi.",
        "Panitia Pengawas Pemilihan Umum",
    ],
)
def test_terms_in_their_place_are_let_through(text: str) -> None:
    assert marked(B03, text) == []


def test_a_release_says_pemungutan_suara() -> None:
    body = (
        "KPU menyiapkan hari pencoblosan. “Coblosan nanti ramai,” kata Budi. Warga diajari cara mencoblos dan coblos."
    )
    found = [(body[f.start : f.end], f.severity) for f in findings(B03, body, Kind.SIARAN_PERS)]
    assert found == [("hari pencoblosan", "peringatan"), ("coblos", "saran")]
    assert marked(B03, body, Kind.MEME) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Rapat membahas SAQ dan SPIP.", ["SAQ", "SPIP"]),
        ("KPU KKU dan KPU KKKU berkoordinasi.", ["KKU", "KKKU"]),
        ("KPU Kabupaten Kayong Utara (KPU KKU) hadir. Ketua KPU KKKU menyambut.", ["KKKU"]),
        ("Ketua KPU KKU (1 orang) hadir.", ["KKU"]),
        ("Sinkronisasi DP4 bersama dinas", ["DP4"]),
        ("Anggota PPK hadir. PPK bekerja keras.", ["PPK"]),
        ("Penyusunan LKJIP, (RKT), dan SOP", ["LKJIP", "RKT", "SOP"]),
        ("**BKPP** menjadi mitra.", ["BKPP"]),
    ],
)
def test_an_abbreviation_that_nobody_spelt_out_is_told_once(text: str, unknown: list[str]) -> None:
    assert marked(B05, text) == unknown


@pytest.mark.parametrize(
    "text",
    [
        "KPU, TPS, KTP-el, DPRD, TNI, dan NIK",
        "Panitia Pemilihan Kecamatan (PPK) hadir. PPK bekerja.",
        "PPK (Panitia Pemilihan Kecamatan) hadir.",
        "PPK atau Panitia Pemilihan Kecamatan",
        "SPIP adalah singkatan dari Sistem Pengendalian Intern Pemerintah.",
        "Sistem Informasi Partai Politik, disingkat SIPOL",
        "PENGUMUMAN HASIL SELEKSI PPK DAN PPS\nSelamat kepada peserta.",
        "Nomor 15/HM.03.5-SP/6469/2026 dan Bab XIV",
        "RALAT JADWAL. Rapat pindah ruang.",
        "Peserta: 1 PKB, 2 Gerindra, 8 PKS, dan 12 PAN",
        "Budi, S.H., M.A.P., hadir di SMKN 1 Contoh.",
        "#PPK @PPS_contoh https://x.go.id/PPK",
        "Tertulis: PPX. Seharusnya: Panitia.",
        "Universitas UPN dan Hotel BW",
    ],
)
def test_known_and_spelt_out_abbreviations_are_let_through(text: str) -> None:
    assert marked(B05, text) == []


def test_the_second_spelling_is_mended_to_the_first() -> None:
    *_, second = findings(B05, "KPU KKU dan KPU KKKU")
    assert (second.message, second.repairs[0].text) == (
        "Singkatan yang sama ditulis dengan dua cara: KKU dan KKKU.",
        "KKU",
    )


def test_an_expansion_anywhere_in_the_post_is_enough() -> None:
    """A short variant need not repeat what the text says at length."""
    body = "Panitia Pemilihan Kecamatan (PPK) dilantik."
    assert findings(B05, body, variants=(("x", "PPK dilantik."),)) == []
    assert findings(B05, "Dilantik.", attached=(media(alt="PPK"),)) == []


def test_without_the_offices_list_nothing_is_guessed() -> None:
    assert list(B01.check(checkup("Silahkan"))) == []
    assert list(B05.check(checkup("SPIP"))) == []
