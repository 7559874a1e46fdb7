"""What no software can judge: the approver makes sure of it, and the decision says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bakohumas_bot.domain.posts import Content, Kind
from bakohumas_bot.domain.rendering import MediaKind

Asked = Callable[[Content, frozenset[str]], bool]
_QUOTED = re.compile(r"“[^”]{20,}”|\"[^\"\n]{20,}\"")
_YOUNG = re.compile(
    r"\b(?:anak|murid|siswa|siswi|pelajar|pemilih pemula|taman kanak|sd|smp|sma|smk|mts|madrasah)\b", re.IGNORECASE
)
_DRAWN = frozenset({Kind.INFOGRAFIS, Kind.MEME, Kind.SLIDE, Kind.IKLAN, Kind.KLARIFIKASI_HOAKS})


@dataclass(frozen=True, kw_only=True)
class Tick:
    """`code` is that of the rule it belongs to; `asked` tells from the content, and from what was found, whether."""

    code: str
    statement: str
    asked: Asked


def _shows_people(content: Content, _: frozenset[str]) -> bool:
    return content.kind not in _DRAWN and any(m.kind is not MediaKind.DOCUMENT for m in content.media)


def _drawn(content: Content, _: frozenset[str]) -> bool:
    return content.kind in _DRAWN and any(m.kind is not MediaKind.DOCUMENT for m in content.media)


def _shows_the_young(content: Content, found: frozenset[str]) -> bool:
    words = " ".join((content.title, content.body, *(m.alt for m in content.media)))
    return bool(content.media) and ("P10" in found or _YOUNG.search(words) is not None)


CHECKLIST = (
    Tick(
        code="N05",
        statement="Gambar atau video tidak menampilkan atribut, slogan, warna khas, atau pose tangan peserta pemilu.",
        asked=_shows_people,
    ),
    Tick(
        code="P10",
        statement="Bila wajah anak tampak, izin orang tua atau wali sudah ada.",
        asked=_shows_the_young,
    ),
    Tick(
        code="M04",
        statement="Logo KPU dan nama satker pada gambar sudah benar.",
        asked=_drawn,
    ),
    Tick(
        code="S06",
        statement="Kutipan langsung sesuai dengan ucapan narasumber dan disetujuinya.",
        asked=lambda content, _: content.kind in {Kind.BERITA, Kind.SIARAN_PERS} and bool(_QUOTED.search(content.body)),
    ),
    Tick(
        code="N03",
        statement="Semua peserta ditampilkan setara: urutan, panjang uraian, dan ukuran gambar.",
        asked=lambda _, found: bool(found & {"N02", "N03"}),
    ),
    Tick(
        code="H07",
        statement="Klaim yang diklarifikasi sudah diperiksa pada data resmi dan publikasi satker sendiri.",
        asked=lambda content, _: content.kind is Kind.KLARIFIKASI_HOAKS,
    ),
    Tick(
        code="P09",
        statement="Daftar nama memang wajib diumumkan, dan hanya memuat yang wajib.",
        asked=lambda _, found: "P09" in found,
    ),
)


def checklist(content: Content, found: frozenset[str]) -> tuple[Tick, ...]:
    """What the approver of this content makes sure of. `found` are the codes of its findings."""
    return tuple(tick for tick in CHECKLIST if tick.asked(content, found))
