"""F09, N08, N09, T01 and T02: what the stage of the election allows at the hour of publishing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bakohumas_bot.checks.stages import F09, N08, N09, T01, T02
from bakohumas_bot.domain.almanac import ZONES
from bakohumas_bot.domain.calendar import (
    Basis,
    Calendar,
    ElectionKind,
    ElectionStage,
    StageRule,
    StageStatus,
)
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.posts import Kind
from knowledge_of_2024 import CAMPAIGN, EVENING, LOCAL_CAMPAIGN, QUIET_DAYS, SHIPPED, TODAY, VOTING_DAY
from sample_post import WITA, checkup, found


def said(rule: Any, body: str, now: datetime = TODAY, **facts: Any) -> list[str]:
    return found(rule, body, now=now, knowledge=SHIPPED, **facts)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Pemungutan suara Pemilu 2024 dilaksanakan pada Kamis, 15 Februari 2024.", ["blok Kamis, 15 Februari 2024"]),
        ("Masa tenang berlangsung 12–14 Februari 2024.", ["blok 12–14 Februari 2024"]),
        ("Masa tenang Pilkada 2024 pada 23-26 November 2024.", ["blok 23-26 November 2024"]),
        ("Pendaftaran pasangan calon dibuka 26-28 Agustus 2024.", ["blok 26-28 Agustus 2024"]),
        ("Kamis, 15 Februari 2024 adalah hari pemungutan suara.", ["blok Kamis, 15 Februari 2024"]),
        (
            "Masa kampanye dimulai 28 November 2023 sampai dengan 9 Februari 2024.",
            ["blok 28 November 2023 sampai dengan 9 Februari 2024"],
        ),
        ("Hari pemungutan suara Pemilihan Tahun 2024 jatuh pada 28 November 2024.", ["blok 28 November 2024"]),
        ("Pemungutan suara Pemilu 2024 dilaksanakan Rabu, 14 Februari 2024.", []),
        ("Rabu, 14 Februari 2024 adalah hari pemungutan suara.", []),
        ("Masa tenang berlangsung 11–13 Februari 2024.", []),
        ("Masa kampanye Pemilu 2024: 28 November 2023 s.d. 10 Februari 2024.", []),
        ("Pilkada serentak 2024: pemungutan suara 27 November 2024.", []),
        ("Pendaftaran pasangan calon dibuka 27-29 Agustus 2024.", []),
        ("Simulasi pemungutan suara pada Sabtu, 27 Januari 2024 berjalan lancar.", []),
        ("Rapat persiapan pemungutan suara, Senin (5/2/2024).", []),
        ("Memasuki masa kampanye, KPU menggelar rakor pada 3 Oktober 2024.", []),
        ("Pemungutan suara Pemilu 2019 dilaksanakan 17 April 2019.", []),
        ("Pemungutan suara ulang dilaksanakan 24 Februari 2024.", []),
        ("Pemungutan suara pemilihan Ketua OSIS digelar 20 November 2026.", []),
    ],
)
def test_dates_of_stages(sentence: str, expected: list[str]) -> None:
    assert said(F09, sentence) == expected


def test_one_tap_puts_the_dates_of_the_regulation() -> None:
    (finding,) = F09.check(checkup("Masa tenang: 12-14 Februari 2024.", knowledge=SHIPPED))
    assert [repair.text for repair in finding.repairs] == ["11 Februari 2024 s.d. 13 Februari 2024"]
    assert "PKPU Nomor 3 Tahun 2022" in finding.message


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [
        ("Hasil exit poll: paslon nomor urut 2 unggul 51 persen.", "never", "chair"),
        ("Menurut hitung cepat, paslon nomor urut 1 unggul.", "never", "chair"),
        ("Di TPS 05 Contoh Baru, paslon 1 mendapat 120 suara.", "never", None),
        ("TPS 05 di Contoh Baru mendapat 300 lembar surat suara.", None, None),
        ("Perolehan suara sementara di TPS 1: paslon 1 memperoleh 120 suara.", "never", "chair"),
        ("Paslon nomor urut 1 memperoleh 150 suara berdasarkan rekapitulasi tingkat kecamatan.", "never", None),
        ("Quick count baru boleh diumumkan setelah pukul 15.00 WIB, dua jam setelah TPS ditutup.", None, None),
        ("Hitung cepat adalah metode statistik dengan sampel TPS dan margin of error 1 persen.", None, None),
        ("Partisipasi pemilih di TPS 3 mencapai 78 persen.", None, None),
        ("Perolehan suara Pemilu 2019: Golkar 12,31 persen.", None, None),
        ("KPU mencetak 120.500 surat suara.", None, None),
        ("Ambang batas parlemen 4 persen suara sah nasional.", None, None),
        ("Penghitungan suara di TPS dimulai pukul 13.00.", None, None),
    ],
)
def test_counts_before_and_after_15_00_in_the_west(sentence: str, before: str | None, after: str | None) -> None:
    for now, expected in ((VOTING_DAY, before), (EVENING, after)):
        overrides = [f.override for f in N08.check(checkup(sentence, now=now, knowledge=SHIPPED))]
        assert [override for override in overrides if override is not Override.NONE] == ([expected] if expected else [])


def test_the_gate_opens_at_15_00_wib_wherever_the_office_is() -> None:
    body = "Quick count: paslon nomor urut 1 unggul 54 persen."
    for hour, expected in ((15, Override.NEVER), (16, Override.CHAIR)):
        at = datetime(2024, 2, 14, hour, 0, tzinfo=WITA)
        assert [f.override for f in N08.check(checkup(body, now=at, knowledge=SHIPPED))] == [expected]


def test_outside_the_stages_a_count_is_no_block() -> None:
    assert said(N08, "Hasil quick count menunjukkan paslon nomor urut 1 unggul 54,2 persen.") == ["peringatan unggul"]
    assert said(N08, "Perolehan suara Golkar 12.345 suara berdasarkan Keputusan KPU.") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hasil survei: elektabilitas paslon nomor urut 2 mencapai 51 persen.", ["blok Hasil survei"]),
        ("Jajak pendapat terbaru tentang dukungan partai politik.", ["blok Jajak pendapat"]),
        ("Pada masa tenang dilarang mengumumkan hasil survei atau jajak pendapat tentang Pemilu.", []),
        ("Survei Kepuasan Masyarakat terhadap layanan PPID KPU.", []),
    ],
)
def test_surveys_in_the_quiet_days(sentence: str, expected: list[str]) -> None:
    assert said(N09, sentence, now=QUIET_DAYS) == expected
    assert said(N09, sentence, now=CAMPAIGN) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Simak kembali visi dan misi paslon nomor urut 1.", [Override.NEVER]),
        ("Saksikan tayangan ulang debat capres di kanal kami.", [Override.CHAIR]),
        ("Iklan layanan kampanye pasangan calon dapat disaksikan kembali di sini.", [Override.CHAIR]),
        ("Masa kampanye pasangan calon telah berakhir.", []),
        ("Kenali rekam jejak calon anggota DPD Anda.", [Override.NONE]),
        ("Selama masa tenang dilarang menyiarkan iklan kampanye dan rekam jejak peserta Pemilu.", []),
        ("Penertiban alat peraga kampanye dilakukan bersama Bawaslu.", []),
        ("Visi dan misi KPU Kabupaten Contoh Selatan.", []),
        ("Ayo gunakan hak pilih pada 14 Februari 2024.", []),
        ("Profil KPPS yang akan bertugas.", []),
    ],
)
def test_what_the_quiet_days_forbid(sentence: str, expected: list[Override]) -> None:
    assert [f.override for f in T01.check(checkup(sentence, now=QUIET_DAYS, knowledge=SHIPPED))] == expected
    assert said(T01, sentence, now=CAMPAIGN) == []


def test_the_hour_of_publishing_counts_not_that_of_writing() -> None:
    body = "Simak visi dan misi paslon nomor urut 1, 2, dan 3."
    assert said(T01, body, now=CAMPAIGN) == []
    assert said(T01, body, now=CAMPAIGN, publish_at=QUIET_DAYS) == ["blok visi dan misi"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("EMBARGO sampai 25 November 2026 pukul 10.00 WITA", ["blok EMBARGO sampai 25 November 2026 pukul 10.00 WITA"]),
        (
            "Siaran pers ini diembargo hingga Rabu, 25 November 2026 pukul 10.00 WIB.",
            ["blok diembargo hingga Rabu, 25 November 2026 pukul 10.00 WIB"],
        ),
        ("Tidak untuk disiarkan sebelum pukul 13.00 WITA.", ["blok Tidak untuk disiarkan sebelum pukul 13.00 WITA"]),
        (
            "Embargo sampai 20 November 2026 pukul 10.00 WITA.",
            ["saran Embargo sampai 20 November 2026 pukul 10.00 WITA"],
        ),
        ("Embargo hingga pengumuman resmi.", ["peringatan Embargo hingga"]),
        (
            "RAHASIA – tidak untuk dipublikasikan sebelum pleno.",
            ["peringatan tidak untuk dipublikasikan sebelum", "blok RAHASIA –"],
        ),
        (
            "Naskah ini belum boleh dipublikasikan sebelum rapat pleno.",
            ["peringatan belum boleh dipublikasikan sebelum"],
        ),
        ("RAHASIA: begitulah salah satu asas pemilu.", []),
        ("Sifat: Rahasia", ["blok Sifat: Rahasia"]),
        ("DIKECUALIKAN\nBerita acara pleno", ["blok DIKECUALIKAN"]),
        ("Dokumen ini bersifat rahasia.", ["blok Dokumen ini bersifat rahasia"]),
        ("Embargo adalah penundaan penyiaran berita.", []),
        ("Embargo ekonomi sampai 2030 menjadi isu dunia.", []),
        ("Daftar informasi yang dikecualikan dapat dilihat di laman PPID.", []),
        ("Pemungutan suara bersifat langsung, umum, bebas, rahasia, jujur, dan adil.", []),
        ("Jangan disebarluaskan sebelum diverifikasi, begitu cara menghadapi hoaks.", []),
    ],
)
def test_what_must_wait(sentence: str, expected: list[str]) -> None:
    assert said(T02, sentence) == expected


def test_an_embargo_is_kept_by_a_later_hour() -> None:
    body = "EMBARGO sampai 25 November 2026 pukul 10.00 WITA"
    later = datetime(2026, 11, 25, 10, 0, tzinfo=WITA)
    assert said(T02, body, publish_at=later - timedelta(minutes=1))[0].startswith("blok")
    assert said(T02, body, publish_at=later)[0].startswith("saran")


def stage(**facts: Any) -> ElectionStage:
    defaults: dict[str, Any] = {
        "code": "x.tenang",
        "kind": ElectionKind.PEMILU,
        "contest": "x",
        "name": "Masa tenang",
        "begins": date(2026, 11, 20),
        "ends": date(2026, 11, 22),
        "basis": Basis(kind="PKPU", number="1", year=2026),
        "rules": frozenset({StageRule.QUIET}),
    }
    return ElectionStage(**defaults | facts)


def test_a_draft_switches_nothing_on_and_a_new_version_takes_the_olds_place() -> None:
    wita = ZONES["WITA"]
    assert Calendar(stages=(stage(status=StageStatus.DRAFT),)).rules_at(TODAY, wita) == frozenset()
    moved = stage(version=2, status=StageStatus.CHANGED, begins=date(2026, 12, 1), ends=date(2026, 12, 3))
    calendar = Calendar(stages=(moved, stage()))
    assert calendar.active(TODAY, wita) == ()
    assert calendar.active(TODAY + timedelta(days=11), wita) == (moved,)


def test_a_day_begins_by_the_offices_clock() -> None:
    midnight_in_the_east = datetime(2026, 11, 20, 0, 30, tzinfo=ZONES["WIT"])
    calendar = Calendar(stages=(stage(),))
    assert calendar.active(midnight_in_the_east, ZONES["WIT"])
    assert not calendar.active(midnight_in_the_east, ZONES["WIB"])


def test_equal_treatment_lasts_from_the_participants_to_the_result() -> None:
    for day, on in (
        (date(2022, 12, 13), False),
        (date(2023, 7, 1), True),
        (date(2024, 3, 20), True),
        (date(2024, 3, 21), False),
    ):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=WITA)
        assert ("T_SETARA" in SHIPPED.calendar.rules_at(at, WITA)) is on
    assert SHIPPED.calendar.contests_under(StageRule.EQUAL, LOCAL_CAMPAIGN, WITA) == {"pemilihan-2024"}
    assert SHIPPED.calendar.rules_at(TODAY, WITA) == frozenset()


def test_a_kind_that_a_stage_forbids() -> None:
    knowledge = Knowledge(calendar=Calendar(stages=(stage(banned=frozenset({"iklan"})),)))
    (finding,) = T01.check(checkup("Ayo ke TPS.", kind=Kind.IKLAN, knowledge=knowledge))
    assert (finding.severity, finding.override, finding.field) == (Severity.BLOK, Override.CHAIR, "jenis")
    assert not list(T01.check(checkup("Ayo ke TPS.", kind=Kind.BERITA, knowledge=knowledge)))
