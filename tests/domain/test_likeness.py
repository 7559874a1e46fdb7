"""Texts and pictures that are told alike, and keys under which no near one is missed."""

from __future__ import annotations

import random

import pytest

from bakohumas_bot.domain.alike import Degree
from bakohumas_bot.domain.likeness import (
    FARTHEST,
    figure_key,
    kinship,
    picture_keys,
    picture_kinship,
    picture_probes,
    text_keys,
    wording,
)

HOURS = (
    "#TemanPemilih, layanan informasi publik buka setiap hari kerja pukul 08.00 sampai 15.00 WITA di kantor KPU "
    "Kabupaten Contoh Selatan, Jalan Pahlawan Nomor 5."
)
MEETING = (
    "KPU Kabupaten Contoh Selatan menggelar rapat koordinasi pemutakhiran data pemilih berkelanjutan bersama Bawaslu "
    "dan dinas kependudukan di aula kantor. Ketua menyampaikan bahwa data pemilih disandingkan setiap triwulan agar "
    "warga yang pindah atau meninggal tercatat dengan benar."
)
SHORT = "Kantor tutup sementara karena pemadaman listrik, mohon maklum."


@pytest.mark.parametrize(
    "other",
    [
        HOURS.upper(),
        HOURS.replace("#TemanPemilih, ", "") + "\n\n#KPUMelayani #TemanPemilih",
        HOURS.replace("layanan informasi publik", "**layanan informasi publik**"),
        HOURS.replace(" ", "\u00a0").replace("WITA", "WI\u200bTA"),
        HOURS.replace(", Jalan", " –\n\nJalan") + " 🙏",
    ],
)
def test_marks_capitals_hashtags_and_spaces_do_not_make_another_text(other: str) -> None:
    assert kinship(wording(HOURS), wording(other)) is Degree.SAME


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (HOURS, HOURS.replace("buka", "dibuka")),
        (HOURS, HOURS + " Silakan datang."),
        (MEETING, MEETING.replace("menggelar", "menyelenggarakan").replace("agar", "supaya")),
        (MEETING, MEETING.replace("Ketua menyampaikan bahwa data", "Data")),
        (SHORT, SHORT.replace("mohon", "harap")),
    ],
)
def test_another_wording_of_the_same_is_nearly_the_same(text: str, other: str) -> None:
    assert kinship(wording(text), wording(other)) is Degree.NEARLY
    assert {*text_keys(wording(text))} & {*text_keys(wording(other))}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (HOURS, HOURS.replace("08.00", "09.00")),
        (HOURS, HOURS.replace("Contoh Selatan", "Contoh Utara")),
        (MEETING, MEETING.replace("Bawaslu", "Kesbangpol")),
        (MEETING + " Rapat digelar Senin, 5 Oktober 2026.", MEETING + " Rapat digelar Selasa, 6 Oktober 2026."),
        (MEETING + " Ini rapat kedua tahun ini.", MEETING + " Ini rapat ketiga tahun ini."),
    ],
)
def test_another_day_figure_or_name_in_the_same_mould_is_another_message(text: str, other: str) -> None:
    assert kinship(wording(text), wording(other)) is Degree.PATTERN


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (HOURS, MEETING),
        (
            "#TemanPemilih, layanan informasi publik libur pada hari Natal dan dibuka kembali hari kerja berikutnya.",
            "#TemanPemilih, layanan pindah memilih dibuka di kantor kecamatan sampai akhir bulan setiap hari kerja.",
        ),
        (SHORT, SHORT.replace("pemadaman listrik", "perbaikan jaringan internet")),
        ("Dokumentasi kegiatan.", "Dokumentasi kegiatan hari ini."),
        ("", "Selamat pagi."),
        ("", ""),
        ("🙏🙏🙏", "!!!"),
    ],
)
def test_two_messages_of_one_office_are_not_alike(text: str, other: str) -> None:
    assert kinship(wording(text), wording(other)) is None


def test_the_order_of_words_counts() -> None:
    """The same words in another order are another text: a table turned round, a list of others."""
    words = [f"kata{number}" for number in "abcdefghijklmnopqrst"]
    assert kinship(wording(" ".join(words)), wording(" ".join(words[::2] + words[1::2]))) is None


def test_of_texts_of_25_words_with_one_word_changed_hardly_any_is_missed() -> None:
    chance = random.Random(1)
    words = [f"kata{number}" for number in range(3000)]
    missed = 0
    for _ in range(300):
        text = chance.choices(words, k=25)
        other = [*text]
        other[chance.randrange(25)] = "lain"
        missed += not {*text_keys(wording(" ".join(text)))} & {*text_keys(wording(" ".join(other)))}
    assert missed <= 2


def test_texts_that_share_only_the_offices_usual_phrases_rarely_share_a_key() -> None:
    chance = random.Random(2)
    words = [f"kata{number}" for number in range(3000)]
    usual = ["komisi", "pemilihan", "umum", "kabupaten", "contoh", "selatan"]
    keys = [{*text_keys(wording(" ".join([*usual, *chance.choices(words, k=60), *usual])))} for _ in range(200)]
    assert sum(bool(keys[0] & other) for other in keys[1:]) <= 4


def test_pictures_within_the_distance_are_always_found() -> None:
    """Whichever bits differ: the promise of the bands, tried on every corner and on many chances."""
    chance = random.Random(3)
    for turn in range(2000):
        look = chance.getrandbits(64)
        bits = range(turn % 58, turn % 58 + FARTHEST) if turn < 58 else chance.sample(range(64), FARTHEST)
        other = look
        for bit in bits:
            other ^= 1 << bit
        assert {*picture_probes(look)} & {*picture_keys(other)}
        assert picture_kinship(look, other) is Degree.PATTERN


def test_a_picture_saved_anew_is_nearly_the_same_and_another_is_not() -> None:
    look = 0xA5C3_19F0_77E2_4B8D
    assert picture_kinship(look, look ^ 0b1011) is Degree.NEARLY
    assert picture_kinship(look, look ^ 0xFF) is None


def test_the_keys_of_stored_posts_stay_what_they_are() -> None:
    """They lie in the databases of offices: whoever changes how they are made must write them anew."""
    assert text_keys(wording("Kantor buka."))[0] == 5077129254144582076
    assert sum(text_keys(wording(HOURS))) == 76610735062723181111
    assert picture_keys(0x0001_0002_0003_0004) == (4, 0x10003, 0x20002, 0x30001)
    assert figure_key("103.006.478") == figure_key("103006478")
