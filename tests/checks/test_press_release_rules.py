"""X02: what a press release must carry, in the many ways in which offices write it."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.press_release import X02
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from sample_post import checkup, media

NUMBER = "SIARAN PERS\nNomor: 15/HM.03.5-SP/6469/2026\n"
DATE = "Tanggal: 20 November 2026\n"
LEAD = "Contoh Baru, kab-contohselatan.kpu.go.id – KPU menggelar rapat koordinasi data pemilih di aula kantor.\n"
ASK = "Narahubung: Tim Bakohumas, humas@kab-contohselatan.kpu.go.id"
TITLE = "KPU Contoh Selatan Gelar Rapat Koordinasi"


def told(body: str, title: str = TITLE, kind: Kind = Kind.SIARAN_PERS) -> list[str]:
    return [f"{f.severity}: {f.message}" for f in X02.check(checkup(body, kind=kind, title=title))]


def missing(*parts: str) -> list[str]:
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} dan {parts[-1]}"
    return [f"peringatan: Siaran pers ini belum memuat {listed}."]


def test_a_complete_release_passes() -> None:
    assert told(f"{NUMBER}{DATE}\n{LEAD}\n{ASK}") == []


@pytest.mark.parametrize(
    "number",
    [
        "**SIARAN PERS**\n**Nomor:** 15/HM.03.5-SP/6469/2026\n",
        "SIARAN PERS NOMOR 15/HM.03.5-SP/6469/2026\n",
        "SIARAN PERS\nNo. 15/HM.03.5-SP/6469/2026\n",
        "# Siaran Pers\n\nNomor : 15 Tahun 2026\n",
    ],
)
def test_a_number_is_a_number_in_any_dress(number: str) -> None:
    assert told(f"{number}{DATE}\n{LEAD}\n{ASK}") == []


@pytest.mark.parametrize(
    "date",
    [
        "Tanggal 20 November 2026\n",
        "**Tanggal:** 20 November 2026\n",
        "Hari/Tanggal: Jumat, 20 November 2026\n",
        "Contoh Baru, 20 November 2026\n",
        "Tgl. 20/11/2026\n",
    ],
)
def test_a_date_is_a_date_in_any_dress(date: str) -> None:
    assert told(f"{NUMBER}{date}\n{LEAD}\n{ASK}") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Samarinda, kaltim.kpu.go.id – KPU menggelar rapat.",
        "Kab-jepara.kpu.go.id — KPU menggelar rapat.",
        "Sleman (13/09) – KPU menggelar rapat.",
        "Pamekasan, 17 Juli 2025 - KPU menggelar rapat.",
        "SAMARINDA – KPU menggelar rapat.",
        "**Contoh Baru, kab-contohselatan.kpu.go.id** – KPU menggelar rapat.",
        "Kota Baru, kota-baru.kpu.go.id -- KPU menggelar rapat.",
        "Contoh Baru, kab-contohselatan.kpu.go.id–KPU menggelar rapat.",
    ],
)
def test_a_dateline_is_a_dateline_in_any_dress(lead: str) -> None:
    assert told(f"{NUMBER}{DATE}\n{lead}\n\n{ASK}") == []


@pytest.mark.parametrize(
    "ask",
    [
        "Narahubung: Subbagian Hukum, telepon (0541) 123456",
        "Nara hubung:\nTim Media\n(0541) 123456",
        "Kontak media: humas@kab-contohselatan.kpu.go.id",
        "CP: (0541) 123456",
        "Informasi lebih lanjut dapat menghubungi (0541) 123456.",
    ],
)
def test_whom_to_ask_may_be_named_in_many_ways(ask: str) -> None:
    assert told(f"{NUMBER}{DATE}\n{LEAD}\n{ask}") == []


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (f"SIARAN PERS\n{DATE}\n{LEAD}\n{ASK}", ["nomor"]),
        (f"SIARAN PERS\nNomor:\n{DATE}\n{LEAD}\n{ASK}", ["nomor"]),
        (f"{NUMBER}\n{LEAD}\n{ASK}", ["tanggal"]),
        (f"{NUMBER}{DATE}\nKPU menggelar rapat koordinasi di aula.\n\n{ASK}", ["kota dan laman di awal teras"]),
        (f"{NUMBER}{DATE}\n{LEAD}", ["narahubung"]),
        (
            "SIARAN PERS\n\nKPU menggelar rapat koordinasi.",
            ["nomor", "tanggal", "kota dan laman di awal teras", "narahubung"],
        ),
        ("KPU menggelar rapat. " * 20, ["nomor", "tanggal", "kota dan laman di awal teras", "narahubung"]),
        (f"{NUMBER}{DATE}\nRapat 2–3 jam itu berlangsung lancar.\n{ASK}", ["kota dan laman di awal teras"]),
    ],
)
def test_what_is_missing_is_told_in_one_sentence(body: str, parts: list[str]) -> None:
    assert told(body) == missing(*parts)


def test_a_few_words_about_a_release_that_stands_elsewhere_are_only_hinted_at() -> None:
    parts = "nomor, tanggal, kota dan laman di awal teras dan narahubung"
    hint = [f"saran: Siaran pers ini belum memuat {parts}."]
    assert told("Siaran pers kami hari ini. #TemanPemilih") == hint
    post = checkup(LEAD, kind=Kind.SIARAN_PERS, title=TITLE, attached=(media("rilis.pdf", MediaKind.DOCUMENT),))
    assert [finding.severity for finding in X02.check(post)] == ["saran"]


@pytest.mark.parametrize("title", ["SIARAN PERS Nomor: 15/HM…", "Siaran Pers", "SIARAN PERS"])
def test_the_label_is_no_headline(title: str) -> None:
    assert told(f"{NUMBER}{DATE}\n{LEAD}\n{ASK}", title=title) == missing("judul")


def test_a_headline_may_stand_in_the_text() -> None:
    assert told(f"{NUMBER}{DATE}\nKPU Gelar Rapat Koordinasi\n\n{LEAD}\n{ASK}", title="SIARAN PERS Nomor…") == []


def test_a_date_only_in_the_dateline_is_a_hint() -> None:
    lead = LEAD.replace("di aula", "Jumat (20/11/2026) di aula")
    assert told(f"{NUMBER}\n{lead}\n{ASK}") == ["saran: Tanggal siaran pers hanya terbaca dari isinya."]


def test_whom_to_ask_without_a_way_to_reach_them_is_a_hint() -> None:
    body = f"{NUMBER}{DATE}\n{LEAD}\nNarahubung: Tim Bakohumas"
    assert told(body) == ["saran: Narahubung disebut tanpa cara menghubunginya."]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.SIARAN_PERS])
def test_no_other_kind_is_asked_for_these_parts(kind: Kind) -> None:
    assert told("KPU menggelar rapat.", kind=kind) == []


def test_the_short_variants_of_a_release_need_no_parts() -> None:
    body = f"{NUMBER}{DATE}\n{LEAD}\n{ASK}"
    post = checkup(body, kind=Kind.SIARAN_PERS, title=TITLE, variants=(("x", "KPU menggelar rapat."),))
    assert list(X02.check(post)) == []
