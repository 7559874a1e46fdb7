"""F09, N08, N09, T01 and T02: what the stage of the election allows at the hour of publishing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from bakohumas_bot.checks.counts import N08, N09
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.checks.schedule import F09
from bakohumas_bot.checks.sentences import sentence_bounds
from bakohumas_bot.checks.stand import MANY, mentions, written
from bakohumas_bot.domain.almanac import ZONES, long_date, zone_label
from bakohumas_bot.domain.calendar import StageRule
from bakohumas_bot.domain.dates import find_dates
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.participants import MentionKind
from bakohumas_bot.domain.posts import Kind

_FAVOURS = re.compile(
    r"\b(?:visi(?:[ ,]{1,2}(?:dan )?misi)?|misi dan program|program (?:kerja|unggulan|prioritas)|rekam jejak"
    r"|track record"
    r"|citra diri|profil|janji (?:politik|kampanye)|jadwal kampanye|iklan (?:layanan )?kampanye"
    r"|materi kampanye|kampanye akbar"
    r"|(?:tayangan|siaran|cuplikan|video|foto|dokumentasi|agenda|orasi|kegiatan) kampanye"
    r"|kampanye (?:paslon|pasangan calon|calon|partai|capres|caleg|kandidat|peserta)"
    r"|rapat umum|debat (?:publik|terbuka|kandidat|pasangan|paslon|calon|capres|cawapres))\b",
    re.IGNORECASE,
)
_CAMPAIGN = re.compile(r"kampanye|debat|rapat umum", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:paslon|pasangan calon|calon|capres|cawapres|caleg|kandidat|peserta|partai)\b", re.IGNORECASE)
_RULES_TOLD = re.compile(
    r"\b(?:dilarang|larangan|melarang|tidak (?:boleh|diperbolehkan|diperkenankan|dibenarkan|lagi)|jangan|hentikan"
    r"|menghentikan|dihentikan|penertiban|ditertibkan|menertibkan|diturunkan|menurunkan|pembersihan|dibersihkan"
    r"|berakhir"
    r"|selesai|sanksi|pidana|imbau\w*|mengimbau|tanpa|telah|sudah|usai)\b",
    re.IGNORECASE,
)


def unfit_for_the_stage(checkup: Checkup) -> Iterator[Finding]:
    """By the hour of publishing: what was right when it was written may go out on a day that forbids it."""
    stages = checkup.knowledge.calendar.active(checkup.moment, checkup.office.zone)
    for stage in stages:
        if checkup.content.kind.value in stage.banned:
            yield T01.finding(
                Place(field="jenis"), override=Override.CHAIR, says="jenis", kind=checkup.content.kind, stage=stage.name
            )
    silent = {StageRule.QUIET, StageRule.COUNT_EMBARGO}
    quiet = next((stage for stage in stages if stage.rules & silent), None)
    if quiet is None or checkup.content.kind is Kind.KLARIFIKASI_HOAKS:
        return
    for field, text in written(checkup):
        last = -1
        for match in _FAVOURS.finditer(text):
            if match.start() < last:
                continue
            first, last = sentence_bounds(text, match.start(), match.end())
            around = text[first:last]
            named = [m for m in mentions(checkup, around) if m.kind is not MentionKind.GUESS]
            if _RULES_TOLD.search(around) or not (named or _WHOSE.search(around)):
                continue
            yield T01.finding(
                Place(field=field, start=match.start(), end=match.end()),
                severity=None if named or _CAMPAIGN.search(match[0]) else Severity.PERINGATAN,
                override=Override.NEVER if named else Override.CHAIR,
                printed=match[0],
                stage=quiet.name.lower(),
                ends=long_date(quiet.ends),
            )
            break


_EMBARGO = re.compile(
    r"\b(?:di)?embargo\b[^.!?\n]{0,40}?\b(?:sampai(?: dengan)?|hingga|s\.d\.?|s/d)\b"
    r"|\bembargo\s{0,3}:(?=[^\n]{0,60}[0-9])"
    r"|(?P<order>\b(?:tidak untuk|jangan|belum boleh|tidak boleh) (?:disiarkan|dipublikasikan|diterbitkan"
    r"|disebarluaskan|dirilis)\b[^.!?\n]{0,20}?\b(?:sebelum|sampai|hingga)\b)",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"embargo|(?:siar|publikasi|terbit|luas|rilis)kan|rahasia|[ck]onfiden[st]ial|dikecualikan|terbatas|internal"
    r"|sendiri",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:pukul|pkl\.?|jam)\s{0,3}(?P<hour>[01]?[0-9]"
    r"|2[0-4])(?:[.:](?P<minute>[0-5][0-9]))?(?:\s{0,3}(?P<zone>WITA|WIB|WIT)\b)?"
    r"|\b(?P<hour2>[01]?[0-9]|2[0-4])[.:](?P<minute2>[0-5][0-9])\s{0,3}(?P<zone2>WITA|WIB|WIT)\b",
    re.IGNORECASE,
)
# Waits for an act of the office itself, whose hour the text does not tell.
_BEFORE_AN_ACT = re.compile(
    r"\s{1,3}(?:rapat )?(?:pleno|penetapan|ditetapkan|pengumuman resmi|diumumkan(?: secara)? resmi|ditandatangani"
    r"|konferensi pers|jumpa pers|pelantikan|peluncuran)\b",
    re.IGNORECASE,
)
_OTHER_EMBARGO = re.compile(r"\b(?:embargo (?:senjata|ekonomi|dagang|perdagangan|minyak))\b", re.IGNORECASE)
_WITHHELD = re.compile(
    r"(?:^|\n)[ \t*_#>\[(]{0,6}(?:(?i:(?:sifat|klasifikasi|status|kategori)(?: informasi| surat| dokumen)?\s{0,3}:"
    r"[\s*_]{0,4}(?:informasi )?(?:yang )?(?:sangat )?(?:dikecualikan|rahasia|terbatas))"
    r"|(?:INFORMASI )?(?:YANG )?DIKECUALIKAN|(?:SANGAT )?(?:RAHASIA|KONFIDENSIAL))[ \t*_\]).]{0,6}(?=\n|\Z)"
    r"|(?i:\b(?:dokumen|surat|naskah) ini (?:bersifat |merupakan |termasuk )(?:informasi )?(?:yang )?"
    r"(?:rahasia|dikecualikan|terbatas)\b)"
    r"|(?:SANGAT )?(?:RAHASIA|KONFIDENSIAL|CONFIDENTIAL)[ \t*_\])]{0,4}[–—:.,;!/-](?=[^\n]{0,12}"
    r"(?i:\b(?:tidak untuk|jangan|belum boleh|tidak boleh|dilarang|hanya untuk|untuk kalangan|dokumen|draf)\b))"
    r"|(?P<inside>(?i:(?:^|\n|\()[ \t*_]{0,4}(?:tidak untuk (?:disebarluaskan|dipublikasikan)"
    r"|(?:hanya )?untuk (?:kalangan|keperluan) (?:internal|sendiri)))[ \t*_).]{0,6}(?=\n|\Z|\)))"
)


def held_back(checkup: Checkup) -> Iterator[Finding]:
    for field, text in written(checkup):
        if _HINT.search(text) is None:
            continue
        for match in islice(_EMBARGO.finditer(text), MANY):
            if not _OTHER_EMBARGO.search(text, match.start(), match.end()) and not told_as_wrong(
                checkup.content.kind, text, match.start()
            ):
                yield from _embargo(checkup, field, text, match)
        for match in islice(_WITHHELD.finditer(text), MANY):
            at = match.start() + len(match[0]) - len(match[0].lstrip("\n \t*_#>[("))
            yield T02.finding(
                Place(field=field, start=at, end=match.end()),
                severity=Severity.PERINGATAN if match["inside"] else None,
                says="dikecualikan",
                printed=text[at : match.end()],
            )


def _embargo(checkup: Checkup, field: str, text: str, match: re.Match[str]) -> Iterator[Finding]:
    _, last = sentence_bounds(text, match.start(), match.end())
    last = min(last + 40, match.end() + 100, len(text))
    release = _release(checkup, text[match.end() : last])
    if release is None and match["order"] and not _BEFORE_AN_ACT.match(text, match.end()):
        return  # advice against hoaxes: "jangan disebarluaskan sebelum diperiksa"
    if release is None:
        place = Place(field=field, start=match.start(), end=match.end())
        yield T02.finding(place, severity=Severity.PERINGATAN, says="tanpa_waktu")
        return
    moment, length = release
    place = Place(field=field, start=match.start(), end=match.end() + length)
    if checkup.moment < moment:
        local = moment.astimezone(checkup.office.zone)
        clock = f"{local:%H.%M} {zone_label(moment, checkup.office.zone)}"
        yield T02.finding(place, release=f"{long_date(local.date())}, pukul {clock}")
    else:
        yield T02.finding(place, severity=Severity.SARAN, says="lewat")


def _release(checkup: Checkup, tail: str) -> tuple[datetime, int] | None:
    """When it may be told, and where that stands to its end. A day without an hour begins at midnight."""
    clock = _CLOCK.search(tail)
    dates = find_dates(tail)
    day = checkup.today
    if dates:
        first = dates[0]
        year = first.year or checkup.today.year
        try:
            day = day.replace(year=year, month=first.month, day=first.day)
        except ValueError:
            return None
    elif clock is None:
        return None
    zone = checkup.office.zone
    hour, minute = 0, 0
    if clock:
        hour, minute = int(clock["hour"] or clock["hour2"]), int(clock["minute"] or clock["minute2"] or 0)
        zone = ZONES.get((clock["zone"] or clock["zone2"] or "").upper(), zone)
    end = max(clock.end() if clock else 0, dates[0].end if dates else 0)
    return datetime(day.year, day.month, day.day, hour % 24, minute, tzinfo=zone), end


T01 = Rule(
    code="T01",
    name="TAHAPAN_AKTIF",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU 7/2017 Pasal 276, 278, dan 287 ayat (5); PKPU tahapan yang berlaku",
    version=1,
    check=unfit_for_the_stage,
    about="Konten yang tidak boleh tayang pada tahapan yang berjalan di waktu tayangnya.",
)
T02 = Rule(
    code="T02",
    name="EMBARGO",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU 14/2008 Pasal 17; Juknis Bakohumas BAB II huruf E, kode etik 1.c",
    version=1,
    check=held_back,
    about="Konten yang tayang sebelum batas embargo, atau ditandai dikecualikan.",
)
RULES: tuple[Rule, ...] = (F09, N08, N09, T01, T02)
