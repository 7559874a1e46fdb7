"""F07 and F08: parts make their whole, and what the text tells is what the picture shows."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.figures import F07
from bakohumas_bot.checks.same_figures import F08
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.seen import Seen
from sample_post import checkup, found, media


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DPT berjumlah 205.000 pemilih, terdiri atas 102.000 laki-laki dan 103.000 perempuan.", []),
        ("DPT berjumlah 206.000 pemilih, terdiri atas 102.000 laki-laki dan 103.000 perempuan.", ["blok 206.000"]),
        (
            "Laki-laki sebanyak 103.006.478 orang dan perempuan 102.846.040 orang, total 205.853.518 orang.",
            ["blok 205.853.518"],
        ),
        ("Jumlah pemilih: 1.000\nLaki-laki: 500\nPerempuan: 490", ["blok 1.000"]),
        ("Laki-laki: 50 orang\nPerempuan: 60 orang\nJumlah: 110 orang", []),
        ("Peserta hadir 115 orang (50 L, 60 P).", ["blok 115"]),
        ("Rekapitulasi: 14 kecamatan, 1.020 TPS, L 300.100, P 299.900, total 600.000.", []),
        ("Jumlah pemilih 823.220 di 1.200 TPS. Rinciannya, laki-laki 411.000 dan perempuan 412.220.", []),
        ("Jumlah pemilih 823.220 di 1.200 TPS. Rinciannya, laki-laki 411.000 dan perempuan 412.000.", ["blok 823.220"]),
        ("Sebanyak 110 PPK dilantik. Mereka terdiri dari 70 pria dan 30 wanita.", ["blok 110"]),
        ("Sekitar 200 peserta hadir, terdiri atas 95 laki-laki dan 103 perempuan.", []),
        ("Sebanyak 205,8 juta pemilih, yakni 102,8 juta laki-laki dan 103 juta perempuan.", []),
        ("Pantarlih 50 laki-laki dan 60 perempuan bertugas di 115 TPS.", []),
        ("Total peserta 115 orang: 50 laki-laki, 60 perempuan, dan 5 anak.", []),
        ("Total 115 orang, 50 di antaranya laki-laki dan 60 perempuan, sisanya tidak mengisi.", []),
        ("Rapat dihadiri 25 peserta yang terdiri atas 5 ketua, 10 anggota, dan 9 staf.", ["peringatan 25"]),
        ("Rapat dihadiri 25 peserta yang terdiri atas 5 ketua, 10 anggota, dan 10 staf.", []),
        ("Semula 210 peserta. Yang benar 220 peserta, yaitu 120 perempuan dan 110 laki-laki.", ["blok 220"]),
        ("Hadir 100 orang yang terbagi menjadi 3 regu: 40 orang, 35 orang, dan 25 orang.", []),
        (
            "Hadir 2 satker, yaitu A dan B, dengan 25 peserta terdiri atas 5 ketua, 10 anggota, 9 staf.",
            ["peringatan 25"],
        ),
        ("Ada 412 TPS: 120 TPS di Hulu, 155 TPS di Hilir, dan 147 TPS di Contoh Baru.", ["peringatan 412"]),
        ("Ada 422 TPS: 120 TPS di Hulu, 155 TPS di Hilir, dan 147 TPS di Contoh Baru.", []),
        ("Hadir 80 orang, yakni 30 orang dari Hulu, 20 orang dari Hilir, dan 25 orang dari Baru.", ["peringatan 80"]),
        ("Hadir 80 orang, antara lain 30 orang dari Hulu, 20 orang dari Hilir, dan 25 orang dari Baru.", []),
        ("Hadir 80 orang: 30 orang dari Hulu, 20 orang dari Hilir, 25 orang dari Baru, dan lainnya.", []),
        ("Ada 5 lomba: 12 karya tulis, 3 video, dan 2 poster masuk hingga kini.", []),
        ("Dari 412 TPS, 120 TPS berada di Hulu, 155 TPS di Hilir, dan 147 TPS di Baru.", ["peringatan 412"]),
        ("Dari 412 TPS, 120 TPS berada di Hulu dan 155 TPS di Hilir.", []),
        ("Dari 100 peserta, 60 perempuan, 40 pelajar, dan 30 penyandang disabilitas.", []),
        (
            "Pengunjung berusia 17–25 tahun 54,2%, 26–40 tahun 31,5%, dan di atas 40 tahun 16,3%.",
            ["peringatan 54,2%, 26–40 tahun 31,5%, dan di atas 40 tahun 16,3"],
        ),
        ("Ada 25 orang terdiri atas 5 komisioner, 10 staf (4 laki-laki, 6 perempuan), dan 10 tamu.", []),
        ("Kabupaten ini terdiri atas 12 kecamatan, 120 desa, dan 14 kelurahan.", []),
        ("Anggaran Rp10.000.000 terdiri atas Rp4.000.000 barang dan Rp5.000.000 jasa.", ["peringatan 10.000.000"]),
        ("Sesuai Pasal 167 ayat (6) UU 7/2017, jumlah 20 bulan.", []),
    ],
)
def test_parts_told_in_sentences_make_their_whole(text: str, expected: list[str]) -> None:
    assert found(F07, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Laki-laki 49,8 persen dan perempuan 50,2 persen.", []),
        ("Laki-laki 49,8 persen dan perempuan 51,2 persen.", ["blok 49,8 persen dan perempuan 51,2"]),
        ("Muda 33,6%, milenial 35,1%, generasi X 25%, lainnya 6,3%.", []),
        (
            "Muda 33,6%, milenial 35,1%, generasi X 25%, lainnya 8,3%.",
            ["peringatan 33,6%, milenial 35,1%, generasi X 25%, lainnya 8,3"],
        ),
        ("Setuju 33%, ragu 33%, tidak setuju 33%.", ["saran 33%, ragu 33%, tidak setuju 33"]),
        ("Partisipasi naik dari 49 persen menjadi 52 persen.", []),
        ("Tingkat partisipasi di A 32,1%, B 33,5%, C 35%.", []),
        ("Keterwakilan perempuan 30 persen dan laki-laki 60 persen.", []),
    ],
)
def test_shares_make_a_hundred(text: str, expected: list[str]) -> None:
    assert found(F07, text) == expected


MARKDOWN = """\
| No | Kecamatan | L | P | Jumlah |
|----|-----------|---|---|--------|
| 1 | A | 1.010 | 2.000 | 3.010 |
| 2 | B | 1.100 | 2.100 | {b} |
| Total | | 2.110 | {women} | {all} |
"""
TABS = "NO\tKECAMATAN\tTPS\tL\tP\tL+P\n1\tA\t3\t10\t20\t30\n2\tB\t4\t11\t21\t{b}\nJUMLAH\t{tps}\t21\t41\t62\n"
GAPS = """\
No   Kecamatan    TPS    Pemilih
1    A            3      300
2    B            4      410
     Jumlah       7      {all}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MARKDOWN.format(b="3.200", women="4.100", all="6.210"), []),
        (MARKDOWN.format(b="3.200", women="4.200", all="6.210"), ["blok 4.200", "blok 6.210"]),
        (TABS.format(b="32", tps="7"), []),
        (TABS.format(b="32", tps="8"), ["blok 8"]),
        (TABS.format(b="33", tps="7"), ["blok 62", "blok 33"]),
        (GAPS.format(all="710"), []),
        (GAPS.format(all="720"), ["blok 720"]),
        ("- SMA 1: 30 siswa\n- SMA 2: 40 siswa\n- Total: 80 siswa", ["peringatan 80"]),
        ("- Jumlah TPS: 10\n- Jumlah desa: 5\n- Jumlah pemilih: 3.000", []),
        ("| Desa | Partisipasi |\n|---|---|\n| A | 81,0% |\n| B | 79,0% |\n| Total | 80,1% |", []),
        ("1\t25 s.d 27 Maret 2021\tRapat\n2\tSenin, 6 April 2021\tRapat\nJumlah\t2\tkegiatan", []),
    ],
)
def test_tables_make_their_totals(text: str, expected: list[str]) -> None:
    assert found(F07, text) == expected


def test_one_tap_writes_the_sum_and_a_correction_may_tell_the_mistake() -> None:
    wrong = "Tertulis: total 120 pemilih, 50 laki-laki dan 60 perempuan."
    (finding,) = F07.check(checkup("Total 120 pemilih, 50 laki-laki dan 60 perempuan."))
    assert [repair.text for repair in finding.repairs] == ["110"]
    assert found(F07, wrong, kind=Kind.RALAT) == ["saran 120"]


@pytest.mark.parametrize(
    ("caption", "picture", "expected"),
    [
        ("DPT sebanyak 141.230 pemilih.", "JUMLAH PEMILIH 141.230", []),
        ("DPT sebanyak 141.320 pemilih.", "141.230 PEMILIH", ["peringatan 141.320"]),
        ("Terdapat 1.250 permohonan.", "1.260 permohonan", ["peringatan 1.250"]),
        ("Lebih dari 141 ribu pemilih terdaftar.", "141.230 pemilih", []),
        ("Sekitar 141.000 pemilih terdaftar.", "141.230 pemilih", []),
        ("Hadir 50 peserta.", "14 kecamatan, 120 desa", []),
        ("Partisipasi 81,4 persen.", "PARTISIPASI 84,1%", ["peringatan 81,4"]),
        ("Rapat pada 26 November 2026.", "KAMIS, 27 NOVEMBER 2026", ["peringatan 26 November 2026"]),
        ("Rapat pada 26 November 2026.", "Kamis, 26 November 2026 di aula", []),
        ("Rapat pada 26 November 2026.", "Daftar 1 November 2026, rapat 26 November 2026", []),
        ("Mulai pukul 09.00 WITA.", "Pukul 10.00 WITA", ["peringatan pukul 09.00 WITA"]),
        ("Mulai pukul 09.00 WITA.", "Pukul 09.00 WITA - selesai", []),
        ("Mulai pukul 09.00 WITA.", "", []),
    ],
)
def test_the_text_tells_what_the_picture_shows(caption: str, picture: str, expected: list[str]) -> None:
    facts = {"attached": (media(alt="Poster"),), "seen": {"rakor.jpg": Seen(text=picture)}}
    assert found(F08, caption, **facts) == expected
