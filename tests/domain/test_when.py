"""When, as people in an office write it: what is plain is read, what leaves a doubt asks, what cannot be is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bakohumas_bot.domain.almanac import DAYS, MONTHS
from bakohumas_bot.domain.times import long_date, long_time
from bakohumas_bot.domain.when import Answer, answer, means_at_once, read_time
from bakohumas_bot.errors import BadInput

WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=WITA)  # Kamis


def ask(text: str, *, now: datetime = NOW, zone: ZoneInfo = WITA) -> Answer:
    return answer(text, now=now, zone=zone)


def at(written: str) -> datetime:
    """`20 09.00` is in November, `5/12 09.00` and `17/8/2027 07.00` say more; in the office's zone."""
    day, _, clock = written.partition(" ")
    numbers = [int(number) for number in day.split("/")]
    month, year = (numbers + [11, 2026][len(numbers) - 1 :])[1:3]
    hour, minute = clock.split(".")
    return datetime(year, month, numbers[0], int(hour), int(minute), tzinfo=WITA)


PLAIN = {
    # Worked examples of the field (confirm only).
    "besok jam 9 pagi": "20 09.00",
    "lusa 14.00 WITA": "21 14.00",
    "Senin depan pukul 09.30": "23 09.30",
    "nanti malam jam 7": "19 19.00",
    "malam Minggu jam 8": "21 20.00",
    "setengah 8 malam": "19 19.30",
    "2 jam lagi": "19 12.30",
    "30 menit lagi": "19 11.00",
    "hari ini jam 16.00": "19 16.00",
    "Rabu pukul 10.00 WIB": "25 11.00",
    "jam 14.00 WIT": "19 13.00",
    "17 Agustus pukul 07.00": "17/8/2027 07.00",
    # Parts of the day, as chat shortens them.
    "bsk pg jam 9": "20 09.00",
    "bsk pagi jam 9": "20 09.00",
    "bsk jam 9 pg": "20 09.00",
    "Bsk, jam 9 pagi ya pak": "20 09.00",
    "BESOK PUKUL 09.00 WITA": "20 09.00",
    "besok.jam 9 pagi.": "20 09.00",
    "esok pukul 08.15": "20 08.15",
    "besok siang jam 1": "20 13.00",
    "besok jam 12 siang": "20 12.00",
    "besok jam 11 siang": "20 11.00",
    "besok sore jam 4": "20 16.00",
    "besok petang jam 6": "20 18.00",
    "besok mlm jam 8": "20 20.00",
    "lusa jam 3 sore": "21 15.00",
    "lusa jam 2 siang": "21 14.00",
    "besok subuh jam 5": "20 05.00",
    "besok dini hari jam 2": "20 02.00",
    "besok jam 2 dini hari": "20 02.00",
    "besok pukul 08.00 malam": "20 20.00",
    "besok 20.00 malam": "20 20.00",
    "nanti sore jam 4": "19 16.00",
    "ntar malem jam 7": "19 19.00",
    "nnt mlm jm 7": "19 19.00",
    "malam ini jam 8": "19 20.00",
    "malam ini 20.15": "19 20.15",
    "sore ini jam 5": "19 17.00",
    "jam 8 malam ini": "19 20.00",
    "nanti pukul 15.45": "19 15.45",
    "hr ini jam 4 sore": "19 16.00",
    "hari ini jam 4": "19 16.00",  # 04.00 has passed, so one reading is left
    "nanti jam 2": "19 14.00",
    "tengah hari ini": "19 12.00",
    "besok tengah hari": "20 12.00",
    # Clocks.
    "besok jam 9 lewat 15 pagi": "20 09.15",
    "besok pagi jam 9 lewat 15 menit": "20 09.15",
    "besok pagi jam 9 lebih seperempat": "20 09.15",
    "besok pagi jam 9 kurang 10": "20 08.50",
    "besok jam 9 kurang seperempat pagi": "20 08.45",
    "besok jam setengah 10 pagi": "20 09.30",
    "besok pagi stgh 10": "20 09.30",
    "besok jam setengah sepuluh pagi": "20 09.30",
    "besok jam sembilan pagi": "20 09.00",
    "besok jam dua belas siang": "20 12.00",
    "besok pagi jam sepuluh lewat dua puluh lima": "20 10.25",
    "besok 9 pagi": "20 09.00",
    "besok pagi 9.30": "20 09.30",
    "besok pk. 09.30": "20 09.30",
    "besok jam 0930": "20 09.30",
    "besok 09:30": "20 09.30",
    "besok pukul 13": "20 13.00",
    "9.30 wita besok": "20 09.30",
    "pukul 16.00 WIT": "19 15.00",
    "besok 09.00wit": "20 08.00",
    "besok pukul 09.00 waktu setempat": "20 09.00",
    "besok 09.00 WIB / 10.00 WITA": "20 10.00",  # the same moment twice
    "hari ini jam 24.00": "20 00.00",
    "26 November 2026 24.00": "27 00.00",
    "26 November 2026 00.00": "26 00.00",
    # Weekdays.
    "jumat jam 8 pagi": "20 08.00",
    "Jum'at pukul 13.30": "20 13.30",
    "jumat ini pukul 14.00": "20 14.00",
    "senin dpn jam 10 pagi": "23 10.00",
    "hari senin pukul 10.00": "23 10.00",
    "Sen 10.00": "23 10.00",
    "senen jam 7 pagi": "23 07.00",
    "rebo 10.00": "25 10.00",
    "ahad pukul 07.00": "22 07.00",
    "hari minggu jam 6 sore": "22 18.00",
    "minggu pagi jam 8": "22 08.00",
    "senin minggu depan 10.00": "23 10.00",
    "minggu depan hari senin 10.00": "23 10.00",
    "Jumat minggu depan pukul 10.00": "27 10.00",
    "pekan depan hari rabu jam 2 siang": "25 14.00",
    "rabu pekan depan jam 2 siang": "25 14.00",
    "jumat pekan ini 15.00": "20 15.00",
    "besok jumat 09.00": "20 09.00",
    "besok hari Jumat tanggal 20 November 2026 pukul 09.00": "20 09.00",
    "malam minggu pukul 20.00": "21 20.00",
    "malam senin jam 7": "22 19.00",
    "Rabu malam Kamis jam 7": "25 19.00",
    "tolong dijadwalkan besok jam 9 pagi": "20 09.00",
    "minggu malam jam 8": "22 20.00",
    "Kamis ini pukul 14.00": "19 14.00",
    "Senin yang akan datang pukul 09.00": "23 09.00",
    "senin mendatang 09.00": "23 09.00",
    # Typing slips, one letter away.
    "snin 09.00": "23 09.00",
    "sennin 09.00": "23 09.00",
    "selsaa 09.00": "24 09.00",
    "kmais ini 14.00": "19 14.00",
    "jumaat 09.00": "20 09.00",
    "5 desembr 09.00": "5/12 09.00",
    "26 novembar 2026 09.00": "26 09.00",
    "12 janauri 2027 09.00": "12/1/2027 09.00",
    # Dates.
    "tgl 5/6 jam 9 pagi": "5/6/2027 09.00",
    "tgl 5/12 09.00": "5/12 09.00",
    "5/12 09.00": "5/12 09.00",
    "tgl 5-12 09.00": "5/12 09.00",
    "tgl 25 jam 9 pagi": "25 09.00",
    "tgl 25 bulan ini 09.00": "25 09.00",
    "tanggal 1 bulan depan jam 8 pagi": "1/12 08.00",
    "tgl 1 bln dpn 08.00": "1/12 08.00",
    "tgl 3 bulan 12 pukul 08.00": "3/12 08.00",
    "5 juni 2027 pkl 09.00": "5/6/2027 09.00",
    "5 Juni pukul 09.00": "5/6/2027 09.00",
    "05-06-2027 09:00": "5/6/2027 09.00",
    "5.6.2027 09.00": "5/6/2027 09.00",
    "5/6/27 09.00": "5/6/2027 09.00",
    "1 Des 08.00": "1/12 08.00",
    "tanggal dua puluh lima november pukul 09.00": "25 09.00",
    "sabtu, 5 juni 2027 09.00": "5/6/2027 09.00",
    "Sabtu (5/6/2027) pukul 09.00": "5/6/2027 09.00",
    "Kamis, 26 November 2026 pukul 10.00 WITA": "26 10.00",
    "kamis 26 nov 10.00": "26 10.00",
    "26 Nov. 2026, 10.00": "26 10.00",
    "10.00, 26 November 2026": "26 10.00",
    "29 Februari 2028 09.00": "29/2/2028 09.00",
    "besok tgl 20 jam 09.00": "20 09.00",
    # ISO 8601.
    "2026-11-26T09:00:00+08:00": "26 09.00",
    "2026-11-26T09:00+09:00": "26 08.00",
    "2026-11-26T01:00Z": "26 09.00",
    "2026-11-26 01:00:00+00:00": "26 09.00",
    "2026-11-26 09.00 WIT": "26 08.00",
    "2026-11-26 09:00": "26 09.00",
    # A while from now.
    "1 jam lagi": "19 11.30",
    "sejam lagi": "19 11.30",
    "setengah jam lagi": "19 11.00",
    "seperempat jam lagi": "19 10.45",
    "satu setengah jam lagi": "19 12.00",
    "1,5 jam lagi": "19 12.00",
    "1 jam 15 menit lagi": "19 11.45",
    "90 menit lagi": "19 12.00",
    "dua jam lagi": "19 12.30",
    "45 mnt lg": "19 11.15",
    "30 min lagi": "19 11.00",
    "lagi 2 jam": "19 12.30",
    "dalam 2 jam": "19 12.30",
    "2 jam dari sekarang": "19 12.30",
    "dua hari lagi jam 9 pagi": "21 09.00",
    "3 hari lagi 14.00": "22 14.00",
    "seminggu lagi pukul 10.00": "26 10.00",
    "2 minggu lagi hari senin 10.00": "30 10.00",
    "sekarang": "19 10.30",
    "skrg": "19 10.30",
    "segera": "19 10.30",
    "secepatnya ya": "19 10.30",
}

# The first is the office's reading; the buttons show all, sorted.
CHOICES = {
    # Worked examples of the field.
    "Kamis depan jam 10": "26 10.00, 26 22.00",
    "habis Jumatan": "20 13.00, 20 13.30, 20 14.00",
    "Minggu jam 8": "22 08.00, 22 20.00",
    "jam 9 kurang seperempat": "20 08.45, 19 20.45",
    "jam 2": "19 14.00, 20 02.00",
    "jam 12 malam": "20 00.00, 21 00.00",
    # An hour that is morning or evening.
    "bsk jam 9": "20 09.00, 20 21.00",
    "besok jam 9an": "20 09.00, 20 21.00",
    "besok sekitar jam 9 pagi": "20 09.00",
    "besok 9": "20 09.00, 20 21.00",
    "besok jam 12": "20 12.00, 21 00.00",
    "besok jam 6": "20 18.00, 20 06.00",
    "jam setengah 10": "20 09.30, 19 21.30",
    "jam 9 lewat 15": "20 09.15, 19 21.15",
    "jam 9 kurang 10": "20 08.50, 19 20.50",
    "besok jam 2.30": "20 14.30, 20 02.30",
    "besok jam 7.30": "20 07.30, 20 19.30",
    "besok pukul 8:15": "20 08.15, 20 20.15",
    "senin jam tujuh": "23 07.00, 23 19.00",
    "tgl 25 jam 9": "25 09.00, 25 21.00",
    "5 juni 2027 jam 9": "5/6/2027 09.00, 5/6/2027 21.00",
    # An hour that has passed today.
    "jam 9 pagi": "20 09.00",
    "09.00": "20 09.00",
    "hari ini jam 9": "19 21.00",
    "pukul 10.00 WIB besok atau lusa": "20 11.00, 21 11.00",
    "pukul 09.00 WIT": "20 08.00",
    # Midnight belongs to two days.
    "tengah malam": "20 00.00, 21 00.00",
    "besok tengah malam": "21 00.00, 20 00.00",
    "besok jam 12 malam": "21 00.00, 20 00.00",
    "besok jam 00.00": "20 00.00, 21 00.00",
    "jam 00.00": "20 00.00, 21 00.00",
    "besok jam 1 malam": "21 01.00, 20 01.00",
    # Days that can be two.
    "besok lusa jam 09.00": "20 09.00, 21 09.00",
    "besok atau lusa jam 09.00": "20 09.00, 21 09.00",
    "besok jam 09.00 atau jam 10.00": "20 09.00, 20 10.00",
    "besok jam 09.00-10.00": "20 09.00, 20 10.00",
    "besok jam 9-10 pagi": "20 09.00, 20 10.00",
    "Kamis jam 14.00": "19 14.00, 26 14.00",
    "kamis 09.00": "26 09.00",
    "Kamis depan 10.00": "26 10.00",
    "jumat depan 10.00": "27 10.00, 20 10.00",
    "senin ini 09.00": "23 09.00",
    "jam 8 malam senin": "22 20.00, 23 20.00",
    "tgl 5 jam 10.00": "5/12 10.00",
    "tgl 5 jam 10": "5/12 10.00, 5/12 22.00",
    "tgl 31 jam 10.00": "31/12 10.00",
    # About that time.
    "habis magrib": "19 18.30, 19 19.00, 19 19.30",
    "ba'da isya": "19 19.30, 19 20.00, 19 20.30",
    "besok habis subuh": "20 05.30, 20 06.00, 20 06.30",
    "habis subuh": "20 05.30, 20 06.00, 20 06.30",
    "jum'at depan ba'da jum'at": "27 13.00, 20 13.00, 27 13.30, 27 14.00",
    "sebelum jumatan": "20 11.00, 20 10.00, 20 10.30",
    "sblm sholat jumat": "20 11.00, 20 10.00, 20 10.30",
    "besok habis makan siang": "20 13.00, 20 13.30",
    "lusa ba'da ashar": "21 16.00, 21 16.30",
    "sebentar lagi": "19 10.45, 19 11.00",
    "15 menitan lagi": "19 10.45, 19 11.00",
    "sebulan lagi 09.00": "19/12 09.00",
}

# The day is known and the hour is not; or neither.
LACKING = {
    "tgl 5/6": ["5/6/2027"],
    "3 hari lagi": ["22"],
    "malam Jumat": ["19"],
    "minggu depan": ["22", "23", "24", "25", "26", "27", "28", "29"],
    "besok": ["20"],
    "besok pagi": ["20"],
    "besok sore": ["20"],
    "lusa malam": ["21"],
    "lusa malem": ["21"],
    "hari ini": ["19"],
    "nanti": ["19"],
    "nanti malam": ["19"],
    "malam ini": ["19"],
    "sore ini": ["19"],
    "hari senin": ["23"],
    "senin ini": ["23"],
    "senin minggu depan": ["23"],
    "minggu depan hari senin": ["23"],
    "malam minggu": ["21"],
    "besok lusa": ["20", "21"],
    "26 November 2026": ["26"],
    "2026-11-26": ["26"],
    "seminggu lagi": ["26"],
    "dua hari lagi": ["21"],
    "pekan depan": ["23", "24", "25", "26", "27"],
    "minggu depan pukul 09.00": ["22", "23", "24", "25", "26", "27", "28", "29"],
    "minggu ini": ["19", "20", "21", "22"],
    "awal bulan depan": ["1/12", "2/12", "3/12"],
    "akhir bulan": ["28", "29", "30"],
    "akhir bulan ini 09.00": ["28", "29", "30"],
    "pertengahan bulan depan": ["14/12", "15/12", "16/12"],
    "pertengahan desember": ["14/12", "15/12", "16/12"],
    "awal Desember 09.00": ["1/12", "2/12", "3/12"],
    "bulan depan": ["1/12", "15/12", "31/12"],
    "akhir pekan": ["21", "22"],
    "awal pekan depan jam 10.00": ["23", "24"],
    "tgl 25": ["25"],
}

REFUSED = {
    "kemarin": "sudah lewat",
    "18 November": "sudah lewat",
    "kemarin jam 9": "sudah lewat",
    "kmrn sore": "sudah lewat",
    "tadi pagi": "sudah lewat",
    "tadi": "sudah lewat",
    "18 November 09.00": "sudah lewat",
    "18 November 2026 09.00": "sudah lewat",
    "21 November 2020 09.00": "sudah lewat",
    "senin lalu": "sudah lewat",
    "minggu lalu": "sudah lewat",
    "hari ini 09.00": "sudah lewat",
    "hari ini jam 9 pagi": "sudah lewat",
    "19 November 2026 10.29": "sudah lewat",
    "2026-11-19T10:29:00+08:00": "sudah lewat",
    "29 Februari 2027": "28 Februari 2027",
    "29 Februari 2027 09.00": "1 Maret 2027",
    "29 Februari": "29 Februari 2028",
    "31 Juni 09.00": "berakhir pada tanggal 30",
    "31 Juni": "1 Juli",
    "32 November": "berakhir pada tanggal 30",
    "0/11/2026 09.00": "Tanggal 0 November 2026 tidak ada",
    "11/26/2026 09.00": "Bulan 26 tidak ada",
    "2026-13-01 09:00": "Bulan 13 tidak ada",
    "26 November 1026 09.00": "Tahun 1026 di luar jangkauan",
    "besok 25.00": "Jam 25.00 tidak ada",
    "besok 09.75": "Jam 09.75 tidak ada",
    "besok jam 24.30": "Jam 24.30 tidak ada",
    "2026-11-26T09:00+99:00": "Selisih waktu",
    "besok jam 9 pagi jam 10 malam": "disebut dua kali",
    "senin malam jumat": "disebut dua kali",
    "senin habis jumatan": "tidak sesuai",
    "2 minggu": "tambahkan “lagi”",
    "sejam": "tambahkan “lagi”",
    "besok 09.00 WIB WITA": "disebut dua kali",
    "9999999 jam lagi": "belum dapat dipahami",
    "jam 9.5": "belum dapat dipahami",
    "besok 9.30.15.20": "belum dapat dipahami",
    "9999 tahun lagi": "di luar jangkauan",
    "besok 09.00 GMT": "belum dapat dipahami",
    "kapan-kapan": "belum dapat dipahami",
    "jangan besok": "belum dapat dipahami",
    "selama 2 jam": "belum dapat dipahami",
    "terserah": "belum dapat dipahami",
    "": "belum dapat dipahami",
    "...": "belum dapat dipahami",
    "🙏": "belum dapat dipahami",
    "jam": "belum dapat dipahami",
    "lagi": "belum dapat dipahami",
    "depan": "belum dapat dipahami",
    "pagi pagi buta": "belum dapat dipahami",
    "ſenin, 23 November 2026 09.00": "belum dapat dipahami",
    "٢٦ November 2026 09.00": "belum dapat dipahami",
    "²6 November 2026 09.00": "belum dapat dipahami",
    "besok 09.00; DROP TABLE post": "belum dapat dipahami",
    "besok\u202e 09.00": "belum dapat dipahami",
    "9" * 70_000: "belum dapat dipahami",
}

# A number that says neither jam nor tgl.
UNLABELLED = {
    "9": "19 21.00, 20 09.00, 9/12 09.00",
    "senin 23": "23 09.00, 23 23.00",
}

# At odds with itself: both repairs are offered, none is taken.
AT_ODDS = {
    "Selasa, 23 November 2026 pukul 09.00": "23 09.00, 24 09.00",
    "Selasa 23 November 09.00": "23 09.00, 24 09.00",
    "selasa tgl 23 jam 09.00": "23 09.00, 24 09.00",
    "besok senin 09.00": "20 09.00, 23 09.00",
    "besok tgl 21 November 09.00": "20 09.00, 21 09.00",
    "lusa habis jumatan": "20 13.00, 21 13.00",
    "Selasa, 23 November 2026": "23 09.00, 24 09.00",
    "besok jam 7 siang": "20 07.00, 20 19.00",
    "besok jam 14.00 malam": "20 02.00, 20 14.00",
    "besok malam minggu jam 8": "20 20.00, 21 20.00",
}


@pytest.mark.parametrize(("text", "meant"), PLAIN.items())
def test_what_is_plain_is_read_and_only_confirmed(text: str, meant: str) -> None:
    found = ask(text)
    assert found.at == at(meant)
    assert not found.ask
    assert found.options == ()
    assert long_time(at(meant), WITA) in found.reason


@pytest.mark.parametrize(("text", "readings"), CHOICES.items())
def test_a_doubt_asks_and_offers_every_reading(text: str, readings: str) -> None:
    expected = [at(one) for one in readings.split(", ")]
    found = ask(text)
    assert found.ask
    assert found.at == expected[0]
    assert list(found.options) == sorted(expected)
    assert all(long_time(option, WITA) in found.reason for option in found.options)


@pytest.mark.parametrize(("text", "days"), LACKING.items())
def test_a_missing_part_is_asked_for_with_hours_to_choose_from(text: str, days: list[str]) -> None:
    found = ask(text)
    assert found.ask
    assert found.at is None
    assert sorted({option.date() for option in found.options}) == [at(f"{day} 00.00").date() for day in days]
    assert "belum disebutkan" in found.reason
    assert long_time(found.options[0], WITA) in found.reason


@pytest.mark.parametrize(("text", "says"), REFUSED.items(), ids=lambda value: value[:40])
def test_what_cannot_be_is_refused_in_one_polite_sentence(text: str, says: str) -> None:
    found = ask(text)
    assert (found.at, found.ask, found.options) == (None, False, ())
    assert says in found.reason
    assert "WITA" in found.reason
    assert any(day in found.reason for day in DAYS)
    assert len(found.reason) < 400
    assert "!" not in found.reason


@pytest.mark.parametrize(("text", "repairs"), AT_ODDS.items())
def test_what_is_at_odds_with_itself_takes_neither_and_offers_both(text: str, repairs: str) -> None:
    found = ask(text)
    assert found.at is None
    assert found.ask
    assert list(found.options) == [at(one) for one in repairs.split(", ")]
    assert "tidak sesuai" in found.reason


@pytest.mark.parametrize(("text", "readings"), UNLABELLED.items())
def test_a_number_alone_may_be_an_hour_or_a_date(text: str, readings: str) -> None:
    found = ask(text)
    assert (found.at, found.ask) == (None, True)
    assert list(found.options) == [at(one) for one in readings.split(", ")]


# --- What is promised of any text, moment and zone ---

OFFICES = st.sampled_from([WIB, ZoneInfo("Asia/Pontianak"), WITA, WIT])
NOWS = st.timedeltas(timedelta(), timedelta(days=5_000)).map(lambda later: NOW + later)
WORDS = st.sampled_from(
    " ".join([*PLAIN, *CHOICES, *LACKING, *AT_ODDS, *UNLABELLED, "kemarin lalu tadi atau sampai - /"]).split()
)
SENTENCES = st.one_of(
    st.lists(WORDS, min_size=1, max_size=7).map(" ".join),
    st.sampled_from([*PLAIN, *CHOICES, *LACKING, *REFUSED, *AT_ODDS, *UNLABELLED]),
    st.text(max_size=40),
)


@given(text=SENTENCES, now=NOWS, zone=OFFICES)
@example(text="29 Februari", now=datetime(2028, 2, 29, 3, tzinfo=UTC), zone=WITA)
@example(text="akhir tahun", now=datetime(2026, 12, 31, 22, tzinfo=UTC), zone=WITA)
@example(text="hari ini", now=datetime(2026, 12, 31, 14, tzinfo=UTC), zone=WIT)
@example(text="tgl 31 bulan depan", now=NOW, zone=WITA)
def test_no_answer_lies_in_the_past_and_options_are_sorted_and_distinct(
    text: str, now: datetime, zone: ZoneInfo
) -> None:
    found = answer(text, now=now, zone=zone)
    minute = now.replace(second=0, microsecond=0)
    assert all(moment >= minute for moment in (*found.options, *([found.at] if found.at else [])))
    assert list(found.options) == sorted(set(found.options))
    assert all(moment.tzinfo is zone for moment in found.options)
    assert found.ask or not found.options
    assert not (found.ask and found.at) or found.at in found.options
    assert len(found.options) <= 8
    assert any(day in found.reason for day in DAYS)
    assert found.reason[-1] in ".?"


@given(
    now=NOWS,
    ahead=st.timedeltas(timedelta(), timedelta(days=20_000)),
    zone=st.sampled_from([WIB, WITA, WIT, ZoneInfo("Europe/Paris"), ZoneInfo("America/St_Johns")]),
    own=OFFICES,
    pukul=st.booleans(),
)
def test_what_the_desk_writes_it_reads_back_in_every_zone(
    now: datetime, ahead: timedelta, zone: ZoneInfo, own: ZoneInfo, *, pukul: bool
) -> None:
    moment = (now + ahead).replace(second=0, microsecond=0)
    assert read_time(long_time(moment, zone, pukul=pukul), now=now, zone=own) == moment
    assert read_time(moment.astimezone(zone).isoformat(), now=now, zone=own) == moment


@given(now=NOWS, ahead=st.timedeltas(timedelta(minutes=1), timedelta(days=20_000)), zone=OFFICES)
def test_what_is_offered_is_read_without_a_doubt(now: datetime, ahead: timedelta, zone: ZoneInfo) -> None:
    """Whoever copies a proposal out of an answer gets that very moment."""
    day = (now + ahead).astimezone(zone).date()
    for option in answer(long_date(day), now=now, zone=zone).options:
        assert answer(long_time(option, zone), now=now, zone=zone).at == option


@pytest.mark.parametrize(
    "text",
    [
        "9" * 10_000,
        "jam " * 2_500,
        "1 jam " * 1_700,
        " " * 10_000,
        "besok atau " * 1_000,
        "-" * 10_000,
        "setengah " * 1_200,
        "a'" * 5_000,
        "9.0" * 3_000,
        "2026-11-26T" * 1_000,
        "\u202e🙏" * 5_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_hostile_texts_are_refused_at_once(text: str) -> None:
    for length in (100, 10_000):
        began = perf_counter()
        assert ask(text[:length]).refused
        assert perf_counter() - began < 0.5


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("day", range(1, 29))
def test_every_day_of_the_year_is_read_by_its_name(day: int, month: str) -> None:
    found = ask(f"{day} {month} 2027 pukul 09.00")
    assert found.at == datetime(2027, MONTHS.index(month) + 1, day, 9, tzinfo=WITA)


def test_every_letter_left_out_of_a_day_or_month_is_forgiven() -> None:
    """Unless what is left is another word: then it is that word, or refused, never a third."""
    for number, name in enumerate(MONTHS, start=1):
        for gone in range(1, len(name) if len(name) > 4 else 0):
            found = ask(f"5 {name[:gone]}{name[gone + 1 :]} 2027 09.00")
            assert found.at in {datetime(2027, number, 5, 9, tzinfo=WITA), None}
            assert found.at or found.refused


def test_two_months_are_never_guessed_between() -> None:
    assert ask("5 jumi 2027 09.00").refused  # Juni or Juli


# --- The office's day, and where nobody can be asked ---


def test_today_is_the_offices_day_not_the_servers() -> None:
    late_in_london = datetime(2026, 11, 19, 17, tzinfo=UTC)  # Jumat 01.00 WITA, Kamis 24.00 WIB
    assert ask("besok 09.00", now=late_in_london).at == at("21 09.00")
    assert ask("besok 09.00", now=late_in_london - timedelta(minutes=1), zone=WIB).at == at("20 10.00")
    assert ask("besok 09.00", now=late_in_london, zone=WIT).at == at("21 08.00")


def test_another_zone_is_answered_in_both() -> None:
    reason = ask("Rabu pukul 10.00 WIB").reason
    assert "Rabu, 25 November 2026 11.00 WITA (Rabu, 25 November 2026 10.00 WIB)" in reason


def test_the_running_minute_still_counts() -> None:
    assert ask("hari ini 10.30", now=NOW + timedelta(seconds=40)).at == NOW
    assert ask("hari ini 10.30", now=NOW + timedelta(seconds=60)).passed


def test_a_year_that_was_added_is_named() -> None:
    assert "17 Agustus 2026 sudah lewat, maka dibaca tahun 2027" in ask("17 Agustus pukul 07.00").reason


def test_late_at_night_today_has_no_proposal_left() -> None:
    found = ask("hari ini", now=NOW.replace(hour=23))
    assert (found.at, found.ask, found.options) == (None, True, ())
    assert "Jam belum disebutkan" in found.reason


def test_on_a_sunday_the_week_may_begin_today() -> None:
    sunday = at("22 08.00")
    assert ask("senin depan 09.00", now=sunday).options == (at("23 09.00"), at("30 09.00"))
    assert ask("senin minggu depan 09.00", now=sunday).options == (at("23 09.00"), at("30 09.00"))


def test_a_slot_is_not_guessed() -> None:
    for words in ("slot berikutnya", "Slot kosong", "slot"):
        found = ask(words)
        assert (found.at, found.ask, found.options) == (None, True, ())
        assert "Slot penayangan belum diatur" in found.reason


@pytest.mark.parametrize("text", [*list(CHOICES)[:3], *list(LACKING)[:3], *list(REFUSED)[:3], *list(AT_ODDS)[:3]])
def test_where_nobody_can_be_asked_a_doubt_is_refused_with_its_question(text: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_time(text, now=NOW, zone=WITA)
    assert str(refusal.value) == ask(text).reason


@pytest.mark.parametrize(("text", "at_once"), [("sekarang", True), ("Segera ya", True), ("besok", False), ("", False)])
def test_at_once_is_told_from_an_hour(text: str, *, at_once: bool) -> None:
    assert means_at_once(text) is at_once
