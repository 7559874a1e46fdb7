"""Lengths are what the platform would count, so that a counter on an approval card never lies."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bakohumas_bot.domain.counting import links, measure, says_something, utf16_length, weighted_length
from bakohumas_bot.domain.platforms import PlatformSpec, TextUnit
from bakohumas_bot.domain.tlds import TLDS

FAMILY = "👨‍👩‍👧‍👦"
LINK = 23

WEIGHTS = [
    # letters
    ("", 0),
    ("Pemilih", 7),
    ("Á", 1),
    ("A\u0301", 1),  # two code points, one after NFC
    ("“Satu” – ‘dua’ — tiga", 21),
    ("…", 2),
    ("• Satu", 7),
    ("①", 2),
    ("′″", 2),
    ("†", 2),
    ("日本語", 6),
    ("Ω ж א ع ქ", 9),
    ("\u2000\u200d", 2),
    ("\u200e", 2),
    ("\ufeff", 2),
    # emoji
    ("😷", 2),
    ("☺", 2),
    ("☺️", 2),
    ("🙋🏽", 2),
    ("👨‍🎤", 2),
    (FAMILY, 2),
    (FAMILY * 140, 280),
    ("🇮🇩", 2),
    ("🇮🇩🇮🇩", 4),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
    ("1️⃣", 2),
    ("1⃣", 2),
    ("#️⃣ Pemilu", 9),
    ("H🐱☺" + FAMILY, 7),
    ("1 2 #", 5),
    ("©", 1),
    ("©️", 2),
    ("™", 2),
    # links
    ("http://test.co", LINK),
    ("Hi http://test.co", 3 + LINK),
    ("https://www.kpu.go.id/berita/baca/12345/judul-yang-sangat-panjang-sekali", LINK),
    ("kpu.go.id", LINK),
    ("KPU.GO.ID", LINK),
    ("satu.data", LINK),
    ("file.md", LINK),
    ("Lihat kpu.go.id/x dan ppid.kpu.go.id", 6 + LINK + 5 + LINK),
    ("kpu.go.id.", LINK + 1),
    ("(kpu.go.id)", LINK + 2),
    ("(https://kpu.go.id/a_(b)_c)", LINK + 2),
    ("“https://kpu.go.id/a”,", LINK + 3),
    ("https://kpu.go.id/a, https://kpu.go.id/b.", 2 * LINK + 3),
    ("https://kpu.go.id/a?b=1&c=2#d.", LINK + 1),
    ("https://kpu.go.id?b=1", LINK),
    ("https://kpu.go.id:8080/a", LINK),
    ("kpu.go.id?b=1", LINK + 4),  # X leaves a query behind a bare domain outside the link
    ("kpu.go.id/?b=1", LINK),
    ("日本語kpu.go.id日本語", 12 + LINK),
    ("https://例え.テスト.com/パス", LINK + 4),  # any script in the host, not in the path
    ("https://münchen.de", LINK),
    ("https://xn--mnchen-3ya.de", LINK),
    ("https://пример.рф", LINK),
    ("arsip_pemilu.kpu.go.id", 6 + LINK),
    ("https://arsip_pemilu.kpu.go.id", LINK),
    ("http://\u200e", 9),
    ("1.kpu.go.id", LINK),
    # not links
    ("humas@kpu.go.id", 15),
    ("humas.kpu@kab.kpu.go.id", 23),
    ("@kpu.go.id", 10),
    ("#kpu.go.id", 10),
    ("$kpu.go.id", 10),
    ("/kpu.go.id", 10),
    ("-kpu.go.id", 10),
    ("..kpu.go.id", 11),
    ("Pukul 09.00 WITA", 16),
    ("Rp1.000.000", 11),
    ("S.Sos., S.H.", 12),
    ("M.Si.", LINK + 1),  # a degree, and to X a domain in Slovenia
    ("kpu.go.idx", 10),
    ("kpu.idea", 8),
    ("my_site.id", 10),
    ("http://localhost/a", 18),
    ("http://192.168.1.1/", 19),
    ("https://xn--はじめよう.com", 20 + 6),
    ("a" * 63 + ".com", LINK),
    ("a" * 64 + ".com", 68),
    ("https://kpu.go.id/" + "a" * 4000, LINK),
    ("https://kpu.go.id/" + "a" * 4100, 4118),
]


@pytest.mark.parametrize(("text", "weight"), WEIGHTS)
def test_x_counts(text: str, weight: int) -> None:
    assert weighted_length(text) == weight


def test_links_are_named_by_their_place() -> None:
    text = "Cek di cekdptonline.kpu.go.id, atau (https://kpu.go.id/cek). Pos-el: humas@kpu.go.id"
    assert [text[start:end] for start, end in links(text)] == ["cekdptonline.kpu.go.id", "https://kpu.go.id/cek"]


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("Halo", 4), ("é", 1), ("😷", 2), (FAMILY, 11), ("\U0001d54f", 2), ("\ud83d", 1)]
)
def test_telegram_counts_utf16(text: str, length: int) -> None:
    assert utf16_length(text) == length


@pytest.mark.parametrize(
    ("unit", "length"), [(TextUnit.WEIGHTED, 3 + LINK), (TextUnit.UTF16, 12), (TextUnit.CODEPOINTS, 11)]
)
def test_each_platform_counts_in_its_own_unit(unit: TextUnit, length: int) -> None:
    spec = PlatformSpec(name="p", family="p", label="P", unit=unit, text_limit=280, caption_limit=12)
    counted = measure("😷 kpu.go.id", spec)
    assert (counted.length, counted.limit, counted.unit, counted.fits) == (length, 280, unit.value, True)


@pytest.mark.parametrize(("text", "fits"), [("a" * 12, True), ("a" * 13, False)])
def test_a_caption_has_its_own_limit(text: str, fits: bool) -> None:
    spec = PlatformSpec(name="p", family="p", label="P", unit=TextUnit.UTF16, text_limit=280, caption_limit=12)
    assert measure(text, spec, with_media=True).fits is fits
    assert measure(text, spec).fits


def test_every_country_is_known() -> None:
    assert {"id", "tl", "sg", "my", "рф", "भारत"} <= TLDS
    assert all(name == name.lower() and "." not in name for name in TLDS)


@given(st.text(max_size=80))
def test_any_text_can_be_counted_and_composing_it_first_changes_nothing(text: str) -> None:
    assert 0 <= weighted_length(text) == weighted_length(unicodedata.normalize("NFC", text))
    places = [place for link in links(text) for place in link]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "piece", ["a.", "https://" + "a." * 99, "kpu.go.id/(", "com.com@", "a-", "日", "👨\u200d", "a_", "https://", ".com"]
)
def test_a_very_long_hostile_text_is_counted(piece: str) -> None:
    """A pattern that grew faster than the text would not end before the runner's time limit."""
    assert weighted_length(piece * (200_000 // len(piece))) >= 2


@pytest.mark.parametrize(
    ("text", "something"),
    [("a", True), ("7", True), ("👋", True), ("—", True), ("", False), (" \n", False), ("\u200b\u2060\ufeff", False)],
)
def test_a_text_says_something_when_a_reader_sees_something(text: str, something: bool) -> None:
    assert says_something(text) is something
