"""X03: hashtags that work, not too many, the house's own among them."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.hashtags import X03
from bakohumas_bot.domain.house_style import HouseStyle
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.posts import Kind, TextFormat
from sample_post import checkup

KNOWN = Knowledge(style=HouseStyle(tags=("KPUMelayani", "TemanPemilih")))


def told(body: str, **facts: object) -> list[tuple[str, str]]:
    """What is marked, and what one tap makes of it."""
    return [
        (body[f.start : f.end], f.repairs[0].text if f.repairs else "")
        for f in X03.check(checkup(body, knowledge=KNOWN, **facts))
    ]


@pytest.mark.parametrize(
    ("text", "broken", "right"),
    [
        ("Halo #Teman-Pemilih", "#Teman-Pemilih", "#TemanPemilih"),
        ("Salam # KPUMelayani", "# KPUMelayani", "#KPUMelayani"),
        ("Salam ##KPUMelayani", "##KPUMelayani", "#KPUMelayani"),
        ("Halo #Teman Pemilih, apa kabar?", "#Teman Pemilih", "#TemanPemilih"),
        ("Halo #KPU melayani", "#KPU melayani", "#KPUMelayani"),
        ("#KPUMelayani#TemanPemilih", "#KPUMelayani#TemanPemilih", "#KPUMelayani #TemanPemilih"),
        ("Bersama #pemilih.cerdas selalu", "#pemilih.cerdas", "#pemilihcerdas"),
        ("Ingat #2026", "#2026", ""),
    ],
)
def test_a_broken_tag_is_mended_by_one_tap(text: str, broken: str, right: str) -> None:
    assert told(text) == [(broken, right)]


@pytest.mark.parametrize(
    "text",
    [
        "#TemanPemilih, sudah cek data hari ini? #KPUMelayani",
        "#temanpemilih di mana pun berada",
        "Salam demokrasi. #KPUMelayani.",
        "#KPUMelayani.Terima kasih",
        "Lihat https://kab-contohselatan.kpu.go.id/#layanan-publik",
        "Juara #1 lomba",
        "(#KPUMelayani)",
        "Tanpa tagar sama sekali.",
        "Tertulis: #Teman-Pemilih. Seharusnya: #TemanPemilih.",
        "Satu tagar saja #PemilihCerdas",
        " ".join(["#KPUMelayani", *(f"#Tagar{n}" for n in range(7))]),
        "C# dan A#B",
    ],
)
def test_tags_that_work_are_let_through(text: str) -> None:
    assert told(text) == []


def test_nine_tags_are_too_many() -> None:
    body = " ".join(["#KPUMelayani", *(f"#Tagar{n}" for n in range(8))])
    assert told(body) == [("#Tagar7", "")]


def test_among_several_tags_one_is_the_houses_own() -> None:
    assert told("Selamat #HariPahlawan #Indonesia") == [("#HariPahlawan #Indonesia", "")]


def test_a_heading_of_a_content_file_is_no_tag() -> None:
    assert told("# Pengumuman\n\nRapat.", format=TextFormat.MARKDOWN) == []
    assert told("# Pengumuman", format=TextFormat.PLAIN) == [("# Pengumuman", "#Pengumuman")]


def test_each_variant_is_read_by_itself() -> None:
    post = checkup("Halo.", kind=Kind.MEME, knowledge=KNOWN, variants=(("x", "Halo #Teman-Pemilih"),))
    assert [finding.field for finding in X03.check(post)] == ["varian.x"]
