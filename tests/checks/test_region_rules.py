"""F10 and F11: regions by their right name, officials by their right title; what no file knows stays unjudged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bakohumas_bot.checks.regions import F10, F11
from bakohumas_bot.domain.officials import Official, Officials
from knowledge_of_2024 import SHIPPED
from sample_post import checkup, found

STAFF = (
    Official(name="Andi Teladan", title="Ketua", begins=date(2024, 1, 1)),
    Official(name="Dewi Contoh", title="Sekretaris"),
    Official(name="Budi Contoh", title="Anggota"),
    Official(name="Budi Contoh", title="Ketua", acting="Plh.", begins=date(2026, 11, 20), ends=date(2026, 11, 27)),
    Official(name="Rina Teladan", title="Kepala Subbagian Teknis dan Hupmas"),
)
KNOWLEDGE = replace(SHIPPED, officials=Officials(all=STAFF))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("KPU Kota Contoh Selatan menggelar rapat.", ["Kota Contoh Selatan"]),
        ("Rakor digelar di Kabupaten Samarinda.", ["Kabupaten Samarinda"]),
        ("Rakor digelar di Kota Samarinda, Kalimantan Selatan.", ["Kalimantan Selatan"]),
        ("Kabupaten Contoh Selatan, Provinsi Kalimantan Selatan", ["Kalimantan Selatan"]),
        ("KPU Provinsi Kalimatan Timur", ["Kalimatan Timur"]),
        ("KPU Provinsi Sulawesi Tenggah", ["Sulawesi Tenggah"]),
        ("Rapat di Provinsi Irian Jaya.", ["Irian Jaya"]),
        ("KABUPATEN SAMARINDA", ["KABUPATEN SAMARINDA"]),
        ("KPU Kabupaten Contoh Selatan menggelar rapat.", []),
        ("Rakor digelar di Kota Samarinda, Kalimantan Timur.", []),
        ("KPU Kota Semarang serta KPU Kabupaten Semarang, Jawa Tengah.", []),
        ("Kabupaten Bandung dan Kota Bandung, Provinsi Jawa Barat.", []),
        ("Dahulu bernama Provinsi Irian Jaya.", []),
        ("KPU Provinsi Daerah Istimewa Yogyakarta dan KPU Provinsi Sumatra Utara", []),
        ("Kota Surabaya, Jakarta, dan Medan menjadi tuan rumah.", []),
        ("Kota Jambi, Bengkulu, dan Palembang", []),
        ("Ibu Kota Contoh Selatan pindah.", []),
        ("Provinsi Contoh Raya dan Kabupaten Kutai Barat, Kalimantan Timur", []),
        ("Kabupaten/Kota se-Kalimantan Timur", []),
    ],
)
def test_names_kinds_and_places_of_regions(sentence: str, expected: list[str]) -> None:
    assert found(F10, sentence, knowledge=SHIPPED) == [f"peringatan {one}" for one in expected]


def test_one_tap_writes_the_right_name() -> None:
    repairs = [
        finding.repairs[0].text
        for body in ("KABUPATEN SAMARINDA", "Provinsi Kalimatan Timur", "Kota Samarinda, Kalimantan Selatan")
        for finding in F10.check(checkup(body, knowledge=SHIPPED))
    ]
    assert repairs == ["KOTA SAMARINDA", "Kalimantan Timur", "Kalimantan Timur"]


def test_every_province_has_its_zone() -> None:
    zones = [province.zone for province in SHIPPED.regions.provinces]
    assert (len(zones), zones.count("WIB"), zones.count("WITA"), zones.count("WIT")) == (38, 18, 12, 8)
    kaltim = SHIPPED.regions.province("64.69")
    assert kaltim is not None
    assert kaltim.zone == "WITA"


HERE = "KPU Kabupaten Contoh Selatan"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"Ketua {HERE}, Dewi Contoh, membuka rapat.", ["Ketua"]),
        (f"Dewi Contoh selaku Ketua {HERE} membuka acara.", ["Ketua"]),
        (f"Dewi Contoh, S.Sos., Ketua {HERE}, hadir.", ["Ketua"]),
        (f"Ketua {HERE}, Andi Taladan, membuka rapat.", ["Andi Taladan"]),
        (f"Ketua {HERE}, Joko Lain, membuka rapat.", ["Joko Lain"]),
        (f"Ketua {HERE}, Budi Contoh, membuka rapat.", ["Ketua"]),
        (f"“Terima kasih,” ujar Ketua {HERE}, Bambang Purnama, menutup acara.", ["Bambang Purnama"]),
        (f"Kata Ketua {HERE} Hendra Wijaya dalam dialog radio.", ["Hendra Wijaya"]),
        (f"Ketua {HERE} Pimpin Apel pagi.", []),
        (f"Ketua {HERE} Bersama Forkopimda meninjau gudang.", []),
        (f"Plh. Ketua {HERE}, Budi Contoh, membuka rapat.", []),
        (f"Anggota {HERE}, Budi Contoh, menyampaikan materi.", []),
        (f"Ketua {HERE}, H. Andi Teladan, S.H., membuka rapat.", []),
        (f"Kata Dewi Contoh, Sekretaris {HERE} selaku ketua Bakohumas.", []),
        ("Rina Teladan, Kepala Subbagian Teknis, menjelaskan.", []),
        ("Ketua KPU Provinsi Kalimantan Timur, Joko Lain, hadir.", []),
        ("Ketua Bawaslu Kabupaten Contoh Selatan, Joko Lain, hadir.", []),
        (f"Mantan Ketua {HERE}, Joko Lain, hadir.", []),
        (f"Ketua {HERE} periode 2018-2023, Joko Lain, hadir.", []),
        (f"Ketua {HERE} Menyerahkan Piagam", []),
        ("Ketua Tim Penyusun, Dewi Contoh, menjelaskan.", []),
    ],
)
def test_names_and_titles(sentence: str, expected: list[str]) -> None:
    assert found(F11, sentence, knowledge=KNOWLEDGE) == [f"peringatan {one}" for one in expected]


def test_one_tap_writes_plh() -> None:
    (finding,) = F11.check(checkup(f"Ketua {HERE}, Budi Contoh, membuka rapat.", knowledge=KNOWLEDGE))
    assert [repair.text for repair in finding.repairs] == ["Plh. Ketua"]


def test_without_the_offices_file_no_title_is_judged() -> None:
    assert found(F11, f"Ketua {HERE}, Joko Lain, hadir.", knowledge=SHIPPED) == []
