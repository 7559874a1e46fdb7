"""The rulebook as an office has changed it: other severities, rules that are off, phrases of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bakohumas_bot.checks.rulebook import Checkup, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.rule_changes import RuleChanges

GRAVITY = {Severity.BLOK: 0, Severity.PERINGATAN: 1, Severity.SARAN: 2}


def fixed(rule: Rule) -> bool:
    """Nobody may lift its *blok*, so no office may soften it either."""
    return rule.severity is Severity.BLOK and rule.override is Override.NEVER


def as_changed(rule: Rule, findings: Iterable[Finding], changes: RuleChanges) -> Iterator[Finding]:
    """What a rule found, as grave as the office has decided. Hints that are milder stay as mild as they are."""
    change = changes.of(rule.code)
    if change is None or fixed(rule):
        yield from findings
        return
    for finding in findings:
        if change.severity is None:
            continue
        severe = GRAVITY[change.severity] < GRAVITY[rule.severity]
        softer = GRAVITY[finding.severity] < GRAVITY[change.severity]
        severity = change.severity if (severe and finding.severity is rule.severity) or softer else finding.severity
        yield _with(finding, severity, rule)


def _with(finding: Finding, severity: Severity, rule: Rule) -> Finding:
    if severity is finding.severity:
        return finding
    liftable = rule.override if rule.override is not Override.NONE else Override.CHAIR
    return replace(finding, severity=severity, override=liftable if severity is Severity.BLOK else Override.NONE)


def phrases(checkup: Checkup) -> Iterator[Finding]:
    """The office's own: whoever is entitled lifts a *blok* of theirs."""
    for phrase in checkup.knowledge.changes.phrases:
        for field, text in texts(checkup.content):
            for match in phrase.pattern.finditer(text):
                yield Finding(
                    code=phrase.code,
                    severity=phrase.severity,
                    override=Override.CHAIR if phrase.severity is Severity.BLOK else Override.NONE,
                    field=field,
                    start=match.start(),
                    end=match.end(),
                    message=phrase.message,
                    remedies=(phrase.remedy,),
                )


def mistakes(rules: Iterable[Rule], changes: RuleChanges) -> list[str]:
    """Changes that are not allowed, or that name no rule: sentences for whoever wrote them."""
    known = {rule.code: rule for rule in rules}
    found = []
    for change in changes.changes:
        rule = known.get(change.code)
        if rule is None:
            found.append(f"aturan {change.code} tidak ada. Daftar aturan: bakohumas rules.")
        elif fixed(rule) and change.severity is not Severity.BLOK:
            found.append(
                f"aturan {change.code} tidak boleh dilangkahi, sehingga tidak dapat diringankan atau dimatikan."
            )
    return found
