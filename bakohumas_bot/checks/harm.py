"""H01 to H03: words that hurt, exclude or threaten.

Built in are only general predicates that are no slurs; all other words are the office's own (`rules/lexicon.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.quoting import denied, quoted, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.lexicon import GROUPS, Allowed, Category, Degree, Entry
from bakohumas_bot.domain.normalised import normalise, words
from bakohumas_bot.domain.posts import Kind

_PEOPLES = words(
    *("jawa", "sunda", "batak", "minang", "bugis", "dayak", "melayu", "papua"),
    *("tionghoa", "madura", "bali", "banjar", "ambon", "aceh", "flores", "timor"),
    *("toraja", "makassar", "betawi", "kutai", "paser", "sasak", "nias", "arab"),
    *("india",),
)
_FAITHS = words(
    *("islam", "muslim", "kristen", "kristiani", "katolik", "protestan", "hindu", "buddha"),
    *("konghucu", "syiah", "ahmadiyah", "yahudi", "nonmuslim", "non-muslim", "non muslim", "penghayat kepercayaan"),
)
_GROUP = (
    rf"\b(?:(?:orang|warga|suku|etnis|keturunan|kaum|anak|pemimpin|calon)(?:-orang)? (?:suku |keturunan "
    rf"|etnis )?(?:{_PEOPLES})"
    rf"|(?:(?:orang|warga|umat|kaum|penganut|pemeluk|pemimpin|calon|agama)(?:-orang)? (?:agama )?)?(?:{_FAITHS})"
    rf"|(?:suku|etnis|umat|penganut agama) [a-z]{{3,15}}"
    rf"|{words('kaum perempuan', 'perempuan', 'wanita', 'penyandang disabilitas', 'kaum difabel', 'difabel')}"
    rf"|{words('pendatang', 'transmigran', 'kaum minoritas', 'minoritas', 'nonpribumi', 'non pribumi')}"
    rf"|{words('agama lain', 'suku lain')}"
    rf"|{words('beda agama', 'beda suku', 'berbeda agama', 'berbeda suku', 'tidak seiman', 'bukan putra daerah')})\b"
)
_LEAD = words(
    "memimpin", "menjadi pemimpin", "jadi pemimpin", "dipilih", "dijadikan pemimpin", "mencalonkan", "jadi bupati"
)
_MORE = words(
    "menjadi bupati", "menjadi gubernur", "menjadi wali kota", "menjadi presiden", "menjadi ketua", "jadi ketua"
)
_UNFIT = (
    rf"(?:tidak|tak|tdk|gak|ga|nggak|jangan) "
    rf"(?:boleh|layak|pantas|patut|bisa|mampu|cocok|usah"
    rf"|akan pernah bisa) (?:{_LEAD}|{_MORE})"
)
# Said behind the group that it is said of.
_BEHIND = re.compile(
    rf"\b(?:{_UNFIT}|haram (?:{_LEAD}|{_MORE})"
    r"|(?:harus|wajib|layak|pantas|patut|sebaiknya|mesti|perlu|segera) (?:di ?usir|disingkirkan|dienyahkan"
    r"|dimusnahkan|dibasmi|angkat kaki|pergi dari)"
    r"|(?:memang|itu|adalah|cuma|hanya|semua|semuanya|dasar|selalu) (?:pemalas|penipu|pencuri|perusak|pengacau"
    r"|parasit|benalu|hama|penjajah|sampah|biang (?:kerok|onar|rusuh|masalah))"
    r"|bukan manusia(?! (?:kelas|lemah|biasa|sempurna|super|nomor))|lebih rendah (?:dari|daripada)|(?:hanya|cuma"
    r"|selalu) (?:bikin|membuat|buat) (?:rusuh|onar|masalah|kacau)"
    r"|(?:tidak|tak) (?:punya hak|pantas|layak) (?:hidup|tinggal)|pulang saja ke (?:asal|kampung))\b"
)
# Said before it.
_BEFORE = re.compile(
    rf"\b(?:(?:ayo |mari |segera |kita )?(?:usir|enyahkan|singkirkan|basmi|musnahkan|ganyang"
    rf"|boikot)(?:lah)?(?: saja| semua| para| itu)*+"
    rf"|jangan (?:mau )?(?:pilih|dipimpin|memilih)(?: oleh| pemimpin| calon| dari| yang)*+|tolak pemimpin(?: dari"
    rf"| yang)*+|haram (?:memilih|dipimpin)(?: oleh| pemimpin)*+"
    rf"|{_UNFIT} karena(?: dia| ia| beliau| mereka| berasal| dari| seorang| berbeda| beda| hanya| cuma)*+)\b"
)
_TARGET = re.compile(_GROUP)
_WINDOW = 48
_LIMIT = re.compile(r"[.!?;\n]")
# A rule that forbids it, a word against it, a condition of the law: then it is no exclusion.
_AGAINST = re.compile(
    r"\b(?:dilarang|larangan|melarang|tanpa|menolak|tolak (?:politik|kampanye|segala)|lawan|melawan|mencegah"
    r"|cegah|stop|hentikan|diskriminasi|pelecehan|pidana|pasal|hak yang sama"
    r"|anggapan|stigma|stereotip|mitos|keliru|salah|tidak benar|bukan berarti|jangan sampai|tidak ada alasan"
    r"|siapa bilang|apakah|benarkah|mengapa"
    r"|usia|umur|17 tahun|terdaftar|dpt|pelatihan|tidak setuju|prihatin|menyesalkan|mengecam)\b"
)


def group_hatred(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        normal = normalise(text)
        for start, end in _excluded(normal.text):
            yield from _judged(H01, checkup, field, text, normal.span(start, end))
        yield from _entries(H01, checkup, field, text, GROUPS)


def _excluded(text: str) -> Iterator[tuple[int, int]]:
    """A group and, in the same sentence and close by, what shuts it out: never a word alone."""
    for match in _BEHIND.finditer(text):
        since = max(0, match.start() - _WINDOW)
        near = _LIMIT.split(text[since : match.start()])[-1]
        target = max(_TARGET.finditer(near), key=re.Match.end, default=None)
        if target and not _spoken_against(text, match.start(), match.end()):
            yield match.start() - len(near) + target.start(), match.end()
    for match in _BEFORE.finditer(text):
        target = _TARGET.match(text, match.end() + 1)
        if target and not _spoken_against(text, match.start(), target.end()):
            yield match.start(), target.end()


def _spoken_against(text: str, start: int, end: int) -> bool:
    before = _LIMIT.split(text[max(0, start - 120) : start])[-1]
    after = _LIMIT.split(text[end : end + 120], maxsplit=1)[0]
    return bool(_AGAINST.search(before) or _AGAINST.search(after))


def _judged(rule: Rule, checkup: Checkup, field: str, text: str, span: tuple[int, int]) -> Iterator[Finding]:
    """A clarification may repeat it; a quotation elsewhere is told to the leader, not forbidden."""
    start, end = span
    kind = checkup.content.kind
    if told_as_wrong(kind, text, start) or _refuted(text, start, end, insult=rule is H03):
        return
    milder = quoted(text, start) or kind is Kind.KLARIFIKASI_HOAKS
    place = Place(field=field, start=start, end=end)
    yield rule.finding(place, severity=Severity.PERINGATAN if milder else None, words=text[start:end])


def _refuted(text: str, start: int, end: int, *, insult: bool) -> bool:
    """A claim can be denied. An insult claims nothing: `hoaks` beside it excuses it only where it is quoted."""
    return denied(text, start, end) and (not insult or quoted(text, start))


_SEVERITY = {Degree.RINGAN: Severity.SARAN, Degree.SEDANG: Severity.PERINGATAN, Degree.BERAT: Severity.BLOK}


def _entries(rule: Rule, checkup: Checkup, field: str, text: str, categories: frozenset[Category]) -> Iterator[Finding]:
    """What the office's own lexicon finds."""
    normal = normalise(text)
    for entry in checkup.knowledge.lexicon.of(categories, checkup.today):
        targets = checkup.knowledge.lexicon.targets.get(entry.target) if entry.target else None
        for match in entry.pattern.finditer(normal.text):
            if match.end() == match.start() or (targets and not _target_near(normal.text, match, targets)):
                continue
            start, end = normal.span(match.start(), match.end())
            if not _allowed(entry, checkup.content.kind, text, start, end):
                place = Place(field=field, start=start, end=end)
                yield rule.finding(place, severity=_SEVERITY[entry.degree], says="daftar", words=text[start:end])


def _target_near(text: str, match: re.Match[str], targets: re.Pattern[str]) -> bool:
    before = _LIMIT.split(text[max(0, match.start() - _WINDOW) : match.start()])[-1]
    after = _LIMIT.split(text[match.end() : match.end() + _WINDOW], maxsplit=1)[0]
    return bool(targets.search(before) or targets.search(after))


def _allowed(entry: Entry, kind: Kind, text: str, start: int, end: int) -> bool:
    if Allowed.KUTIPAN in entry.allowed and quoted(text, start):
        return True
    if Allowed.KLARIFIKASI in entry.allowed and (
        told_as_wrong(kind, text, start) or _refuted(text, start, end, insult=entry.category is Category.KASAR)
    ):
        return True
    return Allowed.NAMA_RESMI in entry.allowed and _part_of_a_name(text, start, end)


def _part_of_a_name(text: str, start: int, end: int) -> bool:
    """Written with a capital beside another capitalised word, in a text that is not all capitals."""
    if not text[start].isupper() or text[start:end].isupper():
        return False
    before, after = text[max(0, start - 30) : start].split(), text[end : end + 30].split()
    return bool((before and before[-1][:1].isupper()) or (after and after[0][:1].isupper()))


_SOMEBODY = (
    r"(?:dia|mereka|kalian|kamu|kau|si [a-z]{2,20}|para [a-z]{3,20}|orang(?:-orang)?(?: itu| ini)?"
    r"|petugas(?:nya)?|anggota|komisioner|panitia|pendukung(?:nya)?|keluarga(?:nya|mu)?"
    r"|penghianat|pengkhianat|ketua(?:nya)?|lawan(?:nya)?|semua(?:nya)?|kaum|umat|suku|warga|bupati|saksi)"
)
_KILL = r"(?:bunuh|bantai|habisi|gantung|penggal|sembelih|gorok|ganyang|tembak|hajar|keroyok)"
_CALL = (
    r"(?:^|(?<=[.!?\n\"“”:,])|\b(?:ayo|mari|kita|yuk|segera|pokoknya|sudah|langsung|kalau perlu|harus"
    r"|tinggal|cepat|siap|serbu|lalu|dan|akan kami|kami akan))"
)
_THREATS = re.compile(
    rf"{_CALL} {{0,2}}(?P<call>{_KILL}(?:lah|kan)?(?: (?:saja|mati|hidup-hidup|semua|ramai-ramai"
    rf"|habis))*+ {_SOMEBODY})\b"
    rf"|\b(?P<just>(?:bunuh|bantai|habisi|gantung|penggal|sembelih|gorok|tembak|keroyok) (?:saja|mati|hidup-hidup"
    rf"|ramai-ramai)(?! diri))\b"
    r"|\b(?P<burn>(?:ayo|mari|kita|segera|serbu dan|kalau perlu|akan kami|kami akan) (?:bakar|serbu|ratakan"
    r"|hancurkan)(?: saja| habis)? (?:kantor|rumah|sekretariat|gudang|tps|mereka|dia)|bakar hidup-hidup)\b"
    r"|\b(?P<deserve>(?:dia|mereka|kalian|kamu|orang(?:-orang)? (?:itu|ini|seperti itu)|petugas(?:nya)?"
    r"|komisioner(?:nya)?|pengkhianat|penghianat|bupati|ketuanya)(?: [a-z]{2,12}){0,2} (?:layak|pantas|harus"
    r"|wajib|patut)(?: [a-z]{2,8})? (?:mati|dibunuh|dibantai|digantung|dibakar|ditembak|dihabisi|dipenggal"
    r"|disembelih|dimusnahkan))\b"
    r"|\b(?P<threat>(?:akan|bakal) (?:kami |kita |saya |ku)?(?:bunuh|bantai|habisi|penggal|gorok)(?! diri)"
    r"|nyawa(?:mu| kalian| kamu)|darah(?:mu| kalian|nya) (?:halal|akan tumpah)|siap-siap (?:mati|dibunuh|dibantai))\b"
    r"|\b(?P<dehuman>(?:mereka|kalian|kamu|orang(?:-orang)? itu|pendukungnya) (?:itu |memang |cuma |hanya "
    r"|adalah |semua )*+(?:bukan manusia(?! (?:kelas|biasa|sempurna|super))|binatang|hewan|hama|kecoak"
    r"|sampah masyarakat))\b"
)
_NO_CALL = re.compile(
    r"\b(?:jangan|dilarang|larangan|stop|hentikan|ancaman|diancam|mengancam|pidana|pasal|kasus|korban|film|drama"
    r"|mencegah|polisi|mengecam|menolak)\b"
)


def violence(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        normal = normalise(text)
        for match in _THREATS.finditer(normal.text):
            before = _LIMIT.split(normal.text[max(0, match.start() - 60) : match.start()])[-1]
            if not _NO_CALL.search(before):
                span = normal.span(*match.span(str(match.lastgroup)))
                yield from _judged(H02, checkup, field, text, span)
        yield from _entries(H02, checkup, field, text, frozenset({Category.KEKERASAN}))


_RUDE = words(
    "bodoh", "dungu", "tolol", "tidak punya otak", "tak punya otak", "tak berotak", "otak udang", "kurang ajar"
)
_SHAMELESS = words("tidak tahu malu", "tak tahu malu", "tidak tahu diri", "tak tahu diri")
_INSULTS = re.compile(
    rf"\b(?:dasar(?: orang| petugas| pemilih| manusia)? (?:{_RUDE}|{_SHAMELESS})"
    rf"|(?:kamu|kalian|kau|anda|mereka|dia|si [a-z]{{2,20}}|pemilih(?:nya)?|petugas(?:nya)?|warga(?:nya)?"
    rf"|orang(?:-orang)?|netizen|rakyat|masyarakat|wartawan|bupati|komisioner)"
    rf"(?: (?:itu|ini|memang|semua|benar-benar|sungguh|terlalu|yang|masih|sangat|paling|seperti|kok|desa"
    rf"|kota))*+ (?:{_RUDE}|{_SHAMELESS})|(?:{_RUDE}) (?:kalian|kamu|kau|semua|sekali kalian))\b"
)
_NOT_RUDE = re.compile(
    r"\b(?:tidak|bukan|jangan|tak|bukanlah|anggap|dianggap|menganggap|menyebut|disebut|kata|cerita|dongeng|tokoh|lakon)\b"
)


def abuse(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        normal = normalise(text)
        for match in _INSULTS.finditer(normal.text):
            before = _LIMIT.split(normal.text[max(0, match.start() - 24) : match.start()])[-1]
            if not _NOT_RUDE.search(before):
                yield from _judged(H03, checkup, field, text, normal.span(*match.span()))
        yield from _entries(H03, checkup, field, text, frozenset({Category.KASAR}))


H01 = Rule(
    code="H01",
    name="SARA",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 7/2017 Pasal 280 ayat (1); UU ITE jo. UU 1/2024 Pasal 28 ayat (2)",
    version=1,
    check=group_hatred,
    about="Mencari kalimat yang merendahkan atau menyingkirkan suatu suku, agama, ras, atau golongan.",
)
H02 = Rule(
    code="H02",
    name="KEBENCIAN",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU ITE jo. UU 1/2024 Pasal 28 ayat (2) dan Pasal 29",
    version=1,
    check=violence,
    about="Mencari ancaman, ajakan kekerasan, dan sebutan yang menyamakan orang dengan bukan manusia.",
)
H03 = Rule(
    code="H03",
    name="KASAR",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Kode etik Bakohumas, petunjuk teknis BAB II; Peraturan DKPP 2/2017",
    version=1,
    check=abuse,
    about="Mencari kata kasar yang ditujukan kepada orang.",
)
RULES: tuple[Rule, ...] = (H01, H02, H03)
