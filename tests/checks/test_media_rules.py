"""M01 and M06: every picture is described, and no account gets what it would cut, refuse or distort."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bakohumas_bot.checks.media import M01, M06
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from sample_post import checkup, media

VIDEO, DOCUMENT = MediaKind.VIDEO, MediaKind.DOCUMENT


@pytest.mark.parametrize(
    "alt",
    [
        "",
        "  ",
        "rakor.jpg",
        "RAKOR",
        "IMG_2034",
        "DSC01234",
        "foto 1",
        "gambar",
        "WhatsApp Image 2026-11-20 at 10.15.30",
        "Screenshot_20261120-101530",
        "lampiran-akhir.png",
        "image (2)",
    ],
)
def test_a_missing_description_or_a_file_name_is_asked_for(alt: str) -> None:
    (finding,) = M01.check(checkup(attached=(media(alt=alt),)))
    assert (finding.field, finding.severity) == ("media[0].teks_alt", Severity.PERINGATAN)
    assert finding.override is Override.NONE


def test_an_infographic_without_description_is_stopped() -> None:
    (finding,) = M01.check(checkup(kind=Kind.INFOGRAFIS, attached=(media(),)))
    assert (finding.severity, finding.override) == (Severity.BLOK, Override.CHAIR)


@pytest.mark.parametrize("alt", ["Peserta rapat duduk melingkar", "Foto bersama peserta", "Gambar alur layanan PPID"])
def test_a_real_description_passes(alt: str) -> None:
    assert list(M01.check(checkup(attached=(media(alt=alt),)))) == []


def test_only_pictures_need_a_description() -> None:
    assert list(M01.check(checkup(attached=(media("a.mp4", VIDEO), media("a.pdf", DOCUMENT))))) == []


def pictures(count: int) -> tuple[RenderedMedia, ...]:
    return tuple(media(f"album-{number}.jpg", alt="Suasana") for number in range(count))


def limits(account: str, *attached: RenderedMedia, body: str = "Isi.") -> list[Finding]:
    return list(M06.check(checkup(body, on=(account,), attached=attached)))


@pytest.mark.parametrize(
    ("account", "attached", "says"),
    [
        ("instagram", (), "Instagram (instagram) tidak dapat memuat teks saja."),
        ("x", (media("surat.pdf", DOCUMENT),), "X (x) tidak dapat memuat dokumen: surat.pdf."),
        ("x", pictures(5), "X (x) memuat paling banyak 4 gambar; konten ini berisi 5."),
        ("x", (media(), media("a.mp4", VIDEO)), "X (x) tidak dapat memuat gambar dan video dalam satu unggahan."),
        ("telegram_channel", (media(), media("a.pdf", DOCUMENT)), "tidak dapat memuat gambar dan dokumen dalam satu"),
        ("x", (media(size=5_000_001),), "5,0 MB"),
        ("x", (media("a.mp4", VIDEO, duration=232.0),), "3 menit 52 detik; X (x) menerima 0,5 detik sampai 2 menit 20"),
        ("x", (media("a.mp4", VIDEO, duration=0.2),), "Durasi video 1 adalah 0,2 detik"),
        ("x", (media("a.mp4", VIDEO, mime="video/webm"),), "Format video 1 (video/webm) tidak didukung X"),
        ("x", (media("a.mp4", VIDEO, width=3840, height=2160),), "3840 x 2160 piksel"),
        ("x", (media("a.mp4", VIDEO, width=1900, height=600),), "adalah 3,17; X (x) menerima 0,33 sampai 3,00"),
        ("x", (media("a.mp4", VIDEO, duration=None),), "tidak terbaca"),
        ("x", (media(width=None),), "tidak terbaca"),
        ("instagram", (media(width=200, height=200),), "lebar 320 sampai 1440"),
        ("instagram", (media(width=1000, height=400),), "menerima 0,80 sampai 1,91"),
        ("instagram", (media("1.jpg"), media("2.jpg", height=1350)), "gambar 2 berbeda dari gambar pertama"),
        ("instagram", (media(alt="a" * 1001),), "1001 karakter, batas 1000"),
        ("telegram_channel", (media("a.pdf", DOCUMENT, mime="application/zip"),), "application/zip"),
        ("telegram_channel", (media("a.pdf", DOCUMENT, size=60_000_000),), "60,0 MB, paling besar 50,0 MB"),
    ],
)
def test_what_an_account_cannot_carry_is_named_with_a_way_out(
    account: str, attached: tuple[RenderedMedia, ...], says: str
) -> None:
    (finding,) = limits(account, *attached)
    assert says in finding.message
    assert (finding.severity, finding.override) == (Severity.BLOK, Override.NEVER)
    assert finding.remedies[-1] == f"Keluarkan kanal {account} dari konten ini."


@pytest.mark.parametrize(
    ("account", "attached"),
    [
        ("x", ()),
        ("x", pictures(4)),
        ("x", (media("a.mp4", VIDEO, duration=140.0),)),
        ("telegram_channel", (*pictures(9), media("a.mp4", VIDEO))),
        ("telegram_channel", (media("a.pdf", DOCUMENT),)),
        ("instagram", pictures(10)),
        ("instagram", (media(width=1080, height=1350),)),
        ("instagram", (media(width=1080, height=566),)),
        ("instagram", (media(width=1080, height=565),)),
    ],
)
def test_what_an_account_carries_passes(account: str, attached: tuple[RenderedMedia, ...]) -> None:
    assert limits(account, *attached) == []


def test_the_finding_points_at_the_authors_file() -> None:
    (finding,) = limits("x", media("1.jpg"), media("2.jpg", size=9_000_000))
    assert finding.field == "media[1]"


def test_thirty_hashtags_are_enough_for_instagram() -> None:
    tags = " ".join(f"#Pemilih{number}" for number in range(31))
    (finding,) = limits("instagram", media(), body=tags)
    assert (finding.field, "paling banyak 30 tagar" in finding.message) == ("isi", True)
    assert (
        limits(
            "instagram", media(), body="Pasal #1 dan a#b https://x.go.id/#bagian " + tags.removesuffix(" #Pemilih30")
        )
        == []
    )


def test_pictures_and_videos_together_have_a_limit_of_their_own() -> None:
    """Ten of each may be carried alone, but an album holds ten in all."""
    post = checkup(on=("telegram_channel",), attached=(*pictures(6), *(media(f"{n}.mp4", VIDEO) for n in range(5))))
    spec = replace(post.specs["telegram_channel"], max_images=10, max_videos=10, max_media=10, mixes=True)
    findings = list(M06.check(replace(post, specs={**post.specs, "telegram_channel": spec})))
    assert ["11" in f.message and "10" in f.message for f in findings] == [True]
