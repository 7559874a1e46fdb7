"""Dates are found in the forms offices print, and numbers that only look like dates are left alone."""

from __future__ import annotations

import re

import pytest

from bakohumas_bot.domain.almanac import DAYS
from bakohumas_bot.domain.dates import find_dates

Found = tuple[str | None, int, int, int | None]


def dates_in(text: str) -> list[Found]:
    return [
        (None if span.weekday is None else DAYS[span.weekday], span.day, span.month, span.year)
        for span in find_dates(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Senin, 6 April 2021", [("Senin", 6, 4, 2021)]),
        ("SENIN , 6  APRIL  2021", [("Senin", 6, 4, 2021)]),
        ("Senin,6April2021", [("Senin", 6, 4, 2021)]),
        ("(Rabu, 27\nMei 2021)", [("Rabu", 27, 5, 2021)]),
        ("**Kamis**, *26 November 2026*", [("Kamis", 26, 11, 2026)]),
        ("Kamis (26/11/2026)", [("Kamis", 26, 11, 2026)]),
        ("Kamis pagi (26/11/26)", [("Kamis", 26, 11, 2026)]),
        ("Kamis, 26-11-2026", [("Kamis", 26, 11, 2026)]),
        ("Kamis 26.11.2026", [("Kamis", 26, 11, 2026)]),
        ("Selasa tanggal 4 Mei 2021", [("Selasa", 4, 5, 2021)]),
        ("Kamis, tgl. 6 Apr 2021", [("Kamis", 6, 4, 2021)]),
        ("Jum'at, 27 Nopember 2026", [("Jumat", 27, 11, 2026)]),
        ("Jumat Kliwon, 27 November 2026", [("Jumat", 27, 11, 2026)]),
        ("Ahad 29 November 2026", [("Minggu", 29, 11, 2026)]),
        ("Sab. 28 Nov 2026", [("Sabtu", 28, 11, 2026)]),
        ("malam Minggu, 28 November 2026", [("Sabtu", 28, 11, 2026)]),
        ("Sleman, Selasa (13/09)", [("Selasa", 13, 9, None)]),
        ("Rabu – Kamis (21-22/09/2022)", [("Rabu", 21, 9, 2022), ("Kamis", 22, 9, 2022)]),
        ("Senin–Jumat, 11–15 Januari 2027", [("Senin", 11, 1, 2027), ("Jumat", 15, 1, 2027)]),
        ("Senin, 11 s.d. Jumat, 15 Januari 2027", [("Senin", 11, 1, 2027), ("Jumat", 15, 1, 2027)]),
        ("Senin, 28 Februari – Rabu, 2 Maret 2022", [("Senin", 28, 2, 2022), ("Rabu", 2, 3, 2022)]),
        ("Rabu (21/09) – Kamis (22/09/2022)", [("Rabu", 21, 9, 2022), ("Kamis", 22, 9, 2022)]),
        ("25 s.d 27 Maret 2021", [(None, 25, 3, 2021), (None, 27, 3, 2021)]),
        ("25 sampai dengan 27 Maret 2021", [(None, 25, 3, 2021), (None, 27, 3, 2021)]),
        ("dua hari, Kamis 26–27 November 2026", [("Kamis", 26, 11, 2026), (None, 27, 11, 2026)]),
        (
            "Senin–Selasa, 11–12 Januari dan Senin, 18 Januari 2027",
            [("Senin", 11, 1, 2027), ("Selasa", 12, 1, 2027), ("Senin", 18, 1, 2027)],
        ),
        ("31/06/2027", [(None, 31, 6, 2027)]),
        ("Kamis, 26 November pukul 09.00", [("Kamis", 26, 11, None)]),
    ],
)
def test_the_forms_of_the_rulebook_are_found(text: str, found: list[Found]) -> None:
    assert dates_in(text) == found
    assert dates_in(f"Kegiatan berlangsung pada hari {text} di aula kantor.") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nomor 71/HK.03.1-Kpt/64/Prov/VIII/2021", []),
        ("PKPU 9/2022 dan UU 14/2008, Edisi 6/2013", []),
        ("103.006.478 + 102.846.040", []),
        ("https://kab.kpu.go.id/2026/11/31/berita", []),
        ("10.11.12.2026", []),
        ("Rp12,6 April", []),
        ("31 Meister", []),
        ("selama satu minggu (21-27/09/2022)", [(None, 21, 9, 2022), (None, 27, 9, 2022)]),
        ("2 (dua) minggu (11-24/01/2027)", [(None, 11, 1, 2027), (None, 24, 1, 2027)]),
        ("Minggu depan (21/09/2022)", [(None, 21, 9, 2022)]),
        ("setiap Senin dan Kamis mulai 5 Januari 2027", [(None, 5, 1, 2027)]),
        ("Senin, Selasa, dan Rabu, 4, 5, dan 6 Januari 2027", [(None, 6, 1, 2027)]),
        ("Senin, Selasa dan Rabu, 4–6 Januari 2027", [(None, 4, 1, 2027), (None, 6, 1, 2027)]),
        ("Senin sampai dengan Jumat pukul 08.00. Mulai 2 Januari 2027", [(None, 2, 1, 2027)]),
        ("ruang 31 dan Senin kosong. Tanggal 5 Juni 2021", [(None, 5, 6, 2021)]),
        ("Senin, 11 dan Selasa libur. Tanggal 5 Juni 2021", [(None, 5, 6, 2021)]),
        ("skor 3/1 dan 13/09", []),
    ],
)
def test_a_number_or_a_week_is_not_mistaken_for_a_weekdays_date(text: str, found: list[Found]) -> None:
    assert dates_in(text) == found


def test_the_span_takes_in_the_weekday_and_counts_code_points() -> None:
    text = "Halo 👋 pada Senin, 6 April 2021."
    (span,) = find_dates(text)
    assert text[span.start : span.end] == "Senin, 6 April 2021"


@pytest.mark.parametrize("unit", ["1", "1-", "Senin, 1 - ", "malam ", "1 dan ", "11/", "1.1.", " \n*", "1 Mei – "])
def test_a_hostile_text_of_100_000_characters_costs_no_more_than_its_length(unit: str) -> None:
    """Looked at from every position, the token pattern reads no further than a short, fixed way."""
    text = (unit * 100_000)[:100_000]
    assert all(span.end - span.start < 80 for span in find_dates(text))
    assert not re.search(r"(?<!\\)[*+]\??(?![}])", _quantifiers_of_dates())


def _quantifiers_of_dates() -> str:
    """The patterns with character classes and escapes taken out, so that a bare `*` or `+` is an unbounded repeat."""
    from bakohumas_bot.domain import dates

    sources = (dates._TOKENS.pattern, dates._BESIDE.pattern, dates._BETWEEN.pattern)
    return "".join(re.sub(r"\[[^\]]*\]", "x", source) for source in sources)
