"""The rulebook as a whole: complete, in order, polite, and linear on hostile text."""

from __future__ import annotations

import string

import pytest

from bakohumas_bot.checks.messages import MESSAGES
from bakohumas_bot.checks.rules import RULES, check
from bakohumas_bot.domain.findings import Override, Severity
from sample_post import checkup, media

RULEBOOK = {
    "F01": (Severity.BLOK, Override.CHAIR),
    "F02": (Severity.BLOK, Override.NEVER),
    "F03": (Severity.PERINGATAN, Override.NONE),
    "F04": (Severity.PERINGATAN, Override.NONE),
    "F05": (Severity.BLOK, Override.CHAIR),
    "F06": (Severity.SARAN, Override.NONE),
    "F07": (Severity.BLOK, Override.CHAIR),
    "F08": (Severity.PERINGATAN, Override.NONE),
    "F12": (Severity.BLOK, Override.CHAIR),
    "F13": (Severity.PERINGATAN, Override.NONE),
    "P01": (Severity.BLOK, Override.NEVER),
    "P02": (Severity.BLOK, Override.NEVER),
    "P03": (Severity.BLOK, Override.CHAIR),
    "P04": (Severity.PERINGATAN, Override.NONE),
    "P05": (Severity.BLOK, Override.CHAIR),
    "P06": (Severity.BLOK, Override.CHAIR),
    "P07": (Severity.BLOK, Override.CHAIR),
    "P08": (Severity.BLOK, Override.NEVER),
    "P09": (Severity.PERINGATAN, Override.NONE),
    "P10": (Severity.PERINGATAN, Override.NONE),
    "P11": (Severity.SARAN, Override.NONE),
    "H01": (Severity.BLOK, Override.CHAIR),
    "H02": (Severity.BLOK, Override.NEVER),
    "H03": (Severity.BLOK, Override.CHAIR),
    "H04": (Severity.PERINGATAN, Override.NONE),
    "H05": (Severity.PERINGATAN, Override.NONE),
    "H06": (Severity.BLOK, Override.CHAIR),
    "H07": (Severity.BLOK, Override.NEVER),
    "S01": (Severity.BLOK, Override.CHAIR),
    "S02": (Severity.PERINGATAN, Override.NONE),
    "S03": (Severity.BLOK, Override.CHAIR),
    "S04": (Severity.PERINGATAN, Override.NONE),
    "S05": (Severity.PERINGATAN, Override.NONE),
    "S06": (Severity.PERINGATAN, Override.NONE),
    "L01": (Severity.BLOK, Override.NEVER),
    "L02": (Severity.BLOK, Override.CHAIR),
    "L03": (Severity.BLOK, Override.SECOND),
    "L04": (Severity.PERINGATAN, Override.NONE),
    "M01": (Severity.BLOK, Override.CHAIR),
    "M02": (Severity.PERINGATAN, Override.NONE),
    "M03": (Severity.PERINGATAN, Override.NONE),
    "M04": (Severity.SARAN, Override.NONE),
    "M05": (Severity.PERINGATAN, Override.NONE),
    "M06": (Severity.BLOK, Override.NEVER),
    "M07": (Severity.PERINGATAN, Override.NONE),
    "M09": (Severity.PERINGATAN, Override.NONE),
    "B01": (Severity.SARAN, Override.NONE),
    "B02": (Severity.SARAN, Override.NONE),
    "B03": (Severity.PERINGATAN, Override.NONE),
    "B05": (Severity.SARAN, Override.NONE),
    "B07": (Severity.BLOK, Override.NEVER),
    "X01": (Severity.BLOK, Override.NEVER),
    "X02": (Severity.PERINGATAN, Override.NONE),
    "X03": (Severity.SARAN, Override.NONE),
    "N01": (Severity.BLOK, Override.NEVER),
    "N02": (Severity.PERINGATAN, Override.NONE),
    "N03": (Severity.BLOK, Override.CHAIR),
    "N04": (Severity.BLOK, Override.CHAIR),
    "N05": (Severity.BLOK, Override.CHAIR),
    "N06": (Severity.PERINGATAN, Override.NONE),
    "N07": (Severity.PERINGATAN, Override.NONE),
    "N08": (Severity.BLOK, Override.NEVER),
    "N09": (Severity.BLOK, Override.NEVER),
    "N10": (Severity.BLOK, Override.CHAIR),
    "F09": (Severity.BLOK, Override.CHAIR),
    "F10": (Severity.PERINGATAN, Override.NONE),
    "F11": (Severity.PERINGATAN, Override.NONE),
    "T01": (Severity.BLOK, Override.NEVER),
    "T02": (Severity.BLOK, Override.NEVER),
}


@pytest.mark.parametrize("code", RULEBOOK)
def test_a_rule_has_the_severity_and_override_of_the_rulebook(code: str) -> None:
    rule = next(rule for rule in RULES if rule.code == code)
    assert (rule.severity, rule.override) == RULEBOOK[code]


def test_findings_come_gravest_first_then_in_the_order_of_the_file() -> None:
    findings = check(
        checkup(
            "Halo {nama}, hadir Senin, 6 April 2021.",
            title="Tanggal 31 Juni",
            on=("instagram",),
            attached=(media(width=100, height=100),),
        )
    )
    assert [(f.code, f.field) for f in findings] == [
        ("F02", "judul"),
        ("B07", "isi"),
        ("F01", "isi"),
        ("M06", "media[0]"),
        ("M01", "media[0].teks_alt"),
    ]


def test_a_title_that_only_opens_the_text_is_not_read_twice() -> None:
    """A message to the bot has no title of its own: one mistake is told once."""
    body = "Rapat digelar Senin, 26 November 2026 di aula kantor, terbuka untuk umum."
    assert [f.field for f in check(checkup(body, title=body[:50] + "…"))] == ["isi"]


def test_a_plain_good_text_has_no_findings() -> None:
    assert check(checkup("Kantor buka kembali Senin, 23 November 2026, pukul 08.00 WITA.", on=("x",))) == ()


def test_every_sentence_is_polite_and_offers_a_way_to_mend() -> None:
    for message in MESSAGES.values():
        assert message.remedies
        for sentence in (message.text, *message.remedies):
            assert "!" not in sentence
            assert sentence[0].isupper() or sentence[0] == "{"


def test_every_sentence_belongs_to_a_rule() -> None:
    assert {key.partition(".")[0] for key in MESSAGES} == {rule.code for rule in RULES}
    for message in MESSAGES.values():
        assert all(name != "" for _, name, _, _ in string.Formatter().parse(message.text) if name is not None)


HOSTILE = ["1", "1 ", "64.", "6469014101900001 ", "[", "[a", "{", "[](", "X", "XX ", "Senin, ", "Senin, 6 April 2021 "]
HOSTILE += ["#", "#1", "#a", "https://", "docs.google.com/", "a.sharepoint.com", "Tertulis: ", "“", '"', "\n", "Rp"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_of_100_000_characters_is_read_to_its_end(unit: str) -> None:
    """Twice as long a text has about twice the findings, and the suite's own time limit holds."""
    short, long = (check(checkup((unit * length)[:length], on=("x",))) for length in (50_000, 100_000))
    assert len(long) <= 2 * len(short) + 2
