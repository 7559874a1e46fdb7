"""Who stands for election: parties, pairs and persons, with the time for which that is so, and where a text names them.

Only what is surely meant counts. "PAN", "PKS" or "Gelora" have other meanings: they need the word *Partai* before them
or other parties beside them. Every repetition is bounded, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache


class ParticipantKind(StrEnum):
    PARTY = "partai"
    PAIR = "pasangan"
    PERSON = "perseorangan"


@dataclass(frozen=True, kw_only=True)
class Participant:
    """`clear` names mean nothing else in prose, `short` ones do. `area`: the code of the region where it stands.

    `people`: the candidates by name. `posts`: public offices that they hold now ("Bupati Contoh Selatan").
    """

    contest: str
    name: str
    kind: ParticipantKind = ParticipantKind.PARTY
    number: int | None = None
    clear: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()
    area: str = ""
    begins: date = date.min
    ends: date = date.max

    def stands(self, day: date | None) -> bool:
        return day is None or self.begins <= day <= self.ends


class MentionKind(StrEnum):
    """How surely a participant is meant: by an own name, by a number on the ballot, or by "calon bupati" and a name."""

    NAME = "name"
    NUMBER = "number"
    GUESS = "guess"


@dataclass(frozen=True, kw_only=True)
class Mention:
    """`start` and `end` count code points. `participant` is None where no file knows whom the number stands for."""

    start: int
    end: int
    kind: MentionKind
    participant: Participant | None = None
    number: int | None = None


_S = r"[\s*_]"
_OFFICES = (
    r"wakil presiden|presiden|wakil gubernur|gubernur|wakil bupati|bupati|wakil wali ?kota|wali ?kota"
    r"|anggota (?:dprd?|dpd)(?: ri)?|legislatif"
).replace(" ", r"\s{1,3}")
_BOTH = rf"(?:{_OFFICES})(?:\s{{1,3}}dan\s{{1,3}}(?:{_OFFICES}))?"
_CANDIDATES = rf"paslon|pasangan{_S}{{1,3}}calon(?:\s{{1,3}}{_BOTH})?|calon\s{{1,3}}(?:{_BOTH})|capres(?:-cawapres)?"
_CANDIDATES += r"|cawapres|cagub|cabup|cawalkot|caleg|kandidat|calon"
_FIGURES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_FIGURE = rf"(?:0?[1-9]|[12][0-9]|{'|'.join(_FIGURES)})"
_BALLOT = rf"(?:nomor|no\.?){_S}{{0,3}}(?:urut)?{_S}{{0,3}}:?{_S}{{0,3}}"
_ENDS = (
    r"(?![\w.,/:%-]*[0-9])(?!\w)"
    r"(?!\s{0,3}(?:orang|pasang|partai|calon|kursi|persen|tahun|nama|dapil|kabupaten|kecamatan|hari|jam|menit|[%]))"
    r"(?!\s{1,3}(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b)"
)
_NUMBER = re.compile(
    rf"(?<!\w)(?:(?P<party>partai(?:\s{{1,3}}politik)?|parpol)|{_CANDIDATES})(?:\s\(\w{{2,10}}\))?{_S}{{1,3}}"
    rf"(?:dengan{_S}{{1,3}})?{_BALLOT}(?P<number>{_FIGURE}){_ENDS}"
    rf"|(?<!\w)(?:paslon|pasangan{_S}{{1,3}}calon(?:\s{{1,3}}{_BOTH})?|capres|cawapres)(?:{_S}{{1,3}}|\s?\#)"
    rf"(?P<plain>0?[1-9]|1[0-9]){_ENDS}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(rf"(?<!\w){_BALLOT}(?P<number>{_FIGURE}){_ENDS}", re.IGNORECASE)
_TITLE = (
    r"(?:(?i:h\.|hj\.|drs?\.|dra\.|ir\.|prof\.|kh\.|tgk\.|letjen|mayjen|brigjen|irjen|komjen)\s{0,3}(?:\(purn\.?\)\s)?)"
)
_NAME_WORD = r"[A-Z][\w’'-]{1,30}"
_GUESS = re.compile(
    rf"(?<!\w)(?i:paslon|pasangan\s{{1,3}}calon|(?:pasangan\s{{1,3}})?calon\s{{1,3}}{_BOTH}"
    rf"|capres|cawapres|cagub|cabup|cawalkot|caleg)\s{{1,3}}"
    rf"(?P<name>{_TITLE}{{0,3}}{_NAME_WORD}(?:(?:\s{{1,3}}|\s?[–&/-]\s?){_NAME_WORD}){{0,3}})",
)
# What may follow "calon bupati" with a capital letter and is nobody's name.
_OTHER_WORDS = """
presiden wakil gubernur bupati wali walikota anggota dpr dprd dpd ri legislatif kepala daerah perseorangan
independen terpilih tunggal peserta tetap sementara petahana kpu kip pada di yang dalam dan serta tahun pemilu
pemilihan pilkada pilgub pilbup pilwalkot pilpres serentak kabupaten kab kota provinsi republik nomor dari untuk
mulai telah akan wajib harus dapat hasil se januari februari maret april mei juni juli agustus september oktober
november desember senin selasa rabu kamis jumat sabtu minggu kalimantan sulawesi jawa sumatera papua nusa maluku
kepulauan bangka riau jambi bengkulu lampung banten bali aceh gorontalo dki diy jakarta daftar dct dcs berita
syarat silon bawaslu debat visi jadwal kampanye surat tata cara info tim bakal sudah ini atau dengan sebagai
oleh juga tidak mendaftar putra bumi anda kita kami saya masing yang tersebut itu secara
"""
_NOBODY = frozenset(_OTHER_WORDS.split())
_PARTY_BEFORE = re.compile(
    r"(?:partai|parpol|fraksi|kader|politisi|politikus|simpatisan|dp[pwdc]|dpra|caleg|ketum|pengurus)[\s*_:]{1,3}\Z",
    re.IGNORECASE,
)
_PARTIES_BEFORE = re.compile(r"(?:partai(?:\s{1,3}politik)?|parpol)\b[^.!?\n]{0,40}\Z", re.IGNORECASE)
# Between two names of one list: commas, numbers, bullets, line breaks, "dan".
_BESIDE = re.compile(
    r"[\s*_,;:.()&/|•–—-]{0,8}(?:dan\s{1,3}|serta\s{1,3}|atau\s{1,3})?(?:(?:nomor\s{1,3}urut\s{1,3})?[0-9]{1,2}[.)\s]{1,3})?"
    r"(?:partai\s{1,3})?[*_]{0,2}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Empty until its file is read."""

    all: tuple[Participant, ...] = ()

    def standing(self, contest: str, day: date, office: str) -> tuple[Participant, ...]:
        """Everybody who stands in this election where the office of that code is, by number."""
        return _by_number(p for p in self.all if p.contest == contest and p.stands(day) and office.startswith(p.area))

    def named(self, name: str, day: date | None = None) -> Participant | None:
        """Whose name, short name or candidate this is; of several elections the latest."""
        standing = (p for p in self._by_name.get(_plain(name), ()) if p.stands(day))
        return max(standing, key=lambda p: p.begins, default=None)

    def numbered(self, number: int, day: date | None = None, *, party: bool = False) -> Participant | None:
        """The only party, or the only pair or person, with this number, if there is just one."""
        same = (p for p in self.all if p.number == number and (p.kind is ParticipantKind.PARTY) == party)
        found = [p for p in same if p.stands(day)]
        return found[0] if len(found) == 1 else None

    def mentions(self, text: str, day: date | None = None) -> tuple[Mention, ...]:
        """Every place where a participant (of that day) is named, in order, none inside another."""
        return _mentions(self, text, day)

    def find(self, text: str, day: date | None) -> tuple[Mention, ...]:
        """`mentions` without its memory."""
        numbered = [
            Mention(
                start=match.start(),
                end=match.end(),
                kind=MentionKind.NUMBER,
                participant=self.numbered(number, day, party=match["party"] is not None),
                number=number,
            )
            for match in _NUMBER.finditer(text)
            if (number := _figure(match["number"] or match["plain"]))
        ]
        return _apart([*self._named(text, day), *numbered, *_guesses(text)])

    def _named(self, text: str, day: date | None) -> list[Mention]:
        words = [
            Mention(start=start, end=end, kind=MentionKind.NAME if clear else MentionKind.GUESS, participant=found)
            for start, end, clear in _words(self._pattern, text)
            if (found := self.named(text[start:end], day)) is not None
        ]
        return _without_doubt(text, words)

    @cached_property
    def _by_name(self) -> dict[str, list[Participant]]:
        table: dict[str, list[Participant]] = {}
        for participant in self.all:
            for name in {
                _plain(n) for n in (participant.name, *participant.clear, *participant.short, *participant.people)
            }:
                table.setdefault(name, []).append(participant)
        return table

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        clear = {name for p in self.all for name in (p.name, *p.clear, *p.people)}
        short = {name for p in self.all for name in p.short} - clear
        if not clear and not short:
            return None
        parts = [rf"(?P<clear>(?i:{_alternatives(clear)}))"] + (
            [rf"(?P<short>{_alternatives(short)})"] if short else []
        )
        return re.compile(rf"(?<![\w@#./])(?:{'|'.join(parts)})(?!\w|-?\s?RB\b|[.-]\w)")


def _figure(written: str) -> int:
    return int(written) if written.isdigit() else _FIGURES.index(written.casefold()) + 1


def _by_number(some: Iterator[Participant]) -> tuple[Participant, ...]:
    return tuple(sorted(some, key=lambda p: (p.number is None, p.number or 0, p.name)))


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\s*_]+", name.replace("’", "'"))).casefold()


def _alternatives(names: set[str]) -> str:
    """The longest first; any space may be wide or a line break, an apostrophe straight or curly."""
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", rf"{_S}{{1,3}}").replace("'", "['’]") for name in longest)


@lru_cache(maxsize=64)
def _mentions(participants: Participants, text: str, day: date | None) -> tuple[Mention, ...]:
    """Several rules ask the same text; the answer does not change."""
    return participants.find(text, day)


def _words(pattern: re.Pattern[str] | None, text: str) -> Iterator[tuple[int, int, bool]]:
    """Where a name stands, and whether it is a clear one."""
    for match in pattern.finditer(text) if pattern else ():
        yield *match.span(), match.lastgroup == "clear"


def _without_doubt(text: str, words: list[Mention]) -> list[Mention]:
    """A short name counts after "Partai", beside a party that is surely meant, or as one of three in a row."""
    sure = [
        word.kind is MentionKind.NAME or bool(_PARTY_BEFORE.search(text[max(0, word.start - 16) : word.start]))
        for word in words
    ]
    runs: list[list[int]] = []
    for number, word in enumerate(words):
        if runs and _beside(text, words[runs[-1][-1]].end, word.start):
            runs[-1].append(number)
        else:
            runs.append([number])
    kept: list[Mention] = []
    for run in runs:
        first = words[run[0]]
        listed = len(run) > 1 and _PARTIES_BEFORE.search(text[max(0, first.start - 64) : first.start])
        whole = listed or any(sure[n] for n in run) or len({words[n].participant for n in run}) >= 3
        kept += [words[n] for n in run if whole]
    return [
        Mention(start=w.start, end=w.end, kind=MentionKind.NAME, participant=w.participant, number=_number(w))
        for w in kept
    ]


def _number(word: Mention) -> int | None:
    return word.participant.number if word.participant else None


def _beside(text: str, end: int, start: int) -> bool:
    return start - end <= 40 and _BESIDE.match(text[end:start]) is not None


def _guesses(text: str) -> Iterator[Mention]:
    for match in _GUESS.finditer(text):
        first = re.split(r"[\s–&/-]", match["name"].strip(), maxsplit=1)[0]
        if first.casefold().strip(".’'") not in _NOBODY:
            yield Mention(start=match.start(), end=match.end(), kind=MentionKind.GUESS)


def bare_numbers(text: str) -> Iterator[Mention]:
    """`nomor 2` or `nomor urut 2` without a word that says whose; it may count something else."""
    for match in _BARE_NUMBER.finditer(text):
        yield Mention(start=match.start(), end=match.end(), kind=MentionKind.NUMBER, number=_figure(match["number"]))


def _apart(mentions: list[Mention]) -> tuple[Mention, ...]:
    """In order; of two that overlap the surer one."""
    gravity = {MentionKind.NAME: 0, MentionKind.NUMBER: 1, MentionKind.GUESS: 2}
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, gravity[m.kind], -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif gravity[mention.kind] < gravity[kept[-1].kind]:
            kept[-1] = mention
    return tuple(kept)
