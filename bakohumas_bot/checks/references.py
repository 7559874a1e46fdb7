"""S02 to S04: regulations cited in full, correctly, and as they are in force when the post goes public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bakohumas_bot.checks.quoting import in_quotation, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.citations import Citation, Style, find_citations
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.regulations import Key, Regulation, RegulationKind, Regulations
from bakohumas_bot.domain.titles import likeness, same_title, title_words

_KNOWN_BY_HEART = {RegulationKind.UU, RegulationKind.PERPPU, RegulationKind.PKPU}
_LIGHT = {Kind.MEME, Kind.UCAPAN, Kind.FOTO, Kind.PERINGATAN_HARI_BESAR, Kind.PROMOSI_LIVE}
_LONG_AGO = 2017  # UU 7/2017 began anew; what is older is history or another field of law
_ALIKE, _UNLIKE = 0.6, 0.35
_CERTAIN = 0.8


@dataclass(frozen=True, kw_only=True)
class _Cited:
    """A citation with the text and the field where it stands. `regulation` is None where the office knows it not."""

    kind: Kind
    field: str
    text: str
    citation: Citation
    regulation: Regulation | None

    def place(self, *, with_title: bool = False) -> Place:
        end = self.citation.title_end if with_title and self.titled else self.citation.end
        return Place(field=self.field, start=self.citation.start, end=end)

    @property
    def printed(self) -> str:
        return " ".join(self.text[self.citation.start : self.citation.end].split())

    @property
    def titled(self) -> bool:
        """Whether its end is known: a title in capital letters is one, `tentang larangan kampanye` tells a content."""
        return bool(self.citation.title) and not self.citation.title[:1].islower()

    @property
    def quoted(self) -> bool:
        paragraph = self.text[max(0, self.citation.start - 500) : self.citation.start].rpartition("\n\n")[2]
        return in_quotation(paragraph)

    @property
    def repeated(self) -> bool:
        """A slip that a ralat mends, a claim that a clarification answers, the words of somebody else."""
        return self.quoted or told_as_wrong(self.kind, self.text, self.citation.start)

    @property
    def sentence(self) -> str:
        before = self.text[max(0, self.citation.start - 250) : self.citation.start]
        after = self.text[self.citation.end : self.citation.end + 250]
        return _SENTENCE_END.split(before)[-1] + self.printed + _SENTENCE_END.split(after)[0]


_SENTENCE_END = re.compile(r"(?<=[a-z)”\"]{2})[.?!]\s|\n\s{0,3}\n")


def _cited(checkup: Checkup) -> Iterator[_Cited]:
    """Every citation but those within the title of another."""
    known = checkup.knowledge.regulations
    for field, text in texts(checkup.content):
        for one in find_citations(text):
            if not one.inside:
                regulation = known.get(one.key) if one.key else None
                yield _Cited(kind=checkup.content.kind, field=field, text=text, citation=one, regulation=regulation)


def forms(checkup: Checkup) -> Iterator[Finding]:
    """Social text may say `PKPU 9/2022`; a press release says it in full once, and no citation lacks its year."""
    every = list(_cited(checkup))
    with_year = {(one.citation.kind, one.citation.number) for one in every if one.citation.year}
    named: set[Key | None] = set()
    for one in every:
        style, key = one.citation.style, one.citation.key
        if style is Style.NO_YEAR:
            if (one.citation.kind, one.citation.number) not in with_year and not one.repeated:
                yield _without_year(checkup, one)
            continue
        in_release = checkup.content.kind is Kind.SIARAN_PERS and one.field == "isi" and not one.citation.amends
        again, named = key in named, named | {key}
        unusual = style is Style.LOOSE or (in_release and style is Style.SLASHED)
        if again or not unusual or one.field.endswith(".teks_alt") or one.repeated:
            continue
        if style is Style.LOOSE:
            right = _in_form(one)
            yield S02.finding(
                one.place(),
                severity=Severity.SARAN,
                says="bentuk",
                repairs=_said(right),
                cited=one.printed,
                right=right,
            )
        else:
            yield S02.finding(one.place(), repairs=_in_full(one), cited=one.printed, right=_in_full(one)[0].text)


def _without_year(checkup: Checkup, one: _Cited) -> Finding:
    cited = one.citation
    fitting = [
        known
        for known in checkup.knowledge.regulations
        if (known.key.kind, known.key.number) == (cited.kind, cited.number)
        and known.repeal(checkup.today) is None
        and (not cited.title or likeness(cited.title, known.title) >= _ALIKE)
    ]
    right = [f"{cited.kind_text} Nomor {cited.number} Tahun {known.key.year}" for known in fitting]
    repairs = tuple(repair for text in right[:2] for repair in _said(text)) if len(right) <= 2 else ()
    return S02.finding(one.place(), says="tahun", repairs=repairs, cited=one.printed)


def _in_form(one: _Cited) -> str:
    cited = one.citation
    name = "Undang-Undang" if cited.kind is RegulationKind.UU and len(cited.kind_text) > 6 else cited.kind_text
    return " ".join(filter(None, [name, cited.nickname, f"Nomor {cited.number} Tahun {cited.year}"]))


def _in_full(one: _Cited) -> tuple[Repair, ...]:
    key = one.citation.key
    assert key is not None
    return _said(one.regulation.full if one.regulation and not one.citation.title else key.full)


def _said(text: str) -> tuple[Repair, ...]:
    return (Repair(label=f"Tulis {text}", text=text),)


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


def _pairs(checkup: Checkup) -> Iterator[tuple[_Cited | None, _Cited]]:
    """Each citation with the one that it is said to amend: of a chain always the first."""
    base: _Cited | None = None
    for one in _cited(checkup):
        if not one.citation.amends or (base and base.field != one.field):
            base = None
        yield base, one
        base = base or one


def _other_name(known: Regulations, one: _Cited) -> Finding | None:
    """`UU ITE (UU 1/2023)`, `UU Pemilu Nomor 7 Tahun 2018`: the everyday name belongs to others."""
    name = _everyday_name(known, one)
    if name is None:
        return None
    meant, key = known.called(name), one.citation.key
    if not meant or key in {other.key for other in meant}:
        return None
    if one.regulation and likeness(name.partition(" ")[2], one.regulation.title) >= _CERTAIN:
        return None
    near = [m for m in meant if key and (m.key.number == key.number or m.key.year == key.year)]
    right = (near or [meant[-1]])[0]
    return S03.finding(
        one.place(),
        severity=None if one.regulation or near else Severity.PERINGATAN,
        says="sebutan",
        repairs=_said(_written_like(one, right.key)),
        cited=key,
        name=name,
        right=right.key,
        is_about=f" {one.citation.key} mengatur {one.regulation.title}." if one.regulation else "",
    )


def _everyday_name(known: Regulations, one: _Cited) -> str | None:
    if one.citation.nickname:
        return f"{one.citation.kind} {one.citation.nickname}"
    names = _names(tuple(sorted({name for regulation in known for name in regulation.nicknames})))
    if names is None:
        return None
    after = _RIGHT_BEHIND.match(one.text, one.citation.end)
    named = names.match(one.text, after.end()) if after else None
    if named is None and not one.citation.title:
        before = one.text[max(0, one.citation.start - 90) : one.citation.start]
        named = next((n for n in names.finditer(before) if _LEADS_TO_NUMBER.fullmatch(before, n.end())), None)
    return _spelled(known, named[0]) if named else None


def _spelled(known: Regulations, name: str) -> str:
    plain = " ".join(re.sub("undang-undang", "UU", name, flags=re.IGNORECASE).split()).casefold()
    return next((n for r in known for n in r.nicknames if n.casefold() == plain), name)


@lru_cache(maxsize=8)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted(names, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"UU\ ", r"(?:UU|Undang-Undang)\s{1,3}") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?![\w-])", re.IGNORECASE) if words else None


_RIGHT_BEHIND = re.compile(r"\s{0,3}(?:\(|,?\s{0,3}(?:alias|yaitu|yakni)\b)\s{0,3}", re.IGNORECASE)
_LEADS_TO_NUMBER = re.compile(
    r"(?:\s{0,3}\(\s{0,3}|\W{1,4}(?=\w{3}))(?:(?:yang|sebagaimana|telah|sudah|beberapa|kali|terakhir|diubah|direvisi"
    r"|diperbarui|dengan|melalui|dalam|yaitu|yakni|hasil|revisi|perubahan|kedua|pertama|terbaru|baru|jo|juncto|ini)\b\W{1,4}){0,9}",
    re.IGNORECASE,
)


def _other_title(checkup: Checkup, one: _Cited) -> Finding | None:
    title = one.citation.title
    if not title or not title_words(title):
        return None
    fitting = _fitting(checkup, one)
    own = max((likeness(title, known) for known in _own_names(one)), default=0.0)
    exact = bool(fitting) and same_title(title, fitting[0].title)
    if one.regulation is None:
        return _wrong_number(one, fitting, checkup) if fitting else None
    agrees = own >= _CERTAIN or (own >= _ALIKE and not exact)
    if agrees or (not fitting and (own >= _UNLIKE or not one.titled)):
        return None
    right = f"{_written_like(one, one.regulation.key)} tentang {one.regulation.title}"
    numbers = tuple(repair for other in fitting[:1] for repair in _said(_with_title(one, other)))
    return S03.finding(
        one.place(with_title=True),
        severity=None if fitting else Severity.PERINGATAN,
        says="judul",
        repairs=(*(_said(right) if one.titled else ()), *numbers),
        cited=one.printed,
        title=one.regulation.title,
        others=f" Judul yang ditulis mirip dengan {fitting[0].key}." if fitting else "",
    )


def _own_names(one: _Cited) -> tuple[str, ...]:
    if one.regulation is None:
        return ()
    return (one.regulation.title, *(name.partition(" ")[2] for name in one.regulation.nicknames))


def _fitting(checkup: Checkup, one: _Cited) -> list[Regulation]:
    """Others of its kind with this title: the exact one first, then those in force, of the same year, the newest."""
    title, key = one.citation.title, one.citation.key
    others = [
        other
        for other in checkup.knowledge.regulations
        if other.key.kind is one.citation.kind
        and other.key != key
        and likeness(title, other.title) >= _CERTAIN
        and (same_title(title, other.title) or len(set(title_words(title)) & set(title_words(other.title))) > 1)
    ]
    year = key.year if key else 0
    return sorted(
        others,
        key=lambda other: (
            not same_title(title, other.title),
            other.repeal(checkup.today) is not None,
            other.key.year != year,
            -other.key.year,
        ),
    )


def _with_title(one: _Cited, other: Regulation) -> str:
    number = _written_like(one, other.key)
    return f"{number} tentang {one.citation.title}" if one.titled else number


def _wrong_number(one: _Cited, fitting: list[Regulation], checkup: Checkup) -> Finding | None:
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
        repairs=_said(_with_title(one, right)),
        cited=one.printed,
        right=right.key,
        title=right.title,
    )


def _no_amendment(checkup: Checkup, base: _Cited | None, one: _Cited) -> Finding | None:
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
        repairs=_said(_written_like(one, right)),
        cited=one.printed,
        base=base.regulation.key,
        right=right,
    )


def _not_yet(checkup: Checkup, one: _Cited, key: Key) -> Finding | None:
    if one.regulation or key.kind not in _KNOWN_BY_HEART or (key.year <= checkup.today.year and key.number != "0"):
        return None
    return S03.finding(one.place(), severity=Severity.PERINGATAN, says="mustahil", cited=one.printed)


def _unknown(checkup: Checkup, one: _Cited, key: Key) -> Finding | None:
    """Only of the kinds that every office cites; new, old and other fields of law are no more than a hint."""
    if key.kind not in _KNOWN_BY_HEART:
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


def _written_like(one: _Cited, key: Key) -> str:
    """Another regulation's number, in the way the author wrote this one."""
    number = (
        f"{key.number}/{key.year}" if one.citation.style is Style.SLASHED else f"Nomor {key.number} Tahun {key.year}"
    )
    if one.text[one.citation.start].isdigit():
        return f"{key.number}/{key.year}"
    same = key.kind is one.citation.kind
    name = f"{one.citation.kind_text} {one.citation.nickname}".strip() if same else str(key.kind)
    return f"{name} {number}"


def outdated(checkup: Checkup) -> Iterator[Finding]:
    """Judged on the day of publishing. What tells of its own time, or names the successor, stays as it is."""
    every = list(_cited(checkup))
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


def _of_its_time(checkup: Checkup, one: _Cited, repealed: int) -> bool:
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


def _repealed(checkup: Checkup, one: _Cited, by: Key) -> Finding:
    successor = checkup.knowledge.regulations.get(by)
    whole = one.titled and successor is not None
    right = _written_like(one, by) + (f" tentang {successor.title}" if whole and successor else "")
    return S04.finding(
        one.place(with_title=whole),
        says="dicabut",
        repairs=_said(right),
        cited=one.printed,
        by=f"{by} tentang {successor.title}" if successor else by,
    )


_WITH_CHANGES = re.compile(
    r"\b(?:beserta|berikut|dan|serta)\s{1,3}(?:segala\s{1,3}|seluruh\s{1,3})?perubahan(?:nya)?\b"
    r"|\bsebagaimana\s{1,3}(?:telah\s{1,3})?(?:beberapa\s{1,3}kali\s{1,3})?diubah\b",
    re.IGNORECASE,
)


def _amended(
    checkup: Checkup, one: _Cited, following: list[_Cited], changes: list[Key], named: set[Key | None]
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
            repairs=_said(_written_like(chain[-1], changes[-1])) if len(chain) == 1 else (),
            cited=one.printed,
            by=changes[-1],
        )
    silent = chain or named & set(changes) or checkup.content.kind in _LIGHT or one.field.endswith(".teks_alt")
    if silent or _WITH_CHANGES.search(one.text, one.citation.end, one.citation.end + 400):
        return None
    if _of_its_time(checkup, one, changes[0].year):
        return None
    return S04.finding(
        one.place(with_title=True),
        severity=Severity.SARAN,
        says="diubah",
        repairs=_said(_with_changes(one, changes)),
        cited=one.printed,
        by=", ".join(map(str, changes)),
    )


def _with_changes(one: _Cited, changes: list[Key]) -> str:
    end = one.citation.title_end if one.titled else one.citation.end
    printed = one.text[one.citation.start : end]
    if one.citation.style is Style.SLASHED:
        return printed + "".join(f" jo. {key.number}/{key.year}" for key in changes)
    many = "beberapa kali diubah, terakhir" if len(changes) > 1 else "diubah"
    kind = one.citation.kind_text if changes[-1].kind is one.citation.kind else str(changes[-1].kind)
    return f"{printed} sebagaimana telah {many} dengan {kind} Nomor {changes[-1].number} Tahun {changes[-1].year}"


_JURISDICTION = "UU Nomor 12 Tahun 2011 (cara menyebut peraturan); juknis Bakohumas BAB II huruf E, kode etik 1.d"
S02 = Rule(
    code="S02",
    name="RUJUKAN_FORMAT",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=_JURISDICTION,
    version=1,
    check=forms,
    about="Mencari peraturan yang disebut tanpa tahun, ditulis tidak lazim, atau disingkat dalam siaran pers.",
)
S03 = Rule(
    code="S03",
    name="RUJUKAN_SALAH",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source=_JURISDICTION,
    version=1,
    check=mistaken,
    about="Membandingkan nomor, tahun, judul, dan sebutan peraturan dengan daftar peraturan satker.",
)
S04 = Rule(
    code="S04",
    name="RUJUKAN_DICABUT",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=_JURISDICTION,
    version=1,
    check=outdated,
    about="Mencari peraturan yang pada waktu tayang sudah dicabut, atau sudah diubah tanpa menyebut perubahannya.",
)
RULES = (S02, S03, S04)
