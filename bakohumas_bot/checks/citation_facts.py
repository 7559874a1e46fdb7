"""S03: number, year, title and everyday name are those of one regulation."""

from __future__ import annotations

from collections.abc import Iterator

from bakohumas_bot.checks.citation_names import everyday_name
from bakohumas_bot.checks.citation_titles import others_titled, own_names, with_title
from bakohumas_bot.checks.citing import (
    ALIKE,
    CERTAIN,
    JURISDICTION,
    KNOWN_BY_HEART,
    UNLIKE,
    Cited,
    cited_in,
    said,
    written_like,
)
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.regulations import Key, Regulation, RegulationKind, Regulations
from bakohumas_bot.domain.titles import likeness, same_title, title_words

_LONG_AGO = 2017  # UU 7/2017 began anew; what is older is history or another field of law


def mistaken(checkup: Checkup) -> Iterator[Finding]:
    """Number, year and title must be those of one regulation. What the office's list lacks is asked about."""
    known = checkup.knowledge.regulations
    asked: set[Key] = set()
    for base, one in _pairs(checkup):
        key = one.citation.key
        if not known or key is None:
            continue
        finding = (
            _not_yet(checkup, one, key)
            or _other_name(known, one)
            or _other_title(checkup, one)
            or _no_amendment(checkup, base, one)
        )
        if finding is None and one.regulation is None and key not in asked:
            finding = _unknown(checkup, one, key)
            asked.add(key)
        if finding is not None and not one.repeated:
            yield finding


def _pairs(checkup: Checkup) -> Iterator[tuple[Cited | None, Cited]]:
    """Each citation with the one that it is said to amend: of a chain always the first."""
    base: Cited | None = None
    for one in cited_in(checkup):
        if not one.citation.amends or (base and base.field != one.field):
            base = None
        yield base, one
        base = base or one


def _other_name(known: Regulations, one: Cited) -> Finding | None:
    """`UU ITE (UU 1/2023)`, `UU Pemilu Nomor 7 Tahun 2018`: the everyday name belongs to others."""
    name = everyday_name(known, one)
    if name is None:
        return None
    meant, key = known.called(name), one.citation.key
    if not meant or key in {other.key for other in meant}:
        return None
    if one.regulation and likeness(name.partition(" ")[2], one.regulation.title) >= CERTAIN:
        return None
    near = [m for m in meant if key and (m.key.number == key.number or m.key.year == key.year)]
    right = (near or [meant[-1]])[0]
    return S03.finding(
        one.place(),
        severity=None if one.regulation or near else Severity.PERINGATAN,
        says="sebutan",
        repairs=said(written_like(one, right.key)),
        cited=key,
        name=name,
        right=right.key,
        is_about=f" {one.citation.key} mengatur {one.regulation.title}." if one.regulation else "",
    )


def _other_title(checkup: Checkup, one: Cited) -> Finding | None:
    title = one.citation.title
    if not title or not title_words(title):
        return None
    fitting = others_titled(checkup, one)
    own = max((likeness(title, known) for known in own_names(one)), default=0.0)
    exact = bool(fitting) and same_title(title, fitting[0].title)
    if one.regulation is None:
        return _wrong_number(one, fitting, checkup) if fitting else None
    agrees = own >= CERTAIN or (own >= ALIKE and not exact)
    if agrees or (not fitting and (own >= UNLIKE or not one.titled)):
        return None
    right = f"{written_like(one, one.regulation.key)} tentang {one.regulation.title}"
    numbers = tuple(repair for other in fitting[:1] for repair in said(with_title(one, other)))
    return S03.finding(
        one.place(with_title=True),
        severity=None if fitting else Severity.PERINGATAN,
        says="judul",
        repairs=(*(said(right) if one.titled else ()), *numbers),
        cited=one.printed,
        title=one.regulation.title,
        others=f" Judul yang ditulis mirip dengan {fitting[0].key}." if fitting else "",
    )


def _wrong_number(one: Cited, fitting: list[Regulation], checkup: Checkup) -> Finding | None:
    """A title that is known by another number. A slip keeps the number or the year; a new regulation is younger."""
    key = one.citation.key
    assert key is not None
    near = [other for other in fitting if other.key.number == key.number or other.key.year == key.year]
    if key.year >= checkup.knowledge.regulations.newest_year(key.kind):
        return None
    right = (near or fitting)[0]
    in_common = set(title_words(one.citation.title)) & set(title_words(right.title))
    slip = bool(near) and (same_title(one.citation.title, right.title) or len(in_common) > 2)
    return S03.finding(
        one.place(with_title=True),
        severity=None if slip else Severity.PERINGATAN,
        says="nomor",
        repairs=said(with_title(one, right)),
        cited=one.printed,
        right=right.key,
        title=right.title,
    )


def _no_amendment(checkup: Checkup, base: Cited | None, one: Cited) -> Finding | None:
    """`UU 11/2008 sebagaimana diubah dengan UU 1/2023`."""
    key = one.citation.key
    if base is None or base.regulation is None or key is None or key == base.regulation.key:
        return None
    amended = base.regulation.amended
    if not amended or key in {change.by for change in amended} or base.regulation.key.kind is not key.kind:
        return None
    younger = key.year >= checkup.knowledge.regulations.newest_year(key.kind) and one.regulation is None
    if younger and key.year <= checkup.today.year:
        return None
    right = next((change.by for change in amended if key.number == change.by.number), amended[-1].by)
    slip = key.number == right.number or key.year == right.year
    return S03.finding(
        one.place(),
        severity=None if one.regulation or slip else Severity.PERINGATAN,
        says="perubahan",
        repairs=said(written_like(one, right)),
        cited=one.printed,
        base=base.regulation.key,
        right=right,
    )


def _not_yet(checkup: Checkup, one: Cited, key: Key) -> Finding | None:
    if one.regulation or key.kind not in KNOWN_BY_HEART or (key.year <= checkup.today.year and key.number != "0"):
        return None
    return S03.finding(one.place(), severity=Severity.PERINGATAN, says="mustahil", cited=one.printed)


def _unknown(checkup: Checkup, one: Cited, key: Key) -> Finding | None:
    """Only of the kinds that every office cites; new, old and other fields of law are no more than a hint."""
    if key.kind not in KNOWN_BY_HEART:
        return None
    newest = checkup.knowledge.regulations.newest_year(key.kind)
    of_its_own = key.kind is not RegulationKind.PKPU and bool(one.citation.title)
    mild = key.year >= newest or key.year < _LONG_AGO or of_its_own
    return S03.finding(
        one.place(),
        severity=Severity.SARAN if mild else Severity.PERINGATAN,
        says="belum_dikenal",
        cited=one.printed,
    )


S03 = Rule(
    code="S03",
    name="RUJUKAN_SALAH",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source=JURISDICTION,
    version=1,
    check=mistaken,
    about="Membandingkan nomor, tahun, judul, dan sebutan peraturan dengan daftar peraturan satker.",
)
