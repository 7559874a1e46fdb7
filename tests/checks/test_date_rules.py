"""F01 and F02: a weekday that does not fit its date never leaves unseen, and a right one is never questioned."""

from __future__ import annotations

from datetime import datetime

import pytest

from bakohumas_bot.checks.dates import F01, F02
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.posts import Kind
from sample_post import WITA, checkup, found

# Dates as two annexes of a district office's report of 2021 print them; the weekday is wrong in six places.
PRINTED_IN_2021 = """\
1	25 s.d 27 Maret 2021	Rapat Koordinasi PPID
2	Senin, 6 April 2021	Rapat internal
3	Senin, 4 Mei 2021	Rapat koordinasi
4	Senin, 24 Mei 2021	Koordinasi
5	Rabu, 27 Mei 2021	Koordinasi
6	Rabu, 27 Mei 2021	Koordinasi
7	Rabu, 2 Juni 2021	Bimtek
8	Kamis, 3 Juni 2021	Rapat internal
9	Kamis, 10 Juni 2021	Rapat internal

Ket. Foto : Rapat internal (Senin, 6 April 2021)
Ket. Foto : Koordinasi (Senin, 24 Mei 2021)
Ket. Foto : Bimtek (Rabu, 2 Juni 2021)
Selasa, 4 Mei 2021
Ket. Foto : Rapat koordinasi (Senin, 4 Mei 2021)
Ket. Foto : Rapat internal (Kamis, 10 Juni 2021)
"""


def test_a_report_of_2021_has_six_wrong_weekdays() -> None:
    assert found(F01, PRINTED_IN_2021) == [
        "blok Senin, 6 April 2021",
        "blok Senin, 4 Mei 2021",
        "blok Rabu, 27 Mei 2021",
        "blok Rabu, 27 Mei 2021",
        "blok Senin, 6 April 2021",
        "blok Senin, 4 Mei 2021",
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rapat digelar Kamis (26/11/2026) di aula.", []),
        ("Rapat digelar Rabu (26/11/2026) di aula.", ["blok Rabu (26/11/2026)"]),
        ("Samarinda, kaltim.kpu.go.id – KPU menyelenggarakan rapat, Selasa (27/09/2022).", []),
        ("Berlangsung Rabu – Kamis (21-22/09/2022).", []),
        ("Berlangsung Kamis – Jumat (21-22/09/2022).", ["blok Kamis – Jumat (21-22/09/2022)"]),
        ("Layanan buka Senin–Jumat, 11–15 Januari 2027.", []),
        ("Layanan buka Senin–Kamis, 11–15 Januari 2027.", ["blok Senin–Kamis, 11–15 Januari 2027"]),
        ("Rapat pada Selasa tanggal 4 Mei 2021 lalu.", []),
        ("Pada Kamis, tanggal 6 April 2021, tim berangkat.", ["blok Kamis, tanggal 6 April 2021"]),
        ("Nonton bareng malam Minggu, 28 November 2026.", []),
        ("Nonton bareng malam Minggu, 29 November 2026.", ["blok malam Minggu, 29 November 2026"]),
        ("Salat Jum'at, 27 November 2026, di masjid kantor.", []),
        ("Libur Ahad, 29 November 2026.", []),
        ("Selama satu minggu (23-27/11/2026) layanan pindah ruang.", []),
        ("Kamis, 26 November pukul 09.00 WITA", []),
        ("Rabu, 26 November pukul 09.00 WITA", ["peringatan Rabu, 26 November"]),
        ("Sleman, Selasa (13/09) – arsip tahun 2022: Selasa (13/09/2022).", []),
        ("Dalam keterangan tertulis, Senin (6/4/2021), ia menyebut.", ["blok Senin (6/4/2021)"]),
        ("Tertulis: Senin, 6 April 2021\nSeharusnya: Selasa, 6 April 2021", ["peringatan Senin, 6 April 2021"]),
        ("Tertulis: Senin, 5 April 2021. Seharusnya: Senin, 6 April 2021", ["blok Senin, 6 April 2021"]),
        ("Lahir Minggu, 29 Februari 2027.", []),
    ],
)
def test_weekdays_against_dates(sentence: str, expected: list[str]) -> None:
    assert found(F01, sentence) == expected


def test_a_date_without_a_year_is_read_as_of_its_publication() -> None:
    next_year = datetime(2027, 11, 20, tzinfo=WITA)
    assert found(F01, "Hadir Kamis, 26 November.") == []
    assert found(F01, "Hadir Kamis, 26 November.", publish_at=next_year) == ["peringatan Kamis, 26 November"]


def test_the_finding_offers_both_repairs_and_only_the_chair_may_lift_it() -> None:
    (finding,) = F01.check(checkup("Rapat pada Senin, 4 Mei 2021."))
    assert finding.message == "Hari tidak sesuai dengan tanggal. 4 Mei 2021 jatuh pada hari Selasa, bukan Senin."
    assert finding.remedies == (
        "Bila tanggalnya benar, tulis “Selasa, 4 Mei 2021”.",
        "Bila harinya benar, tulis “Senin, 3 Mei 2021”.",
    )
    assert (finding.severity, finding.override, finding.field) == (Severity.BLOK, Override.CHAIR, "isi")


@pytest.mark.parametrize(
    ("kind", "text", "severity"),
    [
        (Kind.KLARIFIKASI_HOAKS, "KLAIM: pencoblosan diundur ke Senin, 6 April 2021.", "peringatan"),
        (Kind.KLARIFIKASI_HOAKS, "Beredar pesan bahwa layanan tutup Senin, 6 April 2021.", "peringatan"),
        (Kind.KLARIFIKASI_HOAKS, "Klaim: tutup. Faktanya, layanan buka Senin, 6 April 2021.", "blok"),
        (Kind.KLARIFIKASI_HOAKS, "Klaim: tutup.\n\nLayanan buka Senin, 6 April 2021.", "blok"),
        (Kind.RALAT, "Pengumuman “Rapat Senin, 6 April 2021” keliru.", "peringatan"),
        (Kind.RALAT, "Yang benar Senin, 6 April 2021.", "blok"),
        (Kind.BERITA, "Beredar pesan bahwa layanan tutup Senin, 6 April 2021.", "blok"),
    ],
)
def test_a_mistake_may_be_repeated_where_it_is_mended(kind: Kind, text: str, severity: str) -> None:
    assert found(F01, text, kind=kind) == [f"{severity} Senin, 6 April 2021"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Paling lambat 31 Juni 2027.", ["blok 31 Juni 2027"]),
        ("Paling lambat 31 Juni.", ["blok 31 Juni"]),
        ("Paling lambat 31/06/2027.", ["blok 31/06/2027"]),
        ("Terbit 29 Februari 2027.", ["blok 29 Februari 2027"]),
        ("Terbit 29 Februari 2028 dan setiap 29 Februari.", []),
        ("Senin–Rabu, 29–31 November 2026", ["blok Senin–Rabu, 29–31 November 2026"]),
        ("tanggal 26/13/2026", ["blok 26/13/2026"]),
        ("tanggal 32 Januari 2026", ["blok 32 Januari 2026"]),
        ("Warta Bakohumas Edisi 45 Mei 2021, Nomor 26/13/2026, dan No. 31/06/2026", []),
        ("Nomor 71/HK.03.1-Kpt/64/Prov/VIII/2021 tanggal 24 Agustus 2021", []),
        ("PKPU 9/2022, UU 14/2008, 103.006.478 pemilih", []),
        ("Tertulis: 31 Juni 2027. Seharusnya: 30 Juni 2027.", ["peringatan 31 Juni 2027"]),
    ],
)
def test_dates_that_do_not_exist(sentence: str, expected: list[str]) -> None:
    assert found(F02, sentence) == expected


def test_nobody_may_lift_an_impossible_date() -> None:
    (finding,) = F02.check(checkup(title="Libur 31 Juni 2027"))
    assert (finding.field, finding.override) == ("judul", Override.NEVER)
    assert finding.message == "Tanggal “31 Juni 2027” tidak ada. Juni 2027 berakhir pada tanggal 30."
    (month,) = F02.check(checkup("tanggal 26/13/2026"))
    assert "Tidak ada bulan ke-13" in month.message


def test_every_text_that_can_become_public_is_read() -> None:
    wrong = "Senin, 6 April 2021"
    post = checkup(wrong, title=f"Undangan. {wrong}", variants=(("x", wrong),), sources=("KPU", wrong))
    fields = [finding.field for finding in F01.check(post)]
    assert fields == ["judul", "isi", "varian.x", "sumber[1]"]
