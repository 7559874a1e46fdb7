"""L04: links that are dead by their spelling, inside the office only, or not encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.addresses import UNREACHABLE, Written, written_in
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.hosts import OFFICIAL
from bakohumas_bot.domain.weblinks import WebLink, find_links

_BROKEN_SCHEME = re.compile(
    r"(?<![^\W_])(?P<scheme>h{0,2}t{1,3}p{1,2}s?)(?P<mark>[:;.,]?[ ]?[/\\]{1,3}[ ]?|:)(?=[^\W_][\w-]{0,62}\.[^\W_])",
    re.IGNORECASE,
)
_BROKEN_WWW = re.compile(r"(?<![\w.])www(?:,[ ]?|[ ]\.[ ]?|\.[ ]|\.\.)(?=[^\W_][\w-]{0,62}\.[^\W_])", re.IGNORECASE)
_BROKEN_OFFICIAL = re.compile(
    r"(?<![^\W_])kpu(?:[ ]?[.,]{1,2}[ ]?)go(?:[ ]?[.,]{1,2}[ ]?)id(?![^\W_])|(?<=[.-])kpu[ ]go[ ]id(?![^\W_])",
    re.IGNORECASE,
)


def dead_links(checkup: Checkup) -> Iterator[Finding]:
    """What is dead by its spelling, and what is not encrypted. Whether a page answers is looked at on the desk."""
    for written in written_in(checkup):
        for start, end, right in _misspelled(written.text):
            yield L04.finding(
                written.place(start, end),
                repairs=written.repairs(Repair(label=f"Ganti dengan {right.strip()}", text=right)),
                link=written.text[start:end],
                right=right,
            )
        for link in find_links(written.text):
            yield from _unsafe(written, link)


def _misspelled(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _BROKEN_SCHEME.finditer(text):
        whole = found[0].lower()
        if whole not in {"http://", "https://"} and (found["scheme"].lower().startswith("http") or len(whole) > 5):
            yield found.start(), found.end(), "https://"
    for found in _BROKEN_WWW.finditer(text):
        yield found.start(), found.end(), "www."
    for found in _BROKEN_OFFICIAL.finditer(text):
        if found[0].lower() != OFFICIAL:
            yield found.start(), found.end(), OFFICIAL


def _unsafe(written: Written, link: WebLink) -> Iterator[Finding]:
    place = written.place(link.start, link.end)
    if link.scheme and UNREACHABLE.match(link.host):
        yield L04.finding(place, says="dalam", what=written.what, link=link.printed)
    elif link.scheme == "http" and not written.field.startswith("sumber["):
        right = f"https{link.printed[4:]}"
        yield L04.finding(
            place,
            severity=Severity.SARAN,
            says="http",
            repairs=written.repairs(Repair(label=f"Ganti dengan {right}", text=right)),
            what=written.what,
            link=link.printed,
            right=right,
        )


L04 = Rule(
    code="L04",
    name="TAUTAN_MATI",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=dead_links,
    about="Mencari alamat yang salah tulis, hanya terbuka di jaringan kantor, atau belum memakai https.",
)
