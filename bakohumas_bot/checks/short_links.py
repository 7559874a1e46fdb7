"""L02: nobody sees where a shortened link leads."""

from __future__ import annotations

from collections.abc import Iterator

from bakohumas_bot.checks.addresses import Written, is_near, requests, written_in
from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.hosts import OFFICIAL, Owner, owner
from bakohumas_bot.domain.weblinks import find_links


def short_links(checkup: Checkup) -> Iterator[Finding]:
    """Nobody sees where it leads. Where data are asked for beside it, that is how data are stolen."""
    for written in written_in(checkup):
        asked = requests(written.text)
        for link in find_links(written.text):
            if owner(link.host, checkup.office.hosts) is not Owner.SHORTENER or len(link.rest) < 2:
                continue
            collects = _beside_the_code(checkup, written) if written.code else is_near(written.text, link, asked)
            yield L02.finding(
                written.place(link.start, link.end),
                severity=None if collects else Severity.PERINGATAN,
                says="data" if collects else "",
                what=written.what,
                link=link.printed,
                official=(checkup.office.hosts or (OFFICIAL,))[0],
            )


def _beside_the_code(checkup: Checkup, written: Written) -> bool:
    number = int(written.field.partition("[")[2].partition("]")[0])
    media = checkup.content.media[number]
    seen = checkup.seen.get(media.sha256)
    return any(requests(text) for text in (checkup.content.body, media.alt, seen.text if seen else ""))


L02 = Rule(
    code="L02",
    name="PEMENDEK",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d; UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
    version=1,
    check=short_links,
    about="Mencari pemendek tautan dalam teks dan kode QR; menahannya bila di dekatnya publik diminta mengisi data.",
)
