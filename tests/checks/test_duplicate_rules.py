"""F12: a post that comes twice is stopped or questioned; what offices repeat on purpose is not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bakohumas_bot.checks.duplicates import F12
from bakohumas_bot.domain.alike import Alike, Degree, Likeness
from bakohumas_bot.domain.findings import Finding, Override
from bakohumas_bot.domain.posts import Kind
from sample_post import NOW, checkup, media

BODY = "Layanan informasi publik buka setiap hari kerja pukul 08.00 sampai 15.00 WITA di kantor kami."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def other(**facts: Any) -> Alike:
    """Post 12 with the same text, published on X an hour ago."""
    given: dict[str, Any] = {
        "post": 12,
        "title": "Jam layanan",
        "likeness": Likeness.TEXT,
        "degree": Degree.SAME,
        "whole": True,
        "field": "isi",
        "accounts": ("x",),
        "at": NOW - HOUR,
        "public": True,
    }
    return Alike(**(given | facts))


def picture(**facts: Any) -> Alike:
    return other(**({"likeness": Likeness.PICTURE, "field": "media[0]", "whole": False} | facts))


def found(*alike: Alike, body: str = BODY, **facts: Any) -> list[Finding]:
    return list(F12.check(checkup(body, on=("x", "facebook_page"), attached=(media(),), alike=alike, **facts)))


def told(*alike: Alike, **facts: Any) -> list[str]:
    return [f"{finding.severity} {finding.field}" for finding in found(*alike, **facts)]


def test_the_very_same_post_on_the_same_account_within_a_day_is_stopped_and_a_leader_may_lift_it() -> None:
    (finding,) = found(other())
    assert (finding.severity, finding.override) == ("blok", Override.CHAIR)
    assert finding.message == (
        "Konten yang sama persis, yaitu #12 “Jam layanan”, sudah terbit Sabtu, 21 November 2026, pukul 08.00 WITA di X."
    )


@pytest.mark.parametrize(
    ("at", "public", "severity", "says"),
    [
        (NOW - 23 * HOUR, True, "blok", "sudah terbit"),
        (NOW + 23 * HOUR, False, "blok", "direncanakan terbit"),
        (None, False, "blok", "sedang menunggu persetujuan"),
        (NOW - 24 * HOUR, True, "peringatan", "sudah terbit"),
        (NOW - 29 * DAY, True, "peringatan", "sudah terbit"),
        (NOW + 2 * DAY, False, "peringatan", "direncanakan terbit"),
    ],
)
def test_what_lies_further_apart_asks_for_a_reason(at: datetime | None, public: bool, severity: str, says: str) -> None:
    (finding,) = found(other(at=at, public=public))
    assert finding.severity == severity
    assert says in finding.message


def test_the_hour_of_publishing_counts_not_that_of_checking() -> None:
    assert told(other(at=NOW - HOUR), publish_at=NOW + 3 * DAY) == ["peringatan isi"]
    assert told(other(at=NOW + 3 * DAY, public=False), publish_at=NOW + 3 * DAY) == ["blok isi"]
    assert told(other(at=None, public=False), publish_at=NOW + 3 * DAY) == ["peringatan isi"]


def test_the_same_caption_under_other_pictures_asks_for_a_reason() -> None:
    assert told(other(whole=False)) == ["peringatan isi"]


def test_another_wording_asks_for_a_reason_and_another_day_or_figure_is_only_pointed_out() -> None:
    assert told(other(degree=Degree.NEARLY, whole=False)) == ["peringatan isi"]
    assert told(other(degree=Degree.PATTERN, whole=False)) == ["saran isi"]


def test_what_went_out_on_another_account_is_only_pointed_out() -> None:
    """First on the website, a day later on Facebook: so offices spread their news."""
    (finding,) = found(other(accounts=()))
    assert finding.severity == "saran"
    assert "di kanal lain" in finding.message
    assert told(other(accounts=(), degree=Degree.PATTERN)) == []


@pytest.mark.parametrize(
    "body",
    [
        "Pengingat: batas akhir pengumpulan berkas adalah Jumat ini.",
        "Kami ingatkan kembali batas akhir pengumpulan berkas.",
        "Kembali mengingatkan batas akhir pengumpulan berkas.",
        "Mengingatkan kembali, loket tutup hari Jumat.",
        "Jangan  lupa periksa nama di daftar pemilih.",
        "Rubrik Tanya Pemilu: apa itu daftar pemilih?",
        "Periksa nama di daftar pemilih. #PengingatPemilih",
        "#RubrikDemokrasi Apa itu daftar pemilih?",
    ],
)
def test_a_reminder_or_a_rubric_is_weighed_one_step_milder(body: str) -> None:
    assert told(other(), body=body) == ["peringatan isi"]
    assert told(other(at=NOW - 7 * DAY), body=body) == ["saran isi"]
    assert told(other(degree=Degree.PATTERN, whole=False, at=NOW - 7 * DAY), body=body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Mengingat Undang-Undang Nomor 7 Tahun 2017, rapat digelar hari ini.",
        "Warga yang lupa membawa kartu tetap dilayani.",
        "Mari mengingat jasa para pahlawan.",
    ],
)
def test_words_that_only_resemble_a_reminder_do_not_soften(body: str) -> None:
    assert told(other(), body=body) == ["blok isi"]


def test_a_correction_repeats_what_it_mends() -> None:
    assert told(other(degree=Degree.NEARLY, whole=False), kind=Kind.RALAT) == []
    assert told(other(degree=Degree.PATTERN, whole=False), kind=Kind.RALAT) == []
    assert told(other(), kind=Kind.RALAT) == ["blok isi"]


def test_a_repost_says_of_itself_that_it_comes_again() -> None:
    assert told(other(at=NOW - 3 * DAY), kind=Kind.REPOST) == ["saran isi"]


def test_a_file_used_before_asks_for_a_reason_and_one_that_looks_alike_is_only_pointed_out() -> None:
    assert told(picture()) == ["peringatan media[0]"]
    assert told(picture(degree=Degree.NEARLY)) == ["saran media[0]"]


def test_posters_of_one_template_are_not_told_apart_by_looks() -> None:
    assert told(picture(degree=Degree.PATTERN)) == []


def test_a_logo_or_background_that_stands_in_many_posts_is_nobodys_slip() -> None:
    assert told(*(picture(post=post) for post in (12, 13, 14))) == []
    assert told(*(picture(post=post) for post in (12, 13))) == ["peringatan media[0]"]


def test_the_picture_of_a_text_that_is_told_already_is_not_told_again() -> None:
    assert told(other(degree=Degree.NEARLY, whole=False), picture()) == ["peringatan isi"]


def test_last_weeks_poster_under_this_weeks_text_is_told() -> None:
    """The slip behind it: the date was changed in the text and forgotten in the picture."""
    alike = (other(degree=Degree.PATTERN, whole=False), picture())
    assert told(*alike) == ["peringatan media[0]", "saran isi"]


def test_of_many_likenesses_only_the_gravest_and_nearest_is_told() -> None:
    alike = (
        other(post=9, at=NOW - 20 * DAY),
        other(post=10, at=NOW - 5 * HOUR),
        other(post=11, at=NOW - 2 * HOUR),
        other(post=12, degree=Degree.PATTERN),
    )
    (finding,) = found(*alike)
    assert "#11 " in finding.message


def test_each_text_of_its_own_is_told_for_itself() -> None:
    alike = (other(), other(field="varian.facebook_page", accounts=("facebook_page",), at=NOW - 3 * DAY))
    assert told(*alike, variants=(("facebook_page", BODY),)) == ["blok isi", "peringatan varian.facebook_page"]
