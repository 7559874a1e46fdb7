"""M02 to M05 and M09: what is plainly poor is warned of, what is doubtful is hinted at, what is well stays silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bakohumas_bot.checks.media import M07
from bakohumas_bot.checks.pictures import M02, M03, M04, M05, M09
from bakohumas_bot.checks.rulebook import Rule, Status
from bakohumas_bot.domain.findings import Finding
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Reading, Seen
from sample_post import checkup, media

VIDEO, DOCUMENT = MediaKind.VIDEO, MediaKind.DOCUMENT
FOTO = Kind.FOTO


def found(rule: Rule, seen: Seen | None = None, body: str = "Isi.", **facts: Any) -> list[Finding]:
    attached = facts.pop("attached", (media(),))
    return list(rule.check(checkup(body, attached=attached, seen={attached[0].source: seen} if seen else {}, **facts)))


def severities(findings: list[Finding]) -> list[str]:
    return [finding.severity for finding in findings]


def words(count: int) -> str:
    return " ".join(["pemilih"] * count)


def poster(**facts: Any) -> Seen:
    return Seen(**{"text": words(30), "smallest_text": 0.035, "contrast": 9.0, "sharpness": 0.7} | facts)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (poster(), []),
        (poster(text=words(60)), []),
        (poster(text=words(61)), ["saran"]),
        (poster(text=words(121)), ["peringatan"]),
        (poster(smallest_text=0.0249), ["saran"]),
        (poster(smallest_text=0.012), ["peringatan"]),
        (poster(smallest_text=0.012, text=words(8)), []),  # a stamp, or the name of the office
        (poster(smallest_text=0.012, text=words(200)), ["peringatan"]),  # a scanned page: said once
        (poster(contrast=4.4), ["saran"]),
        (poster(contrast=2.6), ["saran"]),  # white on orange, as many posters have it
        (poster(contrast=1.6), ["peringatan"]),
        (poster(smallest_text=None, contrast=None), []),  # a photograph
        (poster(text="1 2 3 " * 100), []),  # figures are not words
    ],
)
def test_letters_must_be_large_clear_and_few(seen: Seen, expected: list[str]) -> None:
    assert severities(found(M02, seen)) == expected


def test_a_document_may_hold_as_many_words_as_it_likes() -> None:
    attached = (media("surat.pdf", DOCUMENT),)
    assert found(M02, poster(text=words(2000)), attached=attached) == []


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        (Reading.NO_ENGINE, "tesseract-ocr-ind"),
        (Reading.PARTLY, "Mohon periksa sendiri"),
        (Reading.UNREADABLE, "Simpan ulang"),
    ],
)
def test_what_no_machine_has_read_a_person_is_asked_to_read(reading: Reading, says: str) -> None:
    (finding,) = found(M02, Seen(reading=reading))
    assert (finding.severity, finding.field) == ("saran", "media")
    assert "gambar 1" in finding.message
    assert any(says in remedy for remedy in finding.remedies)


def test_for_want_of_an_engine_one_hint_names_all_files() -> None:
    attached = (media("a.jpg"), media("b.mp4", VIDEO), media("surat.pdf", DOCUMENT))
    seen = {name.source: Seen(reading=Reading.NO_ENGINE) for name in attached}
    (finding,) = M02.check(checkup(attached=attached, seen=seen))
    assert "gambar 1, video 2, “surat.pdf”" in finding.message


@pytest.mark.parametrize(
    ("sharpness", "expected"),
    [(None, []), (0.7, []), (0.36, []), (0.34, ["saran"]), (0.21, ["saran"]), (0.15, ["peringatan"])],
)
def test_a_blurred_picture(sharpness: float | None, expected: list[str]) -> None:
    assert severities(found(M03, Seen(sharpness=sharpness))) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1080, 1080), []),
        ((1280, 720), []),  # as Telegram sends a landscape
        ((720, 1280), []),
        ((1024, 768), ["saran"]),
        ((640, 480), ["saran"]),
        ((320, 240), ["peringatan"]),
        ((None, None), []),
        ((3000, 900), ["saran"]),
    ],
)
def test_a_small_or_slim_picture(size: tuple[int | None, int | None], expected: list[str]) -> None:
    attached = (media(width=size[0], height=size[1]),)
    assert severities(found(M03, Seen(), attached=attached)) == expected


def test_a_margin_that_a_platform_makes_is_foretold() -> None:
    prepared = media(width=1440, height=754)
    tall = checkup(on=("instagram", "x"), attached=(prepared,), seen={prepared.source: Seen()})
    given = tall.content.media[0]
    assert list(M03.check(tall)) == []
    (finding,) = M03.check(_with(tall, given, width=3000, height=1200))
    assert finding.severity == "saran"
    assert "Instagram, X" in finding.message


def _with(one: Any, given: Any, **facts: Any) -> Any:
    from dataclasses import replace

    return replace(one, content=replace(one.content, media=(replace(given, **facts),)))


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("KPU KABUPATEN CONTOH SELATAN\nJam layanan", None),
        ("(@) KPU KABUPATEN CONT0H SELATAN D\nTiga cara", None),  # as OCR reads it
        ("KPU Kab. Contoh Selatan", None),
        ("KOMISI PEMILIHAN UMUM\nKABUPATEN CONTOH SELATAN", None),
        ("KOMISI PEMILIHAN UMUM REPUBLIK INDONESIA", None),
        ("KPU PROVINSI KALIMANTAN TIMUR", None),  # the province's material is passed on every day
        ("Jam layanan informasi publik", None),
        ("KPU KABUPATEN KUTAI BARAT\nJam layanan", "KPU KABUPATEN KUTAI BARAT"),
        ("Komisi Pemilihan Umum\nKota Samarinda", "Komisi Pemilihan Umum Kota Samarinda"),
        ("KPU Kabupaten Kutai Barat dan KPU Kabupaten Contoh Selatan", None),  # a meeting of both
    ],
)
def test_a_neighbours_name_on_the_picture_is_pointed_out(text: str, foreign: str | None) -> None:
    findings = found(M04, Seen(text=text))
    assert severities(findings) == (["saran"] if foreign else [])
    assert all(foreign in finding.message for finding in findings if foreign)


def test_a_neighbour_of_whom_the_text_speaks_may_stand_on_the_picture() -> None:
    seen = Seen(text="SELAMAT DATANG\nKPU KABUPATEN KUTAI BARAT")
    assert found(M04, seen, "Kunjungan kerja KPU Kabupaten Kutai Barat ke kantor kami.") == []
    assert found(M04, seen, kind=Kind.REPOST) == []
    assert len(found(M04, seen, "Kunjungan kerja di kantor kami.")) == 1


SUMMARY = "Video ini menjelaskan tiga langkah memeriksa data pemilih melalui laman resmi secara mandiri."


@pytest.mark.parametrize(
    ("seen", "body", "expected"),
    [
        (Seen(captions=True), "Simak videonya.", []),
        (Seen(captions=None), "Simak videonya.", []),  # silent, or nobody could look
        (Seen(captions=False), SUMMARY, ["saran"]),
        (Seen(captions=False), "Simak videonya.", ["peringatan"]),
        (Seen(captions=False, subtitles=True), "Simak videonya.", ["saran"]),
        (Seen(captions=True, subtitles=True), "Simak videonya.", []),
    ],
)
def test_a_video_speaks_to_those_who_hear_nothing(seen: Seen, body: str, expected: list[str]) -> None:
    assert severities(found(M05, seen, body, attached=(media("v.mp4", VIDEO),))) == expected


SILENT = [
    "Ket. Foto: Petugas mencocokkan data warga di Desa Contoh, Rabu (18/11/2026).",
    "Serah terima arsip kepada Dinas Perpustakaan, Selasa, 17 November 2026.",
    "Ket. Foto: Suasana debat publik pertama (Sabtu, 26 Oktober 2024) #DebatPublik",
    "Ket. Foto: Rapat koordinasi Bakohumas (Selasa, 4 Mei 2021)",
    "Ketua KPU Kabupaten Contoh Selatan menghadiri pelantikan PPS, Kamis (26/11/2026).",
    "Suasana apel pagi hari ini di halaman kantor.",
    "Kemarin, tim kami mengunjungi Desa Contoh Makmur.",
    "Sosialisasi pendidikan pemilih di SMA Negeri 1 Contoh Baru, 12 November 2026.",
    "KPU Kabupaten Contoh Selatan menerima audiensi Bawaslu pada Rabu, 18 November 2026, di ruang rapat.",
    "**Penandatanganan** nota kesepahaman dengan Dinas Pendidikan\n\nSenin, 23 November 2026",
    "Potret kebersamaan jajaran sekretariat saat senam bersama, Jumat (20/11).",
    "Pleno terbuka rekapitulasi DPB Triwulan IV, 2 Desember 2026.",
    "Rakor bersama KPU Provinsi, 10–12 November 2026.",
    "Peserta bimtek berfoto bersama seusai penutupan, Sabtu (14/11/2026).",
    "Tadi pagi, jajaran sekretariat mengikuti upacara Hari Pahlawan.",
]
HINTED = [
    "Suasana rapat koordinasi Bakohumas di aula kantor.",
    "Ketua KPU menghadiri pelantikan PPS se-Kabupaten Contoh Selatan.",
    "Sosialisasi pendidikan pemilih pemula bersama siswa dan guru di Contoh Baru berjalan lancar dan penuh antusias.",
    "Dokumentasi, Kamis (26/11/2026).",
    "#TemanPemilih, beginilah wajah kantor kami yang baru setelah selesai diperbaiki dan dicat ulang seluruhnya.",
    "Kunjungan kerja ke Desa Contoh Makmur.",
    "Momen kebersamaan, 20 November 2026",
]
WARNED = [
    "Dokumentasi.",
    "Momen hari-hari kami.",
    "#TemanPemilih #KPUMelayani",
    "Foto bersama.",
    "Keseruan kami",
]


def _captions() -> Iterator[Any]:
    for severity, bodies in (("", SILENT), ("saran", HINTED), ("peringatan", WARNED)):
        for body in bodies:
            yield pytest.param(body, [severity] if severity else [], id=body[:40])


@pytest.mark.parametrize(("body", "expected"), list(_captions()))
def test_a_photograph_is_said_to_show_what_and_when(body: str, expected: list[str]) -> None:
    assert severities(found(M09, Seen(), body, kind=FOTO)) == expected


def test_a_caption_may_stand_in_the_description_of_a_picture() -> None:
    alt = "Peserta rapat koordinasi duduk melingkar, Selasa, 17 November 2026"
    assert found(M09, Seen(), "Dokumentasi.", kind=FOTO, attached=(media(alt=alt),)) == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not FOTO])
def test_only_documentation_needs_such_a_caption(kind: Kind) -> None:
    assert found(M09, Seen(), "Dokumentasi.", kind=kind) == []


def test_a_text_without_pictures_needs_no_caption() -> None:
    assert list(M09.check(checkup("Dokumentasi.", kind=FOTO))) == []
    assert found(M09, None, "Dokumentasi.", kind=FOTO, attached=(media("surat.pdf", DOCUMENT),)) == []


def test_a_file_that_nobody_looked_into_has_no_findings() -> None:
    for rule in (M02, M03, M04, M05):
        assert found(rule, None) == []


def test_the_logo_is_for_the_approver_and_the_read_back_comes_afterwards() -> None:
    assert (M04.status, M07.status) == (Status.TICKED, Status.AFTERWARDS)
    assert found(M07, Seen()) == []


@pytest.mark.parametrize("unit", ["KPU Kabupaten ", "KPU Kota A", "rapat ", "KPU\n", "tadi ", "Aa " * 3])
def test_hostile_words_on_a_picture_take_linear_time(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    for rule in (M02, M04, M05, M09):
        assert len(found(rule, Seen(text=text), text, kind=FOTO)) <= 2
