"""The six samples go through the rulebook as an office would send them: nothing to block, nothing to explain."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bakohumas_bot.checks.rulebook import Checkup
from bakohumas_bot.checks.rules import check
from bakohumas_bot.domain.counting import measure
from bakohumas_bot.domain.offices import Account, Directory
from bakohumas_bot.domain.posts import Content, Kind, Media, TextFormat
from bakohumas_bot.domain.render import render_all
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.prepare import prepare
from bakohumas_bot.media.probe import probe
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.store.drafts import DraftFile, MediaFile, read_content_file
from sample_post import OFFICE, WITA

SAMPLES = Path(__file__).parents[2] / "content" / "samples"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=WITA)
SPECS = {name: platform.spec for name, platform in PLATFORMS.items()}
OFFICIAL = ("telegram_channel", "x", "facebook_page", "instagram")
ACCOUNTS = {
    name: Account(id=name, office=OFFICE.code, platform=name, handle="@contoh", enabled=True, shows_sources=name != "x")
    for name in OFFICIAL
}
DIRECTORY = Directory(offices={OFFICE.code: OFFICE}, people={}, accounts=ACCOUNTS)

KINDS = {
    "01-infografis-layanan-informasi.md": (Kind.INFOGRAFIS, ["infografis-layanan.jpg"]),
    "02-siaran-pers-rakor.md": (Kind.SIARAN_PERS, ["rakor-bakohumas.jpg"]),
    "03-album-desa-peduli-pemilih.md": (Kind.FOTO, ["album-1.jpg", "album-2.jpg", "album-3.jpg"]),
    "04-video-cek-data-pemilih.md": (Kind.VIDEO, ["video-pdpb.mp4"]),
    "05-klarifikasi-hoaks.md": (Kind.KLARIFIKASI_HOAKS, ["klarifikasi.jpg"]),
    "06-pengumuman-jam-layanan.md": (Kind.PENGUMUMAN, []),
}


def read(name: str) -> DraftFile:
    return read_content_file(SAMPLES / name, DIRECTORY, SPECS, NOW)


def content_of(draft: DraftFile, blobs: BlobStore) -> Content:
    return Content(
        office=draft.office,
        kind=draft.kind,
        title=draft.title,
        body=draft.body,
        format=TextFormat.MARKDOWN,
        accounts=draft.accounts,
        media=tuple(keep(item, blobs) for item in draft.media),
        variants=draft.variants,
        sources=draft.sources,
        publish_at=draft.publish_at,
        expires_at=draft.expires_at,
    )


def keep(item: MediaFile, blobs: BlobStore) -> Media:
    blobs.put_file(item.path)
    return replace(probe(item.path, item.name), alt=item.alt)


def checkup_of(content: Content, blobs: BlobStore) -> Checkup:
    prepared = {id_: prepare(content.media, SPECS[id_], blobs) for id_ in content.accounts}
    rendered = render_all(content, ACCOUNTS, SPECS, prepared)
    return Checkup(content=content, rendered=rendered, accounts=ACCOUNTS, specs=SPECS, office=OFFICE, now=NOW)


def test_these_are_all_the_samples() -> None:
    assert sorted(path.name for path in SAMPLES.glob("*.md")) == sorted(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_has_no_findings(name: str, tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path)
    assert check(checkup_of(content_of(read(name), blobs), blobs)) == ()


@pytest.mark.parametrize(("name", "expected"), KINDS.items())
def test_a_sample_is_of_its_kind_with_its_files(name: str, expected: tuple[Kind, list[str]]) -> None:
    draft = read(name)
    assert (draft.kind, [item.name for item in draft.media]) == expected
    assert draft.accounts == (OFFICIAL if draft.media else OFFICIAL[:3])


@pytest.mark.parametrize("name", KINDS)
def test_a_sample_never_goes_stale(name: str) -> None:
    """Its time is relative: the same file can be sent on any day."""
    years_later = NOW.replace(year=2031)
    draft = read_content_file(SAMPLES / name, DIRECTORY, SPECS, years_later)
    assert draft.publish_at is not None
    assert draft.publish_at > years_later


@pytest.mark.parametrize("name", KINDS)
def test_every_text_of_a_sample_fits_its_account(name: str) -> None:
    """Also without its pictures at hand."""
    draft = read(name)
    content = replace(content_of(replace(draft, media=()), BlobStore(Path())), accounts=draft.accounts)
    for id_, rendered in render_all(content, ACCOUNTS, SPECS, {}).items():
        length = measure(rendered.text, SPECS[id_], with_media=bool(draft.media))
        assert length.length <= length.limit, (id_, length)
