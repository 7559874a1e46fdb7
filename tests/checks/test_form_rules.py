"""B07 and X01: no gap of a template goes out, and no text longer than its account allows."""

from __future__ import annotations

import pytest

from bakohumas_bot.checks.form import B07, X01
from bakohumas_bot.domain.findings import Override
from sample_post import checkup, found


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Kata [nama ketua], Selasa.", ["[nama ketua]"]),
        ("[NAMA KETUA] membuka acara.", ["[NAMA KETUA]"]),
        ("Acara dibuka [...]", ["[...]"]),
        ("Yth. {nama}, hadir di {{ tempat }}.", ["{nama}", "{ tempat }"]),
        ("Tanggal XX November 2026 pukul XX.XX WITA", ["XX", "XX.XX"]),
        ("Nomor XX/HM.03.5-SP/6469/2026", ["XX/HM.03.5-SP/6469/2026"]),
        ("pukul 09.XX WITA, sebanyak xx orang", ["09.XX", "xx"]),
        ("Anggaran Rp XX.000.000 dan RpXX", ["XX.000.000", "RpXX"]),
        ("Narahubung: TBD", ["TBD"]),
        ("Lorem ipsum dolor sit amet", ["Lorem ipsum"]),
        ("“[kutipan ketua],” ujarnya.", ["[kutipan ketua]"]),
        ("Ketua [KPU RI] hadir.", ["[KPU RI]"]),
        ("Warta edisi XX/2026", ["XX/2026"]),
        ("[tanggal XX]", ["[tanggal XX]"]),
        ("Dibuka oleh <<nama pejabat>>.", ["<<nama pejabat>>"]),
        ("KPU menggelar (isi nama kegiatan) hari ini.", ["(isi nama kegiatan)"]),
        ("Rapat pada hari ..., tanggal 3 Desember 2026", ["..."]),
        ("Tempat: …\nWaktu: 09.00 WITA", ["…"]),
        ("pada tanggal ….. Desember, pukul …", ["…"]),
    ],
)
def test_leftovers_of_a_template_are_found(text: str, gaps: list[str]) -> None:
    assert found(B07, text) == [f"blok {gap}" for gap in gaps]


@pytest.mark.parametrize(
    "text",
    [
        "Menurut juknis [1], [2, 3], dan [4–6], serta catatan [^7].",
        "“Saya hadir di aula [sic] itu,” katanya.",
        "“Partisipasi [pemilih pemula] meningkat,” katanya.",
        "“Kami siap [...] melayani,” katanya.",
        "[HOAKS] Cek data pemilih berbayar",
        "**[SIARAN PERS]** KPU Kabupaten Contoh Selatan",
        "Buka [laman PPID](https://kab-contohselatan.kpu.go.id/ppid) atau [laman ini][1].",
        "- [ ] bawa KTP-el\n- [x] datang",
        "PON XX Papua, HUT XXX satker, Bab XX, dan abad XX",
        "XXI, XXL, maxx, #XX, @xx_contoh",
        "0812-XXXX-XXXX dan 6469XXXXXXXXXXXX disamarkan.",
        "Nomor 71/HK.03.1-Kpt/64/Prov/VIII/2021",
        "Floremsi dan ATBD",
        "Galon (isi 19 liter) dan surat (isi tidak diubah)",
        "Nantikan tanggal mainnya ... segera tayang",
        "“Waktu itu ... saya gugup,” kenangnya.",
        "Ada nama ... ada cerita.",
        "2 << 3 >> 1",
        "Catat tanggalnya... 27 November 2024",
        "kode wilayah [64] dan kpu-go[.]id",
    ],
)
def test_brackets_and_numerals_that_belong_to_the_text_pass(text: str) -> None:
    assert found(B07, text) == []


def test_nobody_may_lift_a_leftover() -> None:
    (finding,) = B07.check(checkup(variants=(("x", "Halo {nama}"),)))
    assert (finding.override, finding.field) == (Override.NEVER, "varian.x")
    assert finding.message == "Masih ada sisa templat: “{nama}”."


def test_a_text_is_measured_on_each_account_as_that_account_counts() -> None:
    body = "a" * 281
    findings = list(X01.check(checkup(body, on=("x", "telegram_channel", "facebook_page"))))
    assert [(f.field, f.override) for f in findings] == [("isi", Override.NEVER)]
    assert findings[0].message == "Teks melebihi batas X (x): 281 dari 280 karakter."
    assert findings[0].remedies[0] == "Buat versi ringkas untuk X (varian.x)."


def test_at_the_limit_is_not_over_it() -> None:
    link = " https://kab-contohselatan.kpu.go.id/" + "p" * 200  # a link weighs 23 on X
    assert list(X01.check(checkup("a" * 256 + link, on=("x",)))) == []
    assert len(list(X01.check(checkup("a" * 257 + link, on=("x",))))) == 1


def test_a_caption_has_its_own_limit() -> None:
    from sample_post import media

    body = "a" * 1025
    assert list(X01.check(checkup(body, on=("telegram_channel",)))) == []
    assert len(list(X01.check(checkup(body, on=("telegram_channel",), attached=(media(),))))) == 1


@pytest.mark.parametrize("body", ["", "\u200b", "\u00a0\ufeff"])
def test_an_account_without_anything_to_see_is_blocked(body: str) -> None:
    from sample_post import media

    (finding,) = X01.check(checkup(body, on=("x",)))
    assert finding.message == "Tidak ada teks yang dapat dibaca di X (x)."
    assert list(X01.check(checkup(body, on=("x",), attached=(media(),)))) == []


def test_a_variant_that_is_too_long_is_named_itself() -> None:
    (finding,) = X01.check(checkup("pendek", on=("x",), variants=(("x", "b" * 300),)))
    assert finding.field == "varian.x"
    assert finding.remedies[0] == "Ringkas varian untuk kanal ini."
