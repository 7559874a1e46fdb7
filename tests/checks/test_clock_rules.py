"""F05 and F06: a reader far away knows what hour is meant, and numbers look as offices write them."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.clock import F05, F06
from bakohumas_bot.domain.findings import Override
from sample_post import checkup, found, media


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rapat pleno dimulai pukul 09.00 di aula kantor.", ["peringatan pukul 09.00"]),
        ("Kegiatan dimulai jam 9 pagi.", ["peringatan jam 9 pagi"]),
        ("Rapat pukul 08.00 s.d. selesai di kantor.", ["peringatan pukul 08.00 s.d. selesai"]),
        ("Rapat pleno dimulai pukul 09.00 WITA, dilanjutkan pukul 13.00.", []),
        ("Rapat pukul 09.00-11.00 Wita.", []),
        ("TPS dibuka pukul 07.00–13.00 waktu setempat.", []),
        ("Jam layanan: Senin–Kamis 08.00–16.00, Jumat 08.00–16.30", ["saran 08.00–16.00"]),
        ("Tadi pagi pukul 09.00 tim telah berangkat.", ["saran pukul 09.00"]),
        ("Selama 2 jam 30 menit peserta berdiskusi.", []),
        ("Hadir pada Selasa, 24 November 2026 jam 14.00 di aula.", ["peringatan jam 14.00"]),
        ("Hadir pada tanggal 24 jam 14.00 di aula kantor.", ["peringatan jam 14.00"]),
        ("Kantor melayani 24 jam, telepon (0541) 123456.", []),
        ("Harga Rp12.500, skor 2-1, versi 2.10-2.20.", []),
        ("Tautan https://kpu.go.id/08.00-09.00 dapat dibuka.", []),
    ],
)
def test_a_clock_time_names_its_zone(sentence: str, expected: list[str]) -> None:
    assert found(F05, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rapat dimulai pukul 09.00 WIB di aula kantor.", ["peringatan pukul 09.00 WIB"]),
        ("Rapat dimulai pukul 09.00 WIT di aula kantor.", ["peringatan pukul 09.00 WIT"]),
        ("Rapat dimulai pukul 09.00 WIB.", ["saran pukul 09.00 WIB"]),
        ("Webinar daring pukul 09.00 WIB melalui Zoom.", []),
        ("Hitung cepat diumumkan setelah pukul 15.00 WIB.", []),
        ("Sidang DKPP di Jakarta pukul 09.00 WIB.", []),
        ("Rapat di aula pukul 10.00 WITA atau 09.00 WIB.", []),
    ],
)
def test_the_zone_is_that_of_the_place(sentence: str, expected: list[str]) -> None:
    assert found(F05, sentence) == expected


@pytest.mark.parametrize(
    ("told", "severity"),
    [
        ("15.00 WIB/16.00 WITA/17.00 WIT", None),
        ("15.00 WIB/16.00 WITA/18.00 WIT", "blok"),
        ("15.00 WIB, 16.00 WITA, dan 17.00 WIT", None),
        ("15.00 WIB, 16.30 WITA, dan 17.00 WIT", "blok"),
        ("09.00–11.00 WIB / 10.00–12.00 WITA", None),
        ("09.00–11.00 WIB / 10.00–13.00 WITA", "blok"),
        ("09.00/10.00/11.00 WIB/WITA/WIT", None),
        ("09.00/11.00/12.00 WIB/WITA/WIT", "blok"),
        ("07.00 WIB/07.00 WITA/07.00 WIT", "peringatan"),
        ("07.00-13.00 WIB/WITA/WIT", None),
        ("23.00 WIB/00.00 WITA/01.00 WIT", None),
    ],
)
def test_times_in_several_zones_are_one_moment(told: str, severity: str | None) -> None:
    assert found(F05, f"Siaran langsung pada {told}.") == ([f"{severity} {told}"] if severity else [])


@pytest.mark.parametrize(
    ("sentence", "mended"),
    [
        ("Mulai pukul 09.00 di aula.", ["pukul 09.00 WITA", "pukul 09.00 waktu setempat"]),
        (
            "Mulai pukul 08.00 s.d. selesai.",
            ["pukul 08.00 WITA s.d. selesai", "pukul 08.00 waktu setempat s.d. selesai"],
        ),
        ("Mulai pukul 09.00 WIB di aula.", ["pukul 09.00 WITA", "pukul 10.00 WITA"]),
        (
            "Siaran 09.00–11.00 WIB / 10.00–13.00 WITA",
            ["09.00–11.00 WIB / 10.00–12.00 WITA", "09.00–12.00 WIB / 10.00–13.00 WITA"],
        ),
    ],
)
def test_one_tap_mends_the_zone(sentence: str, mended: list[str]) -> None:
    (finding,) = F05.check(checkup(sentence))
    assert [repair.text for repair in finding.repairs] == mended


def test_only_the_chair_lifts_times_that_disagree_and_a_title_leans_on_its_text() -> None:
    (finding,) = F05.check(checkup("Siaran 15.00 WIB/18.00 WITA."))
    assert finding.override is Override.CHAIR
    assert list(F05.check(checkup("Mulai pukul 09.00 WITA.", title="Rapat pukul 09.00"))) == []
    alone = checkup("Isi.", attached=(media(alt="Poster rapat pukul 09.00"),))
    assert [finding.severity for finding in F05.check(alone)] == ["saran"]


@pytest.mark.parametrize(
    ("sentence", "mended"),
    [
        ("Rapat pukul 14:00 WITA.", ["14.00"]),
        ("Rapat pukul 14:00–16:00 WITA.", ["14.00–16.00"]),
        ("Acara dimulai 14:00 di aula.", ["14.00"]),
        ("Jumlah pemilih 1,234,567 orang.", ["1.234.567"]),
        ("Sebanyak 12,345 pemilih.", ["12.345"]),
        ("Jumlah pemilih 12345 orang.", ["12.345"]),
        ("Partisipasi 81.4 persen.", ["81,4"]),
        ("Anggaran Rp1500000 dan Rp 1.5 miliar.", ["1,5", "1.500.000"]),
        ("Partisipasi 81,4 persen; anggaran Rp1.500.000,00.", []),
        ("Skor 21:15 untuk tim KPU.", []),
        ("QS Al-Hujurat 49:13 mengajarkan persaudaraan.", []),
        ("00:00 Pembukaan\n05:30 Sambutan", []),
        ("https://kpu.go.id/14:00, rasio 1:10.000, `14:00`, durasi 12:30", []),
        ("Nomor 081234567890, kode pos 75123, indeks 3,245", []),
        ("Pada 2026 pemilih bertambah.", []),
    ],
)
def test_times_and_numbers_are_written_as_offices_write_them(sentence: str, mended: list[str]) -> None:
    findings = list(F06.check(checkup(sentence)))
    assert [repair.text for finding in findings for repair in finding.repairs] == mended
    assert {finding.severity for finding in findings} <= {"saran"}
