"""Texts within Telegram's limits, counted as Telegram counts."""

from __future__ import annotations

import pytest

from bakohumas_bot.approval_bot.lengths import fitting, pieces, shortened, visible_text
from bakohumas_bot.domain.counting import utf16_length


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        ("pendek", 10, ["pendek"]),
        ("satu dua tiga", 9, ["satu dua", "tiga"]),
        ("alinea satu\n\nalinea dua", 14, ["alinea satu", "alinea dua"]),
        ("tanpaspasisamasekali", 8, ["tanpaspa", "sisamase", "kali"]),
        ("😀😀😀😀", 4, ["😀😀", "😀😀"]),
        ("😀😀😀😀", 5, ["😀😀", "😀😀"]),
    ],
)
def test_a_text_is_cut_where_a_word_ends_and_never_inside_a_letter(text: str, limit: int, parts: list[str]) -> None:
    assert pieces(text, limit) == parts


@pytest.mark.parametrize("limit", [1, 2, 7, 4096])
def test_no_part_is_longer_than_the_limit_and_no_word_is_lost(limit: int) -> None:
    text = "Rapat 😀 koordinasi\n\nBakohumas " * 300
    parts = pieces(text, max(limit, 2))
    assert all(utf16_length(part) <= max(limit, 2) for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_what_was_left_out_shows_as_an_ellipsis() -> None:
    assert shortened("Jam layanan", 20) == "Jam layanan"
    assert shortened("Jam layanan informasi", 12) == "Jam layanan…"
    assert utf16_length(shortened("😀" * 50, 9)) <= 9


def test_a_card_that_fits_keeps_its_formatting_and_one_that_does_not_stays_readable() -> None:
    assert fitting("<b>Judul</b> &amp; isi") == "<b>Judul</b> &amp; isi"
    cut = fitting(f"<b>{'&lt;panjang&gt; ' * 600}</b>")
    assert "<b>" not in cut
    assert utf16_length(visible_text(cut)) <= 4096
    assert visible_text(cut).startswith("<panjang> <panjang>")
