"""Times as offices write them, read back to the minute; what cannot be meant is refused in one polite sentence."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bakohumas_bot.domain.almanac import (
    DAYS,
    MONTH_NUMBERS,
    WEEKDAYS,
    month_number,
    nearest_with_weekday,
    weekday_number,
)
from bakohumas_bot.domain.times import FORMS, long_date, long_time, must_be_future, read_time, zone_label
from bakohumas_bot.errors import BadInput

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=WITA)  # Kamis


def read(text: str, zone: ZoneInfo = WITA) -> datetime:
    return read_time(text, now=NOW, zone=zone)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-26T09:00", "2026-11-26T09:00+08:00"),
        ("2026-11-26 09:00:30", "2026-11-26T09:00:30+08:00"),
        ("2026-11-26T09:00:00+09:00", "2026-11-26T08:00+08:00"),
        ("2026-11-26T01:00:00Z", "2026-11-26T09:00+08:00"),
        ("2026-11-26t01:00z", "2026-11-26T09:00+08:00"),
        ("2026-12-01 17.00 WIT", "2026-12-01T16:00+08:00"),
        ("26 November 2026 09.00 WITA", "2026-11-26T09:00+08:00"),
        ("26 November 2026 09.00 WIB", "2026-11-26T10:00+08:00"),
        ("26 november 2026 pukul 9:05 wit", "2026-11-26T08:05+08:00"),
        ("Kamis, 26 November 2026 09.00 WITA", "2026-11-26T09:00+08:00"),
        ("Kamis, 26 November 2026, pukul 09.00 WITA", "2026-11-26T09:00+08:00"),
        ("hari Kamis tanggal 26 November 2026 jam 09.00", "2026-11-26T09:00+08:00"),
        ("Jum'at, 27 Nop 2026 pkl 13.30", "2026-11-27T13:30+08:00"),
        ("Jum’at 27 November 2026 13.30", "2026-11-27T13:30+08:00"),
        ("Ahad, 29 Nov 2026 08.00", "2026-11-29T08:00+08:00"),
        ("26/11/2026 09.00", "2026-11-26T09:00+08:00"),
        ("Kamis, 26-11-2026 09:00 WITA", "2026-11-26T09:00+08:00"),
        ("hari ini 16.00", "2026-11-19T16:00+08:00"),
        ("hari ini pukul 16.00", "2026-11-19T16:00+08:00"),
        ("Besok 09.00 WITA", "2026-11-20T09:00+08:00"),
        ("besok, jam 9.00", "2026-11-20T09:00+08:00"),
        ("lusa 14.00 WIT", "2026-11-21T13:00+08:00"),
        ("30 menit lagi", "2026-11-19T11:00+08:00"),
        ("2 jam lagi", "2026-11-19T12:30+08:00"),
        ("sekarang", "2026-11-19T10:30+08:00"),
        ("  besok   09.00\u00a0WITA ", "2026-11-20T09:00+08:00"),
        ("29 Februari 2028 00.00", "2028-02-29T00:00+08:00"),
    ],
)
def test_what_offices_write_is_read_to_the_minute(text: str, iso: str) -> None:
    at = read(text)
    assert at == datetime.fromisoformat(iso)
    assert at.tzinfo is WITA


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31 Juni 2027 09.00", "Juni 2027 berakhir pada tanggal 30"),
        ("31 Juni", "Juni berakhir pada tanggal 30"),
        ("29 Februari 2027 09.00", "Februari 2027 berakhir pada tanggal 28"),
        ("2026-02-30T09:00", "Februari 2026 berakhir pada tanggal 28"),
        ("0/11/2026 09.00", "Tanggal 0 November 2026 tidak ada"),
        ("11/26/2026 09.00", "Bulan 26 tidak ada"),
        ("26 November 2026 24.00", "Jam 24.00 tidak ada"),
        ("besok 09.75", "Jam 09.75 tidak ada"),
        ("26 November 2026", "Jam belum disebutkan"),
        ("besok", "Jam belum disebutkan"),
        ("2026-11-26", "Jam belum disebutkan"),
        ("09.00 WITA", "Hari belum disebutkan"),
        ("26 November 09.00", "Tahun belum disebutkan"),
        ("26 November 1026 09.00", "Tahun 1026 di luar jangkauan"),
        ("2026-11-26T09:00+99:00", "Selisih waktu"),
        ("besok jam 9", "belum dapat dipahami"),
        ("besok 09.00 GMT", "belum dapat dipahami"),
        ("slot berikutnya", "belum dapat dipahami"),
        ("tadi pagi", "belum dapat dipahami"),
        ("", "belum dapat dipahami"),
        ("9" * 70_000, "belum dapat dipahami"),
        ("ſenin, 23 November 2026 09.00", "belum dapat dipahami"),
        ("٢٦ November 2026 09.00", "belum dapat dipahami"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_an_example(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(text)
    sentence = str(refusal.value)
    assert says in sentence
    assert "Contoh: " in sentence
    assert len(sentence) < 300
    assert "!" not in sentence


def test_a_weekday_that_disagrees_is_refused_with_both_repairs() -> None:
    with pytest.raises(BadInput, match=re.escape("“Senin, 23 November 2026” atau “Selasa, 24 November 2026”")):
        read("Selasa, 23 November 2026 pukul 09.00")


def test_tomorrow_is_the_offices_tomorrow_not_the_servers() -> None:
    late_in_london = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # Jumat 01.00 WITA
    assert read_time("besok 09.00", now=late_in_london, zone=WITA) == datetime(2026, 11, 21, 9, 0, tzinfo=WITA)


def test_a_past_time_is_refused_and_the_running_minute_is_not() -> None:
    seconds_later = NOW + timedelta(seconds=40)
    assert must_be_future(NOW, now=seconds_later, zone=WITA) == NOW
    with pytest.raises(BadInput, match=r"Waktu tersebut sudah lewat: Kamis, 19 November 2026 10\.29 WITA"):
        must_be_future(NOW - timedelta(minutes=1), now=NOW, zone=WITA)


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Pontianak", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        ("Europe/Paris", "UTC+0100"),
    ],
)
def test_a_zone_is_named_by_its_offset(zone: str, label: str) -> None:
    assert zone_label(NOW, ZoneInfo(zone)) == label


def test_what_we_write_we_can_read() -> None:
    for pukul in (False, True):
        assert read(long_time(NOW, WITA, pukul=pukul)) == NOW
    assert long_time(NOW, WITA) == "Kamis, 19 November 2026 10.30 WITA"
    assert long_time(NOW, WITA, pukul=True) == "Kamis, 19 November 2026, pukul 10.30 WITA"
    assert long_time(NOW, ZoneInfo("Asia/Jayapura")) == "Kamis, 19 November 2026 11.30 WIT"
    assert long_date(NOW.date()) == "Kamis, 19 November 2026"


def test_every_spelling_of_a_day_or_month_has_its_number() -> None:
    assert {weekday_number(word) for word in WEEKDAYS} == set(range(7))
    assert {month_number(word) for word in MONTH_NUMBERS} == set(range(1, 13))
    assert weekday_number("Jum`at") == weekday_number("JUMAT") == DAYS.index("Jumat")
    assert month_number("Agt.") == month_number("Ags") == month_number("Agu") == 8


def test_the_nearest_date_with_a_weekday_is_at_most_three_days_away() -> None:
    for weekday in range(7):
        found = nearest_with_weekday(NOW.date(), weekday)
        assert found.weekday() == weekday
        assert abs((found - NOW.date()).days) <= 3


def test_every_form_takes_part() -> None:
    """A row that no sentence reaches is dead weight; each pattern matches at least one of these."""
    sentences = [
        "sekarang",
        "1 jam lagi",
        "besok 09.00",
        "26 November 2026 09.00",
        "26/11/2026 09.00",
        "2026-11-26T09:00Z",
        "2026-11-26 09.00 WIT",
        "09.00",
        "besok",
        "26 November",
        "26/11/2026",
        "2026-11-26",
    ]
    first = [next(i for i, (form, _) in enumerate(FORMS) if form.fullmatch(sentence)) for sentence in sentences]
    assert first == list(range(len(FORMS)))
