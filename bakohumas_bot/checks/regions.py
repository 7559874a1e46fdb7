"""F10 and F11: names of regions and of officials."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.stand import MANY
from bakohumas_bot.checks.titles import F11
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.regions import District, RegionKind, Regions, plain

_S = r"[ \t\u00a0*_]"
_WORD = r"[A-Z][\w’'-]{1,24}"
_PROVINCE = re.compile(
    rf"(?<!\w)(?:[Pp]rovinsi|PROVINSI|[Pp]ropinsi){_S}{{1,3}}(?P<name>{_WORD}(?:{_S}{{1,2}}{_WORD}){{0,3}})"
)
_DISTRICT = re.compile(
    rf"(?<!\w)(?P<kind>Kabupaten|KABUPATEN|Kab\.|Kab|Kota"
    rf"|KOTA){_S}{{1,3}}(?P<name>{_WORD}(?:{_S}{{1,2}}{_WORD}){{0,3}})"
)
_THEN_PROVINCE = re.compile(
    rf"{_S}{{0,2}}[,(]{_S}{{0,3}}(?:(?:di{_S})?[Pp]rovinsi{_S}{{1,3}})?(?P<name>{_WORD}(?:{_S}{{1,2}}{_WORD}){{0,3}})"
)
_IN_PROVINCE = re.compile(
    rf"{_S}{{1,3}}(?:di{_S})?[Pp]rovinsi{_S}{{1,3}}(?P<name>{_WORD}(?:{_S}{{1,2}}{_WORD}){{0,3}})"
)
_FORMERLY = re.compile(
    r"\b(?:dahulu|dulu|semula|sebelumnya|bernama|berganti nama|sejarah|mantan|bekas|pernah|eks|jalan|jl\.?"
    r"|tahun (?:19|200)[0-9]*)\b[^.\n]{0,60}\Z",
    re.IGNORECASE,
)
_OWN_KIND = re.compile(r"\b(?P<kind>Kabupaten|Kota)\s+(?P<name>.+)\Z")


def region_names(checkup: Checkup) -> Iterator[Finding]:
    known = _with_the_office(checkup)
    if not known.provinces:
        return
    for field, text in texts(checkup.content):
        for finding in (*_provinces(known, field, text), *_districts(known, field, text)):
            at = finding.start or 0
            if told_as_wrong(checkup.content.kind, text, at):
                yield replace(finding, severity=Severity.SARAN)
            elif not _FORMERLY.search(text[max(0, at - 80) : at]):
                yield finding


def _with_the_office(checkup: Checkup) -> Regions:
    """The office's own name tells whether it is a Kabupaten or a Kota, its code in which province it lies."""
    known, own = checkup.knowledge.regions, _OWN_KIND.search(checkup.office.name)
    if own is None or known.districts_named(own["name"]):
        return known
    province = checkup.office.code.partition(".")[0]
    return known.also(District(kind=RegionKind(own["kind"]), name=own["name"], province=province))


def _provinces(known: Regions, field: str, text: str) -> Iterator[Finding]:
    for match in islice(_PROVINCE.finditer(text), MANY):
        words = re.split(rf"({_S}{{1,2}})", match["name"])
        shorter = ["".join(words[:n]) for n in range(len(words), 0, -2)]
        if any(known.province_named(name) for name in shorter):
            continue
        for name in shorter:
            right = _meant(known, plain(name))
            if right is not None:
                start = match.start("name")
                yield _misnamed(Place(field=field, start=start, end=start + len(name)), name, right, "provinsi")
                break


def _meant(known: Regions, name: str) -> str | None:
    """An old name, or one letter or two astray; what resembles none stays unjudged."""
    for province in known.provinces:
        if name in {plain(wrong) for wrong in province.wrong}:
            return province.name
    names = {plain(p.name): p.name for p in known.provinces if _may_be(name, plain(p.name))}
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.88)
    return names[near[0]] if near else None


def _may_be(name: str, right: str) -> bool:
    return len(name) >= 5 and abs(len(right) - len(name)) <= 2 and right[0] == name[0]


def _districts(known: Regions, field: str, text: str) -> Iterator[Finding]:
    for match in islice(_DISTRICT.finditer(text), MANY):
        found = _longest(known, match["name"])
        if found is None or known.is_twin(found[0]):
            continue
        name, districts = found
        kind = RegionKind.KOTA if match["kind"].casefold() == "kota" else RegionKind.KABUPATEN
        end = match.start("name") + len(name)
        if kind not in {d.kind for d in districts}:
            if not _other_sense(text, match, kind):
                place = Place(field=field, start=match.start(), end=end)
                yield _misnamed(place, text[match.start() : end], str(districts[0]))
            continue
        yield from _wrong_province(known, field, text, end, [d for d in districts if d.kind is kind])


def _other_sense(text: str, match: re.Match[str], kind: RegionKind) -> bool:
    """Ibu kota Contoh Baru and pusat kota Mamuju speak of a town."""
    before = text[max(0, match.start() - 12) : match.start()].casefold()
    return kind is RegionKind.KOTA and bool(
        re.search(r"(?:ibu|pusat|dalam|di|dari|tengah|ke|balai|wali)\s{0,2}\Z", before)
    )


def _longest(known: Regions, name: str) -> tuple[str, tuple[District, ...]] | None:
    words = re.split(rf"({_S}{{1,2}})", name)
    for n in range(len(words), 0, -2):
        shorter = "".join(words[:n])
        if found := known.districts_named(shorter):
            return shorter, found
    return None


def _wrong_province(known: Regions, field: str, text: str, end: int, districts: list[District]) -> Iterator[Finding]:
    after = _THEN_PROVINCE.match(text, end) or _IN_PROVINCE.match(text, end)
    if after is None:
        return
    words = re.split(rf"({_S}{{1,2}})", after["name"])
    for n in range(len(words), 0, -2):
        name = "".join(words[:n])
        said = known.province_named(name)
        if said is None:
            continue
        right = known.province(districts[0].province)
        if _listed(known, text, after, name):
            return
        if right is not None and said.code not in {d.province for d in districts}:
            start = after.start("name")
            yield F10.finding(
                Place(field=field, start=start, end=start + len(name)),
                says="letak",
                district=str(districts[0]),
                said=said.name,
                right=right.name,
                repairs=(Repair(label=f"Ganti dengan {right.name}", text=right.name),),
            )
        return


def _listed(known: Regions, text: str, after: re.Match[str], name: str) -> bool:
    """`Kota Surabaya, Jakarta, dan Medan` lists towns: a province's name that is also a town's, or one more to come."""
    if "rovinsi" in after[0][: after.start("name") - after.start()]:
        return False
    more = re.match(
        r"\s{0,2},?\s{0,2}(?:dan|serta|atau)\b"
        r"|,\s[A-Z][\w ]{1,30},\s",
        text[after.start("name") + len(name) :][:48],
    )
    return more is not None or bool(known.districts_named(name)) or plain(name) == "jakarta"


def _misnamed(place: Place, printed: str, right: str, says: str = "") -> Finding:
    shown = right.upper() if printed.isupper() else right
    return F10.finding(
        place,
        says=says,
        printed=printed,
        right=shown,
        repairs=(Repair(label=f"Ganti dengan {shown}", text=shown),),
    )


F10 = Rule(
    code="F10",
    name="WILAYAH",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Kepmendagri 300.2.2-2430/2025 (kode dan data wilayah)",
    version=1,
    check=region_names,
    about="Nama, jenis (kabupaten atau kota), dan letak daerah yang berbeda dari daftar wilayah.",
)
RULES: tuple[Rule, ...] = (F10, F11)
