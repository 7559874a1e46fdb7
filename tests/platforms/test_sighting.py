"""A post is recognised by its words, its hour and its number of pictures; what cannot be read proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bakohumas_bot.domain.outcomes import Absent, CannotTell, Found
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms.sighting import MAX_PAGES, Seen, same_words, search
from far_end import job_for

SOME_PICTURE = RenderedMedia(sha256="a1", source="a1", kind=MediaKind.IMAGE, mime="image/jpeg", name="a.jpg", size=1)
SINCE = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TEXT = "Rapat koordinasi dimulai pukul 09.00 WITA."


def seen(text: str = TEXT, *, media: int | None = 0, minutes: float = 1, number: str = "1") -> Seen:
    at = SINCE + timedelta(minutes=minutes)
    return Seen(remote_id=number, url=None, text=text, media_count=media, created_at=at)


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("Baca http://kpu.go.id", "Baca kpu.go.id"),
        ("Baca https://kpu.go.id/", "Baca https://kpu.go.id"),
        ("Satu\nDua", "Satu \n\n Dua  "),
        ("Cafe\u0301", "Caf\u00e9"),
    ],
)
def test_words_are_the_same_to_a_reader(published: str, written: str) -> None:
    assert same_words(published, written)


@pytest.mark.parametrize("other", ["Rapat koordinasi dimulai pukul 10.00 WITA.", "", TEXT + " Ralat"])
def test_other_words_are_another_post(other: str) -> None:
    assert not same_words(other, TEXT)


@pytest.mark.parametrize(
    ("posts", "kind"),
    [
        ([], Absent),
        ([seen()], Found),
        ([seen(media=None)], Found),
        ([seen("Lain")], Absent),
        ([seen(minutes=-0.9)], Found),  # the platform's clock may lag
        ([seen(minutes=-1.1)], CannotTell),  # or ours may have been ahead when we sent
        ([seen(minutes=-64)], CannotTell),
        ([seen(minutes=-66)], Absent),
        ([seen("Lain", minutes=-64)], Absent),
        ([seen(minutes=-64), seen()], Found),
        ([seen(media=1)], CannotTell),
        ([seen("Lain"), None], CannotTell),
        ([None, seen()], Found),
    ],
)
def test_a_list_is_read_for_what_it_proves(posts: list[Seen | None], kind: type, tmp_path: Path) -> None:
    assert isinstance(search([posts], job_for(tmp_path, TEXT), SINCE), kind)


def test_of_two_alike_the_first_is_ours(tmp_path: Path) -> None:
    found = search([[seen(minutes=9, number="2"), seen(minutes=1, number="1")]], job_for(tmp_path, TEXT), SINCE)
    assert isinstance(found, Found)
    assert found.receipt.remote_id == "1"


def test_pictures_are_counted(tmp_path: Path) -> None:
    job = job_for(tmp_path, TEXT, SOME_PICTURE, SOME_PICTURE)
    assert isinstance(search([[seen(media=2)]], job, SINCE), Found)
    assert isinstance(search([[seen(media=0)]], job, SINCE), CannotTell)


def test_reading_stops_where_the_attempt_cannot_be(tmp_path: Path) -> None:
    def pages() -> Iterator[list[Seen | None]]:
        yield [seen("Lain"), seen("Lama", minutes=-66)]
        raise AssertionError("read further back than the attempt")

    assert isinstance(search(pages(), job_for(tmp_path, TEXT), SINCE), Absent)


def test_a_list_that_does_not_reach_back_to_the_attempt_proves_nothing(tmp_path: Path) -> None:
    pages = [[seen("Lain")] for _ in range(MAX_PAGES + 1)]
    assert isinstance(search(pages, job_for(tmp_path, TEXT), SINCE), CannotTell)
    pages[MAX_PAGES - 1].append(seen())
    assert isinstance(search(pages, job_for(tmp_path, TEXT), SINCE), Found)
