"""Commands about the rulebook: what it looks for, where each rule comes from, and what the office has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bakohumas_bot.cli.shared import AsJson, open_desk, print_json, print_table
from bakohumas_bot.errors import BadInput

if TYPE_CHECKING:
    from bakohumas_bot.checks.rulebook import Rule
    from bakohumas_bot.domain.rule_changes import Phrase, RuleChanges

Code = Annotated[str | None, typer.Argument(metavar="CODE", help="Kode satu aturan, misalnya F01.")]


def rules(code: Code = None, as_json: AsJson = False) -> None:
    """Buku aturan: semua yang diperiksa, sumbernya, dan perubahan satker."""
    from bakohumas_bot import labels
    from bakohumas_bot.checks.rules import RULES
    from bakohumas_bot.domain.findings import Override, Severity, Status

    with open_desk() as opened:
        changes = opened.desk.knowledge.changes
    rows = [_rule(rule, changes) for rule in sorted(RULES, key=lambda rule: rule.code)]
    rows += [_phrase(phrase) for phrase in changes.phrases]
    if code is not None:
        rows = [row for row in rows if row["code"] == code.upper()]
        if not rows:
            raise BadInput(f"Aturan '{code}' tidak ada. Daftar aturan: bakohumas rules.")
    if as_json:
        print_json(rows)
        return
    print_table(
        ["Kode", "Aturan", "Tingkat", "Izin", "Diperiksa", "Sumber"],
        [
            [
                row["code"],
                f"{row['name']}: {row['about']}" if row["about"] else row["name"],
                labels.SEVERITY[Severity(row["severity"])] if row["severity"] else "mati",
                labels.MAY_LIFT[Override(row["override"])],
                labels.RULE_STATUS[Status(row["status"])],
                row["source"] if not row["decision"] else f"{row['source']} (diubah: {row['decision']})",
            ]
            for row in rows
        ],
    )


def _rule(rule: Rule, changes: RuleChanges) -> dict[str, Any]:
    """One rule with the gravest that it gives, as the office has it."""
    change = changes.of(rule.code)
    severity = rule.severity if change is None else change.severity
    return {
        "code": rule.code,
        "name": rule.name,
        "about": rule.about,
        "severity": severity.value if severity else None,
        "override": rule.override.value,
        "status": rule.status.value,
        "source": rule.source,
        "version": rule.version,
        "decision": change.decision if change else None,
    }


def _phrase(phrase: Phrase) -> dict[str, Any]:
    from bakohumas_bot.domain.findings import Override, Severity, Status

    override = Override.CHAIR if phrase.severity is Severity.BLOK else Override.NONE
    return {
        "code": phrase.code,
        "name": "FRASA_SATKER",
        "about": phrase.message,
        "severity": phrase.severity.value,
        "override": override.value,
        "status": Status.AUTOMATIC.value,
        "source": phrase.decision,
        "version": 1,
        "decision": None,
    }
