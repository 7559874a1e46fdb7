"""F12: what was published or planned before. What lies near is gathered by `lifecycle.archive`; this weighs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.domain.alike import Alike, Degree, Likeness
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.times import long_time

_TWICE = timedelta(hours=24)
_USUAL = 3  # other posts with the very same file: a logo, a background, nobody's slip
_AGAIN = re.compile(
    r"(?<!\w)#?(?:pengingat|rubrik|reminder|repost)|\btayang\s{1,3}ulang\b|\bjangan\s{1,3}lupa\b"
    r"|\b(?:kembali|kami|ingin|sekadar|sekedar)\s{1,3}(?:kembali\s{1,3})?(?:me)?ng?ingatkan\b|\bkami\s{1,3}ingatkan\b"
    r"|\bmengingatkan\s{1,3}kembali\b|\bingatkan\s{1,3}kembali\b|\bunggah(?:an)?\s{1,3}ulang\b",
    re.IGNORECASE,
)
_MILDER = {Severity.BLOK: Severity.PERINGATAN, Severity.PERINGATAN: Severity.SARAN, Severity.SARAN: None}
_GRAVEST_FIRST = tuple(Severity)


def _duplicates(checkup: Checkup) -> Iterator[Finding]:
    """Of each field only the gravest, and of those the nearest in time."""
    weighed = [(severity, one) for one in checkup.alike if (severity := _weighed(checkup, one))]
    weighed.sort(key=lambda pair: (_GRAVEST_FIRST.index(pair[0]), _apart(checkup, pair[1]), -pair[1].post))
    told: set[str] = set()
    for severity, one in weighed:
        if one.field not in told:
            told.add(one.field)
            yield _finding(checkup, severity, one)


def _weighed(checkup: Checkup, one: Alike) -> Severity | None:
    severity = _of_text(checkup, one) if one.likeness is Likeness.TEXT else _of_picture(checkup, one)
    return _MILDER[severity] if severity and _says_again(checkup, one) else severity


def _of_text(checkup: Checkup, one: Alike) -> Severity | None:
    """On another account it is the way in which offices spread their news."""
    mends = checkup.content.kind is Kind.RALAT and one.degree is not Degree.SAME
    if mends or (one.degree is Degree.PATTERN and not one.accounts):
        return None
    if one.degree is Degree.PATTERN or not one.accounts:
        return Severity.SARAN
    return Severity.BLOK if one.whole and _apart(checkup, one) < _TWICE else Severity.PERINGATAN


def _of_picture(checkup: Checkup, one: Alike) -> Severity | None:
    """Two posters of one template look alike: there only their words can tell, so looks alone weigh little."""
    repeated = any(
        other.post == one.post and other.likeness is Likeness.TEXT and other.degree is not Degree.PATTERN
        for other in checkup.alike
    )
    if repeated or one.degree is Degree.PATTERN or not one.accounts:
        return None
    if one.degree is Degree.NEARLY:
        return Severity.SARAN
    posts = {other.post for other in checkup.alike if other.field == one.field and other.degree is Degree.SAME}
    return Severity.PERINGATAN if len(posts) < _USUAL else None


def _says_again(checkup: Checkup, one: Alike) -> bool:
    """A reminder, or the rubric of the week: it comes again because it is meant to."""
    text = checkup.content.text_for(one.field.removeprefix("varian."))
    return checkup.content.kind is Kind.REPOST or _AGAIN.search(f"{checkup.content.title}\n{text}") is not None


def _apart(checkup: Checkup, one: Alike) -> timedelta:
    return abs((one.at or checkup.now) - checkup.moment)


_SAYS: Mapping[tuple[Likeness, Degree], str] = {
    (Likeness.TEXT, Degree.SAME): "sama",
    (Likeness.TEXT, Degree.NEARLY): "mirip",
    (Likeness.TEXT, Degree.PATTERN): "pola",
    (Likeness.PICTURE, Degree.SAME): "berkas",
    (Likeness.PICTURE, Degree.NEARLY): "gambar",
    (Likeness.PICTURE, Degree.PATTERN): "gambar",
}


def _finding(checkup: Checkup, severity: Severity, one: Alike) -> Finding:
    return F12.finding(
        Place(field=one.field),
        severity=severity,
        says="" if severity is Severity.BLOK else _SAYS[one.likeness, one.degree],
        post=one.post,
        title=_short(one.title),
        when=_when(checkup, one),
        where=_where(checkup, one.accounts),
    )


def _when(checkup: Checkup, one: Alike) -> str:
    if one.at is None:
        return "sedang menunggu persetujuan"
    hour = long_time(one.at, checkup.office.zone, pukul=True)
    return f"sudah terbit {hour}" if one.public else f"direncanakan terbit {hour}"


def _where(checkup: Checkup, accounts: tuple[str, ...]) -> str:
    labels = [checkup.specs[checkup.accounts[name].platform].label for name in accounts if name in checkup.accounts]
    return f"di {', '.join(dict.fromkeys(labels))}" if labels else "di kanal lain"


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"


F12 = Rule(
    code="F12",
    name="DUPLIKAT",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (divalidasi sebelum disebarluaskan)",
    version=1,
    check=_duplicates,
    about="Teks atau gambar yang sama, atau hampir sama, dengan konten satker ini dalam 30 hari.",
)
RULES: tuple[Rule, ...] = (F12,)
