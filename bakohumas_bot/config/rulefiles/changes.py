"""Reads rules/changes.toml: severities that the office has changed, phrases that it added; each with its decision."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.rule_changes import Change, Phrase, RuleChanges, phrase_pattern

_Text = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
_FORBID = ConfigDict(extra="forbid")
OFF = "mati"


class ChangeTable(BaseModel):
    model_config = _FORBID
    kode: Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2}$")]
    tingkat: Literal["blok", "peringatan", "saran", "mati"]
    keputusan: _Text


class PhraseTable(BaseModel):
    model_config = _FORBID
    kode: Annotated[str, StringConstraints(pattern=r"^O[0-9]{2}$")]
    frasa: _Text
    tingkat: Severity = Severity.PERINGATAN
    pesan: _Text
    perbaikan: _Text
    keputusan: _Text


class ChangesFile(BaseModel):
    model_config = _FORBID
    perubahan: list[ChangeTable] = Field(default_factory=list)
    frasa: list[PhraseTable] = Field(default_factory=list)
    pemberi_izin: list[Role] = Field(default_factory=lambda: [Role.PEMBINA])


def build(file: ChangesFile) -> RuleChanges:
    """Raises `ValueError` for a change that the rulebook does not allow."""
    built = _built(file)
    if built.changes:
        from bakohumas_bot.checks.changed import mistakes
        from bakohumas_bot.checks.rules import RULES

        found = mistakes(RULES, built)
        if found:
            raise ValueError(" ".join(found))
    return built


def _built(file: ChangesFile) -> RuleChanges:
    return RuleChanges(
        changes=tuple(
            Change(
                code=one.kode,
                severity=None if one.tingkat == OFF else Severity(one.tingkat),
                decision=one.keputusan,
            )
            for one in file.perubahan
        ),
        phrases=tuple(
            Phrase(
                code=one.kode,
                pattern=phrase_pattern(one.frasa),
                severity=one.tingkat,
                message=one.pesan,
                remedy=one.perbaikan,
                decision=one.keputusan,
            )
            for one in file.frasa
        ),
        may_lift=tuple(file.pemberi_izin),
    )
