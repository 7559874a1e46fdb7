"""P01, P02, P08, P11: what says who a person is never leaves; other long numbers are left alone. Invented numbers."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.personal import P01, P02, P08, P11
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.seen import Seen
from sample_post import checkup, found, media


@pytest.mark.parametrize(
    "number",
    [
        "6469014101900001",
        "6469 0141 0190 0001",
        "646901 410190 0001",
        "64.69.01.410190.0001",
        "64-69-01-41-01-90-0001",
        "6469.0131.1299.0001",
        "6469\u00a00171\u00a00190\u00a00001",
        "6 4 6 9 0 1 4 1 0 1 9 0 0 0 0 1",
    ],
)
@pytest.mark.parametrize("sentence", ["NIK {}.", "Nama: Budi Contoh ({}), hadir", "{}", "Budi 1. {}; Ani"])
def test_an_identity_number_is_found_however_it_is_written(number: str, sentence: str) -> None:
    text = sentence.format(number)
    assert [hit.removeprefix("blok ") for hit in found(P01, text)] == [number]


def test_a_row_with_a_telephone_beside_it_hides_nothing() -> None:
    assert found(P01, "Budi 6469014101900001 081234567890") == ["blok 6469014101900001"]


@pytest.mark.parametrize(
    "text",
    [
        "6469017201900001",  # day 72
        "6469013201900001",  # day 32
        "6469014113900001",  # month 13
        "6469014100900001",  # month 0
        "646901410190000",  # fifteen
        "64690141019000012",  # seventeen
        "NIP 19800101 200501 1 001",
        "198001012005011001",
        "10.050.123 10.120.456 pemilih",
        "1.250.112.310.112.516",
        "26.11.2026 09.00 12.00",
        "11.10.2026-12.10.2026",
        "2026-11-26 09.00 10.00",
        "DIPA-076.01.2.654500/2021",
        "0812 3456 7890 1234",
        "0012341012345678",
        "π = 3.1415921201535897",
        "https://www.facebook.com/photo/?fbid=1000041112345678",
    ],
)
def test_other_long_numbers_are_left_alone(text: str) -> None:
    assert found(P01, text) == []


def test_nobody_may_lift_it_and_the_message_does_not_repeat_the_number() -> None:
    (finding,) = P01.check(checkup(title="Data 6469014101900001"))
    assert (finding.severity, finding.override, finding.field) == (Severity.BLOK, Override.NEVER, "judul")
    assert "6469" not in finding.message + "".join(finding.remedies)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6469 - 0141 - 0190 - 0001", ["blok 6469 - 0141 - 0190 - 0001"]),
        ("NPWP 6469014101900001", ["blok 6469014101900001"]),
        ("KTP: 6469014101900001", ["blok 6469014101900001"]),
        ("NIK: 6469017201900001", ["peringatan 6469017201900001"]),
        ("NIK Anda, misalnya 1234567890123456", []),
        ("NIK: 0000000000000000", []),
        ("NIK 64**********0001", []),
        ("NIK 6469••••••••••••", []),
        ("NPWP bendahara 0012341012345678", []),
        ("26/11/2026 / 09.00 12.00", []),
        ("26/11/2026 12 34 56 78", []),
    ],
)
def test_what_is_called_an_identity_number(text: str, expected: list[str]) -> None:
    assert found(P01, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KK 6469010512150003", ["blok 6469010512150003"]),
        ("Nomor Kartu Keluarga: 6469 0105 1215 0003", ["blok 6469 0105 1215 0003"]),
        ("No. KK : 6469017299150003", ["blok 6469017299150003"]),
        ("no kk pemilih baru adalah 64.69.01.051215.0003", ["blok 64.69.01.051215.0003"]),
        ("**KK**: 6469010512150003", ["blok 6469010512150003"]),
        ("Kartu\u00a0Keluarga 6469010512150003", ["blok 6469010512150003"]),
        ("Bawa fotokopi Kartu Keluarga.", []),
        ("Sebanyak 1.250 KK telah dicoklit.", []),
        ("Jumlah KK 12.345 dan pemilih 34.567.", []),
        ("KK 1234567890123456 hanya contoh.", []),
        ("KK dan KTP dibawa, hubungi 0541-123456.", []),
        ("NIK 6469014101900001", []),
        ("KK terdiri atas 16 angka.", []),
    ],
)
def test_a_family_card_number_is_found_by_its_name(text: str, expected: list[str]) -> None:
    assert found(P02, text) == expected


def test_one_number_is_one_finding_and_a_tap_hides_it() -> None:
    text = "KK 6469010512150003, NIK 6469014101900001"
    assert (found(P02, text), found(P01, text)) == (["blok 6469010512150003"], ["blok 6469014101900001"])
    (finding,) = P01.check(checkup("NIK 6469014101900001"))
    assert [repair.text for repair in finding.repairs] == ["6469••••••••••••"]


KTP = "PROVINSI CONTOH\nNIK : {}\nNama : BUDI\nTempat/Tgl Lahir : X\nGol. Darah : O\nBerlaku Hingga : SEUMUR HIDUP"


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (KTP.format("6469014101900001"), ["blok"]),
        ("Peserta: Budi 6469014101900001", ["blok"]),
        ("NIK : 64690l4lOl9OOOOl", ["blok"]),
        (KTP.format("64********0001"), ["peringatan"]),
        ("KARTU KELUARGA\nNama Kepala Keluarga: X\nStatus Hubungan\nJenis Pekerjaan", ["peringatan"]),
        ("IJAZAH\nNomor Induk Siswa Nasional\ndinyatakan lulus\nnama orang tua", ["peringatan"]),
        ("DAFTAR HADIR RAPAT\nNo Nama Instansi Tanda Tangan", ["peringatan"]),
        ("SURAT SUARA\n1. Budi, S.H.\n2. Ani, S.E.\n3. Joko, M.Si.", ["peringatan"]),
        (KTP.format("64********0001") + "\nSPESIMEN", []),
        (KTP.format("1234567890123456") + "\nSPECIMEN", []),
        ("CONTOH SURAT SUARA\n1. Budi, S.H.\n2. Ani, S.E.\n3. Joko, M.Si.", []),
        ("Bawa KTP-el dan Kartu Keluarga ke kantor kami.", []),
        ("Syarat pendaftaran: fotokopi ijazah terakhir dan KTP", []),
        ("Isi daftar hadir di meja depan.", []),
        ("5 jenis surat suara: Presiden, DPR, DPD, DPRD", []),
        ("Rapat koordinasi 26 November 2026", []),
    ],
)
def test_papers_that_are_read_in_a_picture(read: str, expected: list[str]) -> None:
    findings = list(P08.check(checkup(attached=(media(),), seen={"rakor.jpg": Seen(text=read)})))
    assert [str(finding.severity) for finding in findings] == expected
    assert all(
        finding.override is (Override.NEVER if finding.severity is Severity.BLOK else Override.NONE)
        for finding in findings
    )
    assert not any("6469" in finding.message for finding in findings)


def test_what_a_file_tells_about_its_maker_is_a_hint() -> None:
    seen = {"rakor.jpg": Seen(metadata=("lokasi GPS", "nama pembuat"))}
    (finding,) = P11.check(checkup(attached=(media(),), seen=seen))
    assert (finding.severity, finding.field) == (Severity.SARAN, "media[0]")
    assert "lokasi GPS, nama pembuat" in finding.message
    assert list(P11.check(checkup(attached=(media(),), seen={"rakor.jpg": Seen()}))) == []


def test_not_even_a_clarification_may_show_an_identity_number() -> None:
    (finding,) = P01.check(checkup("KLAIM\nBeredar NIK 6469014101900001.", kind=Kind.KLARIFIKASI_HOAKS))
    assert finding.override is Override.NEVER
