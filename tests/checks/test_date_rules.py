"""F01 and F02: a weekday that does not fit its date never leaves unseen, and a right one is never questioned."""

from __future__ import annotations

from datetime import datetime

import pytest

from bakohumas_bot.checks.dates import F01, F02
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Seen
from sample_post import WITA, checkup, found, media

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
        ("Tertulis: Senin, 6 April 2021\nSeharusnya: Selasa, 6 April 2021", ["saran Senin, 6 April 2021"]),
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
        (Kind.KLARIFIKASI_HOAKS, "KLAIM: pencoblosan diundur ke Senin, 6 April 2021.", "saran"),
        (Kind.KLARIFIKASI_HOAKS, "Beredar pesan bahwa layanan tutup Senin, 6 April 2021.", "saran"),
        (Kind.KLARIFIKASI_HOAKS, "Klaim: tutup. Faktanya, layanan buka Senin, 6 April 2021.", "blok"),
        (Kind.KLARIFIKASI_HOAKS, "Klaim: tutup.\n\nLayanan buka Senin, 6 April 2021.", "blok"),
        (Kind.RALAT, "Pengumuman “Rapat Senin, 6 April 2021” keliru.", "saran"),
        (Kind.RALAT, "Yang benar Senin, 6 April 2021.", "blok"),
        (Kind.RALAT, "Tertulis hari Selasa. Seharusnya ditulis Senin, 6 April 2021.", "blok"),
        (Kind.RALAT, "Dalam undangan tercantum hari Senin, 6 April 2021, dibetulkan menjadi Selasa.", "saran"),
        (Kind.RALAT, "Semula: Senin, 6 April 2021\nMenjadi: Selasa, 6 April 2021", "saran"),
        (Kind.RALAT, "Pelantikan Senin, 6 April 2021 seharusnya Selasa, 6 April 2021.", "saran"),
        (Kind.RALAT, "Bukan Senin, 6 April 2021, melainkan Selasa.", "saran"),
        (Kind.PENGUMUMAN, "KOREKSI. Poster kemarin menyebut Senin, 6 April 2021. Semestinya Selasa.", "saran"),
        (Kind.PENGUMUMAN, "Suratnya tertulis Senin, 6 April 2021.", "blok"),
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
        ("Tertulis: 31 Juni 2027. Seharusnya: 30 Juni 2027.", ["saran 31 Juni 2027"]),
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


@pytest.mark.parametrize(
    ("sentence", "by_date", "by_day"),
    [
        ("Rabu, 26 November 2026", "Kamis, 26 November 2026", "Rabu, 25 November 2026"),
        ("RABU, 26 NOV 2026", "KAMIS, 26 NOV 2026", "RABU, 25 NOV 2026"),
        ("Rabu (26/11/2026)", "Kamis (26/11/2026)", "Rabu (25/11/2026)"),
        ("Jumat (05/06/2027)", "Sabtu (05/06/2027)", "Jumat (04/06/2027)"),
        ("Rabu, 26-11-2026", "Kamis, 26-11-2026", "Rabu, 25-11-2026"),
        ("Rabu, 2026-11-26", "Kamis, 2026-11-26", "Rabu, 2026-11-25"),
        ("26 November 2026 (Rabu)", "26 November 2026 (Kamis)", "25 November 2026 (Rabu)"),
        ("Senin\t6 April 2021", "Selasa\t6 April 2021", "Senin\t5 April 2021"),
        ("Senin | 6 April 2021", "Selasa | 6 April 2021", "Senin | 5 April 2021"),
        ("Rabu, 1 April 2021", "Kamis, 1 April 2021", "Rabu, 31 Maret 2021"),
        ("Kamis – Jumat (21-22/09/2022)", "Rabu – Kamis (21-22/09/2022)", "Kamis – Jumat (22-23/09/2022)"),
        ("Senin-Kamis (29/9-1/10/2026)", "Selasa-Kamis (29/9-1/10/2026)", "Senin-Kamis (28/9-1/10/2026)"),
        ("malam Minggu, 29 November 2026", "malam Senin, 29 November 2026", "malam Minggu, 28 November 2026"),
        (
            "Senin tanggal 4 bulan Mei tahun 2021",
            "Selasa tanggal 4 bulan Mei tahun 2021",
            "Senin tanggal 3 bulan Mei tahun 2021",
        ),
    ],
)
def test_both_repairs_keep_the_form_in_which_the_date_was_written(sentence: str, by_date: str, by_day: str) -> None:
    (finding,) = F01.check(checkup(f"Acara: {sentence}."))
    assert [repair.text for repair in finding.repairs] == [by_date, by_day]
    assert sentence == f"Acara: {sentence}."[finding.start : finding.end]


@pytest.mark.parametrize(
    "sentence",
    [
        "Senin–Selasa, 30 November–1 Desember 2026",
        "Senin, 28 Desember – Sabtu, 2 Januari 2027",
        "Selasa-Kamis (29/9-1/10/2026)",
        "Kamis (31/12) pukul 00.00 dan Selasa (5/1)",
        "Dokumentasi 2019: apel pagi Rabu (17/4)",
        "Rabu malam (25/11/2026), Sabtu malam, 28 November 2026",
        "Minggu ke-2 November 2026 dan Minggu kedua Desember 2026",
        "Skor Kamis 3-2 dan Jumat 21-19; buka Senin 08.00-16.00, Jumat 08.00-16.30",
        "Jumat Agung, 3 April 2026, dan Rabu Abu, 18 Februari 2026",
        "PKPU 7/2017 Pasal 167 ayat (6), UU Nomor 7 Tahun 2017, Senin (23/11)",
        "Senin s.d. Rabu, 23 s.d. 25 November 2026",
        "Kamis (26/11/26), telepon 0812-31-06-2026, Rp26.11.2026",
    ],
)
def test_right_dates_and_what_is_no_date_stay_unquestioned(sentence: str) -> None:
    assert found(F01, sentence) == found(F02, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tidak ada tanggal 31 Juni dalam kalender.", []),
        ("Surat palsu itu bertanggal 31 Juni 2026.", ["peringatan 31 Juni 2026"]),
        ("Surat Nomor 31/06/2026, B/31/06/2026, surat dinas 31/06/2026", []),
        ("Batas akhir (31/11/2026)", ["blok 31/11/2026"]),
        ("Harga 31 apr, kolom 31 Jun", []),
    ],
)
def test_numbers_of_letters_and_tales_of_wrong_dates_are_no_impossible_dates(
    sentence: str, expected: list[str]
) -> None:
    assert found(F02, sentence) == expected


def test_dates_in_pictures_and_documents_are_read_too() -> None:
    read = Seen(text="RAKOR\n31 JUNI 2027\nSENIN, 4 MEI 2021")
    poster = checkup(attached=(media(),), seen={"rakor.jpg": read})
    paper = checkup(attached=(media("surat.pdf", MediaKind.DOCUMENT),), seen={"surat.pdf": read})
    (picture,), (document,) = F02.check(poster), F02.check(paper)
    assert (picture.severity, picture.field, picture.start) == ("peringatan", "media[0].tulisan", None)
    assert (document.severity, document.override) == (Severity.BLOK, Override.CHAIR)
    (weekday,) = F01.check(poster)
    assert (weekday.severity, weekday.repairs) == ("peringatan", ())
    assert "“SENIN, 4 MEI 2021”" in weekday.message
