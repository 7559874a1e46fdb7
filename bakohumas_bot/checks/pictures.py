"""M02 to M05 and M09: what can be seen and read in the files, and what is said below a photograph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, Status, texts
from bakohumas_bot.domain.dates import find_dates
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind, Media
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Reading, Seen

_SOURCE = "Juknis Bakohumas, BAB II B.1 (bentuk konten)"
_STANDARD = "Standar Output Kehumasan KPU, Juli 2025"

# M02: what a phone shows as wide as its screen
SMALL, TINY = 0.025, 0.015
FAINT, INVISIBLE = 4.5, 2.0  # WCAG 2.2, 1.4.3; below 2 hardly anybody reads it
DENSE, PAGE = 60, 120
_A_FEW = 15  # words; fewer are a heading, a stamp or a banner
# M03
SOFT, BLURRED = 0.35, 0.20
SMALLER, SMALLEST = 1080, 480
_LONGEST_SHAPE = 3.0
_PADDED = 0.03
# M05
_SUMMARY = 10  # words
_SENTENCE = 6  # words: who does what and where
_SOMETHING = 4  # words; a photo with fewer tells nobody what it shows

_LETTERS = re.compile(r"[^\W\d_]{2}")


def _count(text: str) -> int:
    """Words between blanks: an address is one, a figure none."""
    return sum(_LETTERS.search(word) is not None for word in text.split())


def _seen(checkup: Checkup, kind: MediaKind) -> Iterator[tuple[int, Media, Seen]]:
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        if seen is not None and media.kind is kind:
            yield number, media, seen


def _called(number: int, media: Media) -> str:
    """A phone's picture has no name that its sender would know; its number is that of its button."""
    kinds = {MediaKind.IMAGE: f"gambar {number + 1}", MediaKind.VIDEO: f"video {number + 1}"}
    return kinds.get(media.kind, f"“{media.name}”")


def readable(checkup: Checkup) -> Iterator[Finding]:
    yield from _read_at_all(checkup)
    for number, media, seen in _seen(checkup, MediaKind.IMAGE):
        place, name, words = Place(field=f"media[{number}]"), _called(number, media), _count(seen.text)
        if words > DENSE:
            yield M02.finding(place, severity=_milder_unless(words > PAGE), says="padat", name=name, count=words)
        if words <= PAGE and words >= _A_FEW and seen.smallest_text is not None and seen.smallest_text < SMALL:
            share = _percent(seen.smallest_text)
            yield M02.finding(
                place, severity=_milder_unless(seen.smallest_text < TINY), says="kecil", name=name, share=share
            )
        if seen.contrast is not None and seen.contrast < FAINT:
            ratio = f"{seen.contrast:.1f}".replace(".", ",")
            yield M02.finding(
                place, severity=_milder_unless(seen.contrast < INVISIBLE), says="kontras", name=name, ratio=ratio
            )


def _read_at_all(checkup: Checkup) -> Iterator[Finding]:
    """What the machine could not read must be read by a person; once for all files that lack the same."""
    unread: dict[Reading, list[str]] = {}
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        if seen is not None:
            unread.setdefault(seen.reading, []).append(_called(number, media))
    says = {Reading.NO_ENGINE: "tanpa_ocr", Reading.PARTLY: "sebagian", Reading.UNREADABLE: "tak_terbaca"}
    for reading, sentence in says.items():
        if reading in unread:
            names = ", ".join(unread[reading])
            yield M02.finding(Place(field="media"), severity=Severity.SARAN, says=sentence, names=names)


def _milder_unless(grave: bool) -> Severity:
    return Severity.PERINGATAN if grave else Severity.SARAN


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".replace(".", ",")


def good_pictures(checkup: Checkup) -> Iterator[Finding]:
    for number, media, seen in _seen(checkup, MediaKind.IMAGE):
        place, name = Place(field=f"media[{number}]"), _called(number, media)
        if seen.sharpness is not None and seen.sharpness < SOFT:
            yield M03.finding(place, severity=_milder_unless(seen.sharpness < BLURRED), says="kabur", name=name)
        if media.width and media.height:
            yield from _size(place, name, media.width, media.height)
            yield from _padding(checkup, number, media.width / media.height)


def _size(place: Place, name: str, width: int, height: int) -> Iterator[Finding]:
    longer, shorter = max(width, height), min(width, height)
    if longer < SMALLER:
        size = f"{width} x {height}"
        yield M03.finding(place, severity=_milder_unless(longer < SMALLEST), says="ukuran", name=name, size=size)
    if longer > _LONGEST_SHAPE * shorter:
        yield M03.finding(place, severity=Severity.SARAN, says="bentuk", name=name)


def _padding(checkup: Checkup, number: int, shape: float) -> Iterator[Finding]:
    """Where the platform's shapes leave plain margins beside the picture."""
    source = checkup.content.media[number]
    labels = [
        checkup.specs[rendered.platform].label
        for rendered in checkup.rendered.values()
        for media in rendered.media
        if media.source == source.sha256
        and media.width
        and media.height
        and abs(media.width / media.height / shape - 1) > _PADDED
    ]
    if labels:
        name, where = _called(number, source), ", ".join(dict.fromkeys(labels))
        yield M03.finding(
            Place(field=f"media[{number}]"), severity=Severity.SARAN, says="tepi", name=name, labels=where
        )


_NAME = r"(?!dan\b|KPU\b|KIP\b|Komisi\b)[^\W\d_][\w'’-]{1,30}"
_OFFICE = re.compile(
    r"\b(?:KPU|KIP|Komisi[ \t]Pemilihan[ \t]Umum|Komisi[ \t]Independen[ \t]Pemilihan)\s{1,3}"
    rf"(Kabupaten|Kab\.?|Kota)\s{{1,3}}({_NAME}(?:[ \t]{_NAME}){{0,3}})",
    re.IGNORECASE,
)


def right_office(checkup: Checkup) -> Iterator[Finding]:
    """A template of a neighbour's, its name still on it. The rest of this rule is the approver's to see."""
    own = _OFFICE.search(checkup.office.name)
    if own is None or checkup.content.kind is Kind.REPOST:
        return
    said = _letters(" ".join(text for _, text in texts(checkup.content)))
    for number, media, seen in _seen(checkup, MediaKind.IMAGE):
        named = list(_OFFICE.finditer(seen.text))
        strangers = [office for office in named if not _alike(office, own) and _place(office) not in said]
        if strangers and len(strangers) == len(named):
            yield M04.finding(
                Place(field=f"media[{number}]"),
                name=_called(number, media),
                found=" ".join(strangers[0][0].split()),
                office=checkup.office.name,
            )


def _alike(one: re.Match[str], other: re.Match[str]) -> bool:
    """OCR mistakes a letter here and there, and takes a following word along."""
    wanted = _letters(other[2])
    return SequenceMatcher(None, _letters(one[2])[: len(wanted)], wanted).ratio() >= 0.75


def _place(office: re.Match[str]) -> str:
    """The first word of the region's name is enough to know that the text speaks of it."""
    return _letters(office[2].split()[0])


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def captions(checkup: Checkup) -> Iterator[Finding]:
    """A viewer without sound learns the same. What the text below tells makes up for much of it."""
    told = _count(checkup.content.body) >= _SUMMARY
    for number, media, seen in _seen(checkup, MediaKind.VIDEO):
        place, name = Place(field=f"media[{number}]"), _called(number, media)
        if seen.subtitles and not seen.captions:
            yield M05.finding(place, severity=Severity.SARAN, says="lapisan", name=name)
        elif seen.captions is False:
            yield M05.finding(place, severity=_milder_unless(not told), name=name)


_LATELY = re.compile(
    r"\b(?:hari[ \t]ini|kemarin|semalam|tadi[ \t](?:pagi|siang|sore|malam)"
    r"|(?:pagi|siang|sore|malam)[ \t](?:ini|tadi))\b",
    re.IGNORECASE,
)
_ACTIVITIES = """
    apel audiensi bakti bimbingan bimtek coktas coklit deklarasi dialog diskusi distribusi donor evaluasi fgd giat gladi
    halalbihalal kegiatan kelas kerja koordinasi kunjungan latihan lokakarya lomba magang monev monitoring musyawarah
    pameran pelantikan pelatihan peluncuran pembekalan pembukaan pemusnahan penandatanganan pendidikan pengambilan
    penghargaan pengukuhan pengundian penutupan penyerahan penyuluhan peringatan pertemuan pleno podcast rakernas
    rakernis rakor rapat seminar senam sidang silaturahmi simulasi siniar siaran sosialisasi studi sumpah supervisi
    talkshow debat kampanye tes ujian upacara verifikasi visitasi wawancara webinar workshop
    mengadakan menggelar menghadiri mengikuti mengukuhkan mengunjungi melaksanakan melantik membahas membuka memimpin
    menandatangani mendampingi menerima meninjau menutup menyampaikan menyelenggarakan menyerahkan menyosialisasikan
    berkunjung berlangsung diadakan digelar dihadiri diikuti dilaksanakan dilantik dipimpin diselenggarakan
    diserahkan
"""
_ACTIVITY = re.compile(rf"\b(?:{'|'.join(_ACTIVITIES.split())})(?:nya)?\b|\bserah[ \t]terima\b", re.IGNORECASE)
# Whoever does anything at all: `memasukkan`, `mencocokkan`, `berdialog`, in the words below the picture.
_DOING = re.compile(
    r"\b(?:me(?!reka|rdeka|lalui|ngenai|nurut|nteri|njadi|riah|nuju)[mnlrw][a-z]{3,}|ber(?!foto|bahagia|sama|ita|ikut|kas|dasar)[a-z]{4,})\b"
)


def photo_caption(checkup: Checkup) -> Iterator[Finding]:
    """Of documentation: which activity, and when. Said anywhere in the post, it is said."""
    content = checkup.content
    if content.kind is not Kind.FOTO or not any(media.kind is MediaKind.IMAGE for media in content.media):
        return
    said = "\n".join(text for _, text in texts(content))
    dated = bool(find_dates(said)) or _LATELY.search(said) is not None
    told = _ACTIVITY.search(said) is not None or (
        _DOING.search(content.body) is not None and _count(content.body) >= _SENTENCE
    )
    if dated and told:
        return
    if dated:
        yield M09.finding(Place(field="isi"), severity=Severity.SARAN, says="kegiatan")
    elif told or _count(content.body) >= _SUMMARY:
        yield M09.finding(Place(field="isi"), severity=Severity.SARAN, says="tanggal")
    else:
        nothing = _count(content.body) < _SOMETHING
        yield M09.finding(Place(field="isi"), severity=None if nothing else Severity.SARAN)


M02 = Rule(
    code="M02",
    name="KETERBACAAN",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="WCAG 2.2 butir 1.4.3; kebiasaan membaca di layar ponsel",
    version=1,
    check=readable,
    about="Tulisan pada gambar terlalu kecil, terlalu pudar, terlalu banyak, atau tidak terbaca oleh mesin.",
)
M03 = Rule(
    code="M03",
    name="KUALITAS",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=_STANDARD,
    version=1,
    check=good_pictures,
    about="Gambar kabur, terlalu kecil, atau bentuknya menyisakan tepi kosong pada suatu kanal.",
)
M04 = Rule(
    code="M04",
    name="LOGO",
    severity=Severity.SARAN,
    override=Override.NONE,
    source=_STANDARD,
    version=1,
    check=right_office,
    about="Logo KPU tampil satu kali dan nama satker pada gambar benar.",
    status=Status.TICKED,
)
M05 = Rule(
    code="M05",
    name="TAKARIR",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Keterbacaan bagi penyandang disabilitas; " + _SOURCE,
    version=1,
    check=captions,
    about="Video bersuara tanpa takarir, sehingga isinya tidak sampai kepada yang menonton tanpa suara.",
)
M09 = Rule(
    code="M09",
    name="KET_FOTO",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=_STANDARD + "; kebiasaan “Ket. Foto” pada laporan Bakohumas",
    version=1,
    check=photo_caption,
    about="Foto dokumentasi tanpa keterangan kegiatan dan tanggalnya.",
)
RULES: tuple[Rule, ...] = (M02, M03, M04, M05, M09)
