"""P01, P02, P08 and P11: numbers and papers that say who a person is, in the text and in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.identity import built_like_an_identity, digits, sixteen_digits
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, read_in_files, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity

_LAW = "UU 23/2006 jo. UU 24/2013 Pasal 84; UU 27/2022"
_FAMILY_CARD = r"\bkk\b|\bkartu\s{1,3}keluarga(?:nya|mu)?\b"
_OTHER_CARD = r"\bnik\b|\bktp\b|\bktp-el\b|\bnpwp\b|\bnomor\s{1,3}induk\s{1,3}kependudukan\b"
_LABELS = re.compile(rf"(?P<family>{_FAMILY_CARD})|(?P<person>{_OTHER_CARD})", re.IGNORECASE)
_NAMED_NIK = re.compile(r"\b(?:NIK|nomor\s{1,3}induk\s{1,3}kependudukan)\b[^0-9\n]{0,12}\Z", re.IGNORECASE)
_OTHER_NUMBER = re.compile(r"[0-9]{5}")
_NEAR = 48


def identity_numbers(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for start, end in sixteen_digits(text):
            number = digits(text[start:end])
            if _label(text, start) == "family" and not _made_up(number):
                continue
            if built_like_an_identity(number):
                yield P01.finding(Place(field=field, start=start, end=end), repairs=_hidden(text[start:end]))
            elif _NAMED_NIK.search(text, max(0, start - 60), start) and not _made_up(number):
                yield P01.finding(
                    Place(field=field, start=start, end=end),
                    severity=Severity.PERINGATAN,
                    says="disebut",
                    repairs=_hidden(text[start:end]),
                )


def family_card_numbers(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for start, end in sixteen_digits(text):
            if _label(text, start) == "family" and not _made_up(digits(text[start:end])):
                yield P02.finding(Place(field=field, start=start, end=end), repairs=_hidden(text[start:end]))


def _label(text: str, start: int) -> str | None:
    """What the number is called: the last label before it, unless another number stands between."""
    labels = list(_LABELS.finditer(text, max(0, start - _NEAR), start))
    if not labels or _OTHER_NUMBER.search(text, labels[-1].end(), start):
        return None
    return labels[-1].lastgroup


def _made_up(number: str) -> bool:
    """1234567890123456, 0000000000000000: shown so that nobody's own number has to be."""
    return len(set(number)) <= 2 or number in "12345678901234567890123456789" or "0000000000" in number


def _hidden(number: str) -> tuple[Repair, ...]:
    hidden = "•" * 12
    return (Repair(label="Samarkan nomor", text=digits(number)[:4] + hidden),)


# Words printed on the papers themselves; an announcement that asks for a paper holds one of them at most.
_PAPERS = {
    "KTP": (
        r"\bprovinsi\b",
        r"\bnik\b",
        r"\btempat\s{0,2}/\s{0,2}tgl\.?\s{1,2}lahir\b",
        r"\bgol\.?\s{0,2}darah\b",
        r"\bstatus\s{1,2}perkawinan\b",
        r"\bkewarganegaraan\b",
        r"\bberlaku\s{1,2}hingga\b",
        r"\brt\s{0,2}/\s{0,2}rw\b",
        r"\bkel\s{0,2}/\s{0,2}desa\b",
    ),
    "Kartu Keluarga": (
        r"\bkartu\s{1,2}keluarga\b",
        r"\bnama\s{1,2}kepala\s{1,2}keluarga\b",
        r"\bstatus\s{1,2}hubungan\b",
        r"\bjenis\s{1,2}pekerjaan\b",
        r"\bno\.?\s{0,2}paspor\b",
        r"\bnama\s{1,2}orang\s{1,2}tua\b",
        r"\bgolongan\s{1,2}darah\b",
    ),
    "ijazah": (
        r"\bijazah\b",
        r"\bsurat\s{1,2}tanda\s{1,2}tamat\s{1,2}belajar\b",
        r"\bnomor\s{1,2}induk\s{1,2}siswa(?:\s{1,2}nasional)?\b",
        r"\bnomor\s{1,2}pokok\s{1,2}sekolah\b",
        r"\bdinyatakan\s{1,2}lulus\b|\btelah\s{1,2}lulus\b|\blulus\s{1,2}dari\b",
        r"\bnama\s{1,2}orang\s{1,2}tua\b",
        r"\bgelar\s{1,2}(?:sarjana|magister)\b",
    ),
    "daftar hadir": (
        r"\bdaftar\s{1,2}hadir\b|\babsensi\b",
        r"\btanda\s{1,2}tangan\b|\bttd\b|\bparaf\b",
        r"\bno\.?\s{0,2}(?:hp|telepon|wa)\b|\bnip\b|\binstansi\b|\bjabatan\b",
    ),
}
_PAPER_WORDS = {name: [re.compile(word, re.IGNORECASE) for word in words] for name, words in _PAPERS.items()}
_ENOUGH = 3
_BALLOT = re.compile(r"\bsurat\s{1,2}suara\b", re.IGNORECASE)
_SPECIMEN = re.compile(
    r"\b(?:spesimen|specimen|sample|simulasi|contoh(?=\s{1,3}(?:ktp|kartu|kk|ijazah|surat|dokumen|daftar)))\b"
    r"|^\W{0,6}contoh\W{0,6}$",
    re.IGNORECASE | re.MULTILINE,
)
_STAMPED = re.compile(r"\b(?:SPESIMEN|SPECIMEN|spesimen|specimen|Spesimen|Specimen)\b")
_DEGREE = re.compile(
    r",\s{0,2}(?:S\.\s?[A-Z][A-Za-z]{0,3}|M\.\s?[A-Z][A-Za-z]{0,3}|SH|SE|MH|MM|Ph\.?D|Drs?\.)(?![a-z])"
)
# What OCR makes of figures, tried only behind the word NIK.
_MISREAD = re.compile(r"\bNIK\b[\s:.;=]{0,6}(?P<number>[0-9OoDIlSBZ]{16})(?![0-9A-Za-z])")
_AS_FIGURES = str.maketrans("OoDIlSBZ", "00011582")


def papers_in_files(checkup: Checkup) -> Iterator[Finding]:
    for field, text in read_in_files(checkup):
        stamped = bool(_STAMPED.search(text))
        if any(_is_identity(number) for number in _numbers_read(text)):
            if not stamped:
                yield P08.finding(Place(field=field))
            continue
        paper = _paper(text)
        if paper is not None and not _SPECIMEN.search(text):
            yield P08.finding(Place(field=field), severity=Severity.PERINGATAN, says="dokumen", paper=paper)
        elif _BALLOT.search(text) and len(_DEGREE.findall(text)) >= _ENOUGH and not _SPECIMEN.search(text):
            yield P08.finding(Place(field=field), severity=Severity.PERINGATAN, says="surat_suara")


def _is_identity(number: str) -> bool:
    return built_like_an_identity(number) and not _made_up(number)


def _numbers_read(text: str) -> Iterator[str]:
    for start, end in sixteen_digits(text):
        yield digits(text[start:end])
    for match in _MISREAD.finditer(text):
        yield match["number"].translate(_AS_FIGURES)


def _paper(text: str) -> str | None:
    for name, words in _PAPER_WORDS.items():
        hits = sum(1 for word in words if word.search(text))
        if hits >= _ENOUGH and (name != "ijazah" or words[0].search(text) or words[1].search(text)):
            return name
    return None


def told_by_files(checkup: Checkup) -> Iterator[Finding]:
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        if seen is not None and seen.metadata:
            yield P11.finding(Place(field=f"media[{number}]"), what=", ".join(seen.metadata))


P01 = Rule(
    code="P01",
    name="NIK",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source=_LAW,
    version=2,
    check=identity_numbers,
    about="Mencari enam belas angka yang tersusun seperti NIK atau NPWP perseorangan, dengan pemisah apa pun.",
)
P02 = Rule(
    code="P02",
    name="KK",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source=_LAW,
    version=1,
    check=family_card_numbers,
    about="Mencari nomor kartu keluarga: enam belas angka setelah kata KK atau Kartu Keluarga.",
)
P08 = Rule(
    code="P08",
    name="GAMBAR_DOKUMEN",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source=_LAW,
    version=1,
    check=papers_in_files,
    about="Membaca gambar dan dokumen: NIK, KTP, kartu keluarga, ijazah, daftar hadir, dan surat suara dengan nama.",
)
P11 = Rule(
    code="P11",
    name="METADATA",
    severity=Severity.SARAN,
    override=Override.NONE,
    source="UU 27/2022 tentang Pelindungan Data Pribadi",
    version=1,
    check=told_by_files,
    about="Memberi tahu bila berkas membawa lokasi GPS, nama pembuat, atau jejak penyuntingan.",
)
RULES = (P01, P02, P08, P11)
