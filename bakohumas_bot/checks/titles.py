"""F11: officials of the office by their right name and title, with Plh. or Plt. while they stand in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.officials import Official

_S = r"[ \t\u00a0*_]"
_NAME_WORD = r"[A-Z][\w’'.-]{0,24}"
_FORMER = re.compile(
    r"\b(?:mantan|eks|periode|purna\s?(?:tugas|bakti|wirawan|karya)\w*"
    r"|almarhum\w*|alm\.?|saat itu|ketika itu|kala itu|waktu itu|terdahulu)\b",
    re.IGNORECASE,
)
_ACTING = re.compile(r"(?:\bPl[ht]\b\.?|\bPelaksana (?:Harian|Tugas)\b)[\s*_]{0,3}\Z", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"\b(?:KPU|KIP|Bawaslu|DPRD|Anggota|Sekretaris|Ketua|Divisi|Kepala|Komisi|Kabupaten|Kota|Provinsi|Senin|Selasa|Rabu"
    r"|Kamis|Jumat|Sabtu|Minggu|Bupati|Wakil|Forkopimda|Kapolres|Dandim|Pemilu|Pemilihan|Rapat)\b"
)
_NAME_THEN_TITLE = re.compile(
    rf"{_S}{{0,2}}(?:,[^,\n]{{1,24}}){{0,3}}{_S}{{0,2}}[,(]?{_S}{{0,3}}"
    rf"(?:(?:selaku|sebagai|yang merupakan){_S}{{1,3}})?"
    rf"(?P<title>(?:Pl[ht]\.{_S}{{0,2}})?(?:Ketua|Sekretaris|Anggota|Kepala{_S}(?:Subbagian|Bagian)))"
    rf"(?!{_S}{{1,3}}(?:Tim|Panitia|Divisi|Pokja|Kelompok|Bakohumas|Umum))(?P<after>(?:{_S}{{1,2}}{_NAME_WORD}){{0,6}})"
)
_TITLE_BEFORE = re.compile(
    rf"(?<!\w)(?P<title>(?:Ketua|Sekretaris|Anggota|Kepala{_S}(?:Subbagian|Bagian)))"
    rf"(?!{_S}{{1,3}}(?:Tim|Panitia|Pokja|Kelompok))(?P<where>(?:{_S}{{1,2}}{_NAME_WORD}){{0,7}}?)"
    rf"{_S}{{0,2}}[,(]?{_S}{{1,3}}(?:(?:H|Hj|Dr|Drs|Ir|Prof)\.{_S}{{0,2}}){{0,3}}\Z"
)


def titles(checkup: Checkup) -> Iterator[Finding]:
    """Only who stands in the office's own file is judged; guests are not in it."""
    serving = checkup.knowledge.officials.serving(checkup.today)
    if not serving:
        return
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        for finding in (*_of_known_people(checkup, serving, field, text), *_of_titles(checkup, serving, field, text)):
            at = finding.start or 0
            if not _FORMER.search(text[max(0, at - 60) : (finding.end or at) + 60]) and not told_as_wrong(
                checkup.content.kind, text, at
            ):
                yield finding


def _of_known_people(checkup: Checkup, serving: tuple[Official, ...], field: str, text: str) -> Iterator[Finding]:
    """Somebody may have two titles: an Anggota who is Plh. Ketua for a week is right as either."""
    for name in dict.fromkeys(official.name for official in serving):
        own = [official for official in serving if official.name == name]
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            said = _title_beside(checkup, text, match)
            if said is None:
                continue
            start, end, words = said
            acting = _ACTING.search(text[max(0, start - 24) : start]) or words[:3].casefold() in {"plh", "plt"}
            bare = re.sub(rf"\APl[ht]\.?{_S}*", "", words)
            same = [official for official in own if _same_title(bare, official.title)]
            # "Plh." may outlive its term in the file by a day; that it is missing cannot be.
            if same and (acting or any(not official.acting for official in same)):
                continue
            right = (same or own)[0]
            should = " ".join(filter(None, (right.acting, right.title)))
            yield F11.finding(
                Place(field=field, start=start, end=end),
                says="pelaksana" if same else "",
                name=name,
                should=should,
                printed=words,
                repairs=(Repair(label=f"Ganti dengan {should}", text=should),),
            )


def _title_beside(checkup: Checkup, text: str, name: re.Match[str]) -> tuple[int, int, str] | None:
    """The title right before or right after a name, if it is one in this office."""
    found = list(_TITLE_BEFORE.finditer(text[max(0, name.start() - 110) : name.start()]))
    before = found[-1] if found else None
    base = max(0, name.start() - 110)
    if before is not None and _of_this_office(checkup, before["where"]):
        return base + before.start("title"), base + before.end("title"), before["title"]
    after = _NAME_THEN_TITLE.match(text, name.end())
    if after is not None and _of_this_office(checkup, after["after"]):
        return after.start("title"), after.end("title"), after["title"]
    return None


def _of_this_office(checkup: Checkup, where: str) -> bool:
    """Nothing said of where, "KPU" alone, or the office's own name. Ketua DPRD and the KPU next door are others."""
    words = " ".join(re.split(rf"{_S}+", where.strip()))
    if not words:
        return True
    own = checkup.office.name.casefold()
    return words in {"KPU", "KIP"} or words.casefold() in own or own.startswith(words.casefold())


def _same_title(said: str, title: str) -> bool:
    short, full = said.casefold().strip(), title.casefold()
    return full == short or full.startswith(f"{short} ") or short.startswith(full)


def _of_titles(checkup: Checkup, serving: tuple[Official, ...], field: str, text: str) -> Iterator[Finding]:
    """Whom the text calls Ketua or Sekretaris of this very office, although the file names somebody else."""
    for match in _holder(checkup.office.name).finditer(text):
        holders = [o for o in serving if o.title.casefold() == match["title"].casefold()]
        name = match["name"]
        if not holders or any(_same_person(name, o.name) for o in serving):
            continue
        near = difflib.get_close_matches(name.casefold(), [o.name.casefold() for o in holders], n=1, cutoff=0.8)
        right = next((o for o in holders if near and o.name.casefold() == near[0]), None)
        sure = " " in name.strip() and not _NO_PERSON.search(name) and (match["comma"] or _reads_as_a_name(text, match))
        if right is None and not sure:
            continue
        yield F11.finding(
            Place(field=field, start=match.start("name"), end=match.end("name")),
            says="ejaan" if right else "nama",
            printed=name,
            title=match["title"],
            should=(right or holders[0]).name,
            repairs=(Repair(label=f"Ganti dengan {right.name}", text=right.name),) if right else (),
        )


# `Ketua KPU Contoh Menyerahkan Piagam`: a headline goes on with a verb.
_VERB = re.compile(r"(?:Me(?:m|n|ng|ny|l|r|w)?|Ber|Ter|Di)[a-z]{4,}|[A-Z][a-z]+kan")
_HEADLINE = """
    pimpin apel apresiasi buka tutup hadiri hadir terima lantik ajak imbau minta dorong harap tinjau bersama gelar jadi
    ikuti beri kunjungi sambut bahas pantau raih paparkan hari pada dan resmi rapat lepas sapa dampingi
"""
_URGED = frozenset(_HEADLINE.split())


def _reads_as_a_name(text: str, match: re.Match[str]) -> bool:
    """Without a comma only where the sentence goes on in small letters behind two words that are no verbs."""
    words = match["name"].split()
    small = re.match(rf"{_S}{{0,3}}(?:[,(]|{_S}[a-z])", text[match.end("name") : match.end("name") + 8])
    return small is not None and not any(_VERB.fullmatch(word) or word.casefold() in _URGED for word in words)


@lru_cache(maxsize=64)
def _holder(office: str) -> re.Pattern[str]:
    """`Ketua KPU Kabupaten Contoh Selatan, Budi Contoh`: the title, this very office, and the name after it."""
    own = re.escape(office).replace(r"\ ", rf"{_S}{{1,2}}")
    return re.compile(
        rf"(?<!\w)(?P<title>Ketua|Sekretaris){_S}{{1,3}}{own}(?P<comma>{_S}{{0,2}}[,(])?{_S}{{1,3}}"
        rf"(?:(?:Bapak|Ibu|H\.|Hj\.|Dr\.|Drs\.|Dra\.|Ir\.|Prof\.){_S}{{0,2}}){{0,3}}"
        rf"(?P<name>{_NAME_WORD}(?:{_S}{{1,2}}{_NAME_WORD}){{0,4}})(?={_S}{{0,3}}(?:[,.()\n;:“”\"]|\Z|[a-z]))"
    )


def _same_person(said: str, name: str) -> bool:
    """Degrees and titles aside; a short form of the name counts too."""
    words, own = set(re.findall(r"\w+", said.casefold())), set(re.findall(r"\w+", name.casefold()))
    return own <= words or (bool(words) and words <= own)


F11 = Rule(
    code="F11",
    name="JABATAN",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=titles,
    about="Nama atau jabatan pejabat satker yang berbeda dari rules/officials.toml, atau Plh./Plt. yang belum ditulis.",
)
