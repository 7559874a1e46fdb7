"""N01 to N07 and N10: nobody who stands for election is favoured or harmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from bakohumas_bot.checks.appeals import N01
from bakohumas_bot.checks.fairness import N03
from bakohumas_bot.checks.incumbents import N07
from bakohumas_bot.checks.praise import N04, N05
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.checks.sentences import sentence, sentence_bounds
from bakohumas_bot.checks.stand import (
    MANY,
    OFFICIAL_ACT,
    called,
    graver_in_contest,
    in_contest,
    mentions,
    written,
    written_and_shown,
)
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.participants import Mention, MentionKind
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind

_OLD = timedelta(days=30)
_ARCHIVE = re.compile(
    r"\b(?:dok|dokumentasi|arsip|ilustrasi|file foto|foto lama|repro|tangkapan layar)\b", re.IGNORECASE
)
_DRAWN = frozenset(
    {Kind.INFOGRAFIS, Kind.MEME, Kind.SLIDE, Kind.IKLAN, Kind.UCAPAN, Kind.KLARIFIKASI_HOAKS, Kind.RALAT}
)
_DUTY_KINDS = frozenset({Kind.PENGUMUMAN, Kind.KLARIFIKASI_HOAKS, Kind.RALAT})


def named_participants(checkup: Checkup) -> Iterator[Finding]:
    """Once for each text. Whoever is named, a leader of the office reads it: a duty announcement is only a hint."""
    for field, text in written_and_shown(checkup):
        found = mentions(checkup, text)
        if not found:
            continue
        grave = [m for m in found if not _of_duty(checkup, text, m)]
        complete = _everybody(checkup, found)
        first = grave[0] if grave and not complete else found[0]
        yield N02.finding(
            Place(field=field, start=first.start, end=first.end),
            severity=None if grave and not complete else Severity.SARAN,
            names=_listed(list(dict.fromkeys(called(m, text) for m in found))),
        )


def _of_duty(checkup: Checkup, text: str, mention: Mention) -> bool:
    if checkup.content.kind in _DUTY_KINDS or mention.kind is MentionKind.GUESS:
        return True
    around = sentence(text, mention.start, mention.end)
    return OFFICIAL_ACT.search(around) is not None or told_as_wrong(checkup.content.kind, text, mention.start)


def _everybody(checkup: Checkup, found: tuple[Mention, ...]) -> bool:
    shown = {m.participant for m in found if m.participant}
    contests = {p.contest for p in shown}
    everybody = {
        p
        for contest in contests
        for p in checkup.knowledge.participants.standing(contest, checkup.today, checkup.office.code)
        if p.kind in {one.kind for one in shown}
    }
    numbers = {m.number for m in found}
    counted = len(numbers) > 1 and numbers == set(range(1, len(numbers) + 1))
    return everybody <= shown if shown else counted


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 4 else f"{', '.join(names[:3])}, dan {len(names) - 3} lainnya"


def old_photos(checkup: Checkup) -> Iterator[Finding]:
    """An old photo may show a pose or a person that today means a side; "dok." says that it is old."""
    if not in_contest(checkup) or checkup.content.kind in _DRAWN or _ARCHIVE.search(checkup.content.body):
        return
    for number, media in enumerate(checkup.content.media):
        if media.kind is not MediaKind.IMAGE or _ARCHIVE.search(media.alt):
            continue
        seen = checkup.seen.get(media.sha256)
        taken = seen.taken_at if seen else None
        if taken is None:
            yield N06.finding(Place(field=f"media[{number}]"), severity=Severity.SARAN, says="tanpa_tanggal")
            continue
        local = taken if taken.tzinfo else taken.replace(tzinfo=checkup.office.zone)
        if checkup.moment - local > _OLD:
            days = (checkup.moment - local).days
            yield N06.finding(Place(field=f"media[{number}]"), days=days)


_HANDLE = re.compile(r"(?<![\w@./])@(?P<handle>[A-Za-z0-9_.]{1,40}[A-Za-z0-9_])")
_HASHTAG = re.compile(r"(?<![\w#&])#(?P<tag>\w{3,80})")
_PARTY_HANDLE = re.compile(
    r"gerindra|golkar|pdi_?perjuangan|pdip(?![a-z])|nasdem|hanura|perindo|demokrat|(?:^|[_.])(?:pks|pkb|pan|ppp"
    r"|psi|pbb|pkn)(?=[_.]|$)"
    r"|partai_?(?:buruh|gelora|garuda|ummat|aceh|pks|pkb|pan|ppp|psi)|(?:dp[pwdc]|fraksi)_?(?:pks|pkb|pan|ppp|psi|pbb)"
    r"|(?:pks|pkb|pan|ppp|psi)(?:sejahtera|id|official)$",
    re.IGNORECASE,
)
_CAMPAIGN_TAG = re.compile(
    r"(?:coblos|pilih|menang(?:kan)?|dukung|salam|paslon|nomor(?:urut)?|no)_?0?[1-9](?![0-9])(?!januari"
    r"|februari|maret|april|mei"
    r"|juni|juli|agustus|september|oktober|november|desember|kali|menit|hari)"
    r"|(?<![0-9])0[1-9]_?(?:menang|yes|oke|jaya|untuk|gas|pemenang|juara)"
    r"|\A(?:2019|2024|2029)?_?ganti_?(?:presiden|gubernur|bupati|wali_?kota)|dua_?periode|2_?periode"
    r"|lanjutkan_?(?:2|dua)"
    r"|\Acoblos_?(?:partai|gerindra|golkar|pdi)|(?:gerindra|golkar|pdip|pdi_?perjuangan|nasdem|hanura|perindo)",
    re.IGNORECASE,
)
_DEBATE = re.compile(
    r"\bdebat\s{1,3}(?:publik|terbuka|kandidat|capres|cawapres|calon|pasangan|paslon|perdana|pertama|kedua|ketiga)\b",
    re.IGNORECASE,
)


def tagged(checkup: Checkup) -> Iterator[Finding]:
    """A mention reaches the participant's followers, and a campaign's hashtag joins the campaign."""
    standing = [p for p in checkup.knowledge.participants.all if p.stands(checkup.today)]
    accounts = {account for p in standing for account in p.accounts}
    tags = {tag for p in standing for tag in p.hashtags}
    for field, text in written(checkup):
        debate = _DEBATE.search(text) is not None
        theirs = (
            (match, debate and handle in accounts)
            for match in _HANDLE.finditer(text)
            if (handle := match["handle"].casefold()) in accounts or _PARTY_HANDLE.search(handle)
        )
        for match, mild in islice(theirs, MANY):
            yield _tagged(checkup, field, match, text, says="", debate=mild)
        campaign = (m for m in _HASHTAG.finditer(text) if m["tag"].casefold() in tags or _CAMPAIGN_TAG.search(m["tag"]))
        for match in islice(campaign, MANY):
            yield _tagged(checkup, field, match, text, says="tagar", debate=False)


def _tagged(checkup: Checkup, field: str, match: re.Match[str], text: str, *, says: str, debate: bool) -> Finding:
    mild = debate or told_as_wrong(checkup.content.kind, text, match.start())
    first, last = sentence_bounds(text, match.start(), match.end())
    alone = text[first:last].strip() == match[0]
    return N10.finding(
        Place(field=field, start=match.start(), end=match.end()),
        severity=Severity.SARAN if mild else graver_in_contest(checkup),
        says=says,
        printed=match[0],
        repairs=() if alone else (Repair(label=f"Hapus {match[0]}", text=""),),
    )


N02 = Rule(
    code="N02",
    name="NAMA_PESERTA",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="UU 7/2017 Pasal 14 huruf b; Peraturan DKPP 2/2017 Pasal 8",
    version=1,
    check=named_participants,
    about="Partai, pasangan calon, atau calon disebut; persetujuannya juga diminta kepada pembina.",
)
N06 = Rule(
    code="N06",
    name="FOTO_ARSIP",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="SKB netralitas ASN 22/2022; imbauan Bawaslu tentang unggahan foto lama",
    version=1,
    check=old_photos,
    about="Selama tahapan: foto berusia lebih dari 30 hari, atau tanpa tanggal, yang tidak diberi label dokumentasi.",
)
N10 = Rule(
    code="N10",
    name="AKUN",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 7/2017 Pasal 14 huruf b; Peraturan DKPP 2/2017 Pasal 8",
    version=1,
    check=tagged,
    about="Akun peserta ditandai, atau tagar kampanye dipakai.",
)
RULES: tuple[Rule, ...] = (N01, N02, N03, N04, N05, N06, N07, N10)
