"""P07: health, disability, religion, a crime or money, said of a person whom the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.naming import Named, names
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity

_ILLNESS = (
    r"(?:kanker|stroke|diabetes|jantung|HIV|AIDS|TBC|tuberkulosis|covid(?:-19)?|demam\sberdarah|DBD|tifus|tipes"
    r"|hepatitis|ginjal"
    r"|hipertensi|asma|epilepsi|depresi|skizofrenia|gangguan\s(?:jiwa|mental)|malaria|tumor|leukemia"
    r"|kusta|maag|lambung|paru(?:-paru)?)"
)
_HEALTH = (
    r"mengidap\s|menderita\s(?!ke(?:rugian|kalahan))|didiagnos[ai]s?\s|terdiagnos[ai]s?\s|(?:dinyatakan\s"
    r"|terkonfirmasi\s)?positif\s(?:covid|hiv|tbc|hamil|narkoba)"
    rf"|terjangkit\s|terinfeksi\s|terserang\s(?:penyakit\s)?{_ILLNESS}|terkena\s(?:penyakit\s"
    rf"|serangan\s)?{_ILLNESS}|sakit\s{_ILLNESS}|serangan\s{_ILLNESS}"
    rf"|(?:karena|akibat)\s(?:sakit\s|penyakit\s|serangan\s)?{_ILLNESS}|menjalani\s(?:cuci\sdarah|kemoterapi"
    rf"|operasi|rawat\sinap|terapi|rehabilitasi)"
    r"|(?:sedang\s|masih\s)?dirawat\s(?:karena|akibat|intensif|di\s(?:RS|ICU|ruang|rumah\ssakit))|keguguran\b"
    rf"|lumpuh\b(?:\s(?:karena|akibat)\s(?:sakit\s|penyakit\s|serangan\s)?{_ILLNESS})?"
    r"|gangguan\s(?:jiwa|mental)|berpenyakit\s|penyintas\s(?:kanker|covid)|(?:sedang\s)?hamil\b"
)
_DISABILITY = (
    r"(?:adalah\s|merupakan\s)?(?:seorang\s)?(?:penyandang\s(?:disabilitas|cacat|tuna)|tuna\s?(?:netra|rungu"
    r"|wicara|daksa|grahita)\b|difabel\b"
    r"|disabilitas\s(?:netra|rungu|fisik|mental|intelektual|daksa|sensorik|ganda)|pengguna\skursi\sroda|(?:ber"
    r"|meng|memakai\s|menggunakan\s)kursi\sroda|menggunakan\skursi\sroda|berkursi\sroda)"
)
_RELIGION = (
    r"beragama\s|memeluk\sagama\s|menganut\s(?:agama|kepercayaan)\s|penganut\s(?:agama|kepercayaan)\s"
    r"|pindah\s(?:ke\s)?agama|(?:seorang\s)?mualaf\b"
)
_CRIME = (
    r"(?:seorang\s)?(?:mantan|eks|bekas)\s(?:narapidana|napi|terpidana|tahanan)|residivis\b|pernah\s(?:dipidana"
    r"|dipenjara|dihukum|ditahan|divonis)|divonis\s(?:penjara|bersalah|[0-9])"
    r"|dipidana\spenjara|(?:men)?dipenjara\b"
)
_ACCUSED = (
    r"(?:ditetapkan\s(?:sebagai|jadi|menjadi)\s|berstatus\s|menjadi\s|sebagai\s|adalah\s)?(?:tersangka"
    r"|terdakwa|terpidana)\b|terlibat\s(?:kasus|tindak)|ditahan\s(?:polisi|penyidik|kejaksaan)|ditangkap\s"
)
_MONEY = (
    r"(?:memiliki|mempunyai|punya|menunggak)\s(?:utang|hutang|pinjaman|tunggakan|cicilan|tabungan|saldo)"
    r"|terlilit\s(?:utang|hutang|pinjol)|berutang\s"
    r"|bergaji\s|(?:menerima\s|mendapat\s)gaji\s(?:sebesar\s)?Rp|berpenghasilan\s"
    r"|(?:ber)?penghasilan(?:nya)?\s(?:sebesar\s)?Rp|gaji(?:nya)?\s(?:sebesar\s)?Rp"
)
_ABOUT = {
    "kesehatan": _HEALTH,
    "disabilitas": _DISABILITY,
    "agama": _RELIGION,
    "catatan hukum": _CRIME,
    "perkara hukum": _ACCUSED,
    "keuangan pribadi": _MONEY,
}
_KEYS = {f"k{number}": name for number, name in enumerate(_ABOUT)}
_SPACE, _SPACES = re.compile(r"\\s(?!\?)"), r"\\s{1,2}"
_SAID = re.compile(
    "|".join(rf"(?P<k{number}>\b(?:{_SPACE.sub(_SPACES, pattern)}))" for number, pattern in enumerate(_ABOUT.values())),
    re.IGNORECASE,
)
# Between a name and what is said of it: an age, an office, a small word; never another verb.
_BETWEEN = re.compile(
    r"[*_]{0,3}(?:\s?\([^()\n]{1,30}\))?,?\s{0,2}(?:[0-9]{1,3}(?:\stahun)?,?\s)?(?:selaku\s|anggota\s"
    r"|ketua\s)?(?:(?:yang|juga|memang|ternyata|kini|saat ini|sedang|tengah|masih"
    r"|diketahui|dikabarkan|dilaporkan|dinyatakan|adalah|merupakan|pernah|sudah|telah|meninggal(?:\sdunia)?"
    r"|wafat|karena|akibat|dirawat|absen|tidak hadir|berhalangan|seorang|pemilih|warga)"
    r",?\s{1,2}){0,5}[(–\-]?\s?",
    re.IGNORECASE,
)
# Of somebody who is surely meant more may stand between: where from, since when, with what outcome.
_FARTHER = re.compile(
    r"[*_]{0,3}(?:,?\s{1,2}(?:warga|anggota|petugas|pemilih|asal|dari|peserta|pelamar|calon|seorang|[0-9]{1,3}\stahun)\b"
    r"[^,.;\n]{0,40},)?,?\s{0,2}"
    r"(?:(?:yang|sudah|telah|masih|sejak|selama|dua|tiga|empat|lima|beberapa|bertahun-tahun|[0-9]{1,4}|tahun|bulan|hari"
    r"|pekan|lama|terbaring|dinyatakan|gugur|dicoret|diganti|diberhentikan|mundur|mengundurkan\sdiri|tidak\slulus"
    r"|tidak\shadir|karena|akibat|lantaran|sebab|hasil|tes|pemeriksaan|kesehatan|kesehatannya|menunjukkan|terbukti"
    r"|ternyata|diketahui|kini|sedang|pernah|ia|hanya|bisa|juga|memang|saat|ini|jatuh|harus|terpaksa|berhalangan|absen"
    r"|mengaku|meninggal|dunia|wafat|adalah|merupakan|seorang),?\s{1,2}){0,12}+",
    re.IGNORECASE,
)
# What is said first, then whose: `penyandang disabilitas bernama ...`.
_THEN_A_NAME = re.compile(
    r"\w{0,10}(?:\s(?:netra|rungu|fisik|mental|intelektual|daksa|sensorik|wicara|ganda|kasus|korupsi|narkotika"
    r"|narkoba)){0,2}"
    r"(?:\sasal\s[A-Z]\w{1,20})?(?:,?\s(?:yakni|yaitu|bernama|atas\snama|a\.n\.|berinisial|Bapak|Ibu|Pak|Bu"
    r"|Sdri?\.?|Saudara|Saudari)|[,:])?"
    r"[\s,*_(\-–]{1,4}",
)
_GROUP = re.compile(
    r"\b(?:ketua|sekretaris|pengurus|anggota|perwakilan|perkumpulan|persatuan|komunitas|forum|organisasi"
    r"|himpunan|yayasan|komisi"
    r"|komite|sahabat|pendamping|relawan|akses|aksesibilitas|hak|ramah|bagi|untuk|layanan|kelompok|hari"
    r"|rumah\ssakit)\b[^.\n]{0,30}\Z",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:(?:atas|dengan|seizin|telah\smemberi(?:kan)?|sudah\smemberi(?:kan)?)\s{1,2}(?:izin|persetujuan)"
    r"|seizin|persetujuan\s{1,2}(?:tertulis|yang\s{1,2}bersangkutan)|LHKPN)\b",
    re.IGNORECASE,
)
_FIELD_OF_A_FORM = re.compile(
    r"^[ \t|*_\-•0-9.)]{0,8}(?P<what>agama|golongan\s{1,2}darah|riwayat\s{1,2}(?:penyakit|kesehatan|hukum)"
    r"|status\s{1,2}kesehatan|jenis\s{1,2}disabilitas|penghasilan)"
    r"[ \t*_]{0,10}[:=][ \t*_]{0,6}(?P<value>[A-Za-z0-9][^\n|]{0,60})",
    re.IGNORECASE | re.MULTILINE,
)
_NAME_FIELD = re.compile(
    r"^[ \t|*_\-•0-9.)]{0,8}nama(?:\s{1,2}lengkap)?[ \t*_]{0,10}[:=][ \t*_]{0,6}[A-Z]", re.IGNORECASE | re.MULTILINE
)
_BREAK = re.compile(r"[.!?;](?=\s)|\n")


def told_of_a_person(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        if _CONSENT.search(text):
            continue
        for match in _SAID.finditer(text):
            if told_as_wrong(checkup.content.kind, text, match.start()):
                continue
            what = _KEYS[str(match.lastgroup)]
            if _person_of(text, match) is not None:
                yield _finding(field, match.start(), match.end(), text, what)
        if _NAME_FIELD.search(text):
            for match in _FIELD_OF_A_FORM.finditer(text):
                yield P07.finding(
                    Place(field=field, start=match.start("what"), end=match.end("value")),
                    severity=Severity.PERINGATAN,
                    what=match["what"].lower(),
                )


def _finding(field: str, start: int, end: int, text: str, what: str) -> Finding:
    shown = len(text[start:end].rstrip())
    return P07.finding(
        Place(field=field, start=start, end=start + shown),
        severity=Severity.PERINGATAN if what == "perkara hukum" else None,
        what=what,
    )


def _person_of(text: str, match: re.Match[str]) -> Named | None:
    since = max(0, match.start() - 110)
    for name in sorted(names(text, since, match.start()), key=lambda name: -name.end):
        between = _without_degrees(text[name.end : match.start()])
        near = _BETWEEN.fullmatch(between) or (name.sure and _FARTHER.fullmatch(between))
        if near and _not_a_group(text, name):
            return name
    until = min(len(text), match.end() + 80)
    for name in sorted(names(text, match.end(), until), key=lambda name: name.start):
        if _THEN_A_NAME.fullmatch(text, match.end(), name.start):
            return name if not _GROUP.search(text, max(0, match.start() - 60), match.start()) else None
    return None


_DEGREES = re.compile(r",\s?(?:[SM]\.\s?[A-Z][A-Za-z]{0,4}\.?|SH|SE|MH|MM|M\.?Si)(?=[\s,])")


def _without_degrees(between: str) -> str:
    return _DEGREES.sub("", between) if "," in between else between


def _not_a_group(text: str, name: Named) -> bool:
    return name.sure or not re.search(
        r"\b(?:di|ke|dari|Desa|Kelurahan|Kecamatan|Jalan|Jl\.)\s{1,2}\Z", text[max(0, name.start - 14) : name.start]
    )


P07 = Rule(
    code="P07",
    name="DATA_SPESIFIK",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 27/2022 Pasal 4",
    version=1,
    check=told_of_a_person,
    about="Mencari keterangan kesehatan, disabilitas, agama, hukum, atau keuangan pada nama seseorang.",
)
