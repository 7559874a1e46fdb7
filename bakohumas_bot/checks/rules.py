"""The rulebook: every rule that stands between a draft and its submission, and the one door to run them."""

from __future__ import annotations

from bakohumas_bot.checks import (
    clock,
    dates,
    duplicates,
    figures,
    form,
    harm,
    hashtags,
    hoaxes,
    language,
    links,
    media,
    neutrality,
    people,
    periods,
    personal,
    pictures,
    press_release,
    references,
    regions,
    sources,
    stages,
)
from bakohumas_bot.checks.changed import GRAVITY, as_changed, phrases
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding

_FAMILIES = (
    dates,
    periods,
    clock,
    figures,
    regions,
    sources,
    references,
    links,
    personal,
    people,
    harm,
    hoaxes,
    neutrality,
    stages,
    media,
    pictures,
    language,
    press_release,
    hashtags,
    form,
    duplicates,
)
RULES: tuple[Rule, ...] = tuple(rule for family in _FAMILIES for rule in family.RULES)

_FIELDS = ("jenis", "judul", "isi", "varian", "sumber", "media", "kanal", "tayang")


def check(checkup: Checkup) -> tuple[Finding, ...]:
    """What all rules say, the gravest first, then in the order of the content file."""
    changes = checkup.knowledge.changes
    found = [finding for rule in RULES for finding in as_changed(rule, rule.check(checkup), changes)]
    return tuple(sorted([*found, *phrases(checkup)], key=_by_gravity_and_place))


def _by_gravity_and_place(finding: Finding) -> tuple[int, int, str, int, str]:
    key = finding.field.partition(".")[0].partition("[")[0]
    return (GRAVITY[finding.severity], _FIELDS.index(key), finding.field, finding.start or 0, finding.code)
