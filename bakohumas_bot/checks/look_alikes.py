"""L01: an address that pretends to be an official one, and a host that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.addresses import UNREACHABLE, Written, paragraph, written_in
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.hosts import OFFICIAL, Owner, official_twin, owner
from bakohumas_bot.domain.tlds import TLDS
from bakohumas_bot.domain.weblinks import WebLink, find_links

_WARNS = re.compile(
    r"\b(?:palsu|tiruan|penipuan|menipu|hoa(?:ks|x)|phishing|pengelabuan|mengatasnamakan|menyerupai|mirip|waspada"
    r"|hati-hati|bukan\s{1,3}(?:merupakan\s{1,3})?(?:\w{1,15}\s{1,3}){0,2}(?:resmi|milik|kpu)"
    r"|jangan\s{1,3}(?:\w{1,15}\s{1,3})?(?:klik|buka|akses|percaya|mengeklik|membuka|mengakses))\b",
    re.IGNORECASE,
)


def domains(checkup: Checkup) -> Iterator[Finding]:
    """A look-alike stops; any other unknown host asks whether it is meant. Sources may stand anywhere."""
    own = checkup.office.hosts
    for written in written_in(checkup):
        for link in find_links(written.text):
            twin = official_twin(link.host, own) or _twin_in_account(link, own)
            if twin is not None:
                yield _look_alike(checkup, written, link, twin)
            elif not link.mail and not written.field.startswith("sumber["):
                yield from _unknown(checkup, written, link)


def _twin_in_account(link: WebLink, own: tuple[str, ...]) -> str | None:
    """`https://kpu.go.id@contoh.com` leads to contoh.com."""
    pretended = link.account.lower()
    is_official = owner(link.host, own) is Owner.OFFICE
    return OFFICIAL if "kpu" in pretended and "." in pretended and not is_official else None


def _look_alike(checkup: Checkup, written: Written, link: WebLink, twin: str) -> Finding:
    place = written.place(link.start, link.end)
    if not written.code and _warned_of(checkup, written.text, link.start):
        harmless = link.printed.replace(link.host, link.host.replace(".", "[.]")) if link.host in link.printed else twin
        return L01.finding(
            place,
            severity=Severity.PERINGATAN,
            says="diperingatkan",
            repairs=(Repair(label=f"Tulis {harmless}", text=harmless),),
            link=link.printed,
            harmless=harmless,
        )
    right = link.moved_to(twin)
    repairs = written.repairs(Repair(label=f"Ganti dengan {right}", text=right))
    return L01.finding(place, repairs=repairs, what=written.what, link=link.printed, right=right)


def _warned_of(checkup: Checkup, text: str, at: int) -> bool:
    around = paragraph(text, at, at)
    return told_as_wrong(checkup.content.kind, text, at) or _WARNS.search(around) is not None


def _unknown(checkup: Checkup, written: Written, link: WebLink) -> Iterator[Finding]:
    whose = owner(link.host, checkup.office.hosts)
    bare = not link.scheme and not link.host.startswith("www.")
    if whose not in _ASKED_ABOUT or UNREACHABLE.match(link.host) or (bare and not _surely_a_host(link)):
        return
    mild = whose is Owner.PARTNER or (bare and not link.rest and not written.code)
    yield L01.finding(
        written.place(link.start, link.end),
        severity=Severity.SARAN if mild else Severity.PERINGATAN,
        says="mirip" if whose is Owner.NAMED_LIKE_KPU else "lain",
        what=written.what,
        link=link.printed,
        host=link.host,
        official=(checkup.office.hosts or (OFFICIAL,))[0],
    )


_ASKED_ABOUT = {Owner.PARTNER, Owner.NAMED_LIKE_KPU, Owner.OTHER}
# Endings that words of a running text hardly have by mistake, as `M.Si` and `Drs.H` do.
_COMMON_ENDINGS = "com net org id info xyz online site click link top store shop web app page live club biz icu"
_COMMON = frozenset(_COMMON_ENDINGS.split())


def _surely_a_host(link: WebLink) -> bool:
    ending = link.host.rpartition(".")[2]
    if link.rest.startswith("/") and ending in TLDS:
        return link.printed[: len(link.host)].islower()
    return ending in _COMMON and link.printed.islower() and len(link.host.rpartition(".")[0]) > 2


L01 = Rule(
    code="L01",
    name="DOMAIN",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d; laman resmi KPU hanya di bawah kpu.go.id",
    version=1,
    check=domains,
    about="Mencari tautan dan kode QR yang meniru domain kpu.go.id, dan menanyakan domain lain yang bukan laman resmi.",
)
