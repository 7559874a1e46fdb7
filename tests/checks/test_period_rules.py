"""F03, F04 and F13: a range runs forward and lasts as long as it says, and what is announced is still to come."""

from __future__ import annotations

from datetime import datetime

import pytest

from bakohumas_bot.checks.announcements import F04
from bakohumas_bot.checks.periods import F03
from bakohumas_bot.checks.report_periods import F13
from bakohumas_bot.domain.posts import Kind
from sample_post import WITA, checkup, found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Masa tenang berlangsung selama tiga hari, 11–13 Februari 2024.", []),
        ("Masa tenang berlangsung selama 3 hari, 23–26 November 2024.", ["peringatan selama 3 hari"]),
        ("Masa tenang selama 3 (tiga) hari, yaitu 23 s.d. 26 November 2024.", ["peringatan selama 3 (tiga) hari"]),
        ("Kampanye berlangsung 75 hari, mulai 28 November 2023 hingga 10 Februari 2024.", []),
        ("Kampanye berlangsung selama 60 hari (25 September–23 November 2024).", []),
        ("Kampanye berlangsung selama 70 hari (25 September–23 November 2024).", ["peringatan selama 70 hari"]),
        ("Bimtek digelar dua hari, Rabu – Kamis (21-22/09/2022).", []),
        ("Bimtek digelar tiga hari, Rabu – Kamis (21-22/09/2022).", ["peringatan tiga hari"]),
        ("Pada 23–25 November 2026 (dua hari) kantor tutup.", ["peringatan dua hari"]),
        ("Rapat koordinasi berlangsung pada 27-25 Maret 2021.", ["peringatan 27-25 Maret 2021"]),
        ("Dibuka 30 November s.d. 23 November 2026.", ["peringatan 30 November s.d. 23 November 2026"]),
        ("Pendaftaran 28 Desember – 3 Januari 2027.", []),
        ("Lomba dibuka 1 Desember 2026 – 15 Januari 2027 selama 46 hari.", []),
        ("Layanan pindah selama satu minggu (23-27/11/2026).", []),
        ("Layanan pindah selama dua pekan (11–24 Januari 2027).", []),
        ("Layanan pindah selama dua pekan (11–17 Januari 2027).", ["peringatan selama dua pekan"]),
        ("Selama 6 bulan, dimulai pada bulan Januari sampai dengan Juni 2021.", []),
        ("Selama 6 bulan, dimulai pada bulan Maret sampai dengan Juni 2021.", ["peringatan Selama 6 bulan"]),
        ("Aduan diproses paling lama 10 hari kerja, layanan dibuka 1–30 Juni 2026.", []),
        ("Perbaikan dilakukan selama 3 hari kerja, 26–30 November 2026.", []),
        ("Pelatihan tiga hari untuk tiap angkatan, 23–30 November 2026.", []),
        ("Dua hari setelah rapat 23–25 November 2026, laporan dikirim.", []),
        ("Tiga hari sebelum pemungutan suara, 11–13 Februari 2024, adalah masa tenang.", []),
        ("Selama 2 hari, 21 dan 23 November 2026.", []),
        ("Pamekasan, 17 Juli 2025 – Senin, 14 Juli 2025, KPU menggelar rapat.", []),
        ("Ketua KPU periode 2028–2023 dilantik.", ["peringatan 2028–2023"]),
        ("Ketua KPU periode 2023–2028 dilantik.", []),
        ("Tertulis: 27-25 Maret 2021. Seharusnya: 25-27 Maret 2021.", ["saran 27-25 Maret 2021"]),
    ],
)
def test_ranges_run_forward_and_last_as_long_as_they_say(sentence: str, expected: list[str]) -> None:
    assert found(F03, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "mended"),
    [
        ("Berlangsung pada 27-25 Maret 2021.", "25-27 Maret 2021"),
        ("Masa tenang selama tiga hari, 23–26 November 2024.", "selama empat hari"),
        ("Masa tenang selama 3 (tiga) hari, 23–26 November 2024.", "selama 4 (empat) hari"),
    ],
)
def test_one_tap_mends_a_range(sentence: str, mended: str) -> None:
    (finding,) = F03.check(checkup(sentence))
    assert [repair.text for repair in finding.repairs] == [mended]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rapat pleno akan dilaksanakan pada Senin, 16 November 2026.", ["peringatan Senin, 16 November 2026"]),
        ("Rapat pleno akan dilaksanakan pada Senin, 23 November 2026.", []),
        ("Pada 16 November 2026, KPU Contoh akan menggelar simulasi.", ["peringatan 16 November 2026"]),
        ("Bimtek akan dilaksanakan pada 26 November 2025 di aula.", ["peringatan 26 November 2025"]),
        ("Bimtek akan digelar Senin (16/11) di aula.", ["saran Senin (16/11)"]),
        ("Bimtek akan digelar Selasa (5/1) di aula.", []),
        ("Bimtek akan digelar 20–22 November 2026.", []),
        ("Tanggapan disampaikan paling lambat 10 November 2026.", ["peringatan 10 November 2026"]),
        ("Besok, Jumat (20/11/2026), KPU menggelar uji publik.", ["peringatan Jumat (20/11/2026)"]),
        ("Rapat akan digelar hari ini, 21 November 2026, pukul 08.00 WITA.", ["peringatan 21 November 2026"]),
        ("Rapat akan digelar hari ini, 21 November 2026, pukul 14.00 WITA.", []),
        ("Saksikan siaran langsung Senin, 16 November 2026.", ["peringatan Senin, 16 November 2026"]),
        ("Mari hadiri uji publik pada 30 November 2026.", []),
        ("KPU akan membuka pendaftaran bulan depan, kata Ketua KPU, Selasa (17/11/2026).", []),
        ("Pamekasan, 17 November 2026 – KPU akan menggelar rapat koordinasi pekan depan.", []),
        ("Berdasarkan surat tanggal 10 November 2026, rapat akan dilaksanakan besok.", []),
        ("Rapat akan dilaksanakan sesuai surat tanggal 10 November 2026.", []),
        ("Pendaftaran telah ditutup pada batas akhir 10 November 2026.", []),
        ("Semula rapat akan digelar 16 November 2026, tetapi ditunda.", []),
        ("Kilas balik: KPU akan menggelar rapat pada 16 November 2020.", []),
        ("Rapat digelar Senin (16/11/2026) dan akan ditindaklanjuti dengan bimtek.", []),
        ("Ketua menyampaikan pada 16 November 2026 bahwa KPU akan membuka layanan baru.", []),
        ("KPU mengundang partai politik dalam rapat koordinasi, Selasa (10/11/2026).", []),
        ("KPU Contoh hadiri rapat Bawaslu, Senin (16/11/2026).", []),
    ],
)
def test_what_is_announced_has_not_passed(sentence: str, expected: list[str]) -> None:
    assert found(F04, sentence) == expected


def test_what_has_passed_is_counted_on_the_day_of_publication() -> None:
    sentence = "Rapat akan dilaksanakan pada 25 November 2026."
    assert found(F04, sentence) == []
    assert found(F04, sentence, publish_at=datetime(2026, 11, 26, 9, tzinfo=WITA)) == ["peringatan 25 November 2026"]


def test_an_archive_or_a_correction_may_tell_of_what_was_to_come() -> None:
    sentence = "Rapat akan dilaksanakan pada 16 November 2026."
    assert found(F04, sentence, title="Arsip: pengumuman rapat") == []
    assert found(F04, sentence, kind=Kind.RALAT) == []


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Laporan (Periode Maret – Juni 2021)", "Lampiran Dokumentasi Periode Maret-Juni 2021", []),
        (
            "Laporan (Periode Maret – Juni 2021)",
            "Berlangsung dalam kurun waktu 6 (enam) bulan, Januari sampai dengan Juni 2021.",
            ["peringatan Januari sampai dengan Juni 2021"],
        ),
        ("Laporan Triwulan III Tahun 2026", "Periode Juli–September 2026.", []),
        ("Laporan Triwulan III Tahun 2026", "Periode April–Juni 2026.", ["peringatan April–Juni 2026"]),
        ("Rapat", "Data Triwulan III (April–Juni 2026).", ["peringatan April–Juni 2026"]),
        ("Rapat", "Data Triwulan II (April–Juni 2026) dan Triwulan III.", []),
        ("Laporan Triwulan III 2026", "Dibandingkan periode Triwulan II 2026, pemilih bertambah.", []),
        ("Laporan Semester I 2026", "Laporan semester II menyusul.", []),
        ("Pelatihan", "Digelar pada periode Januari–Maret 2026 dan periode April–Juni 2026.", []),
    ],
)
def test_a_report_tells_one_period(title: str, body: str, expected: list[str]) -> None:
    assert found(F13, body, title=title) == expected
