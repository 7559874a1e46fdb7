"""What a leader is shown of a new version: every changed word, none that stayed, nothing lost on the way."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bakohumas_bot.domain.differences import Fate, Pieces, changed, difference, shortened

SIGNS = {Fate.KEPT: "{}", Fate.REMOVED: "[-{}-]", Fate.ADDED: "[+{}+]"}


def marked(pieces: Pieces) -> str:
    return "".join(SIGNS[piece.fate].format(piece.text) for piece in pieces)


def side(pieces: Pieces, *fates: Fate) -> str:
    return "".join(piece.text for piece in pieces if piece.fate in {Fate.KEPT, *fates})


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Sama saja.", "Sama saja.", "Sama saja."),
        ("", "Baru.", "[+Baru.+]"),
        ("Lama.", "", "[-Lama.-]"),
        ("Buka Senin.", "Buka Selasa.", "Buka[- Senin-][+ Selasa+]."),
        ("Datang ke kantor.", "Datang ke kantor kami.", "Datang ke kantor[+ kami+]."),
        ("pukul 08.00 WITA", "pukul 09.00 WITA", "pukul[- 08-][+ 09+].00 WITA"),
        ("Datang, lalu isi.", "Datang lalu isi.", "Datang[-,-] lalu isi."),
        ("satu\ndua", "satu dua", "satu[-\ndua-][+ dua+]"),
        ("KPU sehat", "kpu sehat", "[-KPU-][+kpu+] sehat"),
        ("Bapak/Ibu 👍", "Bapak/Ibu 👍🏽", "Bapak/Ibu 👍[+🏽+]"),
    ],
)
def test_a_change_is_shown_word_by_word(before: str, after: str, shown: str) -> None:
    assert marked(difference(before, after)) == shown


texts = st.text(alphabet="ab, .\n1é👍", max_size=60)


@given(texts, texts)
def test_nothing_is_lost_or_made_up(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert side(pieces, Fate.REMOVED) == before
    assert side(pieces, Fate.ADDED) == after
    assert changed(pieces) is (before != after)


@given(texts, texts)
def test_shortening_hides_no_change(before: str, after: str) -> None:
    pieces = difference(before, after)
    short = shortened(pieces, around=5)
    for fate in (Fate.REMOVED, Fate.ADDED):
        assert [p.text for p in short if p.fate is fate] == [p.text for p in pieces if p.fate is fate]


LONG = "Kalimat yang tidak berubah sama sekali. " * 30


def test_a_long_text_is_cut_to_the_words_around_its_changes() -> None:
    short = marked(shortened(difference(f"{LONG}Senin. {LONG}", f"{LONG}Selasa. {LONG}")))
    assert "[- Senin-][+ Selasa+]" in short
    assert short.startswith("…")
    assert short.endswith("…")
    assert len(short) < 200
    assert "tidak berubah sama sekali.[- Senin-]" in short


def test_a_text_without_spaces_is_cut_too() -> None:
    short = shortened(difference("a" * 500, "a" * 500 + " b"), around=20)
    assert marked(short) == "… " + "a" * 20 + "[+ b+]"


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_two_long_and_wholly_different_texts_are_compared_in_no_time(separator: str) -> None:
    one = separator.join(f"satu{n % 7}" for n in range(12_000))
    other = separator.join(f"dua{n % 5}" for n in range(12_000))
    began = time.process_time()
    pieces = difference(one, other)
    assert time.process_time() - began < 2
    assert side(pieces, Fate.REMOVED) == one
    assert side(pieces, Fate.ADDED) == other
