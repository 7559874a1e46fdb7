"""What only a person can judge is asked where it matters, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from bakohumas_bot.checks.checklist import CHECKLIST, checklist
from bakohumas_bot.checks.rules import RULES
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from sample_post import checkup, media

QUOTE = "Ketua mengatakan, “Kami membuka layanan pada hari kerja untuk semua warga.”"


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"body": "Kantor buka."}, set()),
        ({"kind": Kind.FOTO, "attached": (media(),)}, {"N05"}),
        ({"kind": Kind.FOTO, "attached": (media(),), "body": "Siswa SMA belajar mencoblos."}, {"N05", "P10"}),
        ({"kind": Kind.FOTO, "body": "Siswa SMA belajar mencoblos."}, set()),
        ({"kind": Kind.INFOGRAFIS, "attached": (media(),)}, {"M04"}),
        ({"kind": Kind.BERITA, "attached": (media("a.pdf", MediaKind.DOCUMENT),)}, set()),
        ({"kind": Kind.SIARAN_PERS, "body": QUOTE}, {"S06"}),
        ({"kind": Kind.KLARIFIKASI_HOAKS}, {"H07"}),
    ],
)
def test_an_approver_makes_sure_of_what_this_content_needs(facts: dict[str, Any], codes: set[str]) -> None:
    body = facts.pop("body", "Isi.")
    content = checkup(body, **facts).content
    assert {tick.code for tick in checklist(content, frozenset())} == codes


@pytest.mark.parametrize(("found", "code"), [("N02", "N03"), ("N03", "N03"), ("P09", "P09")])
def test_what_the_rules_found_brings_its_own_question(found: str, code: str) -> None:
    assert code in {tick.code for tick in checklist(checkup().content, frozenset({found}))}


@pytest.mark.parametrize("tick", CHECKLIST, ids=lambda tick: tick.code)
def test_every_tick_belongs_to_a_rule_and_is_a_polite_statement(tick: Any) -> None:
    assert tick.code in {rule.code for rule in RULES}
    assert tick.statement.endswith(".")
    assert "!" not in tick.statement
