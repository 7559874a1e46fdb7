"""Where addresses are written: in the text and in the QR codes of pictures. No network, only what they tell."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bakohumas_bot.checks.rulebook import Checkup, Place, texts
from bakohumas_bot.domain.findings import Repair
from bakohumas_bot.domain.weblinks import WebLink

_NEAR = 200
_COLLECTS = re.compile(
    r"\b(?:isi(?:kan|lah)|isi\s{1,3}(?:data|nama|di|pada|melalui|lewat|tautan|link)|mengisi|diisi|isian|formulir|form|g-?form|daftar(?:kan)?|mendaftar(?:kan)?|pendaftaran"
    r"|registrasi|regist\w{2,8}|lamar(?:an)?|melamar|presensi|absen(?:si)?|biodata|identitas|data\s{1,3}(?:diri|pribadi)"
    r"|nik|ktp(?:-el)?|unggah|mengunggah|kuesioner|survei|kirim(?:kan)?|lapor(?:kan)?|pengaduan|tanggapan)\b",
    re.IGNORECASE,
)
# "Daftar pemilih", "data diri Anda tidak diminta": a list is no form.
_NO_FORM = re.compile(
    r"\bdaftar\s{1,3}(?:pemilih|nama|calon|hadir|informasi|isi|riwayat|hitam|inventaris)\b|\bhasil\s{1,3}(?:survei|kuesioner)\b",
    re.IGNORECASE,
)
UNREACHABLE = re.compile(
    r"(?:localhost|(?:127|10)(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}"
    r"|[\w-]{1,63}\.(?:local|lan|internal))\Z"
)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text with addresses. What a QR code says has no place that a person could edit."""

    field: str
    text: str
    code: bool = False

    def place(self, start: int, end: int) -> Place:
        return Place(field=self.field) if self.code else Place(field=self.field, start=start, end=end)

    @property
    def what(self) -> str:
        return "Kode QR pada berkas ini" if self.code else "Tautan"

    def repairs(self, *repairs: Repair) -> tuple[Repair, ...]:
        return () if self.code else repairs


def written_in(checkup: Checkup) -> Iterator[Written]:
    yield from (Written(field=field, text=text) for field, text in texts(checkup.content))
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        for code in seen.codes if seen else ():
            yield Written(field=f"media[{number}].tulisan", text=code, code=True)


def requests(text: str) -> list[int]:
    """Where the text asks for data."""
    plain = _NO_FORM.sub(lambda list_: " " * len(list_[0]), text)
    return [found.start() for found in _COLLECTS.finditer(plain)]


def is_near(text: str, link: WebLink, asked: list[int]) -> bool:
    """Whether data are asked for in its paragraph, before or behind it."""
    first = bisect_left(asked, link.start - _NEAR)
    last = bisect_left(asked, link.end + _NEAR)
    return any(
        "\n\n" not in text[min(at, link.end) : max(at, link.start)]
        for at in (*asked[first : first + 5], *asked[max(0, last - 5) : last])
        if link.start - _NEAR <= at < link.end + _NEAR and not link.start <= at < link.end
    )


def paragraph(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _NEAR) : start].rpartition("\n\n")[2]
    return before + text[start:end] + text[end : end + _NEAR].partition("\n\n")[0]
