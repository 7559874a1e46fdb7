"""P03 and P04: a telephone or a mailbox that is a person's own, not the office's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.naming import names
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, read_in_files, texts
from bakohumas_bot.domain.contacts import digits_of_phone
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity

_GAP = r"(?:[ .\-–—\u00a0\u2011]|\ [\-–—]\ )"
# Behind the 8 of a mobile number stand eight to eleven more figures, split or not.
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z=])(?<![0-9][.,\-/])(?:\(?\+?62\)?{_GAP}?(?:\(?0\)?)?{_GAP}?"
    rf"|\(?0[ \-]?)(?P<rest>8(?:\)?{_GAP}?[0-9]){{8,11}})"
    r"(?![0-9])(?![.,/\-][0-9])"
)
# 0 8 1 2 ... and 08 12 34 56 78 90 are read out so; 08.15 – 10.30 are hours.
_GROUPED = re.compile(r"[0-9]{3,}")
_SPACED_OUT = re.compile(r"[0-9](?:[ \-][0-9]){9,12}|[0-9]{2}(?:[ \-][0-9]{2}){4,5}[ \-]?[0-9]?")
_NO_ZERO = re.compile(
    r"\b(?:wa|whatsapp|hp|no\.?\s?hp|telp|telepon|ponsel|handphone"
    r"|kontak)\b[\s.:]{1,4}(?P<rest>8[1-9][0-9](?:[ \-]?[0-9]){6,9})(?![0-9])",
    re.IGNORECASE,
)
_CHAT_LINK = re.compile(
    r"(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|whatsapp://send\?phone="
    r"|tel:)\+?(?P<rest>62?0?8[0-9]{8,11})(?![0-9])",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:nol|kosong)[ ,\-]{1,2}(?:delapan|lapan)(?:[ ,\-]{1,2}(?:nol|kosong|satu|dua|tiga|empat|lima|enam"
    r"|tujuh|delapan|lapan|sembilan)\b){7,11}",
    re.IGNORECASE,
)
# A number that is not a telephone, by what it is called.
_OTHER = re.compile(
    r"\b(?:rekening|norek|no\.?\s?rek|rek|resi|nisn|nim|nis|faktur|invoice|tiket|nik|kk|npwp|nip"
    r"|(?:(?:ber)?nomor|no\.?|kode)\s{1,2}(?:registrasi|pendaftaran|antrean|antrian|seri|surat|peserta"
    r"|urut))\b[^0-9\n]{0,24}\Z",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:hot\s?line|call\s?cent(?:er|re)|contact\s?cent(?:er|re)|whatsapp\s?cent(?:er|re)|wa\s?cent(?:er|re)"
    r"|pusat\s(?:panggilan|layanan)"
    r"|help\s?desk|service\s?desk|meja\slayanan|layanan\s(?:pengaduan|aduan|informasi|publik|masyarakat|pemilih)"
    r"|posko\s(?:pengaduan|aduan|layanan)|pos\spengaduan|(?:nomor|no\.?|telepon|telp\.?|whatsapp|wa|narahubung"
    r"|kontak)\s(?:resmi|kantor|layanan|pengaduan|dinas|ppid)"
    r"|resmi\s(?:kpu|kantor|satker)|(?:whatsapp|wa)\s(?:business|bisnis|resmi)|ppid|nomor\skantor|darurat"
    r"|ambulans)\b",
    re.IGNORECASE,
)
_NEAR = 70


def mobile_numbers(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for start, end in _numbers(text):
            if not _may_be_public(checkup, text, start, end):
                yield P03.finding(Place(field=field, start=start, end=end), repairs=(_LEAVE_OUT,))
    for field, text in read_in_files(checkup):
        if any(not _may_be_public(checkup, text, start, end) for start, end in _numbers(text)):
            yield P03.finding(Place(field=field), severity=Severity.PERINGATAN, says="berkas")


_LEAVE_OUT = Repair(label="Hapus nomor", text="")


def _numbers(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _CHAT_LINK.finditer(text)]
    spans += [_bare(match) for match in _MOBILE.finditer(text) if _is_mobile(text, match)]
    spans += [match.span("rest") for match in _NO_ZERO.finditer(text)]
    spans += [match.span() for match in _SPOKEN.finditer(text)]
    found: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


def _bare(match: re.Match[str]) -> tuple[int, int]:
    """Without a bracket that opens before the number and closes behind it."""
    start, end = match.span()
    return (start + 1, end) if match[0].startswith("(") and ")" not in match[0] else (start, end)


def _is_mobile(text: str, match: re.Match[str]) -> bool:
    """Not two hours side by side, not an account or a queue number."""
    number = digits_of_phone(match[0])
    grouped = bool(_GROUPED.search(match[0])) and not re.match(r"\(?0?8[.\-–—]", match[0])
    if number[2:3] == "0" or not (grouped or _SPACED_OUT.fullmatch(match[0])):
        return False
    return not _OTHER.search(text, max(0, match.start() - 60), match.start())


def _may_be_public(checkup: Checkup, text: str, start: int, end: int) -> bool:
    written = text[start:end].rpartition("/")[2].rpartition("=")[2]
    return (
        checkup.knowledge.contacts.knows_phone(written)
        or told_as_wrong(checkup.content.kind, text, start)
        or _called_official(text, start, end)
    )


def _called_official(text: str, start: int, end: int) -> bool:
    """The text calls it the office's number, and nobody's name stands beside it."""
    since = max(text.rfind("\n\n", max(0, start - _NEAR), start) + 1, start - _NEAR, 0)
    before = text[since:start]
    called = max(_OFFICIAL.finditer(before), key=re.Match.end, default=None)
    behind = re.match(r"\s{0,2}\((?P<inside>[^()\n]{2,40})\)", text[end : end + 50])
    if called is None:
        return bool(behind and _OFFICIAL.search(behind["inside"]))
    named = any(name.start >= since + called.end() for name in names(text, since, start))
    return not named and not (behind and re.match(r"\s?(?:[A-Z][a-z]+|(?:Bapak|Ibu|Pak|Bu)\s)", behind["inside"]))


_FREE = (
    "gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|msn|icloud|me|mac|aol|proton|protonmail|pm|gmx|zoho|mail"
    "|yandex|tutanota|tuta"
)
_MAIL = re.compile(
    r"(?<![\w.+\-])(?P<local>[\w.+\-]{1,64})\s?(?:@|\[at\]|\(at\)|\sat\s)\s?"
    rf"(?P<domain>(?:{_FREE})(?:\.|\s?(?:\[dot\]|\(dot\)|\[titik\]|\(titik\))\s?)(?:com|co\.id|co\.uk|net|org|me"
    rf"|id|ru|de)(?:\.[a-z]{{2}})?)(?![\w\-]|\.\w)",
    re.IGNORECASE,
)
_OFFICE_BOX = re.compile(
    r"kpu|ppid|humas|sekretariat|bakohumas|pengaduan|helpdesk|pelayanan|layanan|informasi|bawaslu|ppk|pps|panwas"
    r"|media"
    r"|teknis|datin|perencanaan|parmas|hukum|logistik|admin|redaksi|panitia|dinas|kominfo|dukcapil|kecamatan"
    r"|kelurahan|desa"
    r"|pemkab|pemkot|jdih",
    re.IGNORECASE,
)


def free_mailboxes(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for match in _MAIL.finditer(text):
            address = re.sub(r"\s?(?:\[at\]|\(at\)|\sat\s)\s?", "@", match[0], flags=re.IGNORECASE).replace(" ", "")
            if checkup.knowledge.contacts.knows_mail(address) or told_as_wrong(
                checkup.content.kind, text, match.start()
            ):
                continue
            office = bool(_OFFICE_BOX.search(match["local"]))
            yield P04.finding(
                Place(field=field, start=match.start(), end=match.end()),
                severity=Severity.SARAN if office else None,
                says="kantor" if office else "",
                mail=match[0],
            )


P03 = Rule(
    code="P03",
    name="TELEPON",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 27/2022 tentang Pelindungan Data Pribadi",
    version=1,
    check=mobile_numbers,
    about="Mencari nomor telepon seluler yang tidak tercantum pada daftar kontak resmi kantor.",
)
P04 = Rule(
    code="P04",
    name="SUREL_PRIBADI",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="UU 27/2022 tentang Pelindungan Data Pribadi",
    version=1,
    check=free_mailboxes,
    about="Mencari alamat pos-el gratis (Gmail, Yahoo, dan sejenisnya) di luar daftar kontak resmi kantor.",
)
