"""The corpus as posts of an imagined office, and what the rulebook makes of it: precision and recall per rule."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))

from bakohumas_bot.checks.rulebook import Checkup
from bakohumas_bot.checks.rules import RULES, check
from bakohumas_bot.config.rulefiles import read_knowledge
from bakohumas_bot.domain.findings import Finding, Severity
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Seen
from sample_post import OFFICE, checkup, media

HERE = Path(__file__).parent
USUAL_TIME = "2026-11-23 09.00"


@dataclass(frozen=True, kw_only=True)
class Text:
    """`expect`: the words at fault per code, none where the fault has no place. `allow`: neither hit nor alarm."""

    id: str
    facts: dict[str, Any]
    expect: dict[str, tuple[str, ...]]
    allow: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`found` without what may or may not be found. A fault counts as found when its code is and its words are."""

    text: Text
    found: tuple[Finding, ...]
    hits: frozenset[str]
    misses: frozenset[str]
    alarms: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Score:
    hits: int = 0
    misses: int = 0
    alarms: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(hits=self.hits + other.hits, misses=self.misses + other.misses, alarms=self.alarms + other.alarms)


@cache
def texts() -> tuple[Text, ...]:
    return tuple(_text(entry) for path in sorted(HERE.glob("texts/*.yaml")) for entry in _entries(path))


def _entries(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def _text(entry: dict[str, Any]) -> Text:
    expect = {code: _words(words) for code, words in entry.pop("expect").items()}
    return Text(id=entry.pop("id"), expect=expect, allow=frozenset(entry.pop("allow", ())), facts=entry)


def _words(written: str | list[str] | None) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written or ())


@cache
def knowledge() -> Knowledge:
    mistakes: list[str] = []
    known = read_knowledge(HERE / "office", mistakes)
    assert not mistakes, mistakes
    return known


def as_post(text: Text) -> Checkup:
    facts = dict(text.facts)
    zone = ZoneInfo(facts.pop("zone", OFFICE.zone.key))
    at = datetime.strptime(facts.pop("publish", USUAL_TIME), "%Y-%m-%d %H.%M").replace(tzinfo=zone)
    kind = Kind(facts.pop("kind"))
    body = facts.pop("body").strip()
    files = facts.pop("media", [])
    shape = MediaKind.VIDEO if kind is Kind.VIDEO else MediaKind.IMAGE
    attached = tuple(media(f"berkas-{n}", shape, alt=file["alt"]) for n, file in enumerate(files))
    post = checkup(
        body,
        kind=kind,
        title=facts.pop("title", body[:50] + "…"),
        sources=tuple(facts.pop("sources", ())),
        on=tuple(facts.pop("accounts", ("telegram_channel", "facebook_page"))),
        attached=attached,
        seen={
            f"berkas-{n}": Seen(text=file.get("text", ""), taken_at=at - timedelta(days=1))
            for n, file in enumerate(files)
        },
        now=at - timedelta(hours=1),
        publish_at=at,
        knowledge=knowledge(),
    )
    assert not facts, (text.id, facts)
    return replace(post, office=replace(OFFICE, zone=zone))


@cache
def judged() -> tuple[Judged, ...]:
    return tuple(_judged(text) for text in texts())


def _judged(text: Text) -> Judged:
    post = as_post(text)
    found = tuple(finding for finding in check(post) if finding.code not in text.allow)
    codes = {finding.code for finding in found}
    hits = {code for code, words in text.expect.items() if code in codes and _marked(post, found, code, words)}
    return Judged(
        text=text,
        found=found,
        hits=frozenset(hits),
        misses=frozenset(text.expect.keys() - hits),
        alarms=frozenset(codes - text.expect.keys()),
    )


def _marked(post: Checkup, found: tuple[Finding, ...], code: str, words: tuple[str, ...]) -> bool:
    """Whether each of the words is touched by a finding of this code, or by one that marks the whole text."""
    body = post.content.body
    mine = [finding for finding in found if finding.code == code]
    if any(finding.start is None or finding.field != "isi" for finding in mine):
        return True
    return all(any(_touches(body, word, finding) for finding in mine) for word in words)


def _touches(body: str, word: str, finding: Finding) -> bool:
    assert finding.start is not None
    assert finding.end is not None
    at = body.find(word)
    while at >= 0:
        if finding.start < at + len(word) and at < finding.end:
            return True
        at = body.find(word, at + 1)
    return False


def scores() -> dict[str, Score]:
    """By code, of every rule that was expected or spoke."""
    hits, misses, alarms = (
        Counter(code for one in judged() for code in getattr(one, which)) for which in ("hits", "misses", "alarms")
    )
    return {
        code: Score(hits=hits[code], misses=misses[code], alarms=alarms[code])
        for code in sorted(hits.keys() | misses.keys() | alarms.keys())
    }


def overall() -> Score:
    return sum(scores().values(), Score())


def report() -> Iterator[str]:
    known = {rule.code for rule in RULES}
    yield f"{'kode':8}{'benar':>6}{'luput':>6}{'salah':>6}{'presisi':>9}{'recall':>8}"
    for code, score in scores().items():
        yield _line(code, score) + ("" if code in known else "   (belum ada)")
    yield _line("semua", overall())
    yield f"{len(texts())} teks, {sum(not text.expect for text in texts())} di antaranya benar."
    yield from _section("Luput", [(code, one) for one in judged() for code in one.misses])
    yield from _section("Salah sangka", [(code, one) for one in judged() for code in one.alarms])


def _line(code: str, score: Score) -> str:
    return f"{code:8}{score.hits:6}{score.misses:6}{score.alarms:6}{score.precision:9.2f}{score.recall:8.2f}"


def _section(title: str, told: list[tuple[str, Judged]]) -> Iterator[str]:
    if told:
        yield f"\n{title}"
    for code, one in sorted(told, key=lambda pair: (pair[0], pair[1].text.id)):
        body = one.text.facts["body"].strip()
        said = [
            f"{f.severity}: {body[f.start : f.end] if f.field == 'isi' else f.field}"
            for f in one.found
            if f.code == code
        ]
        yield f"  {code} {one.text.id}  {' | '.join(said) or '; '.join(one.text.expect.get(code, ()))}"


def stopped(one: Judged) -> list[Finding]:
    """What would stop an officer, or make one write a reason."""
    return [finding for finding in one.found if finding.severity is not Severity.SARAN]


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
