"""N07: whoever holds a public office and stands now is shown as an official, not as a candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.checks.sentences import sentence
from bakohumas_bot.checks.stand import MANY, in_contest, written_and_shown
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.participants import Participant

_STANDS_AGAIN = re.compile(
    r"\b(?:bupati|wakil bupati|gubernur|wakil gubernur|wali ?kota|wakil wali ?kota|presiden"
    r"|wakil presiden)\b[^.!?\n]{0,80}"
    r"\b(?:petahana|yang (?:juga|kembali|kini) (?:maju|mencalonkan|menjadi calon|calon)|maju kembali)\b",
    re.IGNORECASE,
)
_OFFICE_PAPER = re.compile(r"\b(?:surat|keputusan|peraturan|instruksi|nphd|hibah|cuti)\b", re.IGNORECASE)
# `calon Bupati dan Wakil Bupati`, `Pemilihan Bupati dan Wakil Bupati`: what is stood for, not who holds it.
_OF_THE_CONTEST = re.compile(
    r"\b(?:calon|paslon|pemilihan|pilkada|pencalonan|kandidat|jabatan|kursi|debat|pendaftaran)\b[^.!?,;:\n]{0,40}\Z"
)
_POST = re.compile(r"(?:wakil )?(?:bupati|gubernur|wali ?kota|presiden)")
_POLITE = r"(?:(?:bapak|ibu|h\.|hj\.|dr\.|drs\.|ir\.)\s{0,2}){0,3}"


def incumbents(checkup: Checkup) -> Iterator[Finding]:
    """A letter signed by the office is correspondence."""
    standing = [p for p in checkup.knowledge.participants.all if p.stands(checkup.today) and p.people]
    officials = {o.name.casefold() for o in checkup.knowledge.officials.serving(checkup.today)}
    for field, text in written_and_shown(checkup):
        folded = text.casefold()
        places = {place for p in standing if len(folded) == len(text) for place in _offices_of(p, folded, officials)}
        if in_contest(checkup):
            places |= {match.span() for match in _STANDS_AGAIN.finditer(text)}
        for start, end in sorted(places)[:1]:
            paper = _OFFICE_PAPER.search(sentence(text, start, end)) is not None
            yield N07.finding(
                Place(field=field, start=start, end=end),
                severity=Severity.SARAN if paper else None,
                printed=" ".join(text[start:end].split()),
            )


def _offices_of(participant: Participant, folded: str, officials: set[str]) -> Iterator[tuple[int, int]]:
    held = [name for name in participant.people if name.casefold() in officials]
    patterns = [rf"(?<!\w){re.escape(name.casefold())}(?!\w)" for name in (*participant.posts, *held)]
    patterns += [_titled(office[0], name) for name in participant.people for office in _titles(participant)]
    for pattern in patterns:
        for match in islice(re.finditer(pattern, folded), MANY):
            if not _OF_THE_CONTEST.search(folded, max(0, match.start() - 60), match.start()):
                yield match.span()
                break


def _titles(participant: Participant) -> list[re.Match[str]]:
    return [office for post in participant.posts if (office := _POST.match(post.casefold()))]


def _titled(office: str, name: str) -> str:
    """`Bupati Andi Contoh`, `Andi Contoh selaku bupati`: of a pair only who is called by the office."""
    who = re.escape(name.casefold())
    return (
        rf"(?<!wakil )(?<!\w){re.escape(office)},?\s{{1,2}}{_POLITE}{who}(?!\w)"
        rf"|(?<!\w){who},?\s(?:selaku|sebagai)\s{re.escape(office)}\b"
    )


N07 = Rule(
    code="N07",
    name="PETAHANA",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Peraturan DKPP 2/2017 Pasal 8",
    version=1,
    check=incumbents,
    about="Pejabat yang sedang menjadi calon disebut dalam teks.",
)
