"""S04: a regulation is in force when the post goes public, and cited with its amendments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.citing import JURISDICTION, LIGHT, Cited, cited_in, said, written_like
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.citations import Style
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.regulations import Key


def outdated(checkup: Checkup) -> Iterator[Finding]:
    """Judged on the day of publishing. What tells of its own time, or names the successor, stays as it is."""
    every = list(cited_in(checkup))
    named = {one.citation.key for one in every}
    told: set[Key] = set()
    for at, one in enumerate(every):
        regulation = one.regulation
        if regulation is None or regulation.key in told or one.citation.amends:
            continue
        repeal = regulation.repeal(checkup.today)
        finding = None
        if repeal is not None:
            if repeal.by not in named and not _of_its_time(checkup, one, repeal.since.year):
                finding = _repealed(checkup, one, repeal.by)
        elif amendments := regulation.amendments(checkup.today):
            finding = _amended(checkup, one, every[at + 1 :], [change.by for change in amendments], named)
        if finding is not None and not one.repeated:
            told.add(regulation.key)
            yield finding


_HISTORY = re.compile(
    r"\b(?:dicabut|mencabut|pencabutan|menggantikan|mengganti|pengganti(?!\s{1,3}undang)|digantikan|diganti|tidak\s{1,3}(?:lagi\s{1,3})?berlaku"
    r"|dahulu|dulu|saat\s{1,3}itu|ketika\s{1,3}itu|waktu\s{1,3}itu|kala\s{1,3}itu|pada\s{1,3}masanya|semula|sebelumnya"
    r"|sejarah|riwayat|kilas\s{1,3}balik|arsip|pengujian|menguji|uji\s{1,3}materi(?:il)?)\b",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"\b(?:kilas\s{1,3}balik|arsip|sejarah|throwback|#?tbt|nostalgia|dok\.)(?!\w)", re.IGNORECASE)
_YEARS = re.compile(r"(?<![\w/.])(?:19|20)[0-9]{2}(?![\w/])")


def _of_its_time(checkup: Checkup, one: Cited, repealed: int) -> bool:
    """The sentence says that it is gone, or tells of a year when it was in force: `Pemilu 2019 diatur dengan ...`."""
    around = one.sentence.replace(one.printed, " ")
    if one.citation.title:
        around = around.replace(one.citation.title, " ")
    years = [int(year) for year in _YEARS.findall(_TOLD_YEARS.sub(" ", around))]
    opening = checkup.content.title + "\n" + checkup.content.body[:200]
    return bool(
        _HISTORY.search(around)
        or checkup.content.kind is Kind.REPOST
        or _ARCHIVE.search(opening)
        or (years and max(years) <= repealed)
    )


_TOLD_YEARS = re.compile(r"(?:nomor|no\.?)\s{0,3}[0-9]{1,3}\s{1,3}tahun\s{1,3}[0-9]{4}", re.IGNORECASE)


def _repealed(checkup: Checkup, one: Cited, by: Key) -> Finding:
    successor = checkup.knowledge.regulations.get(by)
    whole = one.titled and successor is not None
    right = written_like(one, by) + (f" tentang {successor.title}" if whole and successor else "")
    return S04.finding(
        one.place(with_title=whole),
        says="dicabut",
        repairs=said(right),
        cited=one.printed,
        by=f"{by} tentang {successor.title}" if successor else by,
    )


_WITH_CHANGES = re.compile(
    r"\b(?:beserta|berikut|dan|serta)\s{1,3}(?:segala\s{1,3}|seluruh\s{1,3})?perubahan(?:nya)?\b"
    r"|\bsebagaimana\s{1,3}(?:telah\s{1,3})?(?:beberapa\s{1,3}kali\s{1,3})?diubah\b",
    re.IGNORECASE,
)


def _amended(
    checkup: Checkup, one: Cited, following: list[Cited], changes: list[Key], named: set[Key | None]
) -> Finding | None:
    chain = []
    for other in following:
        if not other.citation.amends or other.field != one.field:
            break
        chain.append(other)
    keys = [other.citation.key for other in chain]
    if chain and changes[-1] not in keys and keys[-1] in changes:
        said_to_be_last = "terakhir" in one.text[one.citation.end : chain[-1].citation.start].casefold()
        return S04.finding(
            chain[-1].place(),
            severity=None if said_to_be_last else Severity.SARAN,
            says="perubahan_terakhir",
            repairs=said(written_like(chain[-1], changes[-1])) if len(chain) == 1 else (),
            cited=one.printed,
            by=changes[-1],
        )
    silent = chain or named & set(changes) or checkup.content.kind in LIGHT or one.field.endswith(".teks_alt")
    if silent or _WITH_CHANGES.search(one.text, one.citation.end, one.citation.end + 400):
        return None
    if _of_its_time(checkup, one, changes[0].year):
        return None
    return S04.finding(
        one.place(with_title=True),
        severity=Severity.SARAN,
        says="diubah",
        repairs=said(_with_changes(one, changes)),
        cited=one.printed,
        by=", ".join(map(str, changes)),
    )


def _with_changes(one: Cited, changes: list[Key]) -> str:
    end = one.citation.title_end if one.titled else one.citation.end
    printed = one.text[one.citation.start : end]
    if one.citation.style is Style.SLASHED:
        return printed + "".join(f" jo. {key.number}/{key.year}" for key in changes)
    many = "beberapa kali diubah, terakhir" if len(changes) > 1 else "diubah"
    kind = one.citation.kind_text if changes[-1].kind is one.citation.kind else str(changes[-1].kind)
    return f"{printed} sebagaimana telah {many} dengan {kind} Nomor {changes[-1].number} Tahun {changes[-1].year}"


S04 = Rule(
    code="S04",
    name="RUJUKAN_DICABUT",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=JURISDICTION,
    version=1,
    check=outdated,
    about="Mencari peraturan yang pada waktu tayang sudah dicabut, atau sudah diubah tanpa menyebut perubahannya.",
)
