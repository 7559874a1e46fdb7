"""The rulebook: every rule that stands between a draft and its submission, and the one door to run them."""

from __future__ import annotations

from bakohumas_bot.checks.dates import F01, F02
from bakohumas_bot.checks.form import B07, X01
from bakohumas_bot.checks.links import L03
from bakohumas_bot.checks.media import M01, M06
from bakohumas_bot.checks.personal import P01
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding, Severity

RULES: tuple[Rule, ...] = (F01, F02, P01, L03, M01, M06, B07, X01)

_GRAVITY = {Severity.BLOK: 0, Severity.PERINGATAN: 1, Severity.SARAN: 2}
_FIELDS = ("judul", "isi", "varian", "sumber", "media", "kanal")


def check(checkup: Checkup) -> tuple[Finding, ...]:
    """What all rules say, the gravest first, then in the order of the content file."""
    found = [finding for rule in RULES for finding in rule.check(checkup)]
    return tuple(sorted(found, key=_by_gravity_and_place))


def _by_gravity_and_place(finding: Finding) -> tuple[int, int, str, int, str]:
    key = finding.field.partition(".")[0].partition("[")[0]
    return (_GRAVITY[finding.severity], _FIELDS.index(key), finding.field, finding.start or 0, finding.code)
