"""B03: one word for one thing. Pemilu is not Pemilihan, KPUD is no longer, and a release does not say "coblosan"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bakohumas_bot.checks.prose import own_words, prose
from bakohumas_bot.checks.quoting import quoted, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import MONTH_NUMBERS, MONTHS
from bakohumas_bot.domain.calendar import ElectionKind
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.posts import Kind

_OLD_NAME = re.compile(r"(?<![\w#@.-])KPUD(?![\w-])", re.IGNORECASE)
_FORMERLY = re.compile(
    r"\b(?:dulu|dahulu|dulunya|sebutan|istilah|nama\s{1,3}lama|pernah|semula|bernama|disebut|bukan|kala|zaman|era|masih)\b"
    r"[^.!?\n]{0,60}\Z",
    re.IGNORECASE,
)
_THEN = re.compile(r"\s{1,3}(?:dulu|dahulu|lama|saat\s{1,3}itu|kala\s{1,3}itu)\b", re.IGNORECASE)
_LOCAL_OFFICE = (
    r"(?:(?:wakil\s{1,3})?gubernur|(?:wakil\s{1,3})?bupati|(?:wakil\s{1,3})?wali\s?kota|kepala\s{1,3}daerah|kada\b"
    r"|pilkada|pilbup|pilgub|pilwali)"
)
_PEMILU_OF_A_HEAD = re.compile(
    rf"(?<!\w)(?P<term>pemilu|pemilihan\s{{1,3}}umum)(?P<gap>\s{{1,3}}|(?=kada\b)){_LOCAL_OFFICE}(?!\w)", re.IGNORECASE
)
_PILKADA_OF_A_PARLIAMENT = re.compile(
    r"(?<!\w)(?P<term>pilkada|pemilukada)\s{1,3}(?:presiden|legislatif|dpr(?:d)?|dpd|anggota\s{1,3}(?:dpr|dpd))(?!\w)",
    re.IGNORECASE,
)
_BEFORE_2014 = re.compile(r"\b(?:200[4-9]|201[0-4])\b")
_VOTE = re.compile(
    r"(?<!\w)(?P<term>pemilu|pemilihan\s{1,3}umum|pilkada)(?!\s{1,3}(?:dan|atau|serta)\b|\w|/)"
    r"(?P<between>(?:\s{1,3}(?:serentak|nasional|lokal|tahun|pada|tanggal|hari|yang|lalu|kemarin|silam)|[\s,(]"
    r"|\s{1,3}(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)){0,8})"
    rf"(?P<day>[0-9]{{1,2}})\s{{1,3}}(?P<month>{'|'.join(MONTHS)})\s{{1,3}}(?P<year>(?:19|20)[0-9]{{2}})",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s{1,3}(?:tersebut|itu|dimaksud)(?!\w)", re.IGNORECASE)
_ANY = re.compile(
    r"(?<!\w)(?P<pemilu>pemilu|pemilihan\s{1,3}umum)(?!\w)|(?<!\w)(?P<pilkada>pilkada)(?!\w)", re.IGNORECASE
)
_HAND = re.compile(
    r"(?<!\w)(?P<day>(?:hari\s{1,3})?(?:pen)?coblosan|hari\s{1,3}coblos|nyoblos)(?!\w)|(?<!\w)(?P<act>coblos)(?!\w)",
    re.IGNORECASE,
)
# Voting days that no shipped calendar holds any more.
_VOTING_DAYS = {
    date(2014, 4, 9): ElectionKind.PEMILU,
    date(2014, 7, 9): ElectionKind.PEMILU,
    date(2015, 12, 9): ElectionKind.PEMILIHAN,
    date(2017, 2, 15): ElectionKind.PEMILIHAN,
    date(2018, 6, 27): ElectionKind.PEMILIHAN,
    date(2019, 4, 17): ElectionKind.PEMILU,
    date(2020, 12, 9): ElectionKind.PEMILIHAN,
    date(2024, 2, 14): ElectionKind.PEMILU,
    date(2024, 11, 27): ElectionKind.PEMILIHAN,
}


def wrong_terms(checkup: Checkup) -> Iterator[Finding]:
    kind = checkup.content.kind
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        for start, end, says, right in _sorted_once(
            text, release=kind is Kind.SIARAN_PERS and field in {"judul", "isi"}
        ):
            if told_as_wrong(kind, text, start):
                continue
            yield B03.finding(
                Place(field=field, start=start, end=end),
                says=says,
                severity=Severity.SARAN if quoted(text, start) or text[start:end].casefold() == "coblos" else None,
                repairs=(Repair(label=f"Ubah menjadi “{right}”", text=right),) if right else (),
                written=text[start:end],
                right=right,
            )


Found = tuple[int, int, str, str]


def _sorted_once(text: str, *, release: bool) -> Iterator[Found]:
    plain = prose(text)
    found = [*_old_names(plain), *_heads_of_region(plain), *_days(plain), *_that_one(plain)]
    if release:
        found += _the_hand(text)
    last = -1
    for start, end, says, right in sorted(found):
        if start >= last:
            yield start, end, says, right
            last = end


def _old_names(text: str) -> Iterator[Found]:
    for match in _OLD_NAME.finditer(text):
        before = text[max(0, match.start() - 120) : match.start()]
        if not _FORMERLY.search(before) and not _THEN.match(text, match.end()):
            yield *match.span(), "kpud", "KPU"


def _heads_of_region(text: str) -> Iterator[Found]:
    """Before 2014 "Pemilukada" was the official word."""
    for match in (*_PEMILU_OF_A_HEAD.finditer(text), *_PILKADA_OF_A_PARLIAMENT.finditer(text)):
        near = text[max(0, match.start() - 60) : match.end() + 40]
        if _BEFORE_2014.search(near) or _FORMERLY.search(text[max(0, match.start() - 80) : match.start()]):
            continue
        local = match.re is _PEMILU_OF_A_HEAD
        rest = text[match.end("term") : match.end()].strip()
        if not local:
            right = "Pemilu " + rest
        elif rest.casefold() in {"kada", "pilkada"}:
            right = "Pemilihan"
        else:
            right = "Pemilihan " + rest
        yield match.start(), match.end(), "rezim", right


def _days(text: str) -> Iterator[Found]:
    for match in _VOTE.finditer(text):
        month = MONTH_NUMBERS[match["month"].casefold()]
        try:
            voted = _VOTING_DAYS.get(date(int(match["year"]), month, int(match["day"])))
        except ValueError:
            continue
        term = match["term"].casefold()
        rest = text[match.end("term") : match.end()]
        if voted is ElectionKind.PEMILIHAN and (term == "pemilu" or term.endswith("umum")):
            yield match.start(), match.end(), "rezim", "Pemilihan" + rest
        elif voted is ElectionKind.PEMILU and term == "pilkada":
            yield match.start(), match.end(), "rezim", "Pemilu" + rest


def _that_one(text: str) -> Iterator[Found]:
    """*Pemilu tersebut* where the text has spoken of nothing but Pilkada, and the other way round."""
    spoken: set[str | None] = set()
    for match in _ANY.finditer(text):
        other = "pilkada" if match.lastgroup == "pemilu" else "pemilu"
        that = _THAT.match(text, match.end())
        if that and spoken == {other}:
            yield match.start(), that.end(), "rezim", other.capitalize() + that[0]
        else:
            spoken.add(match.lastgroup)


def _the_hand(text: str) -> Iterator[Found]:
    """In a release: the day is *pemungutan suara*. To pierce the ballot ("mencoblos surat suara") is the act itself."""
    for match in _HAND.finditer(own_words(text)):
        if match["day"]:
            right = "hari pemungutan suara" if match["day"].casefold().startswith("hari") else "pemungutan suara"
            yield *match.span(), "coblos", right
        else:
            yield *match.span(), "coblos", "memberikan suara"


B03 = Rule(
    code="B03",
    name="ISTILAH",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB I huruf D, definisi Pemilu dan Pemilihan",
    version=1,
    check=wrong_terms,
    about="Pemilu dan Pemilihan yang tertukar, KPUD, serta “coblosan” dalam siaran pers.",
)
