"""P05 and P06: where somebody lives, when somebody was born, and the numbers that belong to a person alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.naming import Named, names
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity

_ADDRESS = re.compile(
    r"\bRT\s?/\s?RW\s{0,2}[.:]?\s{0,2}[0-9]{1,3}\s{0,2}/\s{0,2}[0-9]{1,3}"
    r"|\bRT\.?\s{0,2}[0-9]{1,3}\s{0,2}[/,]?\s{0,2}(?:dan\s)?RW\.?\s{0,2}[0-9]{1,3}"
    r"|\bRT\.?\s{0,2}[0-9]{1,3}\b"
    r"|\b(?:Jl|Jln|Jalan|Gang|Gg|Komp(?:leks)?"
    r"|Perum(?:ahan)?)\b\.?\s{1,2}[A-Z0-9][\w.’' /\-]{1,48}?[ ,]{0,2}\b(?:No|Nomor|Nmr"
    r"|Blok)\b\.?\s{0,2}[A-Z]{0,2}[0-9]{1,4}[A-Za-z]?\b"
)
_HOME = re.compile(
    r"\b(?:rumah|kediaman|tempat\s{1,2}tinggal|bertempat\s{1,2}tinggal|tinggal\s{1,2}di|berdomisili|domisili"
    r"|beralamat|alamat(?:nya)?"
    r"(?:\s{1,2}(?:rumah|tinggal|ktp))?|bermukim|menetap|warga)\b",
    re.IGNORECASE,
)
_PUBLIC_PLACE = re.compile(
    r"\b(?:kantor|TPS|tempat\s{1,2}pemungutan\s{1,2}suara|sekretariat|balai|gedung|aula|sekolah|SD|SDN|SMP|SMPN"
    r"|SMA|SMAN|SMK|SMKN|MTs|MAN|madrasah"
    r"|kampus|universitas|hotel|masjid|musala|gereja|pura|vihara|lapangan|posko|puskesmas|rumah\s{1,2}sakit|RSUD"
    r"|gudang|PPS|PPK|toko|kafe|cafe"
    r"|restoran|rumah\s{1,2}makan|rumah\s{1,2}(?:dinas|jabatan|pintar|adat|ibadah)|graha|pendopo|stadion"
    r"|terminal|pelabuhan|ruang|lokasi|KPU"
    r"|Bawaslu|panti|pondok|pesantren|bank|lapas|rutan|ketua\s{1,2}RT|pengurus\s{1,2}RT|RT\s{1,2}setempat)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"[.!?](?=\s{1,3}[A-Z])|\n\s{0,3}\n")
_ABBREVIATED = re.compile(r"\b(?:Jl|Jln|No|Gg|Bpk|Sdr|Sdri|H|Hj|Dr|dr|Ir|Drs|RT|RW|Kec|Kel|Kab|M|S|Tn|Ny|Alm)\.\Z")


def home_addresses(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        last = 0
        if not names(text):
            continue
        for match in _ADDRESS.finditer(text):
            if match.start() < last or told_as_wrong(checkup.content.kind, text, match.start()):
                continue
            start, end = _sentence(text, match.start(), match.end())
            who = _whose(text, start, match.start(), end, match.end())
            if who is None or _PUBLIC_PLACE.search(text, start, match.start()):
                continue
            last = match.end() + 60
            sure = bool(_HOME.search(text, start, match.start()))
            yield P05.finding(
                Place(field=field, start=match.start(), end=match.end()),
                severity=None if sure else Severity.PERINGATAN,
                repairs=(Repair(label="Hapus alamat", text=""),) if sure else (),
            )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    since = max(0, start - 200)
    for stop in _SAID.finditer(text, since, start):
        if not _ABBREVIATED.search(text[max(0, stop.start() - 5) : stop.start() + 1]):
            since = stop.end()
    until = next((stop.start() for stop in _SAID.finditer(text, end, min(len(text), end + 120))), end + 120)
    return since, min(until, len(text))


def _whose(text: str, start: int, address: int, end: int, behind: int) -> Named | None:
    """The person of the address: right before it, or anywhere before it where a word says that somebody lives there."""
    before = names(text, start, address)
    if _HOME.search(text, start, address):
        named = [
            name for name in before if name.sure or not _PLACE_BEFORE.search(text, max(0, name.start - 14), name.start)
        ]
        if named:
            return max(named, key=lambda name: name.sure)
        return next((name for name in names(text, behind, end) if name.sure), None)
    close = [name for name in before if _ADJOINS.fullmatch(text[name.end : address])]
    return close[-1] if close else None


_PLACE_BEFORE = re.compile(
    r"\b(?:di|ke|dari|desa|kelurahan|kecamatan|dusun|kota|kabupaten|jalan|jl\.?)\s{1,2}\Z", re.IGNORECASE
)
_ADJOINS = re.compile(r"[*_]{0,3}\s{0,2}(?:[,(:\-–|]|\([0-9]{1,3}(?:\stahun)?\),?)\s{0,3}[*_]{0,3}")

_MONTH = (
    r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|n[ov]{2}ember|desember"
    r"|jan|feb|mar|apr|jun|jul|agu|agt|sep|sept|okt|nov|des)\.?"
)
_DAY = (
    rf"(?:0?[1-9]|[12][0-9]|3[01])(?:\s{{1,2}}{_MONTH}\s{{1,2}}|[\-/.](?:0?[1-9]|1[0-2])[\-/.])(?P<year>(?:18"
    rf"|19|20)[0-9]{{2}})(?![0-9])"
)
_LABELLED = re.compile(
    r"\b(?:tempat\s{0,2}(?:,|/|dan|&)?\s{0,2}(?:tanggal|tgl\.?)\s{0,2}lahir|(?:tanggal|tgl\.?)\s{0,2}lahir|TTL"
    r"|TTGL)\b[ \t|*_]{0,6}[:=|]?"
    rf"[ \t|*_]{{0,6}}(?:[A-Za-z][A-Za-z.’' ]{{1,40}}[,/]\s{{0,3}})?{_DAY}",
    re.IGNORECASE,
)
_BORN = re.compile(
    rf"\b(?:(?:di)?lahir(?:kan)?\s{{1,2}}(?:di|pada)\s{{1,2}}|kelahiran\s{{1,2}}"
    rf"|lahir\s{{1,2}}(?=[A-Z0-9]))(?:[A-Za-z][A-Za-z.’' ]{{1,40}}[,]?\s{{1,2}}"
    rf"|tanggal\s{{1,2}})?(?:pada\s{{1,2}})?(?:tanggal\s{{1,2}})?{_DAY}",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(?:pemilih|warga|wni|penduduk|mereka|siapa|anda|setiap|semua|seseorang|bagi|hari|apabila|jika|bila|bayi"
    r"|kpu|lembaga|organisasi"
    r"|negara|pancasila|sistem|undang-undang|generasi)\b[^.\n]{0,24}\Z",
    re.IGNORECASE,
)
_NIP = re.compile(
    r"(?<![0-9])(?:19[4-9][0-9]|20[01][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[ .\u00a0]?(?:19"
    r"|20)[0-9]{2}(?:0[1-9]|1[0-2]|2[01])"
    r"[ .\u00a0]?[12][ .\u00a0]?[0-9]{3}(?![0-9])"
)
_NIP_WORD = re.compile(r"\bNIP(?:PPK)?\b[.:\s]{0,4}\Z", re.IGNORECASE)
_BANK = (
    r"\b(?:BRI|BNI|BCA|BTN|BSI|BPD|Bank(?:\s[A-Z][A-Za-z]{1,20}){1,3}|CIMB(?:\sNiaga)?|Danamon|Permata"
    r"|Mandiri|Bankaltimtara|SeaBank|Jago)\b"
)
_ACCOUNT = re.compile(
    rf"(?:\b(?i:(?:nomor\s|no\.?\s?)?rekening|norek|no\.?\s?rek|rek)\b\.?"
    rf"|{_BANK})[^0-9\n]{{0,48}}(?<!Rp)(?<!Rp )(?<!Rp\.)(?P<number>[0-9](?:[ .\-]?[0-9]){{7,17}})(?![0-9])"
)
_OFFICE_ACCOUNT = re.compile(
    r"\b(?:bendahara|kas\s{1,2}(?:negara|daerah|umum)|rkud|rkun|rkdk|dana\s{1,2}kampanye|pnbp"
    r"|a\.?\s?n\.?\s{0,2}(?:KPU|Komisi|Sekretariat|Panitia|Yayasan|PT|CV)"
    r"|atas\s{1,2}nama\s{1,2}(?:KPU|Komisi|Sekretariat|Panitia|Yayasan|PT|CV))\b",
    re.IGNORECASE,
)
_LONG_AGO, _OLDEST = 90, 120
# The oldest voter is no figure of history.
_HERE = re.compile(
    r"\b(?:pemilih|tercatat|terdaftar|petugas|coklit|pantarlih|pemohon|Mbah|Nenek|Kakek|Opa|Oma|NIK|KTP|dokumen)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:pahlawan|proklamator|pendiri|perintis|tokoh|presiden|pejuang|sejarah|mengenang|gugur|pelopor)\b",
    re.IGNORECASE,
)


def private_data(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for match in (*_LABELLED.finditer(text), *_BORN.finditer(text)):
            born = int(match["year"])
            lives = born > checkup.today.year - _LONG_AGO or (
                born > checkup.today.year - _OLDEST and _of_somebody_here(text, match)
            )
            if lives and _of_a_person(text, match):
                yield P06.finding(
                    Place(field=field, start=match.start(), end=match.end()), severity=Severity.PERINGATAN
                )
        for match in _NIP.finditer(text):
            word = _NIP_WORD.search(text, max(0, match.start() - 12), match.start())
            start = word.start() if word else match.start()
            yield P06.finding(
                Place(field=field, start=start, end=match.end()),
                severity=Severity.PERINGATAN,
                says="nip",
                repairs=(Repair(label="Hapus NIP", text=""),),
            )
        for match in _ACCOUNT.finditer(text):
            if told_as_wrong(checkup.content.kind, text, match.start()):
                continue
            around = text[max(0, match.start() - 60) : match.end() + 80]
            if not _OFFICE_ACCOUNT.search(around):
                yield P06.finding(
                    Place(field=field, start=match.start("number"), end=match.end("number")),
                    says="rekening",
                )


def _of_somebody_here(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 160) : match.end() + 80]
    return bool(_HERE.search(around)) and not _HISTORY.search(around)


def _of_a_person(text: str, match: re.Match[str]) -> bool:
    if match.re is _LABELLED or any(name.sure for name in names(text, max(0, match.start() - 60), match.start())):
        return True
    return not _ANYBODY.search(text, max(0, match.start() - 40), match.start())


P05 = Rule(
    code="P05",
    name="ALAMAT_RUMAH",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 27/2022 tentang Pelindungan Data Pribadi",
    version=1,
    check=home_addresses,
    about="Mencari alamat rumah (RT/RW, jalan dan nomor) yang terhubung dengan nama seseorang.",
)
P06 = Rule(
    code="P06",
    name="TTL_NIP_REKENING",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 27/2022; UU 23/2006 jo. UU 24/2013 Pasal 84",
    version=1,
    check=private_data,
    about="Mencari tempat dan tanggal lahir, NIP, dan nomor rekening seseorang.",
)
