"""An office may sharpen, soften or silence a rule and add phrases, each by a decision; what nobody may lift stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bakohumas_bot.checks.rules import check
from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.config.rulefiles.changes import ChangesFile, build
from bakohumas_bot.domain.findings import Override, Severity
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.rule_changes import Change, RuleChanges
from sample_post import checkup

WRONG_DAY = "Rapat digelar Senin, 6 April 2021 di aula kantor."
LETTER = "Nota Dinas Nomor 12 Tahun 2026"


def severities(body: str, changes: RuleChanges) -> dict[str, tuple[Severity, Override]]:
    found = check(checkup(body, knowledge=Knowledge(changes=changes)))
    return {finding.code: (finding.severity, finding.override) for finding in found}


@pytest.mark.parametrize(
    ("severity", "left"),
    [
        (Severity.PERINGATAN, {"F01": (Severity.PERINGATAN, Override.NONE)}),
        (Severity.SARAN, {"F01": (Severity.SARAN, Override.NONE)}),
        (Severity.BLOK, {"F01": (Severity.BLOK, Override.CHAIR)}),
        (None, {}),
    ],
)
def test_a_rule_is_as_grave_as_the_office_decided(severity: Severity | None, left: dict[str, object]) -> None:
    changes = RuleChanges(changes=(Change(code="F01", severity=severity, decision=LETTER),))
    assert severities(WRONG_DAY, changes) == left


def test_the_last_of_several_decisions_counts() -> None:
    changes = tuple(Change(code="F01", severity=s, decision=LETTER) for s in (None, Severity.PERINGATAN))
    assert severities(WRONG_DAY, RuleChanges(changes=changes))["F01"] == (Severity.PERINGATAN, Override.NONE)


def test_a_rule_that_nobody_may_lift_stays_even_where_the_file_slipped_through() -> None:
    changes = RuleChanges(changes=(Change(code="F02", severity=None, decision=LETTER),))
    assert severities("Batas waktu 31 Juni 2026.", changes)["F02"] == (Severity.BLOK, Override.NEVER)


def test_a_sharpened_hint_stops_and_may_be_lifted_by_a_leader() -> None:
    changes = RuleChanges(changes=(Change(code="F06", severity=Severity.BLOK, decision=LETTER),))
    assert severities("Layanan buka pukul 14:00 WITA.", changes)["F06"] == (Severity.BLOK, Override.CHAIR)


def phrase(**more: str) -> dict[str, str]:
    return {
        "kode": "O01",
        "frasa": "KPUD *",
        "pesan": "Nama lembaga sudah berubah.",
        "perbaikan": "Tulis KPU Kabupaten.",
        "keputusan": LETTER,
    } | more


@pytest.mark.parametrize(
    ("frasa", "text", "marked"),
    [
        ("KPUD *", "Kantor kpud\nSelatan buka.", "kpud\nSelatan"),
        ("sosialisasi*", "Kegiatan sosialisasinya ramai.", "sosialisasinya"),
        ("a.b (c)", "Lihat a.b (c) di sini.", "a.b (c)"),
    ],
)
def test_an_own_phrase_is_marked_where_it_stands(frasa: str, text: str, marked: str) -> None:
    changes = build(ChangesFile.model_validate({"frasa": [phrase(frasa=frasa)]}))
    found = [f for f in check(checkup(text, knowledge=Knowledge(changes=changes))) if f.code == "O01"]
    assert [(f.severity, text[f.start : f.end], f.remedies) for f in found] == [
        (Severity.PERINGATAN, marked, ("Tulis KPU Kabupaten.",))
    ]


def test_an_own_phrase_is_not_found_inside_another_word() -> None:
    changes = build(ChangesFile.model_validate({"frasa": [phrase(frasa="pemilu")]}))
    assert not [f for f in check(checkup("Pemiluan warna.", knowledge=Knowledge(changes=changes))) if f.code == "O01"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[perubahan]]\nkode = "P01"\ntingkat = "mati"\nkeputusan = "SK 1"\n', "tidak boleh dilangkahi"),
        ('[[perubahan]]\nkode = "F02"\ntingkat = "saran"\nkeputusan = "SK 1"\n', "tidak boleh dilangkahi"),
        ('[[perubahan]]\nkode = "Z99"\ntingkat = "saran"\nkeputusan = "SK 1"\n', "aturan Z99 tidak ada"),
        ('[[perubahan]]\nkode = "F01"\ntingkat = "saran"\n', "keputusan"),
        ('[[perubahan]]\nkode = "F01"\ntingkat = "berat"\nkeputusan = "SK 1"\n', "Pilihan"),
        ('[[frasa]]\nkode = "F01"\nfrasa = "abc"\npesan = "abc"\nperbaikan = "abc"\nkeputusan = "SK 1"\n', "kode"),
        ("[[perubahan", "penulisan TOML keliru"),
    ],
)
def test_a_change_that_may_not_be_is_told_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "changes.toml").write_text(text, encoding="utf-8")
    mistakes: list[str] = []
    read_knowledge(tmp_path, mistakes)
    (mistake,) = mistakes
    assert "changes.toml" in mistake
    assert said in mistake


def test_a_change_without_a_decision_is_no_change() -> None:
    with pytest.raises(ValidationError):
        ChangesFile.model_validate({"perubahan": [{"kode": "F01", "tingkat": "saran", "keputusan": ""}]})
