"""S05: the number of an official letter fits its date and itself."""

from __future__ import annotations

from collections.abc import Iterator

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import long_date
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.letters import LEVELS, MONTHS, LetterNumber, find_letter_numbers


def letter_numbers(checkup: Checkup) -> Iterator[Finding]:
    """Never invents a number: the office's register gives it. Only what contradicts itself, or its date, is told."""
    for field, text in texts(checkup.content):
        told: set[str] = set()
        for number in find_letter_numbers(text):
            if number.written() in told or told_as_wrong(checkup.content.kind, text, number.start):
                continue
            finding = _against_date(field, number) or _against_itself(checkup, field, number) or _form(field, number)
            if finding is not None:
                told.add(number.written())
                yield finding


def _against_date(field: str, number: LetterNumber) -> Finding | None:
    if number.dated is None:
        return None
    month, year = MONTHS[number.dated.month - 1], number.dated.year
    roman = "" if not number.month or (number.month.isdigit() and not number.level) else month
    if number.year == year and (not roman or number.month.upper() == roman):
        return None
    return S05.finding(
        _where(field, number),
        says="tanggal",
        repairs=_instead(number.written(month=roman, year=year)),
        number=number.printed,
        date=long_date(number.dated),
        right=number.written(month=roman, year=year),
    )


def _against_itself(checkup: Checkup, field: str, number: LetterNumber) -> Finding | None:
    if number.year > checkup.today.year:
        return S05.finding(_where(field, number), says="tahun", number=number.printed, year=number.year)
    arabic_without_level = number.month.isdigit() and not number.level  # what later years may use: not known
    if number.month and number.month.upper() not in MONTHS and not arabic_without_level:
        right = _roman(number.month)
        return S05.finding(
            _where(field, number),
            says="bulan",
            repairs=_instead(number.written(month=right)) if right else (),
            number=number.printed,
            month=number.month,
        )
    return None


def _roman(digits: str) -> str | None:
    return MONTHS[int(digits) - 1] if digits.isdigit() and 1 <= int(digits) <= 12 else None


def _form(field: str, number: LetterNumber) -> Finding | None:
    """Hints only: old letters were numbered in other ways."""
    right = number.written()
    if right != number.printed:
        return S05.finding(
            _where(field, number),
            severity=Severity.SARAN,
            says="bentuk",
            repairs=_instead(right),
            number=number.printed,
            right=right,
        )
    level = _level_of(number.unit)
    if number.level and number.level != level and {number.level, level} != {"KPU", "Prov"}:
        return S05.finding(
            _where(field, number),
            severity=Severity.SARAN,
            says="wilayah",
            number=number.printed,
            level=number.level,
            unit=number.unit,
        )
    return None


def _level_of(unit: str) -> str:
    """Two digits: a unit of KPU, or a province. Of four the last two tell: cities count from 71."""
    if len(unit) == 2:
        return LEVELS[1]
    return LEVELS[3] if int(unit[2:]) >= 71 else LEVELS[2]


def _where(field: str, number: LetterNumber) -> Place:
    return Place(field=field, start=number.start, end=number.end)


def _instead(text: str) -> tuple[Repair, ...]:
    return (Repair(label=f"Tulis {text}", text=text),)


S05 = Rule(
    code="S05",
    name="NOMOR_NASKAH",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="PKPU Nomor 2 Tahun 2021 tentang Tata Naskah Dinas, diubah dengan PKPU Nomor 8 Tahun 2021",
    version=1,
    check=letter_numbers,
    about="Membandingkan nomor naskah dinas dengan tanggalnya, dan memeriksa susunannya.",
)
