"""P01: a population number never leaves, however it is spaced; other long numbers are left alone. Invented numbers."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.personal import P01
from bakohumas_bot.domain.findings import Override, Severity
from sample_post import checkup, found


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
