"""S02 to S04: citations against the shipped list of regulations, on the day of publishing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bakohumas_bot.checks.citation_facts import S03
from bakohumas_bot.checks.citation_forms import S02
from bakohumas_bot.checks.citation_validity import S04
from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.domain.posts import Kind
from sample_post import WITA, checkup, found

MISTAKES: list[str] = []
KNOWLEDGE = read_knowledge(Path("tidak-ada"), MISTAKES)


def findings(rule: object, text: str, **facts: object) -> list[tuple[str, str, list[str]]]:
    given = checkup(text, knowledge=KNOWLEDGE, **facts)  # type: ignore[arg-type]
    return [
        (str(f.severity), text[f.start : f.end], [repair.text for repair in f.repairs])
        for f in rule.check(given)  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(
    ("text", "severity", "marked", "mended"),
    [
        ("Sesuai PKPU No. 9 thn 2022.", "saran", "PKPU No. 9 thn 2022", "PKPU Nomor 9 Tahun 2022"),
        (
            "Menurut undang-undang no 14 tahun 2008, warga berhak.",
            "saran",
            "undang-undang no 14 tahun 2008",
            "Undang-Undang Nomor 14 Tahun 2008",
        ),
        (
            "Sesuai PKPU Nomor 9 tentang Partisipasi Masyarakat.",
            "peringatan",
            "PKPU Nomor 9",
            "PKPU Nomor 9 Tahun 2022",
        ),
    ],
)
def test_unusual_forms(text: str, severity: str, marked: str, mended: str) -> None:
    assert findings(S02, text) == [(severity, marked, [mended])]


def test_a_press_release_says_it_in_full_once() -> None:
    ((severity, marked, mended),) = findings(S02, "Kelas ini sesuai PKPU 1/2025.", kind=Kind.SIARAN_PERS)
    assert (severity, marked) == ("peringatan", "PKPU 1/2025")
    full = "Peraturan Komisi Pemilihan Umum Nomor 1 Tahun 2025"
    assert mended == [f"{full} tentang Pemutakhiran Data Pemilih Berkelanjutan"]
    assert findings(S02, f"Sesuai {full}. PKPU 1/2025 juga memuatnya.", kind=Kind.SIARAN_PERS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sesuai PKPU 9/2022, kelas ini terbuka.",
        "Sesuai UU Nomor 14 Tahun 2008.",
        "PKPU Nomor 9 Tahun 2022 memuatnya. PKPU Nomor 9 itu juga mengatur kelas.",
        "“Dasarnya UU No 7 tahun 2017,” kata Ketua KPU.",
        "UUD 1945, UU Pemilu, PP 12 orang, dan Perda No. 3 Th 2015.",
        "Tertulis: PKPU No 9 thn 2022.",
    ],
)
def test_forms_that_offices_use(text: str) -> None:
    assert findings(S02, text) == []


ITE = "UU ITE"
OLD_ITE = "Undang-Undang Nomor 11 Tahun 2008 tentang Informasi dan Transaksi Elektronik"
OLD_PILKADA = (
    "Undang-Undang Nomor 1 Tahun 2015 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2014"
    " tentang Pemilihan Gubernur, Bupati dan Walikota menjadi Undang-Undang"
)


@pytest.mark.parametrize(
    ("text", "severity", "mended"),
    [
        (f"Penyebar hoaks dijerat {ITE} (UU 1/2023).", "blok", "UU 1/2024"),
        (f"UU 1/2023 ({ITE}) melarang hoaks.", "blok", "UU 1/2024"),
        (f"{ITE} yang telah diubah dengan UU Nomor 1 Tahun 2023 melarangnya.", "blok", "UU Nomor 1 Tahun 2024"),
        (
            f"{OLD_ITE} sebagaimana telah diubah terakhir dengan Undang-Undang Nomor 1 Tahun 2023.",
            "blok",
            "Undang-Undang Nomor 1 Tahun 2024",
        ),
        ("UU Nomor 17 Tahun 2017 tentang Pemilihan Umum.", "blok", "UU Nomor 7 Tahun 2017 tentang Pemilihan Umum"),
        ("Sesuai UU Pemilu Nomor 7 Tahun 2018.", "blok", "UU Pemilu Nomor 7 Tahun 2017"),
        ("UU PDP (UU 22/2022) melindungi NIK.", "blok", "UU 27/2022"),
        ("UU 23/2006 jo. UU 24/2014 melindungi NIK.", "blok", "UU 24/2013"),
        ("Sesuai PKPU 99/2022.", "peringatan", None),
        ("Sesuai PKPU 3/2031 tentang Tahapan.", "peringatan", None),
        ("Sesuai PKPU 5/2026.", "saran", None),
        ("Kajian UU Nomor 35 Tahun 2009 tentang Narkotika.", "saran", None),
    ],
)
def test_number_year_and_name_of_different_regulations(text: str, severity: str, mended: str | None) -> None:
    ((told, _, repairs),) = findings(S03, text)
    assert (told, repairs) == (severity, [mended] if mended else [])


def test_a_wrong_title_offers_the_right_title_and_the_right_number() -> None:
    ((severity, marked, repairs),) = findings(
        S03, "Sesuai Undang-Undang Nomor 14 Tahun 2008 tentang Pelayanan Publik, kantor melayani."
    )
    assert (severity, marked) == ("blok", "Undang-Undang Nomor 14 Tahun 2008 tentang Pelayanan Publik")
    assert repairs == [
        "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "UU ITE, UU 27/2022, dan UU 14/2008 menjadi rujukan.",
        "UU ITE sebagaimana diubah dengan UU 1/2024.",
        "UU 7/2017 tentang Pemilu, UU 10/2016 tentang Pilkada, dan UU 27/2022 tentang Perlindungan Data Pribadi.",
        "PKPU 9/2022 tentang Partisipasi Masyarakat dalam Pemilu.",
        "Peraturan Komisi Pemilihan Umum (PKPU) Nomor 1 Tahun 2025 tentang PDPB, pada Selasa (20/05/2025).",
        "UU 7/2017 tentang larangan kampanye di tempat ibadah.",
        "UU Nomor 1 Tahun 2024 tentang Perubahan Kedua atas Undang-Undang Nomor 11 Tahun 2008 tentang ITE.",
        f"{OLD_PILKADA} sebagaimana telah beberapa kali diubah terakhir dengan Undang-Undang Nomor 6 Tahun 2020.",
        "Perda Nomor 3 Tahun 2015 dan Keputusan KPU Kabupaten Contoh Selatan Nomor 12 Tahun 2024.",
        "Keputusan KPU Nomor 99 Tahun 2024.",
        "Tertulis: UU 1/2023 tentang ITE. Seharusnya: UU 1/2024 tentang ITE.",
    ],
)
def test_right_citations_and_what_only_the_office_can_know(text: str) -> None:
    assert findings(S03, text) == []


@pytest.mark.parametrize(
    ("text", "severity", "mended"),
    [
        ("Layanan mengacu pada PKPU Nomor 1 Tahun 2015.", "peringatan", "PKPU Nomor 22 Tahun 2023"),
        ("UU 5/2014 tentang Aparatur Sipil Negara mengatur.", "peringatan", "UU 20/2023 tentang Aparatur Sipil Negara"),
        ("Sosialisasi berpedoman pada PKPU 10/2018.", "peringatan", "PKPU 9/2022"),
        ("PPID berpedoman pada PKPU 22/2023.", "saran", "PKPU 22/2023 jo. 11/2024 jo. 4/2025"),
        ("PPID: PKPU 22/2023 jo. 11/2024.", "saran", "4/2025"),
        ("PKPU 22/2023 sebagaimana telah diubah terakhir dengan PKPU 11/2024.", "peringatan", "PKPU 4/2025"),
    ],
)
def test_repealed_and_amended(text: str, severity: str, mended: str) -> None:
    ((told, _, repairs),) = findings(S04, text)
    assert (told, repairs) == (severity, [mended])


@pytest.mark.parametrize(
    "text",
    [
        "PPID: PKPU 22/2023 jo. 11/2024 jo. 4/2025.",
        "Peraturan KPU Nomor 22 Tahun 2023 beserta perubahannya mengatur PPID.",
        "Pada Pemilu 2019, kampanye diatur dengan PKPU 23/2018.",
        "PKPU 9/2022 menggantikan PKPU 10/2018.",
        "Saat itu penyelenggara tunduk pada UU 15/2011.",
        "“Kami berpegang pada UU 7/2017,” kata Ketua KPU.",
    ],
)
def test_history_and_full_chains_stay(text: str) -> None:
    assert findings(S04, text) == []


@pytest.mark.parametrize(
    ("day", "expected"), [(datetime(2023, 10, 31, 23, 59, tzinfo=WITA), 0), (datetime(2023, 11, 1, tzinfo=WITA), 1)]
)
def test_a_repeal_counts_from_its_day_at_the_hour_of_publishing(day: datetime, expected: int) -> None:
    early = datetime(2023, 10, 1, tzinfo=WITA)
    text = "Layanan mengacu pada PKPU 1/2015."
    assert len(findings(S04, text, now=early, publish_at=day)) == expected


def test_without_a_list_nothing_is_said_to_be_unknown() -> None:
    assert MISTAKES == []
    assert found(S03, "Sesuai PKPU 99/2022.") == []
